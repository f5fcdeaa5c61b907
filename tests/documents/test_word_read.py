"""What a provider's Word file says: one test for each thing that people and programs do to a form."""

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_xml import (
    CORPUS,
    MACRO_TYPE,
    OFFICE,
    STRICT_W,
    WORKBOOK_TYPE,
    W,
    links,
    p,
    part,
    r,
    sdt,
    tbl,
    tc,
    tr,
    with_corpus,
    word,
    word_parts,
    zipped,
)

from commissioning.documents.flat import flat_text
from commissioning.documents.package import open_package, parse_xml
from commissioning.documents.tree import (
    Block,
    Control,
    ControlKind,
    Document,
    Paragraph,
    Piece,
    Table,
    paragraphs,
    pieces,
)
from commissioning.documents.word.body import MAX_DEPTH
from commissioning.documents.word.read import read_word
from commissioning.errors import DocumentError
from commissioning.findings import Place

TICK = '<w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox>'
BEGIN = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{}"/>{}</w:ffData></w:fldChar></w:r>'
SEPARATE = '<w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def read(body: str, more: dict[str, bytes] | None = None) -> Document:
    return read_word(word(body, more), "bid.docx")


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(document.blocks)]


def table(document: Document) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table))


def only(document: Document) -> Piece:
    (piece,) = pieces(document)
    return piece


def codes(document: Document) -> list[str]:
    return [finding.code for finding in document.findings]


def tags(piece: Piece) -> list[str]:
    return [control.tag for control in piece.controls]


# ── Text ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_plain_paragraphs_give_their_text_and_place_and_no_finding() -> None:
    document = read(p(r("One")) + p(r("Two")))
    assert texts(document) == ["One", "Two"]
    assert [str(paragraph.place) for paragraph in paragraphs(document.blocks)] == [
        "bid.docx, paragraph 1",
        "bid.docx, paragraph 2",
    ]
    assert document.findings == ()
    assert document.stories == ()


def test_runs_split_by_word_are_one_piece_and_a_change_of_look_is_another() -> None:
    document = read(p(r("On") + '<w:proofErr w:type="spellStart"/>' + r("e ") + r("two", "<w:b/>")))
    assert [(piece.text, piece.bold) for piece in pieces(document)] == [("One ", False), ("two", True)]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:t>a</w:t><w:tab/><w:t>b</w:t>", "a\tb"),
        ("<w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/>", "a\nb\n"),
        ("<w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t>", "a\u2011b"),
        ("<w:t>a</w:t><w:softHyphen/><w:t>b</w:t>", "ab"),
        ("<w:instrText> PAGE </w:instrText><w:t>7</w:t>", "7"),
        ('<w:footnoteReference w:id="2"/><w:t>a</w:t><w:delText>gone</w:delText>', "a"),
        ("<odd:thing><w:t>kept</w:t></odd:thing>", "kept"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "☑"),
        ('<w:sym w:font="Wingdings" w:char="F0FD"/>', "☒"),
        ('<w:sym w:font="Wingdings 2" w:char="F052"/>', "☑"),
        ('<w:sym w:font="Wingdings" w:char="F0A8"/>', "☐"),
        ('<w:sym w:font="Wingdings" w:char="F06F"/>', "☐"),
        ('<w:sym w:font="Wingdings 2" w:char="F0A3"/>', "☐"),
    ],
)
def test_what_stands_in_a_run_is_read_as_it_shows(inner: str, text: str) -> None:
    document = read(p(f"<w:r>{inner}</w:r>"))
    assert texts(document) == [text]
    assert document.findings == ()


@pytest.mark.parametrize(
    ("symbol", "text"),
    [
        ('w:font="Symbol" w:char="F0B7"', "\uf0b7"),
        ('w:font="Symbol" w:char="D800"', "\ufffd"),
        ('w:font="Wingdings" w:char="zz"', "\ufffd"),
        ('w:font="Wingdings"', "\ufffd"),
    ],
)
def test_a_symbol_that_is_no_tick_is_kept_by_its_code_and_noted(symbol: str, text: str) -> None:
    document = read(p(f"<w:r><w:sym {symbol}/></w:r>"))
    assert texts(document) == [text]
    assert codes(document) == ["symbol"]


