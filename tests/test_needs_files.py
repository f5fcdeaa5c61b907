"""The needs assessment and the strategy as files: the county's own, and every fault a file can have."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from commissioning.config.needs import COLUMNS, read_needs, read_strategy
from commissioning.errors import RoundError
from commissioning.model.need import State
from commissioning.steps.needs import need_cells

ROOT = Path(__file__).parents[1]
COUNTY = ROOT / "assessments" / "hertfordshire"
HEAD = """\
title: A test
as_at: 2021-02-01
areas: [{id: watford, name: Watford, gss: E07000103}]
cohorts: [{id: women, name: women}]
services: [{id: outreach, name: outreach}]
policy:
  caseloads: {outreach: 80}
  tier_at: "0.5"
  tier_weight: "1.25"
  priority_weight: "1.50"
  segments: [["0.5", "1"], ["0.5", "0.6"]]
  bands: [["1.00", 2], ["0.50", 1]]
  basis: a test
"""
GOOD = {
    "id": "1",
    "area": "watford",
    "cohort": "women",
    "service": "outreach",
    "measure": "need",
    "value": "90",
    "unit": "people a year",
    "period": "2020-21",
    "state": "published",
    "confidence": "A",
    "source": "a return",
}
STRATEGY = """\
id: s
title: A strategy
status: a test
priorities:
  - {id: a, wording: One, weight: "1", counts_as_evidence: it, source: a test}
