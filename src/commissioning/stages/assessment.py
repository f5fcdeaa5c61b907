"""Assessment: every bid checked, screened and weighed against need and strategy, beside what people have said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from commissioning.edge.workspace import Transaction, Workspace
from commissioning.errors import CommissioningError, EvidenceError
from commissioning.findings import Finding
from commissioning.model.act import (
    Clarified,
    ConfidenceConfirmed,
    Corrected,
    Decided,
    Entry,
    InterestDeclared,
    Issued,
    Judged,
    LinkConfirmed,
    PassagesRead,
    Replied,
    ScreeningDecided,
    Sent,
)
from commissioning.model.award import Decision, Dossier, Interest, Judgement
from commissioning.model.bid import Bid, LedgerLine, Read
from commissioning.model.form import Asked, Kind
from commissioning.model.need import CellId, Confidence
from commissioning.model.screening import (
    Screening,
    ScreeningDecision,
    ScreeningPeople,
    Verdict,
    excluding,
    to_be_answered,
)
from commissioning.model.strategy import Level, Link
from commissioning.stages import intake
from commissioning.stages.bids import ReadBid, bids, passage_of
from commissioning.stages.opened import Opened, extensions, late_decision, open_round
from commissioning.steps.checking import check
from commissioning.steps.needs import CONFIDENCES, score_bid
from commissioning.steps.screening import apply_conditions, decision_faults, is_override, screen
from commissioning.steps.strategy import links_of, score_strategy, with_confirmations
from commissioning.values.working_time import add_working

EXCLUSION = "exclusion"
"""The option of an issued queries document of what it puts: "B04 answered_yes:free/free; B07 national_test/R3"."""
NEXT_LINE = "; "


def dossiers(opened: Opened, reads: Mapping[str, Read]) -> tuple[Dossier, ...]:
    """Everything known about every bid, in the order of their numbers."""
    return tuple(dossier(opened, read_bid) for read_bid in bids(opened, reads))


def dossier(opened: Opened, read_bid: ReadBid) -> Dossier:
    """Everything known about one bid: steps over the bid, with what people have done beside."""
    bid = read_bid.bid
    links = links_of(bid)
    confirmed = with_confirmations(links.value, link_confirmations(opened, bid.id))
    need = score_bid(bid, confidences=confidences(opened, bid.id), assessment=opened.needs)
    checked = check(opened.round, opened.form, bid) if read_bid.says_something else ()
    return Dossier(
        bid=bid,
        provider_name=bid.text("organisation_name") or bid.provider,
        service_name=bid.text("service_name"),
        findings=once((*read_bid.findings, *checked, *need.findings, *links.findings)),
        unplaced=read_bid.unplaced,
        screening=screen(opened.round, bid, people=people(opened, bid)),
        need=need.value,
        strategy=score_strategy(bid.id, links=confirmed, strategy=opened.strategy),
        interests=interests(opened, bid.id),
        judgement=judgement(opened, bid.id),
        decision=decision(opened, bid.id),
    )


def once(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings, each said once."""
    return tuple(dict.fromkeys(findings))


def look(workspace: Workspace, round_id: str) -> tuple[Opened, tuple[Dossier, ...]]:
    """The round and its dossiers as they stand; what has not been read yet is read first, which needs the lock."""
    with workspace.reading() as connection:
        opened = open_round(workspace, connection, round_id)
        reads = intake.recall_reads(connection, opened)
    if any(file.sha256 not in reads for file in intake.delivered_files(opened)):
        reads = dict(intake.read(workspace, round_id).reads)
    return opened, dossiers(opened, reads)


def look_within(change: Transaction, round_id: str) -> tuple[Opened, tuple[Dossier, ...]]:
    """As `look`, in a change that is open, with what it has recorded so far."""
    opened = open_round(change.workspace, change.connection, round_id)
    return opened, dossiers(opened, intake.read_missing(change, opened).reads)


def find_dossier(found: tuple[Dossier, ...], bid: str) -> Dossier:
    """The dossier of this bid; EvidenceError naming those there are."""
    for each in found:
        if each.bid.id == bid:
            return each
    some = ", ".join(each.bid.id for each in found) or "none yet: see `assign`"
    raise EvidenceError(f"There is no bid “{bid}” in this round. Bids: {some}.")


# What people did, bid by bid


def people(opened: Opened, bid: Bid) -> ScreeningPeople:
    """What people have done about one bid, as screening needs to know it, with when its exclusion was put."""
    done = _people_apart_from_sending(opened, bid.id)
    put_at = exclusion_put(opened, bid.id, excluding(apply_conditions(opened.round, bid, people=done)))
    if put_at is None:
        return done
    period, hours = opened.round.right_to_reply, opened.round.working_time
    return done.with_changes(put_at=put_at, reply_due=add_working(put_at, period, hours))


