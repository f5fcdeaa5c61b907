"""The national-bidder test: a national organisation asking for a nationally delivered service is not funded.

Both limbs are needed: the organisation (E1, E2) and the funded service (E3 to E10). A national organisation with
a local service is eligible. Quality, income and head office play no part, nor does the area's share of all the
organisation does. Source: the Ministry's 2021 call for bids as published in Hertfordshire, which leaves out
nationally delivered services commissioned from national organisations; the rule and its thresholds are policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from commissioning.model.round import NationalTest
from commissioning.model.screening import Outcome
from commissioning.steps.screening.facts import percent
from commissioning.steps.screening.national_facts import NAMES, SCOPES, Declared, NationalFacts, Scope


class Ruling(NamedTuple):
    """The line of the rule that decided, what it gives, why in figures, and for a referral what would settle it."""

    rule: str
    outcome: Outcome
    reason: str
    settles: str = ""


LOCAL_RULES: Final = {Scope.LOCAL: "R1", Scope.AFFILIATE: "R2", Scope.REGIONAL: "R8", Scope.UNREGISTERED: "R1u"}
NEEDED: Final = ("scope", "open", "b", "h", "post", "decl", "sub")
"""Facts without which the rule cannot be run. The rule lists E3, E4, E5, E6 and E9; the organisation's scope and
E10 are asked for as well, since the lines that turn on them cannot be tested without."""
NO: Final = Decimal(0)
ALL: Final = Decimal(1)
TRIED: Final = {
    "scope": (Scope.LOCAL, Scope.NATIONAL),
    "open": (True, False),
    "b": (NO, ALL),
    "h": (NO, ALL),
    "post": (NO, ALL),
    "prem": (True, False),
    "path": (True, False),
    "decl": (Declared.LOCAL, Declared.NATIONAL),
    "sub": (NO, ALL),
    "governing_document": (True, False),
}
"""The ends of what each fact can be: if neither settles a referral, nothing between does."""


def national_rule(facts: NationalFacts, policy: NationalTest) -> Ruling:
    """The first line of the published rule that matches, R6 laid over it, with the fact that would settle a referral.

    The legal body (R0b) is looked at before missing evidence (R0a), and both before everything else.
    """
    ruling = _decide(facts, policy)
    if ruling.outcome is not Outcome.REFER:
        return ruling
    return ruling._replace(settles=_settles(facts, policy))


def _decide(facts: NationalFacts, policy: NationalTest) -> Ruling:
    ruling = _first_match(facts, policy)
    against = {Outcome.RECOMMENDED_EXCLUSION: Declared.LOCAL, Outcome.ELIGIBLE: Declared.NATIONAL}.get(ruling.outcome)
    if against is None or facts.decl not in {against, Declared.BOTH}:
        return ruling
    reason = f"Delivery is declared {facts.decl}, but the facts say otherwise ({ruling.rule}): {ruling.reason}"
    return Ruling("R6", Outcome.REFER, reason)


def _first_match(facts: NationalFacts, policy: NationalTest) -> Ruling:
    if facts.scope is Scope.NO_BODY:
        return Ruling("R0b", Outcome.REFER, "No legal body makes this bid; the provider must name the lead body.")
    missing = [NAMES[name] for name in NEEDED if getattr(facts, name) is None]
    if missing:
        return Ruling("R0a", Outcome.REFER, f"The bid does not say {'; '.join(missing)}.")
    if _share(facts.sub) > policy.subcontracted:
        reason = f"{_most(facts.sub, policy.subcontracted)} of the money buys a national supplier's service."
        return Ruling("R7", Outcome.REFER, reason)
    if facts.scope in LOCAL_RULES:
        return _local(facts, policy, LOCAL_RULES[facts.scope])
    return _national(facts, policy)


def _local(facts: NationalFacts, policy: NationalTest, rule: str) -> Ruling:
    """R1, R2, R8 and R1u: a body that is not national, serving mostly local people."""
    governed = facts.scope is not Scope.UNREGISTERED or facts.governing_document is True
    met = _share(facts.b) >= policy.beneficiaries_local and facts.open is False and governed
    reason = f"{_subject(facts)}; {_people(facts, policy.beneficiaries_local)}; {_openness(facts)}{_governed(facts)}."
    return Ruling(rule, Outcome.ELIGIBLE if met else Outcome.REFER, reason)


def _national(facts: NationalFacts, policy: NationalTest) -> Ruling:
    """R3 when every fact is national, R4 when the service is shown to be local, R5 for what lies between."""
    if _is_nationally_delivered(facts, policy):
        return Ruling("R3", Outcome.RECOMMENDED_EXCLUSION, _loose(facts, policy))
    if _is_locally_delivered(facts, policy):
        return Ruling("R4", Outcome.ELIGIBLE, _strict(facts, policy))
    return Ruling("R5", Outcome.REFER, f"The facts do not all point one way. {_strict(facts, policy)}")


def _is_nationally_delivered(facts: NationalFacts, policy: NationalTest) -> bool:
    below = _share(facts.b) < policy.beneficiaries_local and _share(facts.h) < policy.money_local
    return facts.open is True and below and facts.post == 0


def _is_locally_delivered(facts: NationalFacts, policy: NationalTest) -> bool:
    shares = _share(facts.b) >= policy.strong_beneficiaries and _share(facts.h) >= policy.strong_money
    staffed = _share(facts.post) >= policy.strong_posts and facts.path is True
    return facts.open is False and shares and (facts.prem is True or staffed)


def _settles(facts: NationalFacts, policy: NationalTest) -> str:
    """The one fact that would settle a referral, when exactly one does.

    Missing facts are tried first; only when none is missing is each known one tried at its other values. What the
    organisation is counts as open to change only when it is not known or there is no legal body.
    """
    relevant = [name for name in TRIED if _bears(name, facts)]
    missing = [name for name in relevant if getattr(facts, name) is None]
    settling = [name for name in missing or relevant if _could_settle(name, facts, policy)]
    return NAMES[settling[0]] if len(settling) == 1 else ""


def _bears(name: str, facts: NationalFacts) -> bool:
    match name:
        case "scope":
            return facts.scope in {None, Scope.NO_BODY}
        case "governing_document":
            return facts.scope is Scope.UNREGISTERED
        case "prem" | "path":
            return facts.scope is Scope.NATIONAL
        case _:
            return True


def _could_settle(name: str, facts: NationalFacts, policy: NationalTest) -> bool:
    return any(_decide(tried, policy).outcome is not Outcome.REFER for tried in _variants(name, facts))


def _variants(name: str, facts: NationalFacts) -> Iterator[NationalFacts]:
    for value in TRIED[name]:
        yield facts.with_changes(**{name: value})


def _share(share: Decimal | None) -> Decimal:
    """A share that R0a has already made sure of."""
    if share is None:
        raise ValueError("A share is missing; R0a should have referred this bid.")
    return share


def _strict(facts: NationalFacts, policy: NationalTest) -> str:
    """The facts against the thresholds of R4."""
    parts = (
        _subject(facts),
        _openness(facts),
        _people(facts, policy.strong_beneficiaries),
        f"{_against(facts.h, policy.strong_money)} of the money is local",
        f"{_against(facts.post, policy.strong_posts)} of the posts are local",
        f"premises or a regular site: {_yes_no(facts.prem)}",
        f"local referral pathway: {_yes_no(facts.path)}",
    )
    return "; ".join(parts) + "."


def _loose(facts: NationalFacts, policy: NationalTest) -> str:
    """The facts against the thresholds of R3."""
    parts = (
        _subject(facts),
        _openness(facts),
        _people(facts, policy.beneficiaries_local),
        f"{_against(facts.h, policy.money_local)} of the money is local",
        "no post is local",
    )
    return "; ".join(parts) + "."


def _subject(facts: NationalFacts) -> str:
    return f"This is {SCOPES[facts.scope]}" if facts.scope else "What the organisation is is not known"


def _openness(facts: NationalFacts) -> str:
    said = "is" if facts.open else "is not"
    return f"the service {said} open to anyone in the country on the same terms"


def _people(facts: NationalFacts, threshold: Decimal) -> str:
    return f"{_against(facts.b, threshold)} of the people helped are local"


def _governed(facts: NationalFacts) -> str:
    return f"; governing document: {_yes_no(facts.governing_document)}" if facts.scope is Scope.UNREGISTERED else ""


def _against(share: Decimal | None, threshold: Decimal) -> str:
    side = "not below" if _share(share) >= threshold else "below"
    return f"{percent(_share(share))} ({side} the threshold of {percent(threshold)})"


def _most(share: Decimal | None, threshold: Decimal) -> str:
    return f"{percent(_share(share))} (above the threshold of {percent(threshold)})"


def _yes_no(claim: bool | None) -> str:
    return {True: "yes", False: "no", None: "not answered"}[claim]
