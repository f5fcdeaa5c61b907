"""Whatever ends a command half-way, the next one finds nothing of it or all of it."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from office import MONDAY, OFFICER, ROUND, Answered, Office, bid, busy_office, new_office, word

CRASHED = 70
FAILPOINTS = ("before commit", "after commit", "between renames")


def settled(office: Office) -> None:
    """The record is whole and nothing staged is left."""
    assert "Intact" in office.run("verify").out
    office.run("receive", ROUND, office.put("next.docx", b"a next file"))
    assert not list(office.root.rglob(".pending-*"))


@pytest.mark.parametrize("failpoint", FAILPOINTS)
def test_receive_happens_whole_or_not_at_all(tmp_path: Path, failpoint: str) -> None:
    office = busy_office(tmp_path)
    file = office.put("Fern.docx", word(bid("Fern House")))
    ended = office.process("receive", ROUND, file, now=MONDAY, COMMISSIONING_CRASH_AT=failpoint)
    assert ended.code == CRASHED, ended.said
    happened = failpoint != "before commit"
    settled(office)
    copies = list((office.root / "submissions" / ROUND / "received").rglob("Fern.docx"))
    assert [copy.read_bytes() for copy in copies] == [file.read_bytes()] * happened
    assert len([act for act in office.acts("received") if act["act"]["files"][0]["name"] == "Fern.docx"]) == happened


@pytest.mark.parametrize("failpoint", FAILPOINTS)
def test_form_happens_whole_or_not_at_all(tmp_path: Path, failpoint: str) -> None:
    office = new_office(tmp_path)
    assert office.process("form", ROUND, COMMISSIONING_CRASH_AT=failpoint).code == CRASHED
    happened = failpoint != "before commit"
    settled(office)
    assert office.issued("da-sa-2021-form-v1.docx").exists() == happened
    assert {"froze", "issued"} <= {act["kind"] for act in office.acts()} if happened else not office.acts("froze")


@pytest.mark.parametrize("failpoint", FAILPOINTS)
def test_pack_happens_whole_or_not_at_all(tmp_path: Path, failpoint: str) -> None:
    office = busy_office(tmp_path)
    ended = office.process("pack", ROUND, "--provisional", now=MONDAY, COMMISSIONING_CRASH_AT=failpoint)
    assert ended.code == CRASHED, ended.said
    happened = failpoint != "before commit"
    office.run("read", ROUND, code=3)
    recorded = [act["act"]["files"] for act in office.acts("issued") if act["subject"] == "pack"]
    assert len(recorded) == happened
    there = {
        path.relative_to(office.issued(".")).as_posix() for path in office.issued(".").rglob("*") if path.is_file()
    }
    assert there == {"da-sa-2021-form-v1.docx", *(recorded[0] if recorded else ())}
    assert "pack v1" in office.run("pack", ROUND, "--provisional", now=MONDAY).out
    settled(office)


HOLD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from commissioning.edge.workspace import Workspace

with Workspace(Path(sys.argv[1]), "Robin Ashdale", datetime.now(UTC)).locked():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_while_another_process_works_the_sentence_names_who_and_looking_is_free(tmp_path: Path) -> None:
    office = busy_office(tmp_path)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, office.root], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        refused = office.run("assign", ROUND, "withdraw", "B01", "--reason", "x", code=14).err
        assert "is in use by Robin Ashdale (process" in refused
        assert "Wait until that is done" in refused
        assert "Alder House" in office.run("show", ROUND).out
        assert "Intact" in office.run("verify").out
        holder.communicate("")
    office.run("assign", ROUND, "withdraw", "B01", "--reason", "e-mail of 1 March")


LIMITED = """
import resource, sys
from commissioning.cli import main

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
sys.argv = ["commissioning", *sys.argv[2:]]
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
@pytest.mark.parametrize("room", [4_000, 60_000])
def test_on_a_full_disk_nothing_is_half_written(tmp_path: Path, room: int) -> None:
    office = busy_office(tmp_path)
    before = office.tree()
    file = office.put("Fern.docx", word(bid("Fern House")) + b"\0" * 80_000)
    ended = limited(office, LIMITED, room, "receive", ROUND, file, "--as", OFFICER)
    assert ended.code == 14, ended.said
    assert "Traceback" not in ended.err
    assert "disk" in ended.err
    assert "Fern.docx" not in str(office.acts())
    assert not [path for path in office.tree() if path not in before]


READ_ONLY = """
import ctypes, os, sys
from commissioning.cli import main

if os.geteuid() == 0:  # root may write anywhere until it gives up its capabilities
    ctypes.CDLL(None).capset((ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)())
sys.argv = ["commissioning", *sys.argv[1:]]
main()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="takes the right to write away as Linux does")
def test_where_nothing_may_be_written_the_sentence_says_so_and_looking_is_free(tmp_path: Path) -> None:
    office = busy_office(tmp_path)
    paths = [office.root, *office.root.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        refused = limited(office, READ_ONLY, "assign", ROUND, "withdraw", "B01", "--reason", "x", "--as", OFFICER)
        shown = limited(office, READ_ONLY, "show", ROUND)
    finally:
        for path in paths:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert refused.code == 14, refused.said
    assert "it may not be written to" in refused.err
    assert "Alder House" in shown.out
    assert office.acts("withdrew") == []


def limited(office: Office, program: str, *words: object) -> Answered:
    """Type a command in a process that may not do all that others may."""
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), *map(str, words)],
        cwd=office.root,
        capture_output=True,
        text=True,
        check=False,
    )
    return Answered(ended.returncode, ended.stdout, ended.stderr)
