"""Need, provision and gap by cell (district, cohort, service), and what a bid does for them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from commissioning.findings import Place
from commissioning.values.record import Record

NEED: Final = "need"
PROVISION: Final = "provision"
PEOPLE_A_YEAR: Final = "people a year"
"""The measures that make a cell, and their unit: different people in a year, not referrals or contacts."""


class State(StrEnum):
    """What stands behind a figure."""

    PUBLISHED = "published"
    DERIVED = "derived"
    APPORTIONED = "apportioned"
    ILLUSTRATIVE = "illustrative"
    MISSING = "missing"
    CONFLICT = "conflict"


class Observation(Record):
    """One sourced figure about one area. Corrections are new rows; nothing is overwritten.

    `value` is None when `state` is missing. `qualifier` keeps "over", "almost", "approx".
    `service` is "" for figures that are not about one service. `corrects` is the id of the row this one replaces.
    """

    id: str
    area: str
    cohort: str
    service: str = ""
    measure: str
    value: Decimal | None
    unit: str
    period: str
    state: State
    confidence: str = ""
    qualifier: str = ""
    source: str
    url: str = ""
    corrects: str = ""


class CellId(Record):
    """District (by id), cohort and service."""

    area: str
    cohort: str
    service: str

    def __str__(self) -> str:
        return f"{self.area}/{self.cohort}/{self.service}"


class Need(Record):
    """One cell's need and provision, in people a year; None where no figure exists.

    `weight` is the published tier (1.00, 1.25, 1.50), None when the gap cannot be computed.
    """

    cell: CellId
    need: Decimal | None
    provision: Decimal | None
    gap: Decimal | None
    gap_ratio: Decimal | None
    weight: Decimal | None
    confidence: str
    state: State
    sources: tuple[str, ...]


class Area(Record):
    """A district or the county, with its ONS code and the other names people use."""

    id: str
    name: str
    gss: str
    aliases: tuple[str, ...] = ()


class Named(Record):
    """A cohort or service of the needs data, with the form's option id it answers to as its id."""

    id: str
    name: str
    priority: bool = False


class NeedsPolicy(Record):
    """The published settings of the need score, each with its source or status in `basis`.

    `caseloads` are people a year per full-time post, by service. `tiers` and `bands` are (at least, gives) pairs.
    `segments` are (share of the gap, value of each person in it).
    """

    caseloads: dict[str, Decimal]
    tier_at: Decimal
    tier_weight: Decimal
    priority_weight: Decimal
    segments: tuple[tuple[Decimal, Decimal], ...]
    bands: tuple[tuple[Decimal, int], ...]
    basis: str
    illustrative: str = ""


class AssessmentHead(Record):
    """What the countywide assessment says of itself: its names, its policy, what to know before using it."""

    title: str
    as_at: date
    areas: tuple[Area, ...]
    cohorts: tuple[Named, ...]
    services: tuple[Named, ...]
    policy: NeedsPolicy
    notes: tuple[str, ...] = ()


class NeedsAssessment(AssessmentHead):
    """Everything the countywide assessment says, as loaded for one round."""

    observations: tuple[Observation, ...]


class Reach(Record):
    """What a bid says it will do in one cell: people a year, as asked."""

    cell: CellId
    people: Decimal
    place: Place | None = None


class Confidence(Record):
    """A person's judgement that delivery in a cell is evidenced: 1, .75, .5 or 0, with the place and the reason."""

    cell: CellId
    confidence: Decimal
    place: str
    reason: str
    by: str


class CellScore(Record):
    """The arithmetic of one cell: asked k, capped k', confidence d, counted k̂, need benefit W·f."""

    cell: CellId
    asked: Decimal
    capped: Decimal
    confidence: Decimal | None
    counted: Decimal | None
    gap: Decimal | None
    weight: Decimal | None
    benefit: Decimal | None
    steps: tuple[str, ...]


class NeedScore(Record):
    """Targeting: weighted unmet need met per person the bid can serve; None and a reason when not computable."""

    bid: str
    capacity: Decimal | None
    cells: tuple[CellScore, ...]
    benefit: Decimal | None
    targeting: Decimal | None
    band: int | None
    not_computable: tuple[str, ...] = ()
    unconfirmed: tuple[CellId, ...] = ()
    cited_evidence: Place | None = None


class Covered(StrEnum):
    """How what all bids ask for in a cell stands to the gap there."""

    NOBODY = "a gap nobody addresses"
    WITHIN = "within the gap"
    MORE_THAN_GAP = "more asked for than the gap"
    NO_GAP = "no gap, nobody asks"
    NO_FIGURE = "no figure: people judge the evidence"


class Coverage(Record):
    """A cell and what all bids together ask for in it, in people a year as asked."""

    cell: CellId
    gap: Decimal | None
    asked: Decimal
    bids: tuple[str, ...]
    state: Covered
