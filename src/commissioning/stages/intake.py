"""Intake: deliveries come in, files are read, and people say which is the form of which bid."""

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
from commissioning.edge.workspace import STAGED, Original, Transaction, Workspace
from commissioning.errors import DocumentError, EvidenceError, StoreError
from commissioning.findings import Finding, Place, Result, Severity
from commissioning.forms.read import READING_VERSION, ReadTask, read_task
from commissioning.model.act import (
    Act,
    Assigned,
    DeliveredFile,
    Entry,
    Received,
    TimeStated,
)
from commissioning.model.bid import Bid, Read, Reading
from commissioning.model.form import Form
from commissioning.stages.opened import (
    Opened,
    deliveries,
    known_bids,
    open_round,
    settled_files,
)
from commissioning.steps.assigning import Proposal, next_number, propose, said
from commissioning.steps.checking import check
from commissioning.values.showing import show_moment

OnDone = Callable[[], object]

OLD_VERSION = "old-version"
"""The finding that a file is another version of the form."""

LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep"})
"""Files that systems put into folders by themselves."""

HASH_BEGINNING = 6
"""Characters of a hash that name a file."""


# Deliveries


def receive(
    workspace: Workspace, round_id: str, paths: tuple[Path, ...], *, dry_run: bool = False
) -> Result[tuple[Received, ...]]:
    """Register what `paths` hold as deliveries and return those that are new.

    An e-mail, or a file on its own, is a delivery; so are the files lying together in a folder, and each folder or
    e-mail below it. What is registered already, byte for byte under the same names, is left as it is and said to be;
    what cannot be opened is said, and the rest is registered.
    """
    groups = [group for path in paths for group in arrivals(path)]
    new: list[Received] = []
    findings: list[Finding] = []
    with workspace.transaction(dry_run=dry_run) as change:
        opened = open_round(workspace, change.connection, round_id)
        for group in groups:
            try:
                there = registered(workspace.received(round_id), group, (*deliveries(opened), *new))
                if there:
                    findings.append(registered_already(group, there))
                    continue
                came = delivered(change, opened, group, next_delivery(opened, new))
            except DocumentError as error:
                findings.append(Finding(code="not-received", severity=Severity.ERROR, message=str(error)))
                continue
            change.record(came.value, round=round_id, subject=came.value.delivery)
            new.append(came.value)
            findings += came.findings
    return Result(tuple(new), tuple(findings))


def next_delivery(opened: Opened, new: list[Received]) -> str:
    """The next delivery number; one that was given once is not given again, whatever became of it."""
    given = {entry.subject for entry in opened.recorded if entry.kind == "received"} | {each.delivery for each in new}
    return f"D{len(given) + 1:02d}"


def registered(folder: Path, group: tuple[Path, ...], there: tuple[Received, ...]) -> Received | None:
    """The delivery that `group` is already: where it lies below `folder` by its place, elsewhere by names and bytes."""
    inside = [path.resolve() for path in group if path.resolve().is_relative_to(folder.resolve())]
    places = {path.relative_to(folder.resolve()).as_posix() for path in inside}
    contents = {(path.name, results.digest(opened_file(path))) for path in group}
    for delivery in there:
        files = [file for file in delivery.files if file.part is None]
        same = {(file.name, file.sha256) for file in files} == contents
        if places <= {file.path for file in files} if inside else same:
            return delivery
    return None


def opened_file(path: Path) -> bytes:
    """The bytes of a file that came; DocumentError if it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError as error:
        why = f"it cannot be opened ({error.strerror}), so it is not registered."
        raise DocumentError(str(path), why, "Check that you may read it and that it is closed.") from error


def registered_already(group: tuple[Path, ...], there: Received) -> Finding:
    """That nothing new came, and which delivery it is."""
    names = ", ".join(path.name for path in group)
    message = f"{names}: registered already, as {there.delivery}. Nothing was added."
    return Finding(code="registered-already", severity=Severity.NOTE, message=message)


def arrivals(path: Path) -> Iterator[tuple[Path, ...]]:
    """Groups of files that arrived together: see `receive`."""
    if not path.exists():
        raise EvidenceError(f"{path}: there is no such file or folder. Check the name and run this again.")
    if path.is_file():
        yield (path,)
        return
    files = sorted(each for each in path.iterdir() if each.is_file() and not is_litter(each.name))
    mails = [file for file in files if file.suffix.lower() == ".eml"]
    together = tuple(file for file in files if file not in mails)
    if together:
        yield together
    for mail in mails:
        yield (mail,)
    for folder in sorted(each for each in path.iterdir() if each.is_dir()):
        yield from arrivals(folder)


def is_litter(name: str) -> bool:
    """Whether a file is what a system or Word leaves lying about; any other file is a provider's, dot or not."""
    return name in LITTER or name.startswith(("~$", "._", STAGED))


