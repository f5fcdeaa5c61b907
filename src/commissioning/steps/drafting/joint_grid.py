"""The joint grid: one page a bid, facts on it and room for the meeting's own judgement."""

from __future__ import annotations

from decimal import Decimal

from commissioning.model.award import Dossier, Stamp
from commissioning.model.form import Asked, Form
from commissioning.model.need import CellScore, NeedsAssessment, NeedScore
from commissioning.model.request import LEAST, TOTAL, requested
from commissioning.model.round import Round
from commissioning.model.screening import Outcome, Standing
from commissioning.model.strategy import Link, Strategy
from commissioning.steps.drafting.answers import (
    asked_by,
    open_message,
    shorten,
    show_answer,
    show_number,
    show_place,
    words_of,
)
from commissioning.steps.drafting.making import Making, say_making
from commissioning.steps.drafting.rules import name_rule
from commissioning.values.record import Record
from commissioning.values.showing import show_money

NOT_STATED = "not stated"
EXCERPT_WORDS = 45
FINDINGS_SHOWN = 4
CELLS_SHOWN = 4


class Line(Record):
    """A label, what is said under it, and where that stands."""

    label: str
    says: str
    place: str = ""


class NeedSummary(Record):
    """The computed need in one sentence, then its arithmetic, a line a cell; or why there is none."""

    headline: str
    lines: tuple[str, ...]


class GridCriterion(Record):
    """A criterion and what the bid says under it; the judgement goes beside it."""

    title: str
    answers: tuple[Line, ...]


class GridBid(Record):
    """One page. `mark` stands in large letters over a bid that is referred or recommended for exclusion."""

    bid: str
    provider: str
    service: str
    stream: str
    mark: str
    standing: str
    money: tuple[Line, ...]
    need: NeedSummary
    links: tuple[Line, ...]
    strategy: str
    criteria: tuple[GridCriterion, ...]
    findings: tuple[str, ...]
    screening: tuple[str, ...]


class JointGrid(Record):
    """Every bid the joint meeting is to judge, in the order given."""

    authority: str
    round: str
    bodies: tuple[str, ...]
    bids: tuple[GridBid, ...]
    making: Making


def draft_joint_grid(
    round: Round,
    form: Form,
    dossiers: tuple[Dossier, ...],
    stamp: Stamp,
    *,
    assessment: NeedsAssessment,
    strategy: Strategy,
) -> JointGrid:
    """One page for each of `dossiers` that stands in the round; withdrawn bids have none."""
    names = {body.id: body.name for body in round.bodies}
    return JointGrid(
        authority=round.authority,
        round=round.title,
        bodies=tuple(names.get(body, body) for body in round.assessment.bodies),
        bids=tuple(
            grid_bid(round, form, assessment, strategy, dossier) for dossier in dossiers if not dossier.bid.withdrawn
        ),
        making=say_making(stamp),
    )


def grid_bid(round: Round, form: Form, assessment: NeedsAssessment, strategy: Strategy, dossier: Dossier) -> GridBid:
    """The page of one bid."""
    stream = round.stream(dossier.bid.stream)
    return GridBid(
        bid=dossier.bid.id,
        provider=dossier.provider_name,
        service=dossier.service_name,
        stream=stream.title if stream else dossier.bid.stream,
        mark=mark_of(dossier),
        standing=dossier.screening.standing.value,
        money=money_lines(round, form, dossier),
        need=summarise_need(assessment, dossier.need, cells=CELLS_SHOWN),
        links=tuple(show_link(strategy, link) for link in dossier.strategy.links),
        strategy=summarise_strategy(dossier),
        criteria=_criteria(round, form, dossier),
        findings=_findings(form, dossier),
        screening=tuple(
            f"{name_rule(round, each)}: {each.reason}"
            for each in dossier.screening.verdicts
            if each.outcome is not Outcome.ELIGIBLE
        ),
    )


def mark_of(dossier: Dossier) -> str:
    """What must be seen before anything else on the page."""
    if dossier.screening.standing is Standing.ELIGIBLE:
        return ""
    if dossier.screening.standing is Standing.REFERRED:
        return "REFERRED: may be included provisionally while a person settles it"
    return dossier.screening.standing.value.upper()


def money_lines(round: Round, form: Form, dossier: Dossier) -> tuple[Line, ...]:
    """The request by year, in total, and the least the provider could work with; blank is said, never zero."""
    bid = dossier.bid
    lines = [
        Line(label=each.year, says=_money(each.amount, each.reason), place=show_place(each.place) if each.place else "")
        for each in requested(round, form, bid)
    ]
    for label, question in (("Total requested", TOTAL), ("Least that would work", LEAST)):
        answer, amount = bid.answer(question), bid.money(question)
        says = show_money(amount) if amount is not None else NOT_STATED
        lines.append(Line(label=label, says=says, place=show_place(answer.place) if answer.place else ""))
    return tuple(lines)


