"""The four-part local assessment of need: figures with their sources, named gaps, and how the bids respond.

The four parts are those the Ministry of Justice asked police and crime commissioners for in 2021.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from commissioning.model.award import Dossier, Stamp, is_included
from commissioning.model.cells import cell_names, short_name
from commissioning.model.form import Form
from commissioning.model.need import NEED, PEOPLE_A_YEAR, PROVISION, CellScore, NeedsAssessment, Observation, State
from commissioning.model.round import Round
from commissioning.steps.drafting.answers import asked_by, show_answer, show_number
from commissioning.steps.drafting.making import Making, say_making
from commissioning.steps.drafting.recommendations import in_order
from commissioning.values.record import Record
from commissioning.values.sentences import end_sentence, open_sentence
from commissioning.values.showing import show_day, show_money, show_percent

ROLES = ("posts", "existing_provision", "pathways")

# How the codes of unitary, non-metropolitan, metropolitan and London districts begin (ONS, "GSS codes").
DISTRICTS = ("E06", "E07", "E08", "E09")

COLUMNS = 5  # of figures that a page is wide enough for, beside the name of the area
UNITS = {"GBP": "", "£": "", "share": "", "percent": "%", "per cent": "%", "score": ""}

Measure = tuple[str, str, str, str]


class Figure(Record):
    """A figure as printed: what, where, how much with the number of its source, for when, on which footing."""

    what: str
    figure: str
    period: str
    state: str


class Matrix(Record):
    """One measure set against another over the districts: a column a measure, a row an area, each figure sourced."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class NeedCell(Record):
    """Need and provision of one place, group and service, each with the number of its source."""

    cell: str
    need: str
    provision: str
    period: str
    state: str


class Source(Record):
    """A source as the figures cite it."""

    number: int
    title: str
    address: str


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


class NeedsPaper(Record):
    """The whole paper. `matrices` hold what is known of most districts, `districts` what is known of a few."""

    authority: str
    round: str
    title: str
    as_at: str
    notes: tuple[str, ...]
    context: tuple[Figure, ...]
    matrices: tuple[Matrix, ...]
    districts: tuple[Figure, ...]
    unmet: tuple[NeedCell, ...]
    services: tuple[Figure, ...]
    gaps: tuple[str, ...]
    conflicts: tuple[str, ...]
    illustrative: int
    policy: str
    responses: tuple[Response, ...]
    roles: tuple[RoleFit, ...]
    sources: tuple[Source, ...]
    making: Making


def draft_needs_assessment(
    round: Round, form: Form, dossiers: tuple[Dossier, ...], stamp: Stamp, *, assessment: NeedsAssessment
) -> NeedsPaper:
    """The paper from the assessment as loaded and the bids as decided so far."""
    known = tuple(each for each in assessment.observations if each.state is not State.MISSING)
    desk = _Cited(assessment, known)
    wide = wide_areas(assessment)
    tabled = measures_of_most_districts(assessment, known)
    rest = tuple(each for each in known if not each.service and _measure(each) not in tabled)
    included = in_order(tuple(each for each in dossiers if is_included(each)))
    return NeedsPaper(
        authority=round.authority,
        round=round.title,
        title=assessment.title,
        as_at=show_day(assessment.as_at),
        notes=assessment.notes,
        context=tuple(desk.figure(each) for each in rest if each.area in wide),
        matrices=tuple(desk.matrix(each) for each in batched(tabled.values(), COLUMNS)),
        districts=tuple(desk.figure(each) for each in rest if each.area not in wide),
        unmet=desk.cells(assessment.observations),
        services=tuple(desk.figure(each) for each in known if each.service and each.measure not in {NEED, PROVISION}),
        gaps=named_gaps(assessment),
        conflicts=tuple(desk.conflict(each) for each in known if each.state is State.CONFLICT),
        illustrative=sum(each.state is State.ILLUSTRATIVE for each in known),
        policy=" ".join(part for part in (assessment.policy.basis, assessment.policy.illustrative) if part),
        responses=_responses(assessment, dossiers),
        roles=tuple(_role(form, each) for each in included),
        sources=desk.sources(),
        making=say_making(stamp),
    )


def wide_areas(assessment: NeedsAssessment) -> frozenset[str]:
    """The areas that are no district: the county, and what else is as wide."""
    return frozenset(area.id for area in assessment.areas if not area.gss.startswith(DISTRICTS))


