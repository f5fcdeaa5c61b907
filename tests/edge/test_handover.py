"""Back up and restore: what is handed over is whole, checked, and the same bytes each time."""

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commissioning.edge import journal
from commissioning.edge.handover import backup, restore
from commissioning.edge.workspace import Workspace
from commissioning.errors import StoreError
from commissioning.model.act import Clarified, DeliveredFile, Received, Withdrew

NOW = datetime(2021, 2, 26, 16, 0, tzinfo=UTC)
ROUND = "da-sa-2021"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    root = tmp_path / "county"
    for name in ("templates", f"assessments/{ROUND}", "submissions"):
        (root / name).mkdir(parents=True)
    (root / f"assessments/{ROUND}/round.yaml").write_text("id: da-sa-2021\n")
    source = tmp_path / "bid – 1.docx"
    source.write_bytes(b"bid")
    made = Workspace(root, "Jane Roe", NOW)
    with made.transaction() as change:
        kept = change.keep_original(source, round=ROUND, delivery="0001")
        file = DeliveredFile(sha256=kept.sha256, name=source.name, size=3, kind="word", path=kept.path)
        received = Received(delivery="0001", received=NOW, received_from="a person", files=(file,))
        change.record(received, round=ROUND, subject="0001")
        change.record(Clarified(bid="b", question="q", text="a name – é"), round=ROUND, subject="b")
        change.record(Withdrew(bid="b"), round=ROUND, subject="b")
        change.write(made.issued(ROUND) / "pack.zip", b"made again from the rest")
        journal.erase(change.connection, round=ROUND, numbers=(2,), actor="Jane Roe", at=NOW, reason="asked to")
    return made


