"""The need score: tiers, diminishing returns, targeting and bands, to the printed digit."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from aimed import POLICY, assessment, confirmed, figures, reach
from commissioning.model.need import NeedsAssessment, NeedScore
from commissioning.steps.needs import band_of, need_cells, returns, score_need, weight_of
from drawn import drawn

CELLS = """
| cell                               | N   | P   | U   | ratio | conf | W    |
|------------------------------------|-----|-----|-----|-------|------|------|
| stevenage women idva               | 220 | 150 | 70  | .32   | A    | 1.00 |
| broxbourne women idva              | 160 | 60  | 100 | .63   | B    | 1.25 |
| watford south_asian_women outreach | 90  | 10  | 80  | .89   | B    | 1.50 |
| watford women outreach             | 180 | 150 | 30  | .17   | A    | 1.00 |
| broxbourne children therapy        | 120 | 30  | 90  | .75   | C    | 1.25 |
| dacorum men outreach               | 60  | 20  | 40  | .67   | C    | 1.25 |
| stevenage children therapy         | 100 | 100 | 0   | 0     | B    | 1.00 |
"""

BIDS = """
| bid | fte  | cell                               | k  | d    | served | counted | W·f    |
|-----|------|------------------------------------|----|------|--------|---------|--------|
| A   | 2    | stevenage women idva               | 70 | 1    | 70     | 70      | 51.8   |
| A   | 2    | broxbourne women idva              | 70 | 0.75 | 70     | 52.5    | 64.375 |
| B   | 0.75 | watford south_asian_women outreach | 50 | 1    | 50     | 50      | 69     |
| C   | 2.25 | watford women outreach             | 80 | 1    | 60     | 60      | 22.2   |
| C   | 2.25 | stevenage children therapy         | 40 | 1    | 30     | 30      | 0      |
| C   | 2.25 | broxbourne children therapy        | 40 | 0.5  | 30     | 15      | 18.75  |
| D   | 1    | dacorum men outreach               | 80 | 0.5  | 80     | 40      | 37     |
"""

SCORES = """
| bid | capacity | benefit | targeting | band |
|-----|----------|---------|-----------|------|
| A   | 140      | 116.175 | .830      | 3    |
| B   | 60       | 69      | 1.380     | 5    |
| C   | 120      | 40.95   | .341      | 1    |
| D   | 80       | 37      | .4625     | 1    |
"""

TIERS = """
| ratio  | priority | weight |
|--------|----------|--------|
|        | no       | 1      |
|        | yes      | 1      |
| 0      | yes      | 1      |
| 0.4999 | no       | 1      |
| 0.4999 | yes      | 1      |
| 0.5    | no       | 1.25   |
| 0.5    | yes      | 1.50   |
| 1      | no       | 1.25   |
| 1      | yes      | 1.50   |
"""

RETURNS = """
| people | gap | worth |
|--------|-----|-------|
| 0      | 100 | 0     |
| 50     | 100 | 50    |
| 51     | 100 | 50.6  |
| 80     | 100 | 68    |
| 81     | 100 | 68.3  |
| 100    | 100 | 74    |
| 101    | 100 | 74    |
| 500    | 100 | 74    |
| 10     | 0   | 0     |
"""

BANDS = """
| targeting | band |
|-----------|------|
| 1.5       | 5    |
| 1.25      | 5    |
| 1.249999  | 4    |
| 1.00      | 4    |
| 0.999999  | 3    |
| 0.75      | 3    |
| 0.749999  | 2    |
| 0.50      | 2    |
| 0.499999  | 1    |
| 0.20      | 1    |
| 0.199999  | 0    |
| 0         | 0    |
"""


def golden(**provision: str) -> NeedsAssessment:
    """The cells as drawn; `provision` replaces a cell's, by its name with dashes for spaces."""
    rows = [
        row
        for case in drawn(CELLS)
        for row in figures(
            case["cell"], case["N"], provision.get(case["cell"].replace(" ", "_"), case["P"]), case["conf"]
        )
    ]
    return assessment(rows)


def score(bid: str, needs: NeedsAssessment) -> NeedScore:
    """The score of a bid as drawn, every confidence confirmed."""
    lines = [case for case in drawn(BIDS) if case["bid"] == bid]
    return score_need(
        bid,
        reach=tuple(reach(line["cell"], line["k"]) for line in lines),
        fte=Decimal(lines[0]["fte"]),
        confidences=tuple(confirmed(line["cell"], line["d"]) for line in lines),
        assessment=needs,
    )


