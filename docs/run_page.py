"""Run the commands a page of documentation shows, and hold their output against what the page shows.

    python docs/run_page.py docs/tutorial.md

Each fenced block marked `console` is read as a person would type it, in one workspace made for the page:

- `$ commissioning …` runs the installed command; `$ python FILE …` runs FILE of the workspace, or of the page's folder;
- `$ export NAME=value` and `$ cd FOLDER` hold from there on;
- a command whose line ends in a backslash goes on in the next line;
- `# exit 3` after a command is the exit code it must end with; without it, 0;
- the lines below a command must stand in its output, whole and in that order; lines the page leaves out may stand
  between them; `...` stands for anything.

No shell is used, so that a page runs on Windows as it does elsewhere. The first difference ends the run.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FENCE = re.compile(r"^(`{3,})\s*(\w*)\s*$")
STATED_EXIT = re.compile(r"\s+#\s*exit\s+(\d+)\s*$")
SECONDS_PER_COMMAND = 900
# One width and no colour, whatever terminal this is; output in the order it was written, in UTF-8.
QUIET_TERMINAL = {
    "COLUMNS": "120",
    "NO_COLOR": "1",
    "TERM": "dumb",
    "PYTHONUNBUFFERED": "1",
    "PYTHONUTF8": "1",
}


class PageError(Exception):
    """The page is written wrongly, or what it shows is not what happens; the message says which and where."""


@dataclass(frozen=True)
class Command:
    """One command of a page: the line it stands on, its words, the exit code it states, the output it shows."""

    line: int
    text: str
    exit_code: int = 0
    shown: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        """The command as its program gets it."""
        return shlex.split(self.text)


@dataclass(frozen=True)
class Setting:
    """Where the next command runs, and with which environment."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)


# Reading the page


def read_commands(page: str) -> tuple[Command, ...]:
    """Return every command of the page's console blocks, in order."""
    commands: list[Command] = []
    for start, block in console_blocks(page):
        commands += block_commands(start, block)
    return tuple(commands)


