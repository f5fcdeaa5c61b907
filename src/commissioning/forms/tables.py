"""Reading table questions: columns by their controls or titles, rows by their names or their order."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz

from commissioning.findings import Finding, Place, Severity
from commissioning.forms.answer import Reader, Typed, conflicting, typed
from commissioning.forms.ask import LIST_TITLES
from commissioning.forms.labels import ALIKE, EXACT, LONGEST_LABEL, MARGIN, Site
from commissioning.forms.survey import Box, Grid, Seen, Survey, controls_of, seen
from commissioning.forms.tags import MARKED, split_cell
from commissioning.forms.written import written
from commissioning.model.bid import Answer, CellAnswer, Method, RowAnswer, Rows, Status, Value
from commissioning.model.form import Asked, Column, Question
from commissioning.values.text import normalise

HEADER_ROWS: Final = 4  # titles are looked for in so many rows from the top
ENOUGH: Final = 0.5  # of a table's titles make a header row
ALL_BUT: Final = 0.8  # of its titles make a table known by them alone
LIST_HEADER: Final = frozenset(normalise(title) for title in LIST_TITLES)
EMPTY: Final = frozenset({Status.BLANK, Status.PLACEHOLDER, Status.NOT_FOUND})


@dataclass(frozen=True, slots=True)
class TableRead:
    """A table's answer, the pieces it used, and what was noticed."""

    answer: Answer
    numbers: frozenset[int]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Which row holds the titles (-1 if none), and which column of the question each grid column is."""

    row: int
    columns: dict[int, Column]


@dataclass(slots=True)
class Tally:
    """What has been read so far of one table question."""

    rows: list[RowAnswer] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    position: int = 0


def read_table(
    survey: Survey, asked: Asked, sites: Iterable[Site], *, taken: Container[int], filled: Value | None = None
) -> TableRead:
    """Read every row of a table question, those typed in included.

    `taken` are the boxes that hold any question's wording; `filled` is what the office had put into the table.
    """
    grids, method = find_grids(survey, asked.question, tuple(sites), taken)
    tally = Tally()
    for grid in grids:
        _read_grid(grid, asked, tally, filled)
    if grids:
        tally.findings.extend(_removed_rows(asked, tally))
    place = grids[0].place if grids else None
    return TableRead(_answer(asked, tally, place, method), frozenset(tally.numbers), tuple(tally.findings))


def find_grids(
    survey: Survey, question: Question, sites: tuple[Site, ...], taken: Container[int]
) -> tuple[list[Grid], Method]:
    """Return the tables that hold the answer: by controls, else under the question, else by all their titles."""
    for method in (Method.TAG, Method.ALIAS):
        if named := [grid for grid in survey.grids if _has_controls(grid, question, method)]:
            return named, method
    under = [grid for site in sites for grid in _under(survey, site, taken) if heading(grid, question).row >= 0]
    if under:
        return under[: len(sites)], Method.LABEL
    known = [grid for grid in survey.grids if _share(grid, question) >= ALL_BUT and len(question.columns) > 1]
    return (known, Method.LABEL) if len(known) == 1 else ([], Method.NONE)


def heading(grid: Grid, question: Question) -> Heading:
    """Find the row with the most of the question's column titles among the first rows."""
    best = Heading(-1, {})
    for number, row in enumerate(grid.rows[:HEADER_ROWS]):
        columns = {box.column: column for box in row if (column := _titled(box, question))}
        if len(columns) > len(best.columns):
            best = Heading(number, columns)
    return best if len(best.columns) >= max(1, ENOUGH * len(question.columns)) else Heading(-1, {})


def _titled(box: Box, question: Question) -> Column | None:
    """Return the column that a title names: exactly, or nearly and by a margin over the runner-up."""
    named = nearest(_words(box), {column.id: column.title for column in question.columns})
    return next((column for column in question.columns if column.id == named), None)


def nearest(words: str, texts: Mapping[str, str]) -> str:
    """Return the key of the text that reads the same, or nearly and by a margin over the runner-up; else ""."""
    scores = sorted(((fuzz.ratio(words, normalise(text)), key) for key, text in texts.items()), reverse=True)
    if not words or not scores or scores[0][0] < ALIKE:
        return ""
    clear = len(scores) == 1 or scores[0][0] == EXACT or scores[0][0] - scores[1][0] >= MARGIN
    return scores[0][1] if clear else ""


def _words(box: Box) -> str:
    return normalise(" ".join(line.text for line in box.lines)[:LONGEST_LABEL])


