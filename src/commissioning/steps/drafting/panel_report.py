"""The panel report: what is recommended to whom, on which evidence, and what is still open."""

from __future__ import annotations

from commissioning.model.award import Dossier, OpenItem, Stamp, is_standing, priority_of
from commissioning.model.form import Form
from commissioning.model.need import NeedsAssessment
from commissioning.model.round import Round
from commissioning.model.screening import Outcome, Screening, Standing, excluding
from commissioning.model.strategy import Strategy
from commissioning.steps.drafting.joint_grid import (
    Line,
    NeedSummary,
    money_lines,
    need_in_full,
    show_link,
    summarise_strategy,
)
from commissioning.steps.drafting.making import Making, say_making, show_deadline
from commissioning.steps.drafting.open_matters import Owed, body_names, by_owner, who_the_bodies_are
from commissioning.steps.drafting.recommendations import (
    in_order,
    outcome_of,
    reason_of,
    show_request,
)
from commissioning.steps.drafting.rules import BY_A_PERSON, name_rule
from commissioning.values.record import Record
from commissioning.values.showing import show_moment


class Declared(Record):
    """What someone declared: of which bid, and what ("none" when they declared none)."""

    person: str
    body: str
    bid: str
    interest: str


class Recommended(Record):
    """One line of the table of recommendations."""

    priority: str
    bid: str
    provider: str
    service: str
    request: str
    outcome: str
    tied: bool


class ReportedBid(Record):
    """One bid's section: what is asked, what was found, what the meeting said, and why."""

    bid: str
    provider: str
    service: str
    stream: str
    received: str
    money: tuple[Line, ...]
    standing: str
    screening: tuple[str, ...]
    need: NeedSummary
    strategy: str
    links: tuple[Line, ...]
    judgements: tuple[Line, ...]
    present: str
    outcome: str
    priority: str
    reason: str
    decided: str


class SetAsideBid(Record):
    """A bid that is not weighed: by which rule, why, and on whose authority."""

    bid: str
    provider: str
    service: str
    rule: str
    reason: str
    authority: str


class PanelReport(Record):
    """The whole report."""

    authority: str
    round: str
    funder: str
    submitted_by: str
    decision_maker: str
    sign_off: str
    funder_deadline: str
    bodies: tuple[str, ...]
    took_part: tuple[str, ...]
    declared: tuple[Declared, ...]
    received: int
    recommendations: tuple[Recommended, ...]
    ties: tuple[str, ...]
    bids: tuple[ReportedBid, ...]
    set_aside: tuple[SetAsideBid, ...]
    withdrawn: tuple[str, ...]
    open_count: int
    owed: tuple[Owed, ...]
    bodies_are: str
    making: Making


def draft_panel_report(
    round: Round,
    form: Form,
    dossiers: tuple[Dossier, ...],
    stamp: Stamp,
    *,
    assessment: NeedsAssessment,
    strategy: Strategy,
    open_items: tuple[OpenItem, ...],
    submitted_by: str,
    decision_maker: str,
) -> PanelReport:
    """The report on `dossiers`; `submitted_by` and `decision_maker` are printed as given: a role with its holder."""
    weighed = in_order(tuple(each for each in dossiers if is_standing(each)))
    everyone = _took_part(round, weighed)
    return PanelReport(
        authority=round.authority,
        round=round.title,
        funder=round.funder,
        submitted_by=submitted_by,
        decision_maker=decision_maker,
        sign_off=show_deadline(round.deadlines.sign_off.at),
        funder_deadline=show_deadline(round.deadlines.funder.at),
        bodies=body_names(round),
        took_part=everyone,
        declared=_declared(round, dossiers),
        received=len(dossiers),
        recommendations=tuple(_recommended(each, weighed) for each in weighed),
        ties=_ties(weighed),
        bids=tuple(_reported(round, form, assessment, strategy, each, everyone=everyone) for each in weighed),
        set_aside=tuple(
            set_aside_bid(round, each) for each in dossiers if each.screening.standing is Standing.EXCLUDED
        ),
        withdrawn=tuple(
            f"{each.bid.id}: {each.provider_name}, {each.service_name}" for each in dossiers if each.bid.withdrawn
        ),
        open_count=len(open_items),
        owed=by_owner(open_items, stamp.made_at),
        bodies_are=who_the_bodies_are(round),
        making=say_making(stamp),
    )


def _took_part(round: Round, weighed: tuple[Dossier, ...]) -> tuple[str, ...]:
    """Everyone who was present at all, with the name of their body."""
    people = (person for each in weighed if each.judgement for person in each.judgement.present)
    return tuple(dict.fromkeys(name_with_body(round, person) for person in people))


def name_with_body(round: Round, person: str) -> str:
    """A person recorded with the id of their body, with its name instead."""
    for body in round.bodies:
        if person.endswith(f"({body.id})"):
            return f"{person.removesuffix(f'({body.id})')}({body.name})"
    return person


