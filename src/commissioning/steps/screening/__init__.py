"""Screening: does this bid meet the round's conditions? Software recommends; a person excludes."""

from commissioning.steps.screening.conditions import verdict
from commissioning.steps.screening.national import Ruling, national_rule
from commissioning.steps.screening.national_facts import NationalFacts, Scope, national_facts
from commissioning.steps.screening.screen import apply_conditions, screen
from commissioning.steps.screening.standing import OVERRIDE_REASON, decision_faults, is_override

__all__ = [
    "OVERRIDE_REASON",
    "NationalFacts",
    "Ruling",
    "Scope",
    "apply_conditions",
    "decision_faults",
    "is_override",
    "national_facts",
    "national_rule",
    "screen",
    "verdict",
]
