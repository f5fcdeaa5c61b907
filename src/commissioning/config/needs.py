"""The needs assessment and the strategy as files → records, or every fault in them at once, with its line.

An assessment is two files side by side: a YAML file (names, policy, notes) and `observations.csv` (the figures).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Final

from commissioning.config.exact import unknown
from commissioning.config.strict import Read, read_record
from commissioning.config.tree import Location, line_of
from commissioning.errors import RoundError
from commissioning.model.need import (
    NEED,
    PEOPLE_A_YEAR,
    PROVISION,
    AssessmentHead,
    NeedsAssessment,
    NeedsPolicy,
    Observation,
    State,
)
from commissioning.model.strategy import Strategy

OBSERVATIONS: Final = "observations.csv"
COLUMNS: Final = tuple(Observation.model_fields)
CONFIDENCES: Final = ("A", "B", "C")
_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")

Complaint = tuple[Location, str]


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the figures. `cells` are its texts by column, "" where the line is too short."""

    line: int
    cells: Mapping[str, str]
    surplus: bool = False


def read_needs(files: Mapping[str, str], path: str) -> NeedsAssessment:
    """Read the assessment whose YAML stands at `path` of `files`, with the figures beside it.

    Raises RoundError with every fault of both files.
    """
    beside = str(PurePosixPath(path).with_name(OBSERVATIONS))
    absent = tuple(
        f"{name}: the file is not there; put it beside the others" for name in (path, beside) if name not in files
    )
    if absent:
        raise RoundError(absent)
    head = read_record(AssessmentHead, files[path], path)
    rows, faults = _rows(files[beside])
    faults += _faults_of_rows(rows, head.value)
    found = (
        *head.faults,
        *_faults_of_head(head, path),
        *(f"{beside}, line {line}: {says}" for line, says in sorted(faults)),
    )
    if found or head.value is None:
        raise RoundError(found)
    head_fields = {name: getattr(head.value, name) for name in AssessmentHead.model_fields}
    return NeedsAssessment(**head_fields, observations=tuple(_observation(row) for row in rows))


def read_strategy(files: Mapping[str, str], path: str) -> Strategy:
    """Read the strategy at `path` of `files`; RoundError with every fault."""
    if path not in files:
        raise RoundError((f"{path}: the file is not there; put it beside the others",))
    read = read_record(Strategy, files[path], path)
    found = (*read.faults, *_faults_of_strategy(read, path))
    if found or read.value is None:
        raise RoundError(found)
    return read.value


