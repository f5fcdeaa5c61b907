"""`questions.yaml` → the bank of questions; `form.yaml` → the form that picks, orders and numbers them."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from commissioning.config.exact import Complaint, unknown
from commissioning.config.strict import Fields, read_fields
from commissioning.config.tree import Location
from commissioning.model.form import Asked, Column, Form, Kind, Option, Question, Section, When
from commissioning.values.record import Record

_QUESTION_ID = re.compile(r"[a-z][a-z0-9_]*")
_OPTION_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_CHOOSING = {Kind.CHOICE, Kind.CHOICES}
_BOUNDED = {Kind.NUMBER, Kind.MONEY, Kind.PERCENT}


class Bank(Record):
    """The questions rounds draw on, as `questions.yaml` lists them."""

    questions: tuple[Question, ...]


class AskedAsWritten(Record):
    """One line of a form file. `options` and `rows` keep only these of the bank's, in this order; none keeps all."""

    ask: str
    required: bool = False
    when: When | None = None
    options: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


class SectionAsWritten(Record):
    """A titled run of questions, each named by its id in the bank."""

    title: str
    guidance: str = ""
    questions: tuple[AskedAsWritten, ...]


class FormAsWritten(Record):
    """A form file."""

    id: str
    version: int
    title: str
    subtitle: str = ""
    introduction: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    sections: tuple[SectionAsWritten, ...]


def read_bank(text: str, path: str) -> Fields[Bank]:
    """Read the bank and check every question by itself, and their ids together."""
    fields = read_fields(Bank, text, path)
    return fields.with_complaints(_bank_faults(fields.partial)) if fields.has("questions") else fields


def read_form(text: str, path: str, bank: Mapping[str, Question]) -> Fields[FormAsWritten]:
    """Read a form file and check what it asks against the bank; an empty bank could not be read, and checks nothing."""
    fields = read_fields(FormAsWritten, text, path)
    if fields.has("version") and fields.partial.version < 1:
        fields = fields.with_complaints([(("version",), "`version` counts from 1")])
    return fields.with_complaints(_form_faults(fields.partial, bank)) if fields.has("sections") and bank else fields


def written_form(form: FormAsWritten, bank: Mapping[str, Question]) -> Form:
    """Number the questions section by section and stamp the form with the code of its definition."""
    sections = tuple(_section(number, section, bank) for number, section in enumerate(form.sections, 1))
    kept = form.model_dump(exclude={"sections"})
    draft = Form.model_validate({**kept, "sections": sections, "code": ""})
    return draft.with_changes(code=form_code(draft))


