"""YAML text → plain values with their lines, by rules of our own that leave nothing to guess.

YAML 1.1 as usually loaded keeps the last of two equal keys, reads `no` as false, `12:30:00` as 45000 and a date as
a date only when it feels like one. Here a plain scalar is true, false, a whole number, a decimal fraction, nothing
(`null`, `~` or empty), or else text; everything YAML has beyond mappings, lists and scalars is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

Location = tuple[str | int, ...]

DEEPEST = 30
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_FRACTION = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]{1,3})")
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong in a file, and the line it stands on (0 when it is not about one line)."""

    line: int
    says: str


class Fraction(float):
    """A decimal fraction written without quotes, with its text: fine for a width, not for money or weights."""

    text: str

    def __new__(cls, text: str) -> Fraction:  # noqa: PYI034  # Self would promise more than float subclasses keep
        """Keep the text beside the number."""
        number = super().__new__(cls, text)
        number.text = text
        return number


@dataclass(frozen=True, slots=True)
class Tree:
    """The mapping a file holds, the line of every value in it, and what was wrong with its YAML."""

    value: dict[str, object]
    lines: Mapping[Location, int]
    faults: tuple[Fault, ...]


def read_tree(text: str) -> Tree:
    """Read one YAML mapping; an unreadable file gives an empty mapping and the fault."""
    builder = _Builder()
    value: object = {}
    try:
        value = builder.document(yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        builder.faults.append(_syntax_fault(text, error))
    except yaml.reader.ReaderError as error:
        builder.faults.append(_character_fault(text, error))
    if not isinstance(value, dict):
        builder.faults.append(Fault(1, "the file must start with `key: value` lines, and it does not"))
        value = {}
    return Tree(value, builder.lines, tuple(builder.faults))


def line_of(lines: Mapping[Location, int], location: Location) -> int:
    """The line of the value at `location`, or of the nearest thing around it that is there; 0 when nothing is."""
    for length in range(len(location), -1, -1):
        if location[:length] in lines:
            return lines[location[:length]]
    return 0


@dataclass(slots=True)
class _Builder:
    """Takes the parser's events in order and keeps what it learns on the way."""

    lines: dict[Location, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def document(self, events: Iterator[Any]) -> object:
        """The first document's value; a second one is a fault."""
        value: object = {}
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.fault(event, "a second document starts here (`---`); a file holds one")
                    return value
                value = self.value(next(events), events, ())
        if not documents:
            self.faults.append(Fault(1, "the file is empty"))
        return value

    def value(self, event: Any, events: Iterator[Any], at: Location) -> object:
        """The value this event begins, with everything inside it."""
        self.lines[at] = _line(event)
        self.refuse_extras(event)
        if len(at) > DEEPEST:
            raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=event.start_mark)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, at)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, at)
        return _scalar(event) if isinstance(event, yaml.ScalarEvent) else None

    def mapping(self, events: Iterator[Any], at: Location) -> dict[str, object]:
        """Keys are texts as written; a repeated one is a fault that names both lines."""
        found: dict[str, object] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self.fault(event, "a key must be a single word or text")
                self.value(event, events, (*at, ""))
                self.value(next(events), events, (*at, ""))
                continue
            self.refuse_extras(event)
            key, line = event.value, _line(event)
            if key in found:
                self.fault(
                    event, f"`{key}` stands here a second time; it was already given on line {self.lines[*at, key]}"
                )
                self.value(next(events), events, (*at, f"{key} (repeated on line {line})"))
                continue
            found[key] = self.value(next(events), events, (*at, key))
            self.lines[*at, key] = line
        return found

    def sequence(self, events: Iterator[Any], at: Location) -> list[object]:
        """The items of a list."""
        found: list[object] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            found.append(self.value(event, events, (*at, len(found))))
        return found

    def refuse_extras(self, event: Any) -> None:
        """Anchors, aliases and tags hide what a file says from the person who reads it."""
        if isinstance(event, yaml.AliasEvent):
            self.fault(event, f"`*{event.anchor}` points elsewhere; write the value out here")
        elif event.anchor is not None:
            self.fault(event, f"`&{event.anchor}` names a value for use elsewhere; write the value out each time")
        if getattr(event, "tag", None) is not None:
            self.fault(event, f"`{event.tag}` is a YAML tag; write the value without it")

    def fault(self, event: Any, says: str) -> None:
        """Keep a fault at the line of this event."""
        self.faults.append(Fault(_line(event), says))


def _scalar(event: Any) -> object:
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return Fraction(text) if _FRACTION.fullmatch(text) else text


def _line(event: Any) -> int:
    line: int = event.start_mark.line
    return line + 1


def _syntax_fault(text: str, error: yaml.MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    written = text.splitlines()[line - 1] if line <= len(text.splitlines()) else ""
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return Fault(line, "the line is indented with a tab; indent with spaces")
    return Fault(
        line,
        f"the file cannot be read from here on ({error.problem}); look at the colons, quotes and indentation of this "
        "line and the one above, and put text that contains `: ` or ` #` in quotes",
    )


def _character_fault(text: str, error: yaml.reader.ReaderError) -> Fault:
    line = text.count("\n", 0, error.position) + 1
    return Fault(
        line, f"a character that cannot be printed (code {ord(text[error.position]):#x}) stands here; delete it"
    )