def _money(amount: Decimal | None, reason: str) -> str:
    return show_money(amount) if amount is not None else f"{NOT_STATED}: {reason}"


def summarise_need(assessment: NeedsAssessment, score: NeedScore, *, cells: int | None) -> NeedSummary:
    """Targeting and band with the arithmetic of each cell, or every reason why it could not be computed.

    At most `cells` lines are shown, and how many are left out is said; None shows all.
    """
    lines = tuple(_cell(assessment, cell) for cell in score.cells)
    more = len(lines) - (cells if cells is not None else len(lines))
    if more > 0:
        lines = (*lines[:-more], f"… and {more} more; all are in the panel report.")
    if score.not_computable:
        cited = f" The bid’s own evidence: {score.cited_evidence}." if score.cited_evidence else ""
        reasons = "; ".join(score.not_computable)
        return NeedSummary(headline=f"Not computable: {reasons}. Both bodies judge it together.{cited}", lines=lines)
    if score.targeting is None:
        waiting = len(score.unconfirmed)
        return NeedSummary(headline=f"Not scored yet: {waiting} delivery confidence(s) to be confirmed.", lines=lines)
    return NeedSummary(headline=f"Targeting {score.targeting:.3f}, band {score.band} of 5.", lines=lines)


def name_cell(assessment: NeedsAssessment, cell: CellScore) -> str:
    """District, group and service by their names."""
    return ", ".join(cell_names(assessment, cell.cell.area, cell.cell.cohort, cell.cell.service))


def cell_names(assessment: NeedsAssessment, area: str, cohort: str, service: str) -> tuple[str, str, str]:
    """Names for ids; an id nobody named is shown as it stands."""
    areas = {each.id: each.name for each in assessment.areas}
    cohorts = {each.id: each.name for each in assessment.cohorts}
    services = {each.id: each.name for each in assessment.services}
    return areas.get(area, area), cohorts.get(cohort, cohort), services.get(service, service)


def _cell(assessment: NeedsAssessment, cell: CellScore) -> str:
    steps = "; ".join(cell.steps)
    return f"{name_cell(assessment, cell)}: {show_number(cell.asked)} people a year. {steps}".rstrip()


def show_link(strategy: Strategy, link: Link) -> Line:
    """A declared link in the priority's own words, and whether a person confirmed it."""
    wording = next((each.wording for each in strategy.priorities if each.id == link.priority), link.priority)
    state = f"{link.level.value}, confirmed by {link.by}" if link.level else "declared, not confirmed yet"
    return Line(label=wording, says=state, place=link.cited or (show_place(link.place) if link.place else ""))


def summarise_strategy(dossier: Dossier) -> str:
    """The strategy score, or why there is none."""
    score = dossier.strategy
    if not score.links:
        return "The bid declares no link to the strategy."
    if score.not_computable:
        return f"Not computable: {'; '.join(score.not_computable)}."
    if score.score is None:
        return f"Not scored yet: {len(score.unconfirmed)} of {len(score.links)} links to be confirmed."
    return f"{score.score:.2f} of 5. {' '.join(score.steps)}".rstrip()


def _criteria(round: Round, form: Form, dossier: Dossier) -> tuple[GridCriterion, ...]:
    """What the bid says under each criterion; a question two criteria share is shown under the first."""
    shown: set[str] = set()
    criteria = []
    for each in round.assessment.criteria:
        questions = [question for question in each.questions if question not in shown]
        shown.update(questions)
        answers = [_excerpt(asked, dossier) for question in questions if (asked := asked_by(form, question))]
        criteria.append(GridCriterion(title=each.title, answers=tuple(answers)))
    return tuple(criteria)


def _excerpt(asked: Asked, dossier: Dossier) -> Line:
    """An open answer, shortened with its length said; a sensitive one by its number only."""
    answer = dossier.bid.answer(asked.id)
    shown = show_answer(asked, answer)
    says = shown.text or words_of(asked, answer)
    return Line(label=asked.label, says=shorten(says, words=EXCERPT_WORDS), place=shown.place)


def _findings(form: Form, dossier: Dossier) -> tuple[str, ...]:
    says = tuple(open_message(form, finding) for finding in dossier.findings)
    more = len(says) - FINDINGS_SHOWN
    return (*says[:FINDINGS_SHOWN], f"… and {more} more, in the list of open items.") if more > 0 else says
