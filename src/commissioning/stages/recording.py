"""Recording: acts about acts. Setting one aside, and erasing personal data."""

from __future__ import annotations

from commissioning.edge import journal
from commissioning.edge.workspace import Workspace
from commissioning.errors import EvidenceError
from commissioning.model.act import Entry, Received


def set_aside(workspace: Workspace, round_id: str, number: int, *, reason: str) -> Entry:
    """Record that an act no longer stands."""
    with workspace.transaction() as change:
        return journal.set_aside(
            change.connection,
            round=round_id,
            number=number,
            subject=str(number),
            actor=workspace.who(),
            at=workspace.now,
            reason=reason,
        )


def erase(
    workspace: Workspace, round_id: str, *, acts: tuple[int, ...], delivery_ids: tuple[str, ...], reason: str
) -> Entry:
    """Erase the content of acts and the original files of deliveries, and record that it was done."""
    with workspace.transaction() as change:
        there = {
            entry.act.delivery: entry.act
            for entry in journal.entries(change.connection, round=round_id)
            if isinstance(entry.act, Received)
        }
        unknown = [delivery for delivery in delivery_ids if delivery not in there]
        if unknown:
            raise EvidenceError(f"This round has no delivery {', '.join(unknown)}.")
        files = [file for delivery in delivery_ids for file in there[delivery].files]
        for path in dict.fromkeys(file.path for file in files):
            change.remove(workspace.received(round_id) / path)
        return journal.erase(
            change.connection,
            round=round_id,
            numbers=acts,
            actor=workspace.who(),
            at=workspace.now,
            reason=reason,
            subject=", ".join((*delivery_ids, *map(str, acts))),
            originals=tuple(file.sha256 for file in files),
        )
