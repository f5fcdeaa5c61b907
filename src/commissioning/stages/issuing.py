"""Issuing: documents made from the record, as versions that are never overwritten and can be made again the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from commissioning.edge import results
from commissioning.edge.workspace import Transaction, Workspace
from commissioning.errors import EvidenceError, TemplateError
from commissioning.findings import Finding, Severity
from commissioning.model.act import Entry, Froze, Issued, Sent
from commissioning.model.award import OpenItem, Stamp
from commissioning.stages import intake
from commissioning.stages.assessment import dossiers, look_within
from commissioning.stages.award import still_open, unfinished
from commissioning.stages.drafts import Draft, draft
from commissioning.stages.opened import Opened, open_round, texts
from commissioning.values.showing import show_moment


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a document and where its files lie. `is_new` is False when it says nothing the last did not."""

    document: str
    version: int
    files: tuple[Path, ...]
    is_new: bool
    changed: tuple[str, ...] = ()


def issue(
    workspace: Workspace,
    round_id: str,
    *documents: str,
    options: Mapping[str, str] | None = None,
    reason: str = "",
    dry_run: bool = False,
) -> list[Version]:
    """Make the next version of each document from the round as it stands, all of them or none.

    A document that would say nothing new stays at its last version.
    """
    with workspace.transaction(dry_run=dry_run) as change:
        return [
            issue_next(change, round_id, document, options=dict(options or {}), reason=reason) for document in documents
        ]


def issue_next(change: Transaction, round_id: str, document: str, *, options: dict[str, str], reason: str) -> Version:
    """Make the next version of one document within a change."""
    opened = open_round(change.workspace, change.connection, round_id)
    if not opened.is_issued:
        raise EvidenceError(
            f"The form of {round_id} has not been issued, so its rules may still change. "
            f"Issue it first: commissioning form {round_id}."
        )
    reads = intake.read_missing(change, opened).reads
    made = draft(change.workspace, opened, dossiers(opened, reads), document, options)
    return issue_draft(change, opened, made, before=last_version(opened, document), reason=reason)


def issue_pack(
    workspace: Workspace, round_id: str, *, provisional: bool, reason: str = "", dry_run: bool = False
) -> tuple[Version, tuple[OpenItem, ...]]:
    """Make the next submission pack, and return it with what is still open.

    A pack that is not provisional needs a decision on every bid and every role signed, or recorded as absent.
    """
    options = {"provisional": "yes"} if provisional else {}
    with workspace.transaction(dry_run=dry_run) as change:
        opened, found = look_within(change, round_id)
        wanting = unfinished(opened, found)
        if wanting and not provisional:
            raise EvidenceError(
                f"{' '.join(wanting)} Settle that, or add --provisional: the cover then lists what is open."
            )
        version = issue_next(change, round_id, "pack", options=options, reason=reason)
    return version, still_open(opened, found)


def has_final_pack(opened: Opened) -> bool:
    """Whether the last pack issued is not provisional."""
    last = last_version(opened, "pack")
    return last is not None and last[1].options.get("provisional") != "yes"


def issue_form(workspace: Workspace, round_id: str, *, reason: str = "", dry_run: bool = False) -> Version:
    """Issue the provider's form, which freezes the round's files as they are; once frozen, only when they changed.

    A change after the first issue is an amendment: it needs a reason, and is printed on everything that follows.
    """
    with workspace.transaction(dry_run=dry_run) as change:
        opened = open_round(workspace, change.connection, round_id)
        if opened.is_issued and opened.drift and not reason:
            raise EvidenceError(
                f"The form was issued already and these files have changed since: {', '.join(opened.drift)}. "
                "Say why with --reason, and the change is recorded as an amendment."
            )
        if not opened.is_issued or opened.drift:
            frozen = Froze(files=texts(workspace, round_id), changed=opened.drift)
            change.record(frozen, round=round_id, subject=round_id, reason=reason)
            opened = open_round(workspace, change.connection, round_id)
        made = draft(workspace, opened, (), "form", {})
        return issue_draft(change, opened, made, before=last_version(opened, "form"), reason=reason)


def issue_draft(
    change: Transaction, opened: Opened, made: Draft, *, before: tuple[Entry, Issued] | None, reason: str = ""
) -> Version:
    """Write `made` as a new version and record it, unless it says what `before` said."""
    folder = change.workspace.issued(opened.round.id)
    if before and before[1].says == made.says:
        act = before[1]
        return Version(act.document, act.version, tuple(folder / name for name in act.files), is_new=False)
    number = next_version(opened, made.document)
    changed = changes(before[1], made) if before else ()
    stamp = stamp_of(opened, made, number, changed)
    files = {versioned(name, number): content for name, content in made.render(stamp).items()}
    for name, content in files.items():
        change.write(folder / name, content, read_only=True)
    act = Issued(
        document=made.document,
        version=number,
        files={name: results.digest(content) for name, content in files.items()},
        says=made.says,
        options=made.options,
        changed=changed,
        bids=made.bids,
    )
    change.record(act, round=opened.round.id, subject=made.document, reason=reason)
    return Version(made.document, number, tuple(folder / name for name in files), is_new=True, changed=changed)


def stamp_of(opened: Opened, made: Draft, version: int, changed: tuple[str, ...]) -> Stamp:
    """What the version prints of itself: the chain head is the one before its issue was recorded."""
    return Stamp(
        document=made.document,
        version=version,
        made_at=opened.now,
        chain_head=opened.head,
        provisional=made.provisional,
        amendments=opened.amendments,
        changed=changed,
    )


