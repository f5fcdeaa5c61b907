"""A rule as people call it: from a verdict back to the round's condition, and to a plain name."""

from __future__ import annotations

from commissioning.model.form import Form, Sensitivity
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
from commissioning.model.screening import Fact, Verdict, keyed_conditions
from commissioning.steps.drafting.answers import asked_by

BY_A_PERSON = "by a person’s decision"


def find_condition(round: Round, verdict: Verdict) -> Condition | None:
    """The condition that gave `verdict`, by its own key; None when the round no longer has it."""
    return keyed_conditions(round).get(verdict.key)


def is_sensitive(form: Form, fact: Fact) -> bool:
    """Whether a fact repeats the answer to a question that is not open, and so may not be shown."""
    asked = asked_by(form, fact.question)
    return asked is not None and asked.question.sensitivity is not Sensitivity.OPEN


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