def _people_apart_from_sending(opened: Opened, bid: str) -> ScreeningPeople:
    more_time = extensions(opened)
    replies = [(entry, act) for entry, act in opened.acts(Replied) if act.bid == bid]
    decided = [(entry, act) for entry, act in opened.acts(ScreeningDecided) if act.bid == bid]
    return ScreeningPeople(
        now=opened.now,
        extension=more_time.get(""),
        extensions={provider: until for provider, until in more_time.items() if provider},
        late=late_decision(opened, bid),
        reply=replies[-1][1].text if replies else "",
        replied_at=replies[-1][0].at if replies else None,
        decision=_screening_decision(*decided[-1]) if decided else None,
    )


def _screening_decision(entry: Entry, act: ScreeningDecided) -> ScreeningDecision:
    return ScreeningDecision(
        excluded=act.excluded,
        overrides=act.overrides,
        by=entry.actor,
        at=entry.at,
        reason=entry.reason,
        answers=act.answers,
    )


def exclusion_put(opened: Opened, bid: str, grounds: tuple[Verdict, ...]) -> datetime | None:
    """When the last of `grounds` was first put to the provider in a queries document that was sent.

    None while one of them never was, or when there is none.
    """
    first_put = [_first_put(opened, exclusion_line(bid, ground)) for ground in grounds]
    times = [put_at for put_at in first_put if put_at is not None]
    return max(times) if times and len(times) == len(grounds) else None


def _first_put(opened: Opened, line: str) -> datetime | None:
    putting = {
        (act.document, act.version)
        for _, act in opened.acts(Issued)
        if line in act.options.get(EXCLUSION, "").split(NEXT_LINE)
    }
    return min((act.sent for _, act in opened.acts(Sent) if (act.document, act.version) in putting), default=None)


def exclusion_option(found: tuple[Dossier, ...]) -> dict[str, str]:
    """The option that says which grounds a queries document puts for which of these bids; empty when none."""
    lines = (exclusion_line(each.bid.id, ground) for each in found for ground in excluding(each.screening.verdicts))
    option = NEXT_LINE.join(lines)
    return {EXCLUSION: option} if option else {}


def exclusion_line(bid: str, ground: Verdict) -> str:
    """One ground on one bid, as `EXCLUSION` lists it."""
    return f"{bid} {ground.ground}"


def confidences(opened: Opened, bid: str) -> tuple[Confidence, ...]:
    """Delivery confidences that people confirmed, earliest first."""
    return tuple(
        Confidence(cell=act.cell, confidence=act.confidence, place=act.place, reason=entry.reason, by=entry.actor)
        for entry, act in opened.acts(ConfidenceConfirmed)
        if act.bid == bid
    )


def link_confirmations(opened: Opened, bid: str) -> tuple[Link, ...]:
    """Strategy links that people confirmed, earliest first."""
    return tuple(
        Link(priority=act.priority, claim="", level=act.level, cited=act.place, reason=entry.reason, by=entry.actor)
        for entry, act in opened.acts(LinkConfirmed)
        if act.bid == bid
    )


def interests(opened: Opened, bid: str) -> tuple[Interest, ...]:
    """What people declared about this bid, or about all ("none")."""
    return tuple(
        Interest(person=act.person, body=act.body, interest=act.interest)
        for _, act in opened.acts(InterestDeclared)
        if act.bid in ("", bid)
    )


def judgement(opened: Opened, bid: str) -> Judgement | None:
    """The joint meeting's last word on a bid."""
    found = [(entry, act) for entry, act in opened.acts(Judged) if act.bid == bid]
    if not found:
        return None
    entry, act = found[-1]
    return Judgement(
        judgements=act.judgements,
        recommendation=act.recommendation,
        priority=act.priority,
        reason=entry.reason,
        present=act.present,
        at=entry.at,
        act=entry.number,
    )


def decision(opened: Opened, bid: str) -> Decision | None:
    """The last decision on a bid."""
    found = [(entry, act) for entry, act in opened.acts(Decided) if act.bid == bid]
    if not found:
        return None
    entry, act = found[-1]
    return Decision(
        outcome=act.outcome, priority=act.priority, reason=entry.reason, by=entry.actor, at=entry.at, act=entry.number
    )


# What people say


def passages_read(
    workspace: Workspace, round_id: str, bid: str, *, reason: str, dry_run: bool = False
) -> tuple[LedgerLine, ...]:
    """Record that a person read every unplaced passage of a bid and that they answer no question; return them."""
    with workspace.transaction(dry_run=dry_run) as change:
        opened, found = look_within(change, round_id)
        dossier = find_dossier(found, bid)
        if dossier.unplaced:
            act = PassagesRead(bid=bid, passages=tuple(map(passage_of, dossier.unplaced)))
            intake.record_within(change, opened, act, subject=bid, reason=reason)
    return dossier.unplaced


def amend_answer(
    workspace: Workspace, round_id: str, act: Corrected | Clarified, *, reason: str, dry_run: bool = False
) -> tuple[int, Dossier, str]:
    """Record new words for an answer or a cell; return the act's number, the bid as it then is, and the question's id.

    The question may be named by its id or its number.
    """
    with workspace.transaction(dry_run=dry_run) as change:
        opened, found = look_within(change, round_id)
        find_dossier(found, act.bid)
        asked = find_question(opened, act.question)
        check_cell(asked, act.row, act.column)
        named = act.with_changes(question=asked.id)
        entry = intake.record_within(change, opened, named, subject=act.bid, reason=reason)
        return entry.number, find_dossier(look_within(change, round_id)[1], act.bid), asked.id


