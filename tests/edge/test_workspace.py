"""The workspace: changes happen whole or not at all, originals are never lost or altered unseen."""

import os
import stat
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Connection

from commissioning.edge import journal
from commissioning.edge.results import recall, remember
from commissioning.edge.workspace import CRASHED, FAILPOINTS, Workspace, find_workspace
from commissioning.errors import DocumentError, EvidenceError, StoreError
from commissioning.model.act import DeliveredFile, Received, Withdrew

NOW = datetime(2021, 2, 26, 16, 0, tzinfo=UTC)
ROUND = "da-sa-2021"

CHANGE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from commissioning.edge.results import remember
from commissioning.edge.workspace import Workspace
from commissioning.model.act import Withdrew
workspace = Workspace(Path(sys.argv[1]), "Jane Roe", datetime(2021, 2, 26, 16, tzinfo=UTC), frozenset(sys.argv[2:]))
with workspace.transaction() as change:
    change.record(Withdrew(bid="a"), round="da-sa-2021", subject="a")
    remember(change.connection, "read", "a", "h", "1")
    for name in ("one", "two", "three"):
        change.write(workspace.issued("da-sa-2021") / f"{name}.txt", name.encode())
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    root = tmp_path / "county"
    for name in ("templates", "assessments", "submissions"):
        (root / name).mkdir(parents=True)
    return Workspace(root, "Jane Roe", NOW)


def python(program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    run = [sys.executable, "-W", "error", "-c", textwrap.dedent(program), *map(str, arguments)]
    return subprocess.run(run, capture_output=True, text=True, check=False, timeout=60)


def files(workspace: Workspace) -> dict[str, bytes]:
    found = (path for path in (workspace.root / "submissions").rglob("*") if path.is_file())
    return {path.relative_to(workspace.root).as_posix(): path.read_bytes() for path in found}


def acts(workspace: Workspace) -> int:
    with workspace.reading() as connection:
        return len(journal.entries(connection))


def delivered(path: str, content: bytes, part: int | None = None) -> DeliveredFile:
    digest = sha256(content).hexdigest()
    return DeliveredFile(sha256=digest, name=path, size=len(content), kind="word", path=path, part=part)


# Finding it


def test_a_workspace_is_found_from_a_folder_inside_it(workspace: Workspace) -> None:
    inside = workspace.issued(ROUND)
    inside.mkdir(parents=True)
    assert find_workspace(inside) == workspace.root.resolve()


def test_outside_a_workspace_one_is_told_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"not in a workspace.*commissioning init DIR"):
        find_workspace(tmp_path)


def test_folders_are_where_the_layout_says(workspace: Workspace) -> None:
    assert workspace.received(ROUND) == workspace.root / "submissions" / ROUND / "received"


@pytest.mark.parametrize("actor", [None, "", "  "])
def test_an_act_needs_a_name(workspace: Workspace, actor: str | None) -> None:
    nameless = replace(workspace, actor=actor)
    with pytest.raises(EvidenceError, match="--as NAME"), nameless.transaction() as change:
        change.record(Withdrew(bid="a"), round=ROUND, subject="a")
    assert acts(workspace) == 0


# Whole or not at all


def test_a_change_brings_its_act_its_result_and_its_files(workspace: Workspace) -> None:
    assert python(CHANGE, workspace.root).returncode == 0
    assert acts(workspace) == 1
    assert set(files(workspace)) == {f"submissions/{ROUND}/issued/{name}.txt" for name in ("one", "two", "three")}


@pytest.mark.parametrize("failpoint", FAILPOINTS)
def test_a_crash_leaves_nothing_or_everything(workspace: Workspace, failpoint: str) -> None:
    ran = python(CHANGE, workspace.root, failpoint)
    assert (ran.returncode, ran.stderr) == (CRASHED, "")
    assert any(".pending-" in path for path in files(workspace))
    whole = failpoint != "before commit"
    assert acts(workspace) == (1 if whole else 0)
    with workspace.transaction() as change:
        assert recall(change.connection, "read", "a", "h") == ("1" if whole else None)
    issued = f"submissions/{ROUND}/issued"
    expected = {f"{issued}/{name}.txt": name.encode() for name in ("one", "two", "three")}
    assert files(workspace) == (expected if whole else {})


