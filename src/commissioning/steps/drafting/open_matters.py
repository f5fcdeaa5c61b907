"""What is still open, for the person who has until tonight: how much with whom first, then owner by owner."""

from __future__ import annotations

from datetime import datetime

from commissioning.model.award import OpenItem
from commissioning.model.round import Round
from commissioning.values.record import Record
from commissioning.values.sentences import listed
from commissioning.values.showing import show_moment

WHOLE_ROUND = "whole round"
NO_DATE = "no date set"


class OpenLine(Record):
    """One matter and every bid it concerns: what is said of several bids alike is said once."""

    bids: str
    what: str
    due: str


class Owed(Record):
    """What one owner must settle: how many matters, by when the first of them, and each."""

    owner: str
    count: int
    first: str
    lines: tuple[OpenLine, ...]


def by_owner(items: tuple[OpenItem, ...], now: datetime) -> tuple[Owed, ...]:
    """The items by owner, in the order each owner first appears; a matter of several bids counts once for each.

    What was due before `now` is said to be overdue.
    """
    owners = dict.fromkeys(item.owner for item in items)
    return tuple(_owed(owner, tuple(item for item in items if item.owner == owner), now) for owner in owners)


def _owed(owner: str, items: tuple[OpenItem, ...], now: datetime) -> Owed:
    dates = [item.due for item in items if item.due]
    alike: dict[tuple[datetime | None, str], list[str]] = {}
    for item in sorted(items, key=_when):
        alike.setdefault((item.due, item.what), []).append(item.bid or WHOLE_ROUND)
    lines = tuple(
        OpenLine(bids=", ".join(dict.fromkeys(bids)), what=what, due=_show(due, now))
        for (due, what), bids in alike.items()
    )
    return Owed(owner=owner, count=len(items), first=_show(min(dates, default=None), now), lines=lines)


def _when(item: OpenItem) -> tuple[bool, float]:
    """What is due first stands first; what has no date stands last."""
    return item.due is None, item.due.timestamp() if item.due else 0.0


def _show(due: datetime | None, now: datetime) -> str:
    if due is None:
        return NO_DATE
    return f"{show_moment(due)} (overdue)" if due < now else show_moment(due)


def body_names(round: Round) -> tuple[str, ...]:
    """The assessing bodies by name."""
    names = {body.id: body.name for body in round.bodies}
    return tuple(names.get(body, body) for body in round.assessment.bodies)


def who_the_bodies_are(round: Round) -> str:
    """Who stands behind "both bodies": said once, so that every line can be short."""
    names = body_names(round)
    who = "Both bodies" if len(names) == 2 else "The assessing bodies"  # noqa: PLR2004 - "both" is two
    return f"{who}: {listed(names)}."
