"""What a reader bent on pleasing would let pass: unknown keys, `yes` for true, a fraction for exact money.

Walks a plain value beside the type a record wants at that place. Everything else that can be wrong with a value is
left to the record's own validation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from commissioning.config.tree import Fraction, Location
from commissioning.values.record import Record

LONGEST = 60
"""Characters of a wrong value that a sentence can carry."""

Complaint = tuple[Location, str]


def complaints(value: object, wanted: object, at: Location) -> Iterator[Complaint]:
    """Yield what is inexact in `value`, as a sentence for each location below `at`."""
    members = tuple(_members(wanted))
    if isinstance(value, dict):
        yield from _in_mapping(value, members, at)
    elif isinstance(value, list):
        items = [get_args(member)[0] for member in members if get_origin(member) is tuple]
        for index, item in enumerate(value):
            yield from (found for each in items for found in complaints(item, each, (*at, index)))
    elif not any(_suits(value, member) for member in members):
        yield at, _exactly(value, members, str(at[-1]))


def unknown(word: str, known: Iterable[str], *, what: str) -> str:
    """Say that `word` is not one of `known`, with the nearest of them, or all when none is near."""
    near = get_close_matches(word, tuple(known), n=1)
    if near:
        return f"`{word}` is not {what}; did you mean `{near[0]}`?"
    names = ", ".join(sorted(known))
    return f"`{word}` is not {what}; " + (f"there are: {names}" if names else "there are none")


def _members(wanted: object) -> Iterator[object]:
    origin = get_origin(wanted)
    if origin is Annotated:
        yield from _members(get_args(wanted)[0])
    elif origin in (Union, UnionType):
        for member in get_args(wanted):
            yield from _members(member)
    else:
        yield wanted


def _in_mapping(value: dict[str, object], members: tuple[object, ...], at: Location) -> Iterator[Complaint]:
    records = [member for member in members if isinstance(member, type) and issubclass(member, Record)]
    if len(records) > 1:
        yield from _in_one_of(value, records, at)
    for record in records if len(records) == 1 else ():
        yield from _in_record(value, record, at)
    for member in members:
        if get_origin(member) is dict:
            for key, each in value.items():
                yield from complaints(each, get_args(member)[1], (*at, key))


def _in_one_of(value: dict[str, object], records: list[type[Record]], at: Location) -> Iterator[Complaint]:
    """One of several records, told apart by a key that each allows a single word (`rule`, `kind`)."""
    key = next(name for name, field in records[0].model_fields.items() if get_origin(field.annotation) is Literal)
    by_word = {str(word): record for record in records for word in get_args(record.model_fields[key].annotation)}
    word = value.get(key)
    if word in by_word:
        yield from _in_record(value, by_word[str(word)], at)
    elif key in value:
        yield (*at, key), unknown(str(word), by_word, what=f"a known `{key}`")
    else:
        yield at, f"`{key}` is missing; it must be one of: {', '.join(sorted(by_word))}"


def _in_record(value: dict[str, object], record: type[Record], at: Location) -> Iterator[Complaint]:
    for key, each in value.items():
        if key in record.model_fields:
            yield from complaints(each, record.model_fields[key].annotation, (*at, key))
        else:
            yield (*at, key), unknown(key, record.model_fields, what="a key here")


def _suits(value: object, member: object) -> bool:
    if member is NoneType:
        return value is None
    if get_origin(member) is Literal:
        return value in get_args(member)
    if member is bool:
        return isinstance(value, bool)
    if member is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if member is Decimal:
        return not isinstance(value, float | bool)
    return True


def _exactly(value: object, members: tuple[object, ...], name: str) -> str:
    if isinstance(value, Fraction) and Decimal in members:
        return f'`{name}`: write money and other exact numbers in quotes: "{value.text}"'
    if bool in members:
        return f"`{name}` says {said(value)}; write true or false"
    if int in members:
        return f"`{name}` says {said(value)}; write a whole number, without quotes"
    words = [f"`{word}`" for member in members if get_origin(member) is Literal for word in get_args(member)]
    exact = ['an exact number in quotes, like "250000.00"'] if Decimal in members else []
    return f"`{name}` says {said(value)}; write {' or '.join([*exact, *words])}"


def said(value: object) -> str:
    """Show a value as its file does, cut when long."""
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "a group"
    if value is None:
        return "nothing"
    text = str(value).lower() if isinstance(value, bool) else value.text if isinstance(value, Fraction) else str(value)
    return f"`{text}`" if len(text) <= LONGEST else f"`{text[: LONGEST - 1]}…`"
