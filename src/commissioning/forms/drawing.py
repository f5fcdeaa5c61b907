"""The parts that forms are drawn with: labels, answers and ruled tables of the neutral tree.

Every piece names in its place's tag the question it belongs to, so that the reader knows whose wording it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from commissioning.documents.tree import Block, Cell, Control, ControlKind, Paragraph, Piece, Row, Table
from commissioning.findings import Place
from commissioning.forms.prompts import TICK_TEXT, TICKED, UNTICKED, cell_prompt, prompt
from commissioning.forms.tags import option_tag
from commissioning.forms.written import is_ticked, written
from commissioning.model.bid import Day, Value
from commissioning.model.form import Column, Kind, Option, Question

RULED = "House Table"
YES_NO = (("Yes", "yes"), ("No", "no"))
CONTROLS = {
    Kind.LONG_TEXT: ControlKind.LONG_TEXT,
    Kind.CHOICE: ControlKind.CHOICE,
    Kind.YES_NO: ControlKind.CHOICE,
    Kind.DATE: ControlKind.DATE,
}


def place(owner: str = "") -> Place:
    """Return the place of something printed on the form for the question `owner`, or for the form as a whole."""
    return Place(file="form", tag=owner)


def paragraph(text: str, *, style: str = "", owner: str = "", heading: int = 0, bold: bool = False) -> Paragraph:
    """Draw one paragraph of printed text."""
    here = place(owner)
    return Paragraph((Piece(text, here, bold=bold),), here, style=style, heading=heading)


def cell(blocks: Iterable[Block], *, owner: str, column: int = 0) -> Cell:
    """Draw one cell."""
    return Cell(tuple(blocks), place(owner), column=column)


def printed_cell(text: str, *, owner: str, column: int = 0, bold: bool = False) -> Cell:
    """Draw a cell of printed text: a column's title or a row's name."""
    return cell((paragraph(text, style="Label" if bold else "Answer", owner=owner),), owner=owner, column=column)


def table(rows: Iterable[Row], *, title: str, description: str, widths: tuple[float, ...]) -> Table:
    """Draw a ruled table with its alternative text; `widths` are made shares of the whole."""
    whole = sum(widths)
    shares = tuple(width / whole for width in widths)
    return Table(tuple(rows), place(), title=title, description=description, style=RULED, widths=shares)


def answer(asked: Question | Column, tag: str, *, owner: str, value: Value | None = None) -> tuple[Paragraph, ...]:
    """Draw the control or controls that take an answer, showing `value` when the office has filled it in."""
    if asked.kind is Kind.CHOICES:
        return tuple(
            _tick(option.text, option_tag(tag, option.id), owner, ticked=is_ticked(value, option.id))
            for option in asked.options
        )
    if asked.kind is Kind.TICK:
        return (_tick(TICK_TEXT, tag, owner, ticked=is_ticked(value)),)
    here = place(owner)
    shown = prompt(asked.kind) if isinstance(asked, Question) else cell_prompt(asked.kind)
    control = Control(
        CONTROLS.get(asked.kind, ControlKind.TEXT),
        tag=tag,
        alias=tag,
        placeholder=value is None,
        options=_options(asked.kind, asked.options),
        date=value.day.isoformat() if isinstance(value, Day) else "",
    )
    text = shown if value is None else written(value, asked)
    return (Paragraph((Piece(text, here, (control,)),), here, style="Answer"),)


def header(titles: Iterable[str], *, owner: str) -> Row:
    """Draw the row of column titles, repeated on every page."""
    cells = tuple(printed_cell(title, owner=owner, column=at, bold=True) for at, title in enumerate(titles))
    return Row(cells, place(owner), header=True)


def row(cells: Iterable[Iterable[Block]], *, owner: str) -> Row:
    """Draw one row of cells."""
    return Row(tuple(cell(blocks, owner=owner, column=at) for at, blocks in enumerate(cells)), place(owner))


def _tick(text: str, tag: str, owner: str, *, ticked: bool) -> Paragraph:
    here = place(owner)
    control = Control(ControlKind.TICK, tag=tag, alias=tag, checked=ticked)
    box = Piece(TICKED if ticked else UNTICKED, here, (control,))
    return Paragraph((box, Piece(f" {text}", here)), here, style="Answer")


def _options(kind: Kind, options: tuple[Option, ...]) -> tuple[tuple[str, str], ...]:
    if kind is Kind.YES_NO:
        return YES_NO
    return tuple((option.text, option.id) for option in options) if kind is Kind.CHOICE else ()
