"""Deadlines and periods as a round file writes them: short for people, exact instants once read."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Annotated

from pydantic import BeforeValidator

from commissioning.model.round import Deadline, Deadlines
from commissioning.values.working_time import LONDON, WorkingPeriod

END_OF_DAY = time(23, 59, 59)
"""What a deadline without a time means: the whole of its day (the office's policy, said wherever it is shown)."""

_INSTANT = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:T(?P<time>\d{2}:\d{2}(?::\d{2})?))?(?: (?P<zone>\S+))?")
_PERIOD = re.compile(r"(?P<amount>[1-9]\d{0,2}) (?P<unit>working (?:hour|day))s?")


def providers_deadline(value: object) -> object:
    """`2021-02-26 Europe/London`, with or without a time, or the same as `at` among other keys."""
    return _deadline(value, needs_time=False)


def own_deadline(value: object) -> object:
    """The office's own deadline: it must say its time."""
    return _deadline(value, needs_time=True)


def period(value: object) -> object:
    """`6 working hours` or `5 working days`."""
    match = _PERIOD.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"`{value}` is not a period; write it like `6 working hours` or `5 working days`")
    return {"amount": int(match["amount"]), "unit": f"{match['unit']}s"}


Period = Annotated[WorkingPeriod, BeforeValidator(period)]


class DeadlinesAsWritten(Deadlines):
    """The same three deadlines, each in the short or the long form of a round file."""

    providers: Annotated[Deadline, BeforeValidator(providers_deadline)]
    sign_off: Annotated[Deadline, BeforeValidator(own_deadline)]
    funder: Annotated[Deadline, BeforeValidator(own_deadline)]


def _deadline(value: object, *, needs_time: bool) -> object:
    long = value if isinstance(value, dict) else {"at": value}
    if "time_stated" in long:
        raise ValueError("`time_stated` follows from `at`; leave it out")
    if "at" not in long:
        raise ValueError("`at` is missing; write it like `at: 2021-03-03T12:00 Europe/London`")
    at, time_stated = _instant(long["at"], needs_time=needs_time)
    return {**long, "at": at, "time_stated": time_stated}


def _instant(text: object, *, needs_time: bool) -> tuple[datetime, bool]:
    match = _INSTANT.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise ValueError(f"`{text}` is not a deadline; write it like `2021-03-03T12:00 Europe/London`")
    if match["zone"] != LONDON.key:
        said = f"`{match['zone']}` is not" if match["zone"] else "it must end with"
        raise ValueError(f"`{text}`: {said} the zone deadlines are kept in; write Europe/London after the time")
    if match["time"] is None and needs_time:
        raise ValueError(
            f"`{text}` has no time; the office's own deadlines need one, like `{match['day']}T12:00 {LONDON.key}`"
        )
    try:
        at = time.fromisoformat(match["time"]) if match["time"] else END_OF_DAY
        local = datetime.combine(date.fromisoformat(match["day"]), at)
    except ValueError:
        raise ValueError(f"`{text}`: there is no such day or time in the calendar") from None
    return _in_london(local), match["time"] is not None


def _in_london(local: datetime) -> datetime:
    """The one instant with this local time; when clocks change there may be none, or two."""
    instant = local.replace(tzinfo=LONDON)
    if instant.utcoffset() == instant.replace(fold=1).utcoffset():
        return instant
    if instant.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == local:
        raise ValueError(f"{local:%Y-%m-%d %H:%M} happens twice in London, as clocks go back; choose another time")
    raise ValueError(f"{local:%Y-%m-%d %H:%M} does not happen in London, as clocks go forward; choose another time")
