"""The strategy score: five times the weighted share of a bid's own declared links that were shown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from commissioning.model.strategy import Level, Link, Priority, Strategy
from commissioning.steps.strategy import score_strategy
from drawn import drawn

WEIGHTS = {"a": "1", "b": "1", "c": "2"}
STRATEGY = Strategy(
    id="s",
    title="A strategy",
    status="a test",
    priorities=tuple(
        Priority(id=each, wording=f"Priority {each}", weight=Decimal(weight), counts_as_evidence="it", source="a test")
        for each, weight in WEIGHTS.items()
    ),
)

SCORES = """
| a         | b            | c            | score    |
|-----------|--------------|--------------|----------|
| full      |              |              | 5        |
| partial   |              |              | 2.5      |
| not shown |              |              | 0        |
| full      | full         | full         | 5        |
| full      | not shown    |              | 2.5      |
| full      | contradicted |              | 2.5      |
| full      |              | not shown    | 1.666667 |
|           | partial      | full         | 4.166667 |
| full      | partial      | contradicted | 1.875    |
"""


def links(case: dict[str, str]) -> tuple[Link, ...]:
    """The declared links of a drawn line, each confirmed."""
    return tuple(
        Link(priority=each, claim="We do.", level=Level(case[each]), cited="page 3", by="R. Ashdale")
        for each in WEIGHTS
        if case[each]
    )


@pytest.mark.parametrize("case", drawn(SCORES), ids=lambda case: "-".join(case.values()))
def test_the_denominator_is_the_bids_own_declared_set(case: dict[str, str]) -> None:
    found = score_strategy("b1", links=links(case), strategy=STRATEGY)
    assert found.score == Decimal(case["score"])
    assert found.not_computable == ()
    assert found.unconfirmed == ()


def test_the_sentences_show_every_number() -> None:
    case = {"a": "full", "b": "partial", "c": "contradicted"}
    assert score_strategy("b1", links=links(case), strategy=STRATEGY).steps == (
        '"Priority a" (weight 1): full, 1; R. Ashdale at page 3.',
        '"Priority b" (weight 1): partial, 0.5; R. Ashdale at page 3.',
        '"Priority c" (weight 2): contradicted, 0; R. Ashdale at page 3.',
        "5 × (1 × 1 + 1 × 0.5 + 2 × 0) ÷ 4 = 1.875.",
    )
