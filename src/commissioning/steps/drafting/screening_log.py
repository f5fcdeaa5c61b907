"""The screening log: who asked, who was set aside, by which rule, on whose authority, and what was reversed."""

from __future__ import annotations

from commissioning.findings import Place
from commissioning.model.award import Dossier, Stamp
from commissioning.model.bid import Bid
from commissioning.model.form import Form
from commissioning.model.round import Round
from commissioning.model.screening import Fact, Outcome, Screening, Standing
from commissioning.steps.drafting.answers import name_form, numbers_of_places, show_spot
from commissioning.steps.drafting.making import Making, say_making, show_deadline
from commissioning.steps.drafting.recommendations import outcome_of, show_request
from commissioning.steps.drafting.rules import find_condition, is_sensitive, name_rule
from commissioning.values.record import Record
from commissioning.values.sentences import end_sentence, open_sentence
from commissioning.values.showing import show_moment


class Asker(Record):
    """Who asked for what, when it came, and where it ended."""

    bid: str
    provider: str
    service: str
    stream: str
    received: str
    request: str
    ended: str


class Applied(Record):
    """One rule applied to one bid, with the facts it used and where they stand."""

    rule: str
    source: str
    outcome: str
    reason: str
    facts: tuple[str, ...]


class Logged(Record):
    """Everything said about a bid that was not plainly eligible, or that a person settled."""

    bid: str
    provider: str
    service: str
    file: str
    standing: str
    rules: tuple[Applied, ...]
    reply: str
    authority: str
    reason: str
    reversed: bool


class ScreeningLog(Record):
    """The whole log, and how often people went against a rule."""

    authority: str
    round: str
    askers: tuple[Asker, ...]
    logged: tuple[Logged, ...]
    reversals: int
    referrals: int
    making: Making


def draft_screening_log(round: Round, form: Form, dossiers: tuple[Dossier, ...], stamp: Stamp) -> ScreeningLog:
    """The log of every bid of `dossiers`, withdrawn ones included."""
    return ScreeningLog(
        authority=round.authority,
        round=round.title,
        askers=tuple(_asker(round, each) for each in dossiers),
        logged=tuple(_logged(round, form, each) for each in dossiers if _is_notable(each.screening)),
        reversals=sum(each.screening.overridden for each in dossiers),
        referrals=sum(each.screening.standing is Standing.REFERRED for each in dossiers),
        making=say_making(stamp),
    )


def _is_notable(screening: Screening) -> bool:
    return screening.outcome is not Outcome.ELIGIBLE or bool(screening.decided_by)


def _asker(round: Round, dossier: Dossier) -> Asker:
    stream = round.stream(dossier.bid.stream)
    return Asker(
        bid=dossier.bid.id,
        provider=dossier.provider_name,
        service=dossier.service_name,
        stream=stream.title if stream else dossier.bid.stream,
        received=show_moment(dossier.bid.received) if dossier.bid.received else "not known",
        request=show_request(dossier),
        ended=_ended(dossier),
    )


def _ended(dossier: Dossier) -> str:
    """The outcome; for a bid that no person has decided on, where screening left it."""
    standing = dossier.screening.standing
    if dossier.bid.withdrawn or dossier.decision or standing is Standing.ELIGIBLE:
        return outcome_of(dossier)
    return standing.value


def _logged(round: Round, form: Form, dossier: Dossier) -> Logged:
    screening = dossier.screening
    return Logged(
        bid=dossier.bid.id,
        provider=dossier.provider_name,
        service=dossier.service_name,
        file=name_form(dossier.bid.id),
        standing=screening.standing.value,
        rules=_applied(round, form, dossier),
        reply=end_sentence(_reply(screening)),
        authority=_authority(screening),
        reason=end_sentence(screening.decision_reason),
        reversed=screening.overridden,
    )


def _applied(round: Round, form: Form, dossier: Dossier) -> tuple[Applied, ...]:
    numbers = numbers_of_places(form, dossier.bid)
    rules = []
    for verdict in dossier.screening.verdicts:
        if verdict.outcome is Outcome.ELIGIBLE:
            continue
        condition = find_condition(round, verdict)
        rules.append(
            Applied(
                rule=name_rule(round, verdict),
                source=end_sentence(condition.source) if condition else "",
                outcome=verdict.outcome.value,
                reason=end_sentence(verdict.reason),
                facts=tuple(_fact(form, fact, dossier.bid, numbers) for fact in verdict.facts),
            )
        )
    return tuple(rules)


def _fact(form: Form, fact: Fact, bid: Bid, numbers: dict[Place, str]) -> str:
    """What it says, unless that is sensitive, the question it answers, and where in the file named above it stands."""
    says = f"{open_sentence(fact.name)}: {'not shown here' if is_sensitive(form, fact) else fact.says}"
    if fact.place is None:
        return says
    question = f"question {numbers[fact.place]}, " if fact.place in numbers else ""
    return f"{says} ({question}{show_spot(fact.place, bid.id)})"


def _reply(screening: Screening) -> str:
    if screening.reply:
        return screening.reply
    if screening.reply_due:
        return f"None recorded; the right to reply runs to {show_deadline(screening.reply_due)}."
    return "None asked for."


def _authority(screening: Screening) -> str:
    if not screening.decided_by:
        return "Nobody has decided yet"
    at = f", {show_moment(screening.decided_at)}" if screening.decided_at else ""
    return f"{screening.decided_by}{at}"