def _share(grid: Grid, question: Question) -> float:
    return len(heading(grid, question).columns) / max(1, len(question.columns))


def _under(survey: Survey, site: Site, taken: Container[int]) -> Iterator[Grid]:
    """Yield the tables after a question's wording, up to the next heading; first what is under it in its own table."""
    if site.box.grid is not None:
        yield _part_under(site.box, site.box.grid, taken)
    last: Grid | None = site.box.grid
    for box in survey.boxes[survey.boxes.index(site.box) + 1 :]:
        if box.grid is None and any(line.heading for line in box.own):
            return
        if box.grid is not None and box.grid is not last:
            last = box.grid
            yield box.grid


def _part_under(box: Box, grid: Grid, taken: Container[int]) -> Grid:
    """Return the rows under a question's wording up to the next question: a sheet is one table with many questions."""
    rows = grid.rows[box.row + 1 :]
    ends = (
        at
        for at, row in enumerate(rows)
        if any(each.number in taken for each in row) or {_words(each) for each in row} >= LIST_HEADER
    )
    return Grid(grid.place, rows[: next(ends, len(rows))], grid.nested)


def _has_controls(grid: Grid, question: Question, method: Method) -> bool:
    return any(_named(box, question, method) for row in grid.rows for box in row)


def _named(box: Box, question: Question, method: Method) -> tuple[str, Column] | None:
    """Return the row and column that a control in the cell names."""
    for span in box.spans:
        for control in controls_of(span):
            name = control.tag if method is Method.TAG else control.alias
            if found := split_cell(name, question):
                return found
    return None


def _read_grid(grid: Grid, asked: Asked, tally: Tally, filled: Value | None) -> None:
    titles = heading(grid, asked.question)
    if titles.row < 0 and not asked.question.columns:
        return
    printed = [box.lines[0].key if box.lines else "" for box in grid.rows[titles.row]] if titles.row >= 0 else []
    for row in grid.rows[titles.row + 1 :]:
        repeated = titles.row >= 0 and [box.lines[0].key if box.lines else "" for box in row] == printed
        if not repeated:
            _read_row(row, titles, asked, tally, filled)


def _read_row(row: list[Box], titles: Heading, asked: Asked, tally: Tally, filled: Value | None) -> None:
    """Read one row, unless nobody wrote in it."""
    tally.position += 1
    reads = [each for box in row if (each := _read_cell(box, titles, asked))]
    name = _row_name(row, reads, asked, tally, filled)
    if not name:
        return
    tally.names.add(name)
    tally.findings.extend(_changed(reads, name, asked, filled))
    if not any(each.is_written for each in reads):
        return
    by_column = {each.column.id: each for each in reversed(reads)}
    cells = tuple(
        by_column[column.id].cell if column.id in by_column else CellAnswer(column=column.id, status=Status.NOT_FOUND)
        for column in asked.question.columns
    )
    tally.rows.append(RowAnswer(id=name, cells=cells))
    for each in reads:
        tally.numbers |= each.numbers
        tally.findings.extend(each.findings)


@dataclass(frozen=True, slots=True)
class CellRead:
    """The cell of one box as read; `row` is the row that its control names, "" without one."""

    box: int
    column: Column
    cell: CellAnswer
    numbers: frozenset[int]
    findings: tuple[Finding, ...]
    row: str

    @property
    def is_written(self) -> bool:
        """Tell whether the person who answers wrote in it."""
        if self.column.read_only:
            return False
        return self.cell.status not in EMPTY or bool(self.cell.raw and self.column.kind not in MARKED)


def _read_cell(box: Box, titles: Heading, asked: Asked) -> CellRead | None:
    """Read a cell under a known column; one that is neither titled nor named is a row's name, or nothing of ours."""
    name = _named(box, asked.question, Method.TAG) or _named(box, asked.question, Method.ALIAS)
    under = titles.columns.get(box.column)
    column = name[1] if name else under
    if column is None:
        return None
    stands = seen([line.spans for line in box.lines], box.place)
    result = _judged(box, titles, asked, column, stands)
    status = Status.PLACEHOLDER if result.status is Status.BLANK and stands.prompted else result.status
    cell = CellAnswer(
        column=column.id, status=status, value=result.value, raw=stands.raw, place=stands.place or box.place
    )
    return CellRead(box.number, column, cell, stands.numbers, result.findings, name[0] if name else "")


