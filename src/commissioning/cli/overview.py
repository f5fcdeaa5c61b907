"""The overview: where every round stands, and everything that can be done now."""

from __future__ import annotations

import click

from commissioning.cli.options import as_json, examples, in_workspace, may_act, round_argument
from commissioning.cli.printing import counting, end_with, show_findings, show_json, show_lines, show_table, talk
from commissioning.edge.workspace import Workspace
from commissioning.errors import RoundError
from commissioning.stages import intake, issuing, overview
from commissioning.stages.opened import rounds

MOST = 12
"""Open items the home screen lists before it only counts them."""


@click.command(epilog=examples("commissioning", "commissioning status --json"))
@in_workspace
@as_json
def status(workspace: Workspace, *, json: bool) -> None:
    """Show each round's deadlines in working hours, what has been done, what is next and who must act."""
    found = []
    for round_id in rounds(workspace):
        try:
            found.append(overview.survey(workspace, round_id))
        except RoundError as error:
            talk(f"{round_id}: {error}")
    if json:
        show_json(found)
        return
    if not rounds(workspace):
        show_lines(
            ["There is no round here yet. Add assessments/<round>/round.yaml, then `commissioning round ROUND`."]
        )
    for each in found:
        show_lines(["", each.title, *each.deadlines])
        show_table(("Done so far", ""), each.counts)
        show_lines([f"Next: {step}" for step in each.next_steps])
        items = [(item.owner, item.bid, item.what) for item in each.open_items[:MOST]]
        if items:
            show_table(("Who must act", "Bid", "Open"), items)
        if len(each.open_items) > MOST:
            show_lines([f"… and {len(each.open_items) - MOST} more: `commissioning run {each.round}` lists all."])


@click.command(
    epilog=examples("commissioning run da-sa-2021", 'commissioning run da-sa-2021 --as "A. Officer"   (also issues)')
)
@round_argument
@may_act
@as_json
def run(round_id: str, workspace: Workspace, *, json: bool) -> None:
    """Do every step that can be done now, then say what is missing and who must act.

    Reads what is new, computes what follows from it, and makes again any issued file that is gone. With --as, also
    issues the panel report and a provisional pack, when they would say something new. It assigns, decides and sends
    nothing.
    """
    with counting("Reading") as on_start:
        report = intake.read(workspace, round_id, on_start=on_start)
    made_again, findings = issuing.restore(workspace, round_id)
    versions = overview.issue_what_can_be(workspace, round_id) if workspace.actor else []
    survey = overview.survey(workspace, round_id)
    if json:
        show_json({"read": report.fresh, "made_again": made_again, "issued": versions, "survey": survey})
    else:
        show_lines([f"Read {report.fresh} files; {len(report.reads)} in all."])
        show_lines([f"Made again, as issued: {path.name}" for path in made_again])
        show_lines([f"Issued: {each.document} v{each.version}" for each in versions if each.is_new])
        show_lines(survey.deadlines)
        show_table(("Who must act", "Bid", "Open"), [(item.owner, item.bid, item.what) for item in survey.open_items])
        show_lines([f"Next: {step}" for step in survey.next_steps])
    show_findings((*report.stopped, *findings))
    end_with((*report.stopped, *findings, *survey.errors))
