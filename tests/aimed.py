"""A small needs assessment, and what bids say they will do for it, as records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from commissioning.model.bid import CellAnswer, Chosen, Number, RowAnswer, Status, Text, Value
from commissioning.model.need import (
    NEED,
    PEOPLE_A_YEAR,
    PROVISION,
    Area,
    CellId,
    Confidence,
    Named,
    NeedsAssessment,
    NeedsPolicy,
    Observation,
    Reach,
    State,
)

POLICY = NeedsPolicy(
    caseloads={"idva": Decimal(70), "outreach": Decimal(80), "therapy": Decimal(40)},
    tier_at=Decimal("0.5"),
    tier_weight=Decimal("1.25"),
    priority_weight=Decimal("1.50"),
    segments=(
        (Decimal("0.5"), Decimal(1)),
        (Decimal("0.3"), Decimal("0.6")),
        (Decimal("0.2"), Decimal("0.3")),
    ),
    bands=(
        (Decimal("1.25"), 5),
        (Decimal("1.00"), 4),
        (Decimal("0.75"), 3),
        (Decimal("0.50"), 2),
        (Decimal("0.20"), 1),
    ),
    basis="a test",
)


def cell(name: str) -> CellId:
    """The cell named "district cohort service"."""
    area, cohort, service = name.split()
    return CellId(area=area, cohort=cohort, service=service)


def figures(name: str, need: str | None, provision: str | None, confidence: str = "A") -> tuple[Observation, ...]:
    """The rows of one cell; None leaves the row out."""
    given = ((NEED, need), (PROVISION, provision))
    return tuple(observation(name, measure, value, confidence) for measure, value in given if value is not None)


def observation(name: str, measure: str, value: str | None, confidence: str = "A", **fields: object) -> Observation:
    """One row of one cell."""
    at = cell(name)
    row = {
        "id": f"{name} {measure} {value}",
        "area": at.area,
        "cohort": at.cohort,
        "service": at.service,
        "measure": measure,
        "value": value,
        "unit": PEOPLE_A_YEAR,
        "period": "2020-21",
        "state": State.PUBLISHED,
        "confidence": confidence,
        "source": "a return",
    }
    return Observation.model_validate({**row, **fields})


def assessment(observations: Iterable[Observation], policy: NeedsPolicy = POLICY) -> NeedsAssessment:
    """An assessment with these rows."""
    return NeedsAssessment(
        title="A test",
        as_at=date(2021, 2, 1),
        areas=(Area(id="watford", name="Watford", gss="E07000103"),),
        cohorts=(
            Named(id="women", name="women"),
            Named(id="south_asian_women", name="South Asian women", priority=True),
            Named(id="deaf_people", name="deaf people"),
        ),
        services=(Named(id="outreach", name="outreach"), Named(id="helpline", name="helpline")),
        policy=policy,
        observations=tuple(observations),
    )


def reach(name: str, people: str) -> Reach:
    """People a year, as asked, in one cell."""
    return Reach(cell=cell(name), people=Decimal(people))


def confirmed(name: str, confidence: str) -> Confidence:
    """A person's confirmation of one cell."""
    return Confidence(
        cell=cell(name), confidence=Decimal(confidence), place="page 4", reason="A letter.", by="R. Ashdale"
    )


def row(number: str, **cells: Value | str | None) -> RowAnswer:
    """A row typed in; a text stands for words, None for a blank cell."""
    return RowAnswer(id=number, cells=tuple(_cell(column, value) for column, value in cells.items()))


def picked(option: str) -> Chosen:
    """One option as picked."""
    return Chosen(options=(option,))


def count(number: str) -> Number:
    """A number as answered."""
    return Number(number=Decimal(number))


def _cell(column: str, value: Value | str | None) -> CellAnswer:
    if value is None:
        return CellAnswer(column=column, status=Status.BLANK)
    typed = Text(text=value) if isinstance(value, str) else value
    return CellAnswer(column=column, status=Status.ANSWERED, value=typed)
