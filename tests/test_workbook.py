from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from commissioning.documents.package import open_package, write_package
from commissioning.documents.tree import Cell, ControlKind, Document, Row, Table
from commissioning.documents.word.write import write_word
from commissioning.documents.workbook import read
from commissioning.documents.workbook.read import read_workbook
from commissioning.documents.workbook.write import write_workbook
from commissioning.errors import DocumentError
from commissioning.values.text import clean
from trees import HERE, HOSTILE, HOUSE, asked, document, line, table

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from commissioning.documents.tree import Block


def sheet_of(*blocks: Block) -> Worksheet:
    return load_workbook(io.BytesIO(write_workbook(document(line("Grid", heading=1), *blocks)))).worksheets[0]


def saved(workbook: Workbook) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def filled(**cells: object) -> Workbook:
    workbook = Workbook()
    for name, value in cells.items():
        workbook.active[name] = value
    return workbook


def tables(back: Document) -> list[Table]:
    return [block for block in back.blocks if isinstance(block, Table)]


def texts(back: Document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for made in tables(back) for row in made.rows]


def codes(back: Document) -> list[str]:
    return [finding.code for finding in back.findings]


# Writing


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_a_formula_and_comes_back_letter_for_letter(text: str) -> None:
    written = write_workbook(document(line(text), table((text,))))
    cells = load_workbook(io.BytesIO(written)).worksheets[0]["A"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert texts(read_workbook(written, "grid.xlsx")) == [[text], [text]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\tx"])
def test_text_that_looks_like_a_formula_is_marked_as_text(text: str) -> None:
    assert sheet_of(table((text,)))["A2"].quotePrefix


@pytest.mark.parametrize(
    ("style", "text", "value", "look"),
    [
        ("Number", "1200", 1200, "#,##0"),
        ("Number", "0.5", 0.5, "#,##0.0#########"),
        ("Number", "-3", -3, "#,##0"),
        ("Money", "12345.67", 12345.67, '"£"#,##0.00'),
        ("Money", "0", 0, '"£"#,##0.00'),
        ("Money", "£12k", "£12k", "General"),
        ("Money", "12,000.00", "12,000.00", "General"),
        ("Number", "1E3", "1E3", "General"),
        ("Number", "1234567890123456", "1234567890123456", "General"),
        ("Number", "", None, "General"),
        ("", "1200", "1200", "General"),
    ],
)
def test_only_plain_numbers_in_a_number_style_become_numbers(style: str, text: str, value: object, look: str) -> None:
    cell = sheet_of(table((line(text, style),)))["A2"]
    assert (cell.value, cell.number_format) == (value, look)


def test_each_main_heading_starts_a_sheet_and_the_rest_goes_before() -> None:
    made = document(
        line("Cover"),
        line("One", heading=1),
        line("Deeper", heading=2),
        line("Two", heading=1),
        properties={"title": "The pack"},
    )
    assert load_workbook(io.BytesIO(write_workbook(made))).sheetnames == ["The pack", "One", "Two"]


def test_sheet_names_are_what_excel_takes() -> None:
    titles = ["a/b: [c]*?", "x" * 40, "X" * 40, "'quoted'", "History", "", "Choices"]
    made = document(*(line(title, heading=1) for title in titles))
    assert load_workbook(io.BytesIO(write_workbook(made))).sheetnames == [
        "a b c",
        "x" * 31,
        "X" * 27 + " (2)",
        "quoted",
        "History (2)",
        "Sheet",
        "Choices (2)",
    ]


def test_a_document_without_blocks_is_a_workbook_with_one_sheet() -> None:
    assert load_workbook(io.BytesIO(write_workbook(document()))).sheetnames == ["Sheet"]


def test_the_header_is_kept_in_view_and_printed_on_each_page() -> None:
    sheet = sheet_of(line("Please read."), table(("District", "People"), ("Watford", "1"), header=True))
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet["A3"].font.bold
    assert sheet["A4"].alignment.wrap_text


def test_with_two_tables_no_header_is_repeated_for_both() -> None:
    sheet = sheet_of(table(("a",), header=True), table(("b",), header=True))
    assert (sheet.freeze_panes, sheet.print_title_rows) == (None, None)


def test_cells_to_fill_in_are_open_and_shaded_and_the_others_protected() -> None:
    sheet = sheet_of(table(("Need", asked(ControlKind.TEXT, "Type here", placeholder=True))))
    assert sheet.protection.sheet
    assert (sheet["A2"].protection.locked, sheet["B2"].protection.locked) == (True, False)
    assert sheet["B2"].fill.fgColor.rgb == "FFFFF9E0"
    assert sheet["B2"].value is None
    assert not sheet_of(table(("Need", "met"))).protection.sheet


@pytest.mark.parametrize(
    ("options", "formula"),
    [
        (("Include", "Not"), '"Include,Not"'),
        (("Yes, but", "No"), "'Choices'!$A$1:$A$2"),
        (("x" * 200, "y" * 200), "'Choices'!$A$1:$A$2"),
    ],
)
def test_a_choice_becomes_a_list_even_when_excel_cannot_hold_it_in_the_rule(
    options: tuple[str, ...], formula: str
) -> None:
    choice = asked(ControlKind.CHOICE, "", options=tuple((option, option) for option in options))
    written = write_workbook(document(line("Grid", heading=1), table((choice,), (choice,))))
    workbook = load_workbook(io.BytesIO(written))
    rules = workbook["Grid"].data_validations.dataValidation
    assert {rule.formula1 for rule in rules} == {formula}
    assert [str(rule.sqref) for rule in rules] == ["A2", "A3"]
    if "Choices" in workbook.sheetnames:
        assert [cell.value for cell in workbook["Choices"]["A"]] == list(options)


def test_a_tick_box_is_a_choice_of_two_boxes() -> None:
    sheet = sheet_of(table((asked(ControlKind.TICK, checked=True), asked(ControlKind.TICK, checked=False))))
    assert [cell.value for cell in sheet[2]] == ["☒", "☐"]
    assert sheet.data_validations.dataValidation[0].formula1 == '"☒,☐"'


def test_a_text_too_long_for_a_cell_says_that_it_goes_on() -> None:
    text = "word " * 200_000
    value = sheet_of(table((text,)))["A2"].value
    assert len(value) == 32_767
    assert value.endswith("The text goes on: a cell holds 32,767 characters, and this one has 1,000,000.")


def test_two_cells_of_a_table_are_merged_when_one_covers_both() -> None:
    rows = (Row((Cell((line("both"),), HERE, span=2), Cell((line("c"),), HERE, column=2)), HERE),)
    written = write_workbook(document(Table(rows, HERE)))
    assert [str(area) for area in load_workbook(io.BytesIO(written)).worksheets[0].merged_cells.ranges] == ["A1:B1"]
    (back,) = tables(read_workbook(written, "grid.xlsx"))
    assert [(cell.column, cell.span, cell.text) for cell in back.rows[0].cells] == [(0, 2, "both"), (2, 1, "c")]


def test_a_row_grows_when_more_is_typed_because_its_height_is_not_fixed() -> None:
    written = write_workbook(document(table(("a\nb",))))
    assert b"customHeight" not in open_package(written, "grid.xlsx").part("xl/worksheets/sheet1.xml")


def test_properties_come_back_and_nobodys_name_is_in_them() -> None:
    written = write_workbook(
        document(line("x"), properties={"title": "Grid", "commissioning-form": "a/1", "author": "Jo"})
    )
    assert dict(read_workbook(written, "grid.xlsx").properties) == {
        "title": "Grid",
        "language": "en-GB",
        "commissioning-form": "a/1",
    }
    package = open_package(written, "grid.xlsx")
    assert "openpyxl" not in "".join(package.part(name).decode() for name in package.names)


# Reading


def test_what_a_person_typed_comes_back_as_typed() -> None:
    workbook = filled(
        A1=1200,
        B1=0.5,
        C1=0.1 + 0.2,
        D1=date(2021, 2, 26),
        E1=datetime(2021, 2, 26, 16, 0),  # noqa: DTZ001 - a cell knows no zone
        F1=True,
        G1="text",
        H1=1e21,
        I1=-0.25,
        J1=time(16, 30),
        K1=Decimal("12345.67"),
    )
    workbook.active["I1"].number_format = "0%"
    (row,) = texts(read_workbook(saved(workbook), "grid.xlsx"))
    assert row == [
        "1200",
        "0.5",
        "0.3",
        "2021-02-26",
        "2021-02-26 16:00",
        "TRUE",
        "text",
        "1000000000000000000000",
        "-25%",
        "16:30",
        "12345.67",
    ]


def test_days_are_read_by_the_calendar_of_the_workbook() -> None:
    workbook = filled(A1=100)
    workbook.active["A1"].number_format = "dd/mm/yyyy"
    package = open_package(saved(workbook), "grid.xlsx")
    parts = {name: package.part(name) for name in package.names}
    assert texts(read_workbook(write_package(parts), "grid.xlsx")) == [["1900-04-09"]]
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<workbookPr", b'<workbookPr date1904="1"', 1)
    assert texts(read_workbook(write_package(parts), "grid.xlsx")) == [["1904-04-10"]]


def test_places_name_sheet_and_cell_and_empty_rows_are_left_out() -> None:
    workbook = filled(B2="a", C7="b")
    workbook.active.title = "Grid"
    (made,) = tables(read_workbook(saved(workbook), "grid.xlsx"))
    assert [[cell.place.path for cell in row.cells] for row in made.rows] == [
        ["sheet Grid, cell B2", "sheet Grid, cell C2"],
        ["sheet Grid, cell B7", "sheet Grid, cell C7"],
    ]
    assert [row.place.path for row in made.rows] == ["sheet Grid, row 2", "sheet Grid, row 7"]


def test_a_formula_nobody_worked_out_is_a_finding_and_no_answer() -> None:
    back = read_workbook(saved(filled(A1="=1+1", B1="x")), "grid.xlsx")
    assert texts(back) == [["x"]]
    (finding,) = back.findings
    assert (finding.code, finding.place.path) == ("formula-answer", "sheet Sheet, cell A1")


def test_a_formula_that_was_worked_out_is_its_answer() -> None:
    package = open_package(saved(filled(A1="=1+1")), "grid.xlsx")
    parts = {name: package.part(name) for name in package.names}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = (
        sheet.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>")
    )
    back = read_workbook(write_package(parts), "grid.xlsx")
    assert (texts(back), back.findings) == ([["2"]], ())


def test_an_error_in_a_cell_is_a_finding() -> None:
    back = read_workbook(saved(filled(A1="#DIV/0!")), "grid.xlsx")
    assert (texts(back), codes(back)) == ([["#DIV/0!"]], ["cell-error"])


def test_hidden_sheets_rows_and_columns_are_read_and_noticed() -> None:
    workbook = filled(A1="seen", A2="hidden row", B1="hidden column")
    workbook.active.row_dimensions[2].hidden = True
    workbook.active.column_dimensions["B"].hidden = True
    workbook.create_sheet("Secret")["A1"] = "hidden sheet"
    workbook["Secret"].sheet_state = "hidden"
    back = read_workbook(saved(workbook), "grid.xlsx")
    assert texts(back) == [["seen", "hidden column"], ["hidden row", ""], ["hidden sheet"]]
    assert sorted(codes(back)) == ["hidden-column", "hidden-row", "hidden-sheet"]


def test_merged_cells_cover_their_columns_and_go_on_below() -> None:
    workbook = filled(A1="both", C1="c", C2="d")
    workbook.active.merge_cells("A1:B2")
    (made,) = tables(read_workbook(saved(workbook), "grid.xlsx"))
    assert [[(cell.column, cell.span, cell.continues) for cell in row.cells] for row in made.rows] == [
        [(0, 2, False), (2, 1, False)],
        [(0, 2, True), (2, 1, False)],
    ]


def test_comments_are_kept_because_people_answer_there() -> None:
    workbook = filled(A1="3")
    workbook.active["A1"].comment = Comment("The county council disagrees.", "A. Member")
    (story,) = read_workbook(saved(workbook), "grid.xlsx").stories
    assert story.name == "comments on sheet Sheet"
    assert [(line_.text, line_.place.path) for line_ in story.blocks] == [("The county council disagrees.", "cell A1")]


def test_a_far_cell_costs_no_more_than_the_cells_in_use() -> None:
    back = read_workbook(saved(filled(A1="a", A1048576="z")), "grid.xlsx")
    assert texts(back) == [["a"], ["z"]]


def test_a_sheet_wider_than_any_return_is_refused() -> None:
    with pytest.raises(DocumentError, match="wider or longer than 500 columns"):
        read_workbook(saved(filled(A1="a", XFD1="z")), "grid.xlsx")


def test_a_sheet_longer_than_any_return_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MAX_ROWS", 2)
    with pytest.raises(DocumentError, match="more than 2 rows"):
        read_workbook(saved(filled(A1="a", A2="b", A3="c")), "grid.xlsx")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (saved(filled(A1="x"))[:300], "damaged"),
        (b"%PDF-1.7\n", "not an Excel workbook but this: PDF"),
        (b"Dear all,\n", "not an Excel workbook but this: plain text"),
        (write_word(document(line("x")), HOUSE), "not an Excel workbook but this: Word document"),
    ],
)
def test_what_is_no_workbook_ends_in_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(DocumentError, match=sentence):
        read_workbook(content, "grid.xlsx")


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", b'r="A1"', b'r="A0!"'),
        ("xl/worksheets/sheet1.xml", b't="inlineStr"><is><t>x</t></is>', b't="s"><v>999</v>'),
        ("xl/worksheets/sheet1.xml", b't="inlineStr"><is><t>x</t></is>', b't="n"><v>nan</v>'),
        ("xl/worksheets/sheet1.xml", b"</worksheet>", b""),
        ("xl/workbook.xml", b"rId1", b"rId77"),
    ],
)
def test_a_workbook_whose_parts_do_not_fit_ends_in_a_sentence(part: str, old: bytes, new: bytes) -> None:
    package = open_package(saved(filled(A1="x")), "grid.xlsx")
    parts = {name: package.part(name) for name in package.names}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with pytest.raises(DocumentError, match="damaged"):
        read_workbook(write_package(parts), "grid.xlsx")


