"""What is noticed while one Word file is read, and the text found beside its body."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count, groupby
from typing import TYPE_CHECKING, NamedTuple

from commissioning.documents.word.names import W
from commissioning.findings import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from commissioning.documents.tree import Story


class Revision(NamedTuple):
    """One tracked change: what was done, by whom, where, and its text."""

    deed: str
    author: str
    place: Place
    text: str


@dataclass
class Notes:
    """Filled while one file is walked, then read once: findings, tracked changes, stories and the counters of each."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)
    boxes: Iterator[int] = field(default_factory=lambda: count(1))
    keys: Iterator[int] = field(default_factory=lambda: count(1))

    def add(self, code: str, severity: Severity, message: str, place: Place | None = None) -> None:
        """Note a finding; its place is the file unless another is given."""
        place = place or Place(file=self.file)
        self.findings.append(Finding(code=code, severity=severity, message=message, place=place))

    def added(self, element: Element, deed: str, place: Place) -> None:
        """Note a tracked insertion with the text it brings; what was deleted again inside it is noted by itself."""
        self._revised(element, deed, place, (W + "t",))

    def removed(self, element: Element, deed: str, place: Place) -> None:
        """Note a tracked deletion with all the text it takes away."""
        self._revised(element, deed, place, (W + "t", W + "delText"))

    def _revised(self, element: Element, deed: str, place: Place, texts: tuple[str, ...]) -> None:
        text = "".join(str(part.text or "") for part in element.iter(*texts))
        self.revisions.append(Revision(deed, str(element.get(W + "author", "")), place, text))

    def all(self) -> tuple[Finding, ...]:
        """Every finding; tracked changes of one kind and author that follow each other in one place are one."""
        runs = groupby(self.revisions, key=lambda revision: revision._replace(text=""))
        joined = (key._replace(text="".join(revision.text for revision in group)) for key, group in runs)
        return (*self.findings, *(_tracked(revision) for revision in joined if revision.text))


def _tracked(revision: Revision) -> Finding:
    author = f" by {revision.author}" if revision.author else ""
    message = f"Tracked change{author}: {revision.deed}: “{revision.text}”. Check that this is what the provider means."
    return Finding(code="tracked-changes", severity=Severity.WARNING, message=message, place=revision.place)
