"""The joint meeting's grid: sent out as a form with the facts filled in, read back as judgements, nothing guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import get_args

from commissioning.findings import Finding, Place, Result, Severity
from commissioning.model.award import Dossier, Recommendation
from commissioning.model.bid import Answer, CellAnswer, Chosen, Number, Reading, RowAnswer, Rows, Status, Text, Value
from commissioning.model.form import Asked, Column, Form, Kind, Option, Question, Section
from commissioning.model.request import LEAST, TOTAL
from commissioning.model.round import Round
from commissioning.model.screening import Standing
from commissioning.values.record import Record
from commissioning.values.showing import show_money

GRID, ATTENDANCE, INTERESTS = "grid", "attendance", "interests"
ATTENDANCE_ROWS, INTEREST_ROWS, MOST_QUOTED = 8, 10, 80
FACTS = ("provider", "service", "request", "need", "strategy", "standing")
JUDGED = "judgement_"
RECOMMENDATIONS: tuple[str, ...] = get_args(Recommendation)
OPTIONS = {text.replace(" ", "_"): text for text in RECOMMENDATIONS}


HOW = (
    "One line for each bid. Fill in a judgement under each heading, a recommendation, an order of priority (1 is "
    "first) and the reason; the other cells, and the form code, are the office’s. Say on the next sheets who was "
    "present and which interests they declared. Return this workbook to the office; you may return it half filled: "
    "what is missing will be listed."
)


class GridLine(Record):
    """What the meeting said of one bid; "" and None where it has not yet. `complete` when nothing is wanting."""

    bid: str
    judgements: dict[str, str]
    recommendation: Recommendation | None
    priority: int | None
    reason: str
    complete: bool
    place: Place | None = None


class Attendance(Record):
    """A person who was present, and the body they came for."""

    person: str
    body: str


class DeclaredInterest(Record):
    """What a person present declared: in which bid ("" for none), and what the interest is."""

    person: str
    body: str
    bid: str
    interest: str


class GridReturn(Record):
    """A returned grid: lines with anything in them, who was present, what they declared, and the blank bids."""

    file: str
    lines: tuple[GridLine, ...]
    present: tuple[Attendance, ...]
    interests: tuple[DeclaredInterest, ...]
    blank: tuple[str, ...]


def grid_form(round: Round, dossiers: tuple[Dossier, ...], version: int) -> tuple[Form, dict[str, Value]]:
    """The grid as a form, one fixed row a bid, with what the office knows filled in.

    Withdrawn bids are left out. The code names round and version, so that an old grid is known when it comes back.
    """
    standing = tuple(dossier for dossier in dossiers if not dossier.bid.withdrawn)
    asked = (
        Asked(question=_grid_question(round, standing), number="1"),
        Asked(question=_attendance_question(round), number="2"),
        Asked(question=_interests_question(round, standing), number="3"),
    )
    form = Form(
        id=f"{round.id}-joint-grid",
        version=version,
        title="Joint assessment grid",
        subtitle=round.title,
        sections=(
            Section(title="Grid", guidance=HOW, asked=asked[:1]),
            Section(title="Who was present", asked=asked[1:2]),
            Section(
                title="Interests",
                guidance="Say “none” beside your name when you have no interest to declare.",
                asked=asked[2:],
            ),
        ),
        code=f"{round.id}/joint-grid/{version}",
    )
    return form, {GRID: Rows(rows=tuple(_facts_row(dossier) for dossier in standing))}


def _grid_question(round: Round, dossiers: tuple[Dossier, ...]) -> Question:
    titles = {
        "provider": "Provider",
        "service": "Service",
        "request": "Asked for",
        "need": "Need score",
        "strategy": "Strategy score",
        "standing": "Standing",
    }
    facts = tuple(Column(id=each, title=titles[each], width=1.6, read_only=True) for each in FACTS)
    judgements = tuple(
        Column(id=f"{JUDGED}{each.id}", title=f"Judgement: {each.title}", kind=Kind.LONG_TEXT, width=1.9)
        for each in round.assessment.criteria
    )
    return Question(
        id=GRID,
        text="What the meeting says of each bid",
        kind=Kind.TABLE,
        why="Both bodies weigh every bid together, and say why.",
        columns=(
            *facts,
            *judgements,
            Column(
                id="recommendation",
                title="Recommendation",
                kind=Kind.CHOICE,
                width=1.8,
                options=tuple(Option(id=id, text=text) for id, text in OPTIONS.items()),
            ),
            Column(id="priority", title="Priority", kind=Kind.NUMBER),
            Column(id="reason", title="Reason", kind=Kind.LONG_TEXT, width=2.0),
        ),
        rows=tuple(Option(id=dossier.bid.id, text=dossier.bid.id) for dossier in dossiers),
    )


def _bodies(round: Round) -> tuple[Option, ...]:
    return tuple(Option(id=each.id, text=each.name) for each in round.bodies if each.id in round.assessment.bodies)


def _attendance_question(round: Round) -> Question:
    return Question(
        id=ATTENDANCE,
        text="Who was present",
        kind=Kind.TABLE,
        why="The report names who took part, and for which body.",
        columns=(
            Column(id="person", title="Name", width=2.0),
            Column(id="body", title="Body", kind=Kind.CHOICE, options=_bodies(round)),
        ),
        blank_rows=ATTENDANCE_ROWS,
    )


def _interests_question(round: Round, dossiers: tuple[Dossier, ...]) -> Question:
    bids = tuple(Option(id=each.bid.id, text=each.bid.id) for each in dossiers)
    return Question(
        id=INTERESTS,
        text="Interests declared",
        kind=Kind.TABLE,
        why="A decision can be challenged when an interest was not declared.",
        columns=(
            Column(id="person", title="Name", width=2.0),
            Column(id="body", title="Body", kind=Kind.CHOICE, options=_bodies(round)),
            Column(id="bid", title="Bid", kind=Kind.CHOICE, options=bids),
            Column(id="interest", title="Interest, or “none”", width=3.0),
        ),
        blank_rows=INTEREST_ROWS,
    )


def _facts_row(dossier: Dossier) -> RowAnswer:
    facts = facts_of(dossier)
    return RowAnswer(
        id=dossier.bid.id,
        cells=tuple(
            CellAnswer(column=column, status=Status.ANSWERED, value=Text(text=facts[column]), raw=facts[column])
            for column in FACTS
        ),
    )


def facts_of(dossier: Dossier) -> dict[str, str]:
    """What stands in the office’s cells of a bid, by column."""
    return {
        "provider": dossier.provider_name,
        "service": dossier.service_name,
        "request": f"{_money(dossier.bid.money(TOTAL))} (least {_money(dossier.bid.money(LEAST))})",
        "need": _need(dossier),
        "strategy": _strategy(dossier),
        "standing": dossier.screening.standing.value,
    }


def _money(amount: Decimal | None) -> str:
    return "not stated" if amount is None else show_money(amount)


def _need(dossier: Dossier) -> str:
    score = dossier.need
    if score.not_computable:
        return "not computable: judge the bid’s own evidence"
    return "to be confirmed" if score.targeting is None else f"{score.targeting:.3f}, band {score.band} of 5"


def _strategy(dossier: Dossier) -> str:
    score = dossier.strategy
    if not score.links:
        return "no link declared"
    if score.not_computable:
        return "not computable"
    return "to be confirmed" if score.score is None else f"{score.score:.2f} of 5"


def read_grid(reading: Reading, dossiers: tuple[Dossier, ...]) -> Result[GridReturn]:
    """The returned grid against the bids it went out for; nothing is guessed.

    A half-filled line is legal and reported; an impossible one is an error, and keeps what was written. That an
    office's cell came back changed is among the findings of `reading`, which knows the grid as it was sent.
    """
    known = {dossier.bid.id: dossier for dossier in dossiers if not dossier.bid.withdrawn}
    grid = _table(reading, GRID)
    rows = {row.id: row for row in grid}
    lines = tuple(_line(row) for row in grid if row.id in known and _written(row))
    findings = (
        *reading.findings,
        *_unknown(grid, known),
        *(finding for row in grid if row.id in known for finding in _unreadable(row)),
        *(finding for line in lines for finding in _line_findings(line, rows[line.bid], known[line.bid])),
        *_tied(lines),
    )
    returned = GridReturn(
        file=reading.file,
        lines=lines,
        present=_present(reading),
        interests=_interests(reading),
        blank=tuple(bid for bid in known if bid not in {line.bid for line in lines}),
    )
    return Result(returned, (*findings, *_people_findings(returned, known)))


def _table(reading: Reading, question: str) -> tuple[RowAnswer, ...]:
    value = _answer(reading, question).value
    return value.rows if isinstance(value, Rows) else ()


def _answer(reading: Reading, question: str) -> Answer:
    found = (answer for answer in reading.answers if answer.question == question)
    return next(found, Answer(question=question, status=Status.NOT_FOUND))


def _cell(row: RowAnswer, column: str) -> CellAnswer:
    found = (cell for cell in row.cells if cell.column == column)
    return next(found, CellAnswer(column=column, status=Status.NOT_FOUND))


def _words(row: RowAnswer, column: str) -> str:
    return _cell(row, column).raw.strip()


def _written(row: RowAnswer) -> bool:
    """Whether anyone wrote in the cells to fill in."""
    return any(cell.raw.strip() for cell in row.cells if cell.column not in FACTS)


def _line(row: RowAnswer) -> GridLine:
    judged = {
        cell.column.removeprefix(JUDGED): cell.raw.strip() for cell in row.cells if cell.column.startswith(JUDGED)
    }
    recommendation, priority, reason = _recommendation(row), _priority(row), _words(row, "reason")
    wanted = priority is not None or recommendation == "not include"
    return GridLine(
        bid=row.id,
        judgements={criterion: words for criterion, words in judged.items() if words},
        recommendation=recommendation,
        priority=priority,
        reason=reason,
        complete=bool(all(judged.values()) and recommendation and wanted and reason),
        place=next((cell.place for cell in row.cells if cell.place), None),
    )


def _recommendation(row: RowAnswer) -> Recommendation | None:
    value = _cell(row, "recommendation").value
    picked = value.options[0] if isinstance(value, Chosen) and len(value.options) == 1 else ""
    match OPTIONS.get(picked):
        case "include":
            return "include"
        case "include provisionally":
            return "include provisionally"
        case "not include":
            return "not include"
        case _:
            return None


def _priority(row: RowAnswer) -> int | None:
    value = _cell(row, "priority").value
    if not isinstance(value, Number) or value.number != value.number.to_integral_value() or value.number < 1:
        return None
    return int(value.number)


def _error(code: str, message: str, cell: CellAnswer | None = None, *, place: Place | None = None) -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=message,
        place=place or (cell.place if cell else None),
        question=GRID,
    )


def _unknown(grid: tuple[RowAnswer, ...], known: dict[str, Dossier]) -> Iterator[Finding]:
    """Lines for bids that did not go out."""
    for row in grid:
        if row.id not in known:
            written = " ".join(cell.raw.strip() for cell in row.cells if cell.raw.strip())
            yield _error(
                "grid-unknown-bid",
                f"A line is for no bid of this grid: “{written[:MOST_QUOTED]}”. Check the bid’s number.",
                next(iter(row.cells), None),
            )


def _unreadable(row: RowAnswer) -> Iterator[Finding]:
    """Something written under recommendation or priority that is neither."""
    recommendation, priority = _cell(row, "recommendation"), _cell(row, "priority")
    if recommendation.raw.strip() and _recommendation(row) is None:
        choices = ", ".join(f"“{each}”" for each in RECOMMENDATIONS)
        yield _error(
            "grid-recommendation-unknown",
            f"{row.id}: “{recommendation.raw}” is not a recommendation. Choose one of {choices}.",
            recommendation,
        )
    if priority.raw.strip() and _priority(row) is None:
        yield _error(
            "grid-priority-impossible",
            f"{row.id}: “{priority.raw}” is not an order of priority. Give a whole number from 1.",
            priority,
        )


def _line_findings(line: GridLine, row: RowAnswer, dossier: Dossier) -> Iterator[Finding]:
    included = line.recommendation in {"include", "include provisionally"}
    if line.recommendation == "not include" and line.priority is not None:
        yield _error(
            "grid-priority-not-wanted",
            f"{line.bid} is not to be included, yet has priority {line.priority}. Remove one or the other.",
            _cell(row, "priority"),
        )
    if line.recommendation and not line.reason:
        yield _error(
            "grid-reason-missing",
            f"{line.bid}: “{line.recommendation}” has no reason. Every recommendation needs one.",
            _cell(row, "reason"),
        )
    if included and dossier.screening.standing is Standing.EXCLUDED:
        yield _error(
            "grid-excluded-included",
            f"{line.bid} is excluded, yet recommended “{line.recommendation}”. Reverse the exclusion first, or do not "
            "include it.",
            _cell(row, "recommendation"),
        )
    if line.recommendation == "include" and dossier.screening.standing is Standing.REFERRED:
        yield _error(
            "grid-referred-included",
            f"{line.bid} is referred: it may be included provisionally only, until a person settles the referral.",
            _cell(row, "recommendation"),
        )
    yield from _wanting(line, row)


def _wanting(line: GridLine, row: RowAnswer) -> Iterator[Finding]:
    """What a half-filled line still lacks: legal, and said."""
    lacks = [
        f"a judgement under “{cell.column.removeprefix(JUDGED)}”"
        for cell in row.cells
        if cell.column.startswith(JUDGED) and not cell.raw.strip()
    ]
    if not _words(row, "recommendation"):
        lacks.append("a recommendation")
    if line.recommendation not in {None, "not include"} and not _words(row, "priority"):
        lacks.append("a priority")
    if lacks:
        yield Finding(
            code="grid-half-filled",
            severity=Severity.WARNING,
            message=f"{line.bid} still lacks {', '.join(lacks)}.",
            place=line.place,
            question=GRID,
        )


def _tied(lines: tuple[GridLine, ...]) -> Iterator[Finding]:
    """A priority given twice: both bids are named and neither goes first."""
    counts = Counter(line.priority for line in lines if line.priority is not None)
    for priority in sorted(each for each, count in counts.items() if count > 1):
        tied = [line for line in lines if line.priority == priority]
        names = " and ".join(line.bid for line in tied)
        yield _error(
            "grid-priority-twice",
            f"Priority {priority} is given to {names}. Say which comes first.",
            place=tied[0].place,
        )


def _option(cell: CellAnswer) -> str:
    return cell.value.options[0] if isinstance(cell.value, Chosen) and cell.value.options else ""


def _present(reading: Reading) -> tuple[Attendance, ...]:
    return tuple(
        Attendance(person=_words(row, "person"), body=_option(_cell(row, "body")))
        for row in _table(reading, ATTENDANCE)
        if _words(row, "person")
    )


def _interests(reading: Reading) -> tuple[DeclaredInterest, ...]:
    return tuple(
        DeclaredInterest(
            person=_words(row, "person"),
            body=_option(_cell(row, "body")),
            bid=_words(row, "bid"),
            interest="" if _words(row, "interest").casefold() == "none" else _words(row, "interest"),
        )
        for row in _table(reading, INTERESTS)
        if _words(row, "person")
    )


def _people_findings(returned: GridReturn, known: dict[str, Dossier]) -> Iterator[Finding]:
    """A grid with judgements must say who was there, for which body, and what each declared."""
    if returned.lines and not returned.present:
        yield _person_finding(
            "grid-nobody-present", "The grid does not say who was present. Name them, with their body."
        )
    declared = {each.person.casefold() for each in returned.interests}
    for each in returned.present:
        if not each.body:
            yield _person_finding("grid-body-missing", f"{each.person} has no body beside the name. Say which one.")
        if each.person.casefold() not in declared:
            yield _person_finding(
                "grid-interest-missing", f"{each.person} declared nothing. Ask for an interest, or for “none”."
            )
    for interest in returned.interests:
        if interest.bid and interest.bid not in known:
            yield _person_finding(
                "grid-interest-unknown-bid",
                f"{interest.person} declared an interest in “{interest.bid}”, which is not a bid of this grid.",
            )


def _person_finding(code: str, message: str) -> Finding:
    return Finding(code=code, severity=Severity.WARNING, message=message, question=ATTENDANCE)
