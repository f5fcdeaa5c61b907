"""What a file is, by its content."""

import pytest
from word_xml import CORPUS, MACRO_TYPE, WORKBOOK_TYPE, ole, with_corpus, word, zipped

from commissioning.documents.kinds import Kind, kind_of

TEMPLATE_TYPE = "openxmlformats-officedocument.wordprocessingml.template"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (word(""), Kind.WORD),
        (word("", type=MACRO_TYPE), Kind.WORD_MACROS),
        (word("", type=TEMPLATE_TYPE), Kind.WORD_TEMPLATE),
        (word("", type=WORKBOOK_TYPE), Kind.WORKBOOK),
        (ole("WordDocument"), Kind.LEGACY_WORD),
        (ole("Book"), Kind.LEGACY_WORKBOOK),
        (ole("a", "b", "c", "d", "EncryptedPackage"), Kind.ENCRYPTED),
        (ole("__properties_version1.0"), Kind.OUTLOOK_MESSAGE),
        (ole(), Kind.OLE),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), Kind.OPEN_DOCUMENT),
        (zipped({"a.txt": b"a"}), Kind.ZIP),
        (zipped({}), Kind.ZIP),
        (word("")[:100], Kind.DAMAGED),
        (b"junk before %PDF-1.4", Kind.PDF),
        (b"Received: from a by b; x\nFrom: a@b.org\n\nHello", Kind.MAIL),
        (b"Return-Path: <a@b.org>\r\nDelivered-To: b@c.org\r\n\r\n", Kind.MAIL),
        (b"Note: one header is no e-mail\n\nFrom: here on text", Kind.TEXT),
        (b"\xff\xd8\xff\xe0", Kind.IMAGE),
        (b"RIFF\0\0\0\0WEBP", Kind.IMAGE),
        (b"\0\0\0\x18ftypheic", Kind.IMAGE),
        (b"\xef\xbb\xbf  <HTML>", Kind.HTML),
        (b"{\\rtf1}", Kind.RTF),
        ("Caf\xe9".encode("cp1252"), Kind.TEXT),
        ("Text".encode("utf-16"), Kind.TEXT),
        (b"", Kind.EMPTY),
        (b"\0\0\0", Kind.EMPTY),
        (b"\x07\x00\x01", Kind.UNKNOWN),
    ],
)
def test_a_file_is_known_by_its_content(content: bytes, kind: Kind) -> None:
    assert kind_of(content) is kind


def test_a_ring_of_sectors_in_an_old_file_ends() -> None:
    ring = bytearray(ole("Else"))
    ring[512 + 2 * 4 : 512 + 3 * 4] = (1).to_bytes(4, "little")
    assert kind_of(bytes(ring)) is Kind.OLE


@with_corpus
def test_real_files_are_known_by_their_content() -> None:
    files = sorted(CORPUS.glob("word/*.docx"))
    assert files
    assert {kind_of(file.read_bytes()) for file in files} == {Kind.WORD}
    assert kind_of((CORPUS / "hostile" / "oletools_encrypted.docx").read_bytes()) is Kind.ENCRYPTED
