"""Corrections and clarifications: a person's words beside what the form says, typed by the same rules."""

from __future__ import annotations

from commissioning.findings import Finding, Place, Result
from commissioning.forms.answer import typed
from commissioning.model.bid import Answer, CellAnswer, Method, RowAnswer, Rows, Status
from commissioning.model.form import Asked, Form
from commissioning.values.record import Record


class Amendment(Record):
    """New words for one answer, or for one cell of it; `act` is the journal number of the person's act."""

    question: str
    row: str = ""
    column: str = ""
    text: str
    method: Method
    place: Place
    act: int


def amend(
    answers: tuple[Answer, ...], findings: tuple[Finding, ...], *, form: Form, amendments: tuple[Amendment, ...]
) -> Result[tuple[Answer, ...]]:
    """The answers with each amendment in place of what stood there, which is kept in `original`.

    Findings about an answer that was replaced go with it; those about its replacement take their place.
    """
    current = {answer.question: answer for answer in answers}
    kept = list(findings)
    for amendment in amendments:
        asked = form.find(amendment.question)
        result = amended(current[amendment.question], asked, amendment)
        current[amendment.question] = result.value
        kept = [each for each in kept if not replaces(amendment, each, current[amendment.question])]
        kept.extend(result.findings)
    return Result(tuple(current[answer.question] for answer in answers), tuple(kept))


def replaces(amendment: Amendment, finding: Finding, answer: Answer) -> bool:
    """Whether `finding` spoke of the words that the amendment replaces; with a cell, only that cell's place."""
    if finding.question != amendment.question:
        return False
    if not amendment.column or not isinstance(answer.value, Rows):
        return True
    cells = [cell for row in answer.value.rows if row.id == amendment.row for cell in row.cells]
    return any(cell.column == amendment.column and cell.place == finding.place for cell in cells)


def amended(answer: Answer, asked: Asked, amendment: Amendment) -> Result[Answer]:
    """One answer with the amendment in place."""
    if amendment.column:
        return amended_cell(answer, asked, amendment)
    status, value, findings = typed(asked.question, amendment.text, amendment.place)
    replaced = answer.with_changes(
        status=status,
        value=value,
        raw=amendment.text,
        method=amendment.method,
        confidence=1.0,
        alternatives=(),
        original=answer.raw if answer.original is None else answer.original,
        act=amendment.act,
    )
    return Result(replaced, findings)


def amended_cell(answer: Answer, asked: Asked, amendment: Amendment) -> Result[Answer]:
    """A table answer with one cell replaced; a row that was not there is added at the end."""
    columns = {column.id: column for column in asked.question.columns}
    status, value, findings = typed(columns[amendment.column], amendment.text, amendment.place, within=asked.question)
    new = CellAnswer(
        column=amendment.column, status=status, value=value, raw=amendment.text, place=_place(answer, amendment)
    )
    rows = answer.value.rows if isinstance(answer.value, Rows) else ()
    if not any(row.id == amendment.row for row in rows):
        blank = tuple(CellAnswer(column=column, status=Status.BLANK) for column in columns)
        rows = (*rows, RowAnswer(id=amendment.row, cells=blank))
    changed = tuple(_with_cell(row, new) if row.id == amendment.row else row for row in rows)
    replaced = answer.with_changes(
        status=Status.ANSWERED,
        value=Rows(rows=changed),
        method=amendment.method,
        original=answer.raw if answer.original is None else answer.original,
        act=amendment.act,
    )
    return Result(replaced, findings)


def _with_cell(row: RowAnswer, new: CellAnswer) -> RowAnswer:
    return RowAnswer(id=row.id, cells=tuple(new if cell.column == new.column else cell for cell in row.cells))


def _place(answer: Answer, amendment: Amendment) -> Place:
    if isinstance(answer.value, Rows):
        for row in answer.value.rows:
            if row.id == amendment.row and (place := row.cell(amendment.column).place):
                return place
    return amendment.place
