"""What screening found: one verdict per condition, each with the rule and the place of the answer it used."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from commissioning.findings import Place
from commissioning.model.round import (
    AnsweredYes,
    Condition,
    DatesWithin,
    DocumentsPresent,
    NationalTest,
    ReceivedOnTime,
    RequestWithin,
    Round,
)
from commissioning.values.record import Record


class Outcome(StrEnum):
    """Three outcomes; software recommends, a person excludes."""

    ELIGIBLE = "eligible"
    RECOMMENDED_EXCLUSION = "recommended exclusion"
    REFER = "refer"


class Fact(Record):
    """One thing a rule used: what it is called, what it says ("not answered" is said), and where it stands.

    `question` is the id of the question whose answer it is, "" for anything else: it says whether it may be shown.
    """

    name: str
    says: str
    place: Place | None = None
    question: str = ""


class Verdict(Record):
    """One condition on one bid. `rule` names the line of the rule that decided ("R3"); `reason` is plain English.

    `settles` names, for a referral, the single fact that would settle it, when there is one. `key` is the condition's
    own (`keyed_conditions`); `condition` names only its kind, which a round may use more than once. `reason` may be
    shown to anyone, so it never quotes an answer’s words: `facts` do.
    """

    condition: str
    rule: str
    outcome: Outcome
    reason: str
    facts: tuple[Fact, ...] = ()
    settles: str = ""
    key: str = ""

    @property
    def ground(self) -> str:
        """Which line of which condition this is, as it is put to a provider: "national_test/R3"."""
        return f"{self.key}/{self.rule}"

    @property
    def answered_as(self) -> str:
        """What a person's decision records that it answered: "national_test:R3:recommended exclusion"."""
        return f"{self.key}:{self.rule}:{self.outcome.value}"


def keyed_conditions(round: Round) -> dict[str, Condition]:
    """The round's conditions by a key of their own: "request_within:total_requested"; a repeated one is numbered."""
    keyed: dict[str, Condition] = {}
    for condition in round.conditions:
        key = same = _key(condition)
        number = 1
        while key in keyed:
            number += 1
            key = f"{same}#{number}"
        keyed[key] = condition
    return keyed


def _key(condition: Condition) -> str:
    match condition:
        case ReceivedOnTime() | NationalTest():
            return condition.rule
        case AnsweredYes(question=question) | RequestWithin(question=question):
            return f"{condition.rule}:{question}"
        case DatesWithin(start=start, end=end):
            return f"{condition.rule}:{start}+{end}"
        case DocumentsPresent(documents=documents):
            return f"{condition.rule}:{'+'.join(documents)}"


def excluding(verdicts: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """The verdicts that recommend exclusion: the only ones a bid can be excluded on."""
    return tuple(each for each in verdicts if each.outcome is Outcome.RECOMMENDED_EXCLUSION)


def to_be_answered(verdicts: tuple[Verdict, ...]) -> tuple[str, ...]:
    """What a person who decides on a bid has before them: every verdict that is not plainly eligible."""
    return tuple(each.answered_as for each in verdicts if each.outcome is not Outcome.ELIGIBLE)


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
    """A named person excluded a bid, or found it eligible; `overrides` says they knew it was against the rule.

    `answers` is what they had before them (`to_be_answered`): a decision settles nothing that came up later.
    """

    excluded: bool
    overrides: bool
    by: str
    at: datetime
    reason: str
    answers: tuple[str, ...] = ()


class ScreeningPeople(Record):
    """What people have done about one bid, as screening needs to know it.

    `extension` is more time for every provider, `extensions` for one by its id. `put_at` is when the last of the
    grounds that now recommend exclusion was put to the provider, `reply_due` the end of their right to reply by the
    round's working time. `now` is the instant the question is asked for.
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
