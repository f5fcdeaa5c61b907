"""Need: cells from observations, reach from a bid's tables, and what cannot be computed."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from aimed import POLICY, assessment, cell, confirmed, count, figures, observation, picked, reach, row
from commissioning.model.bid import Bid, RowAnswer, Rows
from commissioning.model.need import NEED, PROVISION, State
from commissioning.steps.needs import delivery_posts, need_cells, reach_of, score_bid, score_need
from screened import a_bid

WOMEN = "watford women outreach"
ASIAN = "watford south_asian_women outreach"
DEAF = "watford deaf_people outreach"


def bid(reach: tuple[RowAnswer, ...], posts: tuple[RowAnswer, ...]) -> Bid:
    return a_bid(reach=Rows(rows=reach), posts=Rows(rows=posts))


def helped(number: str, people: str | None, group: str = "women") -> RowAnswer:
    counted = count(people) if people else None
    return row(number, district=picked("watford"), group=picked(group), service=picked("outreach"), people=counted)


POST = row("1", role="Worker", fte=count("1"))


def test_a_missing_provision_is_not_taken_for_none() -> None:
    (need,) = need_cells(assessment(figures(WOMEN, "100", None)))
    assert (need.need, need.provision, need.gap, need.weight) == (Decimal(100), None, None, None)
    assert need.state is State.MISSING


def test_a_row_that_says_missing_gives_no_figure() -> None:
    rows = (observation(WOMEN, NEED, "90"), observation(WOMEN, PROVISION, None, state=State.MISSING))
    (need,) = need_cells(assessment(rows))
    assert (need.gap, need.state) == (None, State.MISSING)


def test_provision_beyond_need_leaves_no_gap_and_no_negative_one() -> None:
    (need,) = need_cells(assessment(figures(WOMEN, "100", "130")))
    assert (need.gap, need.gap_ratio, need.weight) == (Decimal(0), Decimal(0), Decimal(1))


def test_a_cell_without_need_has_no_ratio_and_the_ordinary_weight() -> None:
    (need,) = need_cells(assessment(figures(WOMEN, "0", "0")))
    assert (need.gap, need.gap_ratio, need.weight) == (Decimal(0), None, Decimal(1))


def test_two_rows_that_disagree_are_a_conflict_and_give_no_figure() -> None:
    rows = (*figures(WOMEN, "100", "40"), observation(WOMEN, NEED, "120"))
    (need,) = need_cells(assessment(rows))
    assert (need.need, need.gap, need.state) == (None, None, State.CONFLICT)


def test_two_rows_that_agree_are_one_figure_with_both_sources() -> None:
    rows = (*figures(WOMEN, "100", "40"), observation(WOMEN, NEED, "100", id="again", source="another return"))
    (need,) = need_cells(assessment(rows))
    assert (need.gap, need.sources) == (Decimal(60), ("a return", "another return"))


def test_a_correction_replaces_the_row_it_names() -> None:
    rows = (*figures(WOMEN, "100", "40"), observation(WOMEN, NEED, "120", corrects=f"{WOMEN} need 100"))
    (need,) = need_cells(assessment(rows))
    assert (need.need, need.state) == (Decimal(120), State.PUBLISHED)


def test_a_cell_is_only_as_firm_as_the_weaker_of_its_figures() -> None:
    rows = (observation(WOMEN, NEED, "90", "A"), observation(WOMEN, PROVISION, "9", "C", state=State.ILLUSTRATIVE))
    (need,) = need_cells(assessment(rows))
    assert (need.state, need.confidence) == (State.ILLUSTRATIVE, "C")


def test_figures_that_are_not_about_a_service_make_no_cell() -> None:
    rows = (observation(WOMEN, "usual residents", "51897", service=""), observation(WOMEN, NEED, "9", service=""))
    assert need_cells(assessment(rows)) == ()


def test_a_cell_without_a_figure_is_not_computable_and_never_nothing() -> None:
    found = score_need(
        "b1",
        reach=(reach(WOMEN, "40"), reach(DEAF, "10")),
        fte=Decimal(1),
        confidences=(confirmed(WOMEN, "1"), confirmed(DEAF, "1")),
        assessment=assessment(figures(WOMEN, "100", "40")),
    )
    assert (found.benefit, found.targeting, found.band) == (None, None, None)
    assert found.not_computable == (
        (
            "Watford, deaf people, outreach: there is no figure for need or provision, so the gap cannot be computed. "
            "Officers of both bodies judge the evidence the bid cites."
        ),
    )
    assert [each.benefit for each in found.cells] == [Decimal(45), None]


def test_a_cell_whose_sources_disagree_is_not_computable() -> None:
    rows = (*figures(WOMEN, "100", "40"), observation(WOMEN, NEED, "120"))
    found = score_need("b1", reach=(reach(WOMEN, "4"),), fte=Decimal(1), confidences=(), assessment=assessment(rows))
    assert "the sources disagree" in found.not_computable[0]


def test_an_unconfirmed_confidence_is_listed_and_not_scored() -> None:
    found = score_need(
        "b1",
        reach=(reach(WOMEN, "40"), reach(ASIAN, "10")),
        fte=Decimal(1),
        confidences=(confirmed(ASIAN, "1"),),
        assessment=assessment((*figures(WOMEN, "100", "40"), *figures(ASIAN, "90", "10"))),
    )
    assert found.unconfirmed == (cell(WOMEN),)
    assert (found.targeting, found.not_computable) == (None, ())
    assert [each.benefit for each in found.cells] == [None, Decimal(15)]
    assert "has not been confirmed by a person" in found.cells[0].steps[1]


def test_the_later_of_two_confirmations_counts() -> None:
    found = score_need(
        "b1",
        reach=(reach(WOMEN, "40"),),
        fte=Decimal(1),
        confidences=(confirmed(WOMEN, "1"), confirmed(WOMEN, "0")),
        assessment=assessment(figures(WOMEN, "100", "40")),
    )
    assert (found.targeting, found.band) == (Decimal(0), 0)


def test_people_beyond_the_gap_are_said_to_count_nothing() -> None:
    found = score_need(
        "b1",
        reach=(reach(WOMEN, "70"),),
        fte=Decimal(1),
        confidences=(confirmed(WOMEN, "1"),),
        assessment=assessment(figures(WOMEN, "100", "40")),
    )
    assert "10 are beyond the gap and count nothing." in found.cells[0].steps[3]


def test_a_service_without_a_published_caseload_is_not_computable() -> None:
    helpline = "watford women helpline"
    found = score_need(
        "b1",
        reach=(reach(helpline, "400"),),
        fte=Decimal(1),
        confidences=(confirmed(helpline, "1"),),
        assessment=assessment(figures(helpline, "900", "400")),
    )
    assert found.capacity is None
    assert "No caseload is published for helpline" in found.not_computable[0]
    assert "what the posts can serve is not known" in found.cells[0].steps[0]


def test_posts_not_stated_or_none_at_all_are_not_computable() -> None:
    needs = assessment(figures(WOMEN, "100", "40"))
    for fte, words in ((None, "does not say how many"), (Decimal(0), "has no post to deliver")):
        found = score_need("b1", reach=(reach(WOMEN, "4"),), fte=fte, confidences=(), assessment=needs)
        assert words in found.not_computable[0]


def test_a_bid_that_names_nobody_to_help_is_not_computable() -> None:
    for asked in ((), (reach(WOMEN, "0"),)):
        found = score_need(
            "b1", reach=asked, fte=Decimal(1), confidences=(confirmed(WOMEN, "1"),), assessment=assessment(())
        )
        assert "names no people" in found.not_computable[0]
        assert found.targeting is None


@given(
    people=st.lists(st.integers(1, 10**6), min_size=1, max_size=4),
    fte=st.decimals("0.01", "500", places=2),
    confidence=st.sampled_from(["0", "0.5", "0.75", "1"]),
)
def test_targeting_never_passes_the_weight_of_a_priority_group(
    people: list[int], fte: Decimal, confidence: str
) -> None:
    names = [f"d{index} south_asian_women outreach" for index in range(len(people))]
    found = score_need(
        "b1",
        reach=tuple(reach(name, str(asked)) for name, asked in zip(names, people, strict=True)),
        fte=fte,
        confidences=tuple(confirmed(name, confidence) for name in names),
        assessment=assessment(row for name in names for row in figures(name, "90", "10")),
    )
    assert found.targeting is not None
    assert 0 <= found.targeting <= POLICY.priority_weight


def test_a_bid_is_scored_from_its_own_tables() -> None:
    found = score_bid(
        bid((helped("1", "40"),), (POST,)),
        confidences=(confirmed(WOMEN, "1"),),
        assessment=assessment(figures(WOMEN, "100", "40")),
    )
    assert found.findings == ()
    assert found.value.targeting == Decimal("1.125")
    assert found.value.band == 4


def test_a_cell_given_twice_is_a_finding_and_never_added_up() -> None:
    found = reach_of(bid((helped("1", "40"), helped("2", "5"), helped("3", "7", "men")), (POST,)))
    assert [each.people for each in found.value] == [Decimal(7)]
    assert [each.code for each in found.findings] == ["reach-repeated"]
    assert "40 and 5" in found.findings[0].message


def test_a_row_that_lacks_something_is_a_finding_that_says_what() -> None:
    blank = row("1", district=None, group=picked("women"), service=picked("outreach"), people=None)
    negative = helped("2", "-1")
    found = reach_of(bid((blank, negative), (POST,)))
    assert found.value == ()
    assert [each.code for each in found.findings] == ["reach-incomplete", "reach-negative"]
    assert "lacks: district, people" in found.findings[0].message


def test_a_table_that_cannot_be_relied_on_makes_the_score_not_computable() -> None:
    found = score_bid(
        bid((helped("1", "40"), helped("2", None, "men")), (POST,)),
        confidences=(confirmed(WOMEN, "1"),),
        assessment=assessment(figures(WOMEN, "100", "40")),
    )
    assert found.value.targeting is None
    assert found.value.band is None
    assert "Row 2 of the people to be helped lacks: people" in found.value.not_computable[0]


def test_posts_are_added_up_and_one_without_a_number_is_a_finding() -> None:
    half = row("2", role="Manager", fte=count("0.5"))
    unknown = row("3", role="Another", fte=None)
    assert delivery_posts(bid((), (POST, half))).value == Decimal("1.5")
    assert delivery_posts(bid((), ())).value is None
    found = delivery_posts(bid((), (POST, unknown)))
    assert found.value is None
    assert [each.code for each in found.findings] == ["post-without-fte"]
