"""Numbers and shares as people write them. Nothing is guessed: a doubtful figure comes back as a question."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from commissioning.values.parsed import Parsed, plain
from commissioning.values.spelled import spelled_number

GROUPED: Final = r"(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})"
NUMBER: Final = re.compile(rf"([-−]?)({GROUPED})(\.[0-9]{{1,4}})?")
PERCENT: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?) ?(%|per ?cent|percent)?", re.IGNORECASE)
INSIDE: Final = re.compile(rf"(?<![0-9.,])({GROUPED}(?:\.[0-9]{{1,4}})?)(?![0-9,]|\.[0-9])")
LONGEST: Final = 200

NOT_A_NUMBER: Final = "is not a number written in figures; write figures only, such as 1,200 or 2.5."
NOT_A_PERCENT: Final = "is not a percentage; write a figure from 0 to 100 and the sign, such as 85%."
OVER_ALL: Final = "is more than 100%, which is more than the whole; write a figure from 0 to 100 and the sign."
DOUBTFUL_SHARE: Final = "may be a percentage or a fraction; write it with the sign, such as 85%."


def parse_number(text: str) -> Parsed[Decimal]:
    """Read a number in figures, with or without commas between thousands."""
    written = plain(text)
    match = NUMBER.fullmatch(written)
    if match is None:
        return Parsed(None, NOT_A_NUMBER, _only_figure(written))
    return Parsed(figure(match))


def parse_percent(text: str) -> Parsed[Decimal]:
    """Read a share as a fraction: "85%" and "85" are 0.85. A bare figure above nought and up to one is doubtful."""
    written = plain(text)
    match = PERCENT.fullmatch(written)
    if match is None:
        return Parsed(None, NOT_A_PERCENT)
    figures, sign = Decimal(match[1]), match[2]
    if not sign and 0 < figures <= 1:
        return Parsed(None, DOUBTFUL_SHARE, f"{(figures * 100).normalize():f}% or {figures}%")
    if figures > 100:  # noqa: PLR2004 — the whole
        return Parsed(None, OVER_ALL)
    return Parsed(figures / 100)


def figure(match: re.Match[str]) -> Decimal:
    """Return the number in a match of sign, grouped whole part and decimals."""
    sign, whole, decimals = match.groups()
    number = Decimal(whole.replace(",", "") + (decimals or ""))
    return -number if sign else number


def _only_figure(written: str) -> str:
    """Return the one figure inside a phrase, or the number it spells, or ""."""
    if len(written) > LONGEST:
        return ""
    spelled = spelled_number(written)
    if spelled is not None:
        return f"{spelled:,}"
    found = INSIDE.findall(written)
    return found[0] if len(found) == 1 else ""
