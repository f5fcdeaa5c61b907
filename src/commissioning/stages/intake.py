"""Intake: deliveries come in, files are read and assigned, people mend what was read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from commissioning.documents.kinds import Kind, kind_of
from commissioning.documents.mail import Mail, read_mail, received_at
from commissioning.edge import results, workers
from commissioning.edge.workspace import Original, Transaction, Workspace
from commissioning.errors import DocumentError, EvidenceError
from commissioning.findings import Finding, Place, Result, Severity
from commissioning.forms.amend import Amendment, amend
from commissioning.forms.read import READING_VERSION, ReadTask, read_task
from commissioning.model.act import (
    Act,
    Assigned,
    Clarified,
    Corrected,
    DeliveredFile,
    Entry,
    PassagesRead,
    Received,
    TimeStated,
)
from commissioning.model.bid import Answer, Bid, LedgerLine, Method, Read, Reading
from commissioning.model.form import Form
from commissioning.stages.opened import (
    Opened,
    annexes_of,
    deliveries,
    known_bids,
    late_decision,
    open_round,
    settled_files,
    withdrawn,
)
from commissioning.steps.assigning import Known, Proposal, propose, said
from commissioning.steps.checking import check

OnDone = Callable[[], object]

MAIL = Kind.MAIL.value

HASH_BEGINNING = 6
"""Characters of a hash that name a file."""


# Deliveries


def receive(workspace: Workspace, round_id: str, paths: tuple[Path, ...], *, dry_run: bool = False) -> list[Received]:
    """Register what `paths` hold as deliveries and return those that are new.

    An e-mail, or a file on its own, is a delivery; so are the files lying together in a folder, and each folder or
    e-mail below it. What is registered already, byte for byte at the same place, is left as it is.
    """
    groups = [group for path in paths for group in arrivals(path)]
    with workspace.transaction(dry_run=dry_run) as change:
        opened = open_round(workspace, change.connection, round_id)
        there = {file.path for delivery in deliveries(opened) for file in delivery.files}
        number = len(list(opened.acts(Received)))
        new: list[Received] = []
        for group in groups:
            name = f"D{number + len(new) + 1:02d}"
            delivery = delivered(change, opened, group, name)
            if {file.path for file in delivery.files} <= there:
                continue
            there |= {file.path for file in delivery.files}
            change.record(delivery, round=round_id, subject=name)
            new.append(delivery)
    return new


def arrivals(path: Path) -> Iterator[tuple[Path, ...]]:
    """Groups of files that arrived together: see `receive`."""
    if not path.exists():
        raise EvidenceError(f"{path}: there is no such file or folder. Check the name and run this again.")
    if path.is_file():
        yield (path,)
        return
    files = sorted(each for each in path.iterdir() if each.is_file() and not each.name.startswith("."))
    mails = [file for file in files if file.suffix.lower() == ".eml"]
    together = tuple(file for file in files if file not in mails)
    if together:
        yield together
    for mail in mails:
        yield (mail,)
    for folder in sorted(each for each in path.iterdir() if each.is_dir()):
        yield from arrivals(folder)


def delivered(change: Transaction, opened: Opened, group: tuple[Path, ...], name: str) -> Received:
    """The delivery that `group` makes, its originals kept."""
    kept = [(path, change.keep_original(path, round=opened.round.id, delivery=name)) for path in group]
    files: list[DeliveredFile] = []
    mail: Mail | None = None
    for path, original in kept:
        kind = kind_of(original.content)
        files.append(_file(original.content, path.name, original))
        if kind is Kind.MAIL:
            mail = read_mail(original.content, path.name)
            files.extend(
                _file(attachment.content, attachment.name, original, part=part)
                for part, attachment in enumerate(mail.attachments, start=1)
            )
    when, how = received_at(mail, opened.round.receiving_servers) if mail else (None, "no e-mail says when it came")
    modified = min(path.stat().st_mtime for path in group)
    return Received(
        delivery=name,
        sender=mail.sender if mail else "",
        subject=mail.subject if mail else "",
        received=when,
        received_from=how,
        file_time=datetime.fromtimestamp(modified, UTC),
        files=tuple(files),
    )


def _file(content: bytes, name: str, original: Original, *, part: int | None = None) -> DeliveredFile:
    digest = results.digest(content)
    kind = kind_of(content).value
    return DeliveredFile(sha256=digest, name=name, size=len(content), kind=kind, path=original.path, part=part)


def record(workspace: Workspace, round_id: str, act: Act, *, subject: str, reason: str = "") -> Entry:
    """Write one human act, after checking that what it speaks of exists."""
    with workspace.transaction() as change:
        opened = open_round(workspace, change.connection, round_id)
        check_subject(opened, act)
        return change.record(act, round=round_id, subject=subject, reason=reason)


def check_subject(opened: Opened, act: Act) -> None:
    """Refuse an act about a bid, delivery, file, stream or question that the round does not have."""
    known = {
        "bid": [bid.bid for bid in known_bids(opened)],
        "delivery": [delivery.delivery for delivery in deliveries(opened)],
        "file": [file.sha256 for delivery in deliveries(opened) for file in delivery.files],
        "stream": [stream.id for stream in opened.round.streams],
        "question": [asked.id for asked in opened.form.asked],
        "role": [role.id for role in opened.round.roles],
        "body": [body.id for body in opened.round.bodies],
    }
    if isinstance(act, Assigned):
        known["bid"].append(act.bid)
    for name, there in known.items():
        said = getattr(act, name, "")
        if said and said not in there:
            some = ", ".join(there[:12]) or "none"
            raise EvidenceError(f"This round has no {name} “{said}”. There {'are' if there else 'is'}: {some}.")


def state_time(workspace: Workspace, round_id: str, delivery: str, received: datetime, reason: str) -> Entry:
    """A person says when a delivery arrived, and how they know."""
    act = TimeStated(delivery=delivery, received=received)
    return record(workspace, round_id, act, subject=delivery, reason=reason)


# Reading


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What one run of reading did: files read now, all files, and processes that stopped without an answer."""

    fresh: int
    reads: Mapping[str, Read]
    stopped: tuple[Finding, ...]