def _measure(each: Observation) -> Measure:
    """What is measured, of whom, in what and when: figures that are alike in these stand in one column."""
    return each.measure, each.cohort, each.unit, each.period


def measures_of_most_districts(
    assessment: NeedsAssessment, known: tuple[Observation, ...]
) -> dict[Measure, tuple[Observation, ...]]:
    """Every figure of each measure that most districts have, services left out; two of one area are never tabled."""
    districts = {area.id for area in assessment.areas if area.gss.startswith(DISTRICTS)}
    measures: dict[Measure, list[Observation]] = {}
    for each in known:
        if not each.service:
            measures.setdefault(_measure(each), []).append(each)
    return {
        measure: tuple(found)
        for measure, found in measures.items()
        if len({each.area for each in found} & districts) * 2 > len(districts)
        and len({each.area for each in found}) == len(found)
    }


def batched(columns: Iterable[tuple[Observation, ...]], size: int) -> Iterator[tuple[tuple[Observation, ...], ...]]:
    """The columns, `size` at a time: as many as a page is wide."""
    left = iter(columns)
    while batch := tuple(islice(left, size)):
        yield batch


class _Cited:
    """Writes figures and numbers their sources, in the order the assessment holds them."""

    def __init__(self, assessment: NeedsAssessment, known: tuple[Observation, ...]) -> None:
        self.assessment = assessment
        wide = wide_areas(assessment)
        self.county = next(iter(wide)) if len(wide) == 1 else ""
        self.corrected = {each.corrects for each in known if each.corrects}
        ordered = dict.fromkeys((each.source, each.url) for each in known)
        self.numbers = {source: number for number, source in enumerate(ordered, 1)}

    def sources(self) -> tuple[Source, ...]:
        return tuple(
            Source(number=number, title=title or "not named", address=address)
            for (title, address), number in self.numbers.items()
        )

    def cited(self, each: Observation, *, plain: str = "") -> str:
        """The figure with its source, its unit unless it is `plain`, which stands above it.

        An illustrative one says so beside the number, so that none is quoted alone.
        """
        mark = " (illustrative)" if each.state is State.ILLUSTRATIVE else ""
        mark += " (corrected since)" if each.id in self.corrected else ""
        said = _number(each) if each.unit == plain else _value(each)
        return f"{said}{mark} [{self.numbers[each.source, each.url]}]"

    def figure(self, each: Observation) -> Figure:
        return Figure(
            what=self._place(each) + open_sentence(describe(self.assessment, each)),
            figure=self.cited(each),
            period=each.period or "not stated",
            state=each.state.value,
        )

    def _place(self, each: Observation) -> str:
        """The area first, so that a list can be looked through by place; the county’s own needs none if it is one."""
        area = cell_names(self.assessment, each.area, "", "")[0]
        return "" if each.area == self.county else f"{area}: "

    def matrix(self, columns: tuple[tuple[Observation, ...], ...]) -> Matrix:
        """A row an area; the last two rows say period and footing of each column."""
        titles = tuple(self._column_title(column[0]) for column in columns)
        areas = [area for area in self.assessment.areas if any(each.area == area.id for col in columns for each in col)]
        rows = [(area.name, *(self._in_matrix(column, area.id) for column in columns)) for area in areas]
        rows.append(("Period", *(column[0].period or "not stated" for column in columns)))
        rows.append(("State", *(_usual_state(column).value for column in columns)))
        return Matrix(columns=("Area", *titles), rows=tuple(rows))

    def _column_title(self, each: Observation) -> str:
        return f"{open_sentence(describe(self.assessment, each))} ({each.unit})"

    def _in_matrix(self, column: tuple[Observation, ...], area: str) -> str:
        """The figure without its unit, which the column says, and with its state when the column's is another."""
        for each in column:
            if each.area == area:
                state = "" if each.state is _usual_state(column) else f", {each.state.value}"
                return f"{_number(each)} [{self.numbers[each.source, each.url]}]{state}"
        return "no figure"

    def cells(self, observations: tuple[Observation, ...]) -> tuple[NeedCell, ...]:
        """Need beside provision, by service and group; each figure that was corrected stands with its correction."""
        pairs: dict[tuple[str, str, str], list[Observation]] = {}
        for each in observations:
            if each.service and each.measure in {NEED, PROVISION}:
                pairs.setdefault((each.service, each.cohort, each.area), []).append(each)
        return tuple(self._cell(found) for _, found in sorted(pairs.items()))

    def _cell(self, found: list[Observation]) -> NeedCell:
        sides = {side: [each for each in found if each.measure == side] for side in (NEED, PROVISION)}
        area, cohort, service = cell_names(self.assessment, found[0].area, found[0].cohort, found[0].service)
        return NeedCell(
            cell=f"{open_sentence(short_name(service))} for {cohort}, {area}",
            need=self._side(sides[NEED]),
            provision=self._side(sides[PROVISION]),
            period=", ".join(dict.fromkeys(each.period or "not stated" for each in found)),
            state=self._states(sides),
        )

    def _states(self, sides: dict[str, list[Observation]]) -> str:
        """What stands behind the figures, said of each side when they differ, and when one side has two figures."""
        states = {side: "/".join(dict.fromkeys(each.state.value for each in found)) for side, found in sides.items()}
        said = [f"{side} {state or 'no figure'}" for side, state in states.items()]
        said = said if len(set(states.values())) > 1 else [states[NEED]]
        twice = [
            f"{side} has figures that disagree"
            for side, found in sides.items()
            if len({each.value for each in found if each.id not in self.corrected}) > 1
        ]
        return "; ".join((*said, *twice))

    def _side(self, found: list[Observation]) -> str:
        shown = (self.cited(each, plain=PEOPLE_A_YEAR) if each.value is not None else "no figure" for each in found)
        return "; ".join(shown) or "no figure"

    def conflict(self, each: Observation) -> str:
        area = cell_names(self.assessment, each.area, "", "")[0]
        return f"{open_sentence(describe(self.assessment, each))}, {area}: {self.cited(each)}"


