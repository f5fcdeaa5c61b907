"""A package's core properties (title, language …) and the custom ones a form carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commissioning.documents.word.names import local
from commissioning.documents.word.parts import optional_part, relationships

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

    from commissioning.documents.package import Package
    from commissioning.documents.word.notes import Notes


def read_properties(package: Package, notes: Notes) -> Mapping[str, str]:
    """Core properties by their element's name; custom ones by the name they were given, which win over core ones."""
    properties: dict[str, str] = {}
    links = relationships(package, "", notes)
    for kind, named in (("core-properties", local), ("custom-properties", _given_name)):
        for link in links:
            root = None if link.kind != kind or link.external else optional_part(package, link.target, notes)
            if root is not None:
                properties |= {named(element): "".join(str(text) for text in element.itertext()) for element in root}
    return properties


def _given_name(element: Element) -> str:
    return str(element.get("name", ""))
