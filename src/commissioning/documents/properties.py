"""The properties of an Office file: what it is called, in which language, when it was made; nobody's name.

Written from scratch, so that what a person's Word or LibreOffice left in a template never goes out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from commissioning.documents.package import parse_xml
from commissioning.values.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

EPOCH: Final = "1980-01-01T00:00:00Z"
LANGUAGE: Final = "en-GB"

CORE_PROPERTIES: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DUBLIN_CORE: Final = "http://purl.org/dc/elements/1.1/"
TERMS: Final = "http://purl.org/dc/terms/"
INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
CUSTOM_PROPERTIES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VARIANT: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
CUSTOM_FORMAT: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # ECMA-376 part 1, 22.3.2.2
FIRST_CUSTOM_ID: Final = 2

RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CORE_RELATION: Final = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
CUSTOM_RELATION: Final = OFFICE_RELATION + "custom-properties"

CORE_TYPE: Final = "application/vnd.openxmlformats-package.core-properties+xml"
CUSTOM_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"

WRITTEN: Final = frozenset({"title", "language", "created", "modified"})
PERSONAL: Final = frozenset(
    {"author", "creator", "lastModifiedBy", "last_modified_by", "company", "manager", "keywords", "description"}
    | {"comments", "category", "subject", "revision", "version", "lastPrinted", "contentStatus", "identifier"}
)


def with_properties(parts: Mapping[str, bytes], properties: Mapping[str, str]) -> dict[str, bytes]:
    """Return the parts with their properties replaced by `properties`.

    `title`, `language` (else en-GB), `created` and `modified` (else 1980) are the core ones; the names of people, and
    what Office counts about a file, are left out; every other name becomes a custom property.
    """
    kept = {name: content for name, content in parts.items() if not name.startswith("docProps/")}
    kept["[Content_Types].xml"] = without(parts["[Content_Types].xml"], "PartName", "/docProps/")
    kept["_rels/.rels"] = without(parts["_rels/.rels"], "Target", "docProps/")
    add_part(kept, "docProps/core.xml", core_xml(properties), kind=CORE_TYPE, relation=CORE_RELATION)
    custom = {key: value for key, value in properties.items() if key not in WRITTEN | PERSONAL}
    if custom:
        add_part(kept, "docProps/custom.xml", custom_xml(custom), kind=CUSTOM_TYPE, relation=CUSTOM_RELATION)
    return kept


def core_xml(properties: Mapping[str, str]) -> bytes:
    """Title, language and instants; the creator is there, and empty."""
    names = {"cp": CORE_PROPERTIES, "dc": DUBLIN_CORE, "dcterms": TERMS, "xsi": INSTANCE}
    root = etree.Element(f"{{{CORE_PROPERTIES}}}coreProperties", nsmap=names)
    etree.SubElement(root, f"{{{DUBLIN_CORE}}}title").text = clean(properties.get("title", ""))
    etree.SubElement(root, f"{{{DUBLIN_CORE}}}creator").text = ""
    etree.SubElement(root, f"{{{DUBLIN_CORE}}}language").text = clean(properties.get("language") or LANGUAGE)
    created = properties.get("created") or EPOCH
    for name, instant in (("created", created), ("modified", properties.get("modified") or created)):
        node = etree.SubElement(root, f"{{{TERMS}}}{name}", {f"{{{INSTANCE}}}type": "dcterms:W3CDTF"})
        node.text = clean(instant)
    return serialised(root)


def custom_xml(properties: Mapping[str, str]) -> bytes:
    """Properties of our own, in the order of their names."""
    names: dict[str | None, str] = {None: CUSTOM_PROPERTIES, "vt": VARIANT}
    root = etree.Element(f"{{{CUSTOM_PROPERTIES}}}Properties", nsmap=names)  # type: ignore[arg-type] # stubs lack None
    for number, (name, value) in enumerate(sorted(properties.items()), start=FIRST_CUSTOM_ID):
        attributes = {"fmtid": CUSTOM_FORMAT, "pid": str(number), "name": clean(name)}
        node = etree.SubElement(root, f"{{{CUSTOM_PROPERTIES}}}property", attributes)
        etree.SubElement(node, f"{{{VARIANT}}}lpwstr").text = clean(value)
    return serialised(root)


def add_part(parts: dict[str, bytes], name: str, content: bytes, *, kind: str, relation: str) -> None:
    """Put a part of the whole package in `parts`: its content, its type and the relation that finds it."""
    types = parse_xml(parts["[Content_Types].xml"], name, "[Content_Types].xml")
    etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override", {"PartName": f"/{name}", "ContentType": kind})
    relations = parse_xml(parts["_rels/.rels"], name, "_rels/.rels")
    taken = {node.get("Id") for node in relations}
    key = next(f"rId{number}" for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
    attributes = {"Id": key, "Type": relation, "Target": name}
    etree.SubElement(relations, f"{{{RELATIONSHIPS}}}Relationship", attributes)
    parts[name] = content
    parts["[Content_Types].xml"], parts["_rels/.rels"] = serialised(types), serialised(relations)


def without(content: bytes, attribute: str, start: str) -> bytes:
    """Return the list of parts or relations without those whose `attribute` begins with `start`."""
    root = parse_xml(content, start, "list of parts")
    for node in list(root):
        if node.get(attribute, "").removeprefix("/").startswith(start.removeprefix("/")):
            root.remove(node)
    return serialised(root)


def serialised(root: Element) -> bytes:
    """Return the element as a whole XML file, with the declaration Office writes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
