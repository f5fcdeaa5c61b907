"""The workspace: its folders, who acts and when, the lock, originals, and changes that happen whole or not at all."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection, RowMapping, delete, insert, select

from commissioning.documents.mail import read_mail
from commissioning.edge import journal
from commissioning.edge.results import digest as digest_of
from commissioning.edge.store import PENDING, Store, disk_faults, open_store
from commissioning.errors import DocumentError, EvidenceError, RoundError, StoreError
from commissioning.model.act import Act, DeliveredFile, Entry, Erased, Received

FOLDERS = ("templates", "assessments", "submissions")
FAILPOINTS = ("before commit", "after commit", "between renames")
CRASHED = 70
"""The exit code of a process that a failpoint ended."""

STAGED = ".pending-"


def find_workspace(start: Path) -> Path:
    """The nearest folder at or above `start` that has the workspace's three folders; EvidenceError if there is none."""
    for folder in (start.resolve(), *start.resolve().parents):
        if all((folder / name).is_dir() for name in FOLDERS):
            return folder
    raise EvidenceError(
        f"{start} is not in a workspace: a folder with templates, assessments and submissions. "
        "Name one with --workspace, or make one with `commissioning init DIR`."
    )


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace as one command sees it: where it is, who acts (`--as`), and when (`--now`).

    A process that reaches one of its `failpoints` ends there and then, as in a power cut: for tests.
    """

    root: Path
    actor: str | None
    now: datetime
    failpoints: frozenset[str] = frozenset()

    @property
    def database(self) -> Path:
        """The store."""
        return self.root / "commissioning.db"

    def received(self, round: str) -> Path:
        """Deliveries, exactly as they came."""
        return self.root / "submissions" / round / "received"

    def issued(self, round: str) -> Path:
        """What the office sends."""
        return self.root / "submissions" / round / "issued"

    def text(self, path: str) -> str | None:
        """The text of a configuration file, by its path below the workspace; None if there is none."""
        file = _below(self.root, self.root / path)
        try:
            return file.read_text(encoding="utf-8-sig") if file.is_file() else None
        except UnicodeDecodeError as error:
            raise RoundError([f"{path}: it is not plain UTF-8 text; save it as “CSV UTF-8” or UTF-8 text"]) from error

    def template(self, name: str) -> bytes:
        """The Word template of this name; EvidenceError if it is gone."""
        file = self.root / "templates" / f"{name}.docx"
        if not file.is_file():
            raise EvidenceError(f"{file}: this template is not there. Put it back, or copy it from a new workspace.")
        with disk_faults(file):
            return file.read_bytes()

    def who(self) -> str:
        """The name acts are recorded under; EvidenceError if nobody was named."""
        if not self.actor or not self.actor.strip():
            raise EvidenceError("This is recorded under a person's name. Add --as NAME.")
        return self.actor

    def reach(self, name: str) -> None:
        """End the process if `name` is a failpoint of this workspace; nothing gets to tidy up."""
        if name in self.failpoints:
            os._exit(CRASHED)

    @contextmanager
    def locked(self, *, timeout: float = 2) -> Iterator[None]:
        """Hold the workspace alone; StoreError naming the holder if another process keeps it. May be nested."""
        file = self.root / "commissioning.lock"
        lock = FileLock(file, is_singleton=True)
        holder = self.root / "commissioning.lock.holder"  # beside the lock: Windows hides a locked file's content
        with disk_faults(self.root):
            if not file.exists():
                file.touch()  # the lock itself would take a folder out of reach for a busy one
            try:
                lock.acquire(timeout=timeout)
            except Timeout as error:
                raise StoreError(_in_use(self.root, holder)) from error
        try:
            if lock.lock_counter == 1:
                _name_holder(holder, self.actor)
            yield
        finally:
            if lock.lock_counter == 1:
                holder.unlink(missing_ok=True)
            lock.release()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The store as it stands, without the lock; what a crash left half-done is finished first."""
        self._refuse_lost_store()
        with open_store(self.database) as store:
            if _pending(store):
                with self.locked():
                    self.recover(store)
            with store.transaction(keep=False) as connection:
                yield connection

    @contextmanager
    def transaction(self, *, dry_run: bool = False) -> Iterator[Transaction]:
        """Acts, results and files that happen together: all when the block ends, none on an error or in a dry run.

        Files are staged beside their targets and listed in the store; the commit decides, `recover` does the rest.
        """
        self._refuse_lost_store()
        with self.locked(), open_store(self.database) as store:
            self.recover(store)
            try:
                with store.transaction(keep=not dry_run) as connection:
                    yield Transaction(self, connection)
                    self.reach("before commit")
                self.reach("after commit")
            finally:
                self.recover(store)

    def _refuse_lost_store(self) -> None:
        """StoreError when documents were issued here and the store that says so is gone or empty."""
        if self.database.exists() and self.database.stat().st_size:
            return
        if any(path.is_file() for path in (self.root / "submissions").glob("*/issued/**/*")):
            raise StoreError(
                f"{self.database} is gone or empty, though documents were issued here. Nothing was changed. Put it "
                "back, or restore the last backup into a new folder: commissioning restore ZIP DIR."
            )

    def recover(self, store: Store) -> None:
        """Finish the file work of the last commit, and drop what was staged without one. Needs the lock."""
        pending = _pending(store)
        with disk_faults(self.root / "submissions"):
            for row in pending:
                self._settle(row)
                self.reach("between renames")
            for orphan in [*(self.root / "submissions").rglob(f"{STAGED}*")]:
                _remove(orphan)
                _remove_empty(orphan.parent, upto=self.root / "submissions")
        if pending:
            with store.transaction() as connection:
                connection.execute(delete(PENDING))

    def original_bytes(self, round: str, file: DeliveredFile) -> bytes:
        """The bytes of a delivered file or attachment; StoreError if it is gone or no longer what was received."""
        path = _below(self.received(round), self.received(round) / file.path)
        if not path.is_file():
            raise StoreError(f"{path}: this original has gone. Put it back from a backup; nothing else can replace it.")
        with disk_faults(path):
            content = path.read_bytes()
        if file.part is not None:
            content = _attachment(content, file.part)
        if digest_of(content) != file.sha256:
            raise StoreError(f"{path}: this original was altered since it was received. Put it back from a backup.")
        return content

    def check_originals(self, entries: Iterable[Entry]) -> tuple[str, ...]:
        """What is wrong with the originals these entries record: each one altered or gone, but for those erased."""
        kept = tuple(entries)
        erased = {sha for entry in kept if isinstance(entry.act, Erased) for sha in entry.act.originals}
        faults = []
        for entry in kept:
            for file in entry.act.files if isinstance(entry.act, Received) else ():
                try:
                    if file.sha256 not in erased:
                        self.original_bytes(entry.round, file)
                except StoreError as fault:
                    faults.append(str(fault))
        return tuple(faults)

    def _settle(self, row: RowMapping) -> None:
        """Bring one file where the commit said it goes, or away; done already is fine, another file there is not."""
        target, staged = self.root / row["target"], self.root / row["temporary"]
        if not row["temporary"]:
            _remove(target)
        elif staged.exists() and target.exists() and digest_of(target.read_bytes()) != row["sha256"]:
            raise StoreError(f"{target}: another file took this name meanwhile. Move it away and run this again.")
        elif staged.exists():
            staged.replace(target)
        _settle_folder(target.parent)


