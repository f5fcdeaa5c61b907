"""A pytest option: fail the run if any test was skipped.

On a newcomer's machine a test that needs LibreOffice or the shared reference data skips, and says why. Where
everything is installed nothing may skip: `--no-skips`, or COMMISSIONING_NO_SKIPS=1 in the environment, sees to that.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

VARIABLE = "COMMISSIONING_NO_SKIPS"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--no-skips",
        action="store_true",
        default=os.environ.get(VARIABLE) == "1",
        help=f"fail if a test was skipped; {VARIABLE}=1 does the same",
    )


def pytest_sessionfinish(session: pytest.Session) -> None:
    if skipped_against_the_rule(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    count = skipped_against_the_rule(terminalreporter.config)
    if count:
        terminalreporter.write_line(f"{count} skipped, and --no-skips allows none: the reasons are above.", red=True)


def skipped_against_the_rule(config: pytest.Config) -> int:
    """How many tests were skipped, when none may be; 0 in the worker processes, which do not see them all."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not config.getoption("--no-skips"):
        return 0
    return len(reporter.stats.get("skipped", ()))
