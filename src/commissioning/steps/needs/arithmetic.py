"""The arithmetic of the need score: exact fractions inside, rounded half up to six places only as results leave."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from commissioning.model.need import NeedsPolicy, Reach

SHOWN: Final = Decimal("0.0001")


def capacity_of(reach: tuple[Reach, ...], fte: Decimal | None, policy: NeedsPolicy) -> Fraction | None:
    """People a year the posts can serve, at the published caseloads, in the mix of services the bid asks for.

    For one service that is posts × caseload. None when the posts, a caseload or the people are not known.
    """
    services = {each.cell.service for each in reach}
    if fte is None or not services <= policy.caseloads.keys():
        return None
    posts_wanted = sum(Fraction(each.people) / Fraction(policy.caseloads[each.cell.service]) for each in reach)
    return Fraction(fte) * all_asked(reach) / posts_wanted if posts_wanted else None


def returns(people: Fraction, gap: Fraction, policy: NeedsPolicy) -> Fraction:
    """What `people` are worth against `gap`: later ones count less, and beyond the gap they count nothing.

    That is the whole duplication rule: there is no second penalty.
    """
    return sum((taken * value for taken, value in segments(people, gap, policy)), start=Fraction(0))


def band_of(targeting: Fraction | Decimal, policy: NeedsPolicy) -> int:
    """The band of the highest threshold reached; 0 below them all."""
    reached = [band for at_least, band in policy.bands if Fraction(targeting) >= Fraction(at_least)]
    return max(reached, default=0)


def all_asked(reach: tuple[Reach, ...]) -> Fraction:
    """People a year the bid asks for in all its cells."""
    return sum((Fraction(each.people) for each in reach), start=Fraction(0))


def segments(people: Fraction, gap: Fraction, policy: NeedsPolicy) -> tuple[tuple[Fraction, Fraction], ...]:
    """How many of `people` fall in each segment of the gap, and what each of them counts for there."""
    taken: list[tuple[Fraction, Fraction]] = []
    left = people
    for share, value in policy.segments:
        here = min(left, Fraction(share) * gap)
        taken.append((here, Fraction(value)))
        left -= here
    return tuple(taken)


def rounded(value: Fraction) -> Decimal:
    """Six places, halves up; trailing noughts dropped."""
    scaled = value * 1_000_000
    whole = Decimal((scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2))
    return _plain(whole.scaleb(-6))


def exact(value: Fraction | None) -> Decimal | None:
    """The same as `rounded`, and None for what is not known."""
    return None if value is None else rounded(value)


def show(value: Fraction | Decimal) -> str:
    """A number as people read it: four places at most, halves up, thousands marked."""
    shown = rounded(Fraction(value)).quantize(SHOWN, ROUND_HALF_UP)
    return f"{_plain(shown):,f}"


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
