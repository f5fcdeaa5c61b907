"""The joint meeting: the grid comes back, and what both bodies said goes on record."""

from __future__ import annotations

from pathlib import Path

from commissioning.edge.workspace import Transaction, Workspace
from commissioning.errors import DocumentError, EvidenceError
from commissioning.findings import Finding, Place, Result, Severity
from commissioning.forms.read import read
from commissioning.model.act import Corrected, Entry, InterestDeclared, Issued, Judged
from commissioning.model.award import Dossier
from commissioning.model.form import Form
from commissioning.stages import intake
from commissioning.stages.assessment import dossiers
from commissioning.stages.opened import Opened, open_round
from commissioning.steps.panel import GridLine, GridReturn, grid_form, read_grid
from commissioning.steps.reviewing import Correction, noticed, read_review, review_form

GRID, REVIEW = "joint-grid", "review"


def take_back_grid(workspace: Workspace, round_id: str, file: Path, *, dry_run: bool = False) -> Result[GridReturn]:
    """Read a filled grid and record its complete lines, attendance and interests; the rest comes back as findings.

    What was recorded from an earlier return and says the same is left as it is. A line that contradicts
    another, or the screening, is recorded as the meeting said it and comes back as an error too.
    """
    content = returned_bytes(file)
    with workspace.transaction(dry_run=dry_run) as change:
        opened = open_round(workspace, change.connection, round_id)
        version, then = as_issued(change, opened, GRID, content, file.name)
        form, prefilled = grid_form(opened.round, then, version)
        result = read_grid(read(content, file.name, form, prefilled), then)
        record_grid(change, opened, result)
    return Result(result.value, (*older_version(opened, GRID, version, file.name), *result.findings))


def record_grid(change: Transaction, opened: Opened, result: Result[GridReturn]) -> None:
    """Put the complete lines and the declared interests on record, unless they are there already."""
    returned = result.value
    said = {act.bid: (act, entry.reason) for entry, act in opened.acts(Judged)}
    present = tuple(f"{each.person} ({each.body})" for each in returned.present)
    for line in returned.lines:
        act = judged(line, present, returned.file)
        if act is not None and not same_judgement(said.get(line.bid), act, line.reason):
            change.record(act, round=opened.round.id, subject=line.bid, reason=line.reason)
    declared = {(act.person, act.body, act.bid, act.interest) for _, act in opened.acts(InterestDeclared)}
    for each in returned.interests:
        if (each.person, each.body, each.bid, each.interest) not in declared:
            interest = InterestDeclared(person=each.person, body=each.body, bid=each.bid, interest=each.interest)
            change.record(interest, round=opened.round.id, subject=each.bid or each.person)


def judged(line: GridLine, present: tuple[str, ...], file: str) -> Judged | None:
    """The act a complete line makes; None while something is wanting."""
    if not line.complete or line.recommendation is None:
        return None
    return Judged(
        bid=line.bid,
        judgements=line.judgements,
        recommendation=line.recommendation,
        priority=line.priority,
        present=present,
        file=file,
    )


def same_judgement(before: tuple[Judged, str] | None, act: Judged, reason: str) -> bool:
    """Whether the last judgement on record says what this one does, whichever file it came in."""
    return before is not None and before[1] == reason and before[0].with_changes(file=act.file) == act


def take_back_review(
    workspace: Workspace, round_id: str, file: Path, *, dry_run: bool = False
) -> Result[tuple[Correction, ...]]:
    """Read a filled review and record its corrections; those on record already are left as they are."""
    content = returned_bytes(file)
    with workspace.transaction(dry_run=dry_run) as change:
        opened = open_round(workspace, change.connection, round_id)
        version, then = as_issued(change, opened, REVIEW, content, file.name)
        form, prefilled = review_form(opened.form, then, version)
        result = read_review(read(content, file.name, form, prefilled), noticed(then))
        there = {
            (act.bid, act.question, act.row, act.column, act.text)
            for entry in opened.entries
            if isinstance(act := entry.act, Corrected)
        }
        for each in result.value:
            if (each.bid, each.question, each.row, each.column, each.text) not in there:
                act = Corrected(bid=each.bid, question=each.question, row=each.row, column=each.column, text=each.text)
                change.record(act, round=round_id, subject=each.bid, reason=each.reason)
    return Result(result.value, (*older_version(opened, REVIEW, version, file.name), *result.findings))


def older_version(opened: Opened, document: str, version: int, name: str) -> tuple[Finding, ...]:
    """That a returned file is not the last version sent out, so that it may say what was thought before."""
    last = max(act.version for _, act in opened.acts(Issued) if act.document == document)
    if version == last:
        return ()
    message = f"{name} is {document} v{version}, and v{last} was issued since. Check that it says what is meant now."
    return (Finding(code="older-version", severity=Severity.WARNING, message=message, place=Place(file=name)),)


def returned_bytes(file: Path) -> bytes:
    """The bytes of a file people returned."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise DocumentError(
            str(file), f"it cannot be opened ({error.strerror}).", "Check the name and that it is closed in Excel."
        ) from error


def as_issued(
    change: Transaction, opened: Opened, document: str, content: bytes, name: str
) -> tuple[int, tuple[Dossier, ...]]:
    """The version that a returned file says it is, and the dossiers as they were when it was issued."""
    code = code_of(content, name, opened.form)
    issued = [(entry, act) for entry, act in opened.acts(Issued) if act.document == document]
    if not issued:
        raise EvidenceError(f"No {document} of this round has been issued, so {name} cannot be one that came back.")
    for entry, act in issued:
        then = as_it_was(change, opened, entry)
        if code == form_of(document, opened, then, act.version).code:
            return act.version, then
    versions = ", ".join(f"v{act.version}" for _, act in issued)
    found = f"it carries the code “{code}”" if code else "it carries no code"
    raise DocumentError(
        name,
        f"it is not a {document} of this round ({found}; issued: {versions}).",
        "Fill in the file that was issued.",
    )


def as_it_was(change: Transaction, opened: Opened, entry: Entry) -> tuple[Dossier, ...]:
    """The dossiers just before an entry."""
    then = open_round(change.workspace, change.connection, opened.round.id, upto=entry.number - 1, now=entry.at)
    return dossiers(then, intake.read_missing(change, then).reads)


def form_of(document: str, opened: Opened, then: tuple[Dossier, ...], version: int) -> Form:
    """The form that a version of a returnable document is."""
    return (grid_form(opened.round, then, version) if document == GRID else review_form(opened.form, then, version))[0]


def code_of(content: bytes, name: str, form: Form) -> str:
    """The code a file carries, whichever form it is."""
    return read(content, name, form).code
