"""One function per condition: each gives a verdict with its reason and the facts it used.

What is not known is never counted against a bid: a blank, an unreadable or a contradictory answer is referred
to a person. Limits are inclusive.
"""

from __future__ import annotations

from datetime import date, datetime

from commissioning.findings import Place
from commissioning.model.bid import Bid, Status
from commissioning.model.round import (
    AnsweredYes,
    Condition,
    DatesWithin,
    DocumentsPresent,
    NationalTest,
    ReceivedOnTime,
    RequestWithin,
    Round,
)
from commissioning.model.screening import Fact, Outcome, ScreeningPeople, Verdict
from commissioning.steps.screening.facts import cite, state
from commissioning.steps.screening.national import national_rule
from commissioning.steps.screening.national_facts import cite_facts, national_facts
from commissioning.values.showing import in_london, show_day, show_money
from commissioning.values.working_time import WorkingPeriod


def verdict(condition: Condition, round: Round, bid: Bid, people: ScreeningPeople) -> Verdict:
    """The verdict of one condition on one bid."""
    match condition:
        case ReceivedOnTime():
            return on_time(condition, round, bid, people)
        case AnsweredYes():
            return answered_yes(condition, bid)
        case DatesWithin():
            return dates_within(condition, round, bid)
        case RequestWithin():
            return request_within(condition, bid)
        case DocumentsPresent():
            return documents_present(condition, round, bid)
        case NationalTest():
            return not_national(condition, round, bid)


def on_time(condition: ReceivedOnTime, round: Round, bid: Bid, people: ScreeningPeople) -> Verdict:
    """Received by the deadline or by the extension given, to the second; late only with a person's acceptance."""
    deadline = deadline_for(round, bid.provider, people)
    says = to_the_second(bid.received) if bid.received else "not known"
    fact = Fact(name="received", says=says, place=Place(file=bid.delivery or bid.file, path=bid.received_from))
    if bid.received is None:
        return _verdict(condition, Outcome.REFER, "When it arrived is not known; a person must say.", fact)
    if bid.received.replace(microsecond=0) <= deadline:
        reason = f"Received {to_the_second(bid.received)}; the deadline was {to_the_second(deadline)}."
        return _verdict(condition, Outcome.ELIGIBLE, reason, fact)
    return _late(condition, bid.received, deadline, people, fact)


def deadline_for(round: Round, provider: str, people: ScreeningPeople) -> datetime:
    """The latest of the deadline and the extensions that reach this provider: an extension only gives more time."""
    given = (round.deadlines.providers.at, people.extension, people.extensions.get(provider))
    return max(instant for instant in given if instant is not None)


def to_the_second(moment: datetime) -> str:
    """26 February 2021 at 23:59:59, London time: seconds are always shown, since lateness can turn on one."""
    return f"{show_day(moment)} at {in_london(moment):%H:%M:%S}"


def answered_yes(condition: AnsweredYes, bid: Bid) -> Verdict:
    """Yes meets it, no fails it; anything else is for a person, never counted as no."""
    fact = cite(bid, condition.question, condition.title)
    match bid.yes(condition.question):
        case True:
            return _verdict(condition, Outcome.ELIGIBLE, f"{condition.title}: answered yes.", fact)
        case False:
            return _verdict(condition, Outcome.RECOMMENDED_EXCLUSION, f"{condition.title}: answered no.", fact)
        case None:
            return _unknown(condition, bid, (fact,), (fact,))


def dates_within(condition: DatesWithin, round: Round, bid: Bid) -> Verdict:
    """Both dates lie in the round's spend window, its first and last day included."""
    facts = (cite(bid, condition.start), cite(bid, condition.end))
    start, end = bid.day(condition.start), bid.day(condition.end)
    first, last = round.spend_window.start, round.spend_window.end
    window = f"money may be spent from {show_day(first)} to {show_day(last)}"
    outside = tuple(day for day in (start, end) if day and not first <= day <= last)
    if outside:
        days = " and ".join(show_day(day) for day in dict.fromkeys(outside))
        return _verdict(condition, Outcome.RECOMMENDED_EXCLUSION, f"The bid gives {days}; {window}.", *facts)
    if start is None or end is None:
        unknown = tuple(fact for fact, day in zip(facts, (start, end), strict=True) if day is None)
        return _unknown(condition, bid, facts, unknown)
    return _in_order(condition, start, end, window, facts)


