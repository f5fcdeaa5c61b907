"""The national-bidder test: is this a national organisation asking for a nationally delivered service?

Both limbs are needed: the organisation (E1, E2) and the funded service (E3 to E10). A national organisation with
a local service is eligible. Quality, income and head office play no part, nor does the area's share of all the
organisation does. Source: the Ministry's 2021 call for bids as published in Hertfordshire, which leaves out
nationally delivered services commissioned from national organisations; the rule and its thresholds are policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

from commissioning.model.bid import Bid
from commissioning.model.round import NationalTest
from commissioning.model.screening import Fact, Outcome
from commissioning.steps.screening.facts import cite, percent
from commissioning.values.record import Record


class Scope(StrEnum):
    """What the organisation is (E1, E2), as the published rule letters it."""

    LOCAL = "L"
    REGIONAL = "R"
    AFFILIATE = "F"
    UNREGISTERED = "U"
    NATIONAL = "N"
    NO_BODY = "P"


class Declared(StrEnum):
    """What the bid calls its own delivery (E9); used to find a contradiction, never to decide."""

    LOCAL = "local"
    NATIONAL = "national"
    BOTH = "both"


class NationalFacts(Record):
    """What the test knows of a bid; None where the bid does not say. Shares are fractions.

    `open` E3, `b` E4 people helped, `h` E5 money, `post` E6 posts, `prem` E7, `path` E8, `decl` E9, `sub` E10.
    """

    scope: Scope | None
    open: bool | None
    b: Decimal | None
    h: Decimal | None
    post: Decimal | None
    prem: bool | None
    path: bool | None
    decl: Declared | None
    sub: Decimal | None
    governing_document: bool | None = None


class Ruling(NamedTuple):
    """The line of the rule that decided, what it gives, why in figures, and for a referral what would settle it."""

    rule: str
    outcome: Outcome
    reason: str
    settles: str = ""


NAMES: Final = {
    "scope": "what the organisation is",
    "open": "whether it is open to anyone in the country on the same terms",
    "b": "the local share of the people helped",
    "h": "the local share of the money",
    "post": "the local share of the posts",
    "prem": "premises or a regular site",
    "path": "a local referral pathway",
    "decl": "whether delivery is declared local or national",
    "sub": "the share subcontracted to a national supplier",
    "governing_document": "a governing document",
}
SCOPES: Final = {
    Scope.LOCAL: "a local organisation",
    Scope.REGIONAL: "an organisation of the area and its neighbours",
    Scope.AFFILIATE: "a local organisation with its own board, affiliated to a national one",
    Scope.UNREGISTERED: "a small unregistered group",
    Scope.NATIONAL: "a national organisation",
    Scope.NO_BODY: "no legal body",
}
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


def national_facts(bid: Bid) -> NationalFacts:
    """E1 to E10 as the bid's answers say them; what is not answered stays None."""
    declared = bid.chosen("delivery_declared")
    return NationalFacts(
        scope=scope_of(bid),
        open=bid.yes("open_everywhere"),
        b=bid.share("share_clients_local"),
        h=bid.share("share_money_local"),
        post=bid.share("share_posts_local"),
        prem=bid.yes("premises"),
        path=bid.yes("referral_pathway"),
        decl=Declared(declared[0]) if len(declared) == 1 else None,
        sub=bid.share("share_subcontracted"),
        governing_document=bid.yes("governing_document"),
    )


def scope_of(bid: Bid) -> Scope | None:
    """What the organisation is, from its own legal identity, its board and where it works; None when unclear.

    A branch of a national body counts as local only with its own registration and its own board.
    """
    works_in = bid.chosen("works_in")
    if "none_yet" in bid.chosen("organisation_type"):
        return Scope.NO_BODY
    if len(works_in) != 1 or works_in[0] not in WORKS_IN:
        return None
    if WORKS_IN[works_in[0]] is Scope.NATIONAL:
        return Scope.NATIONAL
    part_of_national = bid.yes("represents_national")
    if part_of_national is None:
        return None
    if part_of_national:
        return _branch(bid)
    return WORKS_IN[works_in[0]] if is_registered(bid) else Scope.UNREGISTERED


WORKS_IN: Final = {
    "hertfordshire_only": Scope.LOCAL,
    "hertfordshire_and_neighbours": Scope.REGIONAL,
    "several_regions": Scope.NATIONAL,
    "england_and_wales_or_uk": Scope.NATIONAL,
}
PUBLIC_BODIES: Final = frozenset({"local_authority", "nhs", "public_body"})


def is_registered(bid: Bid) -> bool:
    """Has its own number on a register, or is a public body set up by law."""
    numbers = bid.text("charity_number") or bid.text("company_number")
    return bool(numbers) or not PUBLIC_BODIES.isdisjoint(bid.chosen("organisation_type"))


def _branch(bid: Bid) -> Scope | None:
    own_board = bid.yes("own_board")
    if own_board is None:
        return None
    if not own_board:
        return Scope.NATIONAL
    return Scope.AFFILIATE if is_registered(bid) else None


SCOPE_QUESTIONS: Final = {
    "organisation_type": "organisation type",
    "charity_number": "charity number",
    "company_number": "company number",
    "works_in": "where it works",
    "represents_national": "part of a national organisation",
    "branch_of": "branch of",
    "own_board": "its own board",
    "governing_document": "governing document",
}
SERVICE_QUESTIONS: Final = {
    "open": "open_everywhere",
    "b": "share_clients_local",
    "h": "share_money_local",
    "post": "share_posts_local",
    "prem": "premises",
    "path": "referral_pathway",
    "decl": "delivery_declared",
    "sub": "share_subcontracted",
}


def cite_facts(bid: Bid, facts: NationalFacts) -> tuple[Fact, ...]:
    """What was taken from the bid: first what the organisation is and the answers that say so, then the service."""
    scope = Fact(name=NAMES["scope"], says=SCOPES[facts.scope] if facts.scope else "not clear from the answers below")
    body = tuple(cite(bid, question, name) for question, name in SCOPE_QUESTIONS.items())
    service = tuple(cite(bid, question, NAMES[name]) for name, question in SERVICE_QUESTIONS.items())
    return (scope, *body, *service)
