"""Whatever strangers send ends in a plain sentence, is kept byte for byte, and never stops the others."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from office import CEDAR, MONDAY, ROUND, Office, bid, busy_office, mail, mailed, new_office, pdf, word

GOOD = word(bid("Fern House"))


def changed(part: str, old: bytes, new: bytes) -> bytes:
    """The good form with something in one of its parts replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            assert name != part or old in content
            target.writestr(name, content.replace(old, new) if name == part else content)
    return made.getvalue()


def protected() -> bytes:
    """A compound file as Word writes a document with a password: one directory, with its streams by name."""
    header = bytearray(512)
    header[:8] = bytes.fromhex("D0CF11E0A1B11AE1")
    header[30:32] = (9).to_bytes(2, "little")
    header[48:52] = (1).to_bytes(4, "little")
    header[76:512] = b"\xff" * 436
    header[76:80] = (0).to_bytes(4, "little")
    table = b"\xff" * 4 + (0xFFFFFFFE).to_bytes(4, "little") + b"\xff" * 504
    directory = b""
    for name in ("Root Entry", "EncryptionInfo", "EncryptedPackage", ""):
        letters = name.encode("utf-16-le")
        directory += letters.ljust(64, b"\0") + (len(letters) + 2).to_bytes(2, "little") + bytes(62)
    return bytes(header) + table + directory


OTHER_ROUND = re.compile(rb"da-sa-2021")


def with_macros() -> bytes:
    """The good form saved as a document with macros."""
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    made = changed("[Content_Types].xml", plain, b"application/vnd.ms-word.document.macroEnabled.main+xml")
    package = io.BytesIO(made)
    with zipfile.ZipFile(package, "a") as parts:
        parts.writestr("word/vbaProject.bin", b"macros")
    return package.getvalue()


def other_round() -> bytes:
    """The form of another round: its code inside and in print, and its round."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(name, OTHER_ROUND.sub(b"csf-2020", source.read(name)))
    return made.getvalue()


FILES = {
    "truncated.docx": (GOOD[: len(GOOD) // 2], "damaged"),
    "empty.docx": (b"", "empty"),
    "notword.docx": (b"This is no Word file at all.\n", "whatever its name says"),
    "password.docx": (protected(), "password"),
    "macros.docm": (with_macros(), "They were not run"),
    "scan.pdf": (pdf("a scan"), "PDF"),
    "other round.docx": (other_round(), "csf-2020"),
}


@pytest.fixture(scope="module")
def littered(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office to which all of this came at once, with one good form between."""
    office = new_office(tmp_path_factory.mktemp("littered"))
    office.run("form", ROUND, now="2021-02-10T10:00")
    for name, (content, _) in FILES.items():
        office.put(f"post/{name}.d/{name}", content)
    office.put("post/good.d/Fern.docx", GOOD)
    office.run("receive", ROUND, office.root.parent / "inbox" / "post")
    return office


def reads(office: Office) -> dict[str, Any]:
    return {each["name"]: each for each in office.run("read", ROUND, "--json", code=3).json}


@pytest.mark.parametrize("name", FILES)
def test_it_ends_in_a_plain_sentence(littered: Office, name: str) -> None:
    read = reads(littered)[name]
    findings = read["reading"]["findings"] if read["reading"] else [read["failure"]]
    assert any(FILES[name][1].casefold() in each["message"].casefold() for each in findings), findings
    assert "Traceback" not in str(findings)


@pytest.mark.parametrize("name", FILES)
def test_it_is_kept_byte_for_byte(littered: Office, name: str) -> None:
    kept = next((littered.root / "submissions" / ROUND / "received").rglob(name))
    assert kept.read_bytes() == FILES[name][0]