@pytest.mark.parametrize("failpoint", FAILPOINTS)
def test_the_command_that_crashed_can_simply_be_run_again(workspace: Workspace, failpoint: str) -> None:
    python(CHANGE, workspace.root, failpoint)
    assert python(CHANGE, workspace.root).stderr == ""
    assert len(files(workspace)) == 3


def test_a_crash_while_recovering_is_recovered_from(workspace: Workspace) -> None:
    python(CHANGE, workspace.root, "after commit")
    for _ in range(2):
        assert python(CHANGE, workspace.root, "between renames").returncode == CRASHED
    assert acts(workspace) == 1
    assert len(files(workspace)) == 3


def test_an_error_takes_back_acts_and_files(workspace: Workspace) -> None:
    def fail() -> None:
        with workspace.transaction() as change:
            change.record(Withdrew(bid="a"), round=ROUND, subject="a")
            change.write(workspace.issued(ROUND) / "one.txt", b"one")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert acts(workspace) == 0
    assert files(workspace) == {}


def test_a_dry_run_shows_its_acts_inside_and_keeps_nothing(workspace: Workspace) -> None:
    with workspace.transaction(dry_run=True) as change:
        entry = change.record(Withdrew(bid="a"), round=ROUND, subject="a")
        change.write(workspace.issued(ROUND) / "one.txt", b"one")
        assert journal.entries(change.connection) == (entry,)
    assert acts(workspace) == 0
    assert files(workspace) == {}


def test_a_change_with_nothing_new_writes_nothing(workspace: Workspace) -> None:
    python(CHANGE, workspace.root)
    before = {path: path.stat().st_mtime_ns for path in (workspace.database, workspace.issued(ROUND) / "one.txt")}
    content = workspace.database.read_bytes()
    with workspace.transaction() as change:
        change.write(workspace.issued(ROUND) / "one.txt", b"one")
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert workspace.database.read_bytes() == content


def test_reading_cannot_write(workspace: Workspace) -> None:
    def write(connection: Connection) -> None:
        remember(connection, "read", "a", "h", "1")

    with workspace.reading() as connection:
        write(connection)
    with workspace.reading() as connection:
        assert recall(connection, "read", "a", "h") is None


def test_a_lost_or_emptied_store_is_not_taken_for_a_new_one(workspace: Workspace) -> None:
    target = workspace.issued(ROUND) / "one.txt"
    with workspace.transaction() as change:
        change.write(target, b"sent")
    for lose in (workspace.database.unlink, lambda: workspace.database.write_bytes(b"")):
        lose()
        with pytest.raises(StoreError, match="is gone or empty"), workspace.reading():
            pass
        with pytest.raises(StoreError, match="is gone or empty"), workspace.transaction():
            pass
    assert target.read_bytes() == b"sent"


def test_a_different_file_is_never_overwritten(workspace: Workspace) -> None:
    with workspace.transaction():
        pass
    target = workspace.issued(ROUND) / "one.txt"
    target.parent.mkdir(parents=True)
    target.write_bytes(b"sent already")
    with (
        pytest.raises(StoreError, match=r"one\.txt: a different file has this name"),
        workspace.transaction() as change,
    ):
        change.write(target, b"other")
    assert target.read_bytes() == b"sent already"


def test_two_contents_for_one_name_in_one_change_are_refused(workspace: Workspace) -> None:
    def twice() -> None:
        with workspace.transaction() as change:
            change.write(workspace.issued(ROUND) / "one.txt", b"one")
            change.write(workspace.issued(ROUND) / "one.txt", b"two")

    with pytest.raises(StoreError, match="never overwritten"):
        twice()
    assert files(workspace) == {}


def test_a_file_that_took_the_name_after_a_crash_stops_and_is_kept(workspace: Workspace) -> None:
    python(CHANGE, workspace.root, "after commit")
    intruder = workspace.issued(ROUND) / "one.txt"
    intruder.write_bytes(b"mine")
    with pytest.raises(StoreError, match=r"one\.txt: another file took this name.*Move it away"):
        acts(workspace)
    assert intruder.read_bytes() == b"mine"
    intruder.rename(workspace.root / "mine.txt")
    assert acts(workspace) == 1
    assert intruder.read_bytes() == b"one"


@pytest.mark.parametrize("where", ["../outside.txt", "submissions/../../outside.txt", "assessments/round.yaml"])
def test_only_submissions_are_written_to(workspace: Workspace, where: str) -> None:
    with pytest.raises(StoreError, match="lies outside"), workspace.transaction() as change:
        change.write(workspace.root / where, b"x")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file sizes to stand for a full disk")
