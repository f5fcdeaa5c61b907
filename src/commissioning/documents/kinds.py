"""What kind of file is this? Judged by its content, never by its name."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of file that providers send, in words a person can be shown."""

    WORD = "Word document"
    WORD_MACROS = "Word document with macros"
    WORD_TEMPLATE = "Word template"
    LEGACY_WORD = "old Word document (.doc)"
    WORKBOOK = "Excel workbook"
    LEGACY_WORKBOOK = "old Excel workbook (.xls)"
    ENCRYPTED = "Office file protected with a password"
    OUTLOOK_MESSAGE = "Outlook message (.msg)"
    OLE = "old Office file of another kind"
    OPEN_DOCUMENT = "OpenDocument file (LibreOffice)"
    PDF = "PDF"
    MAIL = "e-mail"
    IMAGE = "picture"
    RTF = "rich-text file (RTF)"
    HTML = "web page (HTML)"
    TEXT = "plain text file"
    ZIP = "zip archive"
    DAMAGED = "damaged zip or Office file"
    EMPTY = "empty file"
    UNKNOWN = "file of an unknown kind"


# Opening bytes, as each format's own specification gives them.
ZIP_MAGIC = b"PK\x03\x04"
EMPTY_ZIP_MAGIC = b"PK\x05\x06"
OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
_OLE_CHAIN_ENDS = 0xFFFFFFFA  # sector numbers from here on are marks, not sectors ([MS-CFB] §2.1)
_OPENINGS = (
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF87a", Kind.IMAGE),
    (b"GIF89a", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
)

# PDF readers look for the header in the first kilobyte (ISO 32000-1, annex H, note 13).
_PDF_HEADER_WITHIN = 1024

# How much of a file is looked at to tell text from data, and of a package to find what it is.
_LOOK = 8192
_LOOK_INSIDE = 1_000_000

# Content types of a package's main part, most telling first (ECMA-376 part 1, §15.2; [MS-OFFMACRO2] §2.2).
_MAIN_TYPES = (
    (b"ms-word.document.macroEnabled.main+xml", Kind.WORD_MACROS),
    (b"ms-word.template.macroEnabledTemplate.main+xml", Kind.WORD_TEMPLATE),
    (b"wordprocessingml.template.main+xml", Kind.WORD_TEMPLATE),
    (b"wordprocessingml.document.main+xml", Kind.WORD),
    (b"spreadsheetml.sheet.main+xml", Kind.WORKBOOK),
    (b"spreadsheetml.template.main+xml", Kind.WORKBOOK),
    (b"ms-excel.sheet.macroEnabled.main+xml", Kind.WORKBOOK),
)

# Stream names that say what an OLE compound file holds, most telling first.
_STREAMS = (
    ("EncryptedPackage", Kind.ENCRYPTED),
    ("__properties_version1.0", Kind.OUTLOOK_MESSAGE),
    ("WordDocument", Kind.LEGACY_WORD),
    ("Workbook", Kind.LEGACY_WORKBOOK),
    ("Book", Kind.LEGACY_WORKBOOK),
)

_MAIL_HEADERS = frozenset(
    ("from", "to", "subject", "date", "received", "return-path", "message-id", "mime-version", "delivered-to")
)
_HEADER_LINE = re.compile(rb"^([!-9;-~]+):", re.MULTILINE)


def kind_of(content: bytes) -> Kind:
    """Return the kind of file these bytes are. A file of nothing but spaces or zeros is empty."""
    head = content[:_LOOK]
    if not content.strip(b"\0 \t\r\n"):
        return Kind.EMPTY
    if head.startswith((ZIP_MAGIC, EMPTY_ZIP_MAGIC)):
        return _kind_of_zip(content)
    if head.startswith(OLE_MAGIC):
        return _kind_of_ole(content)
    for opening, kind in _OPENINGS:
        if head.startswith(opening):
            return kind
    return _kind_by_look(head)


def _kind_by_look(head: bytes) -> Kind:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"%PDF-" in head[:_PDF_HEADER_WITHIN]:
        return Kind.PDF
    if head[8:12] == b"WEBP" or head[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"}:
        return Kind.IMAGE
    if start[:200].lower().startswith((b"<html", b"<!doctype html")):
        return Kind.HTML
    if _looks_like_mail(start):
        return Kind.MAIL
    return Kind.TEXT if _looks_like_text(head) else Kind.UNKNOWN


def _looks_like_mail(start: bytes) -> bool:
    """Begins with a header line, and at least two headers that mail carries stand before the first blank line."""
    headers = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    names = {name.decode("ascii").lower() for name in _HEADER_LINE.findall(headers)}
    return _HEADER_LINE.match(headers) is not None and len(names & _MAIL_HEADERS) > 1


def _looks_like_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head)


def _kind_of_zip(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "mimetype" in archive.namelist() and b"opendocument" in _peek(archive, "mimetype"):
                return Kind.OPEN_DOCUMENT
            if "[Content_Types].xml" not in archive.namelist():
                return Kind.ZIP
            types = _peek(archive, "[Content_Types].xml").replace(b"\0", b"")  # UTF-16 compares as ASCII
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError):
        return Kind.DAMAGED
    return next((kind for type_, kind in _MAIN_TYPES if type_ in types), Kind.ZIP)


def _peek(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_LOOK_INSIDE)


def _kind_of_ole(content: bytes) -> Kind:
    try:
        names = _ole_names(content)
    except (struct.error, IndexError):
        names = frozenset()
    return next((kind for name, kind in _STREAMS if name in names), Kind.OLE)


def _ole_names(content: bytes) -> frozenset[str]:
    """Names of the streams in an OLE compound file, by its directory ([MS-CFB] §2.2, §2.3, §2.6)."""
    size = 1 << min(int(struct.unpack_from("<H", content, 30)[0]), 12)
    sector = struct.unpack_from("<I", content, 48)[0]
    fat_sectors = [number for number in struct.unpack_from("<109I", content, 76) if number < _OLE_CHAIN_ENDS]
    per_sector = size // 4
    names: set[str] = set()
    for _ in range(len(content) // size):  # a chain can be no longer than the file, even if it is a ring
        start = (sector + 1) * size
        names.update(_entry_name(content[at : at + 128]) for at in range(start, start + size, 128))
        fat_at = (fat_sectors[sector // per_sector] + 1) * size + sector % per_sector * 4
        sector = struct.unpack_from("<I", content, fat_at)[0]
        if sector >= _OLE_CHAIN_ENDS:
            break
    return frozenset(names)


def _entry_name(entry: bytes) -> str:
    length = int.from_bytes(entry[64:66], "little")
    return entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
