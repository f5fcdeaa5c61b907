"""Deciding: what is still open and who must act, and the order people decided on. People decide; this lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from commissioning.findings import Severity
from commissioning.model.award import Dossier, OpenItem, Signature
from commissioning.model.cells import say_cells, why_not_computable
from commissioning.model.form import Form
from commissioning.model.need import NeedsAssessment
from commissioning.model.request import requested
from commissioning.model.round import Round
from commissioning.model.screening import Standing
from commissioning.values.record import Record
from commissioning.values.sentences import count_of, end_sentence, listed
from commissioning.values.showing import show_moment

OFFICER, DECIDER, FINANCE = "officer", "chief_executive", "chief_finance_officer"
INCLUDED = frozenset({"include", "include provisionally"})


class Placed(Record):
    """A bid in its pot's order. `tied_with` names the bids of the same priority: people must say which is first."""

    bid: str
    priority: int | None
    provisional: bool
    tied_with: tuple[str, ...] = ()


class PotOrder(Record):
    """The included bids of one pot: by priority, those without one last; ties in the order of their ids, and listed."""

    pot: str
    placed: tuple[Placed, ...]
    ties: tuple[tuple[str, ...], ...]
    without_priority: tuple[str, ...]


def decisions_order(round: Round, dossiers: tuple[Dossier, ...]) -> tuple[PotOrder, ...]:
    """The included bids of every pot of `round`. A tie is listed, never broken."""
    return tuple(_pot_order(round, pot.id, dossiers) for pot in round.pots)


def _pot_order(round: Round, pot: str, dossiers: tuple[Dossier, ...]) -> PotOrder:
    here = [each for each in dossiers if is_included(each) and pot in pots_of(round, each)]
    by_priority: dict[int, list[str]] = defaultdict(list)
    for each in here:
        if (priority := priority_of(each)) is not None:
            by_priority[priority].append(each.bid.id)
    ties = tuple(tuple(sorted(bids)) for _, bids in sorted(by_priority.items()) if len(bids) > 1)
    return PotOrder(
        pot=pot,
        placed=tuple(_placed(each, by_priority) for each in sorted(here, key=_sort_key)),
        ties=ties,
        without_priority=tuple(sorted(each.bid.id for each in here if priority_of(each) is None)),
    )


def _placed(dossier: Dossier, by_priority: dict[int, list[str]]) -> Placed:
    bid, priority = dossier.bid.id, priority_of(dossier)
    others = by_priority[priority] if priority is not None else []
    return Placed(
        bid=bid,
        priority=priority,
        provisional=outcome_of(dossier) == "include provisionally",
        tied_with=tuple(sorted(other for other in others if other != bid)),
    )


def _sort_key(dossier: Dossier) -> tuple[bool, int, str]:
    priority = priority_of(dossier)
    return priority is None, priority or 0, dossier.bid.id


def pots_of(round: Round, dossier: Dossier) -> tuple[str, ...]:
    """The pots a bid's stream draws on."""
    stream = round.stream(dossier.bid.stream)
    return stream.pots if stream else ()


def outcome_of(dossier: Dossier) -> str:
    """The decision's outcome; "" while nobody has decided."""
    return dossier.decision.outcome if dossier.decision else ""


def is_included(dossier: Dossier) -> bool:
    """Decided to be in the submission, provisionally or not, and still standing."""
    return outcome_of(dossier) in INCLUDED and is_standing(dossier)


def priority_of(dossier: Dossier) -> int | None:
    """The priority decided."""
    return dossier.decision.priority if dossier.decision else None


