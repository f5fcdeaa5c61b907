"""What people decided, what is still open, and everything known about one bid in one place."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from commissioning.findings import Finding
from commissioning.model.bid import Bid, LedgerLine
from commissioning.model.need import NeedScore
from commissioning.model.screening import Screening, Standing
from commissioning.model.strategy import StrategyScore
from commissioning.values.record import Record

Recommendation = Literal["include", "include provisionally", "not include"]
INCLUDED: frozenset[Recommendation] = frozenset(("include", "include provisionally"))


class Judgement(Record):
    """The joint meeting's view: words per criterion id, a recommendation, an order of priority, who was there."""

    judgements: dict[str, str]
    recommendation: Recommendation
    priority: int | None
    reason: str
    present: tuple[str, ...]
    at: datetime
    act: int


class Decision(Record):
    """Who decided what, when and why. For the MoJ rounds: whether the bid is in the county's submission."""

    outcome: Recommendation
    priority: int | None
    reason: str
    by: str
    at: datetime
    act: int


class Interest(Record):
    """What a person of a body declared about a bid; `interest` is "" when they declared none."""

    person: str
    body: str
    interest: str


class Dossier(Record):
    """Everything known about one bid. `findings` are those still open; answers carry what stood before beside them."""

    bid: Bid
    provider_name: str
    service_name: str
    findings: tuple[Finding, ...]
    unplaced: tuple[LedgerLine, ...] = ()
    screening: Screening
    need: NeedScore
    strategy: StrategyScore
    interests: tuple[Interest, ...] = ()
    judgement: Judgement | None = None
    decision: Decision | None = None


def is_standing(dossier: Dossier) -> bool:
    """Neither withdrawn nor excluded."""
    return not dossier.bid.withdrawn and dossier.screening.standing is not Standing.EXCLUDED


def is_included(dossier: Dossier) -> bool:
    """Decided to be in the submission, provisionally or not, and still standing."""
    return dossier.decision is not None and dossier.decision.outcome in INCLUDED and is_standing(dossier)


def priority_of(dossier: Dossier) -> int | None:
    """The priority decided; before a decision, the one recommended."""
    said = dossier.decision or dossier.judgement
    return said.priority if said else None


class OpenItem(Record):
    """Something not settled, and the role that must act. `bid` is "" for what concerns the whole round."""

    what: str
    owner: str
    bid: str = ""
    due: datetime | None = None


class Signature(Record):
    """A role on the sign-off sheet: `state` is signed, absent or open; `act` is the journal number of the signing."""

    role: str
    holder: str
    state: Literal["signed", "absent", "open"]
    name: str = ""
    at: datetime | None = None
    reason: str = ""
    act: int = 0


class Stamp(Record):
    """What every issued document prints of itself: version, instant, and the journal's chain head before its issue."""

    document: str
    version: int
    made_at: datetime
    chain_head: str
    provisional: bool = False
    amendments: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
