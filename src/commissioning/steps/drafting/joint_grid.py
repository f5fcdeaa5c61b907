"""The joint grid: one page a bid, facts on it and room for the meeting's own judgement."""

from __future__ import annotations

from commissioning.model.award import Dossier, Stamp
from commissioning.model.bid import Bid
from commissioning.model.cells import say_cells, why_not_computable
from commissioning.model.form import Asked, Form
from commissioning.model.need import CellScore, NeedsAssessment, NeedScore
from commissioning.model.request import LEAST, TOTAL, Requested, requested
from commissioning.model.round import Round
from commissioning.model.screening import Outcome, Standing
from commissioning.model.strategy import Link, Strategy
from commissioning.steps.drafting.answers import (
    asked_by,
    name_form,
    open_message,
    shorten,
    show_answer,
    show_in_form,
    show_number,
    show_spot,
    words_of,
)
from commissioning.steps.drafting.making import Making, say_making
from commissioning.steps.drafting.open_matters import body_names
from commissioning.steps.drafting.rules import name_rule
from commissioning.values.record import Record
from commissioning.values.sentences import count_of, end_sentence
from commissioning.values.showing import show_money

NOT_STATED = "not stated"
PAGE_WORDS = 260  # what one page holds of questions and answers, shared between the answers
LEAST_WORDS, MOST_WORDS = 10, 60
FINDINGS_SHOWN, FINDING_WORDS = 2, 20
RULES_SHOWN, RULE_WORDS, CAVEAT_WORDS = 2, 40, 40
CELLS_SHOWN = 3


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
    file: str
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
    return JointGrid(
        authority=round.authority,
        round=round.title,
        bodies=body_names(round),
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
        file=name_form(dossier.bid.id),
        standing=dossier.screening.standing.value,
        money=money_lines(round, form, dossier),
        need=need_in_short(assessment, dossier.need),
        links=tuple(show_link(strategy, link, dossier.bid) for link in dossier.strategy.links),
        strategy=summarise_strategy(dossier),
        criteria=_criteria(round, form, dossier),
        findings=_findings(form, dossier),
        screening=_screening(round, dossier),
    )


def _screening(round: Round, dossier: Dossier) -> tuple[str, ...]:
    """What screening found, each finding short; how many more there are is said."""
    found = [each for each in dossier.screening.verdicts if each.outcome is not Outcome.ELIGIBLE]
    says = tuple(shorten(f"{name_rule(round, each)}: {each.reason}", words=RULE_WORDS) for each in found)
    return _first(says, RULES_SHOWN, "in the screening log")


def _first(says: tuple[str, ...], shown: int, elsewhere: str) -> tuple[str, ...]:
    """The first of them, and how many more stand elsewhere."""
    more = len(says) - shown
    return (*says[:shown], f"… and {more} more, {elsewhere}.") if more > 0 else says


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
        Line(label=each.year, says=_money(each), place=show_in_form(each.place, bid.id) if each.place else "")
        for each in requested(round, form, bid)
    ]
    for label, question in (("Total requested", TOTAL), ("Least that would work", LEAST)):
        answer, amount = bid.answer(question), bid.money(question)
        says = show_money(amount) if amount is not None else NOT_STATED
        lines.append(Line(label=label, says=says, place=show_in_form(answer.place, bid.id) if answer.place else ""))
    return tuple(lines)


def _money(asked: Requested) -> str:
    if asked.amount is None:
        return f"{NOT_STATED}: {asked.reason}"
    return ", ".join(filter(None, (show_money(asked.amount), asked.note)))


def need_headline(assessment: NeedsAssessment, score: NeedScore) -> str:
    """Targeting and band, or in few words why there is none."""
    if score.not_computable:
        return why_not_computable(assessment, score)
    if score.targeting is None:
        where = count_of(len(score.unconfirmed), "place and group", "places and groups")
        return f"Not scored yet: delivery in {where} is to be confirmed."
    return f"Targeting {score.targeting:.3f}, band {score.band} of 5."


def need_in_short(assessment: NeedsAssessment, score: NeedScore) -> NeedSummary:
    """The need score with a line a cell; how many are left out is said. Cells without a figure are in the headline."""
    lines = tuple(_cell(assessment, cell) for cell in score.cells if cell.gap is not None)
    return NeedSummary(
        headline=shorten(need_headline(assessment, score), words=CAVEAT_WORDS),
        lines=_first(lines, CELLS_SHOWN, "in the panel report"),
    )


