from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from commissioning.documents.package import open_package, write_package
from commissioning.documents.tree import (
    Cell,
    Control,
    ControlKind,
    Document,
    Paragraph,
    Piece,
    Row,
    Story,
    Table,
    paragraphs,
)
from commissioning.documents.word.read import read_word
from commissioning.documents.word.write import write_word
from commissioning.values.text import clean
from parts import part_hashes
from trees import HERE, HOSTILE, HOUSE, asked, document, line, table

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.etree import _Element as Element

    from commissioning.documents.tree import Block

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def root_of(written: bytes, part: str = "word/document.xml") -> Element:
    return etree.fromstring(open_package(written, "written.docx").part(part))


def read_back(*blocks: Block) -> Document:
    return read_word(write_word(document(*blocks), HOUSE), "written.docx")


# Text


@pytest.mark.parametrize("text", HOSTILE)
def test_text_comes_back_letter_for_letter(text: str) -> None:
    (paragraph,) = read_back(line(text)).blocks
    assert paragraph.text == text


@pytest.mark.parametrize("text", HOSTILE)
def test_text_in_a_cell_and_in_a_control_comes_back_letter_for_letter(text: str) -> None:
    back = read_back(table((asked(ControlKind.LONG_TEXT, text), text)), line(""))
    assert [cell.text for cell in back.blocks[0].rows[0].cells] == [text, text]


def test_what_xml_cannot_carry_is_taken_out_and_nothing_after_it_is_lost() -> None:
    back = read_back(line("a\x00b\ud800c\u202ed"), line("the end"))
    assert [paragraph.text for paragraph in back.blocks] == ["abcd", "the end"]


def test_text_is_never_markup_or_a_field() -> None:
    root = root_of(write_word(document(*(line(text) for text in HOSTILE)), HOUSE))
    assert not list(root.iter(f"{W}fldSimple", f"{W}instrText", f"{W}hyperlink"))
    assert len(list(root.iter(f"{W}p"))) == len(HOSTILE)


# Styles


@pytest.mark.parametrize(
    "style",
    ["Title", "Subtitle", "Guidance", "Answer", "Label", "List Bullet", "List Number", "Note", "Number", "Money"],
)
def test_a_paragraph_takes_the_style_it_names(style: str) -> None:
    (paragraph,) = read_back(line("text", style)).blocks
    assert (paragraph.style, paragraph.heading) == (style, 0)


@pytest.mark.parametrize("depth", range(1, 10))
def test_a_heading_keeps_its_depth(depth: int) -> None:
    (paragraph,) = read_back(line("text", heading=depth)).blocks
    assert paragraph.heading == depth


def test_a_style_the_house_does_not_have_is_written_as_normal() -> None:
    root = root_of(write_word(document(line("text", "Somebody's Own")), HOUSE))
    assert not list(root.iter(f"{W}pStyle"))


# Controls


CONTROLS = {
    ControlKind.TEXT: ("Jo", {}),
    ControlKind.LONG_TEXT: ("one\ntwo", {}),
    ControlKind.CHOICE: ("Yes, partly", {"options": (("Yes, partly", "partly"), ("No", "no"))}),
    ControlKind.DATE: ("26/02/2021", {"date": "2021-02-26"}),
    ControlKind.TICK: ("☒", {"checked": True}),
}


@pytest.mark.parametrize("kind", CONTROLS)
def test_a_control_keeps_its_kind_names_and_state(kind: ControlKind) -> None:
    text, details = CONTROLS[kind]
    (paragraph,) = read_back(asked(kind, text, **details)).blocks
    assert paragraph.text == text
    assert replace(paragraph.pieces[0].control, key="") == Control(kind, "answer", "answer", **details)


@pytest.mark.parametrize("kind", [kind for kind in CONTROLS if kind is not ControlKind.TICK])
def test_a_placeholder_says_that_it_is_one_and_is_quiet(kind: ControlKind) -> None:
    written = write_word(document(asked(kind, "Click here to answer", placeholder=True)), HOUSE)
    (paragraph,) = read_word(written, "written.docx").blocks
    assert paragraph.pieces[0].control.placeholder
    assert [style.get(f"{W}val") for style in root_of(written).iter(f"{W}rStyle")] == ["PlaceholderText"]


