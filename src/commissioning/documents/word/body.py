"""Paragraphs and tables of any story of a Word file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from commissioning.documents.tree import Cell, Paragraph, Piece, Row, Story, Table
from commissioning.documents.word.names import M, R, W, find, number, switch, value
from commissioning.documents.word.normalise import SDT, unwrapped
from commissioning.documents.word.notes import Notes
from commissioning.documents.word.runs import run_pieces
from commissioning.documents.word.styles import outline_level, style_of
from commissioning.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

    from commissioning.documents.tree import Block, Control
    from commissioning.documents.word.scope import Scope

# Tables in cells and boxes in boxes are read one inside the other to this depth, three times what any form needs;
# what lies deeper keeps its text and loses its shape.
MAX_DEPTH = 30

_PARAGRAPH, _TABLE, _ROW, _CELL = W + "p", W + "tbl", W + "tr", W + "tc"
_ALT_CHUNK = W + "altChunk"
_RUNS = frozenset((W + "r", M + "r"))
_LEFT = frozenset((W + "t", M + "t", W + "sym", W + "fldChar", W + "drawing", W + "pict", W + "object"))
_BLOCKS = frozenset((_PARAGRAPH, _TABLE, _ALT_CHUNK)) | _RUNS


def blocks(parent: Element, scope: Scope) -> tuple[Block, ...]:
    """Return the paragraphs and tables in `parent`, each with its place; inside a control at least an empty one."""
    if scope.depth > MAX_DEPTH:
        return (_flattened(parent, scope),)
    found = tuple(_numbered(parent, scope))
    if found or not scope.controls:
        return found
    return (_paragraph((), scope),)


def read_box(element: Element, scope: Scope) -> None:
    """Read a text box into a story of its own."""
    name = f"text box {next(scope.notes.boxes)}"
    place = scope.place.with_changes(part=name, path="")
    inner = replace(scope, place=place).deeper()
    scope.notes.stories.append(Story(name, blocks(element, inner)))


def _numbered(parent: Element, scope: Scope) -> Iterator[Block]:
    paragraphs = tables = 0
    for element, controls in _unwrapped(parent, _BLOCKS, scope):
        if element.tag == _TABLE:
            tables += 1
            yield _table(element, scope.within(_path(scope, f"table {tables}"), controls))
        elif element.tag == _ALT_CHUNK:
            _note_chunk(element, scope)
        elif not _is_removed(element, scope):
            paragraphs += 1
            yield _paragraph((element,), scope.within(_paragraph_path(scope, paragraphs), controls))


def _unwrapped(parent: Element, wanted: frozenset[str], scope: Scope) -> Iterator[tuple[Element, tuple[Control, ...]]]:
    return unwrapped(parent, wanted, controls=scope.controls, place=scope.place, notes=scope.notes)


def _path(scope: Scope, step: str) -> str:
    return f"{scope.place.path}, {step}" if scope.place.path else step


def _paragraph_path(scope: Scope, count: int) -> str:
    """Say where a paragraph stands: the first one of a cell simply in the cell."""
    return scope.place.path if scope.place.path and count == 1 else _path(scope, f"paragraph {count}")


def _is_removed(element: Element, scope: Scope) -> bool:
    """Say whether the mark was deleted with tracked changes and nothing is left; what was deleted is noted then."""
    if find(element, "pPr/rPr/del") is None:
        return False
    ahead = replace(scope, notes=Notes(scope.place.file))
    if next(_unwrapped(element, _LEFT, ahead), None) is not None:
        return False
    scope.notes.revisions += ahead.notes.revisions
    return True


def _paragraph(elements: Iterable[Element], scope: Scope) -> Paragraph:
    """Return the paragraph made of one `w:p`, a run that stands alone, an empty control, or nothing at all."""
    pieces: list[Piece] = []
    style, heading = "", 0
    for element in elements:
        properties = find(element, "pPr")
        named = style_of(scope.styles, value(properties, "pStyle"))
        style, heading = named.name, outline_level(properties) or named.heading
        alone = element.tag in _RUNS or element.tag == SDT
        runs = ((element, scope.controls),) if alone else _unwrapped(element, _RUNS, scope)
        for run, controls in runs:
            pieces += (_empty(controls, scope),) if run.tag == SDT else run_pieces(run, controls, scope, named)
    if not pieces and (around := (*scope.controls, *scope.fields.controls)):
        pieces = [_empty(around, scope)]
    return Paragraph(_joined(pieces), scope.place, style=style, heading=heading)


def _empty(controls: tuple[Control, ...], scope: Scope) -> Piece:
    return Piece("", scope.at(controls), controls)


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one look in the same controls made one; empty ones dropped unless they show a control."""
    shown = {piece.controls for piece in pieces if piece.text}
    joined: list[Piece] = []
    for piece in pieces:
        if not piece.text and _is_shown(piece.controls, shown):
            continue
        if joined and replace(joined[-1], text="") == replace(piece, text=""):
            joined[-1] = replace(piece, text=joined[-1].text + piece.text)
        else:
            joined.append(piece)
            shown.add(piece.controls)
    return tuple(joined)


