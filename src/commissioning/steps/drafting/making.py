"""What every document says of its own making: version, instant, chain head; and who holds which role."""

from __future__ import annotations

from datetime import datetime

from commissioning.model.award import Stamp
from commissioning.model.round import Role, Round
from commissioning.values.record import Record
from commissioning.values.showing import in_london, show_moment

SHORT = 12
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Making(Record):
    """The "How this document was made" note of a document."""

    document: str
    version: int
    made_at: datetime
    chain_head: str
    provisional: bool
    amendments: tuple[str, ...]
    changed: tuple[str, ...]


def say_making(stamp: Stamp) -> Making:
    """The stamp as printed; an empty journal is said to be so."""
    return Making(
        document=stamp.document,
        version=stamp.version,
        made_at=stamp.made_at,
        chain_head=stamp.chain_head or "none: nothing had been recorded yet",
        provisional=stamp.provisional,
        amendments=stamp.amendments,
        changed=stamp.changed,
    )


def show_role(role: Role) -> str:
    """Title and holder: "Chief Executive (A. Name)"."""
    return f"{role.title} ({role.holder})" if role.holder else f"{role.title} (nobody named yet)"


def find_role(round: Round, role: str) -> Role:
    """The role with this id; KeyError if the round has none."""
    for each in round.roles:
        if each.id == role:
            return each
    raise KeyError(role)


def short_hash(digest: str) -> str:
    """Enough of a hash to compare by eye."""
    return digest[:SHORT]


def show_deadline(moment: datetime) -> str:
    """The weekday too, because people plan by it: "Tuesday 2 March 2021 at 12:00"."""
    return f"{WEEKDAYS[in_london(moment).weekday()]} {show_moment(moment)}"
