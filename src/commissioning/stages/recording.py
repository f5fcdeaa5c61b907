"""Recording: what is on record, and acts about acts: setting one aside, erasing personal data."""

from __future__ import annotations

from sqlalchemy import Connection

from commissioning.edge import journal
from commissioning.edge.workspace import Workspace
from commissioning.errors import EvidenceError
from commissioning.model.act import DeliveredFile, Entry, Received
from commissioning.stages.opened import erased_originals, texts


def acts(workspace: Workspace, round_id: str) -> tuple[Entry, ...]:
    """Every act of a round, those set aside or erased too; EvidenceError if there is no such round."""
    with workspace.reading() as connection:
        return known_entries(workspace, connection, round_id)


def known_entries(workspace: Workspace, connection: Connection, round_id: str) -> tuple[Entry, ...]:
    """As `acts`, in an open connection."""
    entries = journal.entries(connection, round=round_id)
    if not entries:
        texts(workspace, round_id)
    return entries


def set_aside(workspace: Workspace, round_id: str, number: int, *, reason: str) -> Entry:
    """Record that an act no longer stands."""
    with workspace.transaction() as change:
        known_entries(workspace, change.connection, round_id)
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
    """Erase the content of acts and the original files of deliveries, and record that it was done.

    Refused while the same file is also in a delivery that is not named: it would still be there.
    """
    with workspace.transaction() as change:
        entries = known_entries(workspace, change.connection, round_id)
        files = _to_erase(entries, delivery_ids)
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


def _to_erase(entries: tuple[Entry, ...], delivery_ids: tuple[str, ...]) -> list[DeliveredFile]:
    """The files of these deliveries; EvidenceError for one that is not there, or not there any more."""
    there = {entry.act.delivery: entry.act for entry in entries if isinstance(entry.act, Received)}
    gone = erased_originals(entries)
    for delivery in delivery_ids:
        if delivery not in there:
            raise EvidenceError(f"This round has no delivery “{delivery}”. There are: {', '.join(there) or 'none'}.")
        if all((delivery, file.sha256) in gone for file in there[delivery].files):
            raise EvidenceError(f"The originals of {delivery} were erased already; nothing more is needed.")
    files = [file for delivery in dict.fromkeys(delivery_ids) for file in there[delivery].files]
    wanted = {file.sha256: file.name for file in files}
    for delivery, act in there.items():
        same = [file for file in act.files if file.sha256 in wanted and (delivery, file.sha256) not in gone]
        if same and delivery not in delivery_ids:
            raise EvidenceError(
                f"{wanted[same[0].sha256]} also came in {delivery}, so it would still be there. "
                f"Erase both, adding --delivery {delivery}, or neither."
            )
    return files