def _is_shown(controls: tuple[Control, ...], shown: set[tuple[Control, ...]]) -> bool:
    """Whether another piece stands in these controls, or deeper in them."""
    return any(others[: len(controls)] == controls for others in shown)


def _table(element: Element, scope: Scope) -> Table:
    properties = find(element, "tblPr")
    style = style_of(scope.styles, value(properties, "tblStyle")).name
    rows: list[Row] = []
    for row, controls in _unwrapped(element, frozenset((_ROW,)), scope):
        if not _is_deleted_row(row, scope):
            rows.append(_row(row, scope.within(f"{scope.place.path}, row {len(rows) + 1}", controls)))
    return Table(
        tuple(rows),
        scope.place,
        title=value(properties, "tblCaption"),
        description=value(properties, "tblDescription"),
        style=style,
        widths=_widths(element),
    )


def _widths(table: Element) -> tuple[float, ...]:
    """Return the grid columns as shares of the whole; none if the grid does not say."""
    grid = find(table, "tblGrid")
    texts = [] if grid is None else [str(column.get(W + "w", "")) for column in grid.iterchildren(W + "gridCol")]
    widths = [int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0 for text in texts]  # noqa: PLR2004
    total = sum(widths)
    return tuple(width / total for width in widths) if total and all(widths) else ()


def _is_deleted_row(row: Element, scope: Scope) -> bool:
    properties = find(row, "trPr")
    if find(properties, "ins") is not None:
        scope.notes.added(row, "row inserted and kept", scope.place)
    if find(properties, "del") is None:
        return False
    scope.notes.removed(row, "row deleted and left out", scope.place)
    return True


def _row(element: Element, scope: Scope) -> Row:
    column = number(element, "trPr/gridBefore")
    cells: list[Cell] = []
    for cell, controls in _cells(element, scope):
        inner = scope.within(f"{scope.place.path}, cell {len(cells) + 1}", controls).deeper()
        cells.append(_cell(cell, inner, column))
        column += cells[-1].span
    return Row(tuple(cells), scope.place, header=bool(switch(element, "trPr/tblHeader")))


def _cells(row: Element, scope: Scope) -> Iterator[tuple[Element, tuple[Control, ...]]]:
    """Yield the cells of a row; an empty control around rows stands for a row of one cell."""
    if row.tag == SDT:
        yield row, scope.controls
        return
    for cell, controls in _unwrapped(row, frozenset((_CELL,)), scope):
        if find(cell, "tcPr/cellDel") is None:
            yield cell, controls
        else:
            scope.notes.removed(cell, "cell deleted and left out", scope.place)


def _cell(element: Element, scope: Scope, column: int) -> Cell:
    inner = (_paragraph((), scope),) if element.tag == SDT else blocks(element, scope)
    merge = find(element, "tcPr/vMerge")
    return Cell(
        inner,
        scope.place,
        column=column,
        span=max(number(element, "tcPr/gridSpan"), 1),
        continues=merge is not None and value(merge) != "restart",
    )


def _flattened(parent: Element, scope: Scope) -> Paragraph:
    text = " ".join(str(part.text) for part in parent.iter(W + "t") if part.text)
    message = f"Tables or boxes lie more than {MAX_DEPTH} deep in each other; the text there is kept as one paragraph."
    scope.notes.add("nested-too-deep", Severity.WARNING, message, scope.place)
    return Paragraph((Piece(text, scope.at(scope.controls), scope.controls),), scope.place)


def _note_chunk(element: Element, scope: Scope) -> None:
    inserted = element.get(R + "id", "unnamed")
    message = (
        f"Another document is inserted here whole ({inserted}); it is not read. "
        "Open the file in Word, save it and receive that copy."
    )
    scope.notes.add("inserted-document", Severity.WARNING, message, scope.place)
