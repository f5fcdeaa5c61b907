"""The joint grid and the review go out as workbooks and come back: half filled, impossible, old, or somebody else's."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from office import MONDAY, ROUND, Office, busy_office, new_office, words_of

SOFFICE = shutil.which("soffice")
JUDGED = {
    "Judgement: Need the service would meet": "High need in Stevenage",
    "Judgement: Fit with the victims strategy": "Fits",
    "Judgement: The bid's own evidence": "Its own case records",
    "Judgement: Whether it can be done": "It can",
    "Judgement: What was found while reading and checking": "Nothing",
    "Recommendation": "include",
    "Priority": 1,
    "Reason": "Meets a need nobody else meets",
}
NOT = {**JUDGED, "Recommendation": "not include", "Priority": None, "Reason": "The money is better spent elsewhere"}
TOGETHER = (
    ("Robin Ashdale", "Office of the Police and Crime Commissioner for Hertfordshire"),
    ("Priya Lockwell", "Hertfordshire County Council"),
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = busy_office(tmp_path)
    made.run("assess", ROUND, "grid", now=MONDAY)
    return made


def type_in(file: Path, lines: dict[str, dict[str, Any]], to: Path, *, people: bool = False) -> Path:
    """The workbook with these cells typed in: by what stands in the first column of the row, by the column's title."""
    book = openpyxl.load_workbook(file)
    for sheet in book.worksheets:
        heads: dict[str, int] = {}
        for row in sheet.iter_rows():
            texts = [str(cell.value or "") for cell in row]
            if {"Recommendation", "It should read"} & set(texts):
                heads = {text: at for at, text in enumerate(texts) if text}
            for title, value in lines.get(texts[0], {}).items() if heads else ():
                row[heads[title]].value = value
        if people:
            name_them(sheet)
    book.save(to)
    return to


def name_them(sheet: Any) -> None:
    """Who was present, and that they have no interest to declare."""
    for row in sheet.iter_rows():
        texts = [str(cell.value or "") for cell in row]
        if "Name" in texts and "Body" in texts:
            name, body = texts.index("Name"), texts.index("Body")
            for number, (person, of) in enumerate(TOGETHER, start=1):
                sheet.cell(row[0].row + number, name + 1).value = person
                sheet.cell(row[0].row + number, body + 1).value = of
                for at, text in enumerate(texts):
                    if text.startswith("Interest"):
                        sheet.cell(row[0].row + number, at + 1).value = "none"


def grid(office: Office, version: int = 1) -> Path:
    return office.issued(f"joint-grid-v{version}.xlsx")


def judged(office: Office) -> dict[str, str]:
    found = office.dossiers(MONDAY)
    return {number: each["judgement"]["recommendation"] for number, each in found.items() if each["judgement"]}


def take_back(office: Office, file: Path, *, code: int | None = 0, options: tuple[str, ...] = ()) -> str:
    return office.run("assess", ROUND, "return", file, *options, now=MONDAY, code=code).said


def test_a_filled_grid_is_recorded_once(office: Office, tmp_path: Path) -> None:
    file = type_in(grid(office), {"B01": JUDGED, "B03": NOT}, tmp_path / "back.xlsx", people=True)
    said = take_back(office, file)
    assert "2 lines complete: B01, B03." in said
    assert "Not filled in: B02, B04, B05." in said
    assert "Robin Ashdale (opcc); Priya Lockwell (hcc)" in said
    assert judged(office) == {"B01": "include", "B03": "not include"}
    alder = office.dossiers(MONDAY)["B01"]
    assert alder["judgement"]["present"] == ["Robin Ashdale (opcc)", "Priya Lockwell (hcc)"]
    assert [each["person"] for each in alder["interests"]] == ["Robin Ashdale", "Priya Lockwell"]
    before = office.acts()
    take_back(office, file)
    assert office.acts() == before


def test_a_dry_run_of_a_return_records_nothing(office: Office, tmp_path: Path) -> None:
    file = type_in(grid(office), {"B01": JUDGED}, tmp_path / "back.xlsx", people=True)
    before = office.tree()
    assert "Nothing was recorded." in take_back(office, file, options=("--dry-run",))
    assert office.tree() == before


