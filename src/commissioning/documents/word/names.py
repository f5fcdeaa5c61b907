"""The names of WordprocessingML (ECMA-376), and how its values are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

# ISO/IEC 29500 Strict writes the same words in namespaces of its own (part 1 against part 4, annex A).
_STRICT = {
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}": W,
    "{http://purl.oclc.org/ooxml/officeDocument/math}": M,
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}": R,
}
_STRICT_HOST = "http://purl.oclc.org/ooxml/"
_OFF = frozenset(("0", "false", "off", "none"))


def to_transitional(root: Element) -> Element:
    """Change names of the strict standard in `root`, if it has any, to the usual ones, so that no reader knows both."""
    if not any(str(uri).startswith(_STRICT_HOST) for uri in root.nsmap.values()):
        return root
    for element in root.iter():
        element.tag = _usual(str(element.tag))
        for name, value in element.attrib.items():
            if _usual(str(name)) != name:
                del element.attrib[name]
                element.set(_usual(str(name)), value)
    return root


def _usual(name: str) -> str:
    namespace, brace, local = name.rpartition("}")
    return _STRICT.get(namespace + brace, namespace + brace) + local


def local(element: Element) -> str:
    """Return the name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def find(element: Element | None, path: str) -> Element | None:
    """Return the first element along `path` ("rPr/vanish"), every step in Word's namespace."""
    for step in path.split("/"):
        element = None if element is None else next(element.iterchildren(W + step), None)
    return element


def value(element: Element | None, path: str = "") -> str:
    """Return the `w:val` of the element along `path`, or nothing."""
    found = find(element, path) if path else element
    return "" if found is None else str(found.get(W + "val", ""))


def number(element: Element | None, path: str) -> int:
    """Return the `w:val` along `path` as a whole number; 0 if it is absent or no number."""
    text = value(element, path)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0  # noqa: PLR2004 - no grid is wider


def switch(element: Element | None, path: str) -> bool | None:
    """Return an on-off property along `path`: on, off, or None where nothing is said (ECMA-376 part 1, §17.17.4)."""
    found = find(element, path)
    return None if found is None else is_on(str(found.get(W + "val", "true")))


def is_on(text: str) -> bool:
    """Whether an on-off value is on."""
    return text.lower() not in _OFF