def _judged(box: Box, titles: Heading, asked: Asked, column: Column, stands: Seen) -> Typed:
    """Read what stands in a cell, unless it cannot be told which column it is for."""
    reader = Reader(column, stands.place or box.place, asked.question)
    covered = {each.id for at in range(box.column, box.column + box.span) if (each := titles.columns.get(at))}
    if stands.raw and len(covered | {column.id}) > 1:
        return conflicting(reader, "stands in a cell that belongs to more than one column; say which is meant.")
    if stands.doubts:
        return conflicting(reader, stands.doubts[0])
    return typed(column, stands.raw, stands.place or box.place, within=asked.question)


def _row_name(row: list[Box], reads: list[CellRead], asked: Asked, tally: Tally, filled: Value | None) -> str:
    """Name a row: by its printed name, by what the office had filled in, or by its position."""
    if asked.question.rows:
        return _fixed_name(row, reads, asked, tally)
    if isinstance(filled, Rows):
        named = _filled_name(reads, filled, asked.question) or next((each.row for each in reads if each.row), "")
        if named and named not in tally.names:
            return named
    return str(tally.position)


def _fixed_name(row: list[Box], reads: list[CellRead], asked: Asked, tally: Tally) -> str:
    """Return the fixed row with this name; a row somebody added gets the next free number, and is noticed."""
    answers = {each.box for each in reads}
    first = next((box for box in row if box.number not in answers), None)
    words = _words(first) if first else ""
    fixed = {each.id: each.text for each in asked.question.rows}
    name = nearest(words, fixed) if words else next((each.row for each in reads if each.row in fixed), "")
    if name and name not in tally.names:
        return name
    if not any(each.is_written for each in reads):
        return ""
    if first is not None:
        tally.numbers |= {span.number for span in first.spans}
    sentence = (
        f"A row was added to the table of question {asked.number}; it is read beside the rows that were asked for."
    )
    tally.findings.append(_noticed("added-row", Severity.WARNING, sentence, asked, first.place if first else None))
    return next(str(number) for number in range(1, tally.position + 1) if str(number) not in tally.names)


def _filled_name(reads: list[CellRead], filled: Rows, question: Question) -> str:
    """Return the one row whose read-only cells the office had filled in with just these words."""
    shown = {each.column.id: normalise(each.cell.raw) for each in reads if each.column.read_only}
    same = [row.id for row in filled.rows if shown and shown == _office_words(row, question)]
    return same[0] if len(same) == 1 else ""


def _office_words(row: RowAnswer, question: Question) -> dict[str, str]:
    values = {cell.column: cell.value for cell in row.cells}
    return {
        column.id: normalise(written(value, column)) if (value := values.get(column.id)) is not None else ""
        for column in question.columns
        if column.read_only
    }


def _changed(reads: list[CellRead], name: str, asked: Asked, filled: Value | None) -> Iterator[Finding]:
    """Notice cells that the office had filled in and that came back with other words."""
    lines = filled.rows if isinstance(filled, Rows) else ()
    wanted = next((_office_words(row, asked.question) for row in lines if row.id == name), {})
    for each in reads:
        if each.column.id in wanted and normalise(each.cell.raw) != wanted[each.column.id]:
            sentence = (
                f"“{each.column.title}” in the table of question {asked.number} was filled in by the office and "
                "has been changed; put it back, or tell the office why."
            )
            yield _noticed("changed-read-only", Severity.WARNING, sentence, asked, each.cell.place)


def _removed_rows(asked: Asked, tally: Tally) -> Iterator[Finding]:
    for fixed in asked.question.rows:
        if fixed.id not in tally.names:
            sentence = f"The row “{fixed.text}” of question {asked.number} is not in the table; put it back or say why."
            yield _noticed("removed-row", Severity.WARNING, sentence, asked, None)


def _noticed(code: str, severity: Severity, sentence: str, asked: Asked, place: Place | None) -> Finding:
    return Finding(code=code, severity=severity, message=sentence, place=place, question=asked.id)


def _answer(asked: Asked, tally: Tally, place: Place | None, method: Method) -> Answer:
    if method is Method.NONE:
        return Answer(question=asked.id, status=Status.NOT_FOUND, confidence=0.0)
    rows = tuple(tally.rows)
    return Answer(
        question=asked.id,
        status=Status.ANSWERED if rows else Status.BLANK,
        value=Rows(rows=rows) if rows else None,
        raw="\n".join("\t".join(cell.raw for cell in row.cells) for row in rows),
        place=place,
        method=method,
    )
