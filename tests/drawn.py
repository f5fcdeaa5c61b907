"""Tables drawn as text in a test: a header line, then a line for each case, cells between bars."""

from __future__ import annotations


def drawn(table: str) -> list[dict[str, str]]:
    """The cases of a drawn table, by the heads of its columns; a line of dashes is only drawn."""
    lines = [line.strip().strip("|") for line in table.strip().splitlines()]
    cells = [[cell.strip() for cell in line.split("|")] for line in lines if set(line) - set("-| ")]
    header, *cases = cells
    return [dict(zip(header, case, strict=True)) for case in cases]