def test_ticks_typed_in_a_font_of_ticks_are_ticks() -> None:
    fonts = '<w:rFonts w:ascii="Wingdings"/>'
    assert texts(read(p(r("þ", fonts) + r("\uf0a8", fonts) + r("þ")))) == ["☑☐þ"]


def test_hyperlinks_fields_smart_tags_and_unknown_wrappers_keep_their_text() -> None:
    simple = f'<w:fldSimple w:instr="DATE">{r("d")}</w:fldSimple>'
    wrapped = f"<w:smartTag>{r('e')}</w:smartTag><odd:x><odd:y>{r('f')}</odd:y></odd:x>"
    math = "<m:oMath><m:r><m:t>g</m:t></m:r></m:oMath>"
    inside = p(f"<w:hyperlink>{r('c')}</w:hyperlink>{simple}{wrapped}{math}")
    document = read(f"<odd:z>{inside}</odd:z>{r('h')}")
    assert texts(document) == ["cdefg", "h"]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="&<>\ufffe\uffff"), max_size=80))
def test_any_text_comes_back_as_it_was_typed(text: str) -> None:
    assert texts(read(p(r(text)))) == [text]


def test_a_megabyte_in_one_answer_is_read_whole() -> None:
    answer = "word " * 200_000
    assert texts(read(p(sdt(r(answer), tag="summary")))) == [answer]


# ── Controls ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (p(sdt(r("X"), tag="t")), "paragraph 1"),
        (sdt(p(r("X")), tag="t"), "paragraph 1"),
        (tbl(tr(tc(sdt(p(r("X")), tag="t")))), "table 1, row 1, cell 1"),
        (tbl(tr(sdt(tc(p(r("X"))), tag="t"))), "table 1, row 1, cell 1"),
        (tbl(sdt(tr(tc(p(r("X")))), tag="t")), "table 1, row 1, cell 1"),
        (sdt(tbl(tr(tc(p(r("X"))))), tag="t"), "table 1, row 1, cell 1"),
    ],
)
def test_a_control_is_read_at_every_level(body: str, place: str) -> None:
    piece = only(read(body))
    assert (piece.text, tags(piece)) == ("X", ["t"])
    assert piece.place == Place(file="bid.docx", path=place, tag="t")


@pytest.mark.parametrize(
    "body",
    [
        p(sdt("", tag="t")),
        p(sdt("<w:r><w:rPr/></w:r>", tag="t")),
        p(sdt("<w:r><w:t></w:t></w:r>", tag="t")),
        sdt(p(""), tag="t"),
        sdt("", tag="t"),
        tbl(tr(sdt(tc(p("")), tag="t"))),
        tbl(tr(sdt("", tag="t"))),
        tbl(sdt("", tag="t")),
        tbl(tr(tc(sdt("", tag="t")))),
        "<w:p/>".join(("", sdt("<w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>", tag="t"))),
    ],
)
def test_an_empty_control_is_a_piece_with_empty_text(body: str) -> None:
    piece = only(read(body))
    assert (piece.text, tags(piece), piece.place.tag) == ("", ["t"], "t")


def test_controls_in_controls_are_named_outermost_first_and_told_apart_by_key() -> None:
    item = "<w15:repeatingSectionItem/>"
    rows = [sdt(tr(tc(p(sdt(r(text), tag="cost")))), item) for text in ("1", "2")]
    document = read(tbl(sdt("".join(rows), "<w15:repeatingSection/>", tag="budget")))
    found = [piece for piece in pieces(document) if piece.text]
    kinds = [control.kind for control in found[0].controls]
    assert kinds == [ControlKind.REPEATING, ControlKind.GROUP, ControlKind.LONG_TEXT]
    assert [tags(piece) for piece in found] == [["budget", "", "cost"]] * 2
    assert found[0].controls[0].key == found[1].controls[0].key
    assert found[0].controls[2].key != found[1].controls[2].key
    assert len(table(document).rows) == 2


