"""E-mail addresses and telephone numbers: the shape only, not whether anybody answers."""

from __future__ import annotations

import re
from typing import Final

from commissioning.values.parsed import Parsed, plain

EMAIL: Final = re.compile(r"[^\s@<>(),;:\"]{1,64}@(?:[^\s@<>(),;:\"./]{1,63}\.){1,8}[^\W\d_]{2,63}")
PHONE: Final = re.compile(
    r"(?:\+[0-9]|[0-9(])[0-9 ().-]{5,24}?(?: ?(?:ext\.?|x|extension) ?[0-9]{1,6})?", re.IGNORECASE
)
FIGURES: Final = range(10, 16)  # ITU-T E.164 allows fifteen; a British number has ten after the nought or +44

NOT_AN_EMAIL: Final = "is not one e-mail address; write it as name@example.org."
NOT_A_PHONE: Final = "is not one telephone number; write all its figures, such as 01632 960123."


def parse_email(text: str) -> Parsed[str]:
    """Read one e-mail address, as typed."""
    written = plain(text)
    return Parsed(written) if EMAIL.fullmatch(written) and ".." not in written else Parsed(None, NOT_AN_EMAIL)


def parse_phone(text: str) -> Parsed[str]:
    """Read one telephone number, as typed, with an extension or without."""
    written = plain(text)
    number = re.split(r"[ex]", written, maxsplit=1, flags=re.IGNORECASE)[0]
    fits = len(re.sub(r"[^0-9]", "", number)) in FIGURES
    return Parsed(written) if fits and PHONE.fullmatch(written) else Parsed(None, NOT_A_PHONE)
