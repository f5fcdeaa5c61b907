"""Checking: whether the bid is complete, its arithmetic agrees and its dates lie in the round.

Reading a form already says what is over-long or ill-formed; this step looks across answers. Every finding is a
sentence that can be put to the provider.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from commissioning.findings import Finding, Place, Severity
from commissioning.model.bid import Answer, Bid, Money, RowAnswer, Status, Value
from commissioning.model.form import Asked, Column, Form, Kind
from commissioning.model.request import LEAST, TOTAL, budget_total
from commissioning.model.round import DatesWithin, Round
from commissioning.values.showing import show_day, show_money

NOT_THERE = frozenset({Status.BLANK, Status.PLACEHOLDER, Status.NOT_FOUND})


def check(round: Round, form: Form, bid: Bid) -> tuple[Finding, ...]:
    """Everything about `bid` that the provider or an officer must look at, in the form's order."""
    found = (
        *missing(form, bid),
        *(finding for asked in form.asked for finding in table_sums(asked, bid.answer(asked.id))),
        *money_agreement(form, bid),
        *dates(round, bid),
    )
    order = {asked.id: index for index, asked in enumerate(form.asked)}
    return tuple(sorted(found, key=lambda finding: order.get(finding.question, len(order))))


def missing(form: Form, bid: Bid) -> Iterator[Finding]:
    """Required questions without an answer, and required cells left blank in rows that were begun."""
    for asked in form.asked:
        answer = bid.answer(asked.id)
        if asked.required and is_asked(asked, bid) and answer.status in NOT_THERE:
            where = "was not found in the form" if answer.status is Status.NOT_FOUND else "has no answer"
            yield Finding(
                code="missing",
                severity=Severity.ERROR,
                message=f"Question {asked.label} must be answered and {where}. Please answer it.",
                place=answer.place,
                question=asked.id,
            )
        yield from missing_cells(asked, answer)


def is_asked(asked: Asked, bid: Bid) -> bool:
    """Whether the question applies to this bid, by the answer it depends on; an unanswered condition asks nothing."""
    if asked.when is None:
        return True
    said = bid.answer(asked.when.question).value
    return bool(set(asked.when.is_one_of) & set(_option_ids(said)))


def _option_ids(value: Value | None) -> tuple[str, ...]:
    if value is None:
        return ()
    if value.kind == "chosen":
        return value.options
    if value.kind == "yes_no":
        return ("yes" if value.yes else "no",)
    return ()


def missing_cells(asked: Asked, answer: Answer) -> Iterator[Finding]:
    """Cells a begun row needs and does not have."""
    if answer.value is None or answer.value.kind != "rows":
        return
    required = [column for column in asked.question.columns if column.required]
    for row in answer.value.rows:
        for column in required:
            cell = row.cell(column.id)
            if cell.status in NOT_THERE:
                yield Finding(
                    code="missing-cell",
                    severity=Severity.WARNING,
                    message=f"Question {asked.label}: row {row_name(asked, row)} has nothing under "
                    f"“{column.title}”. Please fill it in.",
                    place=cell.place or answer.place,
                    question=asked.id,
                )


def row_name(asked: Asked, row: RowAnswer) -> str:
    """What a reader calls a row: its heading, or its number."""
    return next((f"“{option.text}”" for option in asked.question.rows if option.id == row.id), row.id)


def table_sums(asked: Asked, answer: Answer) -> Iterator[Finding]:
    """Totals typed into a table that are not the sum of what they add up."""
    if answer.value is None or answer.value.kind != "rows":
        return
    question, rows = asked.question, answer.value.rows
    if question.total_column:
        for row in rows:
            yield from _row_sum(asked, row)
    total = next((row for row in rows if row.id == question.total_row), None)
    if total is not None:
        parts = [row for row in rows if row.id != question.total_row]
        for column in question.columns:
            yield from _column_sum(asked, column, parts, total)


