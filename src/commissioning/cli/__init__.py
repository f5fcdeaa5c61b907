"""The command line: options in, one stage called, the result printed. Data to stdout, talk to stderr."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from commissioning.errors import CommissioningError, ExitCode

FAMILIES = {
    "status": "overview",
    "run": "overview",
    "init": "setup",
    "rounds": "setup",
    "round": "setup",
    "form": "setup",
    "preflight": "reading",
    "receive": "arriving",
    "assign": "arriving",
    "read": "reading",
    "show": "reading",
    "correct": "mending",
    "clarify": "mending",
    "queries": "mending",
    "screen": "screening",
    "needs": "assessing",
    "assess": "assessing",
    "decide": "deciding",
    "report": "issuing",
    "pack": "issuing",
    "sent": "issuing",
    "history": "record",
    "verify": "record",
    "set-aside": "record",
    "erase": "record",
    "backup": "record",
    "restore": "record",
}

EXIT_CODES = """\b
Exit codes:
   0  done
   1  expected error
   2  wrong use of a command
   3  done, with findings of severity error
  10  the office's own files are wrong (round, form, needs)
  11  a Word template does not fit
  12  a file cannot be read at all
  13  something is not there yet: what, and who has it
  14  the store: locked, wrong version, or the chain is broken"""


class Families(click.Group):
    """Commands by family; a family's module is loaded when one of its commands is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Every command, in the order of the work."""
        return list(FAMILIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of this name, or None."""
        if cmd_name not in FAMILIES:
            return None
        module = import_module(f"commissioning.cli.{FAMILIES[cmd_name]}")
        found = (each for each in vars(module).values() if isinstance(each, click.Command) and each.name == cmd_name)
        return next(found, None)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read `args`; without a command, or with its options alone, the command is `status`."""
        is_named = bool(args) and (args[0] in {"--help", "--version"} or not args[0].startswith("-"))
        return super().parse_args(ctx, args if is_named else ["status", *args])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that `args` name; a misspelt one is answered with the nearest that there is."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(f"{error.message}{nearest(args[0])}", ctx=ctx) from error


def nearest(word: str) -> str:
    """A sentence proposing the command nearest to `word`, or ""."""
    from difflib import get_close_matches  # noqa: PLC0415 - needed for a mistake only

    close = get_close_matches(word, FAMILIES, n=1)
    return f" Did you mean “{close[0]}”?" if close else ""


@click.group(cls=Families, epilog=EXIT_CODES)
@click.version_option(package_name="commissioning")
def cli() -> None:
    """From providers' forms to the Ministry's pack.

    Without a command: deadlines in working hours, what has been done, what is next and who must act.

    Every command has --help with examples. Commands that record something need to know who acts: --as "Your Name",
    or set COMMISSIONING_AS once.
    """


def main() -> None:
    """Run the command line; an expected error is one plain message and its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        cli.main(prog_name="commissioning", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.Abort:
        click.echo("Stopped. Nothing half-done was kept.", err=True)
        sys.exit(ExitCode.ERROR)
    except CommissioningError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(error.exit_code)
