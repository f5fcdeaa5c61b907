"""Files from strangers: what is wrong with each is said in one sentence, and nothing is unpacked beyond bounds."""

import io
import pickle
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_xml import CORPUS, WORKBOOK_TYPE, links, ole, p, r, with_corpus, word, word_parts, zipped

from commissioning.documents import package
from commissioning.documents.package import main_part, open_package, parse_xml, write_package
from commissioning.errors import DocumentError
from parts import part_hashes

PLAIN = word(p(r("Hello")))


def refusal(content: bytes, file: str = "bid.docx") -> str:
    with pytest.raises(DocumentError) as raised:
        open_package(content, file)
    return str(raised.value)


def test_a_word_file_opens_and_gives_its_parts_whatever_the_case_of_the_name() -> None:
    opened = open_package(PLAIN, "bid.docx")
    assert opened.names == ("[Content_Types].xml", "_rels/.rels", "word/document.xml")
    assert main_part(opened) == "word/document.xml"
    assert opened.part("Word/Document.XML") == word_parts(p(r("Hello")))["word/document.xml"]
    with pytest.raises(KeyError):
        opened.part("word/none.xml")


def test_a_workbook_opens_too() -> None:
    parts = {
        "[Content_Types].xml": f'<T t="{WORKBOOK_TYPE}.main+xml"/>'.encode(),
        "_rels/.rels": links(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": b"<workbook/>",
    }
    assert main_part(open_package(zipped(parts), "grid.xlsx")) == "xl/workbook.xml"


@pytest.mark.parametrize("content", [b"", b"\0" * 4096, b" \r\n"])
def test_an_empty_file_is_said_to_be_empty(content: bytes) -> None:
    assert refusal(content) == ("bid.docx: The file is empty. Ask the sender for a new copy.")


def test_a_file_cut_short_anywhere_is_said_to_be_damaged() -> None:
    for length in range(4, len(PLAIN), 37):
        assert "The file is cut short or damaged: its list of parts cannot be read." in refusal(PLAIN[:length])


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (ole("EncryptionInfo", "EncryptedPackage"), "The file is protected with a password."),
        (ole("1Table", "WordDocument"), "This is a Word file of the old kind (.doc), whatever its name says."),
        (ole("Workbook"), "This is an Excel workbook of the old kind (.xls), whatever its name says."),
        (ole("Else"), "This is an old Office file of another kind, whatever its name says, not a Word document."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut", "This is an old Office file of another kind"),
        (b"%PDF-1.7\n", "This is a PDF, which cannot be read as a form yet."),
        (b"{\\rtf1 Hello}", "This is a rich-text file (RTF), whatever its name says, not a Word document."),
        (b"<!DOCTYPE html><html></html>", "This is a web page (HTML), whatever its name says"),
        (b"Dear all, our bid is below.", "This is a plain text file, whatever its name says"),
        (b"From: a@b.org\r\nSubject: Bid\r\n\r\nHello", "This is an e-mail, whatever its name says"),
        (b"\x89PNG\r\n\x1a\n123", "This is a picture, whatever its name says"),
        (b"\x01\x02\x03\x04", "This is not a Word document, and what it is cannot be told."),
        (zipped({"bid/form.txt": b"x"}), "This is a zip archive that holds no Word document or Excel workbook"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "This is an OpenDocument file"),
    ],
)
def test_a_file_that_is_something_else_is_called_by_its_kind(content: bytes, problem: str) -> None:
    assert problem in refusal(content)


def test_a_package_without_the_part_it_is_about_is_refused() -> None:
    parts = word_parts("", {"_rels/.rels": links(("officeDocument", "word/gone.xml"))})
    assert "This is a zip archive that holds no Word document" in refusal(zipped(parts))


