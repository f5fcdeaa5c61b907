"""Deciding: what is still open and who must act, and the order people decided on. People decide; this lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from commissioning.findings import Severity
from commissioning.model.award import Dossier, OpenItem, Signature, is_included, is_standing, priority_of
from commissioning.model.cells import say_cells, why_not_computable
from commissioning.model.form import Form
from commissioning.model.need import NeedsAssessment
from commissioning.model.request import requested
from commissioning.model.round import Round
from commissioning.model.screening import Standing
from commissioning.values.sentences import count_of, end_sentence, listed
from commissioning.values.showing import show_moment

OFFICER, DECIDER, FINANCE = "officer", "chief_executive", "chief_finance_officer"


def find_ties(round: Round, dossiers: tuple[Dossier, ...]) -> tuple[tuple[str, ...], ...]:
    """The included bids of the same pot and priority, each tie once, however many pots it shows in. None is broken."""
    ties = (tie for pot in round.pots for tie in _ties_of(round, pot.id, dossiers))
    return tuple(dict.fromkeys(ties))


def _ties_of(round: Round, pot: str, dossiers: tuple[Dossier, ...]) -> Iterator[tuple[str, ...]]:
    by_priority: dict[int, list[str]] = defaultdict(list)
    for each in dossiers:
        priority = priority_of(each)
        if priority is not None and is_included(each) and pot in pots_of(round, each):
            by_priority[priority].append(each.bid.id)
    for _, bids in sorted(by_priority.items()):
        if len(bids) > 1:
            yield tuple(sorted(bids))


def pots_of(round: Round, dossier: Dossier) -> tuple[str, ...]:
    """The pots a bid's stream draws on."""
    stream = round.stream(dossier.bid.stream)
    return stream.pots if stream else ()


def say_stale_decision(dossier: Dossier, changed: Mapping[str, int]) -> str:
    """That a bid was decided before what `changed` says was done to it last; "" when the decision came after."""
    return _say_stale(dossier, "decided", dossier.decision.act, changed) if dossier.decision else ""


def say_stale_judgement(dossier: Dossier, changed: Mapping[str, int]) -> str:
    """As for a decision; a decision taken since, in view of the change, settles the judgement too."""
    settled = dossier.decision is not None and not say_stale_decision(dossier, changed)
    if dossier.judgement is None or settled:
        return ""
    return _say_stale(dossier, "judged", dossier.judgement.act, changed)


def _say_stale(dossier: Dossier, done: str, act: int, changed: Mapping[str, int]) -> str:
    bid = dossier.bid.id
    last = changed.get(bid, 0)
    if act >= last:
        return ""
    return (
        f"{bid} was {done} before its form of record, an answer or its screening changed (act {last}); "
        "say whether it stands."
    )


def say_stale_signature(signature: Signature, dossiers: tuple[Dossier, ...], changed: Mapping[str, int]) -> str:
    """That a role signed before a bid changed or was decided; "" when nothing happened since, or nobody signed."""
    if signature.state != "signed":
        return ""
    last = {each.bid.id: _last_act(each, changed) for each in dossiers if not each.bid.withdrawn}
    since = {bid: act for bid, act in last.items() if act > signature.act}
    if not since:
        return ""
    what = listed(tuple(f"{bid} (act {act})" for bid, act in since.items()))
    return f"{signature.role} signed before {what} changed or was decided; say whether the signature stands."


def _last_act(dossier: Dossier, changed: Mapping[str, int]) -> int:
    return max(changed.get(dossier.bid.id, 0), dossier.decision.act if dossier.decision else 0)


