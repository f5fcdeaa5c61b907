"""Reading: what the forms say, what drafts lack, and every answer with its place."""

from __future__ import annotations

from pathlib import Path

import click

from commissioning.cli.options import as_json, examples, in_workspace, round_argument
from commissioning.cli.printing import (
    counting,
    end_with,
    shortened,
    show_findings,
    show_json,
    show_lines,
    show_table,
    talk,
)
from commissioning.edge.workspace import Workspace
from commissioning.findings import Finding, Severity
from commissioning.model.award import Dossier
from commissioning.model.bid import Answer, Read, RowAnswer, Rows, Status
from commissioning.model.form import Asked
from commissioning.stages import intake
from commissioning.stages.assessment import find_dossier, find_question, look
from commissioning.stages.opened import open_round

LONG = 300
"""Characters of an answer shown in a table before it is shortened, and said to be."""


@click.command(
    epilog=examples(
        "commissioning preflight draft.docx --round da-sa-2021",
        "commissioning preflight *.docx --round da-sa-2021 --json",
    )
)
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--round", "round_id", required=True, help="The round whose form the files should be.")
@in_workspace
@as_json
def preflight(files: tuple[Path, ...], round_id: str, workspace: Workspace, *, json: bool) -> None:
    """Say what each FILE would be read as, and what it lacks. Stores nothing."""
    found = intake.preflight(workspace, round_id, files)
    if json:
        show_json(found)
    else:
        for each in found:
            show_lines(preflight_lines(each))
    end_with([finding for each in found for finding in findings_of(each)])


def findings_of(read: Read) -> tuple[Finding, ...]:
    """What was noticed while reading, or why there is no reading."""
    if read.reading:
        return read.reading.findings
    return (read.failure,) if read.failure else ()


def preflight_lines(read: Read) -> list[str]:
    """A draft's reading in sentences."""
    if read.reading is None:
        return [f"{read.name}: {read.failure.message if read.failure else 'not read'}"]
    answers = read.reading.answers
    answered = sum(answer.status is Status.ANSWERED for answer in answers)
    form = "this round's form" if read.reading.matched else "not this round's form"
    lines = [f"{read.name}: {form}; {answered} of {len(answers)} questions answered."]
    lines += [f"  {finding.severity.value}: {finding.message}" for finding in read.reading.findings]
    return lines


@click.command(epilog=examples("commissioning read da-sa-2021"))
@round_argument
@in_workspace
@as_json
def read(round_id: str, workspace: Workspace, *, json: bool) -> None:
    """Read what ROUND has received: every file against the form, in parallel; only what is new."""
    with counting("Reading") as on_start:
        report = intake.read(workspace, round_id, on_start=on_start)
    if json:
        show_json([*report.reads.values()])
    else:
        with workspace.reading() as connection:
            opened = open_round(workspace, connection, round_id)
        rows = [(each.name, *summary(each)) for each in report.reads.values()]
        show_table(("File", "Is", "Answered", "Errors"), rows)
        show_lines([f"{report.fresh} read now, {len(report.reads)} in all, against form {opened.form.code}."])
    failed = [
        each.failure for each in report.reads.values() if each.failure and each.failure.severity is not Severity.NOTE
    ]
    show_findings([*report.stopped, *failed])
    if failed:
        talk("What could not be read is kept exactly as it came.")
    end_with([*report.stopped, *(finding for each in report.reads.values() for finding in findings_of(each))])


def summary(read: Read) -> tuple[str, str, str]:
    """What a file is, how much of the form it answers, and how many errors were noticed."""
    if read.failure and read.failure.severity is Severity.NOTE:
        return "kept, not read", "", ""
    if read.reading is None:
        return "not readable", "", "1"
    if not read.reading.matched:
        return (f"another form ({read.reading.code})" if read.reading.code else "not a form"), "", ""
    answered = sum(answer.status is Status.ANSWERED for answer in read.reading.answers)
    errors = sum(finding.severity == "error" for finding in read.reading.findings)
    return "the form", f"{answered} of {len(read.reading.answers)}", str(errors)