def test_the_main_part_is_found_by_relationship_and_by_name_only_without_one() -> None:
    parts = word_parts("")
    moved = {**parts, "text/a.xml": parts["word/document.xml"], "_rels/.rels": links(("officeDocument", "/text/a.xml"))}
    del moved["word/document.xml"]
    assert main_part(open_package(zipped(moved), "bid.docx")) == "text/a.xml"
    del parts["_rels/.rels"]
    assert main_part(open_package(zipped(parts), "bid.docx")) == "word/document.xml"


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../../up.xml",
        "word/../up.xml",
        "a//b.xml",
        "word\\a.xml",
        "C:/a.xml",
        "word/con.xml",
        "NUL",
        "word/Com1.bin/a.xml",
        "lpt9 .xml",
        "a\nb.xml",
        "word/\u202eb.xml",
    ],
)
def test_a_part_with_an_unsafe_name_is_refused(name: str) -> None:
    message = refusal(zipped([*word_parts("").items(), (name, b"x")]))
    assert f"It holds a part with an unsafe name, {name!r}. It is refused for safety." in message


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
@pytest.mark.parametrize("name", ["word/document.xml", "WORD/Document.xml"])
def test_two_parts_of_one_name_are_refused(name: str) -> None:
    assert f"It holds two parts named {name}." in refusal(zipped([*word_parts("").items(), (name, b"<other/>")]))


def test_a_folder_entry_is_no_part() -> None:
    opened = open_package(zipped([*word_parts("").items(), ("word/media/", b"")]), "bid.docx")
    assert "word/media/" not in opened.names


def test_a_part_that_swells_more_than_two_hundred_times_is_refused() -> None:
    bomb = zipped([*word_parts("").items(), ("word/media/a.bin", b"\0" * (package.RATIO_JUDGED_ABOVE + 1))])
    assert "Its part word/media/a.bin unpacks to more than 200 times its size." in refusal(bomb)
    small = zipped([*word_parts("").items(), ("word/media/a.bin", b"\0" * package.RATIO_JUDGED_ABOVE)])
    assert "word/media/a.bin" in open_package(small, "bid.docx").names


def test_too_many_parts_are_refused() -> None:
    many = [(f"word/p{number}.xml", b"") for number in range(package.MAX_PARTS - 3)]
    assert len(open_package(zipped([*word_parts("").items(), *many]), "bid.docx").names) == package.MAX_PARTS
    message = refusal(zipped([*word_parts("").items(), *many, ("one/more.xml", b"")]))
    assert "It holds 4001 parts; the limit is 4000." in message


def claiming(content: bytes, name: str, *, size: int | None = None, packed: int | None = None, flags: int = 0) -> bytes:
    """The same zip, whose directory tells another size of one part."""
    changed = bytearray(content)
    at = changed.index(b"PK\x01\x02")
    while changed[at + 46 : at + 46 + len(name)] != name.encode():
        at = changed.index(b"PK\x01\x02", at + 4)
    if size is not None:
        struct.pack_into("<I", changed, at + 24, size)
    if packed is not None:
        struct.pack_into("<I", changed, at + 20, packed)
    struct.pack_into("<H", changed, at + 8, flags)
    return bytes(changed)


def test_a_package_that_claims_more_than_the_limit_is_refused() -> None:
    huge = claiming(PLAIN, "word/document.xml", size=200_000_001)
    assert "It unpacks to 200 MB; the limit is 200 MB." in refusal(huge)


def test_a_part_that_lies_about_its_size_is_never_read_beyond_what_it_said() -> None:
    body = p(r("x" * 50_000))
    lying = claiming(word(body), "word/document.xml", size=100)
    with pytest.raises(DocumentError, match=r"its part word/document\.xml cannot be read"):
        open_package(lying, "bid.docx").part("word/document.xml")


def test_parts_that_overlap_and_parts_with_a_password_are_refused() -> None:
    assert "Its parts overlap." in refusal(claiming(PLAIN, "word/document.xml", packed=len(PLAIN)))
    assert "The file is protected with a password." in refusal(claiming(PLAIN, "word/document.xml", flags=1))


def test_a_way_of_packing_that_office_does_not_use_is_refused() -> None:
    assert "is packed in a way that no Office program uses" in refusal(zipped(word_parts(""), zipfile.ZIP_BZIP2))


