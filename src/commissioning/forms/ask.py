"""Asking: a form as the document that a provider fills in, or as a workbook for the people who assess."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType
from typing import Final

from commissioning.documents.tree import Block, Document, Paragraph, Piece, Row, Story, Table
from commissioning.forms.drawing import answer, header, paragraph, place, printed_cell, row, table
from commissioning.forms.tags import cell_tag
from commissioning.forms.written import written
from commissioning.model.bid import RowAnswer, Rows, Value
from commissioning.model.form import Asked, Column, Form, Kind, Option, Question, Section

CODE_PROPERTY: Final = "commissioning-form"
ROUND_PROPERTY: Final = "commissioning-round"
PRINTED_CODE: Final = "Form code: "
MUST: Final = " (must be answered)"
ROW_TITLE: Final = "Item"
ANSWER_WIDTHS: Final = (0.52, 0.48)
ROW_WIDTH: Final = 1.6
FULL_WIDTH: Final = frozenset({Kind.LONG_TEXT, Kind.CHOICES})

LIST_TITLES: Final = ("Question", "Answer", "Note")
LIST_WIDTHS: Final = (0.4, 0.35, 0.25)

HOW_TITLE: Final = "How to fill in this form"
HOW: Final = (
    "Fill in this form in Word, in LibreOffice, in a browser or on a phone, and return it as a Word file (.docx).",
    (
        "Type in the space beside or under each question. Spaces grow as you type. If a space does not let you type, "
        "delete what is there and type in its place."
    ),
    "To tick a box, click it, or type X in place of the box.",
    "If a table has too few rows, add some: put the cursor in the last cell and press Tab, or insert a row below.",
    (
        "Leave the questions and their numbers as they are, so that your answers can be found. "
        "If something will not fit, write it anywhere below the question: nothing you write will be lost."
    ),
    "Write amounts in pounds in full, such as £12,000.00, and dates with the year in full, such as 26 February 2021.",
)


Prefilled = Mapping[str, Value]
Look = Callable[[tuple[Asked, ...], Form, Prefilled], Iterator[Block]]


def ask(form: Form, prefilled: Prefilled = MappingProxyType({})) -> Document:
    """Return the form to fill in: every question with a control named by its id, the form's code in print and inside.

    `prefilled` holds what the office has already filled in, by question.
    """
    return _document(form, (*_opening(form), *_body(form, prefilled, _look, title=_numbered), *_ending(form)))


def ask_sheets(form: Form, prefilled: Prefilled = MappingProxyType({})) -> Document:
    """Return the form as sheets: a heading 1 for each section, tables as they are, other questions one to a row."""
    first, *rest = _body(form, prefilled, _sheet_look, title=lambda section: section.title)
    return _document(form, (first, paragraph(PRINTED_CODE + form.code), *rest))


def _document(form: Form, blocks: tuple[Block, ...]) -> Document:
    footer = Story("footer", (paragraph(PRINTED_CODE + form.code, style="footer"),))
    properties = {"title": form.title, CODE_PROPERTY: form.code, ROUND_PROPERTY: form.id}
    return Document(file=form.title, blocks=blocks, stories=(footer,), properties=properties)


def _opening(form: Form) -> Iterator[Block]:
    yield paragraph(form.title, style="Title")
    if form.subtitle:
        yield paragraph(form.subtitle, style="Subtitle")
    yield from (paragraph(text) for text in form.introduction)
    yield paragraph(HOW_TITLE, heading=1)
    yield from (paragraph(text, style="List Bullet") for text in HOW)


def _numbered(section: Section) -> str:
    """A section's title with the number that its questions carry."""
    number = section.asked[0].number.partition(".")[0]
    return f"{number}. {section.title}"


def _body(
    form: Form, prefilled: Prefilled, look: Callable[[Asked], Look], *, title: Callable[[Section], str]
) -> Iterator[Block]:
    for section in form.sections:
        yield paragraph(title(section), heading=1)
        if section.guidance:
            yield paragraph(section.guidance)
        for draw, run in groupby(section.asked, key=look):
            yield from draw(tuple(run), form, prefilled)


def _ending(form: Form) -> Iterator[Block]:
    yield from (paragraph(text) for text in form.closing)
    yield paragraph(PRINTED_CODE + form.code, style="Guidance")


def _look(asked: Asked) -> Look:
    """Choose how a question is laid out: short ones share a table, long ones and tables have their own."""
    if asked.question.kind is Kind.TABLE:
        return _tables
    return _long if asked.question.kind in FULL_WIDTH else _short


def _sheet_look(asked: Asked) -> Look:
    return _tables if asked.question.kind is Kind.TABLE else _listed


def _short(run: tuple[Asked, ...], form: Form, prefilled: Prefilled) -> Iterator[Block]:
    rows = (row((label(asked, form), _answer(asked, prefilled)), owner=asked.id) for asked in run)
    about = "Questions on the left, answers on the right."
    yield table(rows, title=_numbers(run), description=about, widths=ANSWER_WIDTHS)
    yield _gap()


