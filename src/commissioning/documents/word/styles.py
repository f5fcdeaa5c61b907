"""What `word/styles.xml` says: each style's name, heading level, and the look that changes meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commissioning.documents.word.names import W, find, switch, value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

_HEADING = re.compile(r"heading ?([1-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it takes from the styles it is based on."""

    name: str
    heading: int = 0
    bold: bool = False
    struck: bool = False
    hidden: bool = False


PLAIN = Style("")


def read_styles(root: Element | None) -> Mapping[str, Style]:
    """Every style by its id; none if the document has no styles part."""
    if root is None:
        return {}
    elements = {str(element.get(W + "styleId", "")): element for element in root.iterchildren(W + "style")}
    return {style: _resolve(_ancestry(style, elements)) for style in elements}


def style_of(styles: Mapping[str, Style], style: str) -> Style:
    """Return the style with this id. One that is used but not defined still says by its id whether it is a heading."""
    if not style:
        return PLAIN
    return styles.get(style) or Style(style, heading=heading_level(style))


def heading_level(name: str) -> int:
    """Return the level that a style's name gives ("heading 2", "Heading2"), or 0."""
    match = _HEADING.fullmatch(name.strip())
    return int(match[1]) if match else 0


def outline_level(properties: Element | None) -> int:
    """Return the heading level that paragraph properties give by outline level, or 0."""
    level = value(properties, "outlineLvl")
    return int(level) + 1 if level in set("012345678") else 0


def _ancestry(style: str, elements: Mapping[str, Element]) -> tuple[Element, ...]:
    """Return the style and those it is based on, nearest first; a ring of styles is cut where it closes."""
    chain: dict[str, Element] = {}
    while style in elements and style not in chain:
        chain[style] = elements[style]
        style = value(elements[style], "basedOn")
    return tuple(chain.values())


def _resolve(chain: tuple[Element, ...]) -> Style:
    names = [value(element, "name") or str(element.get(W + "styleId", "")) for element in chain]
    levels = [
        heading_level(name) or outline_level(find(element, "pPr")) for name, element in zip(names, chain, strict=True)
    ]
    return Style(
        name=names[0],
        heading=next((level for level in levels if level), 0),
        bold=_inherited(chain, "b"),
        struck=_inherited(chain, "strike") or _inherited(chain, "dstrike"),
        hidden=_inherited(chain, "vanish"),
    )


def _inherited(chain: tuple[Element, ...], property_: str) -> bool:
    said = (switch(element, f"rPr/{property_}") for element in chain)
    return next((state for state in said if state is not None), False)
