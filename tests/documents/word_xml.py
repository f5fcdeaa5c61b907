"""Files as strangers send them: Word packages typed as XML in the test that reads them, and old Office files."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="urn:shape" xmlns:a="urn:drawing" xmlns:odd="urn:odd"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/{part}" '
    'ContentType="application/vnd.{type}.main+xml"/></Types>'
)
WORD_TYPE = "openxmlformats-officedocument.wordprocessingml.document"
MACRO_TYPE = "ms-word.document.macroEnabled"
WORKBOOK_TYPE = "openxmlformats-officedocument.spreadsheetml.sheet"

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
with_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus of real files is not here")


def links(*targets: tuple[str, str] | tuple[str, str, str]) -> bytes:
    """A relationships part: (kind, target), or (kind, target, "External")."""
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"'
        + (f' TargetMode="{mode[0]}"/>' if mode else "/>")
        for number, (kind, target, *mode) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'.encode()


def part(name: str, inner: str) -> bytes:
    """A part whose root is `w:name`."""
    return f"<w:{name} {NAMESPACES}>{inner}</w:{name}>".encode()


def zipped(parts: Mapping[str, bytes] | list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items() if isinstance(parts, Mapping) else parts:
            archive.writestr(name, content)
    return target.getvalue()


def word_parts(body: str, more: Mapping[str, bytes] | None = None, type: str = WORD_TYPE) -> dict[str, bytes]:
    """The parts of a Word file with this body; `more` adds parts or replaces them."""
    return {
        "[Content_Types].xml": TYPES.format(part="word/document.xml", type=type).encode(),
        "_rels/.rels": links(("officeDocument", "word/document.xml")),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        **(more or {}),
    }


def word(body: str, more: Mapping[str, bytes] | None = None, type: str = WORD_TYPE) -> bytes:
    return zipped(word_parts(body, more, type))


def p(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def sdt(content: str, properties: str = "", tag: str = "") -> str:
    named = f'<w:tag w:val="{tag}"/>' if tag else ""
    return f"<w:sdt><w:sdtPr>{named}{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, properties: str = "", grid: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def ole(*streams: str) -> bytes:
    """The smallest compound file with these streams: a header, a sector table and a directory ([MS-CFB])."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    header = bytes.fromhex("D0CF11E0A1B11AE1").ljust(30, b"\0") + struct.pack("<H", 9)
    header = header.ljust(48, b"\0") + struct.pack("<I", 1)
    header = header.ljust(76, b"\0") + struct.pack("<109I", 0, *[free] * 108)
    names = [name.encode("utf-16-le") + b"\0\0" for name in ("Root Entry", *streams)]
    entries = b"".join((name.ljust(64, b"\0") + struct.pack("<H", len(name))).ljust(128, b"\0") for name in names)
    directory = entries.ljust(1024, b"\0")
    return header + struct.pack("<128I", 0xFFFFFFFD, 2, end, *[free] * 125) + directory
