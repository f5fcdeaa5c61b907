"""One YAML text → one record, or every fault in it at once, each with its path and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar, cast

from pydantic import ValidationError, create_model
from pydantic_core import ErrorDetails

from commissioning.config.exact import Complaint, complaints, said
from commissioning.config.tree import Fault, Location, Tree, line_of, read_tree
from commissioning.values.record import Record

R = TypeVar("R", bound=Record)

_COVERED = {"union_tag_invalid", "union_tag_not_found"}
"""Errors about a whole item that are told better at the key inside it."""

_WANTS = {
    "bool": "true or false",
    "date": "a date like 2021-02-26",
    "decimal": 'an exact number in quotes, like "250000.00"',
    "dict": "a group of `key: value` lines",
    "float": "a number",
    "int": "a whole number",
    "model": "a group of `key: value` lines",
    "string": "text (put it in quotes)",
    "time": "a time like 09:00",
    "tuple": "a list",
}


@dataclass(frozen=True, slots=True)
class Read(Generic[R]):
    """What a file says: the record, or None and every fault. `lines` gives the line of any location of the record."""

    value: R | None
    faults: tuple[str, ...]
    lines: Mapping[Location, int]


@dataclass(frozen=True, slots=True)
class Fields(Generic[R]):
    """A file read field by field, so that checks across fields can run on those that are sound.

    Only the fields named in `sound` may be read from `partial`; `missing` ones with a default are sound.
    """

    path: str
    partial: R
    sound: frozenset[str]
    faults: tuple[Fault, ...]
    lines: Mapping[Location, int]

    def with_complaints(self, found: Iterable[Complaint]) -> Fields[R]:
        """The same, with what checks across fields found."""
        more = tuple(Fault(line_of(self.lines, at), says) for at, says in found)
        return Fields(self.path, self.partial, self.sound, self.faults + more, self.lines)

    def has(self, *names: str) -> bool:
        """Whether all these fields are sound."""
        return self.sound.issuperset(names)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The faults as people read them, in the order of the file."""
        return tuple(f"{self.path}, line {fault.line}: {fault.says}" for fault in sorted(set(self.faults)))


def read_record(record: type[R], text: str, path: str) -> Read[R]:
    """Read `text` as one `record`; `path` is only for the faults' sentences."""
    fields = read_fields(record, text, path)
    return Read(None if fields.faults else fields.partial, fields.sentences, fields.lines)


def read_fields(record: type[R], text: str, path: str) -> Fields[R]:
    """Read `text` field by field; when nothing is wrong, `partial` is the whole, validated record."""
    tree = read_tree(text)
    unknown_keys = [found for found in complaints(tree.value, record, ()) if found[0][0] not in record.model_fields]
    faults = [*tree.faults, *_faults(tree, unknown_keys)]
    sound: dict[str, object] = {}
    for name in record.model_fields if tree.value or not tree.faults else ():
        value, found = _read_field(record, name, tree)
        faults += _faults(tree, found)
        if not found:
            sound[name] = value
    if not faults:
        try:
            return Fields(path, record.model_validate(tree.value), frozenset(sound), (), tree.lines)
        except ValidationError as error:
            faults += _faults(tree, translated(error, tree.value))
    partial = cast("R", record.model_construct(None, **sound))
    return Fields(path, partial, frozenset(sound), tuple(faults), tree.lines)


def _read_field(record: type[R], name: str, tree: Tree) -> tuple[object, list[Complaint]]:
    """One field's value, or what is wrong with it: exactness first, then the record's own validation."""
    given = {name: tree.value[name]} if name in tree.value else {}
    found = list(complaints(given[name], record.model_fields[name].annotation, (name,))) if given else []
    try:
        return getattr(_alone(record, name).model_validate(given), name), found
    except ValidationError as error:
        return None, found + translated(error, given, known={at for at, _ in found})


@cache
def _alone(record: type[Record], name: str) -> type[Record]:
    """Return a record of this one field of `record`."""
    field = record.model_fields[name]
    return cast("type[Record]", create_model(record.__name__, __base__=Record, **{name: (field.annotation, field)}))  # type: ignore[call-overload]  # the field's name is data


def _faults(tree: Tree, found: Iterable[Complaint]) -> list[Fault]:
    return [Fault(line_of(tree.lines, at), says) for at, says in found]


def translated(error: ValidationError, value: object, *, known: AbstractSet[Location] = frozenset()) -> list[Complaint]:
    """Return pydantic's errors as plain sentences, one for each place in `value` that is not `known` to be wrong."""
    wants: dict[Location, list[str]] = {}
    found: list[Complaint] = []
    for each in error.errors(include_url=False):
        at = _location(each["loc"], value)
        if at in known or (each["type"] in _COVERED and any(other[: len(at)] == at for other in known)):
            continue
        if each["loc"][-1:] == ("[key]",):
            found.append((at, f"the key {said(at[-1])} must be {_wanted(each)}"))
        elif each["type"] == "missing":
            found.append((at, _missing(each["loc"], at)))
        elif each["type"] in {"value_error", "assertion_error"}:
            found.append((at, str(each["ctx"]["error"])))
        else:
            wants.setdefault(at, []).append(_wanted(each))
    return found + [(at, _wrong(at, value, wanted)) for at, wanted in wants.items()]


def _missing(given: Location, at: Location) -> str:
    """The last word of pydantic's location is the missing key, the one before it the kind of record, if any."""
    kind = given[-2] if len(given) > 1 else None
    of = f" from `{kind}`" if isinstance(kind, str) else ""
    item = f" from item {at[-2] + 1}" if len(at) > 1 and isinstance(at[-2], int) and not of else ""
    return f"`{given[-1]}` is missing{of}{item}"


def _location(given: Location, value: object) -> Location:
    """Pydantic's location without the names of union members, which stand in no file."""
    at: list[str | int] = []
    for step in given:
        if (isinstance(value, dict) and step in value) or (isinstance(value, list) and isinstance(step, int)):
            value = value[step]  # type: ignore[index]  # a key of the mapping or an index of the list, just tested
        elif step != given[-1] or not isinstance(value, dict) or step == "[key]":
            continue
        at.append(step)
    return tuple(at)


def _wanted(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind in {"literal_error", "enum"}:
        return "one of: " + str(context["expected"]).replace(" or ", ", ").replace("'", "")
    if kind.startswith(("greater_than", "less_than")):
        sign = {"greater_than": "more than", "less_than": "less than"}
        bound = next(iter(context.values()))
        return f"{sign.get(kind, 'at least' if kind.startswith('g') else 'at most')} {bound}"
    if kind == "too_short":
        return "a list with something in it"
    return _WANTS.get(kind.split("_")[0], error["msg"])


def _wrong(at: Location, value: object, wanted: list[str]) -> str:
    for step in at:
        value = value[step] if isinstance(value, dict | list) else value  # type: ignore[index]  # `_location` walked it
    name = next((str(step) for step in reversed(at) if isinstance(step, str)), "the file")
    return f"`{name}` says {said(value)}; it must be {', or '.join(dict.fromkeys(wanted))}"