def console_blocks(page: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each console block: the number of its first line (from 1), and its lines."""
    fence, language, start, block = "", "", 0, list[str]()
    for number, line in enumerate(page.splitlines(), start=1):
        mark = FENCE.match(line)
        if not fence and mark:
            (fence, language), start, block = mark.groups(), number + 1, []
        elif fence and line.rstrip() == fence:
            if language == "console":
                yield start, block
            fence = ""
        elif fence:
            block.append(line)
    if fence:
        raise PageError(f"line {start - 1}: this block is never closed")


def block_commands(start: int, block: Sequence[str]) -> Iterator[Command]:
    """Yield the commands of one block, each with the output shown below it."""
    command: Command | None = None
    lines = iter(enumerate(block, start=start))
    for number, line in lines:
        if line.startswith("$ "):
            if command:
                yield command
            command = stated(number, whole_command(line, lines))
        elif command:
            command = replace(command, shown=(*command.shown, line.rstrip()))
        elif line.strip():
            raise PageError(f"line {number}: output is shown before any command: {line.strip()}")
    if command:
        yield command


def whole_command(line: str, lines: Iterator[tuple[int, str]]) -> str:
    """Join a command with the lines it goes on in."""
    text = line.removeprefix("$ ")
    while text.endswith("\\"):
        _, following = next(lines, (0, ""))
        text = f"{text[:-1].rstrip()} {following.removeprefix('> ').strip()}"
    return text


def stated(line: int, text: str) -> Command:
    """Return the command without its comment, and with the exit code the comment states."""
    exit_code = STATED_EXIT.search(text)
    if exit_code is None:
        return Command(line, text.strip())
    return Command(line, text[: exit_code.start()].strip(), exit_code=int(exit_code[1]))


# Running it


def run_page(page: Path, workspace: Path) -> int:
    """Run every command of `page` in `workspace`; return how many. PageError at the first difference."""
    commands = read_commands(page.read_text(encoding="utf-8"))
    if not commands:
        raise PageError("the page shows no command to run")
    setting = Setting(folder=workspace.resolve(), environment=clean_environment())
    for count, command in enumerate(commands, start=1):
        started = time.monotonic()
        print(f"[{count:>3}/{len(commands)}] {command.text}", flush=True)
        setting = run_command(command, setting, page)
        print(f"          exit {command.exit_code}, {time.monotonic() - started:.1f} s", flush=True)
    return len(commands)


def clean_environment() -> dict[str, str]:
    """Return this process's environment, free of settings of commissioning that the page does not make itself."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COMMISSIONING_")}
    return kept | QUIET_TERMINAL


def run_command(command: Command, setting: Setting, page: Path) -> Setting:
    """Run one command, hold it against the page, and return the setting of the next."""
    match command.words:
        case ["export", assignment] if "=" in assignment:
            name, _, value = assignment.partition("=")
            return replace(setting, environment={**setting.environment, name: value})
        case ["cd", folder]:
            return replace(setting, folder=changed_folder(command, setting.folder / folder))
        case ["commissioning", *words]:
            compare(command, *ended(command, [installed_command(), *words], setting))
        case ["python", script, *words]:
            compare(command, *ended(command, [sys.executable, found(script, setting, page), *words], setting))
        case _:
            raise PageError(f"line {command.line}: a page runs commissioning, python, export and cd: {command.text}")
    return setting


def changed_folder(command: Command, folder: Path) -> Path:
    """Return the folder, which must exist."""
    if not folder.is_dir():
        raise PageError(f"line {command.line}: there is no folder {folder}")
    return folder.resolve()


def installed_command() -> str:
    """Return the commissioning command of the Python that runs this file."""
    command = shutil.which("commissioning", path=sysconfig.get_path("scripts"))
    if command is None:
        raise PageError(f"commissioning is not installed for {sys.executable}; run: pip install -e .")
    return command


def found(script: str, setting: Setting, page: Path) -> str:
    """Return the script of the workspace with this name, or the one in the page's folder."""
    here, beside = setting.folder / script, page.resolve().parent / script
    return str(beside if beside.is_file() and not here.is_file() else here)


def ended(command: Command, words: list[str], setting: Setting) -> tuple[int, str]:
    """Run to the end and return the exit code and everything written, standard error in its place."""
    try:
        process = subprocess.run(
            words,
            cwd=setting.folder,
            env=setting.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS_PER_COMMAND,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PageError(f"line {command.line}: not ended after {SECONDS_PER_COMMAND} s: {command.text}") from None
    return process.returncode, process.stdout


# Holding it against the page


def compare(command: Command, exit_code: int, output: str) -> None:
    """Raise PageError with both sides, unless the exit code and the output are as the page shows them."""
    if exit_code != command.exit_code:
        raise PageError(difference(command, f"exit {command.exit_code}", f"exit {exit_code}", output))
    missing = first_missing(command.shown, output.splitlines())
    if missing is not None:
        raise PageError(difference(command, missing, "no such line after those before it", output))


def first_missing(shown: Sequence[str], lines: Sequence[str]) -> str | None:
    """Return the first line shown that does not come after those before it, or None when all do."""
    rest = iter(lines)
    for line in shown:
        wanted = shown_pattern(line)
        if line.strip() not in {"", "..."} and not any(wanted.fullmatch(each.rstrip()) for each in rest):
            return line
    return None


def shown_pattern(line: str) -> re.Pattern[str]:
    """Return what the line must look like: `...` in it stands for anything."""
    return re.compile(".*".join(re.escape(part) for part in line.rstrip().split("...")))


def difference(command: Command, expected: str, happened: str, output: str) -> str:
    """Say what the page shows and what happened, with the whole output below."""
    return (
        f"line {command.line}: {command.text}\n"
        f"  the page shows: {expected}\n"
        f"  what happened:  {happened}\n"
        f"  output:\n{indented(output) or '    (none)'}"
    )


def indented(text: str) -> str:
    """Return the text four spaces in."""
    return "\n".join(f"    {line}" for line in text.splitlines())


# From the command line


def new_workspace(page: Path) -> Path:
    """Make and return the first of build/PAGE-1, build/PAGE-2 … that does not exist yet."""
    number = 1
    while True:
        workspace = Path("build") / f"{page.stem}-{number}"
        try:
            workspace.mkdir(parents=True)
        except FileExistsError:
            number += 1
        else:
            return workspace


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the page named; 0 when all happened as shown, 1 otherwise."""
    options = parse(arguments)
    page: Path = options.page
    if not page.is_file():
        print(f"There is no page {page}; run this from the top of the repository.", file=sys.stderr)
        return 1
    workspace: Path = options.workspace or new_workspace(page)
    workspace.mkdir(parents=True, exist_ok=True)
    print(f"{page} in {workspace}", flush=True)
    try:
        count = run_page(page, workspace)
    except PageError as error:
        print(f"\n{page}, {error}\n\nThe workspace is left as it was: {workspace}", file=sys.stderr)
        return 1
    counted = "1 command" if count == 1 else f"{count} commands"
    print(f"{counted} ended as the page shows.")
    if options.keep:
        print(f"What they made is in {workspace}")
    elif options.workspace is None:
        shutil.rmtree(workspace)
    return 0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(description="Run the commands a page shows and compare what happens.")
    parser.add_argument("page", type=Path, help="the page, such as docs/tutorial.md")
    parser.add_argument("--workspace", type=Path, help="where to run; kept afterwards (default: a new build/PAGE-N)")
    parser.add_argument("--keep", action="store_true", help="keep the new workspace when all went well")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
