"""Setting up: a workspace, its rounds, and the provider's form."""

from __future__ import annotations

from pathlib import Path

import click

from commissioning.cli.options import acting, as_json, dry_run, examples, in_workspace, reason_optional, round_argument
from commissioning.cli.printing import counted, show_json, show_lines, show_table, talk
from commissioning.edge.presets import create_workspace, synced_folder_warning
from commissioning.edge.workspace import Workspace
from commissioning.errors import RoundError
from commissioning.stages import issuing
from commissioning.stages.opened import Opened, open_round
from commissioning.stages.opened import rounds as round_ids
from commissioning.values.showing import show_moment, show_money


@click.command(epilog=examples("commissioning init office", "commissioning init rehearsal --demonstration"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--demonstration", is_flag=True, help="With the demonstration's deliveries from invented providers.")
def init(folder: Path, *, demonstration: bool) -> None:
    """Make a new workspace in DIR: templates, assessments and an empty place for submissions."""
    warning = synced_folder_warning(folder)
    if warning:
        talk(f"Mind: {warning}")
    create_workspace(folder, demonstration=demonstration)
    show_lines([f"{folder} is ready. Go there and type `commissioning` to see what is next."])


@click.command(epilog=examples("commissioning rounds", "commissioning rounds --json"))
@in_workspace
@as_json
def rounds(workspace: Workspace, *, json: bool) -> None:
    """List the rounds of the workspace."""
    found = [_line(workspace, round_id) for round_id in round_ids(workspace)]
    if json:
        show_json([dict(zip(("round", "title", "providers", "funder"), line, strict=True)) for line in found])
    else:
        show_table(("Round", "Title", "Providers by", "Funder by"), found)


def _line(workspace: Workspace, round_id: str) -> tuple[str, str, str, str]:
    try:
        round = opened_now(workspace, round_id).round
    except RoundError as error:
        return (
            round_id,
            f"{counted(len(error.faults), 'fault', 'faults')}: see `commissioning round {round_id}`",
            "",
            "",
        )
    due = round.deadlines
    return round_id, round.title, show_moment(due.providers.at), show_moment(due.funder.at)


def opened_now(workspace: Workspace, round_id: str) -> Opened:
    """The round as it stands, without changing anything."""
    with workspace.reading() as connection:
        return open_round(workspace, connection, round_id)


@click.command(
    epilog=examples(
        "commissioning round da-sa-2021",
        "commissioning round da-sa-2021 --json",
    )
)
@round_argument
@in_workspace
@as_json
def round(round_id: str, workspace: Workspace, *, json: bool) -> None:
    """Check the files of ROUND: every fault at once, with its line; then say what they mean."""
    opened = opened_now(workspace, round_id)
    if json:
        show_json(opened.round)
        return
    show_lines(describe(opened))


def describe(opened: Opened) -> list[str]:
    """What a round's files say, in sentences."""
    round, due = opened.round, opened.round.deadlines
    lines = [f"{round.title} ({round.id}): no faults found."]
    for name, deadline in (("Providers", due.providers), ("Sign-off", due.sign_off), (round.funder, due.funder)):
        notes = []
        if not deadline.time_stated:
            notes.append("the file gives no time, so the end of the day is taken")
        if deadline.illustrative:
            notes.append(f"illustrative: {deadline.illustrative}")
        note = f" ({'; '.join(notes)})" if notes else ""
        lines.append(f"{name} by {show_moment(deadline.at)}{note}.")
    for pot in round.pots:
        amount = pot.amount if isinstance(pot.amount, str) else show_money(pot.amount)
        lines.append(f"Pot {pot.id}, {pot.year}: {amount}{', illustrative' if pot.illustrative else ''}.")
    asked = len(opened.form.asked)
    lines.append(f"The form asks {asked} questions and carries the code {opened.form.code}.")
    lines.append("The form has been issued; the round is frozen." if opened.is_issued else "Not issued yet.")
    lines += [f"Changed since the form was issued, and not used: {path}." for path in opened.drift]
    lines += [f"Amendment: {each}" for each in opened.amendments]
    return lines


@click.command(epilog=examples('commissioning form da-sa-2021 --as "A. Officer"'))
@round_argument
@acting
@reason_optional
@dry_run
@as_json
def form(round_id: str, workspace: Workspace, *, reason: str, dry_run: bool, json: bool) -> None:
    """Issue the provider's form of ROUND as a Word file. This freezes the round's files as they are."""
    version = issuing.issue_form(workspace, round_id, reason=reason, dry_run=dry_run)
    if json:
        show_json(version)
        return
    verb = "would be issued" if dry_run else "issued" if version.is_new else "is issued already; nothing new"
    show_lines([f"The form of {round_id}, version {version.version}, {verb}:", *map(str, version.files)])
    if not dry_run:
        show_lines([f"Amendment: {each}" for each in opened_now(workspace, round_id).amendments])
