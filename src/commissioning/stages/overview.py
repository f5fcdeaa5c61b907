"""The overview of a round: deadlines, counts, what is next, what is open with whom."""

from __future__ import annotations

from datetime import timedelta

from commissioning.edge.workspace import Workspace
from commissioning.findings import Finding, Severity
from commissioning.model.act import Issued, Received
from commissioning.model.award import Dossier, OpenItem
from commissioning.model.round import Deadline
from commissioning.stages import intake, issuing
from commissioning.stages.assessment import look
from commissioning.stages.award import QUERIES, still_open, unfinished
from commissioning.stages.opened import Opened
from commissioning.values.record import Record
from commissioning.values.showing import show_moment
from commissioning.values.working_time import working_between


class Survey(Record):
    """Where a round stands."""

    round: str
    title: str
    deadlines: tuple[str, ...]
    counts: tuple[tuple[str, str], ...]
    next_steps: tuple[str, ...]
    open_items: tuple[OpenItem, ...]
    errors: tuple[Finding, ...]


def survey(workspace: Workspace, round_id: str) -> Survey:
    """Where the round stands at the workspace's instant."""
    opened, found = look(workspace, round_id)
    due, funder = opened.round.deadlines, opened.round.funder
    items = still_open(opened, found)
    return Survey(
        round=round_id,
        title=opened.round.title,
        deadlines=(
            countdown(opened, "Providers’ forms", due.providers),
            countdown(opened, "Sign-off", due.sign_off),
            countdown(opened, f"To the {funder}", due.funder),
            *(f"Changed since the form was issued, and not used: {path}." for path in opened.drift),
        ),
        counts=counts(opened, found),
        next_steps=next_steps(opened, found),
        open_items=items,
        errors=tuple(each for dossier in found for each in dossier.findings if each.severity is Severity.ERROR),
    )


def countdown(opened: Opened, what: str, deadline: Deadline) -> str:
    """A deadline, and the office's working hours until it."""
    left = working_between(opened.now, deadline.at, opened.round.working_time)
    when = f"{what} by {show_moment(deadline.at)}"
    if opened.now > deadline.at:
        return f"{when}: passed."
    note = " (illustrative time)" if deadline.illustrative else ""
    return f"{when}{note}: {show_hours(left)} of working time left."


def show_hours(span: timedelta) -> str:
    """Hours and minutes: 9 h 30 min."""
    minutes = int(span.total_seconds() // 60)
    return f"{minutes // 60} h {minutes % 60:02d} min"


def counts(opened: Opened, found: tuple[Dossier, ...]) -> tuple[tuple[str, str], ...]:
    """How many of what, stage by stage."""
    standing = [each.screening.standing.value for each in found]
    lines = [
        ("Deliveries received", str(len(list(opened.acts(Received))))),
        ("Bids assigned", str(len(found))),
        *((f"Screening: {name}", str(standing.count(name))) for name in dict.fromkeys(standing)),
        ("Judged by the joint meeting", str(sum(each.judgement is not None for each in found))),
        ("Decided", str(sum(each.decision is not None for each in found))),
        ("Documents issued", str(len(list(opened.acts(Issued))))),
    ]
    return tuple(lines)


def next_steps(opened: Opened, found: tuple[Dossier, ...]) -> tuple[str, ...]:
    """The commands that would take the round further, in the order of the work."""
    name = opened.round.id
    issued = {act.document for _, act in opened.acts(Issued)}
    has_asked = any(each.startswith(QUERIES) for each in issued)
    received = any(True for _ in opened.acts(Received))
    steps = (
        (not opened.is_issued, f"issue the form: commissioning form {name}"),
        (opened.is_issued and not received, f"register what arrives: commissioning receive {name} PATH"),
        (received and bool(unsettled(opened)), f"settle what arrived: commissioning assign {name}"),
        (bool(found) and not has_asked, f"put queries: commissioning queries {name}"),
        (bool(found) and "joint-grid" not in issued, f"the joint meeting: commissioning assess {name} grid"),
        (any(each.judgement and not each.decision for each in found), f"decide: commissioning decide {name}"),
        (any(each.decision for each in found), f"the pack: commissioning pack {name}"),
    )
    return tuple(step for wanted, step in steps if wanted)


def unsettled(opened: Opened) -> list[str]:
    """Files nobody has settled yet."""
    return [proposal.name for proposal in intake.proposals(opened, {})]


def issue_what_can_be(workspace: Workspace, round_id: str) -> list[issuing.Version]:
    """Issue the panel report and the pack, where they would say something new; nothing without bids.

    The pack is provisional until one was issued that is not. After that a provisional one would take it back, so a
    new one is made only if it can be final too.
    """
    opened, found = look(workspace, round_id)
    if not found or not opened.is_issued:
        return []
    made = issuing.issue(workspace, round_id, "panel-report")
    final = issuing.has_final_pack(opened)
    if not final or not unfinished(opened, found):
        made.append(issuing.issue_pack(workspace, round_id, provisional=not final)[0])
    return made