def test_a_second_return_records_what_changed(office: Office, tmp_path: Path) -> None:
    take_back(office, type_in(grid(office), {"B01": JUDGED, "B03": NOT}, tmp_path / "one.xlsx", people=True))
    changed = {**NOT, "Recommendation": "include", "Priority": 2}
    take_back(office, type_in(grid(office), {"B01": JUDGED, "B03": changed}, tmp_path / "two.xlsx", people=True))
    assert judged(office) == {"B01": "include", "B03": "include"}
    assert [act["subject"] for act in office.acts("judged")] == ["B01", "B03", "B03"]


def test_a_half_filled_line_is_said_and_not_recorded(office: Office, tmp_path: Path) -> None:
    half = {"Recommendation": "include", "Reason": "Meets a need"}
    said = take_back(office, type_in(grid(office), {"B01": half, "B03": NOT}, tmp_path / "back.xlsx", people=True))
    assert "B01 still lacks" in said
    assert "a priority" in said
    assert judged(office) == {"B03": "not include"}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"Priority": "first"}, "“first” is not an order of priority"),
        ({"Priority": 0}, "“0” is not an order of priority"),
        ({"Priority": 1.5}, "“1.5” is not an order of priority"),
        ({"Recommendation": "perhaps"}, "“perhaps” is not a recommendation"),
        ({"Reason": None}, "has no reason"),
    ],
    ids=lambda each: str(each)[:30],
)
def test_an_impossible_entry_is_said_and_not_recorded(
    office: Office, tmp_path: Path, wrong: dict[str, Any], sentence: str
) -> None:
    lines = {"B01": {**JUDGED, **wrong}, "B03": NOT}
    said = take_back(office, type_in(grid(office), lines, tmp_path / "back.xlsx", people=True), code=3)
    assert sentence in said
    assert judged(office) == {"B03": "not include"}


def test_a_priority_given_twice_is_said(office: Office, tmp_path: Path) -> None:
    lines = {"B01": JUDGED, "B03": JUDGED}
    said = take_back(office, type_in(grid(office), lines, tmp_path / "back.xlsx", people=True), code=3)
    assert "Priority 1 is given to B01 and B03. Say which comes first." in said


def test_an_older_version_is_read_as_what_it_was(office: Office, tmp_path: Path) -> None:
    old = type_in(grid(office), {"B01": JUDGED}, tmp_path / "old.xlsx", people=True)
    office.run("correct", ROUND, "B01", "--question", "service_name", "--text", "Renamed", "--reason", "x", now=MONDAY)
    office.run("assess", ROUND, "grid", now=MONDAY)
    assert grid(office, 2).exists()
    said = take_back(office, old)
    assert "1 line complete: B01." in said
    assert "old.xlsx is joint-grid v1, and v2 was issued since." in said
    assert judged(office) == {"B01": "include"}


def test_an_office_cell_that_came_back_changed_is_said(office: Office, tmp_path: Path) -> None:
    lines = {"B01": {**JUDGED, "Asked for": "£1.00 (least £1.00)"}}
    said = take_back(office, type_in(grid(office), lines, tmp_path / "back.xlsx", people=True), code=None)
    assert "was filled in by the office and has been changed" in said
    assert "£24,000.00" in words_of(grid(office))


