"""Supervised processes: whatever one task does, the others end well and nothing is left behind."""

import json
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil
import pytest
from tasks_for_workers import do

from commissioning.edge import workers
from commissioning.edge.workers import Failure, Limits, Outcome, run_supervised

LIMITS = Limits(seconds=20, memory_bytes=400 << 20, output_bytes=1 << 20)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits and signals")


def outcomes(*deeds: str, limits: Limits = LIMITS, workers: int = 1) -> dict[str, Outcome]:
    tasks = [(f"{number} {deed}", deed) for number, deed in enumerate(deeds)]
    found = list(run_supervised(do, tasks, limits=limits, workers=workers))
    assert len(found) == len(deeds)
    return {outcome.key: outcome for outcome in found}


def test_every_task_has_one_outcome_and_children_are_used_again() -> None:
    found = outcomes(*["echo"] * 6, workers=2)
    served = [json.loads(outcome.value or "")["served"] for outcome in found.values()]
    assert max(served) > 1
    assert json.loads(found["0 echo"].value or "")["surrogate"] == "\ud800"


def test_no_tasks_start_no_process() -> None:
    before = psutil.Process().children()
    assert list(run_supervised(do, [])) == []
    assert psutil.Process().children() == before


@pytest.mark.parametrize(
    ("deed", "failure", "says"),
    [
        ("grow", Failure.MEMORY, "needed more than 400 MB of memory"),
        ("ask for too much", Failure.MEMORY, "needed more than 400 MB of memory"),
        ("long", Failure.OUTPUT, "more than 1 MB of text"),
        ("fault", Failure.CRASH, "the reader stopped unexpectedly"),
        ("number", Failure.CRASH, "the reader stopped unexpectedly"),
        ("exit", Failure.CRASH, "the reader stopped unexpectedly"),
        pytest.param("segfault", Failure.CRASH, "the reader stopped unexpectedly", marks=POSIX),
        pytest.param("killed", Failure.MEMORY, "of memory", marks=POSIX),
        pytest.param("burn", Failure.TIMEOUT, "took longer", marks=POSIX),
    ],
)
def test_a_bad_task_fails_alone_with_a_plain_sentence(deed: str, failure: Failure, says: str) -> None:
    found = outcomes("echo", deed, "echo")
    bad = found[f"1 {deed}"]
    assert bad.failure is failure
    assert bad.sentence.startswith(f"1 {deed}: ")
    assert says in bad.sentence
    assert "save it under a new name" in bad.sentence
    assert bad.value is None
    assert found["0 echo"].value
    assert found["2 echo"].value


def test_a_task_that_hangs_is_stopped_at_its_limit() -> None:
    start = time.monotonic()
    found = outcomes("sleep", "echo", limits=Limits(seconds=0.5))
    assert found["0 sleep"].failure is Failure.TIMEOUT
    assert "longer than 0.5 seconds" in found["0 sleep"].sentence
    assert found["1 echo"].value
    assert time.monotonic() - start < 30


def test_a_refusal_keeps_its_own_words_and_its_child() -> None:
    found = outcomes("refuse", "echo")
    assert found["0 refuse"].failure is Failure.REFUSED
    assert found["0 refuse"].sentence == "bid.docx: it is damaged. Ask for another copy."
    assert json.loads(found["1 echo"].value or "")["served"] == 2


def test_an_unexpected_fault_keeps_its_trace_for_the_log() -> None:
    found = outcomes("fault", "exit")
    assert "ZeroDivisionError" in found["0 fault"].trace
    assert "exit code 3" in found["1 exit"].trace
    assert "ZeroDivisionError" not in found["0 fault"].sentence


def test_a_failure_in_a_used_child_is_tried_again_in_a_fresh_one() -> None:
    found = outcomes("echo", "fault", "echo")
    assert "ZeroDivisionError" in found["1 fault"].trace
    assert json.loads(found["2 echo"].value or "")["served"] == 1


def test_children_are_replaced_before_what_they_leak_adds_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "TASKS_PER_CHILD", 2)
    found = outcomes("echo", "echo", "echo")
    assert [json.loads(outcome.value or "")["served"] for outcome in found.values()] == [1, 2, 1]


def test_what_libraries_print_does_not_reach_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    assert outcomes("chatter")["0 chatter"].value == "quiet"
    assert capfd.readouterr() == ("", "")


@POSIX
def test_a_child_cannot_write_files() -> None:
    assert outcomes("write")["0 write"].failure is Failure.CRASH


def test_closing_early_leaves_no_process_behind() -> None:
    before = {child.pid for child in psutil.Process().children()}
    running = run_supervised(do, [("good", "echo"), ("stuck", "sleep"), ("later", "sleep")], workers=2)
    assert next(running).key == "good"
    running.close()
    left = [child for child in psutil.Process().children() if child.pid not in before]
    assert not [child for child in left if "resource_tracker" not in " ".join(child.cmdline())]


def script(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "main.py"
    path.write_text(f"import sys\nsys.path.insert(0, {str(Path(__file__).parent)!r})\n" + textwrap.dedent(text))
    return path


def test_a_script_with_a_main_guard_can_run_workers(tmp_path: Path) -> None:
    path = script(
        tmp_path,
        """
        from tasks_for_workers import do
        from commissioning.edge.workers import run_supervised
        if __name__ == "__main__":
            print([outcome.failure for outcome in run_supervised(do, [("a", "echo"), ("b", "exit")])])
        """,
    )
    ran = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True, timeout=120)
    assert "None" in ran.stdout
    assert "Failure.CRASH" in ran.stdout
    assert not ran.stderr


def test_a_child_that_cannot_start_fails_its_task_and_does_not_hang(tmp_path: Path) -> None:
    path = script(
        tmp_path,
        """
        from commissioning.edge.workers import run_supervised
        if __name__ != "__main__":
            raise SystemExit(5)
        from tasks_for_workers import do
        print([outcome.trace for outcome in run_supervised(do, [("a", "echo")])])
        """,
    )
    ran = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True, timeout=120)
    assert "exit code 5" in ran.stdout


@POSIX
def test_an_interrupt_ends_the_children_and_then_the_parent(tmp_path: Path) -> None:
    path = script(
        tmp_path,
        """
        import os, signal, threading, time, psutil
        from tasks_for_workers import do
        from commissioning.edge.workers import run_supervised
        if __name__ == "__main__":
            threading.Timer(2, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
            try:
                list(run_supervised(do, [("a", "sleep"), ("b", "sleep")]))
            except KeyboardInterrupt:
                commands = [" ".join(child.cmdline()) for child in psutil.Process().children()]
                print("interrupted", [command for command in commands if "spawn_main" in command])
        """,
    )
    ran = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True, timeout=120)
    assert ran.stdout == "interrupted []\n"
