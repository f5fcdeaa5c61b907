"""The tables of a bid that the need score rests on: people to be helped, and the posts that will help them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from commissioning.findings import Finding, Result, Severity
from commissioning.model.bid import Bid, CellAnswer, Chosen, Number, RowAnswer, Text
from commissioning.model.need import CellId, Reach

REACH: Final = "reach"
POSTS: Final = "posts"


def reach_of(bid: Bid) -> Result[tuple[Reach, ...]]:
    """What the bid says it will do: people a year by district, group and service.

    A row that is not complete, or repeats a cell, is left out with a finding: adding up two rows of one cell would
    be a guess at what was meant.
    """
    found: dict[CellId, list[Reach]] = {}
    findings: list[Finding] = []
    for row in bid.rows(REACH):
        reach = _reach(row)
        if isinstance(reach, Finding):
            findings.append(reach)
        else:
            found.setdefault(reach.cell, []).append(reach)
    repeated = [_repeated(cell, rows) for cell, rows in found.items() if len(rows) > 1]
    value = tuple(rows[0] for rows in found.values() if len(rows) == 1)
    return Result(value, (*findings, *repeated))


def delivery_posts(bid: Bid) -> Result[Decimal | None]:
    """Full-time posts the bid will have, added up; None when it names none or one of them has no number."""
    rows = bid.rows(POSTS)
    findings = tuple(_no_fte(row) for row in rows if _number(row.cell("fte")) is None)
    if findings or not rows:
        return Result(None, findings)
    return Result(sum((_number(row.cell("fte")) or Decimal(0) for row in rows), start=Decimal(0)))


def _reach(row: RowAnswer) -> Reach | Finding:
    words = {column: _word(row.cell(column)) for column in ("district", "group", "service")}
    people = _number(row.cell("people"))
    blank = [column for column, word in words.items() if not word] + ([] if people is not None else ["people"])
    if blank or people is None:
        return _finding("reach-incomplete", f"Row {row.id} of the people to be helped lacks: {', '.join(blank)}.", row)
    if people < 0:
        return _finding("reach-negative", f"Row {row.id} of the people to be helped has fewer than none.", row)
    cell = CellId(area=words["district"], cohort=words["group"], service=words["service"])
    return Reach(cell=cell, people=people, place=row.cell("people").place)


def _word(cell: CellAnswer) -> str:
    match cell.value:
        case Chosen(options=(option,)):
            return option
        case Text(text=text):
            return text.strip()
        case _:
            return ""


def _number(cell: CellAnswer) -> Decimal | None:
    return cell.value.number if isinstance(cell.value, Number) else None


def _repeated(cell: CellId, rows: list[Reach]) -> Finding:
    numbers = " and ".join(f"{row.people:f}" for row in rows)
    message = (
        f"The people to be helped are given more than once for {cell}: {numbers}. Ask the provider whether they are "
        "to be added up, or one replaces the other."
    )
    return Finding(
        code="reach-repeated", severity=Severity.ERROR, message=message, place=rows[-1].place, question=REACH
    )


def _no_fte(row: RowAnswer) -> Finding:
    message = f"Row {row.id} of the posts has no number of full-time posts. Ask the provider."
    return Finding(
        code="post-without-fte", severity=Severity.ERROR, message=message, place=row.cell("fte").place, question=POSTS
    )


def _finding(code: str, message: str, row: RowAnswer) -> Finding:
    place = next((cell.place for cell in row.cells if cell.place), None)
    return Finding(
        code=code, severity=Severity.ERROR, message=f"{message} Ask the provider.", place=place, question=REACH
    )