def read(workspace: Workspace, round_id: str, *, on_start: Callable[[int], OnDone] | None = None) -> ReadReport:
    """Read every file received that has not been read against this form, each in a supervised process.

    `on_start` is told how many there are and gives back what to call after each.
    """
    with workspace.transaction() as change:
        return read_missing(change, open_round(workspace, change.connection, round_id), on_start=on_start)


def read_missing(change: Transaction, opened: Opened, *, on_start: Callable[[int], OnDone] | None = None) -> ReadReport:
    """The readings of every file received, those there are recalled and the others made."""
    there = recall_reads(change.connection, opened)
    waiting = {file.sha256: file for file in delivered_files(opened) if file.sha256 not in there}
    done = on_start(len(waiting)) if on_start else lambda: None
    tasks = [(sha, _task(change.workspace, opened, file)) for sha, file in waiting.items()]
    stopped = []
    for outcome in workers.run_supervised(read_task, tasks, workers=max(1, os.cpu_count() or 1)):
        file = waiting[outcome.key]
        if outcome.value is not None:
            _remember(change.connection, opened, file, outcome.value)
            there[outcome.key] = Read.model_validate_json(outcome.value)
        else:
            stopped.append(_stopped(file, outcome.sentence))
        done()
    in_order = {file.sha256: there[file.sha256] for file in delivered_files(opened) if file.sha256 in there}
    return ReadReport(fresh=len(waiting), reads=in_order, stopped=tuple(stopped))


def _task(workspace: Workspace, opened: Opened, file: DeliveredFile) -> ReadTask:
    content = workspace.original_bytes(opened.round.id, file)
    return ReadTask(content=content, name=file.name, sha256=file.sha256, form=opened.form.model_dump_json())


def _remember(connection: Connection, opened: Opened, file: DeliveredFile, value: str) -> None:
    results.remember(connection, "read", f"{opened.round.id} {file.sha256}", reading_hash(opened.form, file), value)


def _stopped(file: DeliveredFile, sentence: str) -> Finding:
    return Finding(
        code="not-read",
        severity=Severity.ERROR,
        message=f"{file.name}: {sentence} The file is kept; open it by hand, or ask for another copy.",
        place=Place(file=file.name),
    )


def reading_hash(form: Form, file: DeliveredFile) -> str:
    """What a reading depends on: how reading is done, the form, and the file's bytes and name."""
    return results.input_hash(READING_VERSION, form, file.sha256, file.name)


def recall_reads(connection: Connection, opened: Opened) -> dict[str, Read]:
    """Readings there are, by the file's hash."""
    found = {}
    for file in delivered_files(opened):
        subject = f"{opened.round.id} {file.sha256}"
        value = results.recall(connection, "read", subject, reading_hash(opened.form, file))
        if value is not None:
            found[file.sha256] = Read.model_validate_json(value)
    return found


