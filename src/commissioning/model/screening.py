"""What screening found: one verdict per condition, each with the rule and the place of the answer it used."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from commissioning.findings import Place
from commissioning.values.record import Record


class Outcome(StrEnum):
    """Three outcomes; software recommends, a person excludes."""

    ELIGIBLE = "eligible"
    RECOMMENDED_EXCLUSION = "recommended exclusion"
    REFER = "refer"


class Fact(Record):
    """One thing a rule used: what it is called, what it says ("not answered" is said), and where it stands."""

    name: str
    says: str
    place: Place | None = None


class Verdict(Record):
    """One condition on one bid. `rule` names the line of the rule that decided ("R3"); `reason` is plain English.

    `settles` names, for a referral, the single fact that would settle it, when there is one.
    """

    condition: str
    rule: str
    outcome: Outcome
    reason: str
    facts: tuple[Fact, ...] = ()
    settles: str = ""


class Standing(StrEnum):
    """Where a bid stands after screening and what people have said of it."""

    ELIGIBLE = "eligible"
    REFERRED = "referred"
    EXCLUSION_PUT = "recommended exclusion, not yet put to the provider"
    AWAITING_REPLY = "recommended exclusion, awaiting the provider's reply"
    AWAITING_DECISION = "recommended exclusion, awaiting a person's decision"
    EXCLUDED = "excluded"


class Screening(Record):
    """Every verdict on one bid and the outcome they give together: the most restrictive of them.

    `reply_due` is the end of the provider's right to reply, once a recommended exclusion has been put to them.
    `decided_by`, `decided_at` and `decision_reason` are a person's; `overridden` says they went against the rule.
    `lapsed` says why a decision on record no longer settles this bid ("" when none was left aside).
    """

    bid: str
    outcome: Outcome
    verdicts: tuple[Verdict, ...]
    standing: Standing
    reply_due: datetime | None = None
    reply: str = ""
    overridden: bool = False
    decided_by: str = ""
    decided_at: datetime | None = None
    decision_reason: str = ""
    lapsed: str = ""


class LateDecision(Record):
    """A named person accepted a late bid, or refused it."""

    accepted: bool
    by: str
    at: datetime
    reason: str = ""


class ScreeningDecision(Record):
    """A named person excluded a bid, or found it eligible; `overrides` says they knew it was against the rule."""

    excluded: bool
    overrides: bool
    by: str
    at: datetime
    reason: str


class ScreeningPeople(Record):
    """What people have done about one bid, as screening needs to know it.

    `extension` is more time for every provider, `extensions` for one by its id. `put_at` is when a recommended
    exclusion was put to the provider, `reply_due` the end of their right to reply by the round's working time.
    `now` is the instant the question is asked for.
    """

    now: datetime
    extension: datetime | None = None
    extensions: dict[str, datetime] = Field(default_factory=dict)
    late: LateDecision | None = None
    put_at: datetime | None = None
    reply_due: datetime | None = None
    reply: str = ""
    replied_at: datetime | None = None
    decision: ScreeningDecision | None = None
