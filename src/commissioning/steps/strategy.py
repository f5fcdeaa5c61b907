"""Strategy: how many of the links a bid declares to the victims strategy its evidence shows.

The denominator is the bid's own declared set, so breadth earns nothing and a specialist can score full marks. A
priority's weight enters here once. Nothing counts until a person has confirmed it: text is never matched.
"""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from commissioning.findings import Finding, Result, Severity
from commissioning.model.bid import Bid, Chosen, RowAnswer, Text
from commissioning.model.strategy import Level, Link, Priority, Strategy, StrategyScore

LINKS: Final = "strategy_links"
MOST_LINKS: Final = 3
FULL_SCORE: Final = 5
WORTH: Final = {
    Level.FULL: Fraction(1),
    Level.PARTIAL: Fraction(1, 2),
    Level.NOT_SHOWN: Fraction(0),
    Level.CONTRADICTED: Fraction(0),
}
PLACES: Final = Decimal("0.000001")


def links_of(bid: Bid) -> Result[tuple[Link, ...]]:
    """The links the bid declares, in its order; a row without a priority is a finding, not a link."""
    links: list[Link] = []
    findings: list[Finding] = []
    for row in bid.rows(LINKS):
        link = _link(row)
        if isinstance(link, Finding):
            findings.append(link)
        else:
            links.append(link)
    return Result(tuple(links), tuple(findings))


def with_confirmations(links: tuple[Link, ...], confirmations: tuple[Link, ...]) -> tuple[Link, ...]:
    """The declared links, each with what a person confirmed of it; of two confirmations the later in order counts.

    A confirmation of a link the bid did not declare adds none: only its own declared set is scored.
    """
    confirmed = {each.priority: each for each in confirmations}
    return tuple(_confirmed(link, confirmed.get(link.priority)) for link in links)


def score_strategy(bid: str, *, links: tuple[Link, ...], strategy: Strategy) -> StrategyScore:
    """Five times the weighted share of the declared links that were shown.

    None until every link is confirmed, and not computable when none, too many, or an unknown one is declared.
    """
    priorities = {priority.id: priority for priority in strategy.priorities}
    obstacles = _obstacles(links, priorities)
    known = tuple(link for link in links if link.priority in priorities)
    unconfirmed = tuple(priorities[link.priority].wording for link in known if link.level is None)
    steps = tuple(_step(link, priorities[link.priority]) for link in known)
    score = None
    if not obstacles and not unconfirmed:
        score, sum_step = _sum(known, priorities)
        steps += (sum_step,)
    return StrategyScore(
        bid=bid, links=links, score=score, steps=steps, not_computable=obstacles, unconfirmed=unconfirmed
    )


def _link(row: RowAnswer) -> Link | Finding:
    priority, claim = row.cell("priority"), row.cell("claim")
    words = claim.value.text if isinstance(claim.value, Text) else ""
    if isinstance(priority.value, Chosen) and len(priority.value.options) == 1:
        return Link(priority=priority.value.options[0], claim=words, place=claim.place or priority.place)
    message = f"Row {row.id} of the strategy links names no priority. Ask the provider which is meant."
    return Finding(
        code="link-without-priority", severity=Severity.ERROR, message=message, place=priority.place, question=LINKS
    )


def _confirmed(link: Link, by: Link | None) -> Link:
    if by is None:
        return link
    return link.with_changes(level=by.level, cited=by.cited, reason=by.reason, by=by.by)


def _obstacles(links: tuple[Link, ...], priorities: dict[str, Priority]) -> tuple[str, ...]:
    if not links:
        return ("The bid declares no link to the strategy; officers of both bodies judge its fit.",)
    found = []
    if len(links) > MOST_LINKS:
        found.append(f"The bid declares {len(links)} links; the most is {MOST_LINKS}. Ask the provider which to keep.")
    repeated = [priority for priority, count in Counter(link.priority for link in links).items() if count > 1]
    found += [f'"{_wording(each, priorities)}" is declared more than once; ask which is meant.' for each in repeated]
    unknown = dict.fromkeys(link.priority for link in links if link.priority not in priorities)
    found += [f'"{each}" is no priority of this strategy; ask the provider which is meant.' for each in unknown]
    return tuple(found)


def _wording(priority: str, priorities: dict[str, Priority]) -> str:
    return priorities[priority].wording if priority in priorities else priority


def _step(link: Link, priority: Priority) -> str:
    if link.level is None:
        return f'"{priority.wording}" (weight {priority.weight:f}): not yet confirmed by a person.'
    worth = _plain(_decimal(WORTH[link.level]))
    where = f" at {link.cited}" if link.cited else ""
    return f'"{priority.wording}" (weight {priority.weight:f}): {link.level}, {worth}; {link.by}{where}.'


def _sum(links: tuple[Link, ...], priorities: dict[str, Priority]) -> tuple[Decimal, str]:
    """The score and its arithmetic; every link is confirmed and known."""
    shown = [(Fraction(priorities[link.priority].weight), WORTH[link.level]) for link in links if link.level]
    declared = sum(weight for weight, _ in shown)
    score = _plain(_decimal(FULL_SCORE * sum(weight * worth for weight, worth in shown) / Fraction(declared)))
    top = " + ".join(f"{_plain(_decimal(weight))} × {_plain(_decimal(worth))}" for weight, worth in shown)
    return score, f"{FULL_SCORE} × ({top}) ÷ {_plain(_decimal(Fraction(declared)))} = {score}."


def _decimal(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(PLACES, ROUND_HALF_UP)


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
