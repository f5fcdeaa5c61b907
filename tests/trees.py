"""Short ways to write a neutral tree in a test."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from commissioning.documents.tree import Cell, Control, ControlKind, Document, Paragraph, Piece, Row, Story, Table
from commissioning.findings import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from commissioning.documents.tree import Block

HERE = Place(file="test")
HOUSE = (Path(__file__).parents[1] / "templates" / "house.docx").read_bytes()

HOSTILE = (
    "{{ 7*7 }}",
    "{% if true %}gone{% endif %}",
    "{# gone #}",
    "{_{ 7 }_} {_% %_}",
    "<w:p/></w:t></w:r></w:p>",
    "a < b & c > d ]]> &amp; \"quoted\" 'twice'",
    '=HYPERLINK("http://example.org","here")',
    "+44 20 7946 0000",
    "-1",
    "@SUM(A1)",
    "😀 مرحبا שלום",
    "two\nlines\n\nand\ta tab",
    "_x0041_ is not A",
    " spaces at both ends ",
    "3,000 characters " * 177,
)


def line(text: str, style: str = "", *, heading: int = 0, control: Control | None = None) -> Paragraph:
    """A paragraph of one piece, if it has text or a control."""
    controls = (control,) if control else ()
    pieces = (Piece(text, HERE, controls),) if text or control else ()
    return Paragraph(pieces, HERE, style, heading)


def asked(kind: ControlKind, text: str = "", **details: object) -> Paragraph:
    """A paragraph that holds one control, named `answer`."""
    return line(text, "Answer", control=Control(kind, "answer", "answer", **details))


def table(*rows: tuple[str | Block, ...], header: bool = False, **details: object) -> Table:
    """A table of texts or blocks; the first row is a header if so asked."""
    made = (
        Row(
            tuple(
                Cell((line(cell) if isinstance(cell, str) else cell,), HERE, column=column)
                for column, cell in enumerate(cells)
            ),
            HERE,
            header=header and index == 0,
        )
        for index, cells in enumerate(rows)
    )
    return Table(tuple(made), HERE, **details)


def document(*blocks: Block, stories: tuple[Story, ...] = (), properties: Mapping[str, str] | None = None) -> Document:
    """A document of these blocks."""
    return Document("test", blocks, stories, properties or {})
