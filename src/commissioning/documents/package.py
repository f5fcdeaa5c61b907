"""Office packages: opened within bounds, whatever a stranger put into them, and written the same way every time."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from commissioning.documents.kinds import Kind, kind_of
from commissioning.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import NoReturn

    from lxml.etree import _Element as Element

# A real form has some 20 parts, one full of pictures a few hundred; thousands only ever came from hostile files.
MAX_PARTS = 4_000

# All parts together: ten times the largest attachment that mail servers let through (20 MB), and it still fits the
# memory of a worker.
MAX_TOTAL_BYTES = 200_000_000

# Deflate gives at most 1032:1 (RFC 1951's longest match per bit); XML written by Word gives 10 to 40. A megabyte of
# one word pasted again and again is a clumsy answer and no attack, so the ratio is only judged well above that.
MAX_RATIO = 200
RATIO_JUDGED_ABOVE = 4_000_000

# Names that Windows gives to devices, in any folder and with any ending (Microsoft, "Naming Files, Paths, and
# Namespaces").
RESERVED_NAMES = frozenset(
    (
        "con",
        "prn",
        "aux",
        "nul",
        *(f"com{number}" for number in "123456789"),
        *(f"lpt{number}" for number in "123456789"),
    )
)

CONTENT_TYPES = "[Content_Types].xml"
WORD_MAIN_PART = "word/document.xml"

_ASK_AGAIN = "Ask the sender for a new copy."
_ASK_FOR_WORD = "Ask the sender for the form as a Word file (.docx)."
_REFUSED = "It is refused for safety. " + _ASK_AGAIN

_NOT_A_PACKAGE: Mapping[Kind, tuple[str, str]] = {
    Kind.EMPTY: ("The file is empty.", _ASK_AGAIN),
    Kind.DAMAGED: ("The file is cut short or damaged: its list of parts cannot be read.", _ASK_AGAIN),
    Kind.ENCRYPTED: (
        "The file is protected with a password.",
        "Ask the sender for a copy without a password, and receive it beside this one.",
    ),
    Kind.LEGACY_WORD: (
        "This is a Word file of the old kind (.doc), whatever its name says.",
        "Open it in Word or LibreOffice, save it as .docx and receive that copy beside this one.",
    ),
    Kind.LEGACY_WORKBOOK: (
        "This is an Excel workbook of the old kind (.xls), whatever its name says.",
        "Open it in Excel or LibreOffice, save it as .xlsx and receive that copy beside this one.",
    ),
    Kind.PDF: ("This is a PDF, which cannot be read as a form yet.", _ASK_FOR_WORD),
    Kind.ZIP: ("This is a zip archive that holds no Word document or Excel workbook of its own.", _ASK_FOR_WORD),
    Kind.UNKNOWN: ("This is not a Word document, and what it is cannot be told.", _ASK_AGAIN),
}


@dataclass(frozen=True)
class Package:
    """The parts of an Office file. `names` are its parts in the order stored, without a leading slash."""

    file: str
    names: tuple[str, ...]
    _archive: zipfile.ZipFile = field(repr=False, compare=False)

    def part(self, name: str) -> bytes:
        """Return the bytes of one part, read within bounds; KeyError if there is none. Upper and lower case are one."""
        stored = {known.casefold(): known for known in self.names}[name.casefold()]
        try:
            with self._archive.open(stored) as part:
                content = part.read(MAX_TOTAL_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise DocumentError(
                self.file, f"The file is damaged: its part {stored} cannot be read.", _ASK_AGAIN
            ) from error
        if len(content) > MAX_TOTAL_BYTES:
            _refuse(self.file, f"Its part {stored} unpacks to more than {MAX_TOTAL_BYTES // 1_000_000} MB.")
        return content

    def has(self, name: str) -> bool:
        """Whether there is a part of this name, upper and lower case being one."""
        return name.casefold() in {known.casefold() for known in self.names}


def open_package(content: bytes, file: str) -> Package:
    """Return the parts of a Word document or Excel workbook, nothing unpacked yet.

    DocumentError, in a sentence for the officer, if it is something else, is damaged, protected, or made to do harm.
    """
    kind = kind_of(content)
    if not content.startswith(b"PK") or kind is Kind.DAMAGED:
        _refuse_kind(file, kind)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise DocumentError(file, *_NOT_A_PACKAGE[Kind.DAMAGED]) from error
    entries = archive.infolist()
    _check_size(file, entries, len(content))
    _check_names(file, entries)
    _check_packing(file, entries)
    package = Package(file, tuple(entry.filename for entry in entries if not entry.is_dir()), archive)
    if not package.has(main_part(package)):
        _refuse_kind(file, Kind.ZIP if kind is not Kind.OPEN_DOCUMENT else kind)
    return package


def main_part(package: Package) -> str:
    """Return the name of the part that the package is about, by its relationships; else the name Word would give it."""
    if package.has("_rels/.rels"):
        for relationship in parse_xml(package.part("_rels/.rels"), package.file, "_rels/.rels"):
            if str(relationship.get("Type", "")).endswith("/officeDocument"):
                return posixpath.normpath(str(relationship.get("Target", "")).lstrip("/"))
    return WORD_MAIN_PART


def parse_xml(content: bytes, file: str, part: str) -> Element:
    """Return the root of an XML part: nothing fetched, no entity resolved, and no document type in any encoding."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(file, f"The file is damaged: its part {part} cannot be understood.", _ASK_AGAIN) from error
    # The parsed tree is asked, because a search of the bytes would miss UTF-16.
    if root.getroottree().docinfo.internalDTD is not None:
        _refuse(file, f"Its part {part} declares a document type, which no Office program writes.")
    return root


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """Return a package of `parts`: equal parts give equal bytes, whenever and on whatever system they are written.

    Nothing is compressed, because two versions of the compressor may pack the same part differently.
    """
    names = sorted(parts, key=lambda name: (name != CONTENT_TYPES, name))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            archive.writestr(entry, parts[name])
    return target.getvalue()


