"""Strict YAML: what is refused, with which sentence, on which line."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from commissioning.config.strict import read_fields, read_record
from commissioning.config.tree import line_of, read_tree
from commissioning.model.round import Condition, Pot
from commissioning.values.record import Record


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Leaf(Record):
    name: str
    weight: Decimal | None = None


class Sample(Record):
    """One field of every kind our files use."""

    title: str = ""
    count: int = 0
    share: Decimal = Decimal(0)
    width: float = 1.0
    done: bool = False
    day: date | None = None
    at: time | None = None
    colour: Colour = Colour.RED
    leaves: tuple[Leaf, ...] = ()
    names: dict[str, str] = Field(default_factory=dict)
    days: dict[date, str] = Field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    pots: tuple[Pot, ...] = ()


def faults(text: str) -> tuple[str, ...]:
    read = read_record(Sample, text, "s.yaml")
    assert (read.value is None) == bool(read.faults)
    return read.faults


def test_a_sound_file_becomes_its_record_with_the_line_of_every_value() -> None:
    text = """\
title: "A: b"
count: 3
share: "0.50"
width: 1.5
done: true
day: 2021-02-26
at: 09:00
colour: blue
leaves:
  - {name: one, weight: "2"}
  - name: two
days: {2021-04-02: Good Friday}
"""
    read = read_record(Sample, text, "s.yaml")
    assert read.faults == ()
    assert read.value == Sample(
        title="A: b",
        count=3,
        share=Decimal("0.50"),
        width=1.5,
        done=True,
        day=date(2021, 2, 26),
        at=time(9),
        colour=Colour.BLUE,
        leaves=(Leaf(name="one", weight=Decimal(2)), Leaf(name="two")),
        days={date(2021, 4, 2): "Good Friday"},
    )
    assert read.lines["leaves", 1, "name"] == 11
    assert read.lines["leaves",] == 9
    assert line_of(read.lines, ("leaves", 1, "weight")) == 11


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("True", "True"),
        ("12:30:00", "12:30:00"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("007", "007"),
        ("2021-02-26", "2021-02-26"),
        ("2021-02-26T12:00:00Z", "2021-02-26T12:00:00Z"),
        (".inf", ".inf"),
        ("<<", "<<"),
        ('"12"', "12"),
        ("12", 12),
        ("-3", -3),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0.5", 0.5),
        ("1e3", 1000.0),
        ("|\n  two\n  lines\n", "two\nlines\n"),
    ],
)
def test_a_scalar_is_what_it_looks_like_to_a_person(text: str, value: object) -> None:
    tree = read_tree(f"a: {text}\n")
    assert tree.faults == ()
    assert tree.value == {"a": value}
    assert type(tree.value["a"]) is type(value) or value in {0.5, 1000.0}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "s.yaml, line 1: the file is empty"),
        ("# only words\n", "s.yaml, line 1: the file is empty"),
        ("- a\n", "s.yaml, line 1: the file must start with `key: value` lines, and it does not"),
        ("just words\n", "s.yaml, line 1: the file must start with `key: value` lines, and it does not"),
        ("title: a\ntitle: b\n", "s.yaml, line 2: `title` stands here a second time; it was already given on line 1"),
        ("title: &x a\n", "s.yaml, line 1: `&x` names a value for use elsewhere; write the value out each time"),
        ("title: !!str a\n", "s.yaml, line 1: `tag:yaml.org,2002:str` is a YAML tag; write the value without it"),
        ("title: !secret a\n", "s.yaml, line 1: `!secret` is a YAML tag; write the value without it"),
        ("title: a\n---\ntitle: b\n", "s.yaml, line 2: a second document starts here (`---`); a file holds one"),
        ("names:\n\ta: b\n", "s.yaml, line 2: the line is indented with a tab; indent with spaces"),
        ("title: x\n  y: z\n", "s.yaml, line 2: the file cannot be read from here on"),
        ("names: {? [a] : b}\n", "s.yaml, line 1: a key must be a single word or text"),
        ("title: a\x07b\n", "s.yaml, line 1: a character that cannot be printed (code 0x7) stands here; delete it"),
        ("leaves: " + "[" * 40 + "]" * 40, "s.yaml, line 1: the file cannot be read from here on (nested too deeply)"),
    ],
)
def test_yaml_that_hides_or_breaks_something_is_refused(text: str, expected: str) -> None:
    assert faults(text)[0].startswith(expected)


def test_an_alias_is_refused_at_its_own_line_and_not_followed() -> None:
    found = faults("title: &x a\nnames:\n  b: *x\n")
    assert "s.yaml, line 3: `*x` points elsewhere; write the value out here" in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("titel: a", "`titel` is not a key here; did you mean `title`?"),
        ("leaves: [{name: a, zzz: 1}]", "`zzz` is not a key here; there are: name, weight"),
        ("leaves: [{weight: 1}]", "`name` is missing from item 1"),
        ("title: 2021", "`title` says `2021`; it must be text (put it in quotes)"),
        ("title: [a]", "`title` says a list; it must be text (put it in quotes)"),
        ("title:", "`title` says nothing; it must be text (put it in quotes)"),
        ("count: five", "`count` says `five`; write a whole number, without quotes"),
        ('count: "5"', "`count` says `5`; write a whole number, without quotes"),
        ("count: true", "`count` says `true`; write a whole number, without quotes"),
        ("count: 1.5", "`count` says `1.5`; write a whole number, without quotes"),
        ("done: yes", "`done` says `yes`; write true or false"),
        ("done: off", "`done` says `off`; write true or false"),
        ('done: "true"', "`done` says `true`; write true or false"),
        ("done: 1", "`done` says `1`; write true or false"),
        ("share: 250000.00", '`share`: write money and other exact numbers in quotes: "250000.00"'),
        ("share: true", '`share` says `true`; write an exact number in quotes, like "250000.00"'),
        ("share: lots", '`share` says `lots`; it must be an exact number in quotes, like "250000.00"'),
        ("leaves: [{name: a, weight: .5}]", '`weight`: write money and other exact numbers in quotes: ".5"'),
        ("width: wide", "`width` says `wide`; it must be a number"),
        ("day: 2021-02-30", "`day` says `2021-02-30`; it must be a date like 2021-02-26"),
        ("days: {2021-02-30: x}", "the key `2021-02-30` must be a date like 2021-02-26"),
        ("at: half past nine", "`at` says `half past nine`; it must be a time like 09:00"),
        ("colour: green", "`colour` says `green`; it must be one of: red, blue"),
        ("leaves: {name: a}", "`leaves` says a group; it must be a list"),
        ("leaves: [a]", "`leaves` says `a`; it must be a group of `key: value` lines"),
        ("names: [a]", "`names` says a list; it must be a group of `key: value` lines"),
        ("conditions: [{rule: on_tme}]", "`on_tme` is not a known `rule`; there are: answered_yes, dates_within"),
        ("conditions: [{rule: date_within}]", "`date_within` is not a known `rule`; did you mean `dates_within`?"),
        ("conditions: [{question: a}]", "`rule` is missing; it must be one of: answered_yes, dates_within"),
        ("conditions: [{rule: dates_within, end: b}]", "`start` is missing from `dates_within`"),
        ("conditions: [{rule: received_on_time, grace: 1}]", "`grace` is not a key here; there are: rule, source"),
        (
            "pots: [{id: a, title: b, year: 2021-22, amount: lots}]",
            '`amount` says `lots`; it must be an exact number in quotes, like "250000.00", or one of: unknown, compet',
        ),
        (
            "pots: [{id: a, title: b, year: 2021-22, amount: true}]",
            '`amount` says `true`; write an exact number in quotes, like "250000.00" or `unknown` or `competitive`',
        ),
    ],
)
def test_a_wrong_value_says_what_it_must_be(text: str, expected: str) -> None:
    found = faults(f"# a comment\n{text}\n")
    assert len(found) == 1, found
    assert found[0].startswith(f"s.yaml, line 2: {expected}")


def test_every_fault_is_reported_at_once_in_the_order_of_the_file() -> None:
    text = """\
