"""One walk that takes off every wrapper, so that no reader of rows or runs knows content controls or revisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commissioning.documents.word.controls import content_control
from commissioning.documents.word.names import MC, W, local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from commissioning.documents.tree import Control
    from commissioning.documents.word.notes import Notes
    from commissioning.findings import Place

SDT = W + "sdt"
_REMOVED = {W + "del": "deleted and left out", W + "moveFrom": "moved away from here and left out"}
_ADDED = {W + "ins": "inserted and kept", W + "moveTo": "moved to here and kept"}


@dataclass(slots=True)
class _Level:
    """An opened wrapper: what is still to come in it, and whether anything wanted was found in it."""

    children: Iterator[Element]
    controls: tuple[Control, ...]
    sdt: Element | None = None
    found: bool = False


def unwrapped(
    parent: Element, wanted: frozenset[str], *, controls: tuple[Control, ...], place: Place, notes: Notes
) -> Iterator[tuple[Element, tuple[Control, ...]]]:
    """Yield the elements named in `wanted` under `parent` in reading order, each with the controls it stands in.

    Every other element is looked into, known or not, so that no text is lost in a wrapper. What was deleted or moved
    away with tracked changes is noted and left out. A content control that holds nothing wanted comes as itself.
    Depth costs no recursion: a stranger decides how deep wrappers go.
    """
    levels = [_Level(iter(parent), controls)]
    while levels:
        level = levels[-1]
        child = next(level.children, None)
        if child is None:
            if level.sdt is not None and not level.found:
                level.found = True
                yield level.sdt, level.controls
            levels.pop()
            if levels:
                levels[-1].found |= level.found
        elif child.tag in wanted:
            level.found = True
            yield child, level.controls
        else:
            levels.extend(_opened(child, level.controls, place, notes))


def _opened(element: Element, controls: tuple[Control, ...], place: Place, notes: Notes) -> Iterator[_Level]:
    """Yield the wrapper as a level to walk; nothing if it is properties or was removed."""
    tag = str(element.tag)
    if tag in _REMOVED:
        notes.removed(element, _REMOVED[tag], place)
        return
    if tag in _ADDED:
        notes.added(element, _ADDED[tag], place)
    if tag == SDT:
        control = content_control(element, key=str(next(notes.keys)))
        yield _Level(iter(element), (*controls, control), sdt=element)
    elif tag == MC + "AlternateContent":
        yield _Level(iter(alternative(element)), controls)
    elif not (tag.startswith(W) and local(element).endswith("Pr")):
        yield _Level(iter(element), controls)


def alternative(element: Element) -> tuple[Element, ...]:
    """Return the one branch of `mc:AlternateContent` to read: the first that has text, else the first."""
    branches = tuple(element.iterchildren(MC + "Choice", MC + "Fallback"))
    with_text = tuple(branch for branch in branches if next(branch.iter(W + "t"), None) is not None)
    return (with_text or branches)[:1]