def delivered(change: Transaction, opened: Opened, group: tuple[Path, ...], name: str) -> Result[Received]:
    """The delivery that `group` makes, its originals kept, and what is wrong with the e-mail it came in."""
    kept = [(path, change.keep_original(path, round=opened.round.id, delivery=name)) for path in group]
    files: list[DeliveredFile] = []
    mail: Mail | None = None
    for path, original in kept:
        files.append(_file(original.content, path.name, original))
        if kind_of(original.content) is Kind.MAIL:
            mail = mail_of(original.content, path.name)
            files.extend(
                _file(attachment.content, attachment.name, original, part=part)
                for part, attachment in enumerate(mail.attachments, start=1)
            )
    when, how = received_at(mail, opened.round.receiving_servers) if mail else (None, "no e-mail says when it came")
    modified = min(path.stat().st_mtime for path in group)
    came = Received(
        delivery=name,
        sender=mail.sender if mail else "",
        subject=mail.subject if mail else "",
        received=when,
        received_from=how,
        file_time=datetime.fromtimestamp(modified, UTC),
        files=tuple(files),
    )
    return Result(came, mail.findings if mail else ())


def mail_of(content: bytes, name: str) -> Mail:
    """The e-mail; one that cannot be taken apart is kept whole, and says so."""
    try:
        return read_mail(content, name)
    except DocumentError as error:
        trouble = Finding(code="mail-damaged", severity=Severity.ERROR, message=str(error), place=Place(file=name))
        return Mail(name, sender="", subject="", date="", received=(), body="", attachments=(), findings=(trouble,))


def _file(content: bytes, name: str, original: Original, *, part: int | None = None) -> DeliveredFile:
    digest = results.digest(content)
    kind = kind_of(content).value
    return DeliveredFile(sha256=digest, name=name, size=len(content), kind=kind, path=original.path, part=part)


def record(workspace: Workspace, round_id: str, act: Act, *, subject: str, reason: str = "") -> Entry:
    """Write one human act, after checking that what it speaks of exists."""
    with workspace.transaction() as change:
        opened = open_round(workspace, change.connection, round_id)
        return record_within(change, opened, act, subject=subject, reason=reason)


def record_within(change: Transaction, opened: Opened, act: Act, *, subject: str, reason: str = "") -> Entry:
    """As `record`, in a change that is open."""
    check_subject(opened, act)
    return change.record(act, round=opened.round.id, subject=subject, reason=reason)


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
    known["of"] = known["bid"]
    if isinstance(act, Assigned):
        known["bid"].append(act.bid)
    for name, there in known.items():
        said = getattr(act, name, "")
        if said and said not in there:
            some = ", ".join(there[:12]) or "none"
            what = "bid" if name == "of" else name
            raise EvidenceError(f"This round has no {what} “{said}”. There {'are' if there else 'is'}: {some}.")


def state_time(workspace: Workspace, round_id: str, delivery: str, received: datetime, reason: str) -> Entry:
    """A person says when a delivery arrived, and how they know."""
    if received > workspace.now:
        raise EvidenceError(f"{show_moment(received)} has not come yet. Say when {delivery} arrived.")
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
    tasks, stopped = _tasks(change.workspace, opened, waiting)
    for _ in stopped:
        done()
    for outcome in workers.run_supervised(read_task, tasks, workers=max(1, os.cpu_count() or 1)):
        file = waiting[outcome.key]
        if outcome.value is not None:
            _remember(change.connection, opened, file, outcome.value)
            there[outcome.key] = read_then(opened, outcome.value)
        else:
            stopped.append(_stopped(file, outcome.sentence))
        done()
    in_order = {file.sha256: there[file.sha256] for file in delivered_files(opened) if file.sha256 in there}
    return ReadReport(fresh=len(waiting), reads=in_order, stopped=tuple(stopped))


def _tasks(
    workspace: Workspace, opened: Opened, waiting: Mapping[str, DeliveredFile]
) -> tuple[list[tuple[str, ReadTask]], list[Finding]]:
    """What is to be read, and which originals are not there to be read: the others are read all the same."""
    tasks, missing = [], []
    for sha, file in waiting.items():
        try:
            tasks.append((sha, _task(workspace, opened, file)))
        except StoreError as error:
            finding = Finding(code="not-read", severity=Severity.ERROR, message=str(error), place=Place(file=file.name))
            missing.append(finding)
    return tasks, missing


def _task(workspace: Workspace, opened: Opened, file: DeliveredFile) -> ReadTask:
    content = workspace.original_bytes(opened.round.id, file)
    return ReadTask(content=content, name=file.name, sha256=file.sha256, form=opened.form.model_dump_json())


def _remember(connection: Connection, opened: Opened, file: DeliveredFile, value: str) -> None:
    inputs = reading_hash(way_of_reading(opened.form), file)
    results.remember(connection, "read", f"{opened.round.id} {file.sha256}", inputs, value)