titel: a
count: 1.5
done: yes
leaves:
  - {name: 3}
  - {wieght: "2"}
  - {name: c, weight: 0.5}
count: 2
conditions:
  - {rule: nothing}
  - {rule: dates_within, start: a, ende: b}
"""
    assert faults(text) == (
        "s.yaml, line 1: `titel` is not a key here; did you mean `title`?",
        "s.yaml, line 2: `count` says `1.5`; write a whole number, without quotes",
        "s.yaml, line 3: `done` says `yes`; write true or false",
        "s.yaml, line 5: `name` says `3`; it must be text (put it in quotes)",
        "s.yaml, line 6: `name` is missing from item 2",
        "s.yaml, line 6: `wieght` is not a key here; did you mean `weight`?",
        's.yaml, line 7: `weight`: write money and other exact numbers in quotes: "0.5"',
        "s.yaml, line 8: `count` stands here a second time; it was already given on line 2",
        (
            "s.yaml, line 10: `nothing` is not a known `rule`; there are: answered_yes, dates_within, "
            "documents_present, national_test, received_on_time, request_within"
        ),
        "s.yaml, line 11: `end` is missing from `dates_within`",
        "s.yaml, line 11: `ende` is not a key here; did you mean `end`?",
    )


def test_sound_fields_can_be_checked_while_others_are_not() -> None:
    fields = read_fields(Sample, "count: x\ntitle: kept\n", "s.yaml")
    assert fields.has("title", "done")
    assert not fields.has("title", "count")
    assert fields.partial.title == "kept"
    more = fields.with_complaints([(("title",), "the title is dull")])
    assert more.sentences == (
        "s.yaml, line 1: `count` says `x`; write a whole number, without quotes",
        "s.yaml, line 2: the title is dull",
    )


@given(st.text())
def test_any_text_gives_a_record_or_faults_and_never_a_traceback(text: str) -> None:
    read = read_record(Sample, text, "s.yaml")
    assert (read.value is None) == bool(read.faults)


@given(st.lists(st.sampled_from(["a", ":", " ", "\n", "-", "[", "]", "{", "}", "&", "*", "!", '"', "'", "|", "title"])))
def test_any_jumble_of_yaml_marks_gives_a_record_or_faults(marks: list[str]) -> None:
    read = read_record(Sample, "".join(marks), "s.yaml")
    assert (read.value is None) == bool(read.faults)