def versioned(name: str, version: int) -> str:
    """`queries/harbour.docx` → `queries/harbour-v2.docx`; `pack/cover.docx` → `pack-v2/cover.docx`."""
    if name.startswith("pack/"):
        return f"pack-v{version}/{name.removeprefix('pack/')}"
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-v{version}{dot}{ending}"


def changes(before: Issued, made: Draft) -> tuple[str, ...]:
    """What differs from the version before, file by file, then what the draft itself knows changed."""
    said, says = before.says, made.says
    lines = [f"{name}: new" for name in sorted(says.keys() - said.keys())]
    lines += [f"{name}: no longer in it" for name in sorted(said.keys() - says.keys())]
    lines += [f"{name}: changed" for name in sorted(says.keys() & said.keys()) if says[name] != said[name]]
    return tuple(lines)


def last_version(opened: Opened, document: str) -> tuple[Entry, Issued] | None:
    """The last standing version of a document."""
    found = [(entry, act) for entry, act in opened.acts(Issued) if act.document == document]
    return found[-1] if found else None


def next_version(opened: Opened, document: str) -> int:
    """The number after the last ever given; a version that was set aside keeps its number and its files."""
    return max((act.version for _, act in every_version(opened) if act.document == document), default=0) + 1


def every_version(opened: Opened) -> list[tuple[Entry, Issued]]:
    """Every version ever issued, those set aside too: they were sent out, perhaps."""
    return [(entry, entry.act) for entry in opened.recorded if isinstance(entry.act, Issued)]


def restore(workspace: Workspace, round_id: str) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:
    """Make again, from the record as it stood, every issued file that is gone. Adds no act.

    A file that would not be what was issued (a template was edited since) is a finding and is not written.
    """
    made_again: list[Path] = []
    findings: list[Finding] = []
    with workspace.transaction() as change:
        opened = open_round(workspace, change.connection, round_id)
        for entry, act in every_version(opened):
            folder = workspace.issued(round_id)
            gone = [name for name in act.files if not (folder / name).exists()]
            if gone:
                files = try_again(change, round_id, entry, act)
                findings += write_same(change, folder, act, files, gone)
                made_again += [folder / name for name in gone if name in files]
    return tuple(made_again), tuple(findings)


def try_again(change: Transaction, round_id: str, entry: Entry, act: Issued) -> dict[str, bytes]:
    """As `remake`; nothing where the record, read by the program as it is now, gives no such document."""
    try:
        return remake(change, round_id, entry, act)
    except (EvidenceError, TemplateError):
        return {}


def remake(change: Transaction, round_id: str, entry: Entry, act: Issued) -> dict[str, bytes]:
    """The files of an issued version, from the record as it stood just before its issue was recorded."""
    workspace = change.workspace
    opened = open_round(workspace, change.connection, round_id, upto=entry.number - 1, now=entry.at)
    reads = intake.read_missing(change, opened).reads
    made = draft(workspace, opened, dossiers(opened, reads), act.document, dict(act.options))
    stamp = stamp_of(opened, made, act.version, act.changed)
    return {versioned(name, act.version): content for name, content in made.render(stamp).items()}


def write_same(
    change: Transaction, folder: Path, act: Issued, files: Mapping[str, bytes], gone: list[str]
) -> list[Finding]:
    """Write the files that are what was issued; say which are not."""
    findings = []
    for name in gone:
        if name in files and results.digest(files[name]) == act.files[name]:
            change.write(folder / name, files[name], read_only=True)
        else:
            findings.append(
                Finding(
                    code="not-the-same",
                    severity=Severity.ERROR,
                    message=f"{name} is gone and cannot be made again the same: its template or this program was "
                    "changed since, or something it was made from was erased or is gone. Put it back from a copy of "
                    "the issued folder.",
                )
            )
    return findings


def send(
    workspace: Workspace,
    round_id: str,
    *,
    document: str,
    version: int | None,
    to: str,
    sent: datetime | None,
    acknowledgement: str,
) -> Sent:
    """Record that a person sent a version of a document (the last, unless one is named)."""
    with workspace.transaction() as change:
        opened = open_round(workspace, change.connection, round_id)
        versions = {act.version: act for _, act in opened.acts(Issued) if act.document == document}
        number = version or max(versions, default=0)
        if number not in versions:
            issued = ", ".join(sorted({act.document for _, act in opened.acts(Issued)})) or "nothing"
            raise EvidenceError(f"There is no such version of “{document}” to have been sent. Issued so far: {issued}.")
        when = sent or workspace.now
        _refuse_impossible(opened, document, number, when)
        act = Sent(document=document, version=number, to=to, sent=when, acknowledgement=acknowledgement)
        change.record(act, round=round_id, subject=document)
    return act


def _refuse_impossible(opened: Opened, document: str, version: int, when: datetime) -> None:
    """A document cannot have been sent before it was made, nor later than now; replies are counted from then."""
    made = next(entry.at for entry, act in opened.acts(Issued) if (act.document, act.version) == (document, version))
    if when < made.replace(second=0, microsecond=0):
        raise EvidenceError(
            f"{document} v{version} was made {show_moment(made)}, so it cannot have been sent {show_moment(when)}."
        )
    if when > opened.now:
        raise EvidenceError(f"{show_moment(when)} has not come yet. Record the sending once it is done.")