def need_in_full(assessment: NeedsAssessment, score: NeedScore) -> NeedSummary:
    """The need score with every step of its arithmetic, cell by cell, and where the bid’s own evidence stands."""
    steps = tuple(" ".join(cell.steps) for cell in score.cells)
    where = show_in_form(score.cited_evidence, score.bid)
    cited = (f"The bid’s own evidence: {where}.",) if score.cited_evidence else ()
    return NeedSummary(headline=need_headline(assessment, score), lines=(*steps, *cited))


def _cell(assessment: NeedsAssessment, cell: CellScore) -> str:
    """What is known of one cell; a figure that waits for another, or for a person, is left out."""
    figures = (
        ("asked", cell.asked),
        ("counted", cell.counted),
        ("gap", cell.gap),
        ("weight", cell.weight),
        ("benefit", cell.benefit),
    )
    says = ", ".join(f"{name} {show_number(figure)}" for name, figure in figures if figure is not None)
    waits = "" if cell.counted is not None else ", to be confirmed"
    return f"{say_cells(assessment, (cell.cell,))}: {says}{waits}."


def show_link(strategy: Strategy, link: Link, bid: Bid) -> Line:
    """A declared link in the priority's own words, and whether a person confirmed it."""
    wording = next((each.wording for each in strategy.priorities if each.id == link.priority), link.priority)
    state = f"{link.level.value}, confirmed by {link.by}" if link.level else "declared, not confirmed yet"
    return Line(label=wording, says=state, place=link.cited or (show_spot(link.place, bid.id) if link.place else ""))


def summarise_strategy(dossier: Dossier) -> str:
    """The strategy score with the step that adds it up, or why there is none."""
    score = dossier.strategy
    if not score.links:
        return "The bid declares no link to the strategy."
    if score.not_computable:
        return end_sentence(f"Not computable: {'; '.join(each.rstrip('.') for each in score.not_computable)}")
    if score.score is None:
        links = count_of(len(score.links), "link", "links")
        return f"Not scored yet: {len(score.unconfirmed)} of {links} to be confirmed."
    return f"{score.score:.2f} of 5. {' '.join(score.steps[-1:])}".rstrip()


def _criteria(round: Round, form: Form, dossier: Dossier) -> tuple[GridCriterion, ...]:
    """What the bid says under each criterion; a question two criteria share is shown under the first."""
    ids = dict.fromkeys(question for each in round.assessment.criteria for question in each.questions)
    lines = {question: _said(asked, dossier) for question in ids if (asked := asked_by(form, question))}
    room = PAGE_WORDS - sum(len(line.label.split()) for line in lines.values())
    words = fair_share([len(line.says.split()) for line in lines.values()], room)
    criteria = []
    for each in round.assessment.criteria:
        mine = [lines.pop(question) for question in each.questions if question in lines]
        answers = tuple(line.with_changes(says=shorten(line.says, words=words)) for line in mine)
        criteria.append(GridCriterion(title=each.title, answers=answers))
    return tuple(criteria)


def fair_share(lengths: list[int], room: int) -> int:
    """The longest limit on words an answer that keeps answers of `lengths` within `room`; short ones leave theirs."""
    limits = range(MOST_WORDS, LEAST_WORDS, -1)
    return next((limit for limit in limits if sum(min(each, limit) for each in lengths) <= room), LEAST_WORDS)


def _said(asked: Asked, dossier: Dossier) -> Line:
    """An open answer in words; a sensitive one by its number only."""
    answer = dossier.bid.answer(asked.id)
    says = show_answer(asked, answer).text or words_of(asked, answer)
    place = (answer.place.path or show_spot(answer.place, dossier.bid.id)) if answer.place else "no place in the file"
    return Line(label=asked.label, says=says, place=place)


def _findings(form: Form, dossier: Dossier) -> tuple[str, ...]:
    says = tuple(shorten(open_message(form, finding), words=FINDING_WORDS) for finding in dossier.findings)
    return _first(says, FINDINGS_SHOWN, "in the list of open items")
