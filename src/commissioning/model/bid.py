"""What was answered: typed values with their places, and the bid they make."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from commissioning.findings import Finding, Place
from commissioning.values.record import Record


class Status(StrEnum):
    """Blank is not zero, not missing and not unreadable."""

    ANSWERED = "answered"
    BLANK = "blank"
    PLACEHOLDER = "placeholder"
    NOT_ASKED = "not asked"
    NOT_FOUND = "not found"
    CONFLICT = "conflict"
    UNREADABLE = "unreadable"


class Method(StrEnum):
    """How an answer was found."""

    TAG = "tag"
    ALIAS = "alias"
    LABEL = "label"
    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    NONE = "none"


class Text(Record):
    """Words, as written."""

    kind: Literal["text"] = "text"
    text: str


class Money(Record):
    """Pounds, exact."""

    kind: Literal["money"] = "money"
    amount: Decimal


class Number(Record):
    """A count or a quantity, exact."""

    kind: Literal["number"] = "number"
    number: Decimal


class Percent(Record):
    """A share, as a fraction: 0.85 for 85%."""

    kind: Literal["percent"] = "percent"
    share: Decimal


class YesNo(Record):
    """Yes or no; a tick is yes."""

    kind: Literal["yes_no"] = "yes_no"
    yes: bool


class Day(Record):
    """A calendar day."""

    kind: Literal["day"] = "day"
    day: date


class Chosen(Record):
    """Options picked, by id, in the form's order."""

    kind: Literal["chosen"] = "chosen"
    options: tuple[str, ...]


class CellAnswer(Record):
    """One cell of a table answer; `value` is None unless `status` is answered."""

    column: str
    status: Status
    value: Value | None = None
    raw: str = ""
    place: Place | None = None


class RowAnswer(Record):
    """One row: `id` is the fixed row's id, or "1", "2" … for rows typed in."""

    id: str
    cells: tuple[CellAnswer, ...]

    def cell(self, column: str) -> CellAnswer:
        """The cell under `column`; KeyError if the table has no such column."""
        for cell in self.cells:
            if cell.column == column:
                return cell
        raise KeyError(column)


class Rows(Record):
    """A table answer; rows nobody wrote in are left out."""

    kind: Literal["rows"] = "rows"
    rows: tuple[RowAnswer, ...]


Value = Annotated[Text | Money | Number | Percent | YesNo | Day | Chosen | Rows, Field(discriminator="kind")]


class Answer(Record):
    """What a bid says to one question.

    `value` is typed, and None unless `status` is answered; `raw` is what stands on the page, whatever the status.
    An answer replaced by a correction or clarification keeps what the form said in `original`.
    `alternatives` are the readings in conflict. `act` is the journal number of the correction or clarification.
    """

    question: str
    status: Status
    value: Value | None = None
    raw: str = ""
    place: Place | None = None
    method: Method = Method.NONE
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()
    original: str | None = None
    act: int | None = None


class LedgerLine(Record):
    """One run of text and where it went: `question` is set when `fate` is placed."""

    text: str
    place: Place
    fate: Literal["placed", "boilerplate", "unplaced"]
    question: str = ""


class Reading(Record):
    """What one file says against one form: every answer, every run of text, everything noticed.

    `code` is the form code the file carries ("" when it carries none); `matched` says whether it is this form's.
    """

    file: str
    code: str
    matched: bool
    answers: tuple[Answer, ...]
    ledger: tuple[LedgerLine, ...]
    findings: tuple[Finding, ...]

    def answer(self, question: str) -> Answer:
        """The answer to `question`; KeyError if the form does not ask it."""
        return _answer(self.answers, question)


class Read(Record):
    """What came of reading one file: a reading, or the reason there is none."""

    file: str
    name: str
    reading: Reading | None = None
    failure: Finding | None = None


class Annex(Record):
    """A file that came with a bid, and what a person says it proves ("" when nobody has said)."""

    file: str
    name: str
    proves: str = ""


class Bid(Record):
    """What one provider asks for one stream: effective answers, with what stood before beside them.

    `file` is the hash of the form of record, `file_name` its name as sent. `received` is None while nobody knows when
    it arrived.
    """

    id: str
    round: str
    provider: str
    stream: str
    delivery: str
    file: str
    file_name: str
    received: datetime | None
    received_from: str
    withdrawn: bool = False
    answers: tuple[Answer, ...]
    annexes: tuple[Annex, ...] = ()

    def answer(self, question: str) -> Answer:
        """The answer to `question`; one with status `not asked` when the form does not ask it."""
        for answer in self.answers:
            if answer.question == question:
                return answer
        return Answer(question=question, status=Status.NOT_ASKED)

    def money(self, question: str) -> Decimal | None:
        """The amount answered, or None when there is none."""
        value = self.answer(question).value
        return value.amount if isinstance(value, Money) else None

    def number(self, question: str) -> Decimal | None:
        """The number answered, or None when there is none."""
        value = self.answer(question).value
        return value.number if isinstance(value, Number) else None

    def share(self, question: str) -> Decimal | None:
        """The fraction answered, or None when there is none."""
        value = self.answer(question).value
        return value.share if isinstance(value, Percent) else None

    def yes(self, question: str) -> bool | None:
        """Yes, no, or None when not answered."""
        value = self.answer(question).value
        return value.yes if isinstance(value, YesNo) else None

    def chosen(self, question: str) -> tuple[str, ...]:
        """The option ids picked, or none."""
        value = self.answer(question).value
        return value.options if isinstance(value, Chosen) else ()

    def day(self, question: str) -> date | None:
        """The day answered, or None."""
        value = self.answer(question).value
        return value.day if isinstance(value, Day) else None

    def text(self, question: str) -> str:
        """The words answered, or ""."""
        value = self.answer(question).value
        return value.text if isinstance(value, Text) else ""

    def rows(self, question: str) -> tuple[RowAnswer, ...]:
        """The rows answered, or none."""
        value = self.answer(question).value
        return value.rows if isinstance(value, Rows) else ()


def _answer(answers: tuple[Answer, ...], question: str) -> Answer:
    for answer in answers:
        if answer.question == question:
            return answer
    raise KeyError(question)