@pytest.mark.parametrize(
    ("properties", "control"),
    [
        ('<w:alias w:val="Name"/><w:text/>', Control(ControlKind.TEXT, tag="t", alias="Name", key="1")),
        ('<w:text w:multiLine="1"/>', Control(ControlKind.LONG_TEXT, tag="t", key="1")),
        ("<w:showingPlcHdr/><w:text/>", Control(ControlKind.TEXT, tag="t", placeholder=True, key="1")),
        ('<w:showingPlcHdr w:val="0"/><w:text/>', Control(ControlKind.TEXT, tag="t", key="1")),
        (TICK.format(1), Control(ControlKind.TICK, tag="t", checked=True, key="1")),
        (TICK.format("true"), Control(ControlKind.TICK, tag="t", checked=True, key="1")),
        (TICK.format(0), Control(ControlKind.TICK, tag="t", checked=False, key="1")),
        ("<w14:checkbox/>", Control(ControlKind.TICK, tag="t", checked=False, key="1")),
        (
            '<w:date w:fullDate="2021-02-26T00:00:00Z"/>',
            Control(ControlKind.DATE, tag="t", date="2021-02-26", key="1"),
        ),
        (
            '<w:dropDownList><w:listItem w:displayText="North" w:value="n"/><w:listItem w:value="s"/></w:dropDownList>',
            Control(ControlKind.CHOICE, tag="t", options=(("North", "n"), ("s", "s")), key="1"),
        ),
        (
            '<w:comboBox><w:listItem w:displayText="A" w:value="a"/></w:comboBox>',
            Control(ControlKind.CHOICE, tag="t", options=(("A", "a"),), key="1"),
        ),
    ],
)
def test_a_control_says_its_kind_and_state(properties: str, control: Control) -> None:
    piece = only(read(p(sdt(r("shown"), properties, tag="t"))))
    assert (piece.text, piece.controls) == ("shown", (control,))


def field(name: str, data: str, shown: str = "") -> str:
    return BEGIN.format(name, data) + SEPARATE + shown + END


@pytest.mark.parametrize(
    ("body", "text", "placeholder"),
    [
        (field("f", "<w:textInput/>", r("Our name")), "Our name", False),
        (field("f", "<w:textInput/>", r("\u2002\u2002\u2002")), "\u2002\u2002\u2002", True),
        (field("f", '<w:textInput><w:default w:val="Type"/></w:textInput>', r("Type")), "Type", True),
        (field("f", "<w:textInput/>"), "", True),
    ],
)
def test_a_legacy_text_field_is_a_control_named_by_its_field(body: str, text: str, placeholder: bool) -> None:
    piece = only(read(p(body)))
    assert (piece.text, piece.controls) == (text, (Control(ControlKind.TEXT, "f", placeholder=placeholder, key="1"),))


@pytest.mark.parametrize(
    ("box", "checked"),
    [
        ("<w:checked/>", True),
        ('<w:checked w:val="0"/><w:default w:val="1"/>', False),
        ('<w:default w:val="1"/>', True),
        ('<w:default w:val="0"/>', False),
        ("", False),
    ],
)
def test_a_legacy_tick_is_what_was_clicked_else_its_default(box: str, checked: bool) -> None:
    piece = only(read(p(BEGIN.format("f", f"<w:checkBox>{box}</w:checkBox>") + END)))
    assert (piece.text, piece.controls) == ("", (Control(ControlKind.TICK, "f", checked=checked, key="1"),))


@pytest.mark.parametrize(
    ("state", "text"),
    [('<w:result w:val="1"/>', "Two"), ('<w:default w:val="1"/>', "Two"), ("", "One"), ('<w:result w:val="9"/>', "")],
)
def test_a_legacy_drop_down_says_the_option_it_shows(state: str, text: str) -> None:
    entries = '<w:listEntry w:val="One"/><w:listEntry w:val="Two"/>'
    piece = only(read(p(BEGIN.format("f", f"<w:ddList>{state}{entries}</w:ddList>") + END)))
    assert piece.text == text
    assert piece.controls[0].options == (("One", "One"), ("Two", "Two"))


def test_a_legacy_field_may_hold_several_paragraphs_and_never_reaches_beyond_its_cell() -> None:
    opened = BEGIN.format("f", "<w:textInput/>") + SEPARATE
    document = read(p(opened + r("one")) + p(r("two") + END + r("after")))
    assert [(piece.text, tags(piece)) for piece in pieces(document)] == [("one", ["f"]), ("two", ["f"]), ("after", [])]
    unended = read(tbl(tr(tc(p(opened + r("in"))), tc(p(r("out"))))))
    assert [(piece.text, tags(piece)) for piece in pieces(unended)] == [("in", ["f"]), ("out", [])]


