"""The four-part local assessment of need: figures with their sources, named gaps, and how the bids respond.

The four parts are those the Ministry of Justice asked police and crime commissioners for in 2021.
"""

from __future__ import annotations

from commissioning.model.award import Dossier, Stamp
from commissioning.model.form import Form
from commissioning.model.need import CellScore, NeedsAssessment, Observation, State
from commissioning.model.round import Round
from commissioning.steps.drafting.answers import asked_by, show_answer, show_number
from commissioning.steps.drafting.joint_grid import cell_names, name_cell
from commissioning.steps.drafting.making import Making, say_making
from commissioning.steps.drafting.recommendations import in_order, is_included
from commissioning.values.record import Record
from commissioning.values.showing import show_day, show_money, show_percent

ROLES = ("posts", "existing_provision", "pathways")

# How the codes of unitary, non-metropolitan, metropolitan and London districts begin (ONS, "GSS codes").
DISTRICTS = ("E06", "E07", "E08", "E09")


class Figure(Record):
    """A figure as printed: what, where, how much, for when, on which footing, from which source."""

    what: str
    area: str
    figure: str
    period: str
    state: str
    source: str


class Response(Record):
    """One cell that bids aim at: the gap there, and which included bids respond."""

    cell: str
    gap: str
    bids: str


class RoleFit(Record):
    """One included bid's posts and how they fit, in the bid's own words."""

    bid: str
    provider: str
    service: str
    says: tuple[RoleLine, ...]


class RoleLine(Record):
    """A question of the form and the bid's answer."""

    question: str
    text: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    place: str


class NeedsPaper(Record):
    """The whole paper."""

    authority: str
    round: str
    title: str
    as_at: str
    notes: tuple[str, ...]
    context: tuple[Figure, ...]
    districts: tuple[Figure, ...]
    unmet: tuple[Figure, ...]
    gaps: tuple[str, ...]
    conflicts: tuple[str, ...]
    illustrative: int
    policy: str
    responses: tuple[Response, ...]
    roles: tuple[RoleFit, ...]
    making: Making


def draft_needs_assessment(
    round: Round, form: Form, dossiers: tuple[Dossier, ...], stamp: Stamp, *, assessment: NeedsAssessment
) -> NeedsPaper:
    """The paper from the assessment as loaded and the bids as decided so far."""
    known = [each for each in assessment.observations if each.state is not State.MISSING]
    wide = {area.id for area in assessment.areas if not area.gss.startswith(DISTRICTS)}
    included = in_order(tuple(each for each in dossiers if is_included(each)))
    return NeedsPaper(
        authority=round.authority,
        round=round.title,
        title=assessment.title,
        as_at=show_day(assessment.as_at),
        notes=assessment.notes,
        context=tuple(show_figure(assessment, each) for each in known if not each.service and each.area in wide),
        districts=tuple(show_figure(assessment, each) for each in known if not each.service and each.area not in wide),
        unmet=tuple(show_figure(assessment, each) for each in known if each.service),
        gaps=named_gaps(assessment),
        conflicts=tuple(_conflict(assessment, each) for each in known if each.state is State.CONFLICT),
        illustrative=sum(each.state is State.ILLUSTRATIVE for each in known),
        policy=" ".join(part for part in (assessment.policy.basis, assessment.policy.illustrative) if part),
        responses=_responses(assessment, dossiers),
        roles=tuple(_role(form, each) for each in included),
        making=say_making(stamp),
    )


def show_figure(assessment: NeedsAssessment, each: Observation) -> Figure:
    """A row of the table; an illustrative figure says so beside the number too, so that it cannot be quoted alone."""
    mark = " (illustrative)" if each.state is State.ILLUSTRATIVE else ""
    return Figure(
        what=open_sentence(describe(assessment, each)),
        area=cell_names(assessment, each.area, "", "")[0],
        figure=f"{_value(each)}{mark}",
        period=each.period or "not stated",
        state=each.state.value,
        source=each.source,
    )


def describe(assessment: NeedsAssessment, each: Observation) -> str:
    """Measure, group and service in words."""
    _, cohort, service = cell_names(assessment, each.area, each.cohort, each.service)
    return ", ".join(word for word in (each.measure.replace("_", " "), cohort, service) if word)


def open_sentence(words: str) -> str:
    """The same words with a capital at the start."""
    return words[:1].upper() + words[1:]


def _value(each: Observation) -> str:
    if each.value is None:
        return "no figure"
    match each.unit:
        case "GBP" | "£":
            shown = show_money(each.value)
        case "share":
            shown = show_percent(each.value)
        case "%" | "percent" | "per cent":
            shown = f"{show_number(each.value)}%"
        case _:
            shown = f"{show_number(each.value)} {each.unit}".rstrip()
    return f"{each.qualifier} {shown}".strip()


def named_gaps(assessment: NeedsAssessment) -> tuple[str, ...]:
    """Every figure that was looked for and not found, with who holds it; never filled in."""
    lines = []
    for each in assessment.observations:
        if each.state is State.MISSING:
            area = cell_names(assessment, each.area, "", "")[0]
            held = each.source.rstrip(".") or "nobody named yet"
            lines.append(f"No figure found for {describe(assessment, each)}, {area}, {each.period}; held by {held}.")
    return tuple(lines)


def _conflict(assessment: NeedsAssessment, each: Observation) -> str:
    area = cell_names(assessment, each.area, "", "")[0]
    return f"{open_sentence(describe(assessment, each))}, {area}: {_value(each)} according to {each.source}"


def _responses(assessment: NeedsAssessment, dossiers: tuple[Dossier, ...]) -> tuple[Response, ...]:
    """Each cell bids aim at, in the order of the assessment's areas."""
    cells: dict[str, tuple[CellScore, list[str]]] = {}
    for dossier in dossiers:
        for cell in dossier.need.cells:
            _, bids = cells.setdefault(str(cell.cell), (cell, []))
            if is_included(dossier):
                bids.append(dossier.bid.id)
    order = {area.id: index for index, area in enumerate(assessment.areas)}
    ranked = sorted(cells.values(), key=lambda pair: (order.get(pair[0].cell.area, len(order)), str(pair[0].cell)))
    return tuple(
        Response(
            cell=name_cell(assessment, cell),
            gap=f"{show_number(cell.gap)} people a year" if cell.gap is not None else "No figure: not computable",
            bids=", ".join(bids) or "none of the included bids",
        )
        for cell, bids in ranked
    )


def _role(form: Form, dossier: Dossier) -> RoleFit:
    says = []
    for question in ROLES:
        asked = asked_by(form, question)
        if asked is None:
            continue
        shown = show_answer(asked, dossier.bid.answer(question))
        says.append(
            RoleLine(question=asked.label, text=shown.text, columns=shown.columns, rows=shown.rows, place=shown.place)
        )
    return RoleFit(bid=dossier.bid.id, provider=dossier.provider_name, service=dossier.service_name, says=tuple(says))