def test_a_part_damaged_inside_is_a_plain_sentence() -> None:
    at = PLAIN.rindex(b"PK\x03\x04") + 60
    damaged = PLAIN[:at] + b"\xff\xff\xff" + PLAIN[at + 3 :]
    with pytest.raises(DocumentError, match=r"The file is damaged: its part word/document\.xml cannot be read"):
        open_package(damaged, "bid.docx").part("word/document.xml")


DOCTYPE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'


@pytest.mark.parametrize(
    "content",
    [
        DOCTYPE.encode(),
        ('<?xml version="1.0" encoding="UTF-16"?>' + DOCTYPE).encode("utf-16"),
        b"<!DOCTYPE w><w/>",
        b'<!DOCTYPE w SYSTEM "http://example.org/a.dtd"><w/>',
    ],
)
def test_a_document_type_is_refused_in_any_encoding(content: bytes) -> None:
    with pytest.raises(DocumentError, match="declares a document type, which no Office program writes"):
        parse_xml(content, "bid.docx", "word/document.xml")


def test_an_entity_bomb_is_refused() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    with pytest.raises(DocumentError):
        parse_xml(f'<!DOCTYPE w [{entities}]><w a="&e9;">&e9;</w>'.encode(), "bid.docx", "word/document.xml")


@pytest.mark.parametrize("content", [b"", b"<w>", b"<w>\x00</w>", b"<?xml version='1.0' encoding='no-such'?><w/>"])
def test_xml_that_is_not_well_formed_is_a_plain_sentence(content: bytes) -> None:
    with pytest.raises(DocumentError, match=r"bid\.docx: The file is damaged: its part a\.xml cannot be understood"):
        parse_xml(content, "bid.docx", "a.xml")


def test_utf_16_without_a_document_type_is_read() -> None:
    content = '<?xml version="1.0" encoding="UTF-16"?><w>é</w>'.encode("utf-16")
    assert parse_xml(content, "bid.docx", "a.xml").text == "é"


def test_comments_inside_text_do_not_cut_it() -> None:
    assert parse_xml(b"<w>one<!-- not -->two<?and not?>three</w>", "bid.docx", "a.xml").text == "onetwothree"


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}\.xml", fullmatch=True), st.binary(max_size=200), max_size=6))
def test_equal_parts_are_written_as_equal_bytes_in_any_order(extra: dict[str, bytes]) -> None:
    parts = {**word_parts(""), **extra}
    written = write_package(parts)
    assert written == write_package(dict(reversed(parts.items())))
    opened = open_package(written, "out.docx")
    assert opened.names[0] == "[Content_Types].xml"
    assert list(opened.names[1:]) == sorted(opened.names[1:])
    assert {name: opened.part(name) for name in opened.names} == parts


def test_a_written_package_carries_no_time_and_no_system() -> None:
    with zipfile.ZipFile(io.BytesIO(write_package(word_parts("")))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in archive.infolist()} == {0}


def test_hashes_differ_only_where_parts_differ() -> None:
    one, other = part_hashes(word(p(r("one")))), part_hashes(word(p(r("two"))))
    assert {name for name in one if one[name] != other[name]} == {"word/document.xml"}
    assert len(one["_rels/.rels"]) == 64


def test_an_error_travels_whole_between_processes() -> None:
    with pytest.raises(DocumentError) as raised:
        open_package(b"", "bid.docx")
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)  # noqa: S301 - our own bytes


@with_corpus
@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("oletools_encrypted.docx", "The file is protected with a password."),
        ("tika_testWORD_truncated.docx", "The file is cut short or damaged: its list of parts cannot be read."),
        ("poi_clusterfuzz-testcase-minimized-POIXWPFFuzzer-5166796835258368.docx", "The file is cut short or damaged"),
        ("tika_testPDF_protected.pdf", "This is a PDF, which cannot be read as a form yet."),
        ("qpdf_30507.fuzz.pdf", "This is not a Word document, and what it is cannot be told."),
    ],
)
def test_real_hostile_files_end_in_the_right_sentence(name: str, problem: str) -> None:
    assert problem in refusal((CORPUS / "hostile" / name).read_bytes(), name)
