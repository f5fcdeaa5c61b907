"""Pounds and pence as people write them. Nothing is guessed: a doubtful amount comes back as a question."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from commissioning.values.numbers import GROUPED, figure
from commissioning.values.parsed import Parsed, plain
from commissioning.values.showing import show_money
from commissioning.values.spelled import spelled_number

MONEY: Final = re.compile(rf"([-−]?) ?£? ?({GROUPED})(\.[0-9]{{2}})?")
SHORTENED: Final = re.compile(r"£? ?([0-9]{1,6}(?:\.[0-9]{1,3})?) ?(k|m|thousand|million)", re.IGNORECASE)
WORDED: Final = re.compile(rf"(?:£|gbp)? ?({GROUPED}(?:\.[0-9]{{2}})?) ?(?:pounds?|gbp|p\.?a\.?)?", re.IGNORECASE)
SCALES: Final = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}
LONGEST: Final = 200

NOT_MONEY: Final = "is not an amount in pounds written in figures; write the whole figure, such as £12,000.00."


def parse_money(text: str) -> Parsed[Decimal]:
    """Read an amount in pounds: "£12,000.00", "12,000.00", "12000"; "£12k" and words are asked about."""
    written = plain(text)
    match = MONEY.fullmatch(written)
    if match is None:
        return Parsed(None, NOT_MONEY, _meant(written))
    return Parsed(figure(match))


def _meant(written: str) -> str:
    """Suggest the amount that may have been meant, as money, or ""."""
    if len(written) > LONGEST:
        return ""
    if short := SHORTENED.fullmatch(written):
        return _pounds(Decimal(short[1]) * SCALES[short[2].casefold()])
    if worded := WORDED.fullmatch(written):
        return _pounds(Decimal(worded[1].replace(",", "")))
    spelled = spelled_number(written)
    return "" if spelled is None else _pounds(Decimal(spelled))


def _pounds(amount: Decimal) -> str:
    return show_money(amount.quantize(Decimal("0.01")))
