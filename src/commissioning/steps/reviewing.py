"""Reviewing: what was noticed about the answers, as a workbook officers fill in, and back as corrections."""

from __future__ import annotations

from collections.abc import Iterator

from commissioning.findings import Finding, Result, Severity
from commissioning.model.award import Dossier
from commissioning.model.bid import CellAnswer, Reading, RowAnswer, Rows, Status, Text, Value
from commissioning.model.form import Asked, Column, Form, Kind, Option, Question, Section, Sensitivity
from commissioning.values.record import Record

REVIEW = "review"
NOT_SHOWN = "not shown here: see the form"
FACTS = ("bid", "question", "row", "column", "noticed", "reads")


class Correction(Record):
    """One line filled in: what the answer should read, and why."""

    bid: str
    question: str
    row: str
    column: str
    text: str
    reason: str


class Noticed(Record):
    """One thing to look at: a finding about an answer, or about one cell of it."""

    bid: str
    question: str
    row: str = ""
    column: str = ""
    noticed: str
    reads: str


def noticed(dossiers: tuple[Dossier, ...]) -> tuple[Noticed, ...]:
    """Every open finding about an answer, bid by bid, with what the answer reads now."""
    return tuple(line for dossier in dossiers if not dossier.bid.withdrawn for line in _of(dossier))


def _of(dossier: Dossier) -> Iterator[Noticed]:
    for finding in dossier.findings:
        if finding.question:
            answer = dossier.bid.answer(finding.question)
            row, column, reads = _cell(dossier, finding) or ("", "", answer.raw)
            yield Noticed(
                bid=dossier.bid.id,
                question=finding.question,
                row=row,
                column=column,
                noticed=finding.message,
                reads=reads,
            )


def _cell(dossier: Dossier, finding: Finding) -> tuple[str, str, str] | None:
    """The row, column and text of the cell a finding stands at, for a table answer."""
    for row in dossier.bid.rows(finding.question):
        for cell in row.cells:
            if cell.place is not None and cell.place == finding.place:
                return row.id, cell.column, cell.raw
    return None


def review_form(form: Form, dossiers: tuple[Dossier, ...], version: int) -> tuple[Form, dict[str, Value]]:
    """The review as a form, one fixed row a finding, with what was noticed filled in."""
    lines = tuple(_discreet(form, line) for line in noticed(dossiers))
    names = {asked.id: asked.label for asked in form.asked}
    question = Question(
        id=REVIEW,
        text="What should the answers read?",
        kind=Kind.TABLE,
        why="People correct what was read; what the form says is kept beside it.",
        guidance="Fill in the last two columns where an answer should read otherwise. Leave the rest as it is.",
        columns=(
            Column(id="bid", title="Bid", read_only=True, width=0.5),
            Column(id="question", title="Question", read_only=True, width=1.5),
            Column(id="row", title="Row", read_only=True, width=0.5),
            Column(id="column", title="Column", read_only=True, width=0.7),
            Column(id="noticed", title="What was noticed", read_only=True, width=3),
            Column(id="reads", title="It reads now", read_only=True, width=2),
            Column(id="text", title="It should read", width=2),
            Column(id="reason", title="Why", width=1.5),
        ),
        rows=tuple(Option(id=str(number), text=str(number)) for number, _ in enumerate(lines, start=1)),
    )
    code = f"{form.id}/review/{version}"
    sections = (Section(title="Review", asked=(Asked(question=question, number="1"),)),)
    title = "Review of answers. For the office only"
    review = Form(id=f"{form.id}-review", version=version, title=title, sections=sections, code=code)
    rows = tuple(
        _row(str(number), {**line.model_dump(), "question": names[line.question]})
        for number, line in enumerate(lines, start=1)
    )
    return review, {REVIEW: Rows(rows=rows)} if rows else {}


def _discreet(form: Form, line: Noticed) -> Noticed:
    """The line without the words of a sensitive answer; what was noticed may quote them, so it is not shown either."""
    asked = form.find(line.question)
    if asked.question.sensitivity is Sensitivity.OPEN or not line.reads:
        return line
    noticed = f"Question {asked.label}: this answer needs to be checked."
    return line.with_changes(noticed=noticed, reads=NOT_SHOWN)


def _row(number: str, facts: dict[str, str]) -> RowAnswer:
    cells = (
        CellAnswer(column=column, status=Status.ANSWERED, value=Text(text=facts[column]), raw=facts[column])
        for column in FACTS
        if facts[column]
    )
    return RowAnswer(id=number, cells=tuple(cells))


def read_review(reading: Reading, lines: tuple[Noticed, ...]) -> Result[tuple[Correction, ...]]:
    """The corrections of a returned review against the lines it went out with; a correction needs its reason."""
    answer = reading.answer(REVIEW)
    rows = answer.value.rows if isinstance(answer.value, Rows) else ()
    corrections: list[Correction] = []
    findings = list(reading.findings)
    for row in rows:
        text, reason = _words(row, "text"), _words(row, "reason")
        if not text:
            continue
        if not row.id.isdigit() or not 1 <= int(row.id) <= len(lines):
            findings.append(_error(f"Row {row.id} is not a row of this review.", row))
        elif not reason:
            findings.append(_error(f"Row {row.id} says what the answer should read, but not why. Add the reason.", row))
        else:
            line = lines[int(row.id) - 1]
            corrections.append(
                Correction(
                    bid=line.bid, question=line.question, row=line.row, column=line.column, text=text, reason=reason
                )
            )
    return Result(tuple(corrections), tuple(findings))


def _words(row: RowAnswer, column: str) -> str:
    return next((cell.raw.strip() for cell in row.cells if cell.column == column), "")


def _error(message: str, row: RowAnswer) -> Finding:
    place = next((cell.place for cell in row.cells if cell.place), None)
    return Finding(code="review-row", severity=Severity.ERROR, message=message, place=place)