def _row_sum(asked: Asked, row: RowAnswer) -> Iterator[Finding]:
    question = asked.question
    said = amount(row, question.total_column)
    columns = [each for each in question.columns if each.kind is Kind.MONEY and each.id != question.total_column]
    parts = [value for each in columns if (value := amount(row, each.id)) is not None]
    doubtful = any(is_unreadable(row, each.id) for each in columns)
    if said is not None and parts and not doubtful and sum(parts) != said:
        yield _disagrees(
            asked, f"row {row_name(asked, row)}", sum(parts, Decimal(0)), said, row.cell(question.total_column).place
        )


def _column_sum(asked: Asked, column: Column, parts: list[RowAnswer], total: RowAnswer) -> Iterator[Finding]:
    said = amount(total, column.id) if column.kind is Kind.MONEY else None
    values = [value for row in parts if (value := amount(row, column.id)) is not None]
    doubtful = any(is_unreadable(row, column.id) for row in parts)
    if said is not None and values and not doubtful and sum(values) != said:
        yield _disagrees(asked, f"column “{column.title}”", sum(values, Decimal(0)), said, total.cell(column.id).place)


def _disagrees(asked: Asked, what: str, adds_to: Decimal, said: Decimal, place: Place | None) -> Finding:
    return Finding(
        code="sum-disagrees",
        severity=Severity.ERROR,
        message=f"Question {asked.label}: {what} adds up to {show_money(adds_to)}, but the total given is "
        f"{show_money(said)}. Please say which figure is right.",
        place=place,
        question=asked.id,
    )


def amount(row: RowAnswer, column: str) -> Decimal | None:
    """The money in a cell, or None when there is none."""
    value = row.cell(column).value
    return value.amount if isinstance(value, Money) else None


def is_unreadable(row: RowAnswer, column: str) -> bool:
    """Whether something stands in the cell that is no amount: it is asked about itself, and nothing adds up with it."""
    return row.cell(column).status not in NOT_THERE and amount(row, column) is None


def money_agreement(form: Form, bid: Bid) -> Iterator[Finding]:
    """The request against the budget's total, and against the least the provider could work with."""
    asked_for, planned, least = bid.money(TOTAL), budget_total(form, bid).amount, bid.money(LEAST)
    if asked_for is not None and planned is not None and asked_for != planned:
        yield Finding(
            code="request-disagrees",
            severity=Severity.ERROR,
            message=f"The total requested is {show_money(asked_for)}, but the budget comes to {show_money(planned)}. "
            "Please say which figure is right.",
            place=bid.answer(TOTAL).place,
            question=TOTAL,
        )
    if asked_for is not None and least is not None and least > asked_for:
        yield Finding(
            code="minimum-above-request",
            severity=Severity.ERROR,
            message=f"The least you could work with ({show_money(least)}) is more than the total requested "
            f"({show_money(asked_for)}). Please say which figure is right.",
            place=bid.answer(LEAST).place,
            question=LEAST,
        )


def dates(round: Round, bid: Bid) -> Iterator[Finding]:
    """Start and end in order and inside the round's spend window, where the round has that condition."""
    window = round.spend_window
    for condition in round.conditions:
        if not isinstance(condition, DatesWithin):
            continue
        start, end = bid.day(condition.start), bid.day(condition.end)
        if start and end and end < start:
            yield _date_finding(
                bid, condition.end, f"The end date ({show_day(end)}) is before the start date ({show_day(start)})."
            )
        for question, day in ((condition.start, start), (condition.end, end)):
            if day and not window.start <= day <= window.end:
                yield _date_finding(
                    bid,
                    question,
                    f"{show_day(day)} is outside the time the money may be spent in: "
                    f"{show_day(window.start)} to {show_day(window.end)}.",
                )


def _date_finding(bid: Bid, question: str, sentence: str) -> Finding:
    return Finding(
        code="date-outside-round",
        severity=Severity.ERROR,
        message=f"{sentence} Please give the dates you mean.",
        place=bid.answer(question).place,
        question=question,
    )


def for_the_provider(finding: Finding) -> bool:
    """Whether the provider can answer it: an error or warning about an answer, not about how the form was altered."""
    about_the_form = finding.code in {"altered-question", "added-row", "removed-row", "changed-read-only"}
    return bool(finding.question) and finding.severity is not Severity.NOTE and not about_the_form