@pytest.mark.parametrize(("checked", "glyph"), [(True, "☒"), (False, "☐"), (None, "☐")])
@pytest.mark.parametrize("text", ["", "☐", "☒"])
def test_a_tick_box_shows_what_it_stores(checked: bool | None, glyph: str, text: str) -> None:
    (paragraph,) = read_back(asked(ControlKind.TICK, text, checked=checked)).blocks
    assert paragraph.text == glyph
    assert paragraph.pieces[0].control.checked is bool(checked)


def test_tag_and_alias_are_both_written_even_when_only_one_is_given() -> None:
    root = root_of(write_word(document(line("x", control=Control(ControlKind.TEXT, tag="name"))), HOUSE))
    assert [node.get(f"{W}val") for node in root.iter(f"{W}alias", f"{W}tag")] == ["name", "name"]


def test_every_control_has_a_number_of_its_own() -> None:
    root = root_of(write_word(document(*(asked(ControlKind.TEXT, "x") for _ in range(5))), HOUSE))
    assert [node.get(f"{W}val") for node in root.iter(f"{W}id")] == ["1", "2", "3", "4", "5"]


def test_an_empty_control_is_still_there() -> None:
    (paragraph,) = read_back(asked(ControlKind.TEXT, "")).blocks
    assert [piece.control.tag for piece in paragraph.pieces] == ["answer"]


def test_pieces_of_one_control_stand_in_one_control() -> None:
    control = Control(ControlKind.LONG_TEXT, "answer", "answer")
    pieces = (Piece("plain ", HERE, (control,)), Piece("bold", HERE, (control,), bold=True), Piece(" after", HERE))
    root = root_of(write_word(document(Paragraph(pieces, HERE)), HOUSE))
    assert len(list(root.iter(f"{W}sdt"))) == 1


def test_the_text_of_a_repeating_control_is_written_without_it() -> None:
    inner, outer = Control(ControlKind.TEXT, "inner"), Control(ControlKind.REPEATING, "outer")
    (paragraph,) = read_back(Paragraph((Piece("kept", HERE, (outer, inner)),), HERE)).blocks
    assert paragraph.text == "kept"
    assert [control.tag for control in paragraph.pieces[0].controls] == ["inner"]


# Tables


def test_a_table_is_ruled_fixed_described_and_repeats_its_header() -> None:
    made = table(("District", "People"), ("Watford", "12"), header=True, title="People", description="By district")
    root = root_of(write_word(document(made), HOUSE))
    settings = {etree.QName(node).localname: node for node in next(root.iter(f"{W}tblPr"))}
    assert settings["tblStyle"].get(f"{W}val") == "HouseTable"
    assert settings["tblLayout"].get(f"{W}type") == "fixed"
    assert settings["tblCaption"].get(f"{W}val") == "People"
    assert settings["tblDescription"].get(f"{W}val") == "By district"
    assert len(list(root.iter(f"{W}tblHeader"))) == 1
    assert len(list(root.iter(f"{W}cantSplit"))) == 2


@pytest.mark.parametrize("widths", [(), (1, 2, 1), (0.2, 0.3, 0.5), (1, 1), (0, 0, 0)])
def test_widths_fill_the_page_to_the_last_unit(widths: tuple[float, ...]) -> None:
    root = root_of(write_word(document(table(("a", "b", "c"), widths=widths)), HOUSE))
    assert sum(int(node.get(f"{W}w")) for node in root.iter(f"{W}gridCol")) == 9638


def test_spans_and_vertical_merges_come_back() -> None:
    rows = (
        Row((Cell((line("a"),), HERE), Cell((line("b"),), HERE, column=1, span=2)), HERE),
        Row(
            (Cell((line(""),), HERE, continues=True), Cell((line("c"),), HERE, column=1), Cell((), HERE, column=2)),
            HERE,
        ),
    )
    back = read_back(Table(rows, HERE), line("")).blocks[0]
    assert [[(cell.column, cell.span, cell.continues) for cell in row.cells] for row in back.rows] == [
        [(0, 1, False), (1, 2, False)],
        [(0, 1, True), (1, 1, False), (2, 1, False)],
    ]


