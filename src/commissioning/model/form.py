"""What is asked: questions, and the form that picks, orders and numbers them."""

from __future__ import annotations

from enum import StrEnum

from commissioning.values.record import Record


class Kind(StrEnum):
    """What an answer must be."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    TICK = "tick"
    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    CHARITY_NUMBER = "charity_number"
    COMPANY_NUMBER = "company_number"
    TABLE = "table"


class Sensitivity(StrEnum):
    """Who may see an answer. Only `open` answers leave in packs, reading copies, letters and notices."""

    OPEN = "open"
    CONTACT = "contact"
    BANK = "bank"
    LOCATION = "location"
    SPECIAL = "special"


class Option(Record):
    """One choice, or one fixed row of a table."""

    id: str
    text: str


class Column(Record):
    """A column of a table question. `read_only` columns are filled by the office and must come back unchanged."""

    id: str
    title: str
    kind: Kind = Kind.TEXT
    options: tuple[Option, ...] = ()
    required: bool = False
    words: int | None = None
    width: float = 1.0
    read_only: bool = False


class Question(Record):
    """One question, with its reason. A question about a round's own wording is still one question of the bank.

    `words` is the limit on words. A table has `columns` and either fixed `rows` or `blank_rows` to type in.
    `total_row` names the fixed row that adds up the others, `total_column` the column that adds up the others.
    `minimum` and `maximum` bound numbers and money, as text. `why` and `source` say why it is asked.
    """

    id: str
    text: str
    kind: Kind
    why: str
    source: str = ""
    guidance: str = ""
    words: int | None = None
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[Option, ...] = ()
    blank_rows: int = 0
    total_row: str = ""
    total_column: str = ""
    minimum: str | None = None
    maximum: str | None = None
    sensitivity: Sensitivity = Sensitivity.OPEN


class When(Record):
    """Asked only if another question was answered with one of these option ids (`yes`/`no` for yes-or-no)."""

    question: str
    is_one_of: tuple[str, ...]


class Asked(Record):
    """A question as a form asks it: its number ("2.3"), whether it must be answered, and when."""

    question: Question
    number: str
    required: bool = False
    when: When | None = None

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id

    @property
    def label(self) -> str:
        """What the reader sees: number and text."""
        return f"{self.number} {self.question.text}"


class Section(Record):
    """A titled run of questions."""

    title: str
    guidance: str = ""
    asked: tuple[Asked, ...]


class Form(Record):
    """A form as issued. `code` is printed on it and stored in it: round, version, and the hash of its definition."""

    id: str
    version: int
    title: str
    subtitle: str = ""
    introduction: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    sections: tuple[Section, ...]
    code: str

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Every question in the order asked."""
        return tuple(asked for section in self.sections for asked in section.asked)

    def find(self, question: str) -> Asked:
        """The question with this id; KeyError if the form does not ask it."""
        for asked in self.asked:
            if asked.id == question:
                return asked
        raise KeyError(question)