def test_the_batch_goes_on_and_the_exit_code_remembers(littered: Office) -> None:
    read = littered.run("read", ROUND, code=3)
    assert "Fern.docx" in read.out
    assert reads(littered)["Fern.docx"]["reading"]["matched"]
    assert "8 in all" in read.said
    offered = {each["name"]: each["act"] for each in littered.run("assign", ROUND, "--json").json}
    assert offered["Fern.docx"]["kind"] == "assigned"
    assert offered["other round.docx"]["why"] == "wrong round"
    assert offered["truncated.docx"] is None
    assert "Intact" in littered.run("verify").out


def test_the_list_of_proposals_says_what_each_is(littered: Office) -> None:
    said = {each["name"]: each["why"] for each in littered.run("assign", ROUND, "--json").json}
    assert "a person must say what it is" in said["truncated.docx"]
    assert len(said) == 8


# Strange words in an answer


class Strange(NamedTuple):
    """What was typed, and what must be shown."""

    typed: str
    shown: str


STRANGE = {
    "a template tag": Strange("{{ bid.secret }} {% for x in y %}", "{{ bid.secret }} {% for x in y %}"),
    "markup": Strange("<w:p><w:r/></w:p> & </w:t>", "<w:p><w:r/></w:p> & </w:t>"),
    "emoji": Strange("We help 👩‍👧 and 🧑🏽‍🦽.", "🧑🏽‍🦽"),
    "right to left": Strange("نحن نساعد النساء", "نحن نساعد النساء"),
    "console markup": Strange("[bold]loud[/bold] [/]", "[bold]loud[/bold] [/]"),
    "a formula": Strange('=HYPERLINK("http://evil.example","x")', "=HYPERLINK("),
}


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, dict[str, str]]:
    """A bid for each kind of strange words, and its number."""
    office = new_office(tmp_path_factory.mktemp("strange"))
    office.run("form", ROUND, now="2021-02-10T10:00")
    files = []
    for number, words in enumerate(STRANGE.values(), start=1):
        typed = bid(f"Provider {number}", summary=words.typed, service_name=words.typed, start_date="05/06/21")
        files.append(office.put(f"{number}.docx", word(typed)))
    office.receive(*files)
    office.run("pack", ROUND, "--provisional", now=MONDAY)
    return office, {name: f"B{number:02d}" for number, name in enumerate(STRANGE, start=1)}


@pytest.mark.parametrize("name", STRANGE)
def test_strange_words_are_shown_as_they_were_typed(strange: tuple[Office, dict[str, str]], name: str) -> None:
    office, numbers = strange
    shown = office.dossiers()[numbers[name]]["bid"]["answers"]
    summary = next(each["raw"] for each in shown if each["question"] == "summary")
    assert STRANGE[name].shown in summary
    text = office.run("show", ROUND, numbers[name], "--question", "summary").said
    assert STRANGE[name].shown.split()[0] in text


def test_strange_words_pass_through_every_document_unread(strange: tuple[Office, dict[str, str]]) -> None:
    office, _ = strange
    with zipfile.ZipFile(office.issued("pack-v1/bids/B01.docx")) as copy:
        assert b"{{ bid.secret }}" in copy.read("word/document.xml")
    with zipfile.ZipFile(office.issued("pack-v1/bids/B02.docx")) as copy:
        assert b"&lt;w:p&gt;" in copy.read("word/document.xml")
    with zipfile.ZipFile(office.issued("pack-v1/schedule.xlsx")) as schedule:
        assert not [
            name
            for name in schedule.namelist()
            if b"<f>" in schedule.read(name) and b"HYPERLINK" in schedule.read(name)
        ]


def test_a_date_that_can_be_two_days_is_asked_about(strange: tuple[Office, dict[str, str]]) -> None:
    office, _ = strange
    answer = next(each for each in office.dossiers()["B01"]["bid"]["answers"] if each["question"] == "start_date")
    findings = [each["message"] for each in office.dossiers()["B01"]["findings"] if each["question"] == "start_date"]
    assert answer["raw"] == "05/06/21"
    assert answer["value"] == {"kind": "day", "day": "2021-06-05"} or findings