def printed(value: Decimal | None, as_drawn: str) -> str:
    """A value to as many places as the table shows."""
    assert value is not None
    places = len(as_drawn.partition(".")[2])
    shown = f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}"
    return shown.removeprefix("0") if as_drawn.startswith(".") else shown


def test_gap_ratio_and_weight_of_every_cell() -> None:
    needs = need_cells(golden())
    found = [
        {
            "cell": f"{need.cell.area} {need.cell.cohort} {need.cell.service}",
            "N": str(need.need),
            "P": str(need.provision),
            "U": str(need.gap),
            "ratio": printed(need.gap_ratio, case["ratio"]),
            "conf": need.confidence,
            "W": printed(need.weight, case["W"]),
        }
        for need, case in zip(needs, drawn(CELLS), strict=True)
    ]
    assert found == drawn(CELLS)


def test_the_total_weighted_gap() -> None:
    needs = need_cells(golden())
    assert sum(need.gap * need.weight for need in needs if need.gap and need.weight) == Decimal("507.5")


@pytest.mark.parametrize("bid", ["A", "B", "C", "D"])
def test_every_cell_of_every_bid(bid: str) -> None:
    cells = score(bid, golden()).cells
    lines = [line for line in drawn(BIDS) if line["bid"] == bid]
    found = [(each.asked, each.capped, each.confidence, each.counted, each.benefit) for each in cells]
    assert found == [tuple(Decimal(line[name]) for name in ("k", "served", "d", "counted", "W·f")) for line in lines]


@pytest.mark.parametrize("case", drawn(SCORES), ids=lambda case: case["bid"])
def test_capacity_benefit_targeting_and_band(case: dict[str, str]) -> None:
    found = score(case["bid"], golden())
    assert found.capacity == Decimal(case["capacity"])
    assert found.benefit == Decimal(case["benefit"])
    assert printed(found.targeting, case["targeting"]) == case["targeting"]
    assert str(found.band) == case["band"]


def test_provision_that_counts_the_incumbents_own_places_understates_its_score() -> None:
    """With the weight tier as it was published .57; the weight falls as well when it is worked out anew."""
    shrunk = golden(broxbourne_women_idva="130")
    tier = need_cells(golden())[1].weight
    assert tier is not None
    with_frozen_tier = (Fraction("51.8") + Fraction(tier) * returns(Fraction("52.5"), Fraction(30), POLICY)) / 140
    assert round(with_frozen_tier, 2) == Fraction("0.57")
    assert printed(score("A", shrunk).targeting, ".53") == ".53"


@pytest.mark.parametrize("case", drawn(TIERS), ids=lambda case: "-".join(case.values()))
def test_the_weight_tier_of_a_gap_ratio(case: dict[str, str]) -> None:
    ratio = Decimal(case["ratio"]) if case["ratio"] else None
    assert weight_of(ratio, priority=case["priority"] == "yes", policy=POLICY) == Decimal(case["weight"])


@pytest.mark.parametrize("case", drawn(RETURNS), ids=lambda case: "-".join(case.values()))
def test_later_people_count_less_and_beyond_the_gap_nothing(case: dict[str, str]) -> None:
    worth = returns(Fraction(case["people"]), Fraction(case["gap"]), POLICY)
    assert worth == Fraction(case["worth"])


@pytest.mark.parametrize("case", drawn(BANDS), ids=lambda case: case["targeting"])
def test_the_band_of_a_targeting_score(case: dict[str, str]) -> None:
    assert str(band_of(Decimal(case["targeting"]), POLICY)) == case["band"]


def test_the_sentences_show_every_number() -> None:
    first, second = score("A", golden()).cells
    assert first.steps[-2:] == (
        "Of those counted: 35 × 1 + 21 × 0.6 + 14 × 0.3 = 51.8.",
        "51.8 × weight 1 = 51.8.",
    )
    assert second.steps == (
        (
            "broxbourne, women, idva: 70 people a year are asked for; the posts can serve all 140 of the bid, "
            "so all 70 here."
        ),
        (
            "Delivery confidence 0.75 (a partner's letter or a dated plan for a site; confirmed by R. Ashdale, "
            "page 4): 70 × 0.75 = 52.5 people counted."
        ),
        "The gap is 100 people a year, 0.625 of the need (160 people in need, 60 provided for; published figures).",
        "Of those counted: 50 × 1 + 2.5 × 0.6 = 51.5.",
        "51.5 × weight 1.25 = 64.375.",
    )