def test_a_field_that_is_no_form_field_adds_no_control() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert only(read(p(begin + SEPARATE + r("7") + END + END))).controls == ()


# ── Tracked changes and look ──────────────────────────────────────────────────────────────────────────────────────


def test_tracked_changes_are_read_as_accepted_and_each_is_named_with_its_text() -> None:
    deleted = '<w:del w:author="Ann"><w:r><w:delText>£10</w:delText></w:r></w:del>'
    document = read(p(r("We ask ") + deleted + f'<w:ins w:author="Ann">{r("£12")}</w:ins>'))
    assert texts(document) == ["We ask £12"]
    assert [(finding.code, str(finding.place), finding.message) for finding in document.findings] == [
        (
            "tracked-changes",
            "bid.docx, paragraph 1",
            "Tracked change by Ann: deleted and left out: “£10”. Check that this is what the provider means.",
        ),
        (
            "tracked-changes",
            "bid.docx, paragraph 1",
            "Tracked change by Ann: inserted and kept: “£12”. Check that this is what the provider means.",
        ),
    ]


def test_moved_text_is_read_once_where_it_went() -> None:
    document = read(p(f"<w:moveFrom>{r('x')}</w:moveFrom>") + p(f"<w:moveTo>{r('x')}</w:moveTo>"))
    assert "".join(texts(document)) == "x"
    assert [finding.message.split(":")[1].strip() for finding in document.findings] == [
        "moved away from here and left out",
        "moved to here and kept",
    ]


def test_deleted_rows_and_cells_are_out_inserted_rows_in_and_each_is_named() -> None:
    gone = tr(tc(p(r("gone"))), properties='<w:del w:author="Ann"/>')
    new = tr(tc(p(r("new"))), tc(p(r("cut")), "<w:cellDel/>"), properties="<w:ins/>")
    document = read(tbl(tr(tc(p(r("old")))), gone, new))
    assert texts(document) == ["old", "new"]
    assert [str(row.place) for row in table(document).rows] == ["bid.docx, table 1, row 1", "bid.docx, table 1, row 2"]
    assert [finding.message.split(": ", 1)[1].split(".")[0] for finding in document.findings] == [
        "row deleted and left out: “gone”",
        "row inserted and kept: “newcut”",
        "cell deleted and left out: “cut”",
    ]


def test_a_paragraph_deleted_with_its_mark_is_no_paragraph() -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    gone = p("<w:del><w:r><w:delText>x</w:delText></w:r></w:del>", mark)
    document = read(p(r("a")) + gone + p(r("b"), mark))
    assert texts(document) == ["a", "b"]
    assert ["deleted and left out: “x”" in finding.message for finding in document.findings] == [True]


def test_text_inserted_and_deleted_again_is_said_to_be_deleted_only() -> None:
    document = read(p("<w:ins><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:ins>" + r("a")))
    assert texts(document) == ["a"]
    assert ["deleted and left out: “x”" in finding.message for finding in document.findings] == [True]


@pytest.mark.parametrize(
    "body",
    [
        p(r("secret", "<w:vanish/>")),
        p(r("secret", '<w:rStyle w:val="Ghost"/>')),
        p(r("secret"), '<w:pStyle w:val="Pale"/>'),
    ],
)
def test_hidden_text_is_kept_marked_and_named(body: str) -> None:
    ghost = (
        '<w:style w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="Pale"><w:basedOn w:val="Ghost"/></w:style>'
    )
    document = read(body, styled(ghost))
    assert (only(document).text, only(document).hidden, codes(document)) == ("secret", True, ["hidden-text"])
    assert "“secret”" in document.findings[0].message


def test_a_run_may_undo_what_its_style_says() -> None:
    style = '<w:style w:styleId="S"><w:rPr><w:vanish/><w:strike/><w:b/></w:rPr></w:style>'
    off = '<w:vanish w:val="0"/><w:strike w:val="false"/><w:b w:val="off"/>'
    piece = only(read(p(r("seen", off), '<w:pStyle w:val="S"/>'), styled(style)))
    assert (piece.hidden, piece.struck, piece.bold) == (False, False, False)