def _present(round: Round, dossier: Dossier, everyone: tuple[str, ...]) -> str:
    """Who judged this bid, when it was not everyone who took part; that nobody is recorded is always said."""
    if dossier.judgement is None:
        return ""
    present = tuple(name_with_body(round, person) for person in dossier.judgement.present)
    return "" if present and set(present) == set(everyone) else ", ".join(present) or "nobody recorded as present"


def _declared(round: Round, dossiers: tuple[Dossier, ...]) -> tuple[Declared, ...]:
    """Each declaration once; a person who declared none in any bid is one line, not one a bid."""
    names = {body.id: body.name for body in round.bodies}
    lines = [
        Declared(
            person=each.person,
            body=names.get(each.body, each.body),
            bid=dossier.bid.id if each.interest else "every bid",
            interest=each.interest or "none",
        )
        for dossier in dossiers
        for each in dossier.interests
    ]
    interested = {line.person for line in lines if line.interest != "none"}
    kept = (line for line in lines if line.interest != "none" or line.person not in interested)
    return tuple(dict.fromkeys(kept))


def _recommended(dossier: Dossier, weighed: tuple[Dossier, ...]) -> Recommended:
    priority = priority_of(dossier)
    same = [each for each in weighed if priority is not None and priority_of(each) == priority]
    return Recommended(
        priority=str(priority) if priority is not None else "none",
        bid=dossier.bid.id,
        provider=dossier.provider_name,
        service=dossier.service_name,
        request=show_request(dossier),
        outcome=outcome_of(dossier),
        tied=len(same) > 1,
    )


def _ties(weighed: tuple[Dossier, ...]) -> tuple[str, ...]:
    priorities = sorted({each for dossier in weighed if (each := priority_of(dossier)) is not None})
    groups = ([each.bid.id for each in weighed if priority_of(each) == priority] for priority in priorities)
    tied = ((priority, bids) for priority, bids in zip(priorities, groups, strict=True) if len(bids) > 1)
    return tuple(f"Priority {priority}: {' and '.join(bids)}" for priority, bids in tied)


def _reported(
    round: Round,
    form: Form,
    assessment: NeedsAssessment,
    strategy: Strategy,
    dossier: Dossier,
    *,
    everyone: tuple[str, ...],
) -> ReportedBid:
    stream, priority = round.stream(dossier.bid.stream), priority_of(dossier)
    decision = dossier.decision
    received = show_deadline(dossier.bid.received) if dossier.bid.received else "not known; a person must say"
    return ReportedBid(
        bid=dossier.bid.id,
        provider=dossier.provider_name,
        service=dossier.service_name,
        stream=stream.title if stream else dossier.bid.stream,
        received=received,
        money=money_lines(round, form, dossier),
        standing=dossier.screening.standing.value,
        screening=screening_lines(round, dossier.screening),
        need=need_in_full(assessment, dossier.need),
        strategy=summarise_strategy(dossier),
        links=tuple(show_link(strategy, link, dossier.bid) for link in dossier.strategy.links),
        judgements=_judgements(round, dossier),
        present=_present(round, dossier, everyone),
        outcome=outcome_of(dossier),
        priority=str(priority) if priority is not None else "none given",
        reason=reason_of(dossier),
        decided=f"{decision.by}, {show_moment(decision.at)} (record entry {decision.act})" if decision else "",
    )


def screening_lines(round: Round, screening: Screening) -> tuple[str, ...]:
    """Every verdict that is not plainly eligible, then what a person made of it."""
    lines = [
        f"{name_rule(round, each)}: {each.reason}"
        for each in screening.verdicts
        if each.outcome is not Outcome.ELIGIBLE
    ]
    if screening.decided_by:
        against = ", against the rule" if screening.overridden else ""
        at = f", {show_moment(screening.decided_at)}" if screening.decided_at else ""
        lines.append(f"Settled by {screening.decided_by}{at}{against}: {screening.decision_reason}")
    return tuple(lines)


def _judgements(round: Round, dossier: Dossier) -> tuple[Line, ...]:
    """What the meeting said under each criterion; one it said nothing under is shown as such."""
    if dossier.judgement is None:
        return ()
    said = dossier.judgement.judgements
    return tuple(
        Line(label=each.title, says=said.get(each.id) or "nothing recorded") for each in round.assessment.criteria
    )


def set_aside_bid(round: Round, dossier: Dossier) -> SetAsideBid:
    """An excluded bid with its rule and the person who decided."""
    screening = dossier.screening
    against = excluding(screening.verdicts)
    at = f", {show_moment(screening.decided_at)}" if screening.decided_at else ""
    return SetAsideBid(
        bid=dossier.bid.id,
        provider=dossier.provider_name,
        service=dossier.service_name,
        rule="; ".join(name_rule(round, each) for each in against) or BY_A_PERSON,
        reason=" ".join(each.reason for each in against) or screening.decision_reason,
        authority=f"{screening.decided_by or 'nobody named'}{at}",
    )
