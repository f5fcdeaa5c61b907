"""Deciding: what is still open and who must act, and the order people decided on. People decide; this lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from commissioning.findings import Severity
from commissioning.model.award import Dossier, OpenItem, Signature
from commissioning.model.form import Form
from commissioning.model.request import requested
from commissioning.model.round import Round
from commissioning.model.screening import Standing
from commissioning.values.record import Record
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
    """Decided to be in the submission, provisionally or not."""
    return outcome_of(dossier) in INCLUDED and not dossier.bid.withdrawn


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
    unassigned: tuple[str, ...] = (),
    reply_by: datetime | None = None,
) -> tuple[OpenItem, ...]:
    """Everything not settled at `now`, each with the role that must act: the round first, then bid by bid.

    `unassigned` are deliveries nobody has assigned; `reply_by` is when replies to the queries are due.
    """
    owners = _Owners(round)
    return (
        *(
            OpenItem(what=f"Delivery {each} is not assigned to a bid.", owner=owners.name(OFFICER))
            for each in unassigned
        ),
        *_pots(round, owners),
        *_ties(round, dossiers, owners),
        *(
            item
            for each in dossiers
            if not each.bid.withdrawn
            for item in _bid_items(form, each, owners, now, reply_by)
        ),
        *(item for each in dossiers if is_included(each) for item in _amounts(round, form, each, owners)),
        *_signatures(round, signatures),
    )


class _Owners:
    """Role titles with their holders; a role the round does not name falls to the first it does."""

    def __init__(self, round: Round) -> None:
        self._names = {role.id: f"{role.title} ({role.holder or 'nobody named yet'})" for role in round.roles}
        self._assessing = [
            self._names.get(body.role, body.name) for body in round.bodies if body.id in round.assessment.bodies
        ]
        self._first = next(iter(self._names.values()), "nobody: the round names no roles")

    def name(self, role: str) -> str:
        return self._names.get(role, self._first)

    def both(self) -> str:
        return " and ".join(dict.fromkeys(self._assessing))


def _pots(round: Round, owners: _Owners) -> Iterator[OpenItem]:
    for pot in round.pots:
        if pot.amount == "unknown":
            yield OpenItem(
                what=f"The amount of {pot.title} ({pot.year}) is not known.",
                owner=owners.name(FINANCE),
            )


def _ties(round: Round, dossiers: tuple[Dossier, ...], owners: _Owners) -> Iterator[OpenItem]:
    """Each tie once, however many pots it shows in."""
    ties = dict.fromkeys(tie for order in decisions_order(round, dossiers) for tie in order.ties)
    for tie in ties:
        what = f"{' and '.join(tie)} have the same priority. Say which comes first."
        yield OpenItem(what=what, owner=owners.name(DECIDER), due=round.deadlines.sign_off.at)


def _bid_items(
    form: Form, dossier: Dossier, owners: _Owners, now: datetime, reply_by: datetime | None
) -> Iterator[OpenItem]:
    if dossier.screening.standing is Standing.EXCLUDED:
        return
    yield from _receipt(dossier, owners)
    yield from _queries(form, dossier, owners, reply_by)
    yield from _screening(dossier, owners, now)
    yield from _confirmations(dossier, owners)
    yield from _outcome(dossier, owners)


def _receipt(dossier: Dossier, owners: _Owners) -> Iterator[OpenItem]:
    bid = dossier.bid
    if bid.received is None:
        what = "Nobody has said when this bid was received."
        yield OpenItem(what=what, owner=owners.name(OFFICER), bid=bid.id)
    if dossier.unplaced:
        count = len(dossier.unplaced)
        what = f"{count} passage{'s' if count > 1 else ''} of the form belong to no question; read and place them."
        yield OpenItem(what=what, owner=owners.name(OFFICER), bid=bid.id)


def _queries(form: Form, dossier: Dossier, owners: _Owners, reply_by: datetime | None) -> Iterator[OpenItem]:
    """Findings a provider can answer are one item a bid: the questions they are about."""
    queried = {each.question for each in dossier.findings if each.severity is not Severity.NOTE}
    numbers = [asked.number for asked in form.asked if asked.id in queried]
    if numbers:
        what = f"Not answered by the provider: question{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}."
        yield OpenItem(what=what, owner=owners.name(OFFICER), bid=dossier.bid.id, due=reply_by)


def _screening(dossier: Dossier, owners: _Owners, now: datetime) -> Iterator[OpenItem]:
    screening, bid = dossier.screening, dossier.bid.id
    match screening.standing:
        case Standing.REFERRED:
            settles = next((each.settles for each in screening.verdicts if each.settles), "")
            what = "Referred: a person must say whether the bid meets the round’s conditions."
            yield OpenItem(what=f"{what} {settles}".strip(), owner=owners.name(DECIDER), bid=bid)
        case Standing.EXCLUSION_PUT:
            what = "Recommended exclusion not yet put to the provider."
            yield OpenItem(what=what, owner=owners.name(OFFICER), bid=bid)
        case Standing.AWAITING_REPLY:
            yield _awaiting(dossier, owners, now)
        case Standing.AWAITING_DECISION:
            what = "Recommended exclusion: confirm it or find the bid eligible."
            yield OpenItem(what=what, owner=owners.name(DECIDER), bid=bid)
        case _:
            return


def _awaiting(dossier: Dossier, owners: _Owners, now: datetime) -> OpenItem:
    due = dossier.screening.reply_due
    if due is not None and due <= now:
        what = f"The right to reply ended on {show_moment(due)} without a reply; a person must decide."
        return OpenItem(what=what, owner=owners.name(DECIDER), bid=dossier.bid.id, due=due)
    what = "Recommended exclusion: the provider may still reply."
    return OpenItem(what=what, owner=owners.name(OFFICER), bid=dossier.bid.id, due=due)


def _confirmations(dossier: Dossier, owners: _Owners) -> Iterator[OpenItem]:
    bid, need = dossier.bid.id, dossier.need
    for cell in need.unconfirmed:
        where = ", ".join(each.replace("_", " ") for each in (cell.area, cell.cohort, cell.service))
        yield OpenItem(what=f"Delivery to {where} is not confirmed.", owner=owners.name(OFFICER), bid=bid)
    for priority in dossier.strategy.unconfirmed:
        what = f"The link to strategy priority {priority} is not confirmed."
        yield OpenItem(what=what, owner=owners.name(OFFICER), bid=bid)
    if need.not_computable and dossier.judgement is None:
        what = f"Need is not computable ({'; '.join(need.not_computable)}); both bodies judge the bid’s own evidence."
        yield OpenItem(what=what, owner=owners.both(), bid=bid)


def _outcome(dossier: Dossier, owners: _Owners) -> Iterator[OpenItem]:
    bid = dossier.bid.id
    if dossier.judgement is None:
        yield OpenItem(what="Not judged by the joint meeting yet.", owner=owners.both(), bid=bid)
    if dossier.decision is None:
        yield OpenItem(what="Not decided yet.", owner=owners.name(DECIDER), bid=bid)
    if is_included(dossier) and priority_of(dossier) is None:
        yield OpenItem(what="Included without an order of priority.", owner=owners.name(DECIDER), bid=bid)


def _amounts(round: Round, form: Form, dossier: Dossier, owners: _Owners) -> Iterator[OpenItem]:
    for each in requested(round, form, dossier.bid):
        if each.amount is None:
            what = f"The amount asked of {round.pot(each.pot).title} in {each.year} is not stated: {each.reason}."
            yield OpenItem(what=what, owner=owners.name(OFFICER), bid=dossier.bid.id)


def _signatures(round: Round, signatures: tuple[Signature, ...]) -> Iterator[OpenItem]:
    due = round.deadlines.sign_off.at
    for each in signatures:
        owner = f"{each.role} ({each.holder or 'nobody named yet'})"
        if each.state == "open":
            yield OpenItem(what="Sign-off is still open.", owner=owner, due=due)
        if each.state == "absent":
            reason = f": {each.reason.rstrip('.')}" if each.reason else ""
            yield OpenItem(what=f"Absent at sign-off{reason}. The signature is wanting.", owner=owner, due=due)
