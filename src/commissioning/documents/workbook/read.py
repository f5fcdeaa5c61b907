"""From a workbook that came back to the neutral tree: what each cell shows, written as a person would type it.

Read from the parts themselves, so that a formula and its last answer are seen at once, and only cells that are there
cost anything, however large the sheet claims to be.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NoReturn

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from commissioning.documents.kinds import Kind, kind_of
from commissioning.documents.package import main_part, open_package, parse_xml
from commissioning.documents.tree import Cell, Document, Paragraph, Piece, Row, Story, Table
from commissioning.errors import DocumentError
from commissioning.findings import Finding, Place, Severity
from commissioning.values.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

    from commissioning.documents.package import Package

MAX_ROWS: Final = 20_000  # rows with something in them, per sheet: a county's returns have a few hundred
MAX_COLUMNS: Final = 500
MAX_CELLS: Final = 500_000  # in the whole workbook, empty ones between filled ones included

SPACE: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET: Final = f"{{{SPACE}}}"
STRICT_SPACE: Final = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATION_SPACE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATION_SPACE: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
RELATION_ID: Final = f"{{{RELATION_SPACE}}}id"
DRAWING_TEXT: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
DUBLIN_CORE: Final = "{http://purl.org/dc/elements/1.1/}"
ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
SIGNIFICANT_DIGITS: Final = 15  # what Excel shows of a number; it stores a few more that nobody typed

ASK_AGAIN: Final = "Ask the sender to open it, save it again as an Excel workbook (.xlsx), and send that."
NOT_A_WORKBOOK: Final = "It is not an Excel workbook but this: {kind}."
OWN_KINDS: Final = frozenset({Kind.WORKBOOK, Kind.EMPTY, Kind.DAMAGED, Kind.ENCRYPTED, Kind.LEGACY_WORKBOOK})


@dataclass(slots=True)
class Book:
    """What all sheets share: texts, number formats, the calendar; and what was noticed, and how much was read."""

    package: Package
    texts: tuple[str, ...]
    formats: tuple[str, ...]
    epoch: datetime
    findings: list[Finding] = field(default_factory=list)
    cells: int = 0

    def notice(self, code: str, severity: Severity, message: str, place: Place) -> None:
        """Remember something noticed."""
        self.findings.append(Finding(code=code, severity=severity, message=message, place=place))


def read_workbook(content: bytes, file: str) -> Document:
    """Return each sheet as a heading with its name and a table of the cells in use; empty rows are left out.

    The place of each cell names sheet and cell. Formulas count as their last answer. Comments and text boxes are
    stories. DocumentError for what is damaged, locked, too large, or no workbook.
    """
    kind = kind_of(content)
    if kind not in OWN_KINDS:
        raise DocumentError(file, NOT_A_WORKBOOK.format(kind=kind), ASK_AGAIN)
    package = open_package(content, file)
    try:
        return document_of(package)
    except (ValueError, LookupError, TypeError, ArithmeticError) as error:
        raise DocumentError(file, "The workbook is damaged: its sheets do not fit together.", ASK_AGAIN) from error


def document_of(package: Package) -> Document:
    """Read an opened package."""
    main = main_part(package)
    root = part_of(package, main)
    related = relations(package, main)
    book = open_book(package, root, related)
    blocks: list[Paragraph | Table] = []
    stories: list[Story] = []
    for sheet in root.iter(f"{SHEET}sheet"):
        name = clean(sheet.get("name", ""))
        kind, target = related[sheet.get(RELATION_ID, "")]
        place = Place(file=package.file, path=f"sheet {name}")
        blocks.append(Paragraph((Piece(name, place),), place, heading=1))
        if kind != "worksheet":
            book.notice("sheet-not-read", Severity.WARNING, f"Sheet {name} is a {kind}; it holds no cells.", place)
            continue
        if sheet.get("state", "visible") != "visible":
            book.notice("hidden-sheet", Severity.WARNING, f"Sheet {name} was hidden; it was read all the same.", place)
        blocks.extend(read_sheet(book, name, target))
        stories.extend(read_notes(book, name, target))
    return Document(package.file, tuple(blocks), tuple(stories), properties_of(package), tuple(book.findings))


def open_book(package: Package, root: Element, related: Mapping[str, tuple[str, str]]) -> Book:
    """Read the parts that all sheets share."""
    by_kind = dict(related.values())
    texts: tuple[str, ...] = ()
    number_formats: tuple[str, ...] = ()
    if "sharedStrings" in by_kind:
        items = part_of(package, by_kind["sharedStrings"]).iter(f"{SHEET}si")
        texts = tuple(text_of(item) for item in items)
    if "styles" in by_kind:
        number_formats = formats_of(part_of(package, by_kind["styles"]))
    settings = root.find(f"{SHEET}workbookPr")
    since_1904 = settings is not None and settings.get("date1904") in {"1", "true"}
    return Book(package, texts, number_formats, CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900)


def part_of(package: Package, name: str) -> Element:
    """Return the root of a part; the strict form of the format is read as the usual one."""
    content = package.part(name).replace(STRICT_SPACE, SPACE.encode())
    content = content.replace(STRICT_RELATION_SPACE.encode(), RELATION_SPACE.encode())
    return parse_xml(content, package.file, name)


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """By id: the kind and the part of everything that `part` refers to within the package."""
    folder, name = posixpath.split(part)
    listing = f"{folder}/_rels/{name}.rels"
    if not package.has(listing):
        return {}
    return {
        node.get("Id", ""): (
            node.get("Type", "").rsplit("/", 1)[-1],
            posixpath.normpath(posixpath.join("/", folder, node.get("Target", ""))).lstrip("/"),
        )
        for node in parse_xml(package.part(listing), package.file, listing)
        if node.get("TargetMode") != "External"
    }


def formats_of(styles: Element) -> tuple[str, ...]:
    """The number format of each cell style, by its index."""
    own = {node.get("numFmtId", ""): node.get("formatCode", "") for node in styles.iter(f"{SHEET}numFmt")}
    cells = styles.find(f"{SHEET}cellXfs")
    keys = [] if cells is None else [node.get("numFmtId", "0") for node in cells]
    return tuple(own.get(key) or BUILTIN_FORMATS.get(int(key), "General") for key in keys)


def text_of(item: Element) -> str:
    """The text of a string, its runs put together, without the reading aids of East Asian scripts."""
    aids = {node for aid in item.iter(f"{SHEET}rPh") for node in aid}
    return plain("".join(node.text or "" for node in item.iter(f"{SHEET}t") if node not in aids))


def plain(text: str) -> str:
    """Undo Excel's way of writing characters that XML lacks, then take out what no document should carry."""
    return clean(ESCAPED.sub(lambda code: chr(int(code.group(1), 16)), text))


