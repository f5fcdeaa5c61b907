"""How an answer is shown to people outside the office: in words, with its place, and never when it is sensitive."""

from __future__ import annotations

from decimal import Decimal

from commissioning.findings import Finding, Place
from commissioning.model.bid import Answer, Bid, CellAnswer, Chosen, Money, Number, Percent, Rows, Status, Value, YesNo
from commissioning.model.bid import Day as DayAnswer
from commissioning.model.bid import Text as TextAnswer
from commissioning.model.form import Asked, Column, Form, Kind, Option, Sensitivity
from commissioning.values.record import Record
from commissioning.values.showing import show_day, show_money, show_percent

GROUNDS = {
    Sensitivity.CONTACT: "personal contact details",
    Sensitivity.BANK: "bank details",
    Sensitivity.LOCATION: "an address that must stay private",
    Sensitivity.SPECIAL: "special-category personal data",
}
RECORD = "journal, act "  # how the place of a correction or clarification starts
LETTERS_A_WORD, LEAST_LETTERS = 12, 200  # twice the usual: only text that is not in words is cut by its letters
NOT_ANSWERED = {
    Status.BLANK: "Left blank",
    Status.PLACEHOLDER: "Left blank (the form’s own prompt still stands there)",
    Status.NOT_ASKED: "Not asked by this form",
    Status.NOT_FOUND: "Not found in the file",
}


class Shown(Record):
    """One question and its answer as others may see it. A table has `columns` and `rows`; otherwise `text` says it.

    `withheld` is the ground an answer is not shown on, "" when it is shown. `note` says what a person changed.
    """

    number: str
    question: str
    text: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    place: str
    withheld: str = ""
    note: str = ""


def show_answer(asked: Asked, answer: Answer, *, bid: str = "") -> Shown:
    """`answer` in words, or where it stands when its question is sensitive; in the form of `bid` if that is named."""
    if asked.question.sensitivity is not Sensitivity.OPEN:
        return _withhold(asked, answer, bid)
    value = answer.value
    table = value if isinstance(value, Rows) else None
    return Shown(
        number=asked.number,
        question=asked.question.text,
        text="" if table else words_of(asked, answer),
        columns=_headings(asked) if table else (),
        rows=_lines(asked, table) if table else (),
        place=show_spot(answer.place, bid) if bid else show_place(answer.place),
        note=_note(answer),
    )


def _withhold(asked: Asked, answer: Answer, bid: str) -> Shown:
    given = answer.status is Status.ANSWERED
    says = f"Given in the form, question {asked.number}; not shown here." if given else not_answered(answer)
    return Shown(
        number=asked.number,
        question=asked.question.text,
        text=says,
        place=show_spot(answer.place, bid) if bid else show_place(answer.place),
        withheld=GROUNDS[asked.question.sensitivity],
    )


def not_answered(answer: Answer) -> str:
    """What stands instead of an answer, without quoting it."""
    if answer.status in NOT_ANSWERED:
        return f"{NOT_ANSWERED[answer.status]}."
    return "Something is written here that could not be read with certainty."


def words_of(asked: Asked, answer: Answer) -> str:
    """An open answer in words; what is blank, unreadable or in conflict is said so."""
    if answer.status is Status.CONFLICT:
        return "The form says different things: " + "; ".join(f"“{each}”" for each in answer.alternatives) + "."
    if answer.status is Status.UNREADABLE:
        return f"“{answer.raw}” (could not be read as {kind_name(asked.question.kind)})"
    if answer.value is None:
        return not_answered(answer)
    if isinstance(answer.value, Rows):
        return "; ".join(", ".join(cell for cell in line if cell) for line in _lines(asked, answer.value))
    return show_value(answer.value, asked.question.options)


def show_value(value: Value, options: tuple[Option, ...] = ()) -> str:  # noqa: PLR0911 - one return a kind of value
    """A single value in words; a table has none."""
    match value:
        case TextAnswer():
            return value.text
        case Money():
            return show_money(value.amount)
        case Number():
            return show_number(value.number)
        case Percent():
            return show_percent(value.share)
        case YesNo():
            return "Yes" if value.yes else "No"
        case DayAnswer():
            return show_day(value.day)
        case Chosen():
            titles = {option.id: option.text for option in options}
            return "; ".join(titles.get(option, option) for option in value.options)
        case Rows():
            return ""


