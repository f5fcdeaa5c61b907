"""Numbers spelled in English words, read only to suggest a figure back to whoever wrote them."""

from __future__ import annotations

import re
from typing import Final

UNITS: Final = {
    "nil": 0, "nought": 0, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES: Final = {"thousand": 1_000, "million": 1_000_000}
MOST_WORDS: Final = 20


def spelled_number(text: str) -> int | None:
    """Read the number that `text` spells in words ("twelve thousand five hundred"), or None."""
    words = [word for word in re.split(r"[\s-]+", text.casefold()) if word not in {"", "and", "a", "pounds", "pound"}]
    if not words or len(words) > MOST_WORDS:
        return None
    total = group = 0
    for word in words:
        if word in UNITS or word in TENS:
            group += UNITS.get(word, TENS.get(word, 0))
        elif word == "hundred":
            group = max(group, 1) * 100
        elif word in SCALES:
            total, group = total + max(group, 1) * SCALES[word], 0
        else:
            return None
    return total + group
