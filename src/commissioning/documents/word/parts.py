"""The parts of a Word package, found by relationship and never by name."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from commissioning.documents.package import main_part, parse_xml
from commissioning.documents.word.names import W, local, to_transitional
from commissioning.errors import DocumentError
from commissioning.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from commissioning.documents.package import Package
    from commissioning.documents.word.notes import Notes


class Relationship(NamedTuple):
    """A link from a part: its kind ("styles", "header"), the part or address it leads to, and whether it leads out."""

    kind: str
    target: str
    external: bool


def main_document(package: Package) -> Element:
    """Return the root of the part that holds the body; DocumentError if the package is no Word document."""
    name = main_part(package)
    root = to_transitional(parse_xml(package.part(name), package.file, name))
    if root.tag == W + "document":
        return root
    what = "an Excel workbook" if local(root) == "workbook" else "another kind of Office file"
    raise DocumentError(
        package.file,
        f"This is {what}, not a Word document.",
        "Ask the sender for the form as a Word file (.docx).",
    )


def relationships(package: Package, part: str, notes: Notes) -> tuple[Relationship, ...]:
    """Where `part` ("" for the package) leads to. None, noted, if its list of relationships is damaged."""
    folder, name = posixpath.split(part)
    root = optional_part(package, posixpath.join(folder, "_rels", f"{name}.rels"), notes)
    if root is None:
        return ()
    return tuple(_relationship(element, folder) for element in root)


def _relationship(element: Element, folder: str) -> Relationship:
    kind = str(element.get("Type", "")).rpartition("/")[2]
    target = str(element.get("Target", ""))
    if element.get("TargetMode") == "External":
        return Relationship(kind, target, external=True)
    return Relationship(kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"), external=False)


def optional_part(package: Package, name: str, notes: Notes) -> Element | None:
    """Return the root of a part that a document can be read without: None if it is missing, or damaged and noted."""
    if not package.has(name):
        return None
    try:
        return to_transitional(parse_xml(package.part(name), package.file, name))
    except DocumentError as error:
        notes.add(
            "part-not-read", Severity.WARNING, f"{error.problem} The rest of the file is read; look at it in Word."
        )
        return None


def related(package: Package, kind: str, notes: Notes) -> Iterator[Element]:
    """Yield the roots of the parts of one kind that the body leads to, by the numbers in their names."""
    links = relationships(package, main_part(package), notes)
    targets = {link.target for link in links if link.kind == kind and not link.external}
    for target in sorted(targets, key=_natural):
        if (root := optional_part(package, target, notes)) is not None:
            yield root


def _natural(name: str) -> tuple[int, str]:
    digits = re.search(r"(\d{1,6})\.", name)
    return (int(digits[1]) if digits else 0, name)


def note_links_out(package: Package, notes: Notes) -> None:
    """Note what leads out of the file. Addresses in the text are usual; anything else is fetched by Word, not by us."""
    links = sorted({(link.kind, link.target) for link in _all_links(package, notes) if link.external})
    addresses = [target for kind, target in links if kind == "hyperlink"]
    if addresses:
        message = f"The text links to: {', '.join(addresses)}. Nothing was fetched."
        notes.add("external-link", Severity.NOTE, message)
    for kind, target in links:
        if kind != "hyperlink":
            message = (
                f"The file leads out of itself ({kind}: {target}). It was not followed; do not let Word follow it."
            )
            notes.add("external-link", Severity.WARNING, message)


def note_macros(package: Package, notes: Notes) -> None:
    """Note macros; they are never touched."""
    if any(name.casefold().endswith("vbaproject.bin") for name in package.names):
        message = "The file carries macros. They were not run; do not enable them when you open it."
        notes.add("macros", Severity.WARNING, message)


def _all_links(package: Package, notes: Notes) -> Iterator[Relationship]:
    for name in package.names:
        if name.casefold().endswith(".rels"):
            folder, own = posixpath.split(name)
            yield from relationships(
                package, posixpath.join(posixpath.dirname(folder), own.removesuffix(".rels")), notes
            )