def test_a_hole_in_a_row_becomes_an_empty_cell() -> None:
    rows = (Row((Cell((line("a"),), HERE), Cell((line("d"),), HERE, column=3)), HERE),)
    back = read_back(Table(rows, HERE), line("")).blocks[0]
    assert [(cell.column, cell.text) for cell in back.rows[0].cells] == [(0, "a"), (1, ""), (3, "d")]


def test_a_table_in_a_cell_stays_in_it() -> None:
    inner = table(("x", "y"))
    back = read_back(table((inner, "beside")), line("")).blocks[0]
    nested = back.rows[0].cells[0].blocks[0]
    assert isinstance(nested, Table)
    assert nested.rows[0].cells[1].text == "y"


def test_tables_that_touch_stay_two() -> None:
    back = read_back(table(("a",)), table(("b",)))
    assert [type(block) for block in back.blocks] == [Table, Paragraph, Table, Paragraph]


# Headers, footers, properties


def test_header_and_footer_are_written_and_the_page_number_stays() -> None:
    stories = (Story("header", (line("The office"),)), Story("footer", (line("First"), line("Form code 1"))))
    back = read_word(write_word(document(line("x"), stories=stories), HOUSE), "written.docx")
    told = {story.name.split()[0]: [block.text for block in story.blocks] for story in back.stories}
    assert told == {"header": ["The office"], "footer": ["First", "Form code 1\tPage 1 of 1"]}


def test_another_story_is_refused_because_it_would_be_lost() -> None:
    with pytest.raises(ValueError, match="no place for the story 'comments'"):
        write_word(document(line("x"), stories=(Story("comments", (line("lost"),)),)), HOUSE)


def test_a_table_in_a_footer_is_refused() -> None:
    with pytest.raises(ValueError, match="without tables"):
        write_word(document(line("x"), stories=(Story("footer", (table(("a",)),)),)), HOUSE)


def test_properties_carry_title_language_and_our_own_and_nobodys_name() -> None:
    given_ = {"title": "Form <1>", "commissioning-form": "da/1/abc", "author": "Jo Bloggs", "lastModifiedBy": "Jo"}
    written = write_word(document(line("x"), properties=given_), HOUSE)
    assert dict(read_word(written, "written.docx").properties) == {
        "title": "Form <1>",
        "creator": "",
        "language": "en-GB",
        "created": "1980-01-01T00:00:00Z",
        "modified": "1980-01-01T00:00:00Z",
        "commissioning-form": "da/1/abc",
    }
    assert b"Bloggs" not in b"".join(open_package(written, "w").part(name) for name in open_package(written, "w").names)


def test_the_instant_of_making_is_the_one_given() -> None:
    written = write_word(document(line("x"), properties={"created": "2021-02-26T16:00:00Z"}), HOUSE)
    back = read_word(written, "written.docx").properties
    assert (back["created"], back["modified"]) == ("2021-02-26T16:00:00Z", "2021-02-26T16:00:00Z")


def test_a_house_without_page_set_up_is_refused() -> None:
    package = open_package(HOUSE, "house.docx")
    parts = {name: package.part(name) for name in package.names}
    parts["word/document.xml"] = re.sub(rb"<w:sectPr.*</w:sectPr>", b"", parts["word/document.xml"], flags=re.DOTALL)
    with pytest.raises(ValueError, match="no page set-up"):
        write_word(document(line("x")), write_package(parts))


# The same tree, the same bytes


SAMPLE = """
import hashlib, sys
sys.path.insert(0, {tests!r})
from trees import HOSTILE, HOUSE, asked, document, line, table
from commissioning.documents.tree import ControlKind
from commissioning.documents.word.write import write_word
from commissioning.documents.workbook.write import write_workbook
made = document(
    line("Heading", heading=1), *(line(text) for text in HOSTILE),
    table(("a", "b"), (asked(ControlKind.CHOICE, options=(("x", "1"), ("y", "2"))), "=1"), header=True),
    properties={{"title": "t", "b": "2", "a": "1"}},
)
print(hashlib.sha256(write_word(made, HOUSE)).hexdigest(), hashlib.sha256(write_workbook(made)).hexdigest())
"""