# One sheet


def read_sheet(book: Book, name: str, part: str) -> Iterator[Table]:
    """Return the cells in use as one table, if there are any."""
    root = part_of(book.package, part)
    shown = read_rows(book, name, root)
    notice_hidden_columns(book, name, root, shown)
    used = [column for values in shown.values() for column, text in values.items() if text]
    if not used:
        return
    columns = range(min(used), max(used) + 1)
    book.cells += len(shown) * len(columns)
    if len(columns) > MAX_COLUMNS or book.cells > MAX_CELLS:
        refuse(book, f"Sheet {name} is wider or longer than {MAX_COLUMNS} columns and {MAX_CELLS:,} cells.")
    merged = merges_of(root)
    rows = tuple(
        Row(cells_of(place, at, values, columns=columns, merged=merged), place)
        for at, values in shown.items()
        for place in (place_of(book, name, f"row {at}"),)
    )
    yield Table(rows, place_of(book, name), title=name)


def read_rows(book: Book, name: str, root: Element) -> dict[int, dict[int, str]]:
    """The rows with something in them, by number: the text of each cell by its column."""
    shown: dict[int, dict[int, str]] = {}
    at = 0
    for row in root.iter(f"{SHEET}row"):
        at = int(row.get("r", at + 1))
        values = read_row(book, name, row, at)
        if any(values.values()):
            shown[at] = values
            notice_hidden(book, name, row, at)
        if len(shown) > MAX_ROWS:
            refuse(book, f"Sheet {name} has more than {MAX_ROWS:,} rows with something in them.")
    return shown


