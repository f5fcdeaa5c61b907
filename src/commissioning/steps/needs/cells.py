"""Observations → the need, provision, gap and weight of each cell."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from commissioning.model.need import (
    NEED,
    PROVISION,
    CellId,
    Need,
    NeedsAssessment,
    NeedsPolicy,
    Observation,
    State,
)

WEAKNESS: Final = (State.PUBLISHED, State.DERIVED, State.APPORTIONED, State.ILLUSTRATIVE, State.CONFLICT, State.MISSING)
"""States from the firmest to the weakest: a cell is as firm as the weaker of its two figures."""


class _Figure(NamedTuple):
    value: Decimal | None
    state: State
    confidence: str


def need_cells(assessment: NeedsAssessment) -> tuple[Need, ...]:
    """Need, provision, gap and weight of every cell the assessment has a row for, in the order first met."""
    rows: dict[CellId, list[Observation]] = {}
    for each in standing_observations(assessment.observations):
        if each.service and each.measure in {NEED, PROVISION}:
            rows.setdefault(CellId(area=each.area, cohort=each.cohort, service=each.service), []).append(each)
    priorities = {cohort.id for cohort in assessment.cohorts if cohort.priority}
    return tuple(
        _cell(cell, found, priority=cell.cohort in priorities, policy=assessment.policy) for cell, found in rows.items()
    )


def standing_observations(observations: tuple[Observation, ...]) -> tuple[Observation, ...]:
    """The rows that no later row corrects."""
    corrected = {each.corrects for each in observations if each.corrects}
    return tuple(each for each in observations if each.id not in corrected)


def weight_of(ratio: Fraction | Decimal | None, *, priority: bool, policy: NeedsPolicy) -> Decimal:
    """The published tier: 1, more when the gap is a large enough share of need, more again for a priority cohort.

    A cell without any need has no ratio, and the ordinary weight.
    """
    if ratio is None or Fraction(ratio) < Fraction(policy.tier_at):
        return Decimal(1)
    return policy.priority_weight if priority else policy.tier_weight


def _cell(cell: CellId, rows: list[Observation], *, priority: bool, policy: NeedsPolicy) -> Need:
    need, provision = _figure(rows, NEED), _figure(rows, PROVISION)
    gap = ratio = weight = None
    if need.value is not None and provision.value is not None:
        gap = max(Decimal(0), need.value - provision.value)
        exact = Fraction(gap) / Fraction(need.value) if need.value else None
        weight = weight_of(exact, priority=priority, policy=policy)
        ratio = gap / need.value if need.value else None
    return Need(
        cell=cell,
        need=need.value,
        provision=provision.value,
        gap=gap,
        gap_ratio=ratio,
        weight=weight,
        confidence=max(need.confidence, provision.confidence),
        state=max(need.state, provision.state, key=WEAKNESS.index),
        sources=tuple(dict.fromkeys(row.source for row in rows)),
    )


def _figure(rows: Iterable[Observation], measure: str) -> _Figure:
    """The one figure standing rows give for `measure`: none when there is none, or when they disagree."""
    found = [row for row in rows if row.measure == measure and row.value is not None]
    if not found:
        return _Figure(None, State.MISSING, "")
    confidence = max(row.confidence for row in found)
    if len({row.value for row in found}) > 1:
        return _Figure(None, State.CONFLICT, confidence)
    return _Figure(found[0].value, max((row.state for row in found), key=WEAKNESS.index), confidence)
