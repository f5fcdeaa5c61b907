"""Where in a Word file the reader stands, and what holds there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.etree import _Element as Element

    from commissioning.documents.tree import Control
    from commissioning.documents.word.notes import Notes
    from commissioning.documents.word.styles import Style
    from commissioning.findings import Place


@dataclass
class Fields:
    """The legacy form fields open at this point of one cell or story; a field never reaches beyond it."""

    opened: list[Control | None] = field(default_factory=list)

    def begin(self, control: Control | None) -> None:
        """Begin a field; None for one that is no form field, such as a page number."""
        self.opened.append(control)

    def end(self) -> None:
        """End the innermost field; an end without a beginning means nothing."""
        del self.opened[-1:]

    @property
    def controls(self) -> tuple[Control, ...]:
        """The form fields around the text that comes next, outermost first."""
        return tuple(control for control in self.opened if control)


@dataclass(frozen=True, slots=True)
class Scope:
    """The place of the reader, the controls around it, and how deep it stands in tables and text boxes.

    `read_box` reads a text box into a story; it is given here because runs hold boxes and boxes hold runs.
    """

    place: Place
    notes: Notes
    styles: Mapping[str, Style]
    read_box: Callable[[Element, Scope], None]
    controls: tuple[Control, ...] = ()
    fields: Fields = field(default_factory=Fields)
    depth: int = 0

    def within(self, path: str, controls: tuple[Control, ...]) -> Scope:
        """Return the same, at a place further in and inside `controls`."""
        return replace(self, place=self.place.with_changes(path=path), controls=controls)

    def deeper(self) -> Scope:
        """Return the same in a new cell or text box, where no form field is open."""
        return replace(self, depth=self.depth + 1, fields=Fields())

    def at(self, controls: tuple[Control, ...]) -> Place:
        """Return the place of text inside `controls`, with the innermost tag."""
        tag = controls[-1].tag if controls else ""
        return self.place.with_changes(tag=tag) if tag else self.place

    def text_box(self, element: Element, controls: tuple[Control, ...]) -> None:
        """Read a text box found in a run."""
        self.read_box(element, replace(self, controls=controls))