@pytest.mark.parametrize("look", ["<w:strike/>", "<w:dstrike/>"])
def test_struck_through_text_is_kept_marked_and_named(look: str) -> None:
    document = read(p(r("£10", look)))
    assert (only(document).struck, codes(document)) == (True, ["struck-through"])


# ── Tables ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_merged_cells_keep_the_columns_right_and_their_own_text() -> None:
    document = read(
        tbl(
            tr(tc(p(r("a")), '<w:gridSpan w:val="2"/>'), tc(p(r("b")), '<w:vMerge w:val="restart"/>')),
            tr(tc(p(r("c"))), tc(p(r("d"))), tc(p(r("typed below")), "<w:vMerge/>")),
            tr(tc(p(r("e"))), properties='<w:gridBefore w:val="2"/>'),
        )
    )
    rows = table(document).rows
    assert [[(cell.text, cell.column, cell.span, cell.continues) for cell in row.cells] for row in rows] == [
        [("a", 0, 2, False), ("b", 2, 1, False)],
        [("c", 0, 1, False), ("d", 1, 1, False), ("typed below", 2, 1, True)],
        [("e", 2, 1, False)],
    ]


def test_a_table_says_its_title_header_rows_style_and_widths() -> None:
    properties = '<w:tblStyle w:val="T"/><w:tblCaption w:val="Budget"/><w:tblDescription w:val="Costs by year"/>'
    grid = '<w:gridCol w:w="100"/><w:gridCol w:w="300"/>'
    body = tbl(tr(tc(p(r("Item"))), properties="<w:tblHeader/>"), tr(tc(p(""))), properties=properties, grid=grid)
    found = table(read(body, styled('<w:style w:styleId="T"><w:name w:val="House Table"/></w:style>')))
    assert (found.title, found.description, found.style) == ("Budget", "Costs by year", "House Table")
    assert [row.header for row in found.rows] == [True, False]
    assert found.widths == (0.25, 0.75)


@pytest.mark.parametrize("width", ["0", "-3", "12pt", ""])
def test_a_grid_that_makes_no_sense_gives_no_widths(width: str) -> None:
    assert table(read(tbl(tr(tc(p(""))), grid=f'<w:gridCol w:w="{width}"/>'))).widths == ()


def test_places_in_tables_are_written_for_people() -> None:
    inner = tbl(tr(tc(p(r("deep")))))
    document = read(p("") + tbl(tr(tc(p(r("one")) + p(r("two")) + inner))))
    assert [str(piece.place) for piece in pieces(document)] == [
        "bid.docx, table 1, row 1, cell 1",
        "bid.docx, table 1, row 1, cell 1, paragraph 2",
        "bid.docx, table 1, row 1, cell 1, table 1, row 1, cell 1",
    ]


def nested(levels: int) -> str:
    body = p(r("innermost"))
    for _ in range(levels):
        body = tbl(tr(tc(body + p(""))))
    return body


def test_tables_in_tables_are_read_to_a_depth_and_beyond_it_keep_their_text() -> None:
    assert read(nested(MAX_DEPTH)).findings == ()
    deeper = read(nested(MAX_DEPTH + 40))
    assert "".join(texts(deeper)) == "innermost"
    assert codes(deeper) == ["nested-too-deep"]


def test_wrappers_may_lie_in_each_other_as_deep_as_xml_allows() -> None:
    body = p(r("kept"))
    for _ in range(120):
        body = sdt(body)
    piece = only(read(body))
    assert (piece.text, len(piece.controls)) == ("kept", 120)


# ── Beside the body ───────────────────────────────────────────────────────────────────────────────────────────────


def beside(kind: str, root: str, inner: str) -> dict[str, bytes]:
    return {
        "word/_rels/document.xml.rels": links((kind, f"{kind}1.xml")),
        f"word/{kind}1.xml": part(root, inner),
    }


def styled(styles: str) -> dict[str, bytes]:
    return beside("styles", "styles", styles)


