"""The query list: what a provider is asked to put right, by when; and the right to reply to an exclusion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from commissioning.findings import Finding, Place
from commissioning.model.award import Dossier, Stamp
from commissioning.model.form import Asked, Form, Sensitivity
from commissioning.model.round import (
    AnsweredYes,
    Condition,
    DatesWithin,
    DocumentsPresent,
    NationalTest,
    ReceivedOnTime,
    RequestWithin,
    Role,
    Round,
)
from commissioning.model.screening import Fact, Outcome, Standing, Verdict, excluding
from commissioning.steps.drafting.answers import (
    asked_by,
    not_answered,
    numbers_of_places,
    open_message,
    shorten,
    words_of,
)
from commissioning.steps.drafting.making import Making, find_role, say_making, show_deadline, show_role
from commissioning.steps.drafting.rules import find_condition, is_sensitive, name_rule
from commissioning.values.record import Record
from commissioning.values.sentences import end_sentence, open_sentence
from commissioning.values.showing import show_day, show_money, show_percent

QUOTED_WORDS = 60  # enough of an answer for its writer to know it again
TO_BE_PUT = frozenset({Standing.EXCLUSION_PUT, Standing.AWAITING_REPLY})


class Query(Record):
    """One thing to put right. `number` runs through the whole list, so that a reply can cite it."""

    number: int
    question: str
    says: str
    asks: tuple[str, ...]


class QueriedBid(Record):
    """One bid as it reached the office, and what is asked about it."""

    bid: str
    service: str
    stream: str
    file: str
    received: str
    queries: tuple[Query, ...]


class Said(Record):
    """One fact a rule used, what it says, and the question of the form it answers, or what else it rests on."""

    name: str
    says: str
    place: str


class Ground(Record):
    """One rule that points to exclusion: why, on which facts, and what would change it."""

    rule: str
    source: str
    reason: str
    facts: tuple[Said, ...]
    change: str


class RightToReply(Record):
    """One bid recommended for exclusion, and until when the provider may answer."""

    bid: str
    service: str
    grounds: tuple[Ground, ...]
    reply_by: str


class Queries(Record):
    """Everything one provider is asked in one document."""

    authority: str
    round: str
    funder: str
    provider: str
    bid_word: str
    bids: tuple[QueriedBid, ...]
    count: int
    reply_by: str
    rights: tuple[RightToReply, ...]
    contact: str
    decider: str
    making: Making


def draft_queries(
    round: Round,
    form: Form,
    provider: str,
    dossiers: tuple[Dossier, ...],
    stamp: Stamp,
    *,
    reply_by: datetime,
    right_to_reply_by: datetime,
    contact: str = "officer",
    decider: str = "chief_executive",
) -> Queries:
    """The list for `provider`, whose bids `dossiers` are, with the findings a provider can answer.

    A right to reply that already runs keeps its end; one that starts with this document ends at `right_to_reply_by`.
    `contact` and `decider` are role ids of the round.
    """
    bids = tuple(_number(tuple(_unnumbered(round, form, each) for each in dossiers)))
    return Queries(
        authority=round.authority,
        round=round.title,
        funder=round.funder,
        provider=provider,
        bid_word=round.wording.get("bid", "bid"),
        bids=bids,
        count=sum(len(bid.queries) for bid in bids),
        reply_by=show_deadline(reply_by),
        rights=tuple(
            _right(round, form, each, right_to_reply_by) for each in dossiers if each.screening.standing in TO_BE_PUT
        ),
        contact=_person(find_role(round, contact)),
        decider=_person(find_role(round, decider)),
        making=say_making(stamp),
    )


def _person(role: Role) -> str:
    return f"{role.holder}, {role.title}" if role.holder else show_role(role)


def _number(bids: tuple[QueriedBid, ...]) -> Iterator[QueriedBid]:
    first = 1
    for bid in bids:
        numbered = tuple(query.with_changes(number=first + index) for index, query in enumerate(bid.queries))
        first += len(numbered)
        yield bid.with_changes(queries=numbered)


def _unnumbered(round: Round, form: Form, dossier: Dossier) -> QueriedBid:
    bid = dossier.bid
    stream = round.stream(bid.stream)
    received = show_deadline(bid.received) if bid.received else "Not known: please tell us when you sent it"
    return QueriedBid(
        bid=bid.id,
        service=dossier.service_name,
        stream=stream.title if stream else bid.stream,
        file=bid.file_name,
        received=received,
        queries=(*_about_answers(form, dossier), *_about_referrals(round, form, dossier)),
    )


def _about_answers(form: Form, dossier: Dossier) -> Iterator[Query]:
    """One query a question, however many things were noticed about it, in the form's order."""
    for asked in form.asked:
        found = [finding for finding in dossier.findings if finding.question == asked.id]
        if found:
            yield _query(form, asked, dossier, found)