def _long(run: tuple[Asked, ...], form: Form, prefilled: Prefilled) -> Iterator[Block]:
    for asked in run:
        rows = (row((blocks,), owner=asked.id) for blocks in (label(asked, form), _answer(asked, prefilled)))
        about = "The question, and the answer under it."
        yield table(rows, title=_numbers((asked,)), description=about, widths=(1.0,))
        yield _gap()


def _tables(run: tuple[Asked, ...], form: Form, prefilled: Prefilled) -> Iterator[Block]:
    for asked in run:
        first, *notes = label(asked, form)
        yield replace(first, style="Lead")
        yield from (replace(note, style="Lead Guidance") for note in notes)
        yield grid(asked, prefilled.get(asked.id))
        yield _gap()


def _listed(run: tuple[Asked, ...], form: Form, prefilled: Prefilled) -> Iterator[Block]:
    rows = []
    for asked in run:
        first, *notes = label(asked, form)
        note = paragraph(" ".join(line.text for line in notes), style="Guidance", owner=asked.id)
        rows.append(row(((first,), _answer(asked, prefilled), (note,)), owner=asked.id))
    titles = header(LIST_TITLES, owner="")
    about = "Questions, answers, and what each question means."
    yield table((titles, *rows), title=_numbers(run), description=about, widths=LIST_WIDTHS)
    yield _gap()


def _answer(asked: Asked, prefilled: Prefilled) -> tuple[Paragraph, ...]:
    return answer(asked.question, asked.id, owner=asked.id, value=prefilled.get(asked.id))


def _numbers(run: tuple[Asked, ...]) -> str:
    first, last = run[0].number, run[-1].number
    return f"Question {first}" if first == last else f"Questions {first} to {last}"


def _gap() -> Paragraph:
    """Draw the empty line that keeps two tables from running together."""
    return Paragraph((), place(), style="Guidance")


def label(asked: Asked, form: Form) -> tuple[Paragraph, ...]:
    """Draw what is printed of a question: number and text, then guidance, limit, condition and reason."""
    owner = asked.id
    here = place(owner)
    pieces = (Piece(asked.label, here, bold=True), *((Piece(MUST, here),) if asked.required else ()))
    notes = " ".join(filter(None, (condition(asked, form), asked.question.guidance, limit(asked.question))))
    lines = [Paragraph(pieces, here, style="Label")]
    if notes:
        lines.append(paragraph(notes, style="Guidance", owner=owner))
    lines.append(paragraph(f"Why we ask: {asked.question.why}", style="Guidance", owner=owner))
    return tuple(lines)


def condition(asked: Asked, form: Form) -> str:
    """Say when a conditional question is to be answered, or ""."""
    if asked.when is None:
        return ""
    other = form.find(asked.when.question)
    words = {option.id: option.text for option in other.question.options} | {"yes": "Yes", "no": "No"}
    wanted = " or ".join(f"“{words[option]}”" for option in asked.when.is_one_of)
    return f"Answer this only if the answer to {other.number} is {wanted}."


def limit(question: Question) -> str:
    """Say how much may be written or chosen, or ""."""
    if question.kind is Kind.CHOICES:
        return "Tick all that apply."
    return f"Up to {question.words:,} words." if question.words else ""


def grid(asked: Asked, filled: Value | None = None) -> Table:
    """Draw the table of a table question: a row of titles, then its fixed rows or rows to type in."""
    question = asked.question
    named = bool(question.rows)
    titles = (*((ROW_TITLE,) if named else ()), *(column.title for column in question.columns))
    widths = (*((ROW_WIDTH,) if named else ()), *(column.width for column in question.columns))
    lines = filled.rows if isinstance(filled, Rows) else ()
    rows = (_grid_row(question, fixed, lines) for fixed in question.rows or _to_type_in(question, lines))
    about = question.text
    return table((header(titles, owner=question.id), *rows), title=_numbers((asked,)), description=about, widths=widths)


def _grid_row(question: Question, fixed: Option, lines: tuple[RowAnswer, ...]) -> Row:
    owner = question.id
    filled = {cell.column: cell.value for line in lines if line.id == fixed.id for cell in line.cells}
    name = (printed_cell(fixed.text, owner=owner, bold=True).blocks,) if question.rows else ()
    cells = (_grid_cell(question, fixed.id, column, filled.get(column.id)) for column in question.columns)
    return row((*name, *cells), owner=owner)


def _grid_cell(question: Question, line: str, column: Column, value: Value | None) -> Iterable[Block]:
    if column.read_only:
        return printed_cell("" if value is None else written(value, column), owner=question.id).blocks
    return answer(column, cell_tag(question.id, line, column.id), owner=question.id, value=value)


def _to_type_in(question: Question, lines: tuple[RowAnswer, ...]) -> tuple[Option, ...]:
    """Name the rows that the office has begun, then numbered blank ones."""
    begun = [line.id for line in lines]
    blank = (str(number) for number in range(len(begun) + 1, max(question.blank_rows, len(begun), 1) + 1))
    return tuple(Option(id=name, text="") for name in (*begun, *blank))