def open_items(
    round: Round,
    form: Form,
    dossiers: tuple[Dossier, ...],
    signatures: tuple[Signature, ...],
    now: datetime,
    *,
    assessment: NeedsAssessment,
    unassigned: tuple[str, ...] = (),
    replies: Mapping[str, datetime] = MappingProxyType({}),
    changed: Mapping[str, int] = MappingProxyType({}),
) -> tuple[OpenItem, ...]:
    """Everything not settled at `now`, each with the role that must act: the round first, then bid by bid.

    `unassigned` are deliveries nobody has assigned; `replies` says by bid when the replies to its queries are due,
    and holds no bid whose queries were never sent; `changed` is, by bid, the number of the last act that changed its
    form of record, an answer or its screening. What has no date of its own is due by the sign-off. A bid decided “not
    include” leaves open only what was never read of it, and whether that decision stands.
    """
    desk = _Desk(round, form, assessment, now=now, replies=replies, changed=changed)
    items = (
        *(
            OpenItem(what=f"Delivery {each} is not assigned to a bid.", owner=desk.owner(OFFICER))
            for each in unassigned
        ),
        *_pots(desk),
        *(
            OpenItem(what=f"{listed(tie)} have the same priority. Say which comes first.", owner=desk.owner(DECIDER))
            for tie in find_ties(round, dossiers)
        ),
        *(item for each in dossiers if is_standing(each) for item in _bid_items(desk, each)),
        *(item for each in dossiers if is_included(each) for item in _amounts(desk, each)),
        *_signatures(signatures, dossiers, changed),
    )
    due = round.deadlines.sign_off.at
    return tuple(item if item.due else item.with_changes(due=due) for item in items)


class _Desk:
    """What every item is reckoned from, and who owns it; a role the round does not name falls to the first it does."""

    def __init__(
        self,
        round: Round,
        form: Form,
        assessment: NeedsAssessment,
        *,
        now: datetime,
        replies: Mapping[str, datetime],
        changed: Mapping[str, int],
    ) -> None:
        self.round, self.form, self.assessment = round, form, assessment
        self.now, self.replies, self.changed = now, replies, changed
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


def _bid_items(desk: _Desk, dossier: Dossier) -> Iterator[OpenItem]:
    yield from _receipt(desk, dossier)
    yield from _stale(desk, dossier)
    if dossier.decision is not None and dossier.decision.outcome == "not include":
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


def _stale(desk: _Desk, dossier: Dossier) -> Iterator[OpenItem]:
    """What people said of the bid before it became what it is now."""
    if what := say_stale_judgement(dossier, desk.changed):
        yield OpenItem(what=what, owner=desk.bodies(), bid=dossier.bid.id)
    if what := say_stale_decision(dossier, desk.changed):
        yield OpenItem(what=what, owner=desk.owner(DECIDER), bid=dossier.bid.id)


def _queries(desk: _Desk, dossier: Dossier) -> Iterator[OpenItem]:
    """Findings a provider can answer are one item a bid: the questions they are about."""
    queried = {each.question for each in dossier.findings if each.severity is not Severity.NOTE}
    numbers = [asked.number for asked in desk.form.asked if asked.id in queried]
    if numbers:
        questions = "question" if len(numbers) == 1 else "questions"
        due = desk.replies.get(dossier.bid.id)
        what = f"To be put right by the provider: {questions} {listed(numbers)}{'' if due else '; not sent yet'}."
        yield OpenItem(what=what, owner=desk.owner(OFFICER), bid=dossier.bid.id, due=due)


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


def _signatures(
    signatures: tuple[Signature, ...], dossiers: tuple[Dossier, ...], changed: Mapping[str, int]
) -> Iterator[OpenItem]:
    for each in signatures:
        owner = f"{each.role} ({each.holder or 'nobody named yet'})"
        if what := say_stale_signature(each, dossiers, changed):
            yield OpenItem(what=what, owner=owner)
        if each.state == "open":
            yield OpenItem(what="Sign-off is still open.", owner=owner)
        if each.state == "absent":
            reason = end_sentence(f"Absent at sign-off{f': {each.reason}' if each.reason else ''}")
            yield OpenItem(what=f"{reason} The signature is wanting.", owner=owner)
