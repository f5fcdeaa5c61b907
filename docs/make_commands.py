"""Write docs/commands.md from the help that the commands themselves give.

    python docs/make_commands.py

Nothing on that page is written by hand but what stands here; a test holds the page against what this file makes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import fill
from typing import NamedTuple

import click

from commissioning.cli import cli
from commissioning.errors import ExitCode

PAGE = Path(__file__).with_name("commands.md")
WIDTH = 120

INTRODUCTION = """\
# Commands

<!-- Written by docs/make_commands.py from the commands' own help; change that, not this page. -->

Every command says the same with `--help`. `ROUND` is the folder of a round below `assessments/`, such as `da-sa-2021`;
`BID` is a bid's number, such as `B03`. For a piece of work that takes several commands, see the [jobs](jobs/README.md).
"""

SHARED = {
    "as": "Who acts: your name, as it should stand on record. Or set `COMMISSIONING_AS` once.",
    "now": "Act as if it were this instant, in London time, such as `2021-02-26T16:00`. For rehearsals. Or set "
    "`COMMISSIONING_NOW`.",
    "workspace": "The workspace folder; without it, the one you are in or below. Or set `COMMISSIONING_WORKSPACE`.",
    "json": "Print the answer as JSON, for another program to read.",
    "dry-run": "Show what would be done; record and write nothing.",
}

MEANINGS = {
    ExitCode.DONE: "Done.",
    ExitCode.ERROR: "An expected error; the message says what to do.",
    ExitCode.USAGE: "The command was typed wrongly: an option or an argument does not fit.",
    ExitCode.FINDINGS: "Done, and something was found that is an error in a bid or a returned file.",
    ExitCode.ROUND: "The office's own files are wrong (round, form, questions, needs); every fault is listed.",
    ExitCode.TEMPLATE: "A Word template does not fit.",
    ExitCode.DOCUMENT: "A file cannot be read at all.",
    ExitCode.EVIDENCE: "Something is not there yet, or not known by that name: the message says what.",
    ExitCode.STORE: "The store: in use, of another version, out of reach, or the record is not intact.",
}

ALWAYS = (ExitCode.DONE, ExitCode.ERROR, ExitCode.USAGE)
IN_A_WORKSPACE = (ExitCode.EVIDENCE, ExitCode.STORE)
WITHOUT_A_ROUND = frozenset({"history", "verify", "backup", "rounds", "status", "erase", "set-aside"})
"""Commands of a workspace that go on when a round's files are wrong, or never open them."""

MORE: dict[str, tuple[ExitCode, ...]] = {
    "init": (ExitCode.STORE,),
    "restore": (ExitCode.STORE,),
    "run": (ExitCode.FINDINGS, ExitCode.TEMPLATE),
    "read": (ExitCode.FINDINGS,),
    "preflight": (ExitCode.FINDINGS, ExitCode.DOCUMENT),
    "receive": (ExitCode.FINDINGS,),
    "correct": (ExitCode.FINDINGS, ExitCode.DOCUMENT),
    "clarify": (ExitCode.FINDINGS,),
    "queries": (ExitCode.TEMPLATE,),
    "assess grid": (ExitCode.TEMPLATE,),
    "assess return": (ExitCode.FINDINGS, ExitCode.DOCUMENT),
    "report": (ExitCode.TEMPLATE,),
    "pack": (ExitCode.TEMPLATE,),
}
"""What a command can end with beside the usual."""


class Entry(NamedTuple):
    """A command or sub-command: its words ("assign accept"), how it is called, and click's own record of it."""

    name: str
    call: str
    command: click.Command


def page() -> str:
    """The whole page."""
    parts = [INTRODUCTION, shared_options(), exit_codes()]
    parts += [section(entry) for entry in entries()]
    return "\n".join(parts)


def shared_options() -> str:
    """The options that many commands have, said once."""
    lines = [f"| `--{name}` | {says} |" for name, says in SHARED.items()]
    return "\n".join(("## Options of many commands", "", "| option | what it does |", "|---|---|", *lines, ""))


def exit_codes() -> str:
    """Every exit code once."""
    lines = [f"| {code.value} | {MEANINGS[code]} |" for code in ExitCode]
    return "\n".join(("## Exit codes", "", "| code | meaning |", "|---|---|", *lines, ""))


