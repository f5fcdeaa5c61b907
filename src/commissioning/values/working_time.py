"""Working hours and working days: when a reply is due, and how much office time is left.

Every instant carries its zone; sums are made in UTC, so that a clock change neither adds nor loses an hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from commissioning.values.record import Record

LONDON = ZoneInfo("Europe/London")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class WorkingTime(Record):
    """The hours the office keeps. `days` are weekday names; bank holidays are dates with their name."""

    days: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    start: time
    end: time
    bank_holidays: dict[date, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def opens_before_it_closes(self) -> Self:
        """The office opens before it closes, on the same day."""
        if self.start >= self.end:
            raise ValueError(f"`start` {self.start:%H:%M} must be before `end` {self.end:%H:%M}")
        return self


class WorkingPeriod(Record):
    """So many working hours or working days, by the round's working time."""

    amount: Annotated[int, Field(gt=0, le=1000)]
    unit: Literal["working hours", "working days"]

    def __str__(self) -> str:
        return f"{self.amount} {self.unit if self.amount > 1 else self.unit.removesuffix('s')}"


def add_working(start: datetime, period: WorkingPeriod, working_time: WorkingTime) -> datetime:
    """Return the instant, in Europe/London, at which `period` counted from `start` ends.

    Working hours run only while the office is open; a period that uses up a day ends at closing time, not at the next
    opening. Working days end at closing time of the last of them, the day of `start` not being counted.
    """
    begun = _in_utc(start)
    if period.unit == "working days":
        return _end_of_day(begun, period.amount, working_time)
    left = timedelta(hours=period.amount)
    for opens, closes in _open_spells(_day(begun), working_time):
        free = closes - max(opens, begun)
        if free >= left:
            return (max(opens, begun) + left).astimezone(LONDON)
        left -= max(free, timedelta(0))
    raise AssertionError("the calendar has no end")


def working_between(first: datetime, then: datetime, working_time: WorkingTime) -> timedelta:
    """Return the office time between two instants: negative when `then` lies before `first`."""
    begun, ended = _in_utc(first), _in_utc(then)
    if ended < begun:
        return -working_between(then, first, working_time)
    total = timedelta(0)
    for opens, closes in _open_spells(_day(begun), working_time):
        if opens >= ended:
            break
        total += max(min(closes, ended) - max(opens, begun), timedelta(0))
    return total


def is_working_day(day: date, working_time: WorkingTime) -> bool:
    """Whether the office opens on `day`."""
    return WEEKDAYS[day.weekday()] in working_time.days and day not in working_time.bank_holidays


def _end_of_day(begun: datetime, amount: int, working_time: WorkingTime) -> datetime:
    spells = _open_spells(_day(begun) + timedelta(days=1), working_time)
    for _ in range(amount - 1):
        next(spells)
    return next(spells)[1].astimezone(LONDON)


def _open_spells(day: date, working_time: WorkingTime) -> Iterator[tuple[datetime, datetime]]:
    """Opening and closing, in UTC, of every working day from `day` on."""
    while True:
        if is_working_day(day, working_time):
            yield _local(day, working_time.start), _local(day, working_time.end)
        day += timedelta(days=1)


def _local(day: date, at: time) -> datetime:
    return datetime.combine(day, at, LONDON).astimezone(UTC)


def _day(instant: datetime) -> date:
    return instant.astimezone(LONDON).date()


def _in_utc(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError(f"{instant} has no time zone")
    return instant.astimezone(UTC)