def test_a_workbook_of_somebody_else_is_refused(office: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Rota for March"
    book.save(tmp_path / "rota.xlsx")
    assert "it is not a joint-grid of this round (it carries no code; issued: v1)" in take_back(
        office, tmp_path / "rota.xlsx", code=12
    )


def test_a_version_never_issued_is_refused(office: Office, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(grid(office))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace("joint-grid/1", "joint-grid/9")
        for part in (sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right):
            part.text = (part.text or "").replace("joint-grid/1", "joint-grid/9") or None
    for name in [each.name for each in book.custom_doc_props.props]:
        del book.custom_doc_props[name]
    book.save(tmp_path / "v9.xlsx")
    assert "joint-grid/9" in take_back(office, tmp_path / "v9.xlsx", code=12)


def test_a_word_file_or_a_damaged_one_is_refused_in_a_sentence(office: Office, tmp_path: Path) -> None:
    (tmp_path / "cut.xlsx").write_bytes(grid(office).read_bytes()[:3000])
    assert "cut.xlsx" in take_back(office, tmp_path / "cut.xlsx", code=12)
    assert "it is not a joint-grid" in take_back(office, office.issued("da-sa-2021-form-v1.docx"), code=12)


def test_before_a_grid_went_out_none_can_come_back(office: Office, tmp_path: Path) -> None:
    other = new_office(tmp_path / "new")
    other.run("form", ROUND)
    assert "No joint-grid of this round has been issued" in take_back(other, grid(office), code=13)


def test_what_the_meeting_said_becomes_decisions_only_by_a_named_person(office: Office, tmp_path: Path) -> None:
    take_back(office, type_in(grid(office), {"B01": JUDGED, "B03": NOT}, tmp_path / "back.xlsx", people=True))
    assert office.dossiers(MONDAY)["B01"]["decision"] is None
    assert "2 decisions recorded." in office.run("decide", ROUND, "from-grid", by="A. Lead", now=MONDAY).said
    decided = office.dossiers(MONDAY)["B01"]["decision"]
    assert (decided["by"], decided["priority"], decided["reason"]) == ("A. Lead", 1, JUDGED["Reason"])
    assert "0 decisions recorded." in office.run("decide", ROUND, "from-grid", now=MONDAY).said


@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice (soffice)")
def test_a_grid_saved_by_libreoffice_is_read_as_it_was_filled_in(office: Office, tmp_path: Path) -> None:
    file = type_in(grid(office), {"B01": JUDGED, "B03": NOT}, tmp_path / "back.xlsx", people=True)
    out = tmp_path / "saved"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, file]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    assert "2 lines complete: B01, B03." in take_back(office, out / "back.xlsx")
    assert judged(office) == {"B01": "include", "B03": "not include"}


# The review of answers


def review(office: Office) -> Path:
    office.run("correct", ROUND, "--out", now=MONDAY)
    return office.issued("review-v1.xlsx")


def rows(file: Path) -> dict[str, list[str]]:
    """The rows of the review by their number."""
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    found = (
        [str(cell or "") for cell in row] for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)
    )
    return {row[0]: row for row in found if row and row[0].isdigit()}


def bring_back(office: Office, file: Path, *options: str, code: int | None = 0) -> str:
    return office.run("correct", ROUND, "--returned", file, *options, now=MONDAY, code=code).said


def test_a_returned_review_corrects_what_it_says_once(office: Office, tmp_path: Path) -> None:
    file = review(office)
    number = next(at for at, row in rows(file).items() if "twelve thousand" in " ".join(row))
    filled = type_in(
        file, {number: {"It should read": "25000", "Why": "said on the telephone"}}, tmp_path / "back.xlsx"
    )
    before = office.tree()
    assert "1 correction would be recorded." in bring_back(office, filled, "--dry-run")
    assert office.tree() == before
    assert "1 correction recorded." in bring_back(office, filled)
    answers = {each["question"]: each for each in office.dossiers(MONDAY)["B03"]["bid"]["answers"]}
    assert (answers["total_requested"]["raw"], answers["total_requested"]["original"]) == ("25000", "twelve thousand")
    bring_back(office, filled)
    assert len(office.acts("corrected")) == 1
    again = type_in(file, {number: {"It should read": "24000", "Why": "said on the telephone"}}, tmp_path / "two.xlsx")
    bring_back(office, again)
    assert len(office.acts("corrected")) == 2


def test_a_review_line_without_a_reason_is_said_and_not_recorded(office: Office, tmp_path: Path) -> None:
    file = review(office)
    filled = type_in(file, {"1": {"It should read": "Words"}}, tmp_path / "back.xlsx")
    assert "but not why. Add the reason." in bring_back(office, filled, code=3)
    assert office.acts("corrected") == []


def test_a_grid_is_no_review(office: Office) -> None:
    review(office)
    assert "it is not a review of this round" in bring_back(office, grid(office), code=12)
