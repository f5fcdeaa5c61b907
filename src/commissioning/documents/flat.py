"""A second, independent reading of a Word file: its bare text, to prove that the first reading lost none.

It shares no code with the reader it checks, on purpose: a fault in one is not a fault in both. For the same reason it
looks into every XML part, whether or not anything in the file leads there.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_TEXT = frozenset(f"{word}t" for word in _WORD)
_GONE = frozenset(f"{word}{name}" for word in _WORD for name in ("del", "moveFrom"))
_MARKED = tuple(f"{word}{path}" for word in _WORD for path in (f"trPr/{word}del", f"tcPr/{word}cellDel"))
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"

# Building blocks that Word offers for insertion; they are no part of the text.
_GLOSSARY = "/glossary/"


def flat_text(content: bytes) -> tuple[str, ...]:
    """Return every text (`w:t`) of a Word file in the order stored, part by part, each as long as it stands there.

    Text deleted or moved away with tracked changes is left out, and of alternative contents one is read. A part that
    is no XML is passed over. Give it only what `open_package` has accepted: it sets no bounds of its own.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in sorted(archive.namelist()) if name.endswith(".xml") and _GLOSSARY not in name]
        return tuple(text for name in names for text in _texts(_root(archive.read(name))))


def _root(content: bytes) -> Element:
    try:
        return ET.fromstring(content)  # noqa: S314 - bounded before, and expat limits what entities can do
    except ET.ParseError:
        return ET.Element("unreadable")


def _texts(root: Element) -> Iterator[str]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag in _TEXT and element.text:
            yield element.text
        if element.tag not in _GONE and not any(element.find(mark) is not None for mark in _MARKED):
            waiting.extend(reversed(_children(element)))


def _children(element: Element) -> list[Element]:
    """Return the children to look into: of alternatives the first that has text."""
    children = list(element)
    if element.tag != _ALTERNATIVES:
        return children
    return [child for child in children if any(inner.tag in _TEXT for inner in child.iter())][:1]
