"""Putting words together: sentences that end once, counts that agree with their noun, lists with an "and"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

ENDS: Final = (".", "!", "?", "…")
CLOSING: Final = "”’\"')"


def end_sentence(words: str) -> str:
    """`words` with a full stop, unless they end a sentence already, a closing quote or bracket after it included.

    Several full stops in a row become one; nothing stays nothing.
    """
    said = words.rstrip()
    if said.endswith("..") and not said.endswith("..."):
        said = f"{said.rstrip('.')}."
    if not said or said.rstrip(CLOSING).endswith(ENDS):
        return said
    return f"{said}."


def open_sentence(words: str) -> str:
    """The same words with a capital at the start."""
    return words[:1].upper() + words[1:]


def count_of(number: int, one: str, many: str) -> str:
    """How many of what: "1 passage", "2 passages"."""
    return f"{number:,} {one if number == 1 else many}"


def listed(words: Sequence[str]) -> str:
    """Words one after another, the last after an "and": "a, b and c"."""
    if len(words) < 2:  # noqa: PLR2004 - a list of one has no "and"
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
