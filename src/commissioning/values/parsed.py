"""What a parser gives back: a value, or why the text is not one, in words that follow "The answer"."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)

LONGEST_QUOTE: Final = 60


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T_co]):
    """A value, or a fault: `fault` says what is wrong and how to write it, `suggestion` what may have been meant.

    `fault` never repeats the text, so that it can be printed beside a sensitive answer; `suggestion` may.
    """

    value: T_co | None
    fault: str = ""
    suggestion: str = ""


def plain(text: str) -> str:
    """Return `text` as typed on a plain keyboard: compatible letters folded, white space single, ends trimmed."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def quoted(text: str) -> str:
    """Make a short quotation of `text` for a message: one line, nothing a printer cannot show, cut where it is long."""
    start = " ".join(text[: 4 * LONGEST_QUOTE].split())
    seen = "".join(letter for letter in start if unicodedata.category(letter) not in {"Cc", "Cs", "Cf", "Cn", "Co"})
    cut = seen if len(seen) <= LONGEST_QUOTE else f"{seen[:LONGEST_QUOTE].rstrip()}…"
    return f"“{cut}”"