@click.command(
    epilog=examples(
        "commissioning show da-sa-2021",
        "commissioning show da-sa-2021 B03",
        "commissioning show da-sa-2021 B03 --unplaced",
        "commissioning show da-sa-2021 B03 --question budget",
    )
)
@round_argument
@click.argument("bid", required=False)
@click.option("--unplaced", is_flag=True, help="Only the text that no question could be found for.")
@click.option("--question", default="", help="Only this question, in full.")
@in_workspace
@as_json
def show(round_id: str, bid: str | None, workspace: Workspace, *, unplaced: bool, question: str, json: bool) -> None:
    """Show every answer of BID with its place, what was noticed, and any text that was not placed.

    Without BID: the bids of ROUND, a line each.
    """
    opened, found = look(workspace, round_id)
    if bid is None:
        if json:
            show_json(found)
        else:
            show_table(("Bid", "Provider", "Stream", "Received", "Findings"), [bid_line(each) for each in found])
        return
    dossier = find_dossier(found, bid)
    if json:
        show_json(dossier)
        return
    if unplaced:
        show_lines(unplaced_lines(dossier))
        return
    show_lines(heading(dossier))
    wanted = [find_question(opened, question)] if question else opened.form.asked
    limit = None if question else LONG
    show_table(
        ("", "Question", "Answer", "Where"),
        [answer_line(asked, dossier.bid.answer(asked.id), limit=limit) for asked in wanted],
    )
    show_findings(dossier.findings)
    show_lines(unplaced_lines(dossier))


def bid_line(dossier: Dossier) -> tuple[str, str, str, str, str]:
    """A bid in a line."""
    bid = dossier.bid
    when = f"{bid.received:%d %b %H:%M:%S}" if bid.received else "not known"
    note = " (withdrawn)" if bid.withdrawn else ""
    return bid.id, dossier.provider_name + note, bid.stream, when, str(len(dossier.findings))


def heading(dossier: Dossier) -> list[str]:
    """Who asks for what."""
    bid = dossier.bid
    lines = [f"{bid.id}: {dossier.provider_name}, {bid.stream}. {dossier.service_name}".rstrip()]
    lines += [f"Annex: {annex.name}{f' ({annex.proves})' if annex.proves else ''}" for annex in bid.annexes]
    return lines


def answer_line(asked: Asked, answer: Answer, *, limit: int | None) -> tuple[str, str, str, str]:
    """An answer in a table: number, question, what it says and how it was found."""
    says = answer.raw if answer.status is Status.ANSWERED or answer.raw else ""
    if isinstance(answer.value, Rows):
        says = "\n".join(row_line(asked, row) for row in answer.value.rows)
    more = f"--question {asked.id} shows all"
    says = shortened(says, limit or len(says), more=more)
    if answer.status is not Status.ANSWERED:
        says = f"[{answer.status.value}] {says}".strip()
    if answer.original is not None:
        original = shortened(answer.original, limit or len(answer.original), more=more)
        says = f"{says}\n(the form says: {original or 'nothing'})"
    where = answer.place.path if answer.place else ""
    return asked.number, asked.question.text, says, where


def row_line(asked: Asked, row: RowAnswer) -> str:
    """A row of a table answer: its heading, when it has one, then its cells."""
    cells = "; ".join(cell.raw for cell in row.cells if cell.raw)
    heading = next((f"{option.text}: " for option in asked.question.rows if option.id == row.id), "")
    return heading + cells


def unplaced_lines(dossier: Dossier) -> list[str]:
    """Text that no question could be found for, with its place."""
    if not dossier.unplaced:
        return ["Every fragment of the form is placed, or is the form's own wording."]
    return [
        "Not placed; a person must say what it answers (`correct`):",
        *(f"  “{line.text.strip()}” [{line.place}]" for line in dossier.unplaced),
    ]
