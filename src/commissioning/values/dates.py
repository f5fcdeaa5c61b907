"""Calendar days as people write them, day before month. A year of two figures is asked about, never guessed."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from commissioning.values.parsed import Parsed, plain
from commissioning.values.showing import MONTHS, show_day

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FIGURES: Final = re.compile(r"([0-9]{1,2}) ?[/.-] ?([0-9]{1,2}) ?[/.-] ?([0-9]{4}|[0-9]{2})")
ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T00:00:00Z?)?")
WORDS: Final = re.compile(
    r"(?:([a-z]+),? )?([0-9]{1,2})(?:st|nd|rd|th)?(?: of)?[ -]([a-z]+)\.?,?[ -]([0-9]{4}|[0-9]{2})", re.IGNORECASE
)
LONGEST: Final = 60
THIS_CENTURY: Final = 2000

NOT_A_DATE: Final = "is not a date that can be read; write the day, the month and the year, such as 26 February 2021."
SHORT_YEAR: Final = "has a year of two figures; write the year in full, such as 26 February 2021."
NO_SUCH_DAY: Final = "is not a day in the calendar; check the day and the month, and write it as 26 February 2021."
OTHER_WEEKDAY: Final = "names a day of the week that does not go with the date; check both."


def parse_date(text: str) -> Parsed[date]:
    """Read a day: "26/02/2021", "26.2.2021", "26 February 2021", "Friday 26th Feb 2021", "2021-02-26"."""
    written = plain(text)
    if len(written) > LONGEST:
        return Parsed(None, NOT_A_DATE)
    if iso := ISO.fullmatch(written):
        return _day(iso[1], int(iso[2]), int(iso[3]))
    if figures := FIGURES.fullmatch(written):
        return _day(figures[3], int(figures[2]), int(figures[1]))
    if words := WORDS.fullmatch(written):
        return _in_words(words)
    return Parsed(None, NOT_A_DATE)


def _in_words(match: re.Match[str]) -> Parsed[date]:
    weekday, day, name, year = match.groups()
    month = _month(name)
    if month is None or (weekday and _weekday(weekday) is None):
        return Parsed(None, NOT_A_DATE)
    parsed = _day(year, month, int(day))
    if weekday and parsed.value and _weekday(weekday) != parsed.value.weekday():
        return Parsed(None, OTHER_WEEKDAY, f"{WEEKDAYS[parsed.value.weekday()].capitalize()} {show_day(parsed.value)}")
    return parsed


def _day(year: str, month: int, day: int) -> Parsed[date]:
    """Make the day, if the year is in full and the calendar has it."""
    short = len(year) == 2  # noqa: PLR2004 — figures of a year
    try:
        found = date(int(year) + THIS_CENTURY * short, month, day)
    except ValueError:
        return Parsed(None, NO_SUCH_DAY)
    return Parsed(None, SHORT_YEAR, show_day(found)) if short else Parsed(found)


def _month(name: str) -> int | None:
    """Find the month so called in full or by its first three or four letters."""
    wanted = name.casefold()
    for number, month in enumerate(MONTHS, 1):
        full = month.casefold()
        if wanted == full or wanted in {full[:3], full[:4]}:
            return number
    return None


def _weekday(name: str) -> int | None:
    wanted = name.casefold()
    for number, day in enumerate(WEEKDAYS):
        if wanted == day or (len(wanted) >= 3 and wanted in {day[:3], day[:4], day[:5]}):  # noqa: PLR2004 — "Mon"
            return number
    return None
