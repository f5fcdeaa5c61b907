"""The store: made once, refused in plain words when it cannot be trusted, never half-written."""

import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import delete, event, insert, select, update
from sqlalchemy.exc import IntegrityError

from commissioning.edge.store import ENTRY, META, PAYLOAD, RESULT, canonical, open_store
from commissioning.errors import StoreError

ROW = dict.fromkeys(("at", "actor", "round", "kind", "subject", "reason", "payload_hash", "previous", "hash"), "x") | {
    "number": 1
}


def with_one_entry(path: Path) -> Path:
    with open_store(path) as store, store.transaction() as connection:
        connection.execute(insert(ENTRY).values(ROW))
        connection.execute(insert(PAYLOAD).values(entry=1, json="{}"))
    return path


def test_what_a_transaction_wrote_is_there_when_the_store_is_opened_again(tmp_path: Path) -> None:
    path = with_one_entry(tmp_path / "s.db")
    with open_store(path) as store, store.transaction() as connection:
        assert connection.scalar(select(ENTRY.c.actor)) == "x"


def test_an_error_keeps_nothing_of_a_transaction(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.db") as store:
        with suppress(KeyError), store.transaction() as connection:
            connection.execute(insert(RESULT).values(step="s", subject="b", input_hash="h", value="1"))
            raise KeyError
        with store.transaction(keep=False) as connection:
            connection.execute(insert(RESULT).values(step="s", subject="b", input_hash="h", value="2"))
        with store.transaction() as connection:
            assert connection.execute(select(RESULT)).all() == []


@pytest.mark.parametrize(
    "statement",
    [update(ENTRY).values(reason="other"), delete(ENTRY), update(PAYLOAD).values(json="[]")],
    ids=["altering an entry", "deleting an entry", "altering a payload"],
)
def test_the_database_itself_refuses_to_rewrite_the_journal(tmp_path: Path, statement: object) -> None:
    with (
        open_store(with_one_entry(tmp_path / "s.db")) as store,
        pytest.raises(IntegrityError, match="append-only"),
        store.transaction() as connection,
    ):
        connection.execute(statement)  # type: ignore[call-overload]  # one of three kinds of statement


def test_a_payload_may_be_deleted_and_its_bytes_leave_the_file(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with open_store(path) as store:
        with store.transaction() as connection:
            connection.execute(insert(ENTRY).values(ROW))
            connection.execute(insert(PAYLOAD).values(entry=1, json="a refuge's address"))
        assert b"a refuge's address" in path.read_bytes()
        with store.transaction() as connection:
            connection.execute(delete(PAYLOAD))
    assert b"a refuge's address" not in path.read_bytes()


def test_another_version_of_the_store_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with open_store(path) as store, store.transaction() as connection:
        connection.execute(update(META).values(value="99"))
    with (
        pytest.raises(StoreError, match=r"s\.db: it was written as version 99 .* reads version 1\. Use"),
        open_store(path),
    ):
        pass


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    path.write_bytes(b"This is a letter, not a database. " * 50)
    with (
        pytest.raises(StoreError, match=r"s\.db: it is damaged, or not a store .* restore the last backup"),
        open_store(path),
    ):
        pass
    assert path.read_bytes().startswith(b"This is a letter")


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a store of this program"), open_store(path):
        pass
    assert path.read_bytes() == before


def test_a_store_cut_short_is_refused(tmp_path: Path) -> None:
    path = with_one_entry(tmp_path / "s.db")
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(StoreError, match="damaged"), open_store(path) as store, store.transaction() as connection:
        connection.execute(select(ENTRY)).all()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"file.s\.db: it cannot be opened"), open_store(tmp_path / "file" / "s.db"):
        pass


def test_a_store_that_may_not_be_written_can_still_be_read(tmp_path: Path) -> None:
    with open_store(with_one_entry(tmp_path / "s.db")) as store:
        event.listen(store.engine, "begin", lambda connection: connection.exec_driver_sql("PRAGMA query_only = ON"))
        with store.transaction() as connection:
            assert connection.scalar(select(ENTRY.c.number)) == 1
        with pytest.raises(StoreError, match="may not be written to"), store.transaction() as connection:
            connection.execute(insert(RESULT).values(step="s", subject="b", input_hash="h", value="1"))


def test_a_store_may_lie_in_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "50% done? #1 – é &c"
    folder.mkdir()
    with_one_entry(folder / "s.db")
    assert [path.name for path in folder.iterdir()] == ["s.db"]


def test_a_store_another_program_keeps_locked_says_so(tmp_path: Path) -> None:
    path = with_one_entry(tmp_path / "s.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="another program is using it"), open_store(path):
            pass


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file sizes to stand for a full disk")
def test_a_full_disk_keeps_what_was_there_and_says_so(tmp_path: Path) -> None:
    path = with_one_entry(tmp_path / "s.db")
    program = """
        import resource, sys
        from pathlib import Path
        from sqlalchemy import insert
        from commissioning.edge.store import RESULT, open_store
        from commissioning.errors import StoreError
        path = Path(sys.argv[1])
        with open_store(path) as store:
            resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 8192, resource.RLIM_INFINITY))
            try:
                with store.transaction() as connection:
                    connection.execute(insert(RESULT).values(step="s", subject="b", input_hash="h", value="x" * 10**6))
            except StoreError as error:
                print(error)
    """
    run = [sys.executable, "-c", textwrap.dedent(program), str(path)]
    said = subprocess.run(run, capture_output=True, text=True, check=True, timeout=60).stdout
    assert f"{path}: the disk " in said
    assert "run this again" in said
    with open_store(path) as store, store.transaction() as connection:
        assert connection.scalar(select(ENTRY.c.actor)) == "x"
        assert connection.execute(select(RESULT)).all() == []


def test_canonical_json_has_one_spelling() -> None:
    assert canonical({"b": [1, None, True], "a": "é\ud800"}) == '{"a":"\\u00e9\\ud800","b":[1,null,true]}'
