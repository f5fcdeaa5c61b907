"""The joint grid sent out as a workbook, filled in, read back: judged, half filled, impossible."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from invented import a_round, several

from commissioning.documents.workbook.write import write_workbook
from commissioning.findings import Severity
from commissioning.forms.ask import ask_sheets
from commissioning.forms.read import read
from commissioning.steps.panel import GRID, grid_form, read_grid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from commissioning.findings import Result
    from commissioning.steps.panel import GridReturn

GOOD = {
    "Judgement: Need": "Strong",
    "Judgement: Fit with the strategy": "Good",
    "Judgement: Deliverability": "Ready",
    "Recommendation": "include",
    "Priority": 1,
    "Reason": "The largest gap.",
}


def returned(
    lines: Mapping[str, Mapping[str, object]], *, present: bool = True, extra: Mapping[str, object] | None = None
) -> Result[GridReturn]:
    """What reading says of a grid with `lines` typed into it, by bid and column title."""
    dossiers = several()
    form, prefilled = grid_form(a_round(), dossiers, 1)
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(ask_sheets(form, prefilled))))
    grid = book["Grid"]
    top, titles = header_of(grid, "Item")
    for row in range(top + 1, top + 1 + len(form.find(GRID).question.rows)):
        for title, value in lines.get(str(grid.cell(row, titles["Item"]).value), {}).items():
            grid.cell(row, titles[title]).value = value
    for title, value in (extra or {}).items():
        grid.cell(top + 1 + len(form.find(GRID).question.rows), titles[title]).value = value
    if present:
        people(book["Who was present"], {"Name": "Robin Ashdown", "Body": "Anyshire County Council"})
        people(book["Interests"], {"Name": "Robin Ashdown", "Interest, or “none”": "none"})
    saved = io.BytesIO()
    book.save(saved)
    return read_grid(read(saved.getvalue(), "grid.xlsx", form, prefilled), dossiers)


def header_of(sheet: Worksheet, first: str) -> tuple[int, dict[str, int]]:
    top = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == first)
    return top, {str(cell.value): cell.column for cell in sheet[top]}


def people(sheet: Worksheet, values: Mapping[str, str]) -> None:
    top, titles = header_of(sheet, "Name")
    for title, value in values.items():
        sheet.cell(top + 1, titles[title]).value = value


def codes(result: Result[GridReturn]) -> dict[str, str]:
    return {finding.code: finding.message for finding in result.findings}


def test_a_full_line_is_read_as_it_was_written() -> None:
    result = returned({"DA-01": GOOD})
    (line,) = result.value.lines
    assert line.complete
    assert (line.recommendation, line.priority, line.reason) == ("include", 1, "The largest gap.")
    assert line.judgements == {"need": "Strong", "strategy": "Good", "delivery": "Ready"}
    assert not [finding for finding in result.findings if finding.severity is Severity.ERROR]
    assert "DA-02" in result.value.blank
    assert "DA-05" not in result.value.blank


def test_who_was_present_and_their_interests_come_back_with_their_body() -> None:
    value = returned({"DA-01": GOOD}).value
    assert [(each.person, each.body) for each in value.present] == [("Robin Ashdown", "council")]
    assert ("Robin Ashdown", "") in [(each.person, each.interest) for each in value.interests]


def test_a_half_filled_line_is_legal_and_says_what_it_lacks() -> None:
    result = returned({"DA-01": {"Judgement: Need": "Strong"}})
    (line,) = result.value.lines
    assert not line.complete
    assert line.recommendation is None
    assert codes(result)["grid-half-filled"] == (
        "DA-01 still lacks a judgement under “strategy”, a judgement under “delivery”, a recommendation."
    )


def test_a_bid_not_included_needs_no_priority_to_be_complete() -> None:
    (line,) = returned({"DA-01": {**GOOD, "Recommendation": "not include", "Priority": None}}).value.lines
    assert line.complete


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"Recommendation": "perhaps"}, "grid-recommendation-unknown"),
        ({"Priority": 0}, "grid-priority-impossible"),
        ({"Priority": 1.5}, "grid-priority-impossible"),
        ({"Priority": "first"}, "grid-priority-impossible"),
        ({"Recommendation": "not include"}, "grid-priority-not-wanted"),
        ({"Reason": None}, "grid-reason-missing"),
    ],
)
def test_an_impossible_entry_is_an_error_with_its_place(change: dict[str, object], code: str) -> None:
    result = returned({"DA-01": {**GOOD, **change}})
    (finding,) = [each for each in result.findings if each.code == code]
    assert finding.severity is Severity.ERROR
    assert finding.message.startswith("DA-01")
    if code != "grid-reason-missing":
        assert finding.place is not None
        assert "Grid" in str(finding.place)


def test_one_priority_given_twice_names_both_bids() -> None:
    result = returned({"DA-01": GOOD, "AD-01": GOOD})
    assert codes(result)["grid-priority-twice"] == "Priority 1 is given to DA-01 and AD-01. Say which comes first."


def test_an_excluded_bid_cannot_be_included() -> None:
    assert "grid-excluded-included" in codes(returned({"DA-03": GOOD}))


def test_a_referred_bid_may_be_included_provisionally_only() -> None:
    assert "grid-referred-included" in codes(returned({"DA-02": GOOD}))
    provisional = {**GOOD, "Recommendation": "include provisionally"}
    assert "grid-referred-included" not in codes(returned({"DA-02": provisional}))


def test_a_changed_office_cell_is_noticed() -> None:
    assert "changed-read-only" in codes(returned({"DA-01": {**GOOD, "Asked for": "£1.00"}}))


def test_a_line_for_a_bid_that_did_not_go_out_is_noticed() -> None:
    result = returned({"DA-01": GOOD}, extra={"Item": "ZZ-99", "Reason": "Ours too."})
    assert "Ours too." in codes(result)["grid-unknown-bid"]
    assert [line.bid for line in result.value.lines] == ["DA-01"]


def test_a_grid_with_nobody_present_says_so() -> None:
    assert "grid-nobody-present" in codes(returned({"DA-01": GOOD}, present=False))


def test_a_blank_grid_has_no_lines_and_every_bid_is_blank() -> None:
    value = returned({}, present=False).value
    assert value.lines == ()
    assert value.blank == ("DA-01", "DA-02", "DA-03", "AD-01", "AD-02", "DA-04", "DA-06")