def entries() -> Iterator[Entry]:
    """Every command in the order of the work, each followed by its sub-commands."""
    context = click.Context(cli, info_name="commissioning")
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        if command is None:
            raise LookupError(f"The command {name} is listed and not there.")
        call = f"commissioning {name}{arguments(command)}"
        yield Entry(name, call, command)
        if isinstance(command, click.Group):
            for word, below in command.commands.items():
                yield Entry(f"{name} {word}", f"{call} {word}{arguments(below)}", below)


def arguments(command: click.Command) -> str:
    """The arguments of a command as they are typed, those that may be left out in brackets."""
    words = []
    for each in command.params:
        if isinstance(each, click.Argument):
            word = (each.metavar or (each.name or "").replace("_", " ")).upper()
            many = "…" if each.nargs == -1 and not word.endswith("…") else ""
            words.append(f" {word}{many}" if each.required else f" [{word}{many}]")
    return "".join(words)


def section(entry: Entry) -> str:
    """What stands under one command's heading."""
    level = "###" if " " in entry.name else "##"
    parts = [f"{level} commissioning {entry.name}", f"`{entry.call}`", *paragraphs(entry.command.help or "")]
    own = list(own_options(entry.command))
    parts += ["\n".join(own)] if own else []
    parts += [shared_by(entry.command)] if shared_by(entry.command) else []
    parts.append("\n".join(("```sh", *examples(entry.command), "```")))
    parts.append("Exit codes: " + ", ".join(str(code.value) for code in codes(entry)) + ".")
    return "\n\n".join(parts) + "\n"


def paragraphs(text: str) -> list[str]:
    """A help text's paragraphs, wrapped anew."""
    return [fill(" ".join(each.split()), WIDTH) for each in text.split("\n\n") if each.strip()]


def own_options(command: click.Command) -> Iterator[str]:
    """A line for each option that is not shared."""
    for each in command.params:
        if isinstance(each, click.Option) and not shared_name(each):
            needed = " Needed." if each.required else ""
            yield f"- `{spelled(each)}` {(each.help or '').rstrip('.')}.{needed}"


def shared_name(option: click.Option) -> str:
    """The name under which an option is described once for all, or ""."""
    return next((name for name in SHARED if f"--{name}" in option.opts), "")


def shared_by(command: click.Command) -> str:
    """Which of the shared options this command has."""
    options = {shared_name(each): each for each in command.params if isinstance(each, click.Option)}
    said = [f"`--{name}`{' (needed)' if options[name].required else ''}" for name in SHARED if name in options]
    return f"Also {', '.join(said)}." if said else ""


def spelled(option: click.Option) -> str:
    """An option as it is typed, with what it takes."""
    names = "/".join((*option.opts, *option.secondary_opts))
    if option.is_flag:
        return names
    if isinstance(option.type, click.Choice):
        return f"{names} {'|'.join(map(str, option.type.choices))}"
    return f"{names} {option.metavar or TAKES.get(option.type.name, 'TEXT')}"


TAKES = {"integer": "NUMBER", "integer range": "NUMBER", "path": "FILE", "instant": "INSTANT", "file": "FILE"}


def examples(command: click.Command) -> list[str]:
    """The examples of a command's help, each whole on a line of its own."""
    rows = (command.epilog or "").splitlines()[2:]
    joined: list[str] = []
    for row in rows:
        if row.startswith("      ") and joined:
            joined[-1] += f" {row.strip()}"
        else:
            joined.append(row.strip())
    if not joined:
        raise LookupError(f"The command {command.name} shows no example.")
    return joined


def codes(entry: Entry) -> tuple[ExitCode, ...]:
    """What a command can end with, in order."""
    found = {*ALWAYS, *MORE.get(entry.name, ())}
    names = {each.name for each in entry.command.params}
    if "folder" in names and any("--workspace" in each.opts for each in entry.command.params):
        found |= {*IN_A_WORKSPACE, *(() if entry.name in WITHOUT_A_ROUND else (ExitCode.ROUND,))}
    if isinstance(entry.command, click.Group):
        found |= {*IN_A_WORKSPACE, ExitCode.ROUND}
    return tuple(sorted(found))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
