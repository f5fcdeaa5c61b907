"""The names of content controls: a question's id, with an option's or a row's and a column's after full stops."""

from __future__ import annotations

from commissioning.model.form import Column, Form, Kind, Question

MARKED: frozenset[Kind] = frozenset({Kind.CHOICES, Kind.TICK})


def option_tag(question: str, option: str) -> str:
    """Return the name of the tick box of one option."""
    return f"{question}.{option}"


def cell_tag(question: str, row: str, column: str) -> str:
    """Return the name of the control in one cell of a table."""
    return f"{question}.{row}.{column}"


def names(form: Form) -> dict[str, str]:
    """Map every name that stands outside a table to the question it belongs to."""
    found: dict[str, str] = {}
    for asked in form.asked:
        question = asked.question
        if question.kind is Kind.CHOICES:
            found.update({option_tag(question.id, option.id): question.id for option in question.options})
        found[question.id] = question.id
    return found


def split_cell(tag: str, question: Question) -> tuple[str, Column] | None:
    """Return the row and the column that `tag` names in the table of `question`, or None."""
    head, _, rest = tag.partition(".")
    row, _, name = rest.partition(".")
    if head != question.id or not row:
        return None
    return next(((row, column) for column in question.columns if name.partition(".")[0] == column.id), None)
