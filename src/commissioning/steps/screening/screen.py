"""Every condition of the round on one bid, and where the bid stands."""

from __future__ import annotations

from commissioning.model.bid import Bid
from commissioning.model.round import Round
from commissioning.model.screening import Screening, ScreeningPeople, Verdict, keyed_conditions
from commissioning.steps.screening.conditions import verdict
from commissioning.steps.screening.standing import lapse, most_restrictive, stand, standing_decision


def apply_conditions(round: Round, bid: Bid, *, people: ScreeningPeople) -> tuple[Verdict, ...]:
    """The verdict of every condition of `round` on `bid`, each with the key of its condition."""
    return tuple(
        verdict(condition, round, bid, people).with_changes(key=key)
        for key, condition in keyed_conditions(round).items()
    )


def screen(round: Round, bid: Bid, *, people: ScreeningPeople) -> Screening:
    """Check `bid` against every condition of `round`, and say where it stands after what people did.

    A bid that fails is a value, not an exception: every condition is checked, and each verdict says which rule
    decided, why, and on which answers. Nothing here excludes a bid: that takes a person's decision, made after
    the provider could reply.
    """
    verdicts = apply_conditions(round, bid, people=people)
    decision = standing_decision(verdicts, people)
    return Screening(
        bid=bid.id,
        outcome=most_restrictive(verdicts),
        verdicts=verdicts,
        standing=stand(verdicts, people),
        reply_due=people.reply_due if people.put_at else None,
        reply=people.reply,
        overridden=decision.overrides if decision else False,
        decided_by=decision.by if decision else "",
        decided_at=decision.at if decision else None,
        decision_reason=decision.reason if decision else "",
        lapsed=lapse(verdicts, people),
    )
