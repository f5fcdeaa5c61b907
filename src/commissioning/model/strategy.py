"""The victims strategy: priorities, the links bids declare to them, and the score by lookup."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from commissioning.findings import Place
from commissioning.values.record import Record


class Priority(Record):
    """One priority, in the words of its source. The option id of the form's question is its id."""

    id: str
    wording: str
    weight: Decimal
    counts_as_evidence: str
    source: str


class Strategy(Record):
    """A strategy in force over a period. `status` says what was and was not obtained of its text."""

    id: str
    title: str
    status: str
    priorities: tuple[Priority, ...]


class Level(StrEnum):
    """What the evidence shows of a declared link."""

    FULL = "full"
    PARTIAL = "partial"
    NOT_SHOWN = "not shown"
    CONTRADICTED = "contradicted"


class Link(Record):
    """A declared link to a priority, and a person's confirmation of it when there is one."""

    priority: str
    claim: str
    place: Place | None = None
    level: Level | None = None
    cited: str = ""
    reason: str = ""
    by: str = ""


class StrategyScore(Record):
    """Five times the weighted share of a bid's own declared links that were shown; None until all are confirmed."""

    bid: str
    links: tuple[Link, ...]
    score: Decimal | None
    steps: tuple[str, ...]
    not_computable: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
