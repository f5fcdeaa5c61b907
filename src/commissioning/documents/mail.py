"""E-mails as they arrived: who wrote, when the receiving server took it, and every attachment."""

from __future__ import annotations

import base64
import binascii
import email
import mimetypes
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import parsedate_to_datetime
from itertools import count
from typing import TYPE_CHECKING

from lxml import etree

from commissioning.documents.package import RESERVED_NAMES
from commissioning.errors import DocumentError
from commissioning.findings import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Long enough for any title, short enough for every file system with a number and a folder before it.
LONGEST_NAME = 120

_ASK_AGAIN = "Ask the sender to send it again."

# A moment that names its zone (RFC 5322 §3.3 and §4.3); a name of a zone outside the standard is no instant.
_MOMENT = re.compile(r"\d{1,2} [A-Za-z]{3} \d{4} \d{1,2}:\d{2}(?::\d{2})? (?:[+-]\d{4}|GMT|UT|UTC|Z)\b", re.IGNORECASE)

# `from` a host the sender may have made up, then `by` the server that writes the line (RFC 5321 §4.4).
_BY = re.compile(r"^(?:from\s+\S+\s+)?by\s+([^\s;]+)", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Received:
    """One server's line: the server that wrote it ("" if it does not say), its instant if it gives one, the line."""

    by: str
    at: datetime | None
    raw: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in an e-mail. `name` is safe to show and to save, and no two in one e-mail are equal."""

    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail. `date` is what the sender's program wrote, never to be used; `received` has the last server first."""

    file: str
    sender: str
    subject: str
    date: str
    received: tuple[Received, ...]
    body: str
    attachments: tuple[Attachment, ...]
    findings: tuple[Finding, ...] = ()


class _AsWritten(Compat32):
    """Headers as they stand, bytes outside ASCII taken for UTF-8.

    Of the library's policies the older one is built upon: it takes a malformed header as it is, where the newer one
    raises errors of many kinds.
    """

    def header_fetch_parse(self, name: str, value: str) -> str:
        del name
        return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


AS_WRITTEN = _AsWritten()


def read_mail(content: bytes, file: str) -> Mail:
    """Read an e-mail (.eml), with the attachments of e-mails attached to it; DocumentError if it is none."""
    try:
        message = email.message_from_bytes(content, policy=AS_WRITTEN)
        if not message.keys():
            raise DocumentError(file, "This is not an e-mail: it has no headers.", _ASK_AGAIN)
        parts = tuple(_parts(message))
        attachments = tuple(_named_apart(_attachment(part) for part in parts if _is_attachment(part)))
        body = _body([part for part in _own_parts(message) if not _is_attachment(part)])
    except RecursionError as error:
        problem = "The e-mail holds e-mails inside each other too deep to be read."
        raise DocumentError(file, problem, _ASK_AGAIN) from error
    return Mail(
        file,
        sender=header(message, "From"),
        subject=header(message, "Subject"),
        date=header(message, "Date"),
        received=tuple(_received(line) for line in _lines(message, "Received")),
        body=body,
        attachments=attachments,
        findings=tuple(_findings(parts, file)),
    )


def received_at(mail: Mail, servers: tuple[str, ...]) -> tuple[datetime | None, str]:
    """Return when a server of the office took the e-mail, and the sentence that says how this is known.

    The line that counts is the topmost one written by one of `servers` or a host below it; when no servers are named,
    the topmost line. Lines further down, and the Date, are the sender's word.
    """
    line = next((line for line in mail.received if not servers or _is_one_of(line.by, servers)), None)
    if line is None and mail.received:
        return None, f"No server named {' or '.join(servers)} says it received this e-mail; a person must say when."
    if line is None:
        return None, "No server says that it received this e-mail; a person must say when."
    host = line.by or "an unnamed server"
    if line.at is None:
        return None, f"The line of {host} gives no time with its zone; a person must say when."
    return line.at, f"Received by {host}, by that server's clock."


def _is_one_of(host: str, servers: tuple[str, ...]) -> bool:
    names = [server.strip(".").casefold() for server in servers]
    return any(host.casefold() == name or host.casefold().endswith(f".{name}") for name in names)


def header(message: Message, name: str) -> str:
    """Return a header as text, its encoded words decoded and no control characters left in it; "" if it is absent."""
    return next((_shown(_decoded(line)) for line in _lines(message, name)), "")


def _lines(message: Message, name: str) -> Iterator[str]:
    """Yield every header of one name, topmost first, unfolded."""
    return (" ".join(str(line).split()) for line in message.get_all(name, []))


def _decoded(text: str) -> str:
    """Return text with RFC 2047 words decoded; as it stands if it cannot be."""
    try:
        words = decode_header(text)
    except (HeaderParseError, binascii.Error, ValueError):
        return text
    return "".join(_word(word, charset) for word, charset in words)


def _word(word: str | bytes, charset: str | None) -> str:
    return word if isinstance(word, str) else _in_charset(word, charset or "utf-8")


def _in_charset(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset, "replace")
    except (LookupError, ValueError):  # a character set nobody knows
        return content.decode("utf-8", "replace")


def _shown(text: str) -> str:
    """Return text on one line without control and direction characters, which could make it look like another."""
    kept = (" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in text)
    return " ".join("".join(letter for letter in kept if unicodedata.category(letter) not in {"Cf", "Cs"}).split())


def _received(line: str) -> Received:
    plain = _without_comments(line)
    by = _BY.search(plain)
    return Received(by[1].strip("[].") if by else "", _instant(plain.rpartition(";")[2]), line)


def _without_comments(text: str) -> str:
    """Return text without what stands in brackets, nested ones too."""
    while (shorter := _COMMENT.sub("", text)) != text:
        text = shorter
    return " ".join(text.split())


def _instant(text: str) -> datetime | None:
    """Return the instant in a header, or None where it is malformed or names no zone. `-0000` is UTC."""
    if (moment := _MOMENT.search(text)) is None:
        return None
    try:
        parsed = parsedate_to_datetime(moment[0])
    except (ValueError, TypeError, OverflowError):
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _parts(message: Message) -> Iterator[Message]:
    """Yield every part in order, what is made of parts before them, and what an attached e-mail holds after it."""
    for part in _own_parts(message):
        yield part
        if part.get_content_type() == "message/rfc822":
            for inner in _inner(part):
                yield from _parts(inner)


def _own_parts(message: Message) -> Iterator[Message]:
    """Yield the parts of the e-mail itself, with an attached e-mail as one part."""
    yield message
    if message.get_content_maintype() == "multipart":
        for part in _children(message):
            yield from _own_parts(part)


def _children(message: Message) -> tuple[Message, ...]:
    payload = message.get_payload()
    return tuple(part for part in payload if isinstance(part, Message)) if isinstance(payload, list) else ()


def _inner(part: Message) -> tuple[Message, ...]:
    """Return the attached e-mail; some programs encode it, which the standard forbids (RFC 2046 §5.2.1)."""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() != "base64":
        return _children(part)
    return tuple(email.message_from_bytes(_from_base64(inner), policy=AS_WRITTEN) for inner in _children(part))


def _from_base64(message: Message) -> bytes:
    try:
        return base64.b64decode(str(message.get_payload()))
    except (binascii.Error, ValueError):
        return b""


def _is_attachment(part: Message) -> bool:
    if part.is_multipart() and part.get_content_maintype() == "multipart":
        return False
    named = part.get_filename() is not None or part.get_content_disposition() == "attachment"
    return named or part.get_content_maintype() != "text"


def _attachment(part: Message) -> Attachment:
    content_type = part.get_content_type()
    if content_type == "message/rfc822":
        inner = _inner(part)
        title = header(inner[0], "Subject") if inner else ""
        return Attachment(_name(part, title or "attached e-mail"), b"".join(map(bytes, inner)), content_type)
    return Attachment(_name(part, "attachment"), _content(part), content_type)


def _content(part: Message) -> bytes:
    """Return the bytes of a part. Every other kind of message in a message is written out as it was parsed."""
    if part.is_multipart():
        return b"".join(map(bytes, _children(part)))
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _name(part: Message, otherwise: str) -> str:
    """Return the file name given to a part (RFC 2231 or 2047), made safe; else one with the ending of its kind."""
    given = part.get_filename()
    if given and (name := safe_name(_decoded(given))):
        return name
    is_mail = part.get_content_type() == "message/rfc822"
    ending = ".eml" if is_mail else mimetypes.guess_extension(part.get_content_type()) or ".bin"
    return safe_name(otherwise + ending) or f"attachment{ending}"


def safe_name(name: str) -> str:
    """Return the last part of a file name without what any file system refuses or a reader could be deceived by."""
    last = re.split(r"[\\/]", _shown(unicodedata.normalize("NFC", name)))[-1]
    kept = re.sub(r'[<>:"|?*]', "_", last).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if not dot:
        stem, ending = kept, ""
    if stem.split(".")[0].strip().casefold() in RESERVED_NAMES:
        stem = f"{stem}_"
    ending = f"{dot}{ending}"[:20]
    return stem[: LONGEST_NAME - len(ending)].rstrip() + ending


def _named_apart(attachments: Iterable[Attachment]) -> Iterator[Attachment]:
    """Yield attachments with a number in the name of each that would be equal to one before."""
    taken: set[str] = set()
    for attachment in attachments:
        name = next(name for name in _numbered(attachment.name) if name.casefold() not in taken)
        taken.add(name.casefold())
        yield Attachment(name, attachment.content, attachment.content_type)


def _numbered(name: str) -> Iterator[str]:
    yield name
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    yield from (f"{stem} ({number}){dot}{ending}" for number in count(2))


def _body(parts: list[Message]) -> str:
    """Return the plain text of an e-mail; that of its web page if it has no plain one."""
    plain = [_text(part) for part in parts if part.get_content_type() == "text/plain"]
    pages = [_text_of_page(_text(part)) for part in parts if part.get_content_type() == "text/html"]
    written = plain if any(text.strip() for text in plain) else pages
    return "\n".join(text.strip() for text in written).replace("\r\n", "\n")


def _text(part: Message) -> str:
    return _in_charset(_content(part), str(part.get_content_charset() or "utf-8"))


def _text_of_page(page: str) -> str:
    """Return the text of a web page, a line for each block; nothing is fetched."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(f"<body>{page}".encode("utf-8", "replace"), parser)
    etree.strip_elements(root, "style", "script", with_tail=False)
    for block in root.iter("p", "div", "br", "tr", "li", "h1", "h2", "h3"):
        block.text, block.tail = f"\n{block.text or ''}", f"\n{block.tail or ''}"
    lines = ("".join(str(text) for text in root.itertext())).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def _findings(parts: Iterable[Message], file: str) -> Iterator[Finding]:
    """Yield what is wrong with the parts: cut short, damaged, or locked in a form only Outlook opens."""
    place = Place(file=file)
    for part in parts:
        if part.defects:
            name = _name(part, "part without a name") if _is_attachment(part) else "its text or structure"
            message = f"This e-mail is damaged or cut short ({name}). Ask the sender whether anything is missing."
            yield Finding(code="mail-damaged", severity=Severity.WARNING, message=message, place=place)
        if part.get_content_type() in {"application/ms-tnef", "application/vnd.ms-tnef"}:
            message = "The attachments are locked in a winmail.dat. Ask the sender to send them again as plain files."
            yield Finding(code="winmail", severity=Severity.ERROR, message=message, place=place)
        if part.get_content_type() in {"application/pkcs7-mime", "application/x-pkcs7-mime"}:
            message = "The e-mail is encrypted or sealed. Open it in the mail program and save its attachments."
            yield Finding(code="mail-sealed", severity=Severity.ERROR, message=message, place=place)