def test_a_full_disk_while_files_are_staged_leaves_nothing(workspace: Workspace) -> None:
    program = (
        CHANGE.replace('b"x"', "")
        .replace(
            "    for name in",
            "    import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2**17, -1))\n    for name in",
        )
        .replace("name.encode()", "name.encode() * 10**6")
    )
    program = f"from commissioning.errors import StoreError\ntry:\n{textwrap.indent(program, '    ')}\n"
    program += "except StoreError as error:\n    print(error)\n"
    said = python(program, workspace.root)
    assert "one.txt: the disk is full. Free some space and run this again" in said.stdout, said.stderr
    assert acts(workspace) == 0
    assert files(workspace) == {}


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder nobody can write to")
def test_a_folder_nobody_can_write_to_is_named() -> None:
    nowhere = Workspace(Path("/proc"), "Jane Roe", NOW)
    with pytest.raises(StoreError, match="/proc: "), nowhere.transaction():
        pass


def test_a_target_below_a_file_is_named(workspace: Workspace) -> None:
    (workspace.root / "submissions" / ROUND).write_text("a file where a folder should be")
    with pytest.raises(StoreError, match=r"one\.txt: "), workspace.transaction() as change:
        change.write(workspace.issued(ROUND) / "one.txt", b"x")


# One at a time


def test_a_second_process_is_told_who_holds_the_workspace(workspace: Workspace) -> None:
    with replace(workspace, actor="Jane Roe").locked():
        ran = python(CHANGE.replace("Jane Roe", "John Doe"), workspace.root)
    assert ran.returncode == 1
    assert f"is in use by Jane Roe (process {os.getpid()} on " in ran.stderr
    assert "Wait until that is done" in ran.stderr
    assert acts(workspace) == 0
    assert python(CHANGE, workspace.root).returncode == 0


def test_the_lock_of_a_process_that_died_does_not_stay(workspace: Workspace) -> None:
    python(CHANGE, workspace.root, "before commit")
    with workspace.locked(timeout=0):
        assert "Jane Roe" in (workspace.root / "commissioning.lock.holder").read_text(encoding="utf-8")
    assert not (workspace.root / "commissioning.lock.holder").exists()


def test_one_process_may_lock_within_its_lock(workspace: Workspace) -> None:
    with workspace.locked(), workspace.transaction() as change:
        change.record(Withdrew(bid="a"), round=ROUND, subject="a")
    assert acts(workspace) == 1
    assert not (workspace.root / "commissioning.lock.holder").exists()


# Originals


def keep(workspace: Workspace, source: Path, delivery: str = "0001") -> DeliveredFile:
    with workspace.transaction() as change:
        original = change.keep_original(source, round=ROUND, delivery=delivery)
        assert sha256(original.content).hexdigest() == original.sha256
    return delivered(original.path, original.content)


def test_an_original_is_copied_and_kept_from_being_changed(workspace: Workspace, tmp_path: Path) -> None:
    source = tmp_path / "bid.docx"
    source.write_bytes(b"bid")
    file = keep(workspace, source)
    kept = workspace.received(ROUND) / "0001" / "bid.docx"
    assert file.path == "0001/bid.docx"
    assert workspace.original_bytes(ROUND, file) == b"bid"
    assert not kept.stat().st_mode & stat.S_IWRITE
    assert source.read_bytes() == b"bid"


def test_a_file_that_lies_in_received_stays_where_it_is(workspace: Workspace) -> None:
    source = workspace.received(ROUND) / "by hand" / "bid.docx"
    source.parent.mkdir(parents=True)
    source.write_bytes(b"bid")
    assert keep(workspace, source).path == "by hand/bid.docx"
    assert len(files(workspace)) == 1


def test_two_files_of_one_name_are_both_kept_and_the_same_one_once(workspace: Workspace, tmp_path: Path) -> None:
    paths = []
    for folder, content in (("a", b"one"), ("b", b"two"), ("c", b"one")):
        source = tmp_path / folder / "bid.docx"
        source.parent.mkdir()
        source.write_bytes(content)
        paths.append(keep(workspace, source).path)
    assert paths == ["0001/bid.docx", "0001/bid (2).docx", "0001/bid.docx"]


