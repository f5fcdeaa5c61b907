"""From the neutral tree to a workbook: a sheet for each main heading, with its lines and ruled tables."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties

from commissioning.documents.package import write_package
from commissioning.documents.properties import with_properties
from commissioning.documents.tree import ControlKind, Paragraph, paragraphs
from commissioning.values.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

    from commissioning.documents.tree import Block, Cell, Control, Document, Row, Table

LONGEST_SHEET_NAME: Final = 31  # Excel's limits
LONGEST_CELL: Final = 32_767
LONGEST_LIST: Final = 255
FORBIDDEN_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\]")
RESERVED_NAMES: Final = frozenset({"history"})
CHOICES: Final = "Choices"
ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as A
LOOKS_LIKE_FORMULA: Final = ("=", "+", "-", "@", "\t")
CUT: Final = " […] The text goes on: a cell holds 32,767 characters, and this one has {count:,}."

PLAIN_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
MOST_DIGITS: Final = 15  # more than that, and a workbook keeps another number
WHOLE, BROKEN, MONEY, AS_TEXT = "#,##0", "#,##0.0#########", '"£"#,##0.00', "@"

FONT_NAME: Final = "Arial"
INK, HEADING_INK, RULE = "FF1A1A1A", "FF1F3864", "FF7F7F7F"
HEADER_FILL, INPUT_FILL = "FFDCE6F1", "FFFFF9E0"
PAGE_CHARACTERS: Final = 130
NARROWEST, WIDEST = 9, 60
LEAST_OF_MANY: Final = 13  # a long word still stands on one line; a sheet of many columns is wider than a page
LINE_HEIGHT: Final = 15.0
ROW_TAG: Final = re.compile(rb"<row [^>]*>")
TALLEST_ROW: Final = 409.0
MOST_FROZEN_ROWS: Final = 12
A4_PAPER: Final = 9
LONGEST_FOOTER: Final = 80
TICKS: Final = ("☒", "☐")

THIN: Final = Side(style="thin", color=RULE)
RULED: Final = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
TEXT_SIZE: Final = 11
LETTERS_TO_A_WIDTH: Final = 1.05  # a column is as wide as so many noughts, and letters are narrower
SIZES: Final = {1: 16, 2: 13, 3: 12}


@dataclass(slots=True)
class Sheets:
    """The workbook being written, the sheet names in use, and the lists of choices by their options."""

    workbook: Workbook
    names: set[str] = field(default_factory=lambda: {CHOICES.casefold(), *RESERVED_NAMES})
    choices: dict[tuple[str, ...], str] = field(default_factory=dict)


def write_workbook(document: Document) -> bytes:
    """Return `document` as a workbook; the same tree always gives the same bytes.

    Each heading of level 1 starts a sheet named after it. Text is never a formula. Paragraphs styled "Number" or
    "Money" whose text is a plain number are written as numbers. Cells with a control are open to typing and shaded,
    and the other cells of such a sheet are protected without a password.
    """
    sheets = Sheets(Workbook())
    for empty in sheets.workbook.worksheets:
        sheets.workbook.remove(empty)
    for title, blocks in split_into_sheets(document):
        write_sheet(sheets, title, blocks)
    return packed(sheets.workbook, document)


def packed(workbook: Workbook, document: Document) -> bytes:
    """Save with our own properties, so that neither a name nor the time of writing is in the bytes."""
    saved = io.BytesIO()
    workbook.save(saved)
    with zipfile.ZipFile(saved) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, content in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = ROW_TAG.sub(without_fixed_height, content)
    return write_package(with_properties(parts, document.properties))


def without_fixed_height(row: re.Match[bytes]) -> bytes:
    """A row keeps the height we reckoned, and grows when somebody types more: openpyxl only knows fixed heights."""
    return row.group().replace(b' customHeight="1"', b"")


def split_into_sheets(document: Document) -> list[tuple[str, list[Block]]]:
    """Title and blocks of each sheet; what stands before the first heading gets a sheet named after the document."""
    sheets: list[tuple[str, list[Block]]] = []
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.heading == 1:
            sheets.append((clean(block.text), [block]))
        elif sheets:
            sheets[-1][1].append(block)
        else:
            sheets.append((clean(document.properties.get("title", "")), [block]))
    return sheets or [(clean(document.properties.get("title", "")), [])]


def sheet_name(title: str, taken: set[str]) -> str:
    """A name that Excel takes: not too long, without its own signs, not used already; it is then taken."""
    plain = " ".join(FORBIDDEN_IN_NAMES.sub(" ", title).split()).strip("'") or "Sheet"
    name, number = plain[:LONGEST_SHEET_NAME].strip(" '"), 1
    while name.casefold() in taken:
        number += 1
        ending = f" ({number})"
        name = plain[: LONGEST_SHEET_NAME - len(ending)].strip(" '") + ending
    taken.add(name.casefold())
    return name


# A sheet


def write_sheet(sheets: Sheets, title: str, blocks: list[Block]) -> None:
    """One sheet: lines and tables below one another, a free row after each table."""
    sheet = sheets.workbook.create_sheet(sheet_name(title, sheets.names))
    tables = [block for block in blocks if not isinstance(block, Paragraph)]
    widths = set_widths(sheet, tables)
    at = 1
    headers: list[tuple[int, int]] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            write_line(sheet, at, block, widths)
            at += 1
        else:
            headers.append((at, sum(1 for row in block.rows if row.header)))
            at = write_table(sheets, sheet, at, block, widths) + 1
    set_print(sheet, title)
    if len(headers) == 1:
        repeat_header(sheet, *headers[0])
    if any(has_control(block) for block in tables):
        protect(sheet)


def has_control(table: Table) -> bool:
    """Whether somebody is meant to type in this table."""
    return any(piece.controls for paragraph in paragraphs((table,)) for piece in paragraph.pieces)


def set_widths(sheet: Worksheet, tables: list[Table]) -> list[float]:
    """Widths in characters: the shares of the widest table if it has them, else by its longest words."""
    widest = max(tables, key=column_count, default=None)
    count = column_count(widest) if widest else 1
    page = max(PAGE_CHARACTERS, count * LEAST_OF_MANY)
    if widest is None:
        widths = [float(PAGE_CHARACTERS)]
    elif len(widest.widths) == count and sum(widest.widths) > 0:
        widths = [max(NARROWEST, page * share / sum(widest.widths)) for share in widest.widths]
    else:
        widths = [needed_width(widest, column) for column in range(count)]
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = round(width, 1)
    return widths


def column_count(table: Table) -> int:
    """How many columns the table covers."""
    return max((column + cell.span for row in table.rows for column, cell in placed(row)), default=1)


def needed_width(table: Table, column: int) -> float:
    """Wide enough for the longest line in the column, within reason."""
    lines = [
        len(line)
        for row in table.rows
        for at, cell in placed(row)
        if at == column and cell.span == 1
        for line in cell.text.split("\n")
    ]
    return float(min(WIDEST, max(NARROWEST, max(lines, default=0) + 2)))


def placed(row: Row) -> Iterator[tuple[int, Cell]]:
    """Each cell with the column it begins in."""
    at = 0
    for cell in row.cells:
        column = max(at, cell.column)
        yield column, cell
        at = column + cell.span


def write_line(sheet: Worksheet, at: int, paragraph: Paragraph, widths: list[float]) -> None:
    """A paragraph across all columns, tall enough for its text."""
    cell = free_cell(sheet, at, 1)
    put_text(cell, clean(paragraph.text))
    size = SIZES.get(paragraph.heading, TEXT_SIZE)
    bold = paragraph.heading > 0 or paragraph.style in {"Title", "Label"}
    cell.font = Font(name=FONT_NAME, size=size, bold=bold, color=HEADING_INK if paragraph.heading else INK)
    cell.alignment = WRAPPED
    if len(widths) > 1:
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=len(widths))
    scale = size / TEXT_SIZE
    sheet.row_dimensions[at].height = height(lines_needed(paragraph.text, sum(widths) / scale), scale)


def free_cell(sheet: Worksheet, row: int, column: int) -> SheetCell:
    """The cell at this row and column, which nothing has merged into another."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        raise TypeError(f"Two cells of a table cover row {row}, column {column}.")
    return cell