@pytest.mark.parametrize(
    ("more", "name", "text"),
    [
        (beside("header", "hdr", p(r("Form code"))), "header 1", "Form code"),
        (beside("footer", "ftr", p(r("Page"))), "footer 1", "Page"),
        (
            beside("footnotes", "footnotes", f'<w:footnote w:id="2">{p(r("a note"))}</w:footnote>'),
            "footnote 1",
            "a note",
        ),
        (beside("endnotes", "endnotes", f'<w:endnote w:id="2">{p(r("at end"))}</w:endnote>'), "endnote 1", "at end"),
    ],
)
def test_text_beside_the_body_is_a_story_named_as_its_place(more: dict[str, bytes], name: str, text: str) -> None:
    document = read(p(r("body")), more)
    assert [(story.name, [block_text(block) for block in story.blocks]) for story in document.stories] == [
        (name, [text])
    ]
    assert str(list(pieces(document))[-1].place) == f"bid.docx, {name}, paragraph 1"


def block_text(block: Block) -> str:
    assert isinstance(block, Paragraph)
    return block.text


def test_headers_are_numbered_by_the_numbers_in_their_names_and_blank_ones_left_out() -> None:
    names = ("header10.xml", "header2.xml", "header1.xml")
    more = {f"word/{name}": part("hdr", p(r(name) if name != "header1.xml" else "")) for name in names}
    more["word/_rels/document.xml.rels"] = links(*(("header", name) for name in names))
    stories = read("", more).stories
    assert [(story.name, block_text(story.blocks[0])) for story in stories] == [
        ("header 2", "header2.xml"),
        ("header 3", "header10.xml"),
    ]


def test_the_line_above_footnotes_is_no_note() -> None:
    note = f'<w:footnote w:type="separator">{p(r("-"))}</w:footnote>'
    assert read("", beside("footnotes", "footnotes", note)).stories == ()


def test_comments_are_kept_beside_the_text_and_named() -> None:
    comment = f'<w:comment w:id="0" w:author="Ann">{p(r("check this"))}</w:comment>'
    document = read(p(r("x")), beside("comments", "comments", comment))
    assert [story.name for story in document.stories] == ["comment 1"]
    assert [(finding.code, str(finding.place)) for finding in document.findings] == [
        ("comments", "bid.docx, comment 1")
    ]
    assert "Ann" in document.findings[0].message


BOX = "<w:txbxContent>{}</w:txbxContent>"
DRAWN = f"<w:drawing><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></w:drawing>"
OLD_DRAWN = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"


def alternatives(choice: str, fallback: str) -> str:
    return f"<mc:AlternateContent>{branch('Choice', choice)}{branch('Fallback', fallback)}</mc:AlternateContent>"


def branch(name: str, content: str) -> str:
    return f"<mc:{name}>{content}</mc:{name}>"


@pytest.mark.parametrize(
    "drawn",
    [
        DRAWN,
        OLD_DRAWN,
        alternatives(DRAWN, OLD_DRAWN),
        alternatives("<w:drawing/>", OLD_DRAWN),
    ],
)
def test_a_text_box_is_a_story_read_once(drawn: str) -> None:
    inner = p(sdt(r("boxed"), tag="t"))
    document = read(p(f"<w:r>{drawn.replace('{}', inner)}</w:r>" + r("beside")))
    assert texts(document) == ["beside"]
    assert [(piece.text, tags(piece), piece.place.part) for piece in pieces(document)] == [
        ("beside", [], "body"),
        ("boxed", ["t"], "text box 1"),
    ]


def test_pictures_charts_and_embedded_files_are_named_because_nobody_reads_them() -> None:
    shown = "<w:drawing><a:blip/></w:drawing><w:object><odd:OLEObject/></w:object>"
    document = read(p(f"<w:r>{shown}</w:r>") + '<w:altChunk r:id="r9"/>')
    assert sorted(codes(document)) == ["embedded-object", "inserted-document", "picture"]


# ── The package around it ─────────────────────────────────────────────────────────────────────────────────────────


BASED_ON_HEADING = (
    '<w:style w:styleId="X"><w:name w:val="Ours"/><w:basedOn w:val="H"/></w:style>'
    '<w:style w:styleId="H"><w:name w:val="heading 1"/><w:basedOn w:val="X"/></w:style>'
)


