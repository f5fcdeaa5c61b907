"""The neutral tree: what a Word file, a workbook or an e-mail says, free of how its format says it.

Readers make it, `forms/` finds answers in it, writers turn it back into files. A reader has already unwrapped
content controls and tracked changes: a `Piece` says which controls it stood in, outermost first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from commissioning.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class ControlKind(StrEnum):
    """What a content control or form field lets a person do."""

    TEXT = "text"
    LONG_TEXT = "long text"
    TICK = "tick"
    CHOICE = "choice"
    DATE = "date"
    REPEATING = "repeating"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Control:
    """A content control: `tag` and `alias` name it, `placeholder` says nobody has typed in it yet.

    `checked` is the state of a tick box; `options` the (shown, stored) pairs of a drop-down;
    `date` the ISO date a date control stores; `key` tells two controls of equal names apart.
    """

    kind: ControlKind
    tag: str = ""
    alias: str = ""
    placeholder: bool = False
    checked: bool | None = None
    options: tuple[tuple[str, str], ...] = ()
    date: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one style. A control without text is a piece with empty text."""

    text: str
    place: Place
    controls: tuple[Control, ...] = ()
    bold: bool = False
    struck: bool = False
    hidden: bool = False

    @property
    def control(self) -> Control | None:
        """The innermost control around this piece."""
        return self.controls[-1] if self.controls else None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Pieces on one line of thought. `heading` is 1–9, or 0 for a paragraph that is not a heading."""

    pieces: tuple[Piece, ...]
    place: Place
    style: str = ""
    heading: int = 0

    @property
    def text(self) -> str:
        """All its text, tabs and line breaks kept."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: blocks, and how many grid columns it covers. `column` counts grid columns from 0.

    `continues` marks the lower cells of a vertical merge: their own text, if any, is still here.
    """

    blocks: tuple[Block, ...]
    place: Place
    column: int = 0
    span: int = 1
    continues: bool = False

    @property
    def text(self) -> str:
        """The text of its paragraphs, one per line, nested tables included."""
        return "\n".join(paragraph.text for paragraph in paragraphs(self.blocks))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells; `header` repeats at the top of each page."""

    cells: tuple[Cell, ...]
    place: Place
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. `title` and `description` are the alternative text; `widths` are shares of the page width."""

    rows: tuple[Row, ...]
    place: Place
    title: str = ""
    description: str = ""
    style: str = ""
    widths: tuple[float, ...] = ()


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Story:
    """Text beside the body: a header, footer, footnote, comment or text box, named as its place's part."""

    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One file's content. `properties` holds core and custom properties by name (custom ones as written)."""

    file: str
    blocks: tuple[Block, ...]
    stories: tuple[Story, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """Every paragraph in reading order, those inside tables included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.blocks)


def pieces(document: Document) -> Iterator[Piece]:
    """Every piece of the document, the body first, then each story."""
    for blocks in (document.blocks, *(story.blocks for story in document.stories)):
        for paragraph in paragraphs(blocks):
            yield from paragraph.pieces
