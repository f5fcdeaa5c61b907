"""Yes and no, and what people write when a question has no answer."""

from __future__ import annotations

import re
from typing import Final

from commissioning.values.parsed import Parsed, plain

YES: Final = frozenset({"yes", "y", "yes."})
NO: Final = frozenset({"no", "n", "no."})
BOTH: Final = re.compile(r"yes\W*no|no\W*yes|y ?/ ?n", re.IGNORECASE)
NOTHING: Final = frozenset({"n/a", "na", "n.a.", "n / a", "not applicable", "-", "–", "—", "--"})
LONGEST: Final = 40

BOTH_LEFT: Final = "has both Yes and No; leave only the one that is meant."
NEITHER: Final = "is neither Yes nor No; answer with one of the two words."


def parse_yes_no(text: str) -> Parsed[bool]:
    """Read yes or no, and nothing beside it."""
    written = plain(text).casefold()
    if written in YES:
        return Parsed(value=True)
    if written in NO:
        return Parsed(value=False)
    return Parsed(None, BOTH_LEFT if says_both(text) else NEITHER)


def says_both(text: str) -> bool:
    """Tell whether Yes and No were both left standing."""
    return len(text) <= LONGEST and BOTH.fullmatch(plain(text)) is not None


def says_nothing(text: str) -> bool:
    """Tell whether the words mean that there is no answer, such as "N/A" or a dash."""
    return len(text) <= LONGEST and plain(text).casefold() in NOTHING
