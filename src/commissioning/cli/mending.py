"""Mending: corrections by the office, clarifications by providers, and the queries that ask for them."""

from __future__ import annotations

from pathlib import Path

import click

from commissioning.cli.options import acting, as_json, bid_argument, dry_run, examples, reason_optional, round_argument
from commissioning.cli.printing import end_with, show_findings, show_json, show_lines, talk
from commissioning.cli.reading import need_question
from commissioning.edge.workspace import Workspace
from commissioning.model.act import Clarified, Corrected
from commissioning.model.form import Asked, Kind
from commissioning.stages import assessment, intake, issuing, panel
from commissioning.stages.assessment import find_dossier, look
from commissioning.stages.drafts import providers_to_ask

WORKBOOK_OR_ONE = "Name a bid with --question and --text, or give a returned workbook with --returned, or --out."


@click.command(
    epilog=examples(
        'commissioning correct da-sa-2021 B03 --question total_requested --text "12000.00" --reason "in words"',
        'commissioning correct da-sa-2021 --out --as "A. Officer"',
        'commissioning correct da-sa-2021 --returned review-v1.xlsx --as "A. Officer"',
    )
)
@round_argument
@click.argument("bid", required=False)
@click.option("--question", default="", help="The question's id or number.")
@click.option("--row", default="", help="For a table: the row's id or number.")
@click.option("--column", default="", help="For a table: the column's id.")
@click.option("--text", default=None, help="What the answer should read.")
@click.option("--passages-read", is_flag=True, help="You have read BID's unplaced passages; they answer no question.")
@click.option("--out", is_flag=True, help="Issue a workbook of everything noticed, to be filled in.")
@click.option("--returned", type=click.Path(path_type=Path), help="A filled workbook that came back.")
@acting
@reason_optional
@dry_run
def correct(
    round_id: str,
    bid: str | None,
    workspace: Workspace,
    *,
    question: str,
    row: str,
    column: str,
    text: str | None,
    passages_read: bool,
    out: bool,
    returned: Path | None,
    reason: str,
    dry_run: bool,
) -> None:
    """Record a person's reading of an answer, beside what the form says; one by one, or from a workbook."""
    if out:
        version = issuing.issue(workspace, round_id, "review", dry_run=dry_run)
        show_lines([f"Review of answers, version {version.version}:", *map(str, version.files)])
    elif returned:
        result = panel.take_back_review(workspace, round_id, returned, clarified=False, dry_run=dry_run)
        show_lines([f"{each.bid} {each.question}: “{each.text}” ({each.reason})" for each in result.value])
        talk(f"{len(result.value)} corrections {'would be ' if dry_run else ''}recorded.")
        show_findings(result.findings)
        end_with(result.findings)
    elif bid and passages_read:
        read = assessment.passages_read(workspace, round_id, bid, reason=reason)
        show_lines([f"Read and found to answer no question: “{line.text.strip()}” [{line.place}]" for line in read])
        talk(f"{len(read)} passages recorded as read.")
    elif bid and question and text is not None:
        if not reason:
            raise click.UsageError("A correction needs its --reason.")
        cell = checked_cell(workspace, round_id, question, row, column)
        act = Corrected(bid=bid, question=cell.id, row=row, column=column, text=text)
        say_mended(workspace, round_id, act, reason)
    else:
        raise click.UsageError(WORKBOOK_OR_ONE)


@click.command(
    epilog=examples(
        'commissioning clarify da-sa-2021 B03 --question total_requested --text "12000.00" --reason "e-mail of 1 March"'
    )
)
@round_argument
@bid_argument
@click.option("--question", required=True, help="The question's id or number.")
@click.option("--row", default="", help="For a table: the row's id or number.")
@click.option("--column", default="", help="For a table: the column's id.")
@click.option("--text", required=True, help="What the provider says the answer is.")
@click.option("--file", default="", help="The delivered file the reply stands in.")
@acting
@reason_optional
def clarify(
    round_id: str,
    bid: str,
    workspace: Workspace,
    *,
    question: str,
    row: str,
    column: str,
    text: str,
    file: str,
    reason: str,
) -> None:
    """Record a provider's reply to a query, beside what the form says."""
    cell = checked_cell(workspace, round_id, question, row, column)
    found = intake.file_hash(workspace, round_id, file) if file else ""
    act = Clarified(bid=bid, question=cell.id, row=row, column=column, text=text, file=found)
    say_mended(workspace, round_id, act, reason)


def checked_cell(workspace: Workspace, round_id: str, question: str, row: str, column: str) -> Asked:
    """The question meant; a table needs a row and a column it has, another question neither."""
    opened, _ = look(workspace, round_id)
    asked = need_question(opened, question)
    columns = [each.id for each in asked.question.columns]
    if asked.question.kind is not Kind.TABLE and (row or column):
        raise click.UsageError(f"Question {asked.label} is not a table; leave --row and --column out.")
    if asked.question.kind is Kind.TABLE and (not row or column not in columns):
        raise click.UsageError(f"Question {asked.label} is a table: give --row and --column ({', '.join(columns)}).")
    return asked


def say_mended(workspace: Workspace, round_id: str, act: Corrected | Clarified, reason: str) -> None:
    """Record the words, then say how they were understood."""
    entry = intake.record(workspace, round_id, act, subject=act.bid, reason=reason)
    dossier = find_dossier(look(workspace, round_id)[1], act.bid)
    answer = dossier.bid.answer(act.question)
    before = answer.original or "nothing"
    show_lines(
        [
            f"Recorded as act {entry.number}: {act.bid}, {act.question} is {answer.status.value}: “{act.text}”.",
            f"The form says: “{before[:300]}”.",
        ]
    )
    about = [finding for finding in dossier.findings if finding.question == act.question]
    show_findings(about)
    end_with(about)


@click.command(
    epilog=examples(
        'commissioning queries da-sa-2021 --as "A. Officer"',
        'commissioning queries da-sa-2021 --only "queries/oak-lane-trust" --as "A. Officer"',
    )
)
@round_argument
@click.option("--only", default="", help="Only this document.")
@acting
@dry_run
@as_json
def queries(round_id: str, workspace: Workspace, *, only: str, dry_run: bool, json: bool) -> None:
    """Issue one plain-English Word list for each provider that has something to answer, with the reply deadline.

    A recommended exclusion is put to the provider in it, with the right to reply. Sending is a person's: record it
    with `sent`, which starts the clock.
    """
    opened, found = look(workspace, round_id)
    documents = [name for name in providers_to_ask(opened, found) if only in ("", name)]
    versions = [issuing.issue(workspace, round_id, name, dry_run=dry_run) for name in documents]
    if json:
        show_json(versions)
        return
    for version in versions:
        new = "" if version.is_new else " (nothing new since this version)"
        show_lines([f"{version.document} v{version.version}{new}: {version.files[0].name}"])
    talk(f"{len(versions)} documents. Send them, then record it: `sent {round_id} DOCUMENT --to …`.")
