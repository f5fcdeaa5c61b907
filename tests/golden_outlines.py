"""Documents as text that people review: outlines kept in `tests/golden/`, written anew only when asked.

`pytest --regenerate-golden` writes what the documents say now; look at the difference before it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from commissioning.documents.tree import Paragraph

if TYPE_CHECKING:
    from commissioning.documents.tree import Block, Document, Table

FLAG: Final = "--regenerate-golden"
GOLDEN: Final = Path(__file__).parent / "golden"
BULLETS: Final = frozenset({"List Bullet", "List Number"})

SameAsGolden = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(FLAG, action="store_true", help="write tests/golden/ anew, to be reviewed before it is kept")


def outline(document: Document) -> str:
    """What a document says, line by line: headings, paragraphs, tables, then headers and footers."""
    stories = (line for story in document.stories for line in (f"[{story.name}]", *_lines(story.blocks)))
    return "\n".join((*_lines(document.blocks), *stories)) + "\n"


def _lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _paragraph(block)
        else:
            yield from _table(block)


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    if not paragraph.text.strip():
        return
    if paragraph.heading:
        yield ""
    mark = f"{'#' * paragraph.heading} " if paragraph.heading else "- " if paragraph.style in BULLETS else ""
    yield f"{mark}{paragraph.text}"


def _table(table: Table) -> Iterator[str]:
    """Rows between bars; the line under a header shows that it is repeated on each page."""
    yield ""
    for row in table.rows:
        cells = [cell.text.replace("\n", " / ") for cell in row.cells]
        yield f"| {' | '.join(cells)} |"
        if row.header:
            yield f"|{' --- |' * len(cells)}"
    yield ""


def compare(name: str, said: str, *, folder: Path, regenerate: bool) -> None:
    """Hold `said` against the golden file of that name; write it instead when asked. A missing file is a failure."""
    path = folder / f"{name}.md"
    if regenerate:
        folder.mkdir(exist_ok=True)
        path.write_text(said, encoding="utf-8", newline="\n")
        return
    assert path.exists(), f"{path.name} is missing: run pytest {FLAG}, and review what it writes."
    assert said == path.read_text(encoding="utf-8"), f"Not what {path.name} says; if it should be, run pytest {FLAG}."


@pytest.fixture
def same_as_golden(request: pytest.FixtureRequest) -> SameAsGolden:
    """Hold an outline against `tests/golden/<name>.md`."""

    def check(name: str, said: str) -> None:
        compare(name, said, folder=GOLDEN, regenerate=bool(request.config.getoption(FLAG)))

    return check