def _query(form: Form, asked: Asked, dossier: Dossier, found: list[Finding]) -> Query:
    return Query(
        number=0,
        question=f"Question {asked.number}: {asked.question.text}",
        says=_says(asked, dossier),
        asks=tuple(dict.fromkeys(_ask(form, asked, finding) for finding in found)),
    )


def _says(asked: Asked, dossier: Dossier) -> str:
    answer = dossier.bid.answer(asked.id)
    if asked.question.sensitivity is Sensitivity.OPEN:
        return end_sentence(shorten(words_of(asked, answer), words=QUOTED_WORDS))
    if answer.value is not None:
        return f"Given in the form, question {asked.number}; not shown here."
    return not_answered(answer)


def _ask(form: Form, asked: Asked, finding: Finding) -> str:
    """The finding's sentence without the question, which stands above it; a sensitive answer is never quoted back."""
    if asked.question.sensitivity is not Sensitivity.OPEN:
        return "Please check this answer in your copy of the form, and send it to us again."
    message = open_message(form, finding)
    labelled = f"Question {asked.label}"
    if message.startswith(f"{labelled}: "):
        rest = message.removeprefix(f"{labelled}: ")
        return rest[:1].upper() + rest[1:]
    return message.replace(labelled, "This question", 1) if message.startswith(labelled) else message


def _about_referrals(round: Round, form: Form, dossier: Dossier) -> Iterator[Query]:
    """A referral that one fact would settle is a question the provider can answer."""
    for verdict in dossier.screening.verdicts:
        if verdict.outcome is Outcome.REFER and verdict.settles:
            facts = "; ".join(f"{fact.name}: {_shown(form, fact)}" for fact in verdict.facts)
            yield Query(
                number=0,
                question=f"A point about the round’s rules: {name_rule(round, verdict)}",
                says=end_sentence(facts) or "The form does not say.",
                asks=(end_sentence(verdict.reason), end_sentence(f"Please tell us: {verdict.settles}")),
            )


def _right(round: Round, form: Form, dossier: Dossier, starts_now: datetime) -> RightToReply:
    against = excluding(dossier.screening.verdicts)
    return RightToReply(
        bid=dossier.bid.id,
        service=dossier.service_name,
        grounds=tuple(_ground(round, form, dossier, verdict) for verdict in against),
        reply_by=show_deadline(dossier.screening.reply_due or starts_now),
    )


def _ground(round: Round, form: Form, dossier: Dossier, verdict: Verdict) -> Ground:
    condition = find_condition(round, verdict)
    numbers = numbers_of_places(form, dossier.bid)
    return Ground(
        rule=name_rule(round, verdict),
        source=end_sentence(condition.source) if condition else "",
        reason=end_sentence(verdict.reason),
        facts=tuple(
            Said(
                name=open_sentence(fact.name),
                says=_shown(form, fact),
                place=_rests_on(condition, fact.place, numbers),
            )
            for fact in verdict.facts
        ),
        change=verdict.settles or what_would_change(round, form, condition),
    )


def _shown(form: Form, fact: Fact) -> str:
    return "as in your form; not shown here" if is_sensitive(form, fact) else fact.says


def _rests_on(condition: Condition | None, place: Place | None, numbers: dict[Place, str]) -> str:
    """The question by its number, as the provider knows it; else the file or the delivery; else what is missing."""
    if place in numbers:
        return f"Question {numbers[place]}"
    if place is not None:
        return place.path or place.file
    return "All the answers below" if isinstance(condition, NationalTest) else "Not among your files"


def what_would_change(round: Round, form: Form, condition: Condition | None) -> str:  # noqa: PLR0911 - one return a condition
    """What a provider could show that would change the recommendation, from the condition's own settings."""
    match condition:
        case NationalTest():
            return (
                "Anything that shows the service is meant for people in this county: for example that it is not open "
                "on the same terms to people anywhere in the country, that at least "
                f"{show_percent(condition.beneficiaries_local)} of the people helped live here, that at least "
                f"{show_percent(condition.money_local)} of the money is spent here, or that a post works only here."
            )
        case AnsweredYes():
            return f"An answer of yes to question {_number_of(form, condition.question)}, with what shows it."
        case DatesWithin():
            window = round.spend_window
            return f"Dates between {show_day(window.start)} and {show_day(window.end)}."
        case ReceivedOnTime():
            return "Proof that it reached us by the deadline, such as your mail system’s record of delivery."
        case RequestWithin():
            least, most = condition.minimum, condition.maximum
            limits = [f"at least {show_money(least)}"] if least is not None else []
            limits += [f"at most {show_money(most)}"] if most is not None else []
            return f"A request of {' and '.join(limits)}."
        case DocumentsPresent():
            return "The documents that are missing, or the reason why you do not have them."
        case None:
            return "Anything that shows one of the facts above to be wrong or incomplete."


def _number_of(form: Form, question: str) -> str:
    asked = asked_by(form, question)
    return asked.label if asked else question
