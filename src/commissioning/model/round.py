"""A round: who asks, by when, with which money, on which conditions, and how bids are assessed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from commissioning.values.record import Record
from commissioning.values.working_time import WorkingPeriod, WorkingTime


class Deadline(Record):
    """An instant in Europe/London.

    `time_stated` is False when the source gave no time and 23:59:59 was taken. `illustrative` explains a figure
    made up for a demonstration ("" for a real one); `source` says where the deadline was published.
    """

    at: datetime
    time_stated: bool = True
    illustrative: str = ""
    source: str = ""


class Deadlines(Record):
    """The providers', the office's own sign-off, and the funder's."""

    providers: Deadline
    sign_off: Deadline
    funder: Deadline


class Stream(Record):
    """What one bid is for; its money comes from `pots`."""

    id: str
    title: str
    pots: tuple[str, ...]


class Pot(Record):
    """Ring-fenced money of one financial year. `amount` is a sum, not known yet, or the funder's to allot."""

    id: str
    title: str
    year: str
    amount: Decimal | Literal["unknown", "competitive"]
    illustrative: str = ""
    source: str = ""


class Body(Record):
    """An organisation that assesses or signs: the office itself, or a partner such as the county council."""

    id: str
    name: str
    role: str


class Role(Record):
    """Who holds a role: officer, chief_executive, chief_finance_officer, commissioner, or another of the round."""

    id: str
    title: str
    holder: str


class ReceivedOnTime(Record):
    """Received by the providers' deadline, or by the extension given."""

    rule: Literal["received_on_time"]
    source: str = ""


class AnsweredYes(Record):
    """`question` was answered yes (or ticked)."""

    rule: Literal["answered_yes"]
    question: str
    title: str
    source: str = ""


class DatesWithin(Record):
    """The bid's start and end lie within the round's spend window."""

    rule: Literal["dates_within"]
    start: str
    end: str
    source: str = ""


class RequestWithin(Record):
    """The money asked for is at least `minimum` and at most `maximum`, where given."""

    rule: Literal["request_within"]
    question: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    source: str = ""


class DocumentsPresent(Record):
    """Each document of `documents` came, or its absence was explained in the answer to `explained_in`."""

    rule: Literal["documents_present"]
    documents: tuple[str, ...]
    explained_in: str = ""
    source: str = ""


class NationalTest(Record):
    """Two limbs, both needed to exclude: a national organisation, and a nationally delivered service.

    Thresholds are shares as decimals, and the office's policy (`illustrative` says when they are not adopted).
    `beneficiaries_local` .5, `money_local` .5, `strong_beneficiaries` .9, `strong_money` .8, `strong_posts` .8,
    `subcontracted` .5 in the published rule.
    """

    rule: Literal["national_test"]
    beneficiaries_local: Decimal
    money_local: Decimal
    strong_beneficiaries: Decimal
    strong_money: Decimal
    strong_posts: Decimal
    subcontracted: Decimal
    illustrative: str = ""
    source: str = ""


Condition = Annotated[
    ReceivedOnTime | AnsweredYes | DatesWithin | RequestWithin | DocumentsPresent | NationalTest,
    Field(discriminator="rule"),
]


class Criterion(Record):
    """One heading bids are assessed under. `questions` are the answers shown beside it.

    A criterion with `parent` shares its parent's weight; weights of top-level criteria are per cent and sum to 100.
    """

    id: str
    title: str
    weight: Decimal | None = None
    parent: str = ""
    questions: tuple[str, ...] = ()


class Joint(Record):
    """Officers of the bodies meet over a one-page grid per bid; no marks are added up."""

    kind: Literal["joint"]
    bodies: tuple[str, ...]
    criteria: tuple[Criterion, ...]


class Panel(Record):
    """Readers score independently on a scale, then moderate."""

    kind: Literal["panel"]
    bodies: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    lowest: int
    highest: int
    readers: int


Assessment = Annotated[Joint | Panel, Field(discriminator="kind")]


class SpendWindow(Record):
    """The first and last day money may be spent, by financial year of the pots."""

    start: date
    end: date


class Round(Record):
    """A funding round as its files say it. `wording` maps our words to the round's ("bid": "application")."""

    id: str
    title: str
    authority: str
    funder: str
    wording: dict[str, str] = Field(default_factory=dict)
    form: str
    needs: str
    strategy: str
    deadlines: Deadlines
    reply_period: WorkingPeriod
    right_to_reply: WorkingPeriod
    working_time: WorkingTime
    receiving_servers: tuple[str, ...] = ()
    spend_window: SpendWindow
    streams: tuple[Stream, ...]
    pots: tuple[Pot, ...]
    bodies: tuple[Body, ...]
    roles: tuple[Role, ...]
    sign_off: tuple[str, ...]
    conditions: tuple[Condition, ...]
    assessment: Assessment
    documents: dict[str, str] = Field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def stream(self, stream: str) -> Stream | None:
        """The stream with this id, or None."""
        return next((each for each in self.streams if each.id == stream), None)

    def pot(self, pot: str) -> Pot:
        """The pot with this id; KeyError if there is none."""
        for each in self.pots:
            if each.id == pot:
                return each
        raise KeyError(pot)
