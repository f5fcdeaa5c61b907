"""Registered numbers of charities and companies: the shape only; a register says whether it is true."""

from __future__ import annotations

import re
from typing import Final

from commissioning.values.parsed import Parsed, plain

CHARITY: Final = re.compile(r"[0-9]{6,7}(?:-[0-9]{1,3})?|SC[0-9]{6}|NIC[0-9]{6}")
COMPANY: Final = re.compile(r"[0-9]{8}|[A-Z]{2}[0-9]{6}|[A-Z]{2}[0-9]{5}[A-Z]")
COMPANY_LENGTH: Final = 8

NOT_A_CHARITY: Final = (
    "is not the shape of a charity number; England and Wales have six or seven figures, such as 123456, "
    "and a branch adds a hyphen and its own number."
)
NOT_A_COMPANY: Final = (
    "is not the shape of a company number; it has eight characters, such as 01234567 or SC123456, "
    "leading noughts included."
)


def parse_charity_number(text: str) -> Parsed[str]:
    """Read a charity's number: England and Wales (a branch adds its suffix), Scotland (SC), Northern Ireland (NIC)."""
    number = plain(text).upper().replace(" ", "")
    return Parsed(number) if CHARITY.fullmatch(number) else Parsed(None, NOT_A_CHARITY)


def parse_company_number(text: str) -> Parsed[str]:
    """Read a company's number of eight characters; a lost leading nought is asked about, not added."""
    number = plain(text).upper().replace(" ", "")
    if COMPANY.fullmatch(number):
        return Parsed(number)
    short = number.isascii() and number.isdigit() and len(number) in {6, 7}
    return Parsed(None, NOT_A_COMPANY, number.zfill(COMPANY_LENGTH) if short else "")