def open_items(
    round: Round,
    form: Form,
    dossiers: tuple[Dossier, ...],
    signatures: tuple[Signature, ...],
    now: datetime,
    *,
    assessment: NeedsAssessment,
    unassigned: tuple[str, ...] = (),
    reply_by: datetime | None = None,
) -> tuple[OpenItem, ...]:
    """Everything not settled at `now`, each with the role that must act: the round first, then bid by bid.

    `unassigned` are deliveries nobody has assigned; `reply_by` is when replies to the queries are due. What has no
    date of its own is due by the sign-off. A bid decided “not include” leaves open only what was never read of it.
    """
    desk = _Desk(round, form, assessment, now, reply_by)
    items = (
        *(
            OpenItem(what=f"Delivery {each} is not assigned to a bid.", owner=desk.owner(OFFICER))
            for each in unassigned
        ),
        *_pots(desk),
        *_ties(desk, dossiers),
        *(item for each in dossiers if is_standing(each) for item in _bid_items(desk, each)),
        *(item for each in dossiers if is_included(each) for item in _amounts(desk, each)),
        *_signatures(signatures),
    )
    due = round.deadlines.sign_off.at
    return tuple(item if item.due else item.with_changes(due=due) for item in items)


def is_standing(dossier: Dossier) -> bool:
    """Neither withdrawn nor excluded."""
    return not dossier.bid.withdrawn and dossier.screening.standing is not Standing.EXCLUDED


class _Desk:
    """What every item is reckoned from, and who owns it; a role the round does not name falls to the first it does."""

    def __init__(
        self, round: Round, form: Form, assessment: NeedsAssessment, now: datetime, reply_by: datetime | None
    ) -> None:
        self.round, self.form, self.assessment = round, form, assessment
        self.now, self.reply_by = now, reply_by
        self._names = {role.id: f"{role.title} ({role.holder or 'nobody named yet'})" for role in round.roles}
        self._first = next(iter(self._names.values()), "nobody: the round names no roles")

    def owner(self, role: str) -> str:
        return self._names.get(role, self._first)

    def bodies(self) -> str:
        """The assessing bodies together; the documents say once who they are."""
        names = [body.name for body in self.round.bodies if body.id in self.round.assessment.bodies]
        match len(names):
            case 1:
                return names[0]
            case 2:
                return "Both bodies"
            case _:
                return "Every assessing body"


def _pots(desk: _Desk) -> Iterator[OpenItem]:
    for pot in desk.round.pots:
        if pot.amount == "unknown":
            yield OpenItem(what=f"The amount of {pot.title} ({pot.year}) is not known.", owner=desk.owner(FINANCE))


def _ties(desk: _Desk, dossiers: tuple[Dossier, ...]) -> Iterator[OpenItem]:
    """Each tie once, however many pots it shows in."""
    ties = dict.fromkeys(tie for order in decisions_order(desk.round, dossiers) for tie in order.ties)
    for tie in ties:
        yield OpenItem(what=f"{listed(tie)} have the same priority. Say which comes first.", owner=desk.owner(DECIDER))


def _bid_items(desk: _Desk, dossier: Dossier) -> Iterator[OpenItem]:
    yield from _receipt(desk, dossier)
    if outcome_of(dossier) == "not include":
        return
    yield from _queries(desk, dossier)
    yield from _screening(desk, dossier)
    yield from _confirmations(desk, dossier)
    yield from _outcome(desk, dossier)


def _receipt(desk: _Desk, dossier: Dossier) -> Iterator[OpenItem]:
    bid = dossier.bid
    if bid.received is None:
        what = "Nobody has said when this bid was received."
        yield OpenItem(what=what, owner=desk.owner(OFFICER), bid=bid.id)
    if count := len(dossier.unplaced):
        passages = count_of(count, "passage", "passages")
        what = (
            f"{passages} of the form, or of the e-mail it came with, {'belongs' if count == 1 else 'belong'} to no "
            f"question; read and place {'it' if count == 1 else 'them'}."
        )
        yield OpenItem(what=what, owner=desk.owner(OFFICER), bid=bid.id)


def _queries(desk: _Desk, dossier: Dossier) -> Iterator[OpenItem]:
    """Findings a provider can answer are one item a bid: the questions they are about."""
    queried = {each.question for each in dossier.findings if each.severity is not Severity.NOTE}
    numbers = [asked.number for asked in desk.form.asked if asked.id in queried]
    if numbers:
        questions = "question" if len(numbers) == 1 else "questions"
        what = f"To be put right by the provider: {questions} {listed(numbers)}."
        yield OpenItem(what=what, owner=desk.owner(OFFICER), bid=dossier.bid.id, due=desk.reply_by)