def _stopped(file: DeliveredFile, sentence: str) -> Finding:
    return Finding(
        code="not-read",
        severity=Severity.ERROR,
        message=f"{file.name}: {sentence} The file is kept; open it by hand, or ask for another copy.",
        place=Place(file=file.name),
    )


def reading_hash(way: str, file: DeliveredFile) -> str:
    """What a reading depends on: the way of reading, and the file's bytes and name."""
    return results.input_hash(way, file.sha256, file.name)


def way_of_reading(form: Form) -> str:
    """How files are read now, and against which form."""
    return results.input_hash(READING_VERSION, form)


def recall_reads(connection: Connection, opened: Opened) -> dict[str, Read]:
    """Readings there are, by the file's hash."""
    found, way = {}, way_of_reading(opened.form)
    for file in delivered_files(opened):
        subject = f"{opened.round.id} {file.sha256}"
        value = results.recall(connection, "read", subject, reading_hash(way, file))
        if value is not None:
            found[file.sha256] = read_then(opened, value)
    return found


def read_then(opened: Opened, value: str) -> Read:
    """A reading as the round takes it: a form issued before an amendment is this round's form all the same."""
    read = Read.model_validate_json(value)
    reading = read.reading
    if reading is None or reading.matched or reading.code not in opened.earlier_codes:
        return read
    note = Finding(
        code="earlier-form",
        severity=Severity.NOTE,
        message=f"It is the form as it was issued before it was amended ({reading.code}).",
        place=Place(file=read.name),
    )
    kept = tuple(each for each in reading.findings if each.code != OLD_VERSION)
    return read.with_changes(reading=reading.with_changes(matched=True, findings=(*kept, note)))


def delivered_files(opened: Opened) -> list[DeliveredFile]:
    """Every file that arrived and was not erased, once per content: equal files of other deliveries are the same."""
    found = {
        file.sha256: file
        for delivery in reversed(deliveries(opened))
        for file in reversed(delivery.files)
        if (delivery.delivery, file.sha256) not in opened.erased
    }
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
        settled=settled_files(opened) | opened.erased,
        documents=opened.round.documents,
        taken=taken_bids(opened),
    )


def accept(workspace: Workspace, round_id: str, numbers: tuple[int, ...] | None, *, reason: str) -> list[Proposal]:
    """Record the proposals of these numbers; with None, all that are certain. Returns those recorded."""
    report = read(workspace, round_id)
    with workspace.transaction() as change:
        opened = open_round(workspace, change.connection, round_id)
        offered = proposals(opened, report.reads)
        chosen = _chosen(offered, numbers)
        _refuse_groundless(opened, chosen)
        for proposal in chosen:
            if proposal.act is not None:
                subject = bid_of(proposal) or proposal.delivery
                change.record(proposal.act, round=round_id, subject=subject, reason=reason or proposal.why)
    return chosen


def bid_of(proposal: Proposal) -> str:
    """The bid a proposal speaks of; "" when it speaks of none."""
    return getattr(proposal.act, "bid", "") or getattr(proposal.act, "of", "")


def taken_bids(opened: Opened) -> frozenset[str]:
    """Every bid number given so far; what was said of a bid that was set aside must not fall to another."""
    return frozenset(entry.subject for entry in opened.recorded if entry.kind == "assigned")


def _chosen(offered: tuple[Proposal, ...], numbers: tuple[int, ...] | None) -> list[Proposal]:
    if numbers is None:
        return [proposal for proposal in offered if proposal.certain]
    there = {proposal.number: proposal for proposal in offered}
    for number in numbers:
        if number not in there:
            waiting = ", ".join(map(str, sorted(there))) or "none"
            raise EvidenceError(f"There is no proposal {number}. These are open: {waiting}.")
        if there[number].act is None:
            raise EvidenceError(f"Proposal {number} needs a person's word: {there[number].why}")
    return [proposal for proposal in offered if proposal.number in numbers]


def _refuse_groundless(opened: Opened, chosen: list[Proposal]) -> None:
    """EvidenceError if a proposal builds on another that is not accepted with it: an annex on its form."""
    there = {bid.bid for bid in known_bids(opened)}
    for proposal in chosen:
        if isinstance(proposal.act, Assigned):
            there.add(proposal.act.bid)
        elif bid_of(proposal) not in {"", *there}:
            raise EvidenceError(
                f"{proposal.name} is proposed for {bid_of(proposal)}, whose form is not accepted yet. "
                "Accept the form too, in the same command or before."
            )


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
    return next_number(taken_bids(opened))


def file_hash(workspace: Workspace, round_id: str, name: str) -> str:
    """The hash of the one delivered file of this name."""
    with workspace.reading() as connection:
        return find_file(open_round(workspace, connection, round_id), name)[1].sha256