"""


def table(*rows: dict[str, str]) -> str:
    lines = [",".join(COLUMNS), *(",".join(row.get(column, "") for column in COLUMNS) for row in rows)]
    return "\n".join(lines) + "\n"


def faults(head: str = HEAD, figures: str | None = None) -> tuple[str, ...]:
    files = {"n/assessment.yaml": head, "n/observations.csv": table(GOOD) if figures is None else figures}
    with pytest.raises(RoundError) as raised:
        read_needs(files, "n/assessment.yaml")
    return raised.value.faults


def strategy_faults(text: str) -> tuple[str, ...]:
    with pytest.raises(RoundError) as raised:
        read_strategy({"s.yaml": text}, "s.yaml")
    return raised.value.faults


@pytest.fixture(scope="module")
def county() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in COUNTY.iterdir() if path.is_file()}


def test_the_countys_assessment_reads_and_every_figure_has_a_source(county: dict[str, str]) -> None:
    found = read_needs(county, "assessment.yaml")
    assert len(found.areas) == 11
    assert len(found.observations) > 300
    assert all(each.source for each in found.observations)
    residents = {each.area: each.value for each in found.observations if each.id in {"P001", "P031"}}
    assert residents["broxbourne"] == Decimal(99002)


def test_every_need_of_the_county_is_labelled_illustrative_or_said_to_be_missing(county: dict[str, str]) -> None:
    found = read_needs(county, "assessment.yaml")
    figures = [each for each in found.observations if each.service]
    assert figures
    assert {each.state for each in figures} == {State.ILLUSTRATIVE, State.MISSING}
    labels = {each.source for each in figures if each.state is State.ILLUSTRATIVE}
    assert labels == {"Illustrative figure for the demonstration; not a finding about Hertfordshire"}


def test_groups_without_a_published_figure_have_no_cell_at_all(county: dict[str, str]) -> None:
    cells = {need.cell.cohort for need in need_cells(read_needs(county, "assessment.yaml"))}
    assert "women" in cells
    assert cells.isdisjoint({"black_minoritised", "deaf_people"})


def test_the_county_shows_a_cell_without_provision_and_one_in_conflict(county: dict[str, str]) -> None:
    needs = need_cells(read_needs(county, "assessment.yaml"))
    unknown = {need.state: str(need.cell) for need in needs if need.gap is None}
    assert unknown == {
        State.MISSING: "hertsmere/south_asian_women/outreach",
        State.CONFLICT: "north_hertfordshire/older_people/outreach",
    }


def test_the_countys_strategy_says_its_text_was_not_obtained(county: dict[str, str]) -> None:
    found = read_strategy(county, "victims-strategy.yaml")
    assert "never obtained" in found.status
    assert all("illustrative" in each.source for each in found.priorities)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"area": "watfrd"}, "`watfrd` is not a known area; did you mean `watford`?"),
        ({"cohort": "nobody"}, "`nobody` is not a known cohort; there are: women"),
        ({"service": "outreech"}, "`outreech` is not a known service; did you mean `outreach`?"),
        ({"value": ""}, "`value` is empty; give the figure, or say that the state is missing"),
        ({"value": "1 200"}, "`value` says `1 200`; write digits only, like 1234 or 12.5"),
        ({"value": "ninety"}, "`value` says `ninety`; write digits only, like 1234 or 12.5"),
        ({"value": "NaN"}, "`value` says `NaN`; write digits only, like 1234 or 12.5"),
        ({"value": "-1"}, "`value` says `-1`; need cannot be below 0"),
        (
            {"state": "missing"},
            "the state is missing, and yet the value says `90`; empty it, or say what stands behind it",
        ),
        ({"state": "publishd"}, "`publishd` is not a state; did you mean `published`?"),
        ({"unit": ""}, "`unit` is missing"),
        ({"unit": "referrals"}, "`unit` says `referrals`; need is counted in `people a year`"),
        ({"source": ""}, "`source` is missing"),
        ({"period": ""}, "`period` is missing"),
        ({"service": ""}, "`service` is missing; need is about one service"),
        ({"confidence": ""}, "`confidence` is missing; need must say A, B or C"),
        ({"confidence": "D"}, "`confidence` says `D`; it must be A, B or C, or empty"),
        ({"corrects": "1"}, "the row corrects itself; `corrects` names the row it replaces"),
        ({"corrects": "9"}, "`9` is not the id of a row it could correct; there are: 1"),
    ],
)
def test_a_figure_that_is_wrong_is_named_with_its_line(change: dict[str, str], says: str) -> None:
    assert faults(figures=table(GOOD | change)) == (f"n/observations.csv, line 2: {says}",)


def test_a_repeated_id_names_the_first_line_it_stands_on() -> None:
    assert faults(figures=table(GOOD, GOOD)) == ("n/observations.csv, line 3: the id `1` was already used on line 2",)


def test_every_fault_of_both_files_is_said_at_once() -> None:
    found = faults(HEAD.replace("outreach: 80", "outreach: 0"), table(GOOD | {"unit": ""}, GOOD | {"area": "x"}))
    assert len(found) == 4
    assert found[0] == "n/assessment.yaml, line 7: the caseload of `outreach` must be more than 0"


def test_figures_are_checked_even_when_the_names_cannot_be() -> None:
    found = faults("title: A test\n", table(GOOD | {"unit": ""}))
    assert "n/observations.csv, line 2: `unit` is missing" in found
    assert any("`policy` is missing" in each for each in found)


def test_columns_that_are_missing_misspelt_or_repeated_are_named() -> None:
    header = table().replace("unit", "units").replace("qualifier", "area")
    assert set(faults(figures=header)) == {
        "n/observations.csv, line 1: `units` is not a column of the figures; did you mean `unit`?",
        "n/observations.csv, line 1: the column `area` stands here twice",
        "n/observations.csv, line 1: the column `unit` is missing",
    }


def test_a_line_with_too_many_cells_and_a_stray_quote_are_named() -> None:
    assert "more cells than there are columns" in faults(figures=table(GOOD).rstrip("\n") + ",,more\n")[0]
    assert "look for a stray quote" in faults(figures=table(GOOD) + '2,"wat"ford\n')[0]


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(RoundError) as raised:
        read_needs({}, "n/assessment.yaml")
    assert [fault.partition(":")[0] for fault in raised.value.faults] == ["n/assessment.yaml", "n/observations.csv"]


def test_a_table_saved_by_a_spreadsheet_with_a_mark_at_its_start_reads() -> None:
    files = {"a.yaml": HEAD, "observations.csv": "\ufeff" + table(GOOD).replace("\n", "\r\n")}
    assert read_needs(files, "a.yaml").observations[0].value == Decimal(90)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("outreach: 80", "therapy: 80", "line 7: `therapy` is not a known service; there are: outreach"),
        ("outreach: 80", "outreach: -1", "line 7: the caseload of `outreach` must be more than 0"),
        ('tier_at: "0.5"', 'tier_at: "50"', "line 8: `tier_at` is a share of the need, from 0 to 1"),
        ('"1.25"', '"1.75"', "line 9: weights must not fall: 1, then `tier_weight`, then `priority_weight`"),
        ('["0.5", "0.6"]', '["0.4", "0.6"]', "line 11: the shares of the gap must add up to 1"),
        (
            '["0.5", "0.6"]',
            '["0.5", "2"]',
            "line 11: later people in the gap must not count for more than earlier ones",
        ),
        ('["0.50", 1]', '["0.50", 3]', "line 12: a higher threshold must give a higher band"),
        ("id: outreach,", "id: women,", "line 5: the id `women` stands a second time"),
    ],
)
def test_a_policy_that_contradicts_itself_is_named_with_its_line(old: str, new: str, says: str) -> None:
    found = faults(HEAD.replace(old, new))
    assert f"n/assessment.yaml, {says}" in found


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('weight: "1"', 'weight: "0"', "line 5: the weight of `a` must be more than 0"),
        ("source: a test", 'source: ""', "line 5: `source` of `a` is empty"),
        ("priorities:", "priority:", "line 4: `priority` is not a key here; did you mean `priorities`?"),
    ],
)
def test_a_strategy_that_is_wrong_is_named_with_its_line(old: str, new: str, says: str) -> None:
    assert f"s.yaml, {says}" in strategy_faults(STRATEGY.replace(old, new))


def test_a_repeated_priority_and_a_strategy_without_any_are_named() -> None:
    again = STRATEGY + STRATEGY.splitlines()[-1] + "\n"
    assert strategy_faults(again) == ("s.yaml, line 6: the id `a` stands a second time",)
    empty = STRATEGY.partition("priorities:")[0] + "priorities: []\n"
    assert strategy_faults(empty) == ("s.yaml, line 4: there must be at least one priority",)
    with pytest.raises(RoundError, match=r"s\.yaml: the file is not there"):
        read_strategy({}, "s.yaml")
