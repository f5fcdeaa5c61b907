"""United Kingdom postcodes: the shape only, not whether the Post Office has issued it."""

from __future__ import annotations

import re
from typing import Final

from commissioning.values.parsed import Parsed, plain

POSTCODE: Final = re.compile(
    r"(GIR|[A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][ABD-HJLNP-UW-Z]{2})"  # BS 7666: no C I K M O V in the last two letters
)
NOT_A_POSTCODE: Final = "is not the shape of a United Kingdom postcode; check it, such as SG1 1AA."


def parse_postcode(text: str) -> Parsed[str]:
    """Read a postcode into capitals with one space: "sg11aa" is "SG1 1AA"."""
    match = POSTCODE.fullmatch(plain(text).upper())
    return Parsed(None, NOT_A_POSTCODE) if match is None else Parsed(f"{match[1]} {match[2]}")
