"""Targeting: weighted unmet need met per person a bid can serve.

Arithmetic is exact: fractions inside, rounded half up to six places only as results leave; bands are decided on the
exact value. Every sentence of `steps` shows the figures it rests on, so that a reader can check it by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from commissioning.findings import Place, Result
from commissioning.model.bid import Bid
from commissioning.model.need import (
    CellId,
    CellScore,
    Confidence,
    Need,
    NeedsAssessment,
    NeedScore,
    NeedsPolicy,
    Reach,
    State,
)
from commissioning.steps.needs.arithmetic import (
    all_asked,
    band_of,
    capacity_of,
    exact,
    returns,
    rounded,
    segments,
    show,
)
from commissioning.steps.needs.cells import need_cells
from commissioning.steps.needs.reach import delivery_posts, reach_of

CONFIDENCES: Final = {
    Decimal(1): "premises, an outreach site or named staff are evidenced there",
    Decimal("0.75"): "a partner's letter or a dated plan for a site",
    Decimal("0.5"): "asserted, or remote only",
    Decimal(0): "no evidence",
}
"""The degrees of delivery confidence a person can confirm, and what each usually means."""

EVIDENCE_OF_NEED: Final = "evidence_of_need"
JUDGED_BY_PEOPLE: Final = "Officers of both bodies judge the evidence the bid cites."


@dataclass(frozen=True, slots=True)
class _Aim:
    """One cell a bid aims at, and what is known of it. `all_asked` and `capacity` are the whole bid's."""

    reach: Reach
    name: str
    need: Need | None
    confirmed: Confidence | None
    all_asked: Fraction
    capacity: Fraction | None

    @property
    def capped(self) -> Fraction:
        """People the posts can serve here: every cell gives way in the same proportion."""
        asked = Fraction(self.reach.people)
        if self.capacity is None or self.capacity >= self.all_asked:
            return asked
        return asked * self.capacity / self.all_asked

    @property
    def counted(self) -> Fraction | None:
        """Those of them whose delivery is evidenced; None until a person has confirmed how far it is."""
        return self.capped * Fraction(self.confirmed.confidence) if self.confirmed else None


def score_bid(bid: Bid, *, confidences: tuple[Confidence, ...], assessment: NeedsAssessment) -> Result[NeedScore]:
    """The need score of what `bid` says it will do, with what was wrong in its tables.

    A table that cannot be relied on makes the score not computable: it is mended with the provider, not guessed.
    """
    reach, fte = reach_of(bid), delivery_posts(bid)
    findings = reach.findings + fte.findings
    score = score_need(
        bid.id,
        reach=reach.value,
        fte=fte.value,
        confidences=confidences,
        assessment=assessment,
        cited_evidence=bid.answer(EVIDENCE_OF_NEED).place,
    )
    if not findings:
        return Result(score)
    reasons = (*(finding.message for finding in findings), *score.not_computable)
    return Result(score.with_changes(benefit=None, targeting=None, band=None, not_computable=reasons), findings)


def score_need(
    bid: str,
    *,
    reach: tuple[Reach, ...],
    fte: Decimal | None,
    confidences: tuple[Confidence, ...],
    assessment: NeedsAssessment,
    cited_evidence: Place | None = None,
) -> NeedScore:
    """Score targeting: capacity, delivery confidence, diminishing returns, weight, and the sum over people served.

    `fte` is the full-time posts that deliver. Of two confirmations of one cell the later in order counts. A missing
    figure makes the whole score not computable, an unconfirmed cell leaves it open; both are named.
    """
    policy = assessment.policy
    capacity = capacity_of(reach, fte, policy)
    aims = _aims(reach, capacity, confidences, assessment)
    obstacles = _obstacles(aims, fte, assessment)
    unconfirmed = tuple(aim.reach.cell for aim in aims if aim.confirmed is None)
    benefits = [benefit_of(aim, policy) for aim in aims]
    known = [benefit for benefit in benefits if benefit is not None]
    total = None if obstacles or unconfirmed else sum(known, start=Fraction(0))
    targeting = None if total is None else total / sum(aim.capped for aim in aims)
    return NeedScore(
        bid=bid,
        capacity=exact(capacity),
        cells=tuple(_cell_score(aim, policy) for aim in aims),
        benefit=exact(total),
        targeting=exact(targeting),
        band=None if targeting is None else band_of(targeting, policy),
        not_computable=obstacles,
        unconfirmed=unconfirmed,
        cited_evidence=cited_evidence,
    )


def benefit_of(aim: _Aim, policy: NeedsPolicy) -> Fraction | None:
    """Weight × returns in one cell; None without a gap or a confirmed confidence."""
    if aim.counted is None or aim.need is None or aim.need.gap is None or aim.need.weight is None:
        return None
    return Fraction(aim.need.weight) * returns(aim.counted, Fraction(aim.need.gap), policy)


def _aims(
    reach: tuple[Reach, ...],
    capacity: Fraction | None,
    confidences: tuple[Confidence, ...],
    assessment: NeedsAssessment,
) -> tuple[_Aim, ...]:
    needs = {need.cell: need for need in need_cells(assessment)}
    confirmed = {each.cell: each for each in confidences}
    names = _names(assessment)
    return tuple(
        _Aim(
            reach=each,
            name=_name(each.cell, names),
            need=needs.get(each.cell),
            confirmed=confirmed.get(each.cell),
            all_asked=all_asked(reach),
            capacity=capacity,
        )
        for each in reach
    )


