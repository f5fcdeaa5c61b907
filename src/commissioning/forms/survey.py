"""A document laid out for finding answers: every piece numbered, every line and every cell in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from commissioning.documents.tree import Block, Cell, Control, ControlKind, Document, Paragraph, Piece, Table
from commissioning.findings import Place
from commissioning.forms.marks import is_mark
from commissioning.forms.prompts import TICKED, UNTICKED, is_prompt, without_prompt
from commissioning.values.text import normalise


@dataclass(frozen=True, slots=True)
class Span:
    """A piece and its number in the order of `documents.tree.pieces`."""

    number: int
    piece: Piece

    @property
    def is_silent(self) -> bool:
        """Tell whether it says nothing of anybody's own: a prompt flagged as such, or struck through."""
        control = self.piece.control
        return self.piece.struck or (control is not None and control.placeholder)

    @property
    def text(self) -> str:
        """Return its text; a tick box speaks by its state, which is what was clicked."""
        control = self.piece.control
        if control and control.kind is ControlKind.TICK and control.checked is not None:
            return TICKED if control.checked else UNTICKED
        return self.piece.text


@dataclass(frozen=True)
class Line:
    """A paragraph; `heading` as in the tree."""

    spans: tuple[Span, ...]
    place: Place
    heading: int
    part: str

    @cached_property
    def text(self) -> str:
        """Return all its text."""
        return "".join(span.piece.text for span in self.spans)

    @cached_property
    def key(self) -> str:
        """Return its text for comparing."""
        return normalise(self.text)


@dataclass(frozen=True, eq=False)
class Box:
    """A cell, or a paragraph outside tables, which is a box of one line.

    `lines` holds all its paragraphs, `own` those not in a table inside it. `row` and `at` count from 0 in `grid`.
    """

    number: int
    lines: tuple[Line, ...]
    own: tuple[Line, ...]
    place: Place
    grid: Grid | None = None
    row: int = 0
    at: int = 0
    column: int = 0
    span: int = 1

    @property
    def spans(self) -> Iterator[Span]:
        """Yield its pieces."""
        for line in self.lines:
            yield from line.spans


@dataclass(eq=False)
class Grid:
    """A table's boxes, row by row; `nested` tells that it stands in a cell of another table."""

    place: Place
    rows: list[list[Box]]
    nested: bool = False


@dataclass(frozen=True)
class Survey:
    """Everything in the document: `boxes` in reading order (a cell before the tables inside it)."""

    spans: tuple[Span, ...]
    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]
    grids: tuple[Grid, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands in some lines: `raw` without prompts, the numbers of the pieces that say it, and where it begins.

    `prompted` tells that a prompt stands there; `leftover` that one was left beside what was typed;
    `doubts` are sentences about a control that contradicts what it shows.
    """

    raw: str
    numbers: frozenset[int]
    place: Place | None
    prompted: bool = False
    leftover: bool = False
    doubts: tuple[str, ...] = ()


def survey(document: Document) -> Survey:
    """Number and lay out a document."""
    builder = _Builder()
    builder.blocks(document.blocks, "body")
    for story in document.stories:
        builder.blocks(story.blocks, story.name)
    return Survey(tuple(builder.spans), tuple(builder.lines), tuple(builder.boxes), tuple(builder.grids))


def seen(lines: list[tuple[Span, ...]], place: Place | None) -> Seen:
    """Read lines of pieces as an answer: prompts and struck words are left out, ticks speak by their state."""
    kept = [tuple(span for span in line if not span.is_silent) for line in lines]
    texts = ["".join(span.text for span in line) for line in kept]
    prompts = [is_prompt(text) for text in texts]
    raw = "\n".join(text for text, prompted in zip(texts, prompts, strict=True) if not prompted).strip()
    typed = without_prompt(raw)
    spans = [span for line, prompted in zip(kept, prompts, strict=True) if not prompted for span in line]
    return Seen(
        raw=typed,
        numbers=frozenset(span.number for span in spans),
        place=next((span.piece.place for span in spans if span.piece.text.strip()), place),
        prompted=any(prompts) or any(_is_placeholder(span) for line in lines for span in line),
        leftover=typed != raw,
        doubts=tuple(doubt for span in spans if (doubt := _doubt(span))),
    )


def _is_placeholder(span: Span) -> bool:
    return span.piece.control is not None and span.piece.control.placeholder


def _doubt(span: Span) -> str:
    """Say when a tick box shows something else than it stores."""
    control = span.piece.control
    if control is None or control.kind is not ControlKind.TICK or control.checked is None:
        return ""
    shown = is_mark(span.piece.text)
    if shown is None or shown is control.checked:
        return ""
    return "A tick box shows one thing and stores another; it is read as it was clicked."


class _Builder:
    """Walks a tree once, in the order of `documents.tree.pieces`."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.lines: list[Line] = []
        self.boxes: list[Box] = []
        self.grids: list[Grid] = []
        self.numbers = count()

    def blocks(self, blocks: tuple[Block, ...], part: str) -> None:
        """Lay out blocks outside tables."""
        for block in blocks:
            if isinstance(block, Paragraph):
                number = next(self.numbers)
                line = self.line(block, part)
                self.boxes.append(Box(number, (line,), (line,), block.place))
            else:
                self.table(block, part)

    def line(self, paragraph: Paragraph, part: str) -> Line:
        """Number the pieces of a paragraph."""
        start = len(self.spans)
        self.spans.extend(Span(start + at, piece) for at, piece in enumerate(paragraph.pieces))
        line = Line(tuple(self.spans[start:]), paragraph.place, paragraph.heading, part)
        self.lines.append(line)
        return line

    def table(self, table: Table, part: str, *, nested: bool = False) -> None:
        """Lay out a table and those inside it."""
        grid = Grid(table.place, [], nested)
        self.grids.append(grid)
        for row, each in enumerate(table.rows):
            grid.rows.append([])
            for at, cell in enumerate(each.cells):
                grid.rows[-1].append(self.cell(cell, grid, row, at, part))

    def cell(self, cell: Cell, grid: Grid, row: int, at: int, part: str) -> Box:
        """Lay out a cell."""
        number, slot, start = next(self.numbers), len(self.boxes), len(self.lines)
        own: list[Line] = []
        for block in cell.blocks:
            if isinstance(block, Paragraph):
                own.append(self.line(block, part))
            else:
                self.table(block, part, nested=True)
        lines = tuple(self.lines[start:])
        box = Box(number, lines, tuple(own), cell.place, grid, row, at, cell.column, cell.span)
        self.boxes.insert(slot, box)
        return box


def controls_of(span: Span) -> tuple[Control, ...]:
    """Return the controls around a piece, innermost first."""
    return span.piece.controls[::-1]
