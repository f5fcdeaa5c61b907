"""The record: who did what, whether it is intact, and what may be set aside, erased, backed up or handed over."""

from __future__ import annotations

from pathlib import Path

import click

from commissioning.cli.options import acting, as_json, examples, in_workspace, reason_required, round_argument
from commissioning.cli.printing import show_json, show_lines, show_table, talk
from commissioning.edge import handover, journal
from commissioning.edge.workspace import Workspace
from commissioning.errors import StoreError
from commissioning.model.act import Entry, standing
from commissioning.stages import recording
from commissioning.values.showing import show_moment

SHORT = 12


@click.command(epilog=examples("commissioning history da-sa-2021", "commissioning history da-sa-2021 --about B07"))
@round_argument
@click.option("--about", default="", help="Only acts about this bid, delivery or document.")
@in_workspace
@as_json
def history(round_id: str, workspace: Workspace, *, about: str, json: bool) -> None:
    """List every human act of ROUND: number, instant, who, what, why. Acts set aside are marked."""
    every = recording.acts(workspace, round_id)
    stands = {entry.number for entry in standing(every)}
    wanted = [entry for entry in every if about in ("", entry.subject)]
    if json:
        show_json(wanted)
        return
    rows = [entry_line(entry, stands=entry.number in stands) for entry in wanted]
    show_table(("No", "When", "Who", "Act", "About", "Why"), rows)


def entry_line(entry: Entry, *, stands: bool) -> tuple[str, ...]:
    """An act in the list."""
    state = "" if stands else " (content erased)" if entry.act is None else " (set aside)"
    return (
        str(entry.number),
        show_moment(entry.at),
        entry.actor,
        entry.kind + state,
        entry.subject,
        entry.reason,
    )


@click.command(
    epilog=examples("commissioning verify", "commissioning verify --printed 3f9a…   (a chain head a document prints)")
)
@click.option("--printed", multiple=True, help="A chain head printed on a document; it must still be in the journal.")
@in_workspace
@as_json
def verify(workspace: Workspace, *, printed: tuple[str, ...], json: bool) -> None:
    """Check that the journal's chain and every original are as they were."""
    with workspace.reading() as connection:
        faults = journal.verify(connection, printed=printed)
        every = () if faults else journal.entries(connection)
        head = journal.head(connection)
    faults = (*faults, *workspace.check_originals(every))
    if json:
        show_json({"intact": not faults, "faults": faults, "head": head})
    if faults:
        raise StoreError("The record is not intact:\n" + "\n".join(f"  {fault}" for fault in faults))
    if not json:
        show_lines([f"Intact: {len(every)} acts, every original as received. Chain head {head[:SHORT] or 'none'}."])


@click.command(
    "set-aside",
    epilog=examples('commissioning set-aside da-sa-2021 41 --reason "recorded on the wrong bid"'),
)
@round_argument
@click.argument("number", type=int)
@acting
@reason_required
def set_aside(round_id: str, number: int, workspace: Workspace, *, reason: str) -> None:
    """Say that act NUMBER no longer stands. It stays on record; setting the setting-aside aside restores it."""
    entry = recording.set_aside(workspace, round_id, number, reason=reason)
    show_lines([f"Recorded as act {entry.number}: act {number} no longer stands."])


@click.command(
    epilog=examples(
        'commissioning erase da-sa-2021 --act 12 --reason "data subject request 7" --as "A. Officer"',
        'commissioning erase da-sa-2021 --delivery D09 --reason "not for this round" --as "A. Officer"',
    )
)
@round_argument
@click.option("--act", "acts", multiple=True, type=int, help="The number of an act whose content goes.")
@click.option("--delivery", "delivery_ids", multiple=True, help="A delivery whose original files go.")
@acting
@reason_required
def erase(
    round_id: str, acts: tuple[int, ...], delivery_ids: tuple[str, ...], workspace: Workspace, *, reason: str
) -> None:
    """Remove personal data: the content of acts, or original files.

    That it was done stays on record, and the chain still verifies.
    """
    if not acts and not delivery_ids:
        raise click.UsageError("Name what to erase: --act NUMBER or --delivery ID.")
    entry = recording.erase(workspace, round_id, acts=acts, delivery_ids=delivery_ids, reason=reason)
    show_lines([f"Recorded as act {entry.number}: erased."])


@click.command(epilog=examples("commissioning backup office-2021-03-03.zip"))
@click.argument("destination", type=click.Path(path_type=Path, dir_okay=False))
@in_workspace
def backup(destination: Path, workspace: Workspace) -> None:
    """Write journal, configuration and originals to one zip, to keep or to hand over."""
    for fault in handover.backup(workspace, destination):
        talk(f"Mind: {fault}")
    show_lines([f"{destination} holds the journal, the configuration and every original."])


@click.command(epilog=examples("commissioning restore office-2021-03-03.zip office-again"))
@click.argument("archive", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def restore(archive: Path, folder: Path) -> None:
    """Make a workspace of DIR from a backup, after checking its chain and every hash."""
    handover.restore(archive, folder)
    show_lines([f"{folder} is ready. `commissioning run ROUND` there makes what was issued again."])
