"""Award: what people decide on each bid, who signs, and what is still open with whom."""

from __future__ import annotations

from datetime import datetime

from commissioning.edge.workspace import Workspace
from commissioning.findings import Finding, Severity
from commissioning.model.act import (
    Assigned,
    Clarified,
    Corrected,
    Decided,
    Entry,
    Issued,
    ScreeningDecided,
    Sent,
    SetAside,
    Signed,
)
from commissioning.model.award import Dossier, OpenItem, Recommendation, Signature, is_standing
from commissioning.model.screening import Standing
from commissioning.stages import intake
from commissioning.stages.assessment import find_dossier, look_within
from commissioning.stages.opened import Opened, deliveries, settled_files
from commissioning.steps.deciding import open_items, say_stale_decision, say_stale_signature
from commissioning.values.working_time import add_working

QUERIES = "queries/"
"""The documents put to providers are named `queries/<provider>`."""


def decide(
    workspace: Workspace, round_id: str, bid: str, *, outcome: Recommendation, priority: int | None, reason: str
) -> tuple[Finding, ...]:
    """Record one decision. What it leaves to be explained comes back as findings; it is recorded all the same."""
    with workspace.transaction() as change:
        opened, found = look_within(change, round_id)
        dossier = find_dossier(found, bid)
        act = Decided(bid=bid, outcome=outcome, priority=priority if outcome != "not include" else None)
        intake.record_within(change, opened, act, subject=bid, reason=reason)
    return remarks(dossier, outcome, priority)


def decide_from_grid(workspace: Workspace, round_id: str, *, reason: str) -> tuple[list[Dossier], tuple[Finding, ...]]:
    """Record as decisions what the joint meeting recommended and nobody has decided since, by the person named."""
    findings: list[Finding] = []
    decided: list[Dossier] = []
    with workspace.transaction() as change:
        opened, found = look_within(change, round_id)
        for each in found:
            said = each.judgement
            if said is None or (each.decision and each.decision.act > said.act):
                continue
            act = Decided(bid=each.bid.id, outcome=said.recommendation, priority=said.priority)
            intake.record_within(change, opened, act, subject=each.bid.id, reason=reason or said.reason)
            findings += remarks(each, act.outcome, act.priority)
            decided.append(each)
    return decided, tuple(findings)


def remarks(dossier: Dossier, outcome: Recommendation, priority: int | None) -> tuple[Finding, ...]:
    """What a decision leaves to be explained: an excluded or withdrawn bid included, a referral, no priority."""
    bid, standing = dossier.bid.id, dossier.screening.standing
    included = outcome != "not include"
    said = []
    if included and dossier.bid.withdrawn:
        said.append(f"{bid} was withdrawn by its provider.")
    if included and standing is Standing.EXCLUDED:
        said.append(f"{bid} was excluded by {dossier.screening.decided_by}. Reverse that first, with a reason.")
    if outcome == "include" and standing is not Standing.ELIGIBLE and standing is not Standing.EXCLUDED:
        said.append(f"{bid} stands as “{standing}”. Include it provisionally, or settle that first.")
    if included and priority is None:
        said.append(f"{bid} has no place in the order of priority.")
    return tuple(Finding(code="decision-unsupported", severity=Severity.WARNING, message=each) for each in said)


def sign(workspace: Workspace, round_id: str, role: str, *, name: str, absent: bool, reason: str) -> Entry:
    """Record that a role signed off the submission, or that its holder was absent."""
    return intake.record(workspace, round_id, Signed(role=role, name=name, absent=absent), subject=role, reason=reason)


def signatures(opened: Opened) -> tuple[Signature, ...]:
    """The sign-off sheet: every role that must sign, and where it stands."""
    roles = {role.id: role for role in opened.round.roles}
    last = {act.role: (entry, act) for entry, act in opened.acts(Signed)}
    sheet = []
    for role_id in opened.round.sign_off:
        role = roles[role_id]
        if role_id not in last:
            sheet.append(Signature(role=role.title, holder=role.holder, state="open"))
            continue
        entry, act = last[role_id]
        sheet.append(
            Signature(
                role=role.title,
                holder=role.holder,
                state="absent" if act.absent else "signed",
                name=act.name,
                at=entry.at,
                reason=entry.reason,
                act=entry.number,
            )
        )
    return tuple(sheet)


def still_open(opened: Opened, found: tuple[Dossier, ...]) -> tuple[OpenItem, ...]:
    """Everything not settled, each with the role that must act."""
    settled = settled_files(opened)
    unassigned = tuple(
        delivery.delivery
        for delivery in deliveries(opened)
        if any(
            (delivery.delivery, file.sha256) not in settled
            for file in delivery.files
            if file.kind != "e-mail" or len(delivery.files) == 1
        )
    )
    return open_items(
        opened.round,
        opened.form,
        found,
        signatures(opened),
        opened.now,
        assessment=opened.needs,
        unassigned=unassigned,
        replies=replies_due(opened),
        changed=last_changes(opened),
    )


def unfinished(opened: Opened, found: tuple[Dossier, ...]) -> tuple[str, ...]:
    """What keeps a pack from being final, in sentences.

    Bids without a decision that still holds or included before their screening is settled, and roles that have not
    signed what is now decided.
    """
    standing, sheet, changed = tuple(filter(is_standing, found)), signatures(opened), last_changes(opened)
    undecided = [each.bid.id for each in standing if not each.decision]
    unsigned = [each.role for each in sheet if each.state == "open"]
    said = [say_stale_decision(each, changed) for each in standing]
    said += map(say_unsettled, standing)
    said += [say_stale_signature(each, found, changed) for each in sheet]
    if undecided or not found:
        said.insert(0, f"No decision yet on {', '.join(undecided) or 'any bid'}.")
    if unsigned:
        said.append(f"Not signed yet: {', '.join(unsigned)}.")
    return tuple(filter(None, said))


def say_unsettled(dossier: Dossier) -> str:
    """That a bid is included for good while its screening is not settled; "" when it is, or when it is provisional."""
    standing = dossier.screening.standing
    if not dossier.decision or dossier.decision.outcome != "include" or standing is Standing.ELIGIBLE:
        return ""
    return f"{dossier.bid.id} is included, but stands as “{standing}”: include it provisionally, or settle that first."


def last_changes(opened: Opened) -> dict[str, int]:
    """By bid, the number of the last act that changed its form of record, an answer or its screening.

    Setting such an act aside, or letting it stand again, changes the bid as much as the act did.
    """
    acts = {entry.number: entry.act for entry in opened.recorded}
    last: dict[str, int] = {}
    for entry in opened.recorded:
        act = entry.act
        while isinstance(act, SetAside):
            act = acts.get(act.act)
        if isinstance(act, Assigned | Clarified | Corrected | ScreeningDecided):
            last[act.bid] = entry.number
    return last


def replies_due(opened: Opened) -> dict[str, datetime]:
    """By bid, when replies to its queries are due: counted from the last sending of a letter that asks about it.

    A bid whose queries were never sent is not in it. A letter that was sent counts though its issue was set aside.
    """
    issued = [entry.act for entry in opened.recorded if isinstance(entry.act, Issued)]
    asks = {(act.document, act.version): act.bids for act in issued if act.document.startswith(QUERIES)}
    sent = sorted((act.sent, bid) for _, act in opened.acts(Sent) for bid in asks.get((act.document, act.version), ()))
    period, hours = opened.round.reply_period, opened.round.working_time
    return {bid: add_working(at, period, hours) for at, bid in sent}