def _rows(text: str) -> tuple[list[_Row], list[tuple[int, str]]]:
    """The lines of the figures, or why the table as a whole cannot be read."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        header = next(reader, [])
        wrong = _faults_of_columns(header)
        if wrong:
            return [], wrong
        return [_row(header, cells, reader.line_num) for cells in reader if any(cells)], []
    except csv.Error as error:
        return [], [(reader.line_num, f"the table cannot be read from here on ({error}); look for a stray quote")]


def _row(header: list[str], cells: list[str], line: int) -> _Row:
    padded = [cell.strip() for cell in cells] + [""] * (len(header) - len(cells))
    by_column = dict.fromkeys(COLUMNS, "") | dict(zip(header, padded, strict=False))
    return _Row(line, by_column, surplus=len(cells) > len(header))


def _faults_of_columns(header: list[str]) -> list[tuple[int, str]]:
    optional = {name for name, field in Observation.model_fields.items() if not field.is_required()}
    faults = [(1, unknown(name, COLUMNS, what="a column of the figures")) for name in header if name not in COLUMNS]
    faults += [(1, f"the column `{name}` stands here twice") for name, count in Counter(header).items() if count > 1]
    missing = [name for name in COLUMNS if name not in header and name not in optional]
    return faults + [(1, f"the column `{name}` is missing") for name in missing]


def _faults_of_rows(rows: list[_Row], head: AssessmentHead | None) -> list[tuple[int, str]]:
    first: dict[str, int] = {}
    faults: list[tuple[int, str]] = []
    ids = {row.cells["id"] for row in rows}
    for row in rows:
        says = [*_wrong_cells(row), *_wrong_value(row), *_wrong_cell_of_need(row), *_wrong_correction(row, ids)]
        says += _unknown_names(row, head) if head else ()
        if row.cells["id"] in first:
            says.append(f"the id `{row.cells['id']}` was already used on line {first[row.cells['id']]}")
        first.setdefault(row.cells["id"], row.line)
        faults += [(row.line, each) for each in says]
    return faults


def _wrong_cells(row: _Row) -> Iterator[str]:
    if row.surplus:
        yield "the line has more cells than there are columns; put text that holds a comma in quotes"
    for name in ("id", "area", "cohort", "measure", "unit", "period", "state", "source"):
        if not row.cells[name]:
            yield f"`{name}` is missing"
    if row.cells["state"] and row.cells["state"] not in set(State):
        yield unknown(row.cells["state"], list(State), what="a state")
    if row.cells["confidence"] and row.cells["confidence"] not in CONFIDENCES:
        yield f"`confidence` says `{row.cells['confidence']}`; it must be A, B or C, or empty"


def _wrong_value(row: _Row) -> Iterator[str]:
    value, missing = row.cells["value"], row.cells["state"] == State.MISSING
    if missing and value:
        yield f"the state is missing, and yet the value says `{value}`; empty it, or say what stands behind it"
    elif not missing and not value:
        yield "`value` is empty; give the figure, or say that the state is missing"
    elif value and not _NUMBER.fullmatch(value):
        yield f"`value` says `{value}`; write digits only, like 1234 or 12.5"


def _wrong_cell_of_need(row: _Row) -> Iterator[str]:
    """Need and provision of a cell: about one service, in people, with a confidence, and not below none."""
    cells = row.cells
    if cells["measure"] not in {NEED, PROVISION}:
        return
    if not cells["service"]:
        yield f"`service` is missing; {cells['measure']} is about one service"
    if cells["unit"] and cells["unit"] != PEOPLE_A_YEAR:
        yield f"`unit` says `{cells['unit']}`; {cells['measure']} is counted in `{PEOPLE_A_YEAR}`"
    if cells["value"] and not cells["confidence"]:
        yield f"`confidence` is missing; {cells['measure']} must say A, B or C"
    if cells["value"].startswith("-"):
        yield f"`value` says `{cells['value']}`; {cells['measure']} cannot be below 0"


def _wrong_correction(row: _Row, ids: set[str]) -> Iterator[str]:
    corrects = row.cells["corrects"]
    if corrects and corrects == row.cells["id"]:
        yield "the row corrects itself; `corrects` names the row it replaces"
    elif corrects and corrects not in ids:
        yield unknown(corrects, ids, what="the id of a row it could correct")


def _unknown_names(row: _Row, head: AssessmentHead) -> Iterator[str]:
    known = (
        ("area", {area.id for area in head.areas}),
        ("cohort", {cohort.id for cohort in head.cohorts}),
        ("service", {service.id for service in head.services}),
    )
    for column, names in known:
        word = row.cells[column]
        if word and word not in names:
            yield unknown(word, names, what=f"a known {column}")


def _observation(row: _Row) -> Observation:
    value = Decimal(row.cells["value"]) if row.cells["value"] else None
    return Observation.model_validate({**row.cells, "value": value})


def _faults_of_head(head: Read[AssessmentHead], path: str) -> tuple[str, ...]:
    if head.value is None:
        return ()
    found = [*_repeated_ids(head.value), *_wrong_policy(head.value.policy, {each.id for each in head.value.services})]
    return _sentences(found, head.lines, path)


def _repeated_ids(head: AssessmentHead) -> Iterator[Complaint]:
    """Ids name an area, a cohort or a service in the same sentences, so none may stand twice."""
    seen: set[str] = set()
    for name, ids in (
        ("areas", [area.id for area in head.areas]),
        ("cohorts", [cohort.id for cohort in head.cohorts]),
        ("services", [service.id for service in head.services]),
    ):
        for index, each in enumerate(ids):
            if each in seen:
                yield (name, index, "id"), f"the id `{each}` stands a second time"
            seen.add(each)


def _wrong_policy(policy: NeedsPolicy, services: set[str]) -> Iterator[Complaint]:
    for service, caseload in policy.caseloads.items():
        if service not in services:
            yield ("policy", "caseloads", service), unknown(service, services, what="a known service")
        if caseload <= 0:
            yield ("policy", "caseloads", service), f"the caseload of `{service}` must be more than 0"
    if not 0 <= policy.tier_at <= 1:
        yield ("policy", "tier_at"), "`tier_at` is a share of the need, from 0 to 1"
    if not 1 <= policy.tier_weight <= policy.priority_weight:
        yield ("policy", "tier_weight"), "weights must not fall: 1, then `tier_weight`, then `priority_weight`"
    yield from _wrong_scales(policy)


def _wrong_scales(policy: NeedsPolicy) -> Iterator[Complaint]:
    if sum(share for share, _ in policy.segments) != 1:
        yield ("policy", "segments"), "the shares of the gap must add up to 1"
    values = [value for _, value in policy.segments]
    if values != sorted(values, reverse=True) or any(value < 0 for value in values):
        yield ("policy", "segments"), "later people in the gap must not count for more than earlier ones"
    bands = sorted(policy.bands)
    if any(low[1] >= high[1] or low[0] == high[0] for low, high in pairwise(bands)):
        yield ("policy", "bands"), "a higher threshold must give a higher band"


def _faults_of_strategy(read: Read[Strategy], path: str) -> tuple[str, ...]:
    if read.value is None:
        return ()
    found: list[Complaint] = [] if read.value.priorities else [(("priorities",), "there must be at least one priority")]
    seen: set[str] = set()
    for index, priority in enumerate(read.value.priorities):
        if priority.id in seen:
            found.append((("priorities", index, "id"), f"the id `{priority.id}` stands a second time"))
        if priority.weight <= 0:
            found.append((("priorities", index, "weight"), f"the weight of `{priority.id}` must be more than 0"))
        found += [
            (("priorities", index, name), f"`{name}` of `{priority.id}` is empty")
            for name in ("wording", "counts_as_evidence", "source")
            if not getattr(priority, name).strip()
        ]
        seen.add(priority.id)
    return _sentences(found, read.lines, path)


def _sentences(found: Iterable[Complaint], lines: Mapping[Location, int], path: str) -> tuple[str, ...]:
    return tuple(f"{path}, line {line_of(lines, at)}: {says}" for at, says in found)