def form_code(form: Form) -> str:
    """Return what is printed on a form: its id, its version, and eight digits of the hash of all it asks."""
    definition = form.model_dump(mode="json", exclude={"code"})
    canonical = json.dumps(definition, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{form.id} v{form.version} {hashlib.sha256(canonical.encode()).hexdigest()[:8]}"


def asked_questions(form: FormAsWritten, bank: Mapping[str, Question]) -> dict[str, Question]:
    """Every question the form asks and the bank knows, with the options and rows the form keeps."""
    lines = [line for section in form.sections for line in section.questions if line.ask in bank]
    return {line.ask: _narrowed(bank[line.ask], line) for line in lines}


def repeated(ids: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The index and id of every second and later use of an id."""
    seen: Counter[str] = Counter()
    for index, each in enumerate(ids):
        seen[each] += 1
        if seen[each] > 1:
            yield index, each


def _section(number: int, section: SectionAsWritten, bank: Mapping[str, Question]) -> Section:
    asked = (
        Asked(
            question=_narrowed(bank[line.ask], line), number=f"{number}.{place}", required=line.required, when=line.when
        )
        for place, line in enumerate(section.questions, 1)
    )
    return Section(title=section.title, guidance=section.guidance, asked=tuple(asked))


def _narrowed(question: Question, line: AskedAsWritten) -> Question:
    return question.with_changes(
        options=_picked(question.options, line.options),
        rows=_picked(question.rows, line.rows),
    )


def _picked(options: tuple[Option, ...], ids: tuple[str, ...]) -> tuple[Option, ...]:
    by_id = {option.id: option for option in options}
    return tuple(by_id[each] for each in ids if each in by_id) if ids else options


# What can be wrong with a question


def _bank_faults(bank: Bank) -> Iterator[Complaint]:
    ids = [question.id for question in bank.questions]
    for index, id in repeated(ids):
        yield ("questions", index, "id"), f"the question `{id}` is already in the bank"
    for index, question in enumerate(bank.questions):
        at = ("questions", index)
        if not _QUESTION_ID.fullmatch(question.id):
            yield (*at, "id"), f"`{question.id}`: an id is small letters, digits and `_`, and starts with a letter"
        yield from _options_faults(question, at)
        yield from _table_faults(question, at)
        yield from _limit_faults(question, at)


def _options_faults(asked: Question | Column, at: Location) -> Iterator[Complaint]:
    """Options of a question or a column: there when there is something to choose, and only then."""
    if asked.kind in _CHOOSING and not asked.options:
        yield at, f"`{asked.id}` is a choice without `options`"
    if asked.kind not in _CHOOSING and asked.options:
        yield (*at, "options"), f"`{asked.id}` has options but its kind is `{asked.kind}`; only a choice has options"
    yield from _id_faults(asked.options, (*at, "options"), f"an option of `{asked.id}`")
    if asked.words is not None and asked.words < 1:
        yield (*at, "words"), f"`words` of `{asked.id}` must be 1 or more"


def _id_faults(options: tuple[Option | Column, ...], at: Location, what: str) -> Iterator[Complaint]:
    for index, id in repeated(option.id for option in options):
        yield (*at, index), f"`{id}` is already {what}"
    for index, option in enumerate(options):
        if not _OPTION_ID.fullmatch(option.id):
            yield (*at, index), f"`{option.id}`: the id of {what} is small letters, digits, `_` and `-`"


def _table_faults(question: Question, at: Location) -> Iterator[Complaint]:
    if question.kind is not Kind.TABLE:
        for name in ("columns", "rows", "blank_rows", "total_row", "total_column"):
            if getattr(question, name):
                yield (*at, name), f"`{name}` belongs to a table; `{question.id}` is of kind `{question.kind}`"
        return
    if not question.columns:
        yield at, f"the table `{question.id}` has no `columns`"
    if bool(question.rows) == bool(question.blank_rows):
        yield at, f"the table `{question.id}` needs either `rows` or `blank_rows`, and not both"
    yield from _id_faults(question.columns, (*at, "columns"), f"a column of `{question.id}`")
    yield from _id_faults(question.rows, (*at, "rows"), f"a row of `{question.id}`")
    yield from _total_faults(question, at)
    for index, column in enumerate(question.columns):
        if column.kind is Kind.TABLE:
            yield (*at, "columns", index), f"the column `{column.id}` cannot be a table itself"
        yield from _options_faults(column, (*at, "columns", index))


def _total_faults(question: Question, at: Location) -> Iterator[Complaint]:
    rows, columns = [row.id for row in question.rows], [column.id for column in question.columns]
    if question.total_row and question.total_row not in rows:
        yield (*at, "total_row"), unknown(question.total_row, rows, what=f"a row of `{question.id}`")
    if question.total_column and question.total_column not in columns:
        yield (*at, "total_column"), unknown(question.total_column, columns, what=f"a column of `{question.id}`")


def _limit_faults(question: Question, at: Location) -> Iterator[Complaint]:
    bounds: dict[str, Decimal] = {}
    for name in ("minimum", "maximum"):
        text = getattr(question, name)
        if text is None:
            continue
        if question.kind not in _BOUNDED:
            yield (*at, name), f"`{name}` is for numbers and money; `{question.id}` is of kind `{question.kind}`"
        try:
            bounds[name] = Decimal(text)
        except InvalidOperation:
            yield (*at, name), f"`{name}` says `{text}`; it must be a number"
    if len(bounds) == 2 and bounds["minimum"] > bounds["maximum"]:  # noqa: PLR2004  # both of them
        yield (*at, "minimum"), f"`minimum` of `{question.id}` is more than its `maximum`"


# What can be wrong with a form


def _form_faults(form: FormAsWritten, bank: Mapping[str, Question]) -> Iterator[Complaint]:
    before: dict[str, str] = {}
    everywhere = {line.ask for section in form.sections for line in section.questions}
    for place, section in enumerate(form.sections):
        if not section.questions:
            yield ("sections", place), f"the section `{section.title}` asks nothing"
        for index, line in enumerate(section.questions):
            at = ("sections", place, "questions", index)
            yield from _line_faults(line, bank, before, at)
            yield from _when_faults(line, bank, (set(before), everywhere), at)
            before.setdefault(line.ask, section.title)


def _line_faults(
    line: AskedAsWritten, bank: Mapping[str, Question], before: Mapping[str, str], at: Location
) -> Iterator[Complaint]:
    if line.ask in before:
        yield (*at, "ask"), f"`{line.ask}` is already asked in the section `{before[line.ask]}`"
    question = bank.get(line.ask)
    if question is None:
        yield (*at, "ask"), unknown(line.ask, bank, what="a question of the bank")
        return
    for name, picked, known in (("options", line.options, question.options), ("rows", line.rows, question.rows)):
        ids = [each.id for each in known]
        yield from (((*at, name, i), f"`{id}` is already among the {name}") for i, id in repeated(picked))
        for index, id in enumerate(picked):
            if id not in ids:
                yield (*at, name, index), unknown(id, ids, what=f"one of the {name} of `{line.ask}` in the bank")
    if line.rows and question.total_row and question.total_row not in line.rows:
        yield (*at, "rows"), f"`rows` leaves out `{question.total_row}`, which adds up the others"


def _when_faults(
    line: AskedAsWritten, bank: Mapping[str, Question], asked: tuple[set[str], set[str]], at: Location
) -> Iterator[Complaint]:
    """`when` must name a question asked earlier, and answers it can have."""
    if line.when is None:
        return
    before, everywhere = asked
    other = line.when.question
    if other not in everywhere:
        yield (*at, "when", "question"), unknown(other, before, what="a question this form asks")
    elif other not in before:
        yield (*at, "when", "question"), f"`{line.ask}` depends on `{other}`, which must be asked before it"
    if other in bank:
        answers = _answers(bank[other])
        for id in line.when.is_one_of:
            if id not in answers:
                yield (*at, "when", "is_one_of"), unknown(id, answers, what=f"an answer to `{other}`")


def _answers(question: Question) -> tuple[str, ...]:
    if question.kind in {Kind.YES_NO, Kind.TICK}:
        return ("yes", "no")
    return tuple(option.id for option in question.options)
