"""Every condition of the round on one bid, and where the bid stands."""

from __future__ import annotations

from typing import Final

from commissioning.model.bid import Bid
from commissioning.model.round import Round
from commissioning.model.screening import Outcome, Screening, ScreeningPeople, Verdict
from commissioning.steps.screening.conditions import verdict
from commissioning.steps.screening.standing import lapse, stand, standing_decision

RESTRICTION: Final = (Outcome.ELIGIBLE, Outcome.REFER, Outcome.RECOMMENDED_EXCLUSION)
"""Outcomes from the least to the most restrictive."""


def screen(round: Round, bid: Bid, *, people: ScreeningPeople) -> Screening:
    """Check `bid` against every condition of `round`, and say where it stands after what people did.

    A bid that fails is a value, not an exception: every condition is checked, and each verdict says which rule
    decided, why, and on which answers. Nothing here excludes a bid: that takes a person's decision, made after
    the provider could reply.
    """
    verdicts = tuple(verdict(condition, round, bid, people) for condition in round.conditions)
    outcome = most_restrictive(verdicts)
    decision = standing_decision(outcome, people)
    return Screening(
        bid=bid.id,
        outcome=outcome,
        verdicts=verdicts,
        standing=stand(outcome, people),
        reply_due=people.reply_due if people.put_at else None,
        reply=people.reply,
        overridden=decision.overrides if decision else False,
        decided_by=decision.by if decision else "",
        decided_at=decision.at if decision else None,
        decision_reason=decision.reason if decision else "",
        lapsed=lapse(outcome, people),
    )


def most_restrictive(verdicts: tuple[Verdict, ...]) -> Outcome:
    """Recommended exclusion before refer before eligible; eligible when the round sets no condition."""
    return max((each.outcome for each in verdicts), key=RESTRICTION.index, default=Outcome.ELIGIBLE)
