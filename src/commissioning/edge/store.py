"""The store: one embedded database for the journal, its payloads, disposable results and unfinished file work.

Everything but the pragmas and the triggers is plain SQLAlchemy Core, so that another database can stand below it.
"""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue
from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    NullPool,
    String,
    Table,
    Text,
    create_engine,
    event,
    insert,
    inspect,
    select,
)
from sqlalchemy.exc import DBAPIError

from commissioning.errors import StoreError

SCHEMA = "1"

BUSY_SECONDS = 2
"""How long to wait for another program that is writing to the store."""

METADATA = MetaData()
META = Table("meta", METADATA, Column("name", String, primary_key=True), Column("value", String, nullable=False))
ENTRY = Table(
    "entry",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    *(
        Column(name, Text, nullable=False)
        for name in ("at", "actor", "round", "kind", "subject", "reason", "payload_hash", "previous", "hash")
    ),
)
PAYLOAD = Table(
    "payload",
    METADATA,
    Column("entry", Integer, ForeignKey("entry.number"), primary_key=True, autoincrement=False),
    Column("json", Text, nullable=False),
)
RESULT = Table(
    "result",
    METADATA,
    Column("step", String, primary_key=True),
    Column("subject", String, primary_key=True),
    Column("input_hash", String, primary_key=True),
    Column("value", Text, nullable=False),
)
PENDING = Table(
    "pending",
    METADATA,
    Column("target", String, primary_key=True),
    Column("temporary", String, nullable=False),
    Column("sha256", String, nullable=False),
)

_FULL = "the disk is full. Free some space and run this again; nothing was half-written."
_READ_ONLY = "it may not be written to. Ask for the right to change this folder, or work in a copy of it."
_DAMAGED = "it is damaged, or not a store of this program. Move it away and restore the last backup."
_FAILING = "the disk would not take it: it may be full or failing. Check the disk and run this again."
_BUSY = "another program is using it. Wait until that is done and run this again."

_STORE_FAULTS = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened. Check that its folder exists and that you may write there.",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_IOERR: _FAILING,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
}
_DISK_FAULTS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
}


def _forbid(table: Table, action: str) -> None:
    """Let SQLite itself refuse `action` on `table`, whichever program asks for it."""

    def add_trigger(_table: Table, connection: Connection, **_kind: object) -> None:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table.name}_no_{action.lower()} BEFORE {action} ON {table.name} "
                "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
            )

    event.listen(table, "after_create", add_trigger)


_forbid(ENTRY, "UPDATE")
_forbid(ENTRY, "DELETE")
_forbid(PAYLOAD, "UPDATE")


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. Its connections live as long as one transaction."""

    path: Path
    engine: Engine

    @contextmanager
    def transaction(self, *, keep: bool = True) -> Iterator[Connection]:
        """One transaction: all of it is kept when the block ends, none of it on an error or with `keep=False`."""
        with _store_faults(self.path), self.engine.connect() as connection:
            yield connection
            if keep:
                connection.commit()


@contextmanager
def open_store(path: Path) -> Iterator[Store]:
    """The store at `path`, made if there is none; StoreError if it is another version's, damaged or out of reach."""
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    store = Store(path, engine)
    try:
        with store.transaction() as connection:
            _check_schema(path, connection)
        yield store
    finally:
        engine.dispose()


def canonical(value: JsonValue) -> str:
    """JSON with one spelling per value: sorted names, no spaces, ASCII only."""
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


@contextmanager
def disk_faults(path: Path) -> Iterator[None]:
    """Turn what a disk does to `path` into a StoreError that names it and the remedy."""
    try:
        yield
    except OSError as error:
        fault = _DISK_FAULTS.get(error.errno or 0, f"{error.strerror or error}. Check the disk and run this again.")
        raise StoreError(f"{path}: {fault}") from error


@contextmanager
def _store_faults(path: Path) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF  # the low byte is the family of the fault
        if code not in _STORE_FAULTS:
            raise
        raise StoreError(f"{path}: {_STORE_FAULTS[code]}") from error


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Leave transactions to SQLAlchemy, survive a power cut, and overwrite what is erased."""
    connection.isolation_level = None
    for pragma in ("foreign_keys = ON", "synchronous = EXTRA", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _check_schema(path: Path, connection: Connection) -> None:
    names = inspect(connection).get_table_names()
    if not names:
        METADATA.create_all(connection)
        connection.execute(insert(META).values(name="schema", value=SCHEMA))
        return
    known = set(names) >= set(METADATA.tables)
    found = connection.scalar(select(META.c.value).where(META.c.name == "schema")) if known else None
    if found is None:
        raise StoreError(f"{path}: {_DAMAGED}")
    if found != SCHEMA:
        raise StoreError(
            f"{path}: it was written as version {found} of the store, and this program reads version {SCHEMA}. "
            "Use the version of commissioning that wrote it, or restore a backup into a new workspace."
        )
