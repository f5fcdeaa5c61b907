"""Where a bid stands: what the rules recommend, and what people have said since.

A recommended exclusion is put to the provider, who may reply; only then can a named person exclude.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from commissioning.model.screening import (
    Outcome,
    ScreeningDecision,
    ScreeningPeople,
    Standing,
    Verdict,
    excluding,
    to_be_answered,
)
from commissioning.values.showing import show_moment

OVERRIDE_REASON: Final = 50
"""Characters a reason must have, at least, when a person goes against the rule."""
RESTRICTION: Final = (Outcome.ELIGIBLE, Outcome.REFER, Outcome.RECOMMENDED_EXCLUSION)
"""Outcomes from the least to the most restrictive."""


def most_restrictive(verdicts: tuple[Verdict, ...]) -> Outcome:
    """Recommended exclusion before refer before eligible; eligible when the round sets no condition."""
    return max((each.outcome for each in verdicts), key=RESTRICTION.index, default=Outcome.ELIGIBLE)


def is_override(outcome: Outcome, *, excluded: bool) -> bool:
    """Whether deciding so goes against what the rules recommend; settling a referral goes against nothing."""
    if outcome is Outcome.REFER:
        return False
    return excluded != (outcome is Outcome.RECOMMENDED_EXCLUSION)


def stand(verdicts: tuple[Verdict, ...], people: ScreeningPeople) -> Standing:
    """The bid's standing: a person's decision that holds, else what the outcome is waiting for."""
    outcome, decision = most_restrictive(verdicts), standing_decision(verdicts, people)
    if decision is not None:
        return Standing.EXCLUDED if decision.excluded else Standing.ELIGIBLE
    if outcome is Outcome.ELIGIBLE:
        return Standing.ELIGIBLE
    if outcome is Outcome.REFER:
        return Standing.REFERRED
    if people.put_at is None:
        return Standing.EXCLUSION_PUT
    return Standing.AWAITING_DECISION if was_heard(people, by=people.now) else Standing.AWAITING_REPLY


def standing_decision(verdicts: tuple[Verdict, ...], people: ScreeningPeople) -> ScreeningDecision | None:
    """The decision on record, if it holds against these verdicts."""
    if people.decision is None or decision_faults(verdicts, people.decision, people):
        return None
    return people.decision


def lapse(verdicts: tuple[Verdict, ...], people: ScreeningPeople) -> str:
    """Why the decision on record no longer settles the bid, or ""."""
    decision = people.decision
    if decision is None:
        return ""
    faults = decision_faults(verdicts, decision, people)
    if not faults:
        return ""
    said = "exclude" if decision.excluded else "find eligible"
    return f"The decision of {decision.by}, {show_moment(decision.at)}, to {said} does not hold: {' '.join(faults)}"


def decision_faults(
    verdicts: tuple[Verdict, ...], decision: ScreeningDecision, people: ScreeningPeople
) -> tuple[str, ...]:
    """Why `decision` cannot settle a bid with these verdicts; empty when it can."""
    checks = (
        _made_on_this_outcome(most_restrictive(verdicts), decision),
        _answers_all(verdicts, decision),
        _reasoned(decision),
        _provider_heard(verdicts, decision, people),
    )
    return tuple(fault for fault in checks if fault)


def was_heard(people: ScreeningPeople, *, by: datetime) -> bool:
    """Whether the provider had replied to what was put, or had the whole time to, `by` this instant."""
    if people.put_at is None:
        return False
    replied = people.replied_at is not None and people.put_at <= people.replied_at <= by
    return replied or (people.reply_due is not None and people.reply_due <= by)


def _made_on_this_outcome(outcome: Outcome, decision: ScreeningDecision) -> str:
    if decision.overrides == is_override(outcome, excluded=decision.excluded):
        return ""
    return f'It was not made on the present outcome, "{outcome}"; decide again.'


def _answers_all(verdicts: tuple[Verdict, ...], decision: ScreeningDecision) -> str:
    """A decision on one verdict says nothing of another that came up since, even where the outcome is the same."""
    since = [
        f"{each.outcome.value} under {each.key}, rule {each.rule}"
        for each in verdicts
        if set(to_be_answered((each,))) - set(decision.answers)
    ]
    return f"It did not answer what stands now ({'; '.join(since)}); decide again." if since else ""


def _reasoned(decision: ScreeningDecision) -> str:
    length = len(decision.reason.strip())
    if not length:
        return "A decision needs a reason and this one has none; say why."
    if not decision.overrides or length >= OVERRIDE_REASON:
        return ""
    return f"A decision against the rule needs a reason of {OVERRIDE_REASON} characters or more; this one has {length}."


def _provider_heard(verdicts: tuple[Verdict, ...], decision: ScreeningDecision, people: ScreeningPeople) -> str:
    if not decision.excluded or was_heard(people, by=decision.at):
        return ""
    if people.put_at is None and not excluding(verdicts):
        return "No rule recommends exclusion, so no ground was put to the provider; correct the facts first."
    if people.put_at is None:
        return "The exclusion was never put to the provider; send it in the queries document first."
    due = f" until {show_moment(people.reply_due)}" if people.reply_due else ""
    return f"The provider had the right to reply{due} and had not yet replied; decide after that."