def delivered_files(opened: Opened) -> list[DeliveredFile]:
    """Every file that arrived, once per content: equal files of other deliveries are the same file."""
    found = {file.sha256: file for delivery in reversed(deliveries(opened)) for file in reversed(delivery.files)}
    return list(reversed(found.values()))


def preflight(workspace: Workspace, round_id: str, paths: tuple[Path, ...]) -> list[Read]:
    """What each file would be read as against the round's form, with what it lacks; stores nothing."""
    with workspace.reading() as connection:
        opened = open_round(workspace, connection, round_id)
    tasks = [(str(path), _draft_task(opened, path)) for path in paths]
    outcomes = {outcome.key: outcome for outcome in workers.run_supervised(read_task, tasks)}
    return [_preflighted(opened, path, outcomes[str(path)]) for path in paths]


def _draft_task(opened: Opened, path: Path) -> ReadTask:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DocumentError(str(path), f"it cannot be opened ({error.strerror}).", "Check the name.") from error
    return ReadTask(content=content, name=path.name, sha256=results.digest(content), form=opened.form.model_dump_json())


def _preflighted(opened: Opened, path: Path, outcome: workers.Outcome) -> Read:
    if outcome.value is None:
        failure = Finding(code="not-read", severity=Severity.ERROR, message=outcome.sentence)
        return Read(file="", name=path.name, failure=failure)
    read = Read.model_validate_json(outcome.value)
    if read.reading is None:
        return read
    lacking = check(opened.round, opened.form, draft_bid(opened, read.reading))
    findings = tuple(dict.fromkeys((*read.reading.findings, *lacking)))
    return read.with_changes(reading=read.reading.with_changes(findings=findings))


def draft_bid(opened: Opened, reading: Reading) -> Bid:
    """The bid that a draft would be, so that it can be checked as one."""
    return Bid(
        id="draft",
        round=opened.round.id,
        provider=said(reading, "organisation_name"),
        stream=said(reading, "stream"),
        delivery="",
        file="",
        file_name=reading.file,
        received=None,
        received_from="",
        answers=reading.answers,
    )


# Assigning


def proposals(opened: Opened, reads: Mapping[str, Read]) -> tuple[Proposal, ...]:
    """What the program would do with each file that nobody has settled."""
    return propose(
        deliveries(opened),
        reads,
        known=known_bids(opened),
        settled=settled_files(opened),
        documents=opened.round.documents,
    )


def accept(workspace: Workspace, round_id: str, numbers: tuple[int, ...] | None, *, reason: str) -> list[Proposal]:
    """Record the proposals of these numbers, from 1; with None, all that are certain. Returns those recorded."""
    report = read(workspace, round_id)
    with workspace.transaction() as change:
        opened = open_round(workspace, change.connection, round_id)
        offered = proposals(opened, report.reads)
        chosen = _chosen(offered, numbers)
        for proposal in chosen:
            if proposal.act is not None:
                subject = getattr(proposal.act, "bid", "") or proposal.delivery
                change.record(proposal.act, round=round_id, subject=subject, reason=reason or proposal.why)
    return chosen


def _chosen(offered: tuple[Proposal, ...], numbers: tuple[int, ...] | None) -> list[Proposal]:
    if numbers is None:
        return [proposal for proposal in offered if proposal.certain]
    for number in numbers:
        if not 1 <= number <= len(offered):
            raise EvidenceError(f"There is no proposal {number}; they are numbered from 1 to {len(offered)}.")
        if offered[number - 1].act is None:
            raise EvidenceError(f"Proposal {number} needs a person's word: {offered[number - 1].why}")
    return [offered[number - 1] for number in numbers]


def find_file(opened: Opened, name: str, *, delivery: str = "") -> tuple[Received, DeliveredFile]:
    """The one file of this name (or hash, or its beginning), in this delivery when one is named."""
    found = [
        (each, file)
        for each in deliveries(opened)
        for file in each.files
        if delivery in ("", each.delivery)
        and (file.name == name or (len(name) >= HASH_BEGINNING and file.sha256.startswith(name)))
    ]
    if not found:
        raise EvidenceError(f"No delivery of this round holds a file “{name}”. `assign` lists what there is.")
    if len(found) > 1:
        where = ", ".join(each.delivery for each, _ in found)
        raise EvidenceError(f"Several deliveries hold a file “{name}” ({where}). Name one with --delivery.")
    return found[0]


def next_bid(opened: Opened) -> str:
    """The next free bid number."""
    numbers = [int(bid.bid[1:]) for bid in known_bids(opened) if bid.bid[1:].isdigit()]
    return f"B{max(numbers, default=0) + 1:02d}"


# Bids as they stand


