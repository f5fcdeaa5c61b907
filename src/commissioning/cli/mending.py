"""Mending: corrections by the office, clarifications by providers, and the queries that ask for them."""

from __future__ import annotations

from pathlib import Path

import click

from commissioning.cli.options import (
    acting,
    as_json,
    bid_argument,
    dry_run,
    examples,
    reason_optional,
    round_argument,
    said,
)
from commissioning.cli.printing import counted, end_with, shortened, show_findings, show_json, show_lines, talk
from commissioning.cli.reading import LONG
from commissioning.edge.workspace import Workspace
from commissioning.errors import EvidenceError
from commissioning.model.act import Clarified, Corrected
from commissioning.stages import assessment, intake, issuing, panel
from commissioning.stages.assessment import amend_answer, look
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
@click.option("--row", default="", help="For a table: the row's id, or its number where rows are typed in.")
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
        (version,) = issuing.issue(workspace, round_id, "review", dry_run=dry_run)
        show_lines([f"Review of answers, version {version.version}:", *map(str, version.files)])
    elif returned:
        result = panel.take_back_review(workspace, round_id, returned, dry_run=dry_run)
        show_lines([f"{each.bid} {each.question}: “{each.text}” ({each.reason})" for each in result.value])
        would = "would be " if dry_run else ""
        talk(f"{counted(len(result.value), 'correction', 'corrections')} {would}recorded.")
        show_findings(result.findings)
        end_with(result.findings)
    elif bid and passages_read:
        read = assessment.passages_read(workspace, round_id, bid, reason=reason, dry_run=dry_run)
        show_lines([f"Read and found to answer no question: “{line.text.strip()}” [{line.place}]" for line in read])
        talk(f"{counted(len(read), 'passage', 'passages')} {'would be ' if dry_run else ''}recorded as read.")
    elif bid and question and text is not None:
        if not reason:
            raise click.UsageError("A correction needs its --reason.")
        act = Corrected(bid=bid, question=question, row=row, column=column, text=text)
        say_mended(workspace, round_id, act, reason, dry_run=dry_run)
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
@click.option("--row", default="", help="For a table: the row's id, or its number where rows are typed in.")
@click.option("--column", default="", help="For a table: the column's id.")
@click.option("--text", required=True, callback=said, help="What the provider says the answer is.")
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
    found = intake.file_hash(workspace, round_id, file) if file else ""
    act = Clarified(bid=bid, question=question, row=row, column=column, text=text, file=found)
    say_mended(workspace, round_id, act, reason)


def say_mended(
    workspace: Workspace, round_id: str, act: Corrected | Clarified, reason: str, *, dry_run: bool = False
) -> None:
    """Record the words, then say how they were understood."""
    number, dossier, question = amend_answer(workspace, round_id, act, reason=reason, dry_run=dry_run)
    answer = dossier.bid.answer(question)
    before = shortened(answer.original or "nothing", LONG, more=f"`show` has all of {question}")
    done = "Not recorded (--dry-run)" if dry_run else f"Recorded as act {number}"
    show_lines(
        [f"{done}: {act.bid}, {question} is {answer.status.value}: “{act.text}”.", f"The form says: “{before}”."]
    )
    about = [finding for finding in dossier.findings if finding.question == question]
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

    A recommended exclusion is put to the provider in it, with the right to reply. Send it at once: the deadline it
    prints counts from now, and the one that is kept counts from when a person records it with `sent`.
    """
    opened, found = look(workspace, round_id)
    asked = providers_to_ask(opened, found)
    if only and only not in asked:
        raise EvidenceError(
            f"“{only}” names nobody who has something to answer. There are: {', '.join(asked) or 'none'}."
        )
    documents = [name for name in asked if only in ("", name)]
    versions = issuing.issue(workspace, round_id, *documents, dry_run=dry_run)
    if json:
        show_json(versions)
        return
    for version in versions:
        new = "" if version.is_new else " (nothing new since this version)"
        show_lines([f"{version.document} v{version.version}{new}: {version.files[0].name}"])
    count = counted(len(versions), "document", "documents")
    talk(f"{count}. Send them, then record it: `sent {round_id} DOCUMENT --to …`.")