@dataclass(frozen=True, slots=True)
class Original:
    """A delivered file in its place below the round's `received/`."""

    path: str
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Transaction:
    """One change of the workspace, open. What it is told happens when its block ends."""

    workspace: Workspace
    connection: Connection
    staged: dict[Path, str] = field(default_factory=dict)

    def record(self, act: Act, *, round: str, subject: str, reason: str = "") -> Entry:
        """Append `act` to the journal under the name and at the instant of this command."""
        who, now = self.workspace.who(), self.workspace.now
        return journal.append(self.connection, round=round, act=act, subject=subject, actor=who, at=now, reason=reason)

    def write(self, path: Path, content: bytes, *, read_only: bool = False) -> None:
        """Stage a file below `submissions/`; the same file there already is fine, StoreError if another one is."""
        target, digest = _below(self.workspace.root / "submissions", path), digest_of(content)
        there = self._there(target)
        if there == digest:
            return
        if there is not None:
            raise StoreError(f"{target}: a different file has this name already, and files are never overwritten.")
        staged = target.with_name(f"{STAGED}{len(self.staged) + 1}")
        self.staged[target] = digest
        with disk_faults(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            _write_through(staged, content)
            if digest_of(staged.read_bytes()) != digest:
                raise StoreError(f"{target}: the disk did not keep what was written. Check it, and run this again.")
            if read_only:
                staged.chmod(stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH)
        self._plan(target, staged, digest)

    def remove(self, path: Path) -> None:
        """Stage the removal of a file below `submissions/`: an original to be erased."""
        self._plan(_below(self.workspace.root / "submissions", path), None, "")

    def keep_original(self, source: Path, *, round: str, delivery: str) -> Original:
        """Copy `source` to `received/<delivery>/`; a file that lies in `received/` already stays where it is."""
        received = self.workspace.received(round).resolve()
        try:
            content = source.read_bytes()
        except OSError as error:
            why = f"it cannot be opened ({error.strerror})."
            raise DocumentError(str(source), why, "Check the name and that you may read it.") from error
        target = source.resolve()
        if not target.is_relative_to(received):
            name = source.name.removeprefix(STAGED)  # such a name would be taken for our own and dropped
            target = self._free(_below(received, received / delivery) / name, digest_of(content))
            self.write(target, content, read_only=True)
        return Original(target.relative_to(received).as_posix(), digest_of(content), content)

    def _there(self, target: Path) -> str | None:
        """The hash of what stands at `target` or is staged for it."""
        if target in self.staged:
            return self.staged[target]
        with disk_faults(target):
            return digest_of(target.read_bytes()) if target.exists() else None

    def _free(self, target: Path, digest: str) -> Path:
        """`target`, or its name with the first number that no different file has."""
        number, free = 1, target
        while self._there(free) not in {None, digest}:
            number += 1
            free = target.with_name(f"{target.stem} ({number}){target.suffix}")
        return free

    def _plan(self, target: Path, staged: Path | None, digest: str) -> None:
        root = self.workspace.root
        temporary = staged.relative_to(root).as_posix() if staged else ""
        row = {"target": target.relative_to(root).as_posix(), "temporary": temporary, "sha256": digest}
        self.connection.execute(insert(PENDING).values(row))


def _pending(store: Store) -> list[RowMapping]:
    with store.transaction(keep=False) as connection:
        query = select(PENDING.c.target, PENDING.c.temporary, PENDING.c.sha256).order_by(PENDING.c.target)
        return list(connection.execute(query).mappings())


def _attachment(mail: bytes, part: int) -> bytes:
    """The attachment with this number; nothing if the e-mail no longer has it."""
    with suppress(DocumentError):
        attachments = read_mail(mail, "").attachments
        return attachments[part - 1].content if 0 < part <= len(attachments) else b""
    return b""


def _below(folder: Path, path: Path) -> Path:
    """`path`, made sure to lie below `folder`: names come from strangers' files and handed-over journals."""
    if not path.resolve().is_relative_to(folder.resolve()):
        raise StoreError(f"{path}: this lies outside {folder}, and only what lies inside is read or written.")
    return path


def _write_through(path: Path, content: bytes) -> None:
    """Write a new file and wait until the disk has it."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle_folder(folder: Path) -> None:
    """Wait until the disk has the names in `folder`; Windows neither offers nor needs it."""
    if os.name != "nt" and folder.is_dir():
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove(path: Path) -> None:
    with suppress(FileNotFoundError):
        path.chmod(stat.S_IREAD | stat.S_IWRITE)  # Windows does not remove a read-only file
        path.unlink()


def _remove_empty(folder: Path, *, upto: Path) -> None:
    """Remove a folder made for a file that was dropped, and those above it, as long as nothing is in them."""
    while folder != upto and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _name_holder(holder: Path, actor: str | None) -> None:
    since = datetime.now(UTC).astimezone()
    text = f"{actor or 'somebody'} (process {os.getpid()} on {socket.gethostname()}, since {since:%d %B %Y %H:%M:%S})"
    with disk_faults(holder):
        holder.write_text(text, encoding="utf-8")


def _in_use(root: Path, holder: Path) -> str:
    try:
        who = holder.read_text(encoding="utf-8")
    except OSError:
        who = "another process"
    return f"{root} is in use by {who}. Wait until that is done, or end it, and run this again."