def _cell_score(aim: _Aim, policy: NeedsPolicy) -> CellScore:
    return CellScore(
        cell=aim.reach.cell,
        asked=aim.reach.people,
        capped=rounded(aim.capped),
        confidence=aim.confirmed.confidence if aim.confirmed else None,
        counted=exact(aim.counted),
        gap=aim.need.gap if aim.need else None,
        weight=aim.need.weight if aim.need else None,
        benefit=exact(benefit_of(aim, policy)),
        steps=(_capacity_step(aim), _confidence_step(aim), _gap_step(aim), *_benefit_steps(aim, policy)),
    )


def _capacity_step(aim: _Aim) -> str:
    asked = f"{aim.name}: {show(aim.reach.people)} people a year are asked for"
    if aim.capacity is None:
        return f"{asked}; what the posts can serve is not known."
    if aim.capacity >= aim.all_asked:
        return f"{asked}; the posts can serve all {show(aim.all_asked)} of the bid, so all {show(aim.capped)} here."
    whole = f"the posts can serve {show(aim.capacity)} of the {show(aim.all_asked)} the bid asks for in all"
    return f"{asked}; {whole}, so {show(aim.capped)} can be served here."


def _confidence_step(aim: _Aim) -> str:
    if aim.confirmed is None or aim.counted is None:
        return "How far delivery here is evidenced has not been confirmed by a person."
    meaning = CONFIDENCES.get(aim.confirmed.confidence, "")
    who = f"confirmed by {aim.confirmed.by}, {aim.confirmed.place}"
    degree = f"Delivery confidence {show(aim.confirmed.confidence)} ({'; '.join(filter(None, (meaning, who)))})"
    return f"{degree}: {show(aim.capped)} × {show(aim.confirmed.confidence)} = {show(aim.counted)} people counted."


def _gap_step(aim: _Aim) -> str:
    need = aim.need
    if need is None or need.gap is None or need.need is None or need.provision is None:
        return _no_figure(aim)
    ratio = "" if need.gap_ratio is None else f", {show(need.gap_ratio)} of the need"
    figures = f"{show(need.need)} people in need, {show(need.provision)} provided for"
    return f"The gap is {show(need.gap)} people a year{ratio} ({figures}; {need.state} figures)."


def _benefit_steps(aim: _Aim, policy: NeedsPolicy) -> tuple[str, ...]:
    benefit = benefit_of(aim, policy)
    if benefit is None or aim.need is None or aim.need.gap is None or aim.need.weight is None or aim.counted is None:
        return ()
    gap = Fraction(aim.need.gap)
    parts = [f"{show(taken)} × {show(value)}" for taken, value in segments(aim.counted, gap, policy) if taken]
    beyond = max(Fraction(0), aim.counted - gap)
    over = f" {show(beyond)} are beyond the gap and count nothing." if beyond else ""
    worth = returns(aim.counted, gap, policy)
    return (
        f"Of those counted: {' + '.join(parts) or 'none'} = {show(worth)}.{over}",
        f"{show(worth)} × weight {show(aim.need.weight)} = {show(benefit)}.",
    )


def _obstacles(aims: tuple[_Aim, ...], fte: Decimal | None, assessment: NeedsAssessment) -> tuple[str, ...]:
    """Why the score cannot be computed, each with who must judge; empty when it can."""
    reasons = [*_capacity_obstacles(aims, fte, assessment)]
    reasons += [_no_figure(aim) for aim in aims if aim.need is None or aim.need.gap is None]
    return tuple(f"{reason} {JUDGED_BY_PEOPLE}" for reason in dict.fromkeys(reasons))


def _capacity_obstacles(aims: tuple[_Aim, ...], fte: Decimal | None, assessment: NeedsAssessment) -> list[str]:
    if not any(aim.reach.people for aim in aims):
        return ["The bid names no people to be helped."]
    if fte is None:
        return ["The bid does not say how many full-time posts will deliver, so what it can serve is not known."]
    if fte == 0:
        return ["The bid has no post to deliver, so it can serve nobody."]
    names = _names(assessment)
    services = dict.fromkeys(aim.reach.cell.service for aim in aims)
    return [
        f"No caseload is published for {names.get(service, service)}, so what its posts can serve is not known."
        for service in services
        if service not in assessment.policy.caseloads
    ]


def _no_figure(aim: _Aim) -> str:
    if aim.need is not None and aim.need.state is State.CONFLICT:
        return f"{aim.name}: the sources disagree on the figures, so the gap cannot be computed."
    lacking = [
        word
        for word, value in (
            ("need", aim.need.need if aim.need else None),
            ("provision", aim.need.provision if aim.need else None),
        )
        if value is None
    ]
    return f"{aim.name}: there is no figure for {' or '.join(lacking)}, so the gap cannot be computed."


def _names(assessment: NeedsAssessment) -> dict[str, str]:
    areas = {area.id: area.name for area in assessment.areas}
    return areas | {each.id: each.name for each in (*assessment.cohorts, *assessment.services)}


def _name(cell: CellId, names: dict[str, str]) -> str:
    return ", ".join(names.get(word, word) for word in (cell.area, cell.cohort, cell.service))
