"""Ticks as people and programs write them, and which options the ticks stand by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from commissioning.model.form import Option
from commissioning.values.text import normalise

ON: Final = r"[☒☑✓✔✅✗✘🗹🗷🗸🗵×√]|\[ ?[xX✓✔] ?\]|\( ?[xX] ?\)|[xX](?=\s|$)"
OFF: Final = r"[☐□▢◻❏❑❒🞎]|\[ *\]|\( *\)"
MARK: Final = re.compile(rf"\s*(?:(?P<on>{ON})|(?P<off>{OFF}))\ufe0f?\s*")
LONGEST_LINE: Final = 2000


@dataclass(frozen=True, slots=True)
class Marked:
    """One line: whether it is ticked (None if it has no mark), and its words without the mark."""

    ticked: bool | None
    words: str


def read_mark(line: str) -> Marked:
    """Read a tick before or after the words of a line."""
    match = MARK.match(line)
    if match:
        return Marked(match["on"] is not None, line[match.end() :].strip())
    tail = line[-LONGEST_LINE:]
    last = max(MARK.finditer(tail), key=lambda found: found.end(), default=None)
    if last and last.end() == len(tail) and tail[last.start()].isspace():
        return Marked(last["on"] is not None, line[: len(line) - len(tail) + last.start()].strip())
    return Marked(None, line.strip())


def is_mark(text: str) -> bool | None:
    """Tell whether `text` is nothing but a tick (True), nothing but an empty box (False), or neither."""
    match = MARK.fullmatch(text) if len(text) <= LONGEST_LINE else None
    return None if match is None else match["on"] is not None


def marked_lines(text: str) -> tuple[Marked, ...]:
    """Read every line that says something; several marked options on one line are parted."""
    return tuple(read_mark(part) for line in text.splitlines() for part in _parts(line) if part.strip())


def option_said(words: str, options: Iterable[Option]) -> Option | None:
    """Return the option whose text or id is exactly what is said, letters folded."""
    said = normalise(words[:LONGEST_LINE]).rstrip(".;,")
    return next((each for each in options if said in (normalise(each.text).rstrip(".;,"), normalise(each.id))), None)


def _parts(line: str) -> list[str]:
    """Part "☐ North ☒ South" before each box; a line with one mark, or a very long one, stays whole."""
    if len(line) > LONGEST_LINE:
        return [line]
    starts = [match.start() for match in re.finditer(rf"{ON}|{OFF}", line)]
    if len(starts) < 2 or line[: starts[0]].strip():  # noqa: PLR2004 — two boxes make two parts
        return [line]
    return [line[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
