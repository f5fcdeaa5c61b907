from __future__ import annotations

from decimal import Decimal

from commissioning.model.need import CellId, CellScore, Covered, Need, NeedScore, State
from commissioning.steps.needs.coverage import coverage


def cell(name: str) -> CellId:
    area, cohort, service = name.split("/")
    return CellId(area=area, cohort=cohort, service=service)


def need(name: str, gap: int | None) -> Need:
    known = None if gap is None else Decimal(gap)
    state = State.MISSING if gap is None else State.ILLUSTRATIVE
    return Need(
        cell=cell(name),
        need=known,
        provision=None,
        gap=known,
        gap_ratio=None,
        weight=None,
        confidence="",
        state=state,
        sources=(),
    )


def bid(name: str, **people: int) -> NeedScore:
    cells = tuple(
        CellScore(
            cell=cell(where.replace("__", "/")),
            asked=Decimal(number),
            capped=Decimal(number),
            confidence=None,
            counted=None,
            gap=None,
            weight=None,
            benefit=None,
            steps=(),
        )
        for where, number in people.items()
    )
    return NeedScore(bid=name, capacity=None, cells=cells, benefit=None, targeting=None, band=None)


def test_each_cell_says_how_what_is_asked_stands_to_its_gap() -> None:
    needs = (
        need("stevenage/women/idva", 70),
        need("watford/men/idva", 14),
        need("dacorum/women/idva", 10),
        need("hertsmere/women/idva", 0),
        need("watford/deaf/idva", None),
    )
    bids = (
        bid("B01", stevenage__women__idva=70, dacorum__women__idva=8),
        bid("B02", dacorum__women__idva=3, watford__deaf__idva=5, broxbourne__men__helpline=2),
    )
    found = {str(line.cell): (line.gap, line.asked, line.bids, line.state) for line in coverage(needs, bids)}
    assert found == {
        "broxbourne/men/helpline": (None, Decimal(2), ("B02",), Covered.NO_FIGURE),
        "dacorum/women/idva": (Decimal(10), Decimal(11), ("B01", "B02"), Covered.MORE_THAN_GAP),
        "hertsmere/women/idva": (Decimal(0), Decimal(0), (), Covered.NO_GAP),
        "stevenage/women/idva": (Decimal(70), Decimal(70), ("B01",), Covered.WITHIN),
        "watford/deaf/idva": (None, Decimal(5), ("B02",), Covered.NO_FIGURE),
        "watford/men/idva": (Decimal(14), Decimal(0), (), Covered.NOBODY),
    }


def test_without_bids_every_gap_is_one_nobody_addresses() -> None:
    assert [line.state for line in coverage((need("stevenage/women/idva", 70),), ())] == [Covered.NOBODY]


def test_without_figures_what_bids_ask_for_is_still_listed() -> None:
    (line,) = coverage((), (bid("B01", stevenage__women__idva=70),))
    assert (line.gap, line.asked, line.state) == (None, Decimal(70), Covered.NO_FIGURE)