# Round trip


TEXTS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=30).map(clean)


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2).filter(any), min_size=1, max_size=4))
def test_a_table_written_is_read_again(rows: list[list[str]]) -> None:
    back = read_workbook(write_workbook(document(line("Grid", heading=1), table(*map(tuple, rows)))), "grid.xlsx")
    told = texts(back)[1:]
    assert [row + [""] * (2 - len(row)) for row in told] == rows


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_gives_the_same_back(tmp_path: Path) -> None:
    choice = asked(ControlKind.CHOICE, "Include", options=(("Include", "i"), ("Not", "n")))
    made = table(("District", "Money", "Decision"), ("Watford", line("12345.67", "Money"), choice), ("=1+1", "x", "y"))
    (tmp_path / "grid.xlsx").write_bytes(write_workbook(document(line("Grid", heading=1), made)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", "out", "grid.xlsx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    before = read_workbook((tmp_path / "grid.xlsx").read_bytes(), "grid.xlsx")
    after = read_workbook((tmp_path / "out" / "grid.xlsx").read_bytes(), "grid.xlsx")
    assert texts(after) == texts(before)
    assert texts(after)[2] == ["Watford", "12345.67", "Include"]
    assert after.findings == ()


def test_a_sheet_of_many_columns_is_wider_than_a_page_so_that_long_words_stand_on_one_line() -> None:
    columns = tuple(f"Column {number}" for number in range(15))
    sheet = sheet_of(table(columns, header=True, widths=(1.0,) * 15))
    assert {round(each.width) for each in sheet.column_dimensions.values()} == {13}
