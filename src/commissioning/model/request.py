"""What a bid asks for: its total, the least it could work with, and the money by pot, each with its place."""

from __future__ import annotations

from decimal import Decimal

from commissioning.findings import Place
from commissioning.model.bid import Bid, CellAnswer, Money, Status
from commissioning.model.form import Column, Form, Kind
from commissioning.model.round import Pot, Round
from commissioning.values.record import Record

TOTAL, LEAST, BUDGET = "total_requested", "minimum_award", "budget"
ADDED_UP = "added up from the lines"
NOT_BEGUN = frozenset({Status.BLANK, Status.PLACEHOLDER, Status.NOT_ASKED, Status.NOT_FOUND})


class Total(Record):
    """What a column of the budget comes to. `amount` is None, with the reason, when that cannot be said.

    `note` says that nobody wrote the total: it was added up from the lines.
    """

    amount: Decimal | None = None
    place: Place | None = None
    reason: str = ""
    note: str = ""


class Requested(Record):
    """Money asked of one pot. `amount` is None, with the reason, when the form does not say it; `note`: see `Total`."""

    pot: str
    year: str
    amount: Decimal | None
    place: Place | None = None
    reason: str = ""
    note: str = ""


def requested(round: Round, form: Form, bid: Bid) -> tuple[Requested, ...]:
    """What `bid` asks of each pot of its stream, in the round's order; never a guess.

    A stream with one pot is asked for the bid's total; one with a pot a year, for the budget's total of each year.
    """
    stream = round.stream(bid.stream)
    pots = tuple(round.pot(pot) for pot in stream.pots) if stream else ()
    if len(pots) == 1:
        answer = bid.answer(TOTAL)
        amount = bid.money(TOTAL)
        reason = "" if amount is not None else "the total requested is not stated"
        return (Requested(pot=pots[0].id, year=pots[0].year, amount=amount, place=answer.place, reason=reason),)
    return tuple(_of_pot(form, bid, pot, pots) for pot in pots)


def _of_pot(form: Form, bid: Bid, pot: Pot, pots: tuple[Pot, ...]) -> Requested:
    if sum(each.year == pot.year for each in pots) > 1:
        return Requested(pot=pot.id, year=pot.year, amount=None, reason="two pots share this year")
    column = year_column(form, pot.year)
    if column is None:
        return Requested(pot=pot.id, year=pot.year, amount=None, reason="the form has no column for this year")
    total = _column_total(form, bid, column.id)
    reason = total.reason or ("" if total.amount is not None else "the budget states no sum for this year")
    return Requested(pot=pot.id, year=pot.year, amount=total.amount, place=total.place, reason=reason, note=total.note)


def year_column(form: Form, year: str) -> Column | None:
    """The money column of the budget that is headed with `year` ("2021-22", "2021/22", "y2021_22")."""
    columns = [column for asked in form.asked if asked.id == BUDGET for column in asked.question.columns]
    for column in columns:
        if column.kind is Kind.MONEY and _digits(year) in (_digits(column.id), _digits(column.title)):
            return column
    return None


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _column_total(form: Form, bid: Bid, column: str) -> Total:
    """The total row's sum; where that is blank, the lines added up, if each that was begun reads as money."""
    total_row = form.find(BUDGET).question.total_row
    begun = [(row.id, cell) for row in bid.rows(BUDGET) if (cell := row.cell(column)) and cell.status not in NOT_BEGUN]
    for row, cell in begun:
        if row == total_row:
            return _said(cell)
    lines = [_said(cell) for _, cell in begun]
    amounts = [line.amount for line in lines if line.amount is not None]
    if len(amounts) < len(lines):
        return next(line for line in lines if line.amount is None)
    if not lines:
        return Total()
    return Total(amount=sum(amounts, Decimal(0)), place=lines[0].place, note=ADDED_UP)


def _said(cell: CellAnswer) -> Total:
    if isinstance(cell.value, Money):
        return Total(amount=cell.value.amount, place=cell.place)
    return Total(place=cell.place, reason="a sum in this column cannot be read")


def budget_total(form: Form, bid: Bid) -> Total:
    """What the budget comes to: its total column's total; no amount when it states none."""
    asked = next((each for each in form.asked if each.id == BUDGET), None)
    if asked is None or not asked.question.total_column:
        return Total()
    return _column_total(form, bid, asked.question.total_column)
