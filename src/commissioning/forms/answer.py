"""From the words on the page to a typed answer. Nothing is guessed: what cannot be read is said to be so, with why."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from commissioning.findings import Finding, Place, Severity
from commissioning.forms.marks import marked_lines, option_said
from commissioning.forms.prompts import TICK_TEXT
from commissioning.model.bid import Chosen, Day, Money, Number, Percent, Status, Text, Value, YesNo
from commissioning.model.form import Column, Kind, Option, Question, Sensitivity
from commissioning.values.claims import BOTH_LEFT, parse_yes_no, says_both, says_nothing
from commissioning.values.contacts import parse_email, parse_phone
from commissioning.values.dates import parse_date
from commissioning.values.money import parse_money
from commissioning.values.numbers import parse_number, parse_percent
from commissioning.values.parsed import Parsed, quoted
from commissioning.values.postcodes import parse_postcode
from commissioning.values.registered import parse_charity_number, parse_company_number
from commissioning.values.showing import show_money
from commissioning.values.text import normalise

WORDS: Final = frozenset({Kind.TEXT, Kind.LONG_TEXT})
SAID: Final = (Option(id="yes", text="Yes"), Option(id="no", text="No"))
NEAR: Final = 50  # of 100: below this the nearest option is not worth suggesting
LONGEST_OPTION: Final = 300


class Typed(NamedTuple):
    """What an answer came to: `value` is None unless `status` is answered."""

    status: Status
    value: Value | None = None
    findings: tuple[Finding, ...] = ()


class Reader(NamedTuple):
    """What is being read, where, and as part of which table question."""

    asked: Question | Column
    place: Place | None
    within: Question | None

    @property
    def name(self) -> str:
        """Return how a sentence calls the answer."""
        wording = self.asked.text if isinstance(self.asked, Question) else self.asked.title
        return (
            f"The answer to “{self.within.text}”, under “{wording}”," if self.within else f"The answer to “{wording}”"
        )

    @property
    def is_private(self) -> bool:
        """Tell whether the words must not be repeated in a message."""
        owner = self.within or self.asked
        return isinstance(owner, Question) and owner.sensitivity is not Sensitivity.OPEN

    def finding(self, code: str, severity: Severity, sentence: str) -> Finding:
        """Make a finding about this answer."""
        owner = self.within or self.asked
        question = owner.id if isinstance(owner, Question) else ""
        return Finding(code=code, severity=severity, message=sentence, place=self.place, question=question)


def typed(asked: Question | Column, raw: str, place: Place | None, *, within: Question | None = None) -> Typed:
    """Return status, value and findings for what stands on the page; `within` is the table question of a column.

    Blank is not nought. "N/A" and a dash in place of a figure, a date or a number are no answer, with a note.
    """
    reader = Reader(asked, place, within)
    if not raw.strip():
        return Typed(Status.BLANK)
    if asked.kind not in WORDS and says_nothing(raw):
        note = f"{reader.name} says {quoted(raw)}, which is read as no answer."
        return Typed(Status.BLANK, None, (reader.finding("no-answer", Severity.NOTE, note),))
    if asked.kind in WORDS:
        return Typed(Status.ANSWERED, Text(text=raw), over_long(reader, raw))
    return READERS.get(asked.kind, _parsed)(reader, raw)


def count_words(text: str) -> int:
    """Count words as Word does: runs of anything between white space."""
    return len(text.split())


def over_long(reader: Reader, text: str) -> tuple[Finding, ...]:
    """Say when an answer has more words than asked for; it is read whole all the same."""
    limit = reader.asked.words
    count = count_words(text) if limit else 0
    if not limit or count <= limit:
        return ()
    sentence = f"{reader.name} has {count:,} words; the limit is {limit:,}. Nothing was cut."
    return (reader.finding("over-long", Severity.WARNING, sentence),)


def unreadable(reader: Reader, raw: str, fault: str, suggestion: str = "") -> Typed:
    """Say why an answer cannot be read, quoting it unless it is sensitive."""
    if reader.is_private:
        sentence = f"{reader.name} {fault}"
    else:
        hint = f" Was {suggestion} meant?" if suggestion else ""
        sentence = f"{reader.name} says {quoted(raw)}, which {fault}{hint}"
    return Typed(Status.UNREADABLE, None, (reader.finding("ill-formed", Severity.ERROR, sentence),))


def conflicting(reader: Reader, sentence: str) -> Typed:
    """Say that an answer contradicts itself."""
    return Typed(Status.CONFLICT, None, (reader.finding("conflict", Severity.ERROR, f"{reader.name} {sentence}"),))


def _parsed(reader: Reader, raw: str) -> Typed:
    parsed = _parse(reader.asked.kind, raw)
    if parsed.value is None:
        return unreadable(reader, raw, parsed.fault, parsed.suggestion)
    return Typed(Status.ANSWERED, parsed.value, _out_of_range(reader, parsed.value))


def _parse(kind: Kind, raw: str) -> Parsed[Value]:
    """Read a value of one of the kinds that have a written form of their own."""
    parsed = PARSERS[kind](raw)
    return Parsed(None if parsed.value is None else VALUES[kind](parsed.value), parsed.fault, parsed.suggestion)


def _out_of_range(reader: Reader, value: Value) -> tuple[Finding, ...]:
    """Say when an amount or a number is below the least or above the most that the question allows."""
    if not isinstance(reader.asked, Question) or not isinstance(value, Money | Number):
        return ()
    amount = value.amount if isinstance(value, Money) else value.number
    show = show_money if isinstance(value, Money) else "{:,f}".format
    least, most = (None if bound is None else Decimal(bound) for bound in (reader.asked.minimum, reader.asked.maximum))
    if least is not None and amount < least:
        sentence = f"{reader.name} is below the least the question allows, {show(least)}; check it."
    elif most is not None and amount > most:
        sentence = f"{reader.name} is above the most the question allows, {show(most)}; check it."
    else:
        return ()
    return (reader.finding("out-of-range", Severity.ERROR, sentence),)


def _yes_no(reader: Reader, raw: str) -> Typed:
    if says_both(raw):
        return conflicting(reader, BOTH_LEFT)
    lines = marked_lines(raw)
    if any(line.ticked is not None for line in lines):
        return _one_said(reader, raw, SAID)
    parsed = parse_yes_no(raw)
    if parsed.value is None:
        return unreadable(reader, raw, parsed.fault)
    return Typed(Status.ANSWERED, YesNo(yes=parsed.value))


def _tick(reader: Reader, raw: str) -> Typed:
    lines = marked_lines(raw)
    ticks = {line.ticked for line in lines} - {None}
    if len(ticks) > 1:
        return conflicting(reader, "has both a ticked and an empty box; leave only the one that is meant.")
    if False in ticks and any(line.words not in {"", TICK_TEXT} for line in lines):
        return unreadable(reader, raw, "has words beside an empty box; tick the box, or type Yes or No.")
    if ticks:
        return Typed(Status.ANSWERED, YesNo(yes=True)) if True in ticks else Typed(Status.BLANK)
    parsed = parse_yes_no(raw)
    if parsed.value is not None:
        return Typed(Status.ANSWERED, YesNo(yes=parsed.value))
    return unreadable(reader, raw, "is neither a ticked nor an empty box; tick the box, or type Yes or No.")


def _choice(reader: Reader, raw: str) -> Typed:
    if any(line.ticked is not None for line in marked_lines(raw)):
        return _one_said(reader, raw, reader.asked.options)
    option = option_said(raw, reader.asked.options)
    if option is None:
        return _not_an_option(reader, raw)
    return Typed(Status.ANSWERED, Chosen(options=(option.id,)))


def _one_said(reader: Reader, raw: str, options: tuple[Option, ...]) -> Typed:
    """Read one choice from ticks beside the options."""
    result = _ticked(reader, raw, options)
    if not isinstance(result.value, Chosen):
        return result
    if len(result.value.options) > 1:
        return conflicting(reader, "has more than one option ticked; leave only the one that is meant.")
    if options is SAID:
        return Typed(Status.ANSWERED, YesNo(yes=result.value.options == ("yes",)))
    return result


def _choices(reader: Reader, raw: str) -> Typed:
    if any(line.ticked is not None for line in marked_lines(raw)):
        return _ticked(reader, raw, reader.asked.options)
    return _listed(reader, raw)


def _ticked(reader: Reader, raw: str, options: tuple[Option, ...]) -> Typed:
    """Read options with ticks; empty boxes are options not chosen."""
    chosen: list[str] = []
    for line in marked_lines(raw):
        if line.ticked is False:
            continue
        option = option_said(line.words, options)
        if option is None:
            return _not_an_option(reader, line.words or raw)
        if line.ticked is None:
            return unreadable(reader, raw, "has options with a box and one without; tick the ones that are meant.")
        chosen.append(option.id)
    if not chosen:
        return Typed(Status.BLANK)
    return Typed(Status.ANSWERED, Chosen(options=tuple(each.id for each in options if each.id in chosen)))


def _listed(reader: Reader, raw: str) -> Typed:
    """Read options typed as a list, with no ticks. All of them standing untouched say nothing about any."""
    options = reader.asked.options
    said = [option_said(part, options) for line in raw.splitlines() for part in _items(line, options)]
    if None in said:
        wrong = next(
            part for line in raw.splitlines() for part in _items(line, options) if not option_said(part, options)
        )
        return _not_an_option(reader, wrong)
    ids = {option.id for option in said if option}
    if len(ids) == len(options) > 1:
        return unreadable(reader, raw, "lists every option with no tick beside any; tick the ones that are meant.")
    return Typed(Status.ANSWERED, Chosen(options=tuple(option.id for option in options if option.id in ids)))


def _items(line: str, options: tuple[Option, ...]) -> list[str]:
    """Part a typed list at semicolons and commas, unless the whole line is one option."""
    if option_said(line, options) or len(line) > LONGEST_OPTION * len(options):
        return [line]
    parts = [part.strip() for part in line.replace(";", ",").split(",")]
    return [part for part in parts if part]


def _not_an_option(reader: Reader, said: str) -> Typed:
    """Say that what stands there is none of the options, with the nearest one when there is one."""
    texts = [option.text for option in (reader.asked.options or SAID)]
    nearest = process.extractOne(normalise(said[:LONGEST_OPTION]), texts, processor=normalise, scorer=fuzz.WRatio)
    suggestion = f"“{nearest[0]}”" if nearest and nearest[1] >= NEAR else ""
    return unreadable(reader, said, "is not one of the options; choose one that the form offers.", suggestion)


PARSERS: Final[dict[Kind, Callable[[str], Parsed[object]]]] = {
    Kind.MONEY: parse_money,
    Kind.NUMBER: parse_number,
    Kind.PERCENT: parse_percent,
    Kind.DATE: parse_date,
    Kind.EMAIL: parse_email,
    Kind.PHONE: parse_phone,
    Kind.POSTCODE: parse_postcode,
    Kind.CHARITY_NUMBER: parse_charity_number,
    Kind.COMPANY_NUMBER: parse_company_number,
}
VALUES: Final[dict[Kind, Callable[..., Value]]] = {
    Kind.MONEY: lambda amount: Money(amount=amount),
    Kind.NUMBER: lambda number: Number(number=number),
    Kind.PERCENT: lambda share: Percent(share=share),
    Kind.DATE: lambda day: Day(day=day),
    Kind.EMAIL: lambda text: Text(text=text),
    Kind.PHONE: lambda text: Text(text=text),
    Kind.POSTCODE: lambda text: Text(text=text),
    Kind.CHARITY_NUMBER: lambda text: Text(text=text),
    Kind.COMPANY_NUMBER: lambda text: Text(text=text),
}
READERS: Final[dict[Kind, Callable[[Reader, str], Typed]]] = {
    Kind.YES_NO: _yes_no,
    Kind.TICK: _tick,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
}
