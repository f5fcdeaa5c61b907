"""Coverage: what all bids together ask for in each cell, against the gap there; what nobody addresses shows as such."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from decimal import Decimal

import pandas as pd

from commissioning.model.need import CellId, Coverage, Covered, Need, NeedScore

CELL = ["area", "cohort", "service"]


def coverage(needs: tuple[Need, ...], scores: tuple[NeedScore, ...]) -> tuple[Coverage, ...]:
    """Every cell with a figure or a bid: its gap, the people all bids ask for there, and which bids they are.

    People are as asked, before capacity and confidence; figures of different cells are never added together. The
    order is by district, group and service, as text.
    """
    asked = pd.DataFrame(
        [
            {**each.cell.model_dump(), "bid": score.bid, "people": each.asked}
            for score in scores
            for each in score.cells
        ],
        columns=[*CELL, "bid", "people"],
    )
    by_cell = asked.groupby(CELL, sort=False).agg(people=("people", "sum"), bids=("bid", tuple))
    known = pd.DataFrame(
        [{**need.cell.model_dump(), "gap": need.gap} for need in needs], columns=[*CELL, "gap"]
    ).set_index(CELL)
    both = known.join(by_cell, how="outer").sort_index().reset_index().astype(object)
    both = both.where(both.notna(), None)
    return tuple(_line(row) for row in both.to_dict("records"))


def _line(row: Mapping[Hashable, object]) -> Coverage:
    gap, people, bids = row["gap"], row["people"], row["bids"]
    cell = CellId.model_validate({name: row[name] for name in CELL})
    known = gap if isinstance(gap, Decimal) else None
    wanted = people if isinstance(people, Decimal) else Decimal(0)
    return Coverage(
        cell=cell,
        gap=known,
        asked=wanted,
        bids=bids if isinstance(bids, tuple) else (),
        state=covered(known, wanted),
    )


def covered(gap: Decimal | None, asked: Decimal) -> Covered:
    """How what is asked for stands to the gap; where no figure is known, that is said instead."""
    if gap is None:
        return Covered.NO_FIGURE
    if not asked:
        return Covered.NOBODY if gap else Covered.NO_GAP
    return Covered.MORE_THAN_GAP if asked > gap else Covered.WITHIN
