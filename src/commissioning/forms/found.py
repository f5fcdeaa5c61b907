"""What a way of looking finds for one question, before the ways are compared."""

from __future__ import annotations

from dataclasses import dataclass

from commissioning.findings import Place
from commissioning.forms.survey import Seen
from commissioning.model.bid import Method


@dataclass(frozen=True, slots=True)
class Found:
    """What was seen for a question, how, and how surely; `others` are further answers that say something else."""

    seen: Seen
    method: Method
    confidence: float = 1.0
    others: tuple[str, ...] = ()

    @property
    def place(self) -> Place | None:
        """Return where the answer stands."""
        return self.seen.place


def united(finds: list[Found]) -> Found | None:
    """Make one of several finds for the same question: the one that says something; the rest, if different, beside it.

    None wins by being first: two that say different things are kept both, for a person to decide.
    """
    if not finds:
        return None
    telling = [found for found in finds if found.seen.raw] or finds
    chosen = telling[0]
    words = {" ".join(found.seen.raw.split()): found.seen.raw for found in telling}
    words.pop(" ".join(chosen.seen.raw.split()))
    others = (*chosen.others, *words.values())
    numbers = frozenset[int]().union(*(found.seen.numbers for found in finds))
    seen = Seen(
        raw=chosen.seen.raw,
        numbers=numbers,
        place=chosen.seen.place,
        prompted=chosen.seen.prompted,
        leftover=chosen.seen.leftover,
        doubts=chosen.seen.doubts,
    )
    return Found(seen, chosen.method, chosen.confidence, others)