def lines_needed(text: str, width: float) -> int:
    """How many lines the text takes in a column as wide as so many characters."""
    return sum(max(1, ceil(len(line) / width)) for line in text.split("\n"))


def height(lines: int, scale: float = 1.0) -> float:
    """The height of a row of so many lines, in points."""
    return round(min(TALLEST_ROW, lines * LINE_HEIGHT * scale + 3), 1)


def write_table(sheets: Sheets, sheet: Worksheet, start: int, table: Table, widths: list[float]) -> int:
    """Write the table from row `start`; the row after it is returned."""
    for at, row in enumerate(table.rows, start=start):
        lines = [1]
        for column, cell in placed(row):
            lines.append(lines_needed(cell.text, LETTERS_TO_A_WIDTH * sum(widths[column : column + cell.span])))
            write_cell(sheets, sheet, free_cell(sheet, at, column + 1), cell, header=row.header)
            if cell.span > 1:
                last = column + cell.span
                sheet.merge_cells(start_row=at, start_column=column + 1, end_row=at, end_column=last)
        sheet.row_dimensions[at].height = height(max(lines))
    return start + len(table.rows)


def write_cell(sheets: Sheets, sheet: Worksheet, target: SheetCell, cell: Cell, *, header: bool) -> None:
    """One cell: its text or number, ruled and wrapped; open to typing when it holds a control."""
    lines = list(paragraphs(cell.blocks))
    controls = [piece.control for line in lines for piece in line.pieces if piece.control is not None]
    bold = header or any(line.style == LABEL or (line.pieces and all(p.bold for p in line.pieces)) for line in lines)
    target.font = Font(name=FONT_NAME, size=TEXT_SIZE, bold=bold, color=INK)
    target.border, target.alignment = RULED, WRAPPED
    if header:
        target.fill = PatternFill("solid", fgColor=HEADER_FILL)
    put_value(target, "\n".join(written_text(line) for line in lines), lines[0].style if len(lines) == 1 else "")
    if controls:
        open_to_typing(sheets, sheet, target, controls[0])