@pytest.mark.parametrize(
    ("style", "heading"),
    [
        ('<w:style w:styleId="X"><w:name w:val="heading 2"/></w:style>', 2),
        ('<w:style w:styleId="X"><w:name w:val="Heading 3"/></w:style>', 3),
        (
            BASED_ON_HEADING,
            1,
        ),
        ('<w:style w:styleId="X"><w:name w:val="O"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>', 4),
        ('<w:style w:styleId="X"><w:name w:val="Normal"/></w:style>', 0),
        ('<w:style w:styleId="X"><w:name w:val="heading 12"/></w:style>', 0),
    ],
)
def test_a_heading_is_known_by_its_styles_name_or_level_also_through_other_styles(style: str, heading: int) -> None:
    (paragraph,) = paragraphs(read(p(r("t"), '<w:pStyle w:val="X"/>'), styled(style)).blocks)
    assert paragraph.heading == heading


def test_a_style_that_is_not_defined_and_a_level_given_directly_still_make_a_heading() -> None:
    document = read(p(r("a"), '<w:pStyle w:val="Heading1"/>') + p(r("b"), '<w:outlineLvl w:val="1"/>') + p(r("c")))
    found = [(paragraph.heading, paragraph.style) for paragraph in paragraphs(document.blocks)]
    assert found == [(1, "Heading1"), (2, ""), (0, "")]


def test_core_and_custom_properties_are_read_by_name() -> None:
    core = b'<c:p xmlns:c="urn:c" xmlns:d="urn:d"><d:title>Our bid</d:title><d:language>en-GB</d:language></c:p>'
    code = '<property name="Form code"><v:lpwstr>da-sa-2021/1</v:lpwstr></property>'
    custom = f'<Properties xmlns:v="urn:v">{code}</Properties>'.encode()
    more = {
        "_rels/.rels": links(
            ("officeDocument", "word/document.xml"),
            ("metadata/core-properties", "docProps/core.xml"),
            ("custom-properties", "docProps/custom.xml"),
        ),
        "docProps/core.xml": core,
        "docProps/custom.xml": custom,
    }
    assert read("", more).properties == {"title": "Our bid", "language": "en-GB", "Form code": "da-sa-2021/1"}


def test_macros_are_named_and_the_text_is_read() -> None:
    document = read_word(word(p(r("x")), {"word/vbaProject.bin": b"\x01"}, MACRO_TYPE), "bid.docm")
    assert texts(document) == ["x"]
    assert [(finding.code, finding.message) for finding in document.findings] == [
        ("macros", "The file carries macros. They were not run; do not enable them when you open it.")
    ]


def test_links_out_of_the_file_are_named_and_addresses_in_the_text_only_noted() -> None:
    rels = links(
        ("hyperlink", "https://example.org/us", "External"),
        ("oleObject", "file:///c:/secret.doc", "External"),
    )
    document = read(p(r("x")), {"word/_rels/document.xml.rels": rels})
    assert [(finding.code, finding.severity.value) for finding in document.findings] == [
        ("external-link", "note"),
        ("external-link", "warning"),
    ]
    assert "https://example.org/us" in document.findings[0].message
    assert "oleObject: file:///c:/secret.doc" in document.findings[1].message


