"""Back up, hand over, restore: the journal, the originals and the office's own files in one zip anyone can read."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from pydantic import JsonValue
from sqlalchemy import Connection

from commissioning.edge import journal
from commissioning.edge.results import digest
from commissioning.edge.store import ENTRY, canonical, disk_faults, open_store
from commissioning.edge.workspace import FOLDERS, STAGED, Workspace
from commissioning.errors import StoreError

README = """\
This is a copy of a commissioning workspace: what people did, and what providers sent.

journal.jsonl   one act a line, in order: who, when, what, why. "payload" is what the act says; null means erased.
                "hash" is SHA-256 over all other fields but "payload", written as JSON with sorted names, no spaces
                and ASCII only; "payload_hash" is the same over "payload"; "previous" is the hash of the line before.
manifest.csv    every file by its path in the workspace, its SHA-256 and its size; its bytes are files/<SHA-256>.
files/          originals exactly as they were received, and the office's own assessments and templates.

Acts: {acts}. Last hash: {head}. Issued documents are not here; the program makes them again from this.
{faults}
To restore: commissioning restore THIS.zip NEW-FOLDER
Personal data is in here. What was erased before this copy was made is not; what is erased later still is:
destroy older copies then.
"""


def backup(workspace: Workspace, destination: Path) -> tuple[str, ...]:
    """Write the zip; return what is wrong with the originals, which its README says too.

    The same workspace gives the same bytes. StoreError if the journal is broken or `destination` exists.
    """
    if destination.exists():
        raise StoreError(f"{destination}: this exists already, and backups are never overwritten. Choose a new name.")
    with workspace.locked(), workspace.reading() as connection:
        _refuse_broken(workspace.database, journal.verify(connection))
        faults = workspace.check_originals(journal.entries(connection))
        staged = destination.with_name(f".{destination.name}.partial")
        try:
            with disk_faults(destination):
                _write(workspace, connection, staged, faults)
                staged.rename(destination)
        finally:
            staged.unlink(missing_ok=True)
    return faults


def restore(archive: Path, destination: Path) -> None:
    """Make a workspace of `destination` from a backup, its chain and every hash checked first.

    StoreError if anything does not fit or `destination` holds anything; then nothing of it remains.
    """
    if destination.exists() and (not destination.is_dir() or any(destination.iterdir())):
        raise StoreError(f"{destination}: a backup is restored into a new folder only. Choose another name.")
    with disk_faults(destination):
        destination.parent.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(dir=destination.parent, prefix=".restore-"))
        try:
            _unpack(archive, staged)
            if destination.exists():
                destination.rmdir()
            staged.rename(destination)
        finally:
            shutil.rmtree(staged, ignore_errors=True)


def _write(workspace: Workspace, connection: Connection, staged: Path, faults: tuple[str, ...]) -> None:
    """One pass over the files: each is read once, its hash and its bytes are of the same moment."""
    lines = [_line({**row}) for row in journal.lines(connection)]
    manifest = [("path", "sha256", "size")]
    with ZipFile(staged, "w", ZIP_DEFLATED) as archive:
        for path in _files(workspace.root):
            content = path.read_bytes()
            sha = digest(content)
            manifest.append((path.relative_to(workspace.root).as_posix(), sha, str(len(content))))
            if f"files/{sha}" not in archive.NameToInfo:
                _add(archive, f"files/{sha}", content)
        _add(archive, "manifest.csv", _table(manifest).encode())
        _add(archive, "journal.jsonl", "".join(lines).encode())
        wrong = "\n".join(("", "Found wrong when this copy was made:", *faults, "")) if faults else ""
        readme = README.format(acts=len(lines), head=journal.head(connection) or "none", faults=wrong)
        _add(archive, "README.txt", readme.encode())


def _files(root: Path) -> Iterator[Path]:
    """Originals and configuration, in the order of their paths."""
    folders = (root / "assessments", *root.glob("submissions/*/received"), root / "templates")
    found = (path for folder in folders for path in folder.rglob("*"))
    return iter(sorted(path for path in found if path.is_file() and not path.name.startswith(STAGED)))


def _line(row: dict[str, JsonValue]) -> str:
    text = row.pop("json")
    return canonical({**row, "payload": json.loads(text) if isinstance(text, str) else None}) + "\n"


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _add(archive: ZipFile, name: str, content: bytes) -> None:
    """Add a part whose bytes depend on nothing but its content."""
    part = ZipInfo(name)
    part.compress_type, part.create_system, part.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
    archive.writestr(part, content)


def _unpack(archive: Path, staged: Path) -> None:
    for name in FOLDERS:
        (staged / name).mkdir()
    try:
        with disk_faults(archive):
            parts = ZipFile(archive)
        with parts:
            _unpack_files(archive, parts, staged)
            _unpack_journal(archive, parts.read("journal.jsonl"), staged)
    except (BadZipFile, KeyError, ValueError) as error:
        problem = "it is damaged, or not a backup made by this program. Use another copy."
        raise StoreError(f"{archive}: {problem}") from error


def _unpack_files(archive: Path, parts: ZipFile, staged: Path) -> None:
    for row in csv.DictReader(io.StringIO(parts.read("manifest.csv").decode())):
        path, size = PurePosixPath(row["path"]), int(row["size"])
        if path.parts[0] not in FOLDERS or ".." in path.parts or any(mark in row["path"] for mark in "\\:"):
            raise StoreError(f"{archive}: its list of files names {path}, which lies outside a workspace.")
        with parts.open(f"files/{row['sha256']}") as part:
            content = part.read(size + 1)  # no more than it says, whatever it unpacks to
        if len(content) != size or digest(content) != row["sha256"]:
            raise StoreError(f"{archive}: {path} is not what its list of files says. Use another copy.")
        target = staged.joinpath(*path.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _unpack_journal(archive: Path, text: bytes, staged: Path) -> None:
    with open_store(staged / "commissioning.db") as store:
        with store.transaction() as connection:
            for line in text.decode().splitlines():
                envelope = json.loads(line)
                payload = envelope.pop("payload")
                if set(envelope) != set(ENTRY.columns.keys()):
                    raise ValueError(line)
                journal.insert_line(connection, envelope, None if payload is None else canonical(payload))
        with store.transaction(keep=False) as connection:
            _refuse_broken(archive, journal.verify(connection))
            journal.entries(connection)  # each act must be one this version can read


def _refuse_broken(path: Path, faults: tuple[str, ...]) -> None:
    if faults:
        listed = "\n".join(f"  {fault}" for fault in faults)
        raise StoreError(f"{path}: the journal is not intact, so it is not handed on:\n{listed}")