@dataclass(frozen=True, slots=True)
class ReadBid:
    """A bid as it stands, with what is to be noticed about its answers and the reading it comes from.

    `unplaced` is the text nobody has found a question for: of the form, and of the e-mail it came with.
    """

    bid: Bid
    findings: tuple[Finding, ...]
    reading: Reading | None
    unplaced: tuple[LedgerLine, ...]


def bids(opened: Opened, reads: Mapping[str, Read]) -> tuple[ReadBid, ...]:
    """Every bid assigned, with corrections and clarifications in place."""
    return tuple(_bid(opened, known, reads) for known in known_bids(opened))


def _bid(opened: Opened, known: Known, reads: Mapping[str, Read]) -> ReadBid:
    file = known.files[-1]
    delivery = next(
        each
        for each in deliveries(opened)
        if any(one.sha256 == file for one in each.files) and (each.delivery == delivery_of(opened, known.bid, file))
    )
    reading = reads[file].reading if file in reads else None
    mended = mend(opened, known.bid, file, reading)
    late = late_decision(opened, known.bid)
    bid = Bid(
        id=known.bid,
        round=opened.round.id,
        provider=known.provider,
        stream=known.stream,
        delivery=delivery.delivery,
        file=file,
        file_name=next(each.name for each in delivery.files if each.sha256 == file),
        received=delivery.received,
        received_from=delivery.received_from,
        late_accepted=late.accepted if late else None,
        withdrawn=known.bid in withdrawn(opened),
        answers=mended.value,
        annexes=annexes_of(opened, known.bid),
    )
    mails = [reads[each.sha256].reading for each in delivery.files if each.kind == MAIL and each.sha256 in reads]
    lines = (line for each in (reading, *mails) if each for line in each.ledger)
    seen = {passage for _, act in opened.acts(PassagesRead) if act.bid == known.bid for passage in act.passages}
    unplaced = tuple(line for line in lines if is_unplaced(line) and passage_of(line) not in seen)
    left = {line.place for line in unplaced}
    findings = tuple(each for each in mended.findings if each.code != "unplaced" or each.place in left)
    return ReadBid(bid=bid, findings=findings, reading=reading, unplaced=unplaced)


def is_unplaced(line: LedgerLine) -> bool:
    """Whether a person must say what this text answers: it stands under no question and is not only white space."""
    return line.fate == "unplaced" and bool(line.text.strip())


def passage_of(line: LedgerLine) -> str:
    """What names a passage: a hash of its place and text, so that the act that names it holds no provider's words."""
    return results.input_hash("passage", line.place, line.text)


def delivery_of(opened: Opened, bid: str, file: str) -> str:
    """The delivery a bid's file of record came in."""
    return next(act.delivery for _, act in reversed(list(opened.acts(Assigned))) if (act.bid, act.file) == (bid, file))


def mend(opened: Opened, bid: str, file: str, reading: Reading | None) -> Result[tuple[Answer, ...]]:
    """The reading's answers with people's corrections and clarifications of this file in place."""
    if reading is None:
        unread = Finding(
            code="not-read",
            severity=Severity.ERROR,
            message=f"The form of {bid} has not been read. Run `commissioning read {opened.round.id}`.",
        )
        return Result((), (unread,))
    since = assigned_at(opened, bid, file)
    amendments = tuple(
        amendment(entry, entry.act)
        for entry in opened.entries
        if isinstance(entry.act, Corrected | Clarified) and entry.act.bid == bid and entry.number > since
    )
    return amend(reading.answers, reading.findings, form=opened.form, amendments=amendments)


def assigned_at(opened: Opened, bid: str, file: str) -> int:
    """The number of the act that made `file` the form of record; what was mended before was another version's."""
    return max(entry.number for entry, act in opened.acts(Assigned) if (act.bid, act.file) == (bid, file))


def amendment(entry: Entry, act: Corrected | Clarified) -> Amendment:
    """A person's correction or a provider's reply as the form layer takes it."""
    method = Method.CORRECTION if isinstance(act, Corrected) else Method.CLARIFICATION
    said = "corrected" if isinstance(act, Corrected) else "clarified by the provider"
    return Amendment(
        question=act.question,
        row=act.row,
        column=act.column,
        text=act.text,
        method=method,
        place=Place(file=f"journal, act {entry.number}", path=f"{said}, recorded by {entry.actor}"),
        act=entry.number,
    )


def file_hash(workspace: Workspace, round_id: str, name: str) -> str:
    """The hash of the one delivered file of this name."""
    with workspace.reading() as connection:
        return find_file(open_round(workspace, connection, round_id), name)[1].sha256