LABEL: Final = "Label"


def written_text(paragraph: Paragraph) -> str:
    """The text a cell begins with: a placeholder is not there to be typed over, a tick box shows what it stores."""
    return clean("".join(piece_text(piece.text, piece.control) for piece in paragraph.pieces))


def piece_text(text: str, control: Control | None) -> str:
    """The text of one piece as a cell shows it."""
    if control is None:
        return text
    if control.kind is ControlKind.TICK and text in {"", *TICKS}:
        return TICKS[0] if control.checked else TICKS[1]
    return "" if control.placeholder else text


def put_value(target: SheetCell, text: str, style: str) -> None:
    """A number where the style says so and the text is one, otherwise text."""
    digits = text.lstrip("-").replace(".", "").lstrip("0")
    if style in {"Number", "Money"} and PLAIN_NUMBER.fullmatch(text) and len(digits) <= MOST_DIGITS:
        amount = Decimal(text)
        target.value = amount
        target.alignment = Alignment(horizontal="right", vertical="top", indent=1)
        target.number_format = MONEY if style == "Money" else WHOLE if amount == amount.to_integral() else BROKEN
    else:
        put_text(target, text)


def put_text(target: SheetCell, text: str) -> None:
    """Text that stays text: no formula, no code, and never cut without saying so."""
    if not text:
        return
    written = ESCAPED.sub("_x005F_", text)
    if len(written) > LONGEST_CELL:
        ending = CUT.format(count=len(text))
        written = written[: LONGEST_CELL - len(ending)] + ending
    target.value = written
    target.data_type = "s"
    target.quotePrefix = written.startswith(LOOKS_LIKE_FORMULA)


# Typing


def open_to_typing(sheets: Sheets, sheet: Worksheet, target: SheetCell, control: Control) -> None:
    """Shade and unlock the cell; offer the choices, and what the placeholder said, when it is chosen."""
    target.protection = Protection(locked=False)
    target.fill = PatternFill("solid", fgColor=INPUT_FILL)
    if target.data_type != "n" or target.value is None:
        target.number_format = "dd/mm/yyyy" if control.kind is ControlKind.DATE else AS_TEXT
    options = TICKS if control.kind is ControlKind.TICK else tuple(clean(shown) for shown, _ in control.options)
    if options:
        offer(sheets, sheet, target, options)


def offer(sheets: Sheets, sheet: Worksheet, target: SheetCell, options: tuple[str, ...]) -> None:
    """A list to choose from; another entry is refused with a sentence."""
    if options not in sheets.choices:
        sheets.choices[options] = list_formula(sheets, options)
    rule = DataValidation(type="list", formula1=sheets.choices[options], allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = "Not one of the choices", "Please choose one of the entries of the list."
    rule.add(target.coordinate)
    sheet.add_data_validation(rule)


def list_formula(sheets: Sheets, options: tuple[str, ...]) -> str:
    """The choices within the rule, or as a range of a sheet of their own when Excel cannot hold them there."""
    joined = ",".join(options)
    if len(joined) <= LONGEST_LIST and not any(sign in option for option in options for sign in ',"'):
        return f'"{joined}"'
    workbook = sheets.workbook
    if CHOICES not in workbook.sheetnames:
        set_print(workbook.create_sheet(CHOICES), CHOICES)
    sheet = workbook[CHOICES]
    column = len([cell for cell in sheet[1] if cell.value is not None]) + 1
    for at, option in enumerate(options, start=1):
        put_text(free_cell(sheet, at, column), option)
    letter = get_column_letter(column)
    return f"{quote_sheetname(CHOICES)}!${letter}$1:${letter}${len(options)}"


def protect(sheet: Worksheet) -> None:
    """Keep what the office wrote from being typed over by mistake; columns and rows may still be sized."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False


# Printing


def set_print(sheet: Worksheet, title: str) -> None:
    """A4 across, as wide as one page, with the title and the page at the foot."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4_PAPER
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(text=title[:LONGEST_FOOTER].replace("&", "&&")),
        right=_HeaderFooterPart(text="Page &P of &N"),
    )
    sheet.sheet_view.showGridLines = False


def repeat_header(sheet: Worksheet, start: int, count: int) -> None:
    """Print the header rows on each page, and keep them in view unless that leaves little room."""
    if not count:
        return
    last = start + count - 1
    sheet.print_title_rows = f"{start}:{last}"
    if last <= MOST_FROZEN_ROWS:
        sheet.freeze_panes = f"A{last + 1}"
