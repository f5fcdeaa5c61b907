"""What a bid asks for: its total, the least it could work with, and the money by pot, each with its place."""

from __future__ import annotations

from decimal import Decimal

from commissioning.findings import Place
from commissioning.model.bid import Bid, Money, RowAnswer
from commissioning.model.form import Column, Form, Kind
from commissioning.model.round import Pot, Round
from commissioning.values.record import Record

TOTAL, LEAST, BUDGET = "total_requested", "minimum_award", "budget"


class Requested(Record):
    """Money asked of one pot. `amount` is None, with the reason, when the form does not say it."""

    pot: str
    year: str
    amount: Decimal | None
    place: Place | None = None
    reason: str = ""


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
    amount, place = _column_total(form, bid, column.id)
    reason = "" if amount is not None else "the budget states no sum for this year"
    return Requested(pot=pot.id, year=pot.year, amount=amount, place=place, reason=reason)


def year_column(form: Form, year: str) -> Column | None:
    """The money column of the budget that is headed with `year` ("2021-22", "2021/22", "y2021_22")."""
    columns = [column for asked in form.asked if asked.id == BUDGET for column in asked.question.columns]
    for column in columns:
        if column.kind is Kind.MONEY and _digits(year) in (_digits(column.id), _digits(column.title)):
            return column
    return None


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _column_total(form: Form, bid: Bid, column: str) -> tuple[Decimal | None, Place | None]:
    """The total row's sum; where that is blank, the lines added up."""
    total_row = form.find(BUDGET).question.total_row
    rows = bid.rows(BUDGET)
    for row in rows:
        if row.id == total_row and (said := _money(row, column)) is not None:
            return said, row.cell(column).place
    lines = [(money, row) for row in rows if row.id != total_row and (money := _money(row, column)) is not None]
    if not lines:
        return None, None
    return sum((money for money, _ in lines), Decimal(0)), lines[0][1].cell(column).place


def _money(row: RowAnswer, column: str) -> Decimal | None:
    value = row.cell(column).value
    return value.amount if isinstance(value, Money) else None


def budget_total(form: Form, bid: Bid) -> Decimal | None:
    """What the budget comes to: its total column's total, or None when it states none."""
    asked = next((each for each in form.asked if each.id == BUDGET), None)
    if asked is None or not asked.question.total_column:
        return None
    return _column_total(form, bid, asked.question.total_column)[0]
