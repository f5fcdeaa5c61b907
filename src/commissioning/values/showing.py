"""How amounts, days and instants are shown to people: British English, Europe/London."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")
PENNY: Final = Decimal("0.01")
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def show_money(amount: Decimal | int) -> str:
    """Show pounds and pence: £1,234.50. An amount finer than a penny is an error: rounding is somebody's decision."""
    exact = Decimal(amount)
    if not exact.is_finite() or exact != exact.quantize(PENNY, ROUND_HALF_UP):
        raise ValueError(f"{amount} is not a whole number of pence.")
    sign = "−" if exact < 0 else ""
    return f"{sign}£{abs(exact):,.2f}"


def show_percent(share: Decimal, *, places: int = 1) -> str:
    """Show a share of one as a percentage, halves rounded up: 0.125 is 12.5%, 0.5 is 50%."""
    step = Decimal(1).scaleb(-places)
    shown = f"{(share * 100).quantize(step, ROUND_HALF_UP):f}"
    return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown}%"


def show_day(day: date) -> str:
    """Show 26 February 2021; an instant is shown as the day it is in London."""
    day = in_london(day) if isinstance(day, datetime) else day
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def show_moment(moment: datetime) -> str:
    """Show 26 February 2021 at 16:00, London time. Seconds are shown when there are any: a deadline can turn on one."""
    local = in_london(moment)
    clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return f"{show_day(local.date())} at {clock}"


def in_london(moment: datetime) -> datetime:
    """Return the instant as London's clocks show it. A time without a zone is not an instant, and is an error."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone.")
    return moment.astimezone(LONDON)