def show_number(number: Decimal) -> str:
    """A count with thousands separated, and no idle zeros: 1,200; 0.5."""
    whole = number == number.to_integral_value()
    return f"{number.to_integral_value():,f}" if whole else f"{number.normalize():,f}"


def kind_name(kind: Kind) -> str:
    """What an answer should have been, for people."""
    names = {Kind.MONEY: "an amount of money", Kind.PERCENT: "a percentage", Kind.YES_NO: "yes or no"}
    return names.get(kind, f"a {kind.value.replace('_', ' ')}")


def _headings(asked: Asked) -> tuple[str, ...]:
    first = ("Line",) if asked.question.rows else ()
    return (*first, *(column.title for column in asked.question.columns))


def _lines(asked: Asked, value: Rows) -> tuple[tuple[str, ...], ...]:
    titles = {option.id: option.text for option in asked.question.rows}
    lines = []
    for row in value.rows:
        given = {cell.column: cell for cell in row.cells}
        first = (titles.get(row.id, row.id),) if asked.question.rows else ()
        lines.append((*first, *(_cell(column, given.get(column.id)) for column in asked.question.columns)))
    return tuple(lines)


def _cell(column: Column, cell: CellAnswer | None) -> str:
    if cell is None or cell.status in NOT_ANSWERED:
        return "not stated"
    if cell.value is None:
        return f"“{cell.raw}” (not read)"
    return show_value(cell.value, column.options)


def _note(answer: Answer) -> str:
    if answer.act is None:
        return ""
    before = f"The form said: “{answer.original}”." if answer.original else "The form left it blank."
    return f"Changed by {answer.method.value} (record entry {answer.act}). {before}"


def show_place(place: Place | None) -> str:
    """Where something stands, or that no place was found."""
    return str(place) if place else "no place in the file"


def name_form(bid: str) -> str:
    """What others call the form of record: its name as sent is the provider's, and may hold a person's name."""
    return f"form of {bid}"


def show_in_form(place: Place | None, bid: str) -> str:
    """Where something stands, without the provider's name for the file; a place in the record is shown as it is."""
    if place is None or place.file.startswith(RECORD):
        return show_place(place)
    return str(place.with_changes(file=name_form(bid)))


def show_spot(place: Place | None, bid: str) -> str:
    """As `show_in_form`, where the form was named already."""
    if place is None or place.file.startswith(RECORD):
        return show_place(place)
    return str(place.with_changes(file="")) or name_form(bid)


def numbers_of_places(form: Form, bid: Bid) -> dict[Place, str]:
    """The number of the question that each place of `bid` belongs to, the cells of its tables included."""
    numbers = {asked.id: asked.number for asked in form.asked}
    return {
        place: numbers[answer.question]
        for answer in bid.answers
        if answer.question in numbers
        for place in _places(answer)
    }


def _places(answer: Answer) -> tuple[Place, ...]:
    rows = answer.value.rows if isinstance(answer.value, Rows) else ()
    cells = (cell.place for row in rows for cell in row.cells)
    return tuple(place for place in (answer.place, *cells) if place)


def open_message(form: Form, finding: Finding) -> str:
    """A finding's sentence; for a sensitive question only that it needs a look: the sentence may quote the answer."""
    asked = asked_by(form, finding.question)
    if asked is None or asked.question.sensitivity is Sensitivity.OPEN:
        return finding.message
    return (
        f"Question {asked.number}: this answer needs to be checked. It concerns "
        f"{GROUNDS[asked.question.sensitivity]} and is not shown here."
    )


def asked_by(form: Form, question: str) -> Asked | None:
    """The question as the form asks it, or None when it does not."""
    return next((asked for asked in form.asked if asked.id == question), None)


def shorten(text: str, *, words: int) -> str:
    """The first `words` words, saying how many there are in all when some are left out."""
    every, letters = text.split(), max(LEAST_LETTERS, words * LETTERS_A_WORD)
    if len(every) <= words:
        return _shorten_letters(text, letters)
    kept = " ".join(every[:words])
    return f"{_shorten_letters(kept, letters)} … ({words} of {len(every):,} words)"


def _shorten_letters(text: str, letters: int) -> str:
    """The first `letters` letters, saying so when some are left out: a word can be as long as a page."""
    if len(text) <= letters:
        return text
    return f"{text[:letters]} … ({letters:,} of {len(text):,} letters)"
