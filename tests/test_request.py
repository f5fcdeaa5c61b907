"""What a bid asks for: written, added up, or not to be said; and no sum found wrong over a figure nobody can read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from commissioning.findings import Place
from commissioning.model.bid import Answer, Bid, CellAnswer, Method, Money, RowAnswer, Rows, Status
from commissioning.model.form import Asked, Column, Form, Kind, Option, Question, Section
from commissioning.model.request import ADDED_UP, BUDGET, budget_total
from commissioning.steps.checking import table_sums

YEARS = ("y2021", "y2022")
QUESTION = Question(
    id=BUDGET,
    text="What would the money be spent on?",
    kind=Kind.TABLE,
    why="It is the budget.",
    columns=(
        *(Column(id=year, title=year, kind=Kind.MONEY) for year in YEARS),
        Column(id="total", title="Total", kind=Kind.MONEY),
    ),
    rows=(Option(id="salaries", text="Salaries"), Option(id="rent", text="Rent"), Option(id="total", text="Total")),
    total_row="total",
    total_column="total",
)
ASKED = Asked(question=QUESTION, number="1")
FORM = Form(id="f", version=1, title="F", sections=(Section(title="S", asked=(ASKED,)),), code="f/1/0")
UNREADABLE = "a sum in this column cannot be read"


def cell(column: str, raw: str) -> CellAnswer:
    """Figures read as money; "" is blank; anything else cannot be read."""
    place = Place(file="form.docx", path=raw)
    if raw.replace(".", "").isdigit():
        money = Money(amount=Decimal(raw))
        return CellAnswer(column=column, status=Status.ANSWERED, value=money, raw=raw, place=place)
    return CellAnswer(column=column, status=Status.UNREADABLE if raw else Status.BLANK, raw=raw, place=place)


def answered(**rows: tuple[str, str, str]) -> Answer:
    lines = tuple(
        RowAnswer(id=row, cells=tuple(cell(column, raw) for column, raw in zip((*YEARS, "total"), raws, strict=True)))
        for row, raws in rows.items()
    )
    return Answer(question=BUDGET, status=Status.ANSWERED, value=Rows(rows=lines), method=Method.TAG)


def bid_of(answer: Answer) -> Bid:
    return Bid(
        id="B01",
        round="r",
        provider="p",
        stream="s",
        delivery="D01",
        file="0",
        file_name="form.docx",
        received=None,
        received_from="",
        answers=(answer,),
    )


@pytest.mark.parametrize(
    ("figures", "amount", "reason", "note"),
    [
        (("10", "5", "15"), "15", "", ""),
        (("10", "about 5k", "15"), "15", "", ""),
        (("10", "5", ""), "15", "", ADDED_UP),
        (("10", "", ""), "10", "", ADDED_UP),
        (("10", "about 5k", ""), None, UNREADABLE, ""),
        (("10", "5", "fifteen or so"), None, UNREADABLE, ""),
        (("", "", ""), None, "", ""),
    ],
)
def test_a_budget_comes_to_what_is_written_or_to_its_lines_when_every_one_can_be_read(
    figures: tuple[str, str, str], amount: str | None, reason: str, note: str
) -> None:
    salaries, rent, total = (("", "", figure) for figure in figures)
    found = budget_total(FORM, bid_of(answered(salaries=salaries, rent=rent, total=total)))
    assert (found.amount, found.reason, found.note) == (Decimal(amount) if amount else None, reason, note)


def test_a_budget_without_a_total_row_is_added_up() -> None:
    found = budget_total(FORM, bid_of(answered(salaries=("", "", "10"))))
    assert (found.amount, found.note) == (Decimal(10), ADDED_UP)


def test_a_form_without_a_budget_has_no_budget_total() -> None:
    none = FORM.with_changes(sections=())
    assert budget_total(none, bid_of(answered(salaries=("", "", "10")))).amount is None


@pytest.mark.parametrize(("part", "count"), [("5", 2), ("about 5k", 0), ("", 2)])
def test_a_sum_over_a_figure_that_cannot_be_read_is_not_called_wrong(part: str, count: int) -> None:
    """The unreadable figure is asked about itself; what it adds up to is not known."""
    answer = answered(salaries=("10", part, "16"), total=("", "", ""))
    down = answered(salaries=("10", "", ""), rent=(part, "", ""), total=("16", "", ""))
    found = [*table_sums(ASKED, answer), *table_sums(ASKED, down)]
    assert [each.code for each in found] == ["sum-disagrees"] * count