def test_the_strict_standard_is_read_like_the_usual_one() -> None:
    usual = word_parts(p(sdt(r("X", "<w:vanish/>"), tag="t")) + tbl(tr(tc(p(r("c")), '<w:gridSpan w:val="2"/>'))))
    strict = {
        name: content.replace(W.encode(), STRICT_W.encode()).replace(
            OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, content in usual.items()
    }
    assert strict != usual
    assert read_word(zipped(strict), "bid.docx") == read_word(zipped(usual), "bid.docx")


def test_missing_and_damaged_parts_beside_the_body_are_noted_and_the_body_is_read() -> None:
    rels = links(("styles", "none.xml"), ("header", "header1.xml"), ("footer", "../../out.xml"))
    document = read(p(r("x")), {"word/_rels/document.xml.rels": rels, "word/header1.xml": b"<w:hdr>"})
    assert texts(document) == ["x"]
    assert codes(document) == ["part-not-read"]
    broken = read(p(r("x")), {"word/_rels/document.xml.rels": b"<!DOCTYPE x><x/>"})
    assert (texts(broken), codes(broken)) == (["x"], ["part-not-read"])


def test_a_workbook_is_not_read_as_a_word_file() -> None:
    parts = word_parts("", {"word/document.xml": b"<workbook/>"}, WORKBOOK_TYPE)
    with pytest.raises(DocumentError, match="This is an Excel workbook, not a Word document"):
        read_word(zipped(parts), "bid.docx")


def test_a_body_that_is_no_xml_is_a_plain_sentence() -> None:
    with pytest.raises(DocumentError, match=r"its part word/document\.xml cannot be understood"):
        read("", {"word/document.xml": b"<w:document>"})


def test_a_document_without_a_body_is_an_empty_document() -> None:
    assert read("", {"word/document.xml": part("document", "")}).blocks == ()


def test_reading_leaves_the_bytes_as_they_were_and_is_the_same_twice() -> None:
    content = word(p(sdt(r("x"), tag="t")) + tbl(tr(tc(p(r("y"))))))
    before = bytes(content)
    assert read_word(content, "a.docx") == read_word(content, "a.docx")
    assert content == before


# ── Real files ────────────────────────────────────────────────────────────────────────────────────────────────────


def real(name: str) -> Document:
    return read_word((CORPUS / "word" / name).read_bytes(), name)


def expected(name: str) -> list[object]:
    return [row["value"] for row in json.loads((CORPUS / "word" / name).read_text(encoding="utf-8"))]


def ticks(document: Document) -> list[bool | None]:
    return [piece.control.checked for piece in pieces(document) if piece.control and piece.control.checked is not None]


@with_corpus
def test_real_tick_boxes_are_all_read() -> None:
    assert ticks(real("docling_checkboxes.docx")) == expected("docling_checkboxes.expected.json")


@with_corpus
def test_real_legacy_tick_boxes_are_all_read_a_bare_default_too() -> None:
    flat = [
        tick
        for value in expected("poi_checkboxes.expected.json")
        for tick in (value if isinstance(value, list) else [value])
    ]
    assert Counter(ticks(real("poi_checkboxes.docx"))) == Counter(flat)


@with_corpus
def test_a_real_invoice_of_repeating_sections_is_read() -> None:
    document = real("docx4j_invoice2013.docx")
    found = [piece.text.strip() for piece in pieces(document) if piece.control]
    words = [value for value in expected("docx4j_invoice2013.expected.json") if isinstance(value, str)]
    assert set(words) <= set(found)
    assert ticks(document) == [True]
    dates = {piece.control.date for piece in pieces(document) if piece.control}
    assert dates == {"", "2015-01-29"}


@with_corpus
def test_real_nested_controls_keep_their_tags_outermost_first() -> None:
    found = {piece.text: tags(piece) for piece in pieces(real("oxpt_ContentControlsNested.docx"))}
    assert found["100"] == ["MyTable", "Row1", "Data11"]
    assert found["600"] == ["MyTable", "Row2", "Data23"]


@with_corpus
def test_a_real_document_full_of_tracked_changes_names_every_text_deleted() -> None:
    document = real("oxpt_RA001-Tracked-Revisions-01.docx")
    content = open_package((CORPUS / "word" / document.file).read_bytes(), document.file).part("word/document.xml")
    named = "".join(finding.message for finding in document.findings if "deleted and left out" in finding.message)
    texts_deleted = [str(text) for text in parse_xml(content, document.file, "body").itertext(f"{{{W}}}delText")]
    assert {finding.code for finding in document.findings} == {"tracked-changes"}
    assert len(texts_deleted) == 39
    assert not Counter("".join(texts_deleted)) - Counter(named)


@with_corpus
def test_a_real_link_out_of_a_hostile_file_is_named() -> None:
    name = "oletools_sample_with_external_link_to_doc.docx"
    document = read_word((CORPUS / "hostile" / name).read_bytes(), name)
    assert "external-link" in codes(document)
    assert any("harmless-clean.doc" in finding.message for finding in document.findings)


@with_corpus
@pytest.mark.parametrize("name", sorted(file.name for file in CORPUS.glob("word/*.docx")))
def test_no_text_of_a_real_file_is_lost_by_the_word_of_the_second_reader(name: str) -> None:
    content = (CORPUS / "word" / name).read_bytes()
    said = Counter("".join(piece.text for piece in pieces(read_word(content, name))))
    flat = Counter("".join(flat_text(content)))
    assert sum(flat.values()) > 10
    assert not flat - said