def request_within(condition: RequestWithin, bid: Bid) -> Verdict:
    """The money asked for is not less than the minimum nor more than the maximum, where given."""
    fact = cite(bid, condition.question)
    asked = bid.money(condition.question)
    if asked is None:
        return _unknown(condition, bid, (fact,), (fact,))
    if condition.minimum is not None and asked < condition.minimum:
        reason = f"Asks for {show_money(asked)}; the least is {show_money(condition.minimum)}."
        return _verdict(condition, Outcome.RECOMMENDED_EXCLUSION, reason, fact)
    if condition.maximum is not None and asked > condition.maximum:
        reason = f"Asks for {show_money(asked)}; the most is {show_money(condition.maximum)}."
        return _verdict(condition, Outcome.RECOMMENDED_EXCLUSION, reason, fact)
    return _verdict(condition, Outcome.ELIGIBLE, f"Asks for {show_money(asked)}, within the limits.", fact)


def documents_present(condition: DocumentsPresent, round: Round, bid: Bid) -> Verdict:
    """Every document came or its absence was explained; what is missing is due diligence, never an exclusion."""
    titles = {document: round.documents.get(document, document) for document in condition.documents}
    came = {annex.proves: annex for annex in bid.annexes}
    facts = [
        Fact(name=title, says="came with the bid", place=Place(file=came[document].name))
        if document in came
        else Fact(name=title, says="did not come")
        for document, title in titles.items()
    ]
    missing = ", ".join(title for document, title in titles.items() if document not in came)
    if not missing:
        return _verdict(condition, Outcome.ELIGIBLE, "Every document asked for came.", *facts)
    explained = bool(condition.explained_in) and bid.answer(condition.explained_in).status is Status.ANSWERED
    if explained:
        facts.append(cite(bid, condition.explained_in))
        return _verdict(condition, Outcome.ELIGIBLE, f"Did not come, and explained in the bid: {missing}.", *facts)
    reason = f"Did not come, and not explained: {missing}. Ask for it; a person decides.{_unassigned(bid)}"
    return _verdict(condition, Outcome.REFER, reason, *facts)


def not_national(condition: NationalTest, round: Round, bid: Bid) -> Verdict:
    """Not a national organisation asking for a nationally delivered service (`national_rule`)."""
    facts = national_facts(bid)
    ruling = national_rule(facts, condition)
    asked = f" {_supply(round.reply_period)}" if ruling.rule == "R0a" else ""
    basis = f" {condition.illustrative.rstrip('.')}." if condition.illustrative else ""
    return Verdict(
        condition=condition.rule,
        rule=ruling.rule,
        outcome=ruling.outcome,
        reason=f"{ruling.reason}{asked}{basis}",
        facts=cite_facts(bid, facts),
        settles=ruling.settles,
    )


def _late(
    condition: ReceivedOnTime, received: datetime, deadline: datetime, people: ScreeningPeople, fact: Fact
) -> Verdict:
    times = f"Received {to_the_second(received)}; the deadline was {to_the_second(deadline)}."
    if people.late is None:
        return _verdict(condition, Outcome.RECOMMENDED_EXCLUSION, times, fact)
    done = "Accepted late" if people.late.accepted else "Refused as late"
    why = f": {people.late.reason.rstrip('.')}." if people.late.reason else "."
    outcome = Outcome.ELIGIBLE if people.late.accepted else Outcome.RECOMMENDED_EXCLUSION
    return _verdict(condition, outcome, f"{times} {done} by {people.late.by}, {show_day(people.late.at)}{why}", fact)


def _in_order(condition: DatesWithin, start: date, end: date, window: str, facts: tuple[Fact, ...]) -> Verdict:
    run = f"runs from {show_day(start)} to {show_day(end)}"
    if start > end:
        return _verdict(
            condition, Outcome.REFER, f"The bid {run}: it ends before it starts. Ask which is meant.", *facts
        )
    return _verdict(condition, Outcome.ELIGIBLE, f"The bid {run}; {window}.", *facts)


def _unknown(condition: Condition, bid: Bid, facts: tuple[Fact, ...], unknown: tuple[Fact, ...]) -> Verdict:
    what = "; ".join(f"{fact.name}: {state(bid.answer(fact.question))}" for fact in unknown)
    verdict = _verdict(condition, Outcome.REFER, f"Not known. {what}. Ask the provider; a person decides.", *facts)
    return verdict.with_changes(settles=unknown[0].name) if len(unknown) == 1 else verdict


def _unassigned(bid: Bid) -> str:
    count = sum(not annex.proves for annex in bid.annexes)
    if not count:
        return ""
    files = "1 file that came has" if count == 1 else f"{count} files that came have"
    return f" {files} not yet been said to prove anything."


def _supply(period: WorkingPeriod) -> str:
    return f"The provider has {period.amount} {period.unit} to supply it."


def _verdict(condition: Condition, outcome: Outcome, reason: str, *facts: Fact) -> Verdict:
    line = condition.question if isinstance(condition, AnsweredYes) else condition.rule
    return Verdict(condition=condition.rule, rule=line, outcome=outcome, reason=reason, facts=facts)
