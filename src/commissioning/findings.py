"""What was noticed, where: a `Finding` has a code, a sentence and a place, so that it can go into a letter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from commissioning.values.record import Record

T = TypeVar("T")


class Severity(StrEnum):
    """How much a finding matters: an error stops the bid being complete, a warning wants a look."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Place(Record):
    """Where something stands: a file, then a part of it, then a path, a control or a box on a page.

    `path` is written for people ("table 3, row 2, cell 1"; "paragraph 14"; "cell C7").
    `box` is left, top, right, bottom in points.
    """

    file: str
    part: str = "body"
    path: str = ""
    tag: str = ""
    page: int | None = None
    box: tuple[float, float, float, float] | None = None

    def __str__(self) -> str:
        page = f"page {self.page}" if self.page else ""
        part = "" if self.part == "body" else self.part
        return ", ".join(word for word in (self.file, part, page, self.path) if word)


class Finding(Record):
    """One thing noticed: `code` is stable and documented, `message` is a plain sentence with its remedy.

    `rule` names the condition or clause that asked; `question` the question of the form, when there is one.
    """

    code: str
    severity: Severity
    message: str
    place: Place | None = None
    rule: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """A value and what was noticed while it was made; nothing is dropped without a finding."""

    value: T
    findings: tuple[Finding, ...] = ()
