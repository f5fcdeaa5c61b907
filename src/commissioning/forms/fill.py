"""Filling in a form by the names of its controls, as a person would: the prompt goes, the words stand in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from commissioning.documents.tree import Block, Cell, ControlKind, Document, Piece, Row, Table
from commissioning.forms.prompts import TICKED, UNTICKED
from commissioning.values.claims import parse_yes_no
from commissioning.values.dates import parse_date
from commissioning.values.text import clean


def fill(document: Document, values: Mapping[str, str]) -> Document:
    """Return the form with `values` typed into the controls of those names; for a tick box, "Yes" ticks it."""
    return replace(document, blocks=tuple(_block(block, values) for block in document.blocks))


def _block(block: Block, values: Mapping[str, str]) -> Block:
    if isinstance(block, Table):
        return replace(block, rows=tuple(_row(row, values) for row in block.rows))
    return replace(block, pieces=tuple(_piece(piece, values) for piece in block.pieces))


def _row(row: Row, values: Mapping[str, str]) -> Row:
    return replace(row, cells=tuple(_cell(cell, values) for cell in row.cells))


def _cell(cell: Cell, values: Mapping[str, str]) -> Cell:
    return replace(cell, blocks=tuple(_block(block, values) for block in cell.blocks))


def _piece(piece: Piece, values: Mapping[str, str]) -> Piece:
    control = piece.control
    if control is None or control.tag not in values:
        return piece
    text = clean(values[control.tag])
    if control.kind is ControlKind.TICK:
        ticked = parse_yes_no(text).value is True
        typed, filled = TICKED if ticked else UNTICKED, replace(control, checked=ticked)
    else:
        day = parse_date(text).value if control.kind is ControlKind.DATE else None
        typed, filled = text, replace(control, placeholder=False, date=day.isoformat() if day else "")
    return replace(piece, text=typed, controls=(*piece.controls[:-1], filled))