def _check_size(file: str, entries: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse too many parts, too large a total, and parts that together claim more bytes than the file has."""
    if len(entries) > MAX_PARTS:
        _refuse(file, f"It holds {len(entries)} parts; the limit is {MAX_PARTS}.")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_TOTAL_BYTES:
        _refuse(file, f"It unpacks to {total // 1_000_000} MB; the limit is {MAX_TOTAL_BYTES // 1_000_000} MB.")
    if sum(entry.compress_size for entry in entries) > size:
        _refuse(file, "Its parts overlap.")
    for entry in entries:
        if entry.file_size > RATIO_JUDGED_ABOVE and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            _refuse(file, f"Its part {entry.filename} unpacks to more than {MAX_RATIO} times its size.")


def _check_names(file: str, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse unsafe names, and equal ones: two programs could read two different documents."""
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        if not _is_safe(name):
            _refuse(file, f"It holds a part with an unsafe name, {name!r}.")
        if name.casefold() in seen:
            _refuse(file, f"It holds two parts named {name}.")
        seen.add(name.casefold())


def _is_safe(name: str) -> bool:
    segments = name.removesuffix("/").split("/")
    if any(segment in {"", ".", ".."} for segment in segments):  # an empty first one is an absolute name
        return False
    if "\\" in name or ":" in name or not name.isprintable():
        return False
    return not any(segment.split(".")[0].strip().casefold() in RESERVED_NAMES for segment in segments)


def _check_packing(file: str, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse parts that are encrypted one by one, and ways of packing that Office does not use."""
    for entry in entries:
        if entry.flag_bits & 1:
            raise DocumentError(file, *_NOT_A_PACKAGE[Kind.ENCRYPTED])
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            _refuse(file, f"Its part {entry.filename} is packed in a way that no Office program uses.")


def _refuse(file: str, problem: str) -> NoReturn:
    raise DocumentError(file, problem, _REFUSED)


def _refuse_kind(file: str, kind: Kind) -> NoReturn:
    article = "an" if kind[0].lower() in "aeio" else "a"
    other = (f"This is {article} {kind}, whatever its name says, not a Word document.", _ASK_FOR_WORD)
    raise DocumentError(file, *_NOT_A_PACKAGE.get(kind, other))
