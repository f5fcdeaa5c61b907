"""Text beside the body that stands in parts of its own: headers, footers, notes and comments."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from commissioning.documents.tree import Story, paragraphs
from commissioning.documents.word.body import blocks
from commissioning.documents.word.names import W
from commissioning.documents.word.parts import related
from commissioning.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from commissioning.documents.package import Package
    from commissioning.documents.word.scope import Scope

# Notes of these types draw the line above the notes (ECMA-376 part 1, §17.18.33).
_RULES = frozenset(("separator", "continuationSeparator", "continuationNotice"))


def read_stories(package: Package, scope: Scope) -> tuple[Story, ...]:
    """Every header, footer, footnote, endnote and comment that says anything, named and numbered."""
    found = (_story(f"{name} {count}", element, scope) for name, count, element in _elements(package, scope))
    return tuple(story for story in found if any(paragraph.pieces for paragraph in paragraphs(story.blocks)))


def _elements(package: Package, scope: Scope) -> Iterator[tuple[str, int, Element]]:
    for name in ("header", "footer"):
        for count, root in enumerate(related(package, name, scope.notes), 1):
            yield name, count, root
    for name in ("footnote", "endnote", "comment"):
        roots = related(package, f"{name}s", scope.notes)
        notes = (note for root in roots for note in root.iterchildren(W + name) if note.get(W + "type") not in _RULES)
        for count, note in enumerate(notes, 1):
            yield name, count, note


def _story(name: str, element: Element, scope: Scope) -> Story:
    place = scope.place.with_changes(part=name, path="")
    if element.tag == W + "comment":
        author = str(element.get(W + "author", "")) or "someone unnamed"
        message = f"A comment by {author} stands beside the text; it is kept, and is not part of any answer."
        scope.notes.add("comments", Severity.WARNING, message, place)
    return Story(name, blocks(element, replace(scope, place=place).deeper()))