def test_the_same_tree_gives_the_same_bytes_in_another_process() -> None:
    code = SAMPLE.format(tests=os.path.dirname(__file__))  # noqa: PTH120 - a plain string for the other process
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1] != ""


# Round trip


LETTERS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=20).map(clean)
WORDS = LETTERS.filter(bool)
NAMES = st.from_regex(r"[a-z][a-z.]{0,8}", fullmatch=True)
CONTROL = st.one_of(
    st.builds(Control, st.sampled_from((ControlKind.TEXT, ControlKind.LONG_TEXT)), NAMES, NAMES, st.booleans()),
    st.builds(Control, st.just(ControlKind.DATE), NAMES, NAMES, date=st.dates().map(str)),
    st.builds(
        Control,
        st.just(ControlKind.CHOICE),
        NAMES,
        NAMES,
        options=st.lists(st.tuples(WORDS, WORDS), max_size=3).map(tuple),
    ),
)
TICK = st.builds(Control, st.just(ControlKind.TICK), NAMES, NAMES, checked=st.booleans())


def typed(text: str, control: Control | None) -> Piece:
    return Piece(text, HERE, (control,) if control else ())


def ticked(control: Control) -> Piece:
    return typed("☒" if control.checked else "☐", control)


PIECES = st.lists(
    st.one_of(st.builds(typed, WORDS, st.none() | CONTROL), st.builds(ticked, TICK)), min_size=1, max_size=4
)
PARAGRAPHS = st.builds(Paragraph, PIECES.map(tuple), st.just(HERE), heading=st.integers(0, 9))


def in_one_run(paragraph: Paragraph) -> tuple[object, ...]:
    """Heading, and text by control: how letters are dealt out to runs does not matter, nor what a style makes bold."""
    told: list[tuple[str, object]] = []
    for piece in paragraph.pieces:
        control = replace(piece.control, key="") if piece.control else None
        if told and told[-1][1] == control:
            told[-1] = (told[-1][0] + piece.text, control)
        else:
            told.append((piece.text, control))
    return paragraph.heading, *told


def apart(pieces: tuple[Piece, ...]) -> bool:
    """No two neighbours stand in controls that nothing tells apart."""
    return all(one.control is None or one.control != other.control for one, other in pairwise(pieces))


@settings(max_examples=60, deadline=None)
@given(st.lists(PARAGRAPHS.filter(lambda paragraph: apart(paragraph.pieces)), min_size=1, max_size=4))
def test_what_is_written_is_read_again(blocks: list[Paragraph]) -> None:
    made = table(tuple(blocks), tuple(blocks))
    back = read_back(*blocks, made, line("end"))
    expected = [*blocks, *blocks, *blocks, line("end")]
    assert [in_one_run(paragraph) for paragraph in paragraphs(back.blocks)] == [in_one_run(block) for block in expected]


# Another program


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_keeps_every_word(tmp_path: Path) -> None:
    long = "First line\nsecond line\n\nand مرحبا 😀"
    blocks = (line("Heading", heading=1), asked(ControlKind.LONG_TEXT, long), table(("a", "b"), ("=1+1", "{{ 7*7 }}")))
    (tmp_path / "form.docx").write_bytes(write_word(document(*blocks), HOUSE))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", "out", "form.docx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    back = read_word((tmp_path / "out" / "form.docx").read_bytes(), "form.docx")
    told = [paragraph.text for paragraph in paragraphs(back.blocks) if paragraph.text]
    assert told == ["Heading", long, "a", "b", "=1+1", "{{ 7*7 }}"]


def test_parts_can_be_compared_one_by_one() -> None:
    one, other = (write_word(document(line(text)), HOUSE) for text in ("one", "other"))
    differing = {name for name, digest in part_hashes(one).items() if part_hashes(other)[name] != digest}
    assert differing == {"word/document.xml"}
