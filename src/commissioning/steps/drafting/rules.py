"""A rule as people call it: from a verdict back to the round's condition, and to a plain name."""

from __future__ import annotations

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
from commissioning.model.screening import Verdict


def find_condition(round: Round, verdict: Verdict) -> Condition | None:
    """The condition that gave `verdict`; of several yes-or-no conditions, the one about its question."""
    same = [each for each in round.conditions if each.rule == verdict.condition]
    for each in same:
        if not isinstance(each, AnsweredYes) or each.question == verdict.rule:
            return each
    return None


def name_rule(round: Round, verdict: Verdict) -> str:  # noqa: PLR0911 - one return a condition
    """What to call the rule in a document: "National organisations and services, rule R3"."""
    match find_condition(round, verdict):
        case ReceivedOnTime():
            return "Received by the deadline"
        case AnsweredYes(title=title):
            return title
        case DatesWithin():
            return "Dates within the round"
        case RequestWithin():
            return "Amount within the limits"
        case DocumentsPresent():
            return "Documents asked for"
        case NationalTest():
            return f"National organisations and services, rule {verdict.rule}"
        case None:
            return verdict.rule