def test_a_name_like_our_own_temporary_ones_is_not_lost(workspace: Workspace, tmp_path: Path) -> None:
    source = tmp_path / ".pending-1"
    source.write_bytes(b"bid")
    file = keep(workspace, source)
    assert acts(workspace) == 0
    assert workspace.original_bytes(ROUND, file) == b"bid"


def test_a_file_that_cannot_be_opened_is_named(workspace: Workspace, tmp_path: Path) -> None:
    for source in (tmp_path / "absent.docx", tmp_path):
        with pytest.raises(DocumentError, match="cannot be opened"):
            keep(workspace, source)


def test_a_delivery_cannot_lead_out_of_received(workspace: Workspace, tmp_path: Path) -> None:
    source = tmp_path / "bid.docx"
    source.write_bytes(b"bid")
    with pytest.raises(StoreError, match="lies outside"):
        keep(workspace, source, delivery="../../../elsewhere")


def test_an_original_altered_or_gone_is_named_on_every_read(workspace: Workspace, tmp_path: Path) -> None:
    source = tmp_path / "bid.docx"
    source.write_bytes(b"bid")
    file = keep(workspace, source)
    kept = workspace.received(ROUND) / file.path
    kept.chmod(stat.S_IREAD | stat.S_IWRITE)
    kept.write_bytes(b"bit")
    with pytest.raises(StoreError, match=r"bid\.docx: this original was altered"):
        workspace.original_bytes(ROUND, file)
    kept.unlink()
    with pytest.raises(StoreError, match=r"bid\.docx: this original has gone"):
        workspace.original_bytes(ROUND, file)
    with pytest.raises(StoreError, match="lies outside"):
        workspace.original_bytes(ROUND, delivered("../../../secret", b""))


def mail(*attachments: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Our bid"
    message.set_content("Please find attached.")
    for number, content in enumerate(attachments, start=1):
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=f"{number}.docx")
    return message.as_bytes()


def test_an_attachment_is_read_by_its_number_and_its_hash_checked(workspace: Workspace, tmp_path: Path) -> None:
    source = tmp_path / "bid.eml"
    source.write_bytes(mail(b"first", b"second"))
    path = keep(workspace, source).path
    assert workspace.original_bytes(ROUND, delivered(path, b"first", part=1)) == b"first"
    assert workspace.original_bytes(ROUND, delivered(path, b"second", part=2)) == b"second"
    for file in (delivered(path, b"first", part=2), delivered(path, b"third", part=3), delivered(path, b"x", part=0)):
        with pytest.raises(StoreError, match="altered"):
            workspace.original_bytes(ROUND, file)


def test_all_originals_on_record_are_checked_but_those_erased(workspace: Workspace, tmp_path: Path) -> None:
    kept = []
    for name in ("good", "altered", "gone", "erased"):
        (tmp_path / f"{name}.docx").write_bytes(name.encode())
        kept.append(keep(workspace, tmp_path / f"{name}.docx"))
    received = Received(delivery="0001", received=None, received_from="unknown", files=tuple(kept))
    with workspace.transaction() as change:
        change.record(received, round=ROUND, subject="0001")
    with workspace.transaction() as change:
        change.remove(workspace.received(ROUND) / "0001/erased.docx")
        journal.erase(
            change.connection,
            round=ROUND,
            numbers=(),
            originals=(kept[3].sha256,),
            actor="Jane Roe",
            at=NOW,
            reason="asked to",
        )
    for name in ("altered", "gone"):
        (workspace.received(ROUND) / f"0001/{name}.docx").chmod(stat.S_IREAD | stat.S_IWRITE)
    (workspace.received(ROUND) / "0001/altered.docx").write_bytes(b"other")
    (workspace.received(ROUND) / "0001/gone.docx").unlink()
    with workspace.reading() as connection:
        faults = workspace.check_originals(journal.entries(connection))
    assert ["altered" in fault or "gone" in fault for fault in faults] == [True, True]
    assert not (workspace.received(ROUND) / "0001/erased.docx").exists()


def test_an_original_is_only_removed_when_the_change_is_kept(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "bid.docx").write_bytes(b"bid")
    file = keep(workspace, tmp_path / "bid.docx")
    with workspace.transaction(dry_run=True) as change:
        change.remove(workspace.received(ROUND) / file.path)
    assert workspace.original_bytes(ROUND, file) == b"bid"
