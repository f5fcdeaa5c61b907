"""What the national-bidder test knows of a bid (E1 to E10), and how it follows from the bid's answers."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Final

from commissioning.model.bid import Bid
from commissioning.model.screening import Fact
from commissioning.steps.screening.facts import cite
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
WORKS_IN: Final = {
    "hertfordshire_only": Scope.LOCAL,
    "hertfordshire_and_neighbours": Scope.REGIONAL,
    "several_regions": Scope.NATIONAL,
    "england_and_wales_or_uk": Scope.NATIONAL,
}
PUBLIC_BODIES: Final = frozenset({"local_authority", "nhs", "public_body"})
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


def cite_facts(bid: Bid, facts: NationalFacts) -> tuple[Fact, ...]:
    """What was taken from the bid: first what the organisation is and the answers that say so, then the service."""
    scope = Fact(name=NAMES["scope"], says=SCOPES[facts.scope] if facts.scope else "not clear from the answers below")
    body = tuple(cite(bid, question, name) for question, name in SCOPE_QUESTIONS.items())
    service = tuple(cite(bid, question, NAMES[name]) for name, question in SERVICE_QUESTIONS.items())
    return (scope, *body, *service)