def _usual_state(column: tuple[Observation, ...]) -> State:
    """The state most figures of the column have."""
    return Counter(each.state for each in column).most_common(1)[0][0]


def describe(assessment: NeedsAssessment, each: Observation) -> str:
    """Measure, group and service in words."""
    _, cohort, service = cell_names(assessment, each.area, each.cohort, each.service)
    measure = each.measure.replace("_", " ")
    said = (word for word in (cohort, service) if word and word.casefold() not in measure.casefold())
    return ", ".join((measure, *said))


def _value(each: Observation) -> str:
    if each.value is None:
        return "no figure"
    return f"{_number(each)} {UNITS.get(each.unit, each.unit)}".replace(" %", "%").rstrip()


def _number(each: Observation) -> str:
    """The number alone: its unit stands beside it or above it."""
    if each.value is None:
        return "no figure"
    match each.unit:
        case "GBP" | "£":
            shown = show_money(each.value)
        case "share":
            shown = show_percent(each.value)
        case _:
            shown = show_number(each.value)
    return f"{each.qualifier} {shown}".strip()


def named_gaps(assessment: NeedsAssessment) -> tuple[str, ...]:
    """Every figure that was looked for and not found, with who holds it; never filled in."""
    lines = []
    for each in assessment.observations:
        if each.state is State.MISSING:
            area = cell_names(assessment, each.area, "", "")[0]
            held = end_sentence(each.source) or "nobody named yet."
            lines.append(f"No figure found for {describe(assessment, each)}, {area}, {each.period}; held by {held}")
    return tuple(lines)


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
            cell=_place_first(assessment, cell),
            gap=f"{show_number(cell.gap)} people a year" if cell.gap is not None else "No figure: not computable",
            bids=", ".join(bids) or "none of the included bids",
        )
        for cell, bids in ranked
    )


def _place_first(assessment: NeedsAssessment, cell: CellScore) -> str:
    area, cohort, service = cell_names(assessment, cell.cell.area, cell.cell.cohort, cell.cell.service)
    return f"{area}: {short_name(service)} for {cohort}"


def _role(form: Form, dossier: Dossier) -> RoleFit:
    says = []
    for question in ROLES:
        asked = asked_by(form, question)
        if asked is None:
            continue
        shown = show_answer(asked, dossier.bid.answer(question))
        says.append(RoleLine(question=asked.label, text=shown.text, columns=shown.columns, rows=shown.rows))
    return RoleFit(bid=dossier.bid.id, provider=dossier.provider_name, service=dossier.service_name, says=tuple(says))