def find_question(opened: Opened, question: str) -> Asked:
    """The question of this id or number; EvidenceError if the form does not ask it."""
    for asked in opened.form.asked:
        if question in (asked.id, asked.number):
            return asked
    some = ", ".join(f"{asked.number} {asked.id}" for asked in opened.form.asked)
    raise EvidenceError(f"The form asks no question “{question}”. It asks: {some}.")


def check_cell(asked: Asked, row: str, column: str) -> None:
    """Refuse a row or column that the question does not have: a table needs both, any other question neither."""
    question = asked.question
    if question.kind is not Kind.TABLE:
        if row or column:
            raise EvidenceError(f"Question {asked.label} is not a table. Leave --row and --column out.")
        return
    columns, rows = [each.id for each in question.columns], [each.id for each in question.rows]
    if column not in columns:
        raise EvidenceError(f"Question {asked.label} is a table. Give --column as one of: {', '.join(columns)}.")
    if rows and row not in rows:
        raise EvidenceError(f"Question {asked.label} is a table. Give --row as one of: {', '.join(rows)}.")
    if not rows and not (row.isdecimal() and int(row)):
        raise EvidenceError(f"Question {asked.label} is a table. Give --row as the number of the row, from 1.")


def record_reply(workspace: Workspace, round_id: str, bid: str, *, text: str, reason: str) -> Entry:
    """Record a provider's reply to a recommended exclusion; refused where none was put to them."""
    with workspace.transaction() as change:
        _, found = look_within(change, round_id)
        if find_dossier(found, bid).screening.reply_due is None:
            raise EvidenceError(
                f"No recommended exclusion of {bid} was put to its provider, so this answers none. An answer to a "
                f"question is a clarification: commissioning clarify {round_id} {bid}."
            )
        return change.record(Replied(bid=bid, text=text), round=round_id, subject=bid, reason=reason)


def decide_screening(workspace: Workspace, round_id: str, bid: str, *, exclude: bool, reason: str) -> Screening:
    """Record a person's exclusion, or finding of eligibility, and return where the bid then stands.

    Refused when it could not hold: without a reason, against the rule without 50 characters of it, or to exclude
    before the provider could reply to every ground.
    """
    who, now = workspace.who(), workspace.now
    with workspace.transaction() as change:
        opened, found = look_within(change, round_id)
        dossier = find_dossier(found, bid)
        verdicts = dossier.screening.verdicts
        overrides = is_override(dossier.screening.outcome, excluded=exclude)
        act = ScreeningDecided(bid=bid, excluded=exclude, overrides=overrides, answers=to_be_answered(verdicts))
        made = ScreeningDecision(
            excluded=exclude, overrides=overrides, by=who, at=now, reason=reason, answers=act.answers
        )
        faults = decision_faults(verdicts, made, people(opened, dossier.bid))
        if faults:
            raise CommissioningError(f"{bid}: this decision would not hold. {' '.join(faults)}")
        intake.record_within(change, opened, act, subject=bid, reason=reason)
        return find_dossier(look_within(change, round_id)[1], bid).screening


def confirm_confidence(
    workspace: Workspace, round_id: str, bid: str, *, cell: CellId, confidence: Decimal, place: str, reason: str
) -> Dossier:
    """Record that delivery in a cell is evidenced to this degree at this place, and return the bid as it then is."""
    if confidence not in CONFIDENCES:
        degrees = "; ".join(f"{degree}: {meaning}" for degree, meaning in CONFIDENCES.items())
        raise EvidenceError(f"{confidence} is not a degree of delivery confidence. The degrees: {degrees}.")
    with workspace.transaction() as change:
        opened, found = look_within(change, round_id)
        aimed_at = [score.cell for score in find_dossier(found, bid).need.cells]
        if cell not in aimed_at:
            aims = ", ".join(map(str, aimed_at)) or "nothing"
            raise EvidenceError(f"{bid} does not aim at {cell}. It aims at: {aims}.")
        act = ConfidenceConfirmed(bid=bid, cell=cell, confidence=confidence, place=place)
        intake.record_within(change, opened, act, subject=bid, reason=reason)
        return find_dossier(look_within(change, round_id)[1], bid)


def confirm_link(
    workspace: Workspace, round_id: str, bid: str, *, priority: str, level: Level, place: str, reason: str
) -> Dossier:
    """Record what the evidence shows of a declared link, and return the bid as it then is."""
    with workspace.transaction() as change:
        opened, found = look_within(change, round_id)
        declared = [link.priority for link in find_dossier(found, bid).strategy.links]
        if priority not in declared:
            some = ", ".join(declared) or "none"
            raise EvidenceError(f"{bid} declares no link to “{priority}”. It declares: {some}.")
        act = LinkConfirmed(bid=bid, priority=priority, level=level, place=place)
        intake.record_within(change, opened, act, subject=bid, reason=reason)
        return find_dossier(look_within(change, round_id)[1], bid)