def refuse(book: Book, problem: str) -> NoReturn:
    """Stop at a workbook that is larger than any return."""
    raise DocumentError(book.package.file, problem, "Ask the sender for the sheet with its own rows only.")


def place_of(book: Book, name: str, path: str = "") -> Place:
    """Where in the workbook: the sheet, and the cell or row of it."""
    return Place(file=book.package.file, path=f"sheet {name}, {path}" if path else f"sheet {name}")


def read_row(book: Book, name: str, row: Element, at: int) -> dict[int, str]:
    """The text of each cell of a row, by its column."""
    values = {}
    column = 0
    for cell in row.iter(f"{SHEET}c"):
        name_of_cell = cell.get("r", "")
        column = coordinate_to_tuple(name_of_cell)[1] if name_of_cell else column + 1
        values[column] = value_of(book, cell, place_of(book, name, f"cell {get_column_letter(column)}{at}"))
    return values


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range: it begins in `row` and `column`, and covers so many columns."""

    row: int
    column: int
    span: int


def merges_of(root: Element) -> dict[tuple[int, int], Merge]:
    """Every cell of the merged ranges, by row and column. Ranges larger than a return are left alone."""
    merged = {}
    for node in root.iter(f"{SHEET}mergeCell"):
        left, top, right, bottom = (side or 0 for side in range_boundaries(node.get("ref", "")))
        if (right - left + 1) * (bottom - top + 1) > MAX_ROWS:
            continue
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                merged[row, column] = Merge(top, left, right - left + 1)
    return merged


def cells_of(
    row: Place, at: int, values: Mapping[int, str], *, columns: range, merged: Mapping[tuple[int, int], Merge]
) -> tuple[Cell, ...]:
    """The cells of a row in their columns; a merged cell covers its columns, and goes on in the rows below."""
    cells = []
    for column in columns:
        merge = merged.get((at, column), Merge(at, column, 1))
        text = values.get(column, "")
        if merge.column != column and merge.column in columns and not text:
            continue
        place = row.with_changes(path=row.path.replace(f"row {at}", f"cell {get_column_letter(column)}{at}"))
        line = Paragraph((Piece(text, place),) if text else (), place)
        span = min(merge.span, columns.stop - column) if merge.column == column else 1
        cells.append(Cell((line,), place, column=column - columns.start, span=span, continues=merge.row != at))
    return tuple(cells)


def notice_hidden(book: Book, name: str, row: Element, at: int) -> None:
    """Say that a row with something in it was hidden."""
    if row.get("hidden") in {"1", "true"}:
        message = f"Row {at} of sheet {name} was hidden; it was read all the same."
        book.notice("hidden-row", Severity.WARNING, message, place_of(book, name, f"row {at}"))


def notice_hidden_columns(book: Book, name: str, root: Element, shown: Mapping[int, Mapping[int, str]]) -> None:
    """Say which columns with something in them were hidden."""
    used = {column for values in shown.values() for column, text in values.items() if text}
    for node in root.iter(f"{SHEET}col"):
        if node.get("hidden") not in {"1", "true"}:
            continue
        for column in sorted(used & set(range(int(node.get("min", "1")), int(node.get("max", "1")) + 1))):
            letter = get_column_letter(column)
            message = f"Column {letter} of sheet {name} was hidden; it was read all the same."
            book.notice("hidden-column", Severity.WARNING, message, place_of(book, name, f"column {letter}"))


# One cell


def value_of(book: Book, cell: Element, place: Place) -> str:
    """What the cell says, as a person would type it."""
    kind, stored = cell.get("t", "n"), cell.findtext(f"{SHEET}v") or ""
    if cell.find(f"{SHEET}f") is not None and not stored and kind != "str":
        message = "The cell holds a formula whose answer was never worked out; type the answer in its place."
        book.notice("formula-answer", Severity.ERROR, message, place)
    if kind == "e":
        book.notice("cell-error", Severity.ERROR, f"The cell shows the error {stored}; type the answer in.", place)
    if kind == "inlineStr":
        inline = cell.find(f"{SHEET}is")
        return "" if inline is None else text_of(inline)
    return stored_value(book, cell, kind, stored) if stored else ""


def stored_value(book: Book, cell: Element, kind: str, stored: str) -> str:
    """A stored value by its kind: shared text, truth, ISO instant, number, or the text itself."""
    match kind:
        case "s":
            return book.texts[int(stored)]
        case "b":
            return "TRUE" if stored == "1" else "FALSE"
        case "d":
            return stored.removesuffix("T00:00:00").replace("T", " ")
        case "n":
            return number_of(book, stored, int(cell.get("s", "0")))
        case _:
            return plain(stored)


def number_of(book: Book, stored: str, style: int) -> str:
    """A number, share, day or time of day by its format."""
    look = book.formats[style] if style < len(book.formats) else "General"
    if is_date_format(look) and not is_timedelta_format(look):
        return moment_of(float(stored), book.epoch)
    number = Decimal(f"{float(stored):.{SIGNIFICANT_DIGITS}g}")
    if "%" in re.sub(r'"[^"]*"|\\.', "", look):
        return f"{typed(number * 100)}%"
    return typed(number)


def typed(number: Decimal) -> str:
    """Without an exponent or needless noughts: 1200, 0.5."""
    if not number.is_finite():
        raise ValueError(number)
    shown = f"{number:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def moment_of(serial: float, epoch: datetime) -> str:
    """An ISO day, with the time when there is one; a bare time stays one. What no calendar has stays a number."""
    try:
        moment = from_excel(serial, epoch)
    except (ValueError, OverflowError):
        return typed(Decimal(f"{serial:.{SIGNIFICANT_DIGITS}g}"))
    if isinstance(moment, time):
        return moment.strftime("%H:%M")
    if isinstance(moment, timedelta):
        return str(moment)
    if isinstance(moment, datetime) and moment.time() != time(0):
        return moment.strftime("%Y-%m-%d %H:%M")
    return f"{moment:%Y-%m-%d}"


# Beside the cells


def read_notes(book: Book, name: str, part: str) -> Iterator[Story]:
    """Comments and text boxes of a sheet: people answer there too."""
    for kind, target in relations(book.package, part).values():
        if kind == "comments":
            yield from story(book, f"comments on sheet {name}", comments_of(part_of(book.package, target)))
        elif kind == "drawing":
            texts = ((node.text or "", "") for node in part_of(book.package, target).iter(DRAWING_TEXT))
            yield from story(book, f"text boxes on sheet {name}", texts)


def comments_of(root: Element) -> Iterator[tuple[str, str]]:
    """Text and cell of each comment."""
    for node in root.iter(f"{SHEET}comment"):
        yield "".join(text.text or "" for text in node.iter(f"{SHEET}t")), f"cell {node.get('ref', '')}"


def story(book: Book, name: str, texts: Iterator[tuple[str, str]]) -> Iterator[Story]:
    """One story of the lines that say something."""
    lines = []
    for text, path in texts:
        place = Place(file=book.package.file, part=name, path=path)
        if plain(text).strip():
            lines.append(Paragraph((Piece(plain(text), place),), place))
    if lines:
        yield Story(name, tuple(lines))


def properties_of(package: Package) -> dict[str, str]:
    """The title, and every property that somebody gave the workbook."""
    found = {}
    if package.has("docProps/core.xml"):
        root = parse_xml(package.part("docProps/core.xml"), package.file, "docProps/core.xml")
        for name in ("title", "language"):
            if text := root.findtext(f"{DUBLIN_CORE}{name}"):
                found[name] = clean(text)
    if package.has("docProps/custom.xml"):
        for node in parse_xml(package.part("docProps/custom.xml"), package.file, "docProps/custom.xml"):
            found[clean(node.get("name", ""))] = clean("".join(str(text) for text in node.itertext()))
    return found