def rewrite(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


def test_a_restored_workspace_has_the_same_journal_originals_and_files(workspace: Workspace, tmp_path: Path) -> None:
    assert backup(workspace, tmp_path / "backup.zip") == ()
    restore(tmp_path / "backup.zip", tmp_path / "elsewhere")
    there = Workspace(tmp_path / "elsewhere", None, NOW)
    with workspace.reading() as here, there.reading() as connection:
        assert journal.entries(connection) == journal.entries(here)
        assert journal.head(connection) == journal.head(here)
        assert journal.verify(connection) == ()
        assert there.check_originals(journal.entries(connection)) == ()
        assert journal.entries(connection)[1].act is None
    assert (there.root / f"assessments/{ROUND}/round.yaml").read_text() == "id: da-sa-2021\n"
    assert not there.issued(ROUND).exists()
    with Workspace(there.root, "John Doe", NOW).transaction() as change:
        assert change.record(Withdrew(bid="c"), round=ROUND, subject="c").number == 5
    assert not list(tmp_path.glob(".restore-*"))


def test_the_same_workspace_gives_the_same_bytes(workspace: Workspace, tmp_path: Path) -> None:
    backup(workspace, tmp_path / "one.zip")
    backup(workspace, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_backup_of_a_restored_backup_is_the_same(workspace: Workspace, tmp_path: Path) -> None:
    backup(workspace, tmp_path / "one.zip")
    (tmp_path / "elsewhere").mkdir()
    restore(tmp_path / "one.zip", tmp_path / "elsewhere")
    backup(Workspace(tmp_path / "elsewhere", None, NOW), tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_stranger_can_read_a_backup(workspace: Workspace, tmp_path: Path) -> None:
    backup(workspace, tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        readme = archive.read("README.txt").decode()
        lines = [json.loads(line) for line in archive.read("journal.jsonl").splitlines()]
        assert f"submissions/{ROUND}/received/0001/bid – 1.docx" in archive.read("manifest.csv").decode()
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert f"Acts: 4. Last hash: {lines[-1]['hash']}" in readme
    assert [line["kind"] for line in lines] == ["received", "clarified", "withdrew", "erased"]
    assert lines[1]["payload"] is None
    assert lines[2]["payload"] == {"bid": "b", "kind": "withdrew"}
    assert b"a name" not in everything


def test_an_empty_journal_can_be_handed_over(tmp_path: Path) -> None:
    for name in ("templates", "assessments", "submissions"):
        (tmp_path / "new" / name).mkdir(parents=True)
    assert backup(Workspace(tmp_path / "new", None, NOW), tmp_path / "backup.zip") == ()
    restore(tmp_path / "backup.zip", tmp_path / "elsewhere")
    with Workspace(tmp_path / "elsewhere", None, NOW).reading() as connection:
        assert journal.entries(connection) == ()


def test_what_is_wrong_with_an_original_is_said_in_the_backup(workspace: Workspace, tmp_path: Path) -> None:
    original = workspace.received(ROUND) / "0001" / "bid – 1.docx"
    original.chmod(0o600)
    original.unlink()
    (fault,) = backup(workspace, tmp_path / "backup.zip")
    assert "this original has gone" in fault
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        assert "this original has gone" in archive.read("README.txt").decode()


def test_backups_are_never_overwritten(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "backup.zip").write_bytes(b"older")
    with pytest.raises(StoreError, match=r"backup\.zip: this exists already"):
        backup(workspace, tmp_path / "backup.zip")
    assert (tmp_path / "backup.zip").read_bytes() == b"older"


def test_a_backup_to_a_place_that_is_not_there_is_named(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"absent.backup\.zip: "):
        backup(workspace, tmp_path / "absent" / "backup.zip")


@pytest.mark.parametrize(
    ("part", "change", "says"),
    [
        ("journal.jsonl", (b'"actor":"Jane Roe"', b'"actor":"John Doe"'), "Entry 1 was altered"),
        ("journal.jsonl", (b'{"bid":"b"', b'{"bid":"c"'), "The content of entry 3 was altered"),
        ("journal.jsonl", (b'"subject":', b'"matter":'), "not a backup made by this program"),
        ("journal.jsonl", (b"}", b""), "not a backup made by this program"),
        ("manifest.csv", (b"submissions/da", b"submissions/../../da"), "lies outside a workspace"),
        ("manifest.csv", (b"submissions/da", b"/etc/da"), "lies outside a workspace"),
        ("manifest.csv", (b"submissions/da", b"submissions\\da"), "lies outside a workspace"),
        ("manifest.csv", (b"submissions/", b"commissioning.db/"), "lies outside a workspace"),
        ("manifest.csv", (b",3\n", b",2\n"), "is not what its list of files says"),
        ("manifest.csv", (b",3\n", b",three\n"), "not a backup made by this program"),
    ],
)
def test_a_backup_that_was_tampered_with_restores_nothing(
    workspace: Workspace, tmp_path: Path, part: str, change: tuple[bytes, bytes], says: str
) -> None:
    backup(workspace, tmp_path / "backup.zip")
    bad = rewrite(
        tmp_path / "backup.zip",
        tmp_path / "bad.zip",
        lambda name, content: content.replace(*change) if name == part else content,
    )
    with pytest.raises(StoreError, match=says):
        restore(bad, tmp_path / "elsewhere")
    assert not (tmp_path / "elsewhere").exists()
    assert not list(tmp_path.glob(".restore-*"))


@pytest.mark.parametrize("missing", ["journal.jsonl", "manifest.csv", "files/"])
def test_a_backup_with_a_part_missing_restores_nothing(workspace: Workspace, tmp_path: Path, missing: str) -> None:
    backup(workspace, tmp_path / "backup.zip")
    bad = rewrite(
        tmp_path / "backup.zip",
        tmp_path / "bad.zip",
        lambda name, content: None if name.startswith(missing) else content,
    )
    with pytest.raises(StoreError, match="damaged, or not a backup"):
        restore(bad, tmp_path / "elsewhere")


def test_a_file_that_is_no_backup_is_named(tmp_path: Path) -> None:
    (tmp_path / "letter.zip").write_bytes(b"Dear Sir")
    with pytest.raises(StoreError, match=r"letter\.zip: it is damaged, or not a backup"):
        restore(tmp_path / "letter.zip", tmp_path / "elsewhere")
    with pytest.raises(StoreError, match=r"absent\.zip"):
        restore(tmp_path / "absent.zip", tmp_path / "elsewhere")


def test_a_backup_is_restored_into_a_new_folder_only(workspace: Workspace, tmp_path: Path) -> None:
    backup(workspace, tmp_path / "backup.zip")
    with pytest.raises(StoreError, match="into a new folder only"):
        restore(tmp_path / "backup.zip", workspace.root)
    assert (workspace.received(ROUND) / "0001").is_dir()


def test_a_broken_journal_is_not_handed_over(workspace: Workspace, tmp_path: Path) -> None:
    content = workspace.database.read_bytes()
    workspace.database.write_bytes(content.replace(b"Jane Roe", b"Joan Roe"))
    with pytest.raises(StoreError, match="the journal is not intact"):
        backup(workspace, tmp_path / "backup.zip")
    assert list(tmp_path.glob("*.zip*")) == []