@pytest.mark.parametrize(("typed", "pounds"), [("£12k", "12000"), ("12,000.00", "12000.00"), ("twelve thousand", None)])
def test_money_as_people_write_it_is_read_or_asked_about_and_never_guessed(
    tmp_path: Path, typed: str, pounds: str | None
) -> None:
    office = new_office(tmp_path)
    office.run("form", ROUND)
    office.receive(office.put("Fern.docx", word(bid("Fern House", total_requested=typed))))
    fern = office.dossiers()["B01"]
    answer = next(each for each in fern["bid"]["answers"] if each["question"] == "total_requested")
    asked = [each["message"] for each in fern["findings"] if each["question"] == "total_requested"]
    assert answer["raw"] == typed
    if answer["value"] is None:
        assert any(typed in each for each in asked)
    else:
        assert float(answer["value"]["amount"]) == float(pounds or "nan")


def test_a_megabyte_in_one_answer_is_kept_whole_marked_and_shown_short(tmp_path: Path) -> None:
    office = busy_office(tmp_path)
    words = "grow " * 200_000
    office.receive(office.put("Fern.docx", word(bid("Fern House", summary=words))))
    fern = office.dossiers()["B06"]
    summary = next(each for each in fern["bid"]["answers"] if each["question"] == "summary")
    assert len(summary["raw"]) == len(words.strip())
    assert any(
        "200000" in each["message"].replace(",", "") for each in fern["findings"] if each["question"] == "summary"
    )
    assert len(office.run("show", ROUND, "B06").out) < 60_000


def test_control_characters_and_half_letters_are_taken_out_or_said_and_nothing_crashes(tmp_path: Path) -> None:
    office = busy_office(tmp_path)
    bad = changed("word/document.xml", b"Two advisers", b"Two\xed\xa0\x80 advisers")
    worse = changed("word/document.xml", b"Two advisers", b"Two&#x0; advisers")
    for name, content in (("half.docx", bad), ("null.docx", worse)):
        office.run("receive", ROUND, office.put(name, content))
    found = reads(office)
    for name in ("half.docx", "null.docx"):
        findings = found[name]["reading"]["findings"] if found[name]["reading"] else [found[name]["failure"]]
        assert findings
        assert all(each["message"].endswith((".", "?")) for each in findings)
    said = office.run("clarify", ROUND, "B01", "--question", "summary", "--text", "half \ud800 a letter", code=None)
    assert "Traceback" not in said.said
    assert office.run("show", ROUND, "B01", "--json").json
    refused = office.run("assign", ROUND, "withdraw", "B01", "--reason", "half \ud800 a letter", code=1)
    assert "holds a broken character" in refused.err


@pytest.mark.parametrize(
    "content",
    [
        mailed(bid(CEDAR), "2021-02-25T11:02:07+00:00")[:9000],
        b"From: a@b.example\r\nSubject: =?x?b?!!?=\r\nContent-Type: multipart/mixed; boundary=\r\n\r\n--\r\n",
        mail(sender="a@b.example", files={"../../../etc/passwd": b"x", "CON.docx": b"y"}),
        b"From: a@b.example\r\nTo: c@d.example\r\nContent-Type: message/rfc822\r\n\r\n" * 400,
    ],
    ids=["cut short", "malformed", "wicked names", "mails in mails"],
)
def test_a_mail_that_is_damaged_or_wicked_is_kept_and_says_so(tmp_path: Path, content: bytes) -> None:
    office = busy_office(tmp_path)
    file = office.put("odd.eml", content)
    assert "D06" in office.run("receive", ROUND, file, code=None).out
    office.run("read", ROUND, code=3)
    kept = office.root / "submissions" / ROUND / "received" / "D06" / "odd.eml"
    assert kept.read_bytes() == content
    assert "Intact" in office.run("verify").out