def _screening(desk: _Desk, dossier: Dossier) -> Iterator[OpenItem]:
    screening, bid = dossier.screening, dossier.bid.id
    match screening.standing:
        case Standing.REFERRED:
            settles = next((each.settles for each in screening.verdicts if each.settles), "")
            fact = f" What would settle it: {end_sentence(settles)}" if settles else ""
            what = f"Referred: a person must say whether the bid meets the round’s conditions.{fact}"
            yield OpenItem(what=what, owner=desk.owner(DECIDER), bid=bid)
        case Standing.EXCLUSION_PUT:
            what = "Recommended exclusion not yet put to the provider."
            yield OpenItem(what=what, owner=desk.owner(OFFICER), bid=bid)
        case Standing.AWAITING_REPLY:
            yield _awaiting(desk, dossier)
        case Standing.AWAITING_DECISION:
            what = "Recommended exclusion: confirm it or find the bid eligible."
            yield OpenItem(what=what, owner=desk.owner(DECIDER), bid=bid)
        case _:
            return


def _awaiting(desk: _Desk, dossier: Dossier) -> OpenItem:
    due = dossier.screening.reply_due
    if due is not None and due <= desk.now:
        what = f"The right to reply ended on {show_moment(due)} without a reply; a person must decide."
        return OpenItem(what=what, owner=desk.owner(DECIDER), bid=dossier.bid.id)
    what = "Recommended exclusion: the provider may still reply."
    return OpenItem(what=what, owner=desk.owner(OFFICER), bid=dossier.bid.id, due=due)


def _confirmations(desk: _Desk, dossier: Dossier) -> Iterator[OpenItem]:
    """One item a bid for all its deliveries, one for all its links, and one when its need cannot be computed."""
    bid, need = dossier.bid.id, dossier.need
    if need.unconfirmed:
        what = f"Delivery not confirmed: {say_cells(desk.assessment, need.unconfirmed)}."
        yield OpenItem(what=what, owner=desk.owner(OFFICER), bid=bid)
    if dossier.strategy.unconfirmed:
        what = f"Links to the strategy not confirmed: {'; '.join(dossier.strategy.unconfirmed)}."
        yield OpenItem(what=what, owner=desk.owner(OFFICER), bid=bid)
    if need.not_computable and dossier.judgement is None:
        yield OpenItem(what=why_not_computable(desk.assessment, need), owner=desk.bodies(), bid=bid)


def _outcome(desk: _Desk, dossier: Dossier) -> Iterator[OpenItem]:
    bid = dossier.bid.id
    if dossier.judgement is None:
        yield OpenItem(what="Not judged by the joint meeting yet.", owner=desk.bodies(), bid=bid)
    if dossier.decision is None:
        yield OpenItem(what="Not decided yet.", owner=desk.owner(DECIDER), bid=bid)
    if is_included(dossier) and priority_of(dossier) is None:
        yield OpenItem(what="Included without an order of priority.", owner=desk.owner(DECIDER), bid=bid)


def _amounts(desk: _Desk, dossier: Dossier) -> Iterator[OpenItem]:
    for each in requested(desk.round, desk.form, dossier.bid):
        if each.amount is None:
            pot = desk.round.pot(each.pot).title
            what = end_sentence(f"The amount asked of {pot} in {each.year} is not stated: {each.reason}")
            yield OpenItem(what=what, owner=desk.owner(OFFICER), bid=dossier.bid.id)


def _signatures(signatures: tuple[Signature, ...]) -> Iterator[OpenItem]:
    for each in signatures:
        owner = f"{each.role} ({each.holder or 'nobody named yet'})"
        if each.state == "open":
            yield OpenItem(what="Sign-off is still open.", owner=owner)
        if each.state == "absent":
            reason = end_sentence(f"Absent at sign-off{f': {each.reason}' if each.reason else ''}")
            yield OpenItem(what=f"{reason} The signature is wanting.", owner=owner)
