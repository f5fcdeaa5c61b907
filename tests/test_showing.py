from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from commissioning.values.showing import show_day, show_moment, show_money, show_percent


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Decimal("1234.5"), "£1,234.50"),
        (Decimal(0), "£0.00"),
        (0, "£0.00"),
        (Decimal("-0.01"), "−£0.01"),
        (Decimal("1E+6"), "£1,000,000.00"),
        (Decimal("12.3400"), "£12.34"),
    ],
)
def test_money_is_shown_in_pounds_and_pence(amount: Decimal, shown: str) -> None:
    assert show_money(amount) == shown


@pytest.mark.parametrize("amount", ["0.005", "NaN", "Infinity"])
def test_money_finer_than_a_penny_is_not_rounded_in_passing(amount: str) -> None:
    with pytest.raises(ValueError, match="whole number of pence"):
        show_money(Decimal(amount))


@pytest.mark.parametrize(
    ("share", "shown"),
    [("0.125", "12.5%"), ("0.5", "50%"), ("0", "0%"), ("1", "100%"), ("0.0005", "0.1%"), ("0.00049", "0%")],
)
def test_a_share_is_shown_as_a_percentage_with_halves_rounded_up(share: str, shown: str) -> None:
    assert show_percent(Decimal(share)) == shown


def test_a_percentage_can_have_no_places() -> None:
    assert show_percent(Decimal("0.125"), places=0) == "13%"


def test_a_day_has_no_leading_nought() -> None:
    assert show_day(date(2021, 3, 3)) == "3 March 2021"


def test_an_instant_is_the_day_it_is_in_london() -> None:
    assert show_day(datetime(2021, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2021"


def test_an_instant_is_shown_by_londons_clocks_in_winter_and_summer() -> None:
    assert show_moment(datetime(2021, 2, 26, 16, 0, tzinfo=UTC)) == "26 February 2021 at 16:00"
    assert show_moment(datetime(2021, 6, 26, 16, 0, tzinfo=UTC)) == "26 June 2021 at 17:00"


def test_seconds_are_shown_when_there_are_any() -> None:
    assert show_moment(datetime(2021, 2, 26, 23, 59, 59, tzinfo=UTC)) == "26 February 2021 at 23:59:59"


def test_a_time_without_a_zone_is_not_an_instant() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        show_moment(datetime(2021, 2, 26, 16, 0))  # noqa: DTZ001 - the fault under test
