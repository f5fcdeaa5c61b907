"""Working hours and days at their edges: opening, closing, weekends, bank holidays, clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from commissioning.values.working_time import (
    LONDON,
    WorkingPeriod,
    WorkingTime,
    add_working,
    is_working_day,
    working_between,
)

OFFICE = WorkingTime(
    days=("monday", "tuesday", "wednesday", "thursday", "friday"),
    start=time(9),
    end=time(17),
    bank_holidays={date(2021, 4, 2): "Good Friday", date(2021, 4, 5): "Easter Monday"},
)
NIGHTS = WorkingTime(days=("saturday", "sunday"), start=time(0), end=time(6))


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def hours(amount: int) -> WorkingPeriod:
    return WorkingPeriod(amount=amount, unit="working hours")


def days(amount: int) -> WorkingPeriod:
    return WorkingPeriod(amount=amount, unit="working days")


@pytest.mark.parametrize(
    ("start", "period", "ends"),
    [
        ("2021-03-01T09:00", hours(1), "2021-03-01T10:00"),
        ("2021-03-01T08:59:59", hours(1), "2021-03-01T10:00"),
        ("2021-03-01T09:00", hours(8), "2021-03-01T17:00"),
        ("2021-03-01T09:00:01", hours(8), "2021-03-02T09:00:01"),
        ("2021-03-01T09:00", hours(12), "2021-03-02T13:00"),
        ("2021-03-01T17:00", hours(1), "2021-03-02T10:00"),
        ("2021-02-26T16:30", hours(1), "2021-03-01T09:30"),
        ("2021-02-26T23:59:59", hours(6), "2021-03-01T15:00"),
        ("2021-02-27T12:00", hours(16), "2021-03-02T17:00"),
        ("2021-04-01T16:00", hours(2), "2021-04-06T10:00"),
        ("2021-03-01T09:00", days(1), "2021-03-02T17:00"),
        ("2021-02-26T23:59:59", days(1), "2021-03-01T17:00"),
        ("2021-02-27T10:00", days(1), "2021-03-01T17:00"),
        ("2021-02-26T12:00", days(5), "2021-03-05T17:00"),
        ("2021-04-01T12:00", days(1), "2021-04-06T17:00"),
    ],
)
def test_a_period_ends_where_the_office_calendar_says(start: str, period: WorkingPeriod, ends: str) -> None:
    assert add_working(london(start), period, OFFICE) == london(ends)


def test_a_period_over_the_clock_change_keeps_the_office_hours() -> None:
    ends = add_working(london("2021-03-26T16:00"), hours(2), OFFICE)
    assert ends == london("2021-03-29T10:00")
    assert ends.isoformat() == "2021-03-29T10:00:00+01:00"


def test_a_night_with_a_clock_change_has_the_hours_that_passed() -> None:
    spring, autumn = london("2021-03-28T00:00"), london("2021-10-31T00:00")
    assert working_between(spring, london("2021-03-28T06:00"), NIGHTS) == timedelta(hours=5)
    assert working_between(autumn, london("2021-10-31T06:00"), NIGHTS) == timedelta(hours=7)
    assert add_working(autumn, hours(7), NIGHTS) == london("2021-10-31T06:00")


@pytest.mark.parametrize(
    ("first", "then", "between"),
    [
        ("2021-03-01T09:00", "2021-03-01T09:00", timedelta(0)),
        ("2021-03-01T08:00", "2021-03-01T09:00", timedelta(0)),
        ("2021-03-01T17:00", "2021-03-02T09:00", timedelta(0)),
        ("2021-02-26T16:00", "2021-03-03T12:00", timedelta(hours=20)),
        ("2021-03-01T16:59:59", "2021-03-02T09:00:01", timedelta(seconds=2)),
        ("2021-04-01T17:00", "2021-04-06T09:00", timedelta(0)),
        ("2021-03-03T12:00", "2021-03-03T10:00", timedelta(hours=-2)),
    ],
)
def test_office_time_between_two_instants(first: str, then: str, between: timedelta) -> None:
    assert working_between(london(first), london(then), OFFICE) == between


def test_instants_of_any_zone_are_understood() -> None:
    summer = datetime(2021, 6, 1, 8, 0, tzinfo=UTC)
    assert add_working(summer, hours(1), OFFICE) == london("2021-06-01T10:00")


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        add_working(datetime(2021, 3, 1, 9, 0), hours(1), OFFICE)  # noqa: DTZ001  # the point of the test


def test_a_bank_holiday_is_no_working_day() -> None:
    assert not is_working_day(date(2021, 4, 2), OFFICE)
    assert is_working_day(date(2021, 4, 1), OFFICE)
    assert not is_working_day(date(2021, 4, 3), OFFICE)


def test_an_office_that_never_opens_is_refused() -> None:
    with pytest.raises(ValidationError, match="at least 1 item"):
        WorkingTime(days=(), start=time(9), end=time(17))
    with pytest.raises(ValidationError, match="`start` 17:00 must be before `end` 09:00"):
        WorkingTime(days=("monday",), start=time(17), end=time(9))


def test_a_period_is_written_as_people_say_it() -> None:
    assert [str(hours(1)), str(hours(6)), str(days(5))] == ["1 working hour", "6 working hours", "5 working days"]


INSTANTS = st.datetimes(datetime(2021, 1, 1), datetime(2021, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  # in UTC


@given(INSTANTS, st.integers(1, 60))
def test_what_is_added_lies_between(start: datetime, amount: int) -> None:
    ends = add_working(start, hours(amount), OFFICE)
    assert working_between(start, ends, OFFICE) == timedelta(hours=amount)
    assert time(9) < ends.time() <= time(17)
    assert is_working_day(ends.date(), OFFICE)


@given(INSTANTS, INSTANTS, INSTANTS)
def test_office_time_adds_up(one: datetime, two: datetime, three: datetime) -> None:
    whole = working_between(one, three, OFFICE)
    assert working_between(one, two, OFFICE) + working_between(two, three, OFFICE) == whole
    assert working_between(three, one, OFFICE) == -whole


@given(INSTANTS, st.integers(1, 20))
def test_working_days_end_at_closing_time_of_that_many_days_later(start: datetime, amount: int) -> None:
    ends = add_working(start, days(amount), OFFICE)
    first = start.astimezone(LONDON).date() + timedelta(days=1)
    passed = [first + timedelta(days=each) for each in range((ends.date() - first).days + 1)]
    assert ends.time() == time(17)
    assert sum(is_working_day(day, OFFICE) for day in passed) == amount
