from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent


def load_runner() -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_page", ROOT / "docs" / "run_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


runner = load_runner()

GREET = """
import os, sys
print("Good", *sys.argv[1:])
print("as", os.environ.get("COMMISSIONING_AS"), "in", os.path.basename(os.getcwd()))
print("a note", file=sys.stderr)
print("at last")
sys.exit(3 if "ill" in sys.argv else 0)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a page's folder and a script beside the page."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "greet.py").write_text(GREET, encoding="utf-8")
    return tmp_path


def page(folder: Path, *lines: str) -> Path:
    path = folder / "docs" / "page.md"
    path.write_text("\n".join(["# A page", "", "```console", *lines, "```", ""]), encoding="utf-8")
    return path


def run(path: Path, *options: str) -> int:
    code = runner.main([str(path), *options])
    assert isinstance(code, int)
    return code


# Reading a page


def test_only_console_blocks_are_read() -> None:
    text = "```sh\n$ make demo\n```\n\n```console\n$ commissioning rounds\n```\n"
    assert [command.text for command in runner.read_commands(text)] == ["commissioning rounds"]


def test_a_block_shown_inside_a_longer_fence_is_not_run() -> None:
    text = "````markdown\n```console\n$ commissioning rounds\n```\n````\n"
    assert runner.read_commands(text) == ()


def test_a_command_keeps_its_line_its_exit_code_and_what_is_shown_below_it() -> None:
    text = "A page\n\n```console\n$ commissioning read da-sa-2021   # exit 3\n24 files\n\n$ commissioning\n```\n"
    assert runner.read_commands(text) == (
        runner.Command(4, "commissioning read da-sa-2021", 3, ("24 files", "")),
        runner.Command(7, "commissioning"),
    )


def test_a_long_command_goes_on_in_the_next_line() -> None:
    text = "```console\n$ commissioning decide r \\\n>   --bid a \\\n    --reason 'a b'\nDone\n```\n"
    (command,) = runner.read_commands(text)
    assert command.words == ["commissioning", "decide", "r", "--bid", "a", "--reason", "a b"]
    assert command.shown == ("Done",)


def test_output_before_any_command_is_a_fault_of_the_page() -> None:
    with pytest.raises(runner.PageError, match=r"line 2: output is shown before any command: 24 files"):
        runner.read_commands("```console\n24 files\n```\n")


def test_a_block_never_closed_is_a_fault_of_the_page() -> None:
    with pytest.raises(runner.PageError, match="line 3: this block is never closed"):
        runner.read_commands("A\n\n```console\n$ commissioning\n")


# Holding output against the page


@pytest.mark.parametrize(
    ("shown", "missing"),
    [
        ([], None),
        (["one", "three"], None),
        (["...", "three"], None),
        (["one", "..."], None),
        (["", "two  "], None),
        (["t...e"], None),
        (["three", "one"], "one"),
        (["one", "one"], "one"),
        (["tw"], "tw"),
        (["four"], "four"),
    ],
)
def test_lines_shown_must_stand_whole_and_in_order(shown: list[str], missing: str | None) -> None:
    assert runner.first_missing(shown, ["one", "two", "three"]) == missing


# Running a page


def test_a_page_that_tells_the_truth_passes_and_leaves_nothing_behind(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = page(
        folder, "$ export COMMISSIONING_AS='Sam Lee'", "$ python greet.py day", "Good day", "as Sam Lee in page-1"
    )
    assert run(path) == 0
    assert "2 commands ended as the page shows." in capsys.readouterr().out
    assert list((folder / "build").iterdir()) == []


def test_each_run_has_a_new_workspace_and_keep_keeps_it(folder: Path) -> None:
    path = page(folder, "$ python greet.py day")
    assert [run(path, "--keep"), run(path, "--keep")] == [0, 0]
    assert sorted(each.name for each in (folder / "build").iterdir()) == ["page-1", "page-2"]


def test_a_workspace_named_is_used_and_kept(folder: Path) -> None:
    path = page(folder, "$ python greet.py day", "as None in office")
    assert run(path, "--workspace", str(folder / "office")) == 0
    assert (folder / "office").is_dir()


def test_cd_holds_for_the_commands_after_it(folder: Path) -> None:
    (folder / "office" / "inner").mkdir(parents=True)
    path = page(folder, "$ cd inner", "$ python greet.py day", "as None in inner")
    assert run(path, "--workspace", str(folder / "office")) == 0


def test_cd_into_a_folder_that_is_not_there_stops(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(page(folder, "$ cd nowhere")) == 1
    assert "line 4: there is no folder" in capsys.readouterr().err


def test_the_callers_own_settings_do_not_reach_the_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMISSIONING_AS", "Somebody Else")
    assert run(page(folder, "$ python greet.py day", "as None in page-1")) == 0
    assert os.environ["COMMISSIONING_AS"] == "Somebody Else"


def test_a_stated_exit_code_is_expected(folder: Path) -> None:
    assert run(page(folder, "$ python greet.py ill  # exit 3")) == 0


def test_another_exit_code_stops_the_run_and_both_are_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(page(folder, "$ python greet.py ill", "$ python greet.py never")) == 1
    said = capsys.readouterr()
    assert "line 4: python greet.py ill" in said.err
    assert "the page shows: exit 0" in said.err
    assert "what happened:  exit 3" in said.err
    assert "    Good ill" in said.err
    assert "never" not in said.out
    assert (folder / "build" / "page-1").is_dir()


def test_a_line_that_does_not_come_stops_the_run_and_both_are_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(page(folder, "$ python greet.py day", "Good night")) == 1
    said = capsys.readouterr().err
    assert "the page shows: Good night" in said
    assert "    Good day" in said


def test_standard_error_is_seen_where_it_was_written(folder: Path) -> None:
    assert run(page(folder, "$ python greet.py day", "Good day", "...", "a note", "at last")) == 0


def test_a_command_that_windows_would_not_know_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(page(folder, "$ ls -l")) == 1
    assert "line 4: a page runs commissioning, python, export and cd: ls -l" in capsys.readouterr().err


def test_a_page_without_commands_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "docs" / "page.md").write_text("# Nothing to run\n", encoding="utf-8")
    assert run(folder / "docs" / "page.md") == 1
    assert "the page shows no command to run" in capsys.readouterr().err


def test_a_page_that_is_not_there_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder / "docs" / "none.md") == 1
    assert "There is no page" in capsys.readouterr().err
