"""Strategy: links from a bid's table, their confirmation, and what cannot be scored."""

from __future__ import annotations

from decimal import Decimal

from aimed import picked, row
from commissioning.model.bid import Rows
from commissioning.model.strategy import Level, Link, Priority, Strategy
from commissioning.steps.strategy import links_of, score_strategy, with_confirmations
from screened import a_bid

STRATEGY = Strategy(
    id="s",
    title="A strategy",
    status="a test",
    priorities=tuple(
        Priority(id=each, wording=f"Priority {each}", weight=Decimal(1), counts_as_evidence="it", source="a test")
        for each in "abcd"
    ),
)


def declared(*priorities: str) -> tuple[Link, ...]:
    return tuple(Link(priority=each, claim="We do.") for each in priorities)


def shown(priority: str, level: Level = Level.FULL) -> Link:
    return Link(priority=priority, claim="", level=level, cited="page 3", reason="Named posts.", by="R. Ashdale")


def test_links_are_read_from_the_table_in_its_order() -> None:
    rows = (row("1", priority=picked("b"), claim="We do."), row("2", priority=picked("a"), claim=None))
    found = links_of(a_bid(strategy_links=Rows(rows=rows)))
    assert [(link.priority, link.claim) for link in found.value] == [("b", "We do."), ("a", "")]
    assert found.findings == ()


def test_a_claim_without_a_priority_is_a_finding_not_a_link() -> None:
    found = links_of(a_bid(strategy_links=Rows(rows=(row("1", priority=None, claim="We do."),))))
    assert found.value == ()
    assert [each.code for each in found.findings] == ["link-without-priority"]


def test_nothing_is_scored_until_every_link_is_confirmed() -> None:
    links = with_confirmations(declared("a", "b"), (shown("a"),))
    found = score_strategy("b1", links=links, strategy=STRATEGY)
    assert found.score is None
    assert found.unconfirmed == ("Priority b",)
    assert found.not_computable == ()
    assert found.steps[1] == '"Priority b" (weight 1): not yet confirmed by a person.'


def test_a_confirmation_carries_who_where_and_why_and_the_later_counts() -> None:
    (link,) = with_confirmations(declared("a"), (shown("a", Level.NOT_SHOWN), shown("a")))
    assert (link.claim, link.level, link.cited, link.by) == ("We do.", Level.FULL, "page 3", "R. Ashdale")
    assert link.reason == "Named posts."


def test_a_confirmation_of_what_was_not_declared_adds_nothing() -> None:
    links = with_confirmations(declared("a"), (shown("a", Level.PARTIAL), shown("b")))
    assert score_strategy("b1", links=links, strategy=STRATEGY).score == Decimal("2.5")


def test_a_bid_without_links_is_not_computable_and_handed_to_people() -> None:
    found = score_strategy("b1", links=(), strategy=STRATEGY)
    assert found.score is None
    assert found.not_computable == ("The bid declares no link to the strategy; officers of both bodies judge its fit.",)


def test_three_links_are_the_most_and_a_fourth_is_never_dropped_in_silence() -> None:
    three = with_confirmations(declared("a", "b", "c"), tuple(map(shown, "abc")))
    four = with_confirmations(declared("a", "b", "c", "d"), tuple(map(shown, "abcd")))
    assert score_strategy("b1", links=three, strategy=STRATEGY).score == Decimal(5)
    found = score_strategy("b1", links=four, strategy=STRATEGY)
    assert found.score is None
    assert found.not_computable == ("The bid declares 4 links; the most is 3. Ask the provider which to keep.",)


def test_a_repeated_and_an_unknown_priority_are_both_named() -> None:
    links = with_confirmations(declared("a", "a", "z"), (shown("a"), shown("z")))
    found = score_strategy("b1", links=links, strategy=STRATEGY)
    assert found.score is None
    assert found.not_computable == (
        '"Priority a" is declared more than once; ask which is meant.',
        '"z" is no priority of this strategy; ask the provider which is meant.',
    )
