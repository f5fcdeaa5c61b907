"""Award: what people decide on each bid, who signs, and what is still open with whom."""

from __future__ import annotations

from datetime import datetime

from commissioning.edge.workspace import Workspace
from commissioning.findings import Finding, Severity
from commissioning.model.act import Decided, Entry, Sent, Signed
from commissioning.model.award import Dossier, OpenItem, Recommendation, Signature
from commissioning.model.screening import Standing
from commissioning.stages import intake
from commissioning.stages.assessment import find_dossier, look_within
from commissioning.stages.opened import Opened, deliveries, settled_files
from commissioning.steps.deciding import open_items
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
        reply_by=replies_due(opened),
    )


def unfinished(opened: Opened, found: tuple[Dossier, ...]) -> tuple[str, ...]:
    """What keeps a pack from being final, in sentences: bids without a decision, and roles that have not signed."""
    undecided = [
        each.bid.id
        for each in found
        if not each.decision and not each.bid.withdrawn and each.screening.standing is not Standing.EXCLUDED
    ]
    unsigned = [each.role for each in signatures(opened) if each.state == "open"]
    said = []
    if undecided or not found:
        said.append(f"No decision yet on {', '.join(undecided) or 'any bid'}.")
    if unsigned:
        said.append(f"Not signed yet: {', '.join(unsigned)}.")
    return tuple(said)


def replies_due(opened: Opened) -> datetime | None:
    """When replies to the queries sent last are due; None while none were sent."""
    sent = [act.sent for _, act in opened.acts(Sent) if act.document.startswith(QUERIES)]
    return add_working(max(sent), opened.round.reply_period, opened.round.working_time) if sent else None
