"""How answers look: tables and sentences at 80 columns, or JSON; findings to stderr, and the exit code they give."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from textwrap import TextWrapper

import click
from pydantic_core import to_jsonable_python
from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from commissioning.errors import ExitCode
from commissioning.findings import Finding, Severity

WIDTH = 80


def console(*, err: bool = False) -> Console:
    """A console that wraps at 80 columns when its output is not a terminal, so that logs and tests agree."""
    stream = sys.stderr if err else sys.stdout
    width = None if stream.isatty() else WIDTH
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def show_table(titles: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "") -> None:
    """A plain ruled table to stdout."""
    table = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for name in titles:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    console().print(table)


def show_lines(lines: Iterable[str]) -> None:
    """Sentences to stdout, wrapped between words; a path stays whole, so that it can be copied."""
    _say(lines, err=False)


def counted(number: int, one: str, more: str) -> str:
    """A count with its noun: 1 file, 2 files."""
    return f"{number} {one if number == 1 else more}"


def shortened(text: str, limit: int, *, more: str) -> str:
    """Text cut at `limit` characters, if it is longer, with how much is shown and where the rest is."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]} [the first {limit} of {len(text):,} characters; {more}]"


def show_json(value: object) -> None:
    """Any record, or list of records, as JSON to stdout."""
    click.echo(json.dumps(to_jsonable_python(value), ensure_ascii=False, indent=2))


def talk(*lines: str) -> None:
    """What the program has to say about what it does, to stderr."""
    _say(lines, err=True)


def _say(lines: Iterable[str], *, err: bool) -> None:
    width = console(err=err).width
    for line in lines:
        click.echo("\n".join(row for part in line.split("\n") for row in wrapped(part, width)), err=err)


def wrapped(line: str, width: int) -> list[str]:
    """A line broken between words to fit `width`, what follows indented as it is; a longer word stays whole."""
    indent = line[: len(line) - len(line.lstrip(" "))]
    fit = TextWrapper(width, indent, indent, break_long_words=False, break_on_hyphens=False)
    return fit.wrap(line.strip(" ")) or [""]


def show_findings(findings: Iterable[Finding]) -> None:
    """Each finding with its severity, sentence and place."""
    for finding in findings:
        place = f" [{finding.place}]" if finding.place else ""
        talk(f"{finding.severity.value}: {finding.message}{place}")


def end_with(findings: Iterable[Finding]) -> None:
    """End the command with exit code 3 when any finding is an error."""
    if any(finding.severity is Severity.ERROR for finding in findings):
        sys.exit(ExitCode.FINDINGS)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int], Callable[[], None]]]:
    """A progress bar on stderr: yields what to tell how many there are, which gives back what to call after each."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(err=True)) as bar:

        def start(total: int) -> Callable[[], None]:
            task = bar.add_task(what, total=total, visible=total > 0)
            return lambda: bar.advance(task)

        yield start
