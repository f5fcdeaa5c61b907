"""Expected errors: the message is for the user, the exit code is documented in `--help`.

Anything that is not a `CommissioningError` is our own bug and keeps its traceback.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class ExitCode(IntEnum):
    """What the process says when it ends."""

    DONE = 0
    ERROR = 1
    USAGE = 2
    FINDINGS = 3
    ROUND = 10
    TEMPLATE = 11
    DOCUMENT = 12
    EVIDENCE = 13
    STORE = 14


class CommissioningError(Exception):
    """Something expected went wrong: what happened, where, and what to do next."""

    exit_code = ExitCode.ERROR


class RoundError(CommissioningError):
    """The office's own files are wrong: every fault at once, each with its path and line."""

    exit_code = ExitCode.ROUND

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(f"{count} to mend before the round can go on:\n{lines}")


class TemplateError(CommissioningError):
    """A Word template does not fit what it is given: template, tag, nearest valid name."""

    exit_code = ExitCode.TEMPLATE


class DocumentError(CommissioningError):
    """A file cannot be read at all: damaged, encrypted, or not what it says it is."""

    exit_code = ExitCode.DOCUMENT

    def __init__(self, file: str, problem: str, remedy: str) -> None:
        self.file, self.problem, self.remedy = file, problem, remedy
        super().__init__(f"{file}: {problem} {remedy}")

    def __reduce__(self) -> tuple[type[DocumentError], tuple[str, str, str]]:
        """Travel whole between worker processes."""
        return type(self), (self.file, self.problem, self.remedy)


class EvidenceError(CommissioningError):
    """A step was asked for before its evidence exists: what is missing, and who has it."""

    exit_code = ExitCode.EVIDENCE


class StoreError(CommissioningError):
    """The store cannot be used: locked (by whom), wrong version, or the chain is broken."""

    exit_code = ExitCode.STORE
