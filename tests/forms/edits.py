"""What people and programs do to a form on its way: edits of the tree, for the tests of `forms/`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from commissioning.documents.tree import Block, Cell, Control, Document, Paragraph, Piece, Row, Table
from commissioning.findings import Place

HERE = Place(file="returned.docx", path="added")


def line(text: str, *, struck: bool = False, hidden: bool = False) -> Paragraph:
    return Paragraph((Piece(text, HERE, struck=struck, hidden=hidden),), HERE)


def map_pieces(document: Document, change: Callable[[Piece], Piece]) -> Document:
    def block(each: Block) -> Block:
        if isinstance(each, Paragraph):
            return replace(each, pieces=tuple(change(piece) for piece in each.pieces))
        return replace(each, rows=tuple(replace(row, cells=tuple(map(cell, row.cells))) for row in each.rows))

    def cell(each: Cell) -> Cell:
        return replace(each, blocks=tuple(map(block, each.blocks)))

    return replace(document, blocks=tuple(map(block, document.blocks)))


def map_tables(document: Document, change: Callable[[Table], Block]) -> Document:
    return replace(
        document, blocks=tuple(change(block) if isinstance(block, Table) else block for block in document.blocks)
    )


def without_controls(document: Document) -> Document:
    return map_pieces(document, lambda piece: replace(piece, controls=()))


def without_flags(document: Document) -> Document:
    """What another program leaves: tags gone, placeholders no longer said to be such."""

    def bare(control: Control) -> Control:
        return replace(control, tag="", placeholder=False)

    return map_pieces(document, lambda piece: replace(piece, controls=tuple(map(bare, piece.controls))))


def retyped(document: Document, old: str, new: str) -> Document:
    """Replace words wherever they stand, controls left as they are."""
    return map_pieces(document, lambda piece: replace(piece, text=piece.text.replace(old, new)))


def typed_in(document: Document, tag: str, text: str) -> Document:
    """Put plain words in place of a control, as somebody does who deletes it and types."""

    def change(piece: Piece) -> Piece:
        named = any(control.tag == tag for control in piece.controls)
        return replace(piece, text=text, controls=()) if named else piece

    return map_pieces(document, change)


def holds(row: Row, tag: str) -> bool:
    return any(
        control.tag.startswith(tag)
        for cell in row.cells
        for block in cell.blocks
        if isinstance(block, Paragraph)
        for piece in block.pieces
        for control in piece.controls
    )


def with_rows(document: Document, tag: str, change: Callable[[tuple[Row, ...]], tuple[Row, ...]]) -> Document:
    """Change the rows of the table that holds controls of this name."""

    def table(each: Table) -> Table:
        return replace(each, rows=change(each.rows)) if any(holds(row, tag) for row in each.rows) else each

    return map_tables(document, table)
