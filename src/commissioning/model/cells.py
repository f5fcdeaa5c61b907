"""Cells of need in words: by the assessment's names, many of them as few, and why a score over them is not there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from commissioning.model.need import CellId, NeedsAssessment, NeedScore
from commissioning.values.sentences import end_sentence, listed

JUDGED_BY_PEOPLE: Final = "both bodies judge the bid’s own evidence"


def cell_names(assessment: NeedsAssessment, area: str, cohort: str, service: str) -> tuple[str, str, str]:
    """Names for ids; an id nobody named is shown as it stands."""
    areas = {each.id: each.name for each in assessment.areas}
    cohorts = {each.id: each.name for each in assessment.cohorts}
    services = {each.id: each.name for each in assessment.services}
    return areas.get(area, area), cohorts.get(cohort, cohort), services.get(service, service)


def short_name(service: str) -> str:
    """A service by its initials when its name gives them: "independent advice (IDVA)" is IDVA."""
    _, bracket, initials = service.removesuffix(")").rpartition("(")
    return initials if bracket and service.endswith(")") else service


def say_cells(assessment: NeedsAssessment, cells: Iterable[CellId]) -> str:
    """Every cell once, those of one service and group together: "IDVA for women in Stevenage and Watford; …"."""
    together: dict[tuple[str, str], list[str]] = {}
    for cell in dict.fromkeys(cells):
        area, cohort, service = cell_names(assessment, cell.area, cell.cohort, cell.service)
        together.setdefault((short_name(service), cohort), []).append(area)
    return "; ".join(f"{service} for {cohort} in {listed(areas)}" for (service, cohort), areas in together.items())


def why_not_computable(assessment: NeedsAssessment, score: NeedScore) -> str:
    """One sentence: every cell without a figure, then what else stands in the way; "" when nothing does.

    A reason of `score` that repeats a step of one of its cells is not said again.
    """
    if not score.not_computable:
        return ""
    lacking = say_cells(assessment, (each.cell for each in score.cells if each.gap is None))
    steps = tuple(step for cell in score.cells for step in cell.steps)
    others = dict.fromkeys(_first_sentence(each) for each in score.not_computable if not each.startswith(steps))
    reasons = (*((f"no figure for {lacking}",) if lacking else ()), *others, JUDGED_BY_PEOPLE)
    return end_sentence(f"Need cannot be computed: {'; '.join(reasons)}")


def _first_sentence(words: str) -> str:
    """What comes before the first full stop that a space follows, without it, to stand within another sentence."""
    first = words.split(". ", 1)[0].rstrip(".")
    return first if first[1:2].isupper() else f"{first[:1].lower()}{first[1:]}"
