"""Options that commands share: which workspace, who acts, when it is, and how the answer is printed."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from textwrap import TextWrapper
from typing import Any
from zoneinfo import ZoneInfo

import click

from commissioning.edge.workspace import Workspace, find_workspace


class ByRound(click.Group):
    """A group called as `GROUP ROUND COMMAND`; without a command it lists where the round stands."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read `args`, with the list command put in where none is named after ROUND."""
        named = [place for place, word in enumerate(args) if not word.startswith("-")][:1]
        after = args[named[0] + 1 :] if named else []
        wants_list = bool(named) and (not after or after[0].startswith("-")) and after[:1] != ["--help"]
        return super().parse_args(ctx, [*args[: named[0] + 1], "list", *after] if wants_list else args)


LONDON = ZoneInfo("Europe/London")

YEARS = range(2000, 2101)
"""Years an instant on record may lie in; another is a slip of the fingers."""

Command = Callable[..., Any]


class Instant(click.ParamType[datetime]):
    """An instant as people write it: 2021-02-26T16:00, in London time unless an offset is given."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The aware instant that `value` writes."""
        if isinstance(value, datetime):
            return value
        try:
            instant = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}” is not an instant. Write it like 2021-02-26T16:00.", param, ctx)
        if "T" not in str(value) and " " not in str(value).strip():
            self.fail(f"“{value}” has no time of day. Write it like {value}T16:00.", param, ctx)
        if instant.year not in YEARS:
            self.fail(f"{instant.year} is not a year this can be about. Check it.", param, ctx)
        return instant.replace(tzinfo=LONDON) if instant.tzinfo is None else instant


INSTANT = Instant()


def in_workspace(command: Command) -> Command:
    """Add --workspace and --now, and hand over the `workspace` they name."""

    @click.option(
        "--workspace",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="COMMISSIONING_WORKSPACE",
        help="The workspace folder; by default the one you are in.",
    )
    @click.option("--now", type=INSTANT, envvar="COMMISSIONING_NOW", help="Act as if it were this instant (rehearsal).")
    @wraps(command)
    def with_workspace(*, folder: Path | None, now: datetime | None, **options: Any) -> Any:
        actor = options.pop("actor", None)
        crash_at = os.environ.get("COMMISSIONING_CRASH_AT", "")
        workspace = Workspace(
            root=named_workspace(folder) if folder else find_workspace(Path.cwd()),
            actor=actor,
            now=now or datetime.now(UTC),
            failpoints=frozenset(name for name in crash_at.split(",") if name),
        )
        return command(workspace=workspace, **options)

    return with_workspace


def named_workspace(folder: Path) -> Path:
    """The workspace that --workspace names: that very folder, never one above it."""
    if find_workspace(folder) != folder.resolve():
        raise click.UsageError(f"{folder} is not a workspace. Check its name, or make one: commissioning init {folder}")
    return folder.resolve()


def acting(command: Command) -> Command:
    """As `in_workspace`, and whoever acts must be named."""
    return click.option(
        "--as",
        "actor",
        required=True,
        envvar="COMMISSIONING_AS",
        help="Who acts: your name, as it should stand on record.",
    )(in_workspace(command))


def may_act(command: Command) -> Command:
    """As `in_workspace`; a name is needed only if something is to be recorded."""
    return click.option(
        "--as", "actor", envvar="COMMISSIONING_AS", help="Who acts: your name, as it should stand on record."
    )(in_workspace(command))


round_argument = click.argument("round_id", metavar="ROUND")
bid_argument = click.argument("bid", metavar="BID")
as_json = click.option("--json", "json", is_flag=True, help="Print the answer as JSON.")
dry_run = click.option("--dry-run", is_flag=True, help="Show what would be done; record and write nothing.")


def said(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """What was typed, if there are words in it; white space alone is none."""
    if not value.strip():
        raise click.BadParameter("Say why, in words.")
    return value


reason_required = click.option(
    "--reason", required=True, callback=said, help="Why: this stands on record and may be published."
)
reason_optional = click.option("--reason", default="", help="Why: this stands on record and may be published.")


def examples(*lines: str) -> str:
    """The examples at the end of a command's help, each on a line of its own, wrapped to fit 80 columns."""
    fit = TextWrapper(78, "  ", "      ", break_long_words=False, break_on_hyphens=False)
    return "\n".join(("\b", "Examples:", *(row for line in lines for row in fit.wrap(line))))
