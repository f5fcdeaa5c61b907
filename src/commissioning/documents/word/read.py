"""A completed Word file as the neutral tree: every run of text, the controls it stands in, and what was noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commissioning.documents.package import open_package
from commissioning.documents.tree import Document, pieces
from commissioning.documents.word.body import blocks, read_box
from commissioning.documents.word.names import W
from commissioning.documents.word.notes import Notes
from commissioning.documents.word.parts import main_document, note_links_out, note_macros, related
from commissioning.documents.word.properties import read_properties
from commissioning.documents.word.scope import Scope
from commissioning.documents.word.stories import read_stories
from commissioning.documents.word.styles import read_styles
from commissioning.findings import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from commissioning.documents.package import Package


def read_word(content: bytes, file: str) -> Document:
    """Read a Word file. `file` is the name that places and messages show.

    Tracked changes are read as accepted, hidden and struck-through text is kept and marked, and each is a finding.
    DocumentError if the file cannot be read at all.
    """
    package = open_package(content, file)
    root = main_document(package)
    notes = Notes(file)
    note_macros(package, notes)
    note_links_out(package, notes)
    properties = read_properties(package, notes)
    document = _text(package, root, notes)
    return Document(
        file,
        document.blocks,
        stories=document.stories,
        properties=properties,
        findings=(*_once(notes.all()), *_look(document)),
    )


def _text(package: Package, root: Element, notes: Notes) -> Document:
    styles = read_styles(next(related(package, "styles", notes), None))
    scope = Scope(Place(file=package.file), notes, styles, read_box)
    body = blocks(_body(root), scope)
    stories = read_stories(package, scope)
    return Document(package.file, body, stories=(*stories, *notes.stories))


def _body(root: Element) -> Element:
    body = root.find(W + "body")
    return root if body is None else body


def _look(document: Document) -> Iterator[Finding]:
    """Yield a finding for each text whose look changes what it means."""
    for piece in pieces(document):
        if piece.hidden and piece.text.strip():
            message = f"Hidden text is kept: “{piece.text}”. Ask the provider whether it belongs to the bid."
            yield Finding(code="hidden-text", severity=Severity.WARNING, message=message, place=piece.place)
        if piece.struck and piece.text.strip():
            message = f"Struck-through text is kept: “{piece.text}”. Ask the provider whether it still stands."
            yield Finding(code="struck-through", severity=Severity.WARNING, message=message, place=piece.place)


def _once(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Each finding once: a part that several readers ask for is noted by each of them."""
    return tuple(dict.fromkeys(findings))
