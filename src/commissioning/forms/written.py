"""Typed values as a person would have typed them, so that what the office fills in reads back equal."""

from __future__ import annotations

from commissioning.model.bid import Chosen, Day, Money, Number, Percent, Rows, Text, Value, YesNo
from commissioning.model.form import Column, Question
from commissioning.values.showing import show_day, show_money


def written(value: Value, asked: Question | Column) -> str:  # noqa: PLR0911 — one line per kind of value
    """Return the words for `value`; options by their text, one per line."""
    match value:
        case Text(text=text):
            return text
        case Money(amount=amount):
            return show_money(amount)
        case Number(number=number):
            return f"{number:,f}"
        case Percent(share=share):
            return f"{(share * 100).normalize():f}%"
        case YesNo(yes=yes):
            return "Yes" if yes else "No"
        case Day(day=day):
            return show_day(day)
        case Chosen(options=chosen):
            return "\n".join(option.text for option in asked.options if option.id in chosen)
        case Rows():
            raise ValueError("A table is written cell by cell.")


def is_ticked(value: Value | None, option: str = "") -> bool:
    """Tell whether a tick box stands ticked: a declaration's own, or that of one option."""
    if isinstance(value, Chosen):
        return option in value.options
    return isinstance(value, YesNo) and value.yes
