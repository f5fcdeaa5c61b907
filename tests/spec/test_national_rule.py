"""The national-bidder test, line by line of the published rule."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from commissioning.model.screening import Outcome
from commissioning.steps.screening import NationalFacts, national_rule
from commissioning.steps.screening.national_facts import NAMES
from drawn import drawn
from screened import POLICY

EXAMPLES = Path(__file__).parents[3] / "shared" / "data" / "national-test-examples.csv"
OUTCOMES = {
    "ELIGIBLE": Outcome.ELIGIBLE,
    "EXCLUDED": Outcome.RECOMMENDED_EXCLUSION,
    "REFER": Outcome.REFER,
}
SHARES = ("b", "h", "post", "sub")
CLAIMS = ("open", "prem", "path", "gov")

RULE = """
| scope | open | b    | h    | post | prem | path | decl     | sub  | gov | rule | outcome  |
|-------|------|------|------|------|------|------|----------|------|-----|------|----------|
| L     | 0    | 0.5  | 0    | 0    | 0    | 0    | local    | 0    |     | R1   | ELIGIBLE |
| L     | 0    | 0.49 | 1    | 1    | 1    | 1    | local    | 0    |     | R1   | REFER    |
| L     | 1    | 1    | 1    | 1    | 1    | 1    | local    | 0    |     | R1   | REFER    |
| F     | 0    | 0.5  | 0    | 0    | 0    | 0    | local    | 0    |     | R2   | ELIGIBLE |
| F     | 0    | 0.49 | 1    | 1    | 1    | 1    | local    | 0    |     | R2   | REFER    |
| R     | 0    | 0.5  | 0    | 0    | 0    | 0    | local    | 0    |     | R8   | ELIGIBLE |
| R     | 1    | 1    | 1    | 1    | 1    | 1    | local    | 0    |     | R8   | REFER    |
| U     | 0    | 0.5  | 0    | 0    | 0    | 0    | local    | 0    | 1   | R1u  | ELIGIBLE |
| U     | 0    | 1    | 1    | 1    | 1    | 1    | local    | 0    | 0   | R1u  | REFER    |
| U     | 0    | 1    | 1    | 1    | 1    | 1    | local    | 0    |     | R1u  | REFER    |
| L     | 0    | 1    | 1    | 1    | 1    | 1    | local    | 0.5  |     | R1   | ELIGIBLE |
| L     | 0    | 1    | 1    | 1    | 1    | 1    | local    | 0.51 |     | R7   | REFER    |
| N     | 1    | 0.49 | 0.49 | 0    | 0    | 0    | national | 0    |     | R3   | EXCLUDED |
| N     | 1    | 0.49 | 0.49 | 0    | 1    | 0    | national | 0    |     | R3   | EXCLUDED |
| N     | 1    | 0.49 | 0.49 | 0    | 0    | 1    | national | 0    |     | R3   | EXCLUDED |
| N     | 1    | 0.5  | 0.49 | 0    | 0    | 0    | national | 0    |     | R5   | REFER    |
| N     | 1    | 0.49 | 0.5  | 0    | 0    | 0    | national | 0    |     | R5   | REFER    |
| N     | 1    | 0.49 | 0.49 | 0.01 | 0    | 0    | national | 0    |     | R5   | REFER    |
| N     | 0    | 0.49 | 0.49 | 0    | 0    | 0    | national | 0    |     | R5   | REFER    |
| N     | 0    | 0.9  | 0.8  | 0    | 1    | 0    | local    | 0    |     | R4   | ELIGIBLE |
| N     | 0    | 0.9  | 0.8  | 0.8  | 0    | 1    | local    | 0    |     | R4   | ELIGIBLE |
| N     | 0    | 0.89 | 0.8  | 1    | 1    | 1    | local    | 0    |     | R5   | REFER    |
| N     | 0    | 0.9  | 0.79 | 1    | 1    | 1    | local    | 0    |     | R5   | REFER    |
| N     | 0    | 0.9  | 0.8  | 0.79 | 0    | 1    | local    | 0    |     | R5   | REFER    |
| N     | 0    | 0.9  | 0.8  | 0.8  | 0    | 0    | local    | 0    |     | R5   | REFER    |
| N     | 1    | 0.9  | 0.8  | 1    | 1    | 1    | local    | 0    |     | R5   | REFER    |
| N     | 1    | 0    | 0    | 0    | 0    | 0    | local    | 0    |     | R6   | REFER    |
| N     | 1    | 0    | 0    | 0    | 0    | 0    | both     | 0    |     | R6   | REFER    |
| L     | 0    | 1    | 1    | 1    | 1    | 1    | national | 0    |     | R6   | REFER    |
| L     | 0    | 1    | 1    | 1    | 1    | 1    | both     | 0    |     | R6   | REFER    |
| L     |      | 1    | 1    | 1    | 1    | 1    | local    | 0    |     | R0a  | REFER    |
| N     | 1    |      | 0    | 0    | 0    | 0    | national | 0    |     | R0a  | REFER    |
| N     | 1    | 0    |      | 0    | 0    | 0    | national | 0    |     | R0a  | REFER    |
| N     | 1    | 0    | 0    |      | 0    | 0    | national | 0    |     | R0a  | REFER    |
| N     | 1    | 0    | 0    | 0    | 0    | 0    |          | 0    |     | R0a  | REFER    |
| N     | 1    | 0    | 0    | 0    | 0    | 0    | national |      |     | R0a  | REFER    |
|       | 0    | 1    | 1    | 1    | 1    | 1    | local    | 0    |     | R0a  | REFER    |
| P     | 0    | 1    | 1    | 1    | 1    | 1    | local    | 0    |     | R0b  | REFER    |
| P     |      |      |      |      |      |      |          |      |     | R0b  | REFER    |
"""

SETTLED = """
| scope | open | b    | h    | post | prem | path | decl     | sub | gov | settles            |
|-------|------|------|------|------|------|------|----------|-----|-----|--------------------|
| N     | 1    |      | 0    | 0    | 0    | 0    | national | 0   |     | b                  |
| N     | 1    |      |      | 0    | 0    | 0    | national | 0   |     |                    |
| L     | 0    | 1    | 1    | 1    | 1    | 1    |          | 0   |     | decl               |
| L     | 1    | 1    | 1    | 1    | 1    | 1    | local    | 0   |     | open               |
| U     | 0    | 1    | 1    | 1    | 1    | 1    | local    | 0   |     | governing_document |
| N     | 0    | 1    | 0.85 | 0    |      | 1    | local    | 0   |     | prem               |
| N     | 0    | 1    | 0.85 | 0    | 0    | 1    | local    | 0   |     |                    |
| L     | 0    | 1    | 1    | 1    | 1    | 1    | local    | 0.7 |     | sub                |
| P     | 0    | 1    | 1    | 1    | 1    | 1    | local    | 0   |     | scope              |
"""

MUTATIONS = """
| fact  | value |
|-------|-------|
| scope | L     |
| open  | 0     |
| b     | 0.95  |
| b     |       |
| h     | 0.9   |
| h     |       |
| post  | 1     |
| decl  | local |
| decl  |       |
| sub   | 0.6   |
"""


def facts(case: dict[str, str]) -> NationalFacts:
    """The facts of a drawn line; an empty cell is not answered."""
    known = {name: Decimal(case[name]) if case[name] else None for name in SHARES}
    claims = {name: {"1": True, "0": False}.get(case.get(name, "")) for name in CLAIMS}
    claims["governing_document"] = claims.pop("gov")
    return NationalFacts.model_validate(
        {"scope": case["scope"] or None, "decl": case["decl"] or None, **known, **claims}
    )


@pytest.mark.parametrize("case", drawn(RULE), ids=lambda case: "-".join(case.values()))
def test_the_first_line_that_matches_decides(case: dict[str, str]) -> None:
    ruling = national_rule(facts(case), POLICY)
    assert (ruling.rule, ruling.outcome) == (case["rule"], OUTCOMES[case["outcome"]])


@pytest.mark.parametrize("case", drawn(SETTLED), ids=lambda case: "-".join(case.values()))
def test_a_referral_names_the_one_fact_that_would_settle_it(case: dict[str, str]) -> None:
    ruling = national_rule(facts(case), POLICY)
    assert ruling.outcome is Outcome.REFER
    assert ruling.settles == NAMES.get(case["settles"], "")


@pytest.mark.parametrize("mutation", drawn(MUTATIONS), ids=lambda case: "-".join(case.values()))
def test_any_one_fact_the_other_way_turns_an_exclusion_into_a_referral(mutation: dict[str, str]) -> None:
    excluded = [case for case in drawn(RULE) if case["outcome"] == "EXCLUDED"]
    assert excluded
    for case in excluded:
        changed = facts({**case, mutation["fact"]: mutation["value"]})
        assert national_rule(changed, POLICY).outcome is Outcome.REFER


def test_every_reason_prints_the_figures_and_the_thresholds() -> None:
    excluded = facts(drawn(RULE)[12])
    assert national_rule(excluded, POLICY).reason == (
        "This is a national organisation; the service is open to anyone in the country on the same terms; "
        "49% (below the threshold of 50%) of the people helped are local; "
        "49% (below the threshold of 50%) of the money is local; no post is local."
    )
    strict = facts(drawn(RULE)[19])
    reason = national_rule(strict, POLICY).reason
    assert "90% (not below the threshold of 90%) of the people helped" in reason
    assert "80% (not below the threshold of 80%) of the money" in reason
    assert "0% (below the threshold of 80%) of the posts" in reason


def test_a_share_just_below_a_threshold_is_not_printed_as_if_it_reached_it() -> None:
    near = facts({**drawn(RULE)[0], "b": "0.49999"})
    ruling = national_rule(near, POLICY)
    assert ruling.outcome is Outcome.REFER
    assert "49.999% (below the threshold of 50%)" in ruling.reason


def test_thresholds_are_the_rounds_own() -> None:
    lower = POLICY.with_changes(beneficiaries_local=Decimal("0.4"))
    near = facts({**drawn(RULE)[0], "b": "0.4"})
    assert national_rule(near, POLICY).outcome is Outcome.REFER
    assert national_rule(near, lower).outcome is Outcome.ELIGIBLE


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the shared examples are not beside this checkout")
def test_the_published_examples_come_out_as_published() -> None:
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        cases = [{**row, "gov": "1" if row["scope"] == "U" else ""} for row in csv.DictReader(file)]
    assert len(cases) == 20
    found = {case["id"]: national_rule(facts(case), POLICY) for case in cases}
    wanted = {case["id"]: (case["rule"].split()[0], OUTCOMES[case["expect"]]) for case in cases}
    assert {each: (ruling.rule, ruling.outcome) for each, ruling in found.items()} == wanted
