"""A round and bids as records, for the tests of screening."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

from commissioning.findings import Place
from commissioning.model.bid import Answer, Bid, Chosen, Day, Money, Percent, Status, Text, Value, YesNo
from commissioning.model.round import (
    Condition,
    Deadline,
    Deadlines,
    Joint,
    NationalTest,
    Round,
    SpendWindow,
    Stream,
)
from commissioning.model.screening import ScreeningPeople
from commissioning.values.working_time import WorkingPeriod, WorkingTime

DEADLINE = datetime(2021, 2, 26, 23, 59, 59, tzinfo=UTC)
NOW = datetime(2021, 3, 1, 10, 0, tzinfo=UTC)
POLICY = NationalTest(
    rule="national_test",
    beneficiaries_local=Decimal("0.5"),
    money_local=Decimal("0.5"),
    strong_beneficiaries=Decimal("0.9"),
    strong_money=Decimal("0.8"),
    strong_posts=Decimal("0.8"),
    subcontracted=Decimal("0.5"),
)


def a_round(*conditions: Condition) -> Round:
    """A round with these conditions and nothing else of note."""
    deadline = Deadline(at=DEADLINE)
    return Round(
        id="r",
        title="A round",
        authority="An office",
        funder="A ministry",
        form="form.yaml",
        needs="needs.yaml",
        strategy="strategy.yaml",
        deadlines=Deadlines(providers=deadline, sign_off=deadline, funder=deadline),
        reply_period=WorkingPeriod(amount=5, unit="working days"),
        right_to_reply=WorkingPeriod(amount=5, unit="working days"),
        working_time=WorkingTime(days=("monday",), start=time(9), end=time(17)),
        spend_window=SpendWindow(start=date(2021, 4, 1), end=date(2023, 3, 31)),
        streams=(Stream(id="s", title="A stream", pots=()),),
        pots=(),
        bodies=(),
        roles=(),
        sign_off=(),
        conditions=conditions,
        assessment=Joint(kind="joint", bodies=(), criteria=()),
        documents={"accounts": "Latest accounts", "equality": "Equality policy"},
    )


def a_bid(received: datetime | None = DEADLINE, /, **answers: bool | Decimal | str | date | Value | Answer) -> Bid:
    """A bid with these answers, each standing somewhere in its form."""
    return Bid(
        id="b1",
        round="r",
        provider="p1",
        stream="s",
        delivery="d1",
        file="bid.docx",
        file_name="the form.docx",
        received=received,
        received_from="mx.office.example",
        answers=tuple(_answer(question, value) for question, value in answers.items()),
    )


def people(**acts: object) -> ScreeningPeople:
    """What people did, at `NOW` unless another instant is given."""
    return ScreeningPeople.model_validate({"now": NOW, **acts})


def pounds(amount: str) -> Money:
    """Money as answered."""
    return Money(amount=Decimal(amount))


def picked(*options: str) -> Chosen:
    """Options as picked."""
    return Chosen(options=options)


def unsaid(question: str, status: Status = Status.BLANK, **fields: object) -> Answer:
    """An answer that says nothing."""
    return Answer.model_validate({"question": question, "status": status, **fields})


def _answer(question: str, value: bool | Decimal | str | date | Value | Answer) -> Answer:
    if isinstance(value, Answer):
        return value
    typed: Value
    match value:
        case bool():
            typed = YesNo(yes=value)
        case Decimal():
            typed = Percent(share=value)
        case str():
            typed = Text(text=value)
        case date():
            typed = Day(day=value)
        case _:
            typed = value
    place = Place(file="bid.docx", path=f"the cell of {question}")
    return Answer(question=question, status=Status.ANSWERED, value=typed, raw=f"as written: {question}", place=place)
