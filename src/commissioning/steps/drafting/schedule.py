"""The schedule workbook: who is put forward for what from which pot, reconciled to the penny with the bids' budgets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from commissioning.documents.tree import Block, Cell, Document, Paragraph, Piece, Row, Table
from commissioning.findings import Place
from commissioning.model.award import Dossier, Stamp, is_included, priority_of
from commissioning.model.form import Form
from commissioning.model.request import TOTAL, Requested, Total, budget_total, requested
from commissioning.model.round import Pot, Round
from commissioning.model.screening import Standing, excluding
from commissioning.steps.drafting.making import show_deadline
from commissioning.steps.drafting.recommendations import (
    NOT_STATED,
    caution_of,
    in_order,
    outcome_of,
    reason_of,
)
from commissioning.steps.drafting.rules import BY_A_PERSON, name_rule
from commissioning.values.record import Record
from commissioning.values.sentences import end_sentence, open_sentence
from commissioning.values.showing import show_money

HERE = Place(file="schedule")
POT_COLUMNS = ("Priority", "Bid", "Provider", "Service", "Outcome", "Amount", "Running total")
NOBODY_YET = "No bid is included yet."


class ScheduledBid(Record):
    """One line of a pot: `amount` is None when not stated; `running` adds up the stated amounts so far, if any."""

    priority: int | None
    tied: bool
    bid: str
    provider: str
    service: str
    outcome: str
    amount: Decimal | None
    running: Decimal | None


class PotSchedule(Record):
    """One pot's lines; `left` is what remains of a known amount, below zero when it is exceeded.

    `total` is None while no amount is stated: nothing stated is not nothing asked for.
    """

    pot: str
    title: str
    year: str
    available: Decimal | None
    basis: str
    illustrative: bool
    lines: tuple[ScheduledBid, ...]
    total: Decimal | None
    not_stated: tuple[str, ...]
    left: Decimal | None


class Reconciled(Record):
    """One bid: its amounts by pot against its budget and its request; None where the bid states none."""

    bid: str
    provider: str
    scheduled: Decimal | None
    budget: Decimal | None
    request: Decimal | None
    says: str


class Schedule(Record):
    """Every pot, every included bid reconciled, and every bid that is not in, with the reason."""

    round: str
    authority: str
    funder: str
    pots: tuple[PotSchedule, ...]
    reconciliation: tuple[Reconciled, ...]
    not_included: tuple[tuple[str, ...], ...]
    cautions: tuple[str, ...]
    stamp: Stamp


def draft_schedule(round: Round, form: Form, dossiers: tuple[Dossier, ...], stamp: Stamp) -> Schedule:
    """The schedule of the included bids in priority order; equal priorities stay equal and are marked."""
    included = in_order(tuple(each for each in dossiers if is_included(each)))
    asked = {each.bid.id: requested(round, form, each.bid) for each in included}
    return Schedule(
        round=round.title,
        authority=round.authority,
        funder=round.funder,
        pots=tuple(_pot(pot, included, asked) for pot in round.pots),
        reconciliation=tuple(_reconcile(form, each, asked[each.bid.id]) for each in included),
        not_included=tuple(
            (each.bid.id, each.provider_name, each.service_name, outcome_of(each), _why_not(round, each))
            for each in dossiers
            if not is_included(each)
        ),
        cautions=tuple(
            f"{each.bid.id}, {each.provider_name}: {caution_of(each)}" for each in included if caution_of(each)
        ),
        stamp=stamp,
    )


def _why_not(round: Round, dossier: Dossier) -> str:
    """The rule, when one excluded the bid, and the reason given."""
    reason = reason_of(dossier) or "None given yet."
    if dossier.screening.standing is not Standing.EXCLUDED:
        return reason
    rules = "; ".join(name_rule(round, each) for each in excluding(dossier.screening.verdicts))
    decider = dossier.screening.decided_by or "nobody named"
    return f"{rules or open_sentence(BY_A_PERSON)}. {end_sentence(reason)} Decided by {decider}."


def _pot(pot: Pot, included: tuple[Dossier, ...], asked: dict[str, tuple[Requested, ...]]) -> PotSchedule:
    here = [(each, ask) for each in included for ask in asked[each.bid.id] if ask.pot == pot.id]
    running: Decimal | None = None
    lines = []
    for dossier, ask in here:
        running = running if ask.amount is None else ask.amount + (running or Decimal(0))
        lines.append(_line(dossier, ask, running, tuple(other for other, _ in here)))
    available = pot.amount if isinstance(pot.amount, Decimal) else None
    return PotSchedule(
        pot=pot.id,
        title=pot.title,
        year=pot.year,
        available=available,
        basis=_basis(pot),
        illustrative=bool(pot.illustrative),
        lines=tuple(lines),
        total=running,
        not_stated=tuple(dossier.bid.id for dossier, ask in here if ask.amount is None),
        left=_left_of(available, running, bool(lines)),
    )


def _left_of(available: Decimal | None, total: Decimal | None, asked: bool) -> Decimal | None:
    """What remains of a known amount: all of it while nobody is in, and nobody can say when no sum is stated."""
    if available is None or (asked and total is None):
        return None
    return available - (total or Decimal(0))


def _basis(pot: Pot) -> str:
    match pot.amount:
        case "unknown":
            says = "The amount of this pot is not known."
        case "competitive":
            says = "The funder allots this pot by competition: there is no local amount."
        case amount:
            says = f"{show_money(amount)} is available."
    made_up = pot.illustrative and f"Illustrative: {pot.illustrative}"
    return " ".join(end_sentence(part) for part in (says, made_up, pot.source and f"Source: {pot.source}") if part)


def _line(dossier: Dossier, ask: Requested, running: Decimal | None, here: tuple[Dossier, ...]) -> ScheduledBid:
    priority = priority_of(dossier)
    return ScheduledBid(
        priority=priority,
        tied=priority is not None and sum(priority_of(each) == priority for each in here) > 1,
        bid=dossier.bid.id,
        provider=dossier.provider_name,
        service=dossier.service_name,
        outcome=outcome_of(dossier),
        amount=ask.amount,
        running=running,
    )


def _reconcile(form: Form, dossier: Dossier, asked: tuple[Requested, ...]) -> Reconciled:
    stated = [ask.amount for ask in asked if ask.amount is not None]
    scheduled = sum(stated, Decimal(0)) if len(stated) == len(asked) and asked else None
    budget, request = budget_total(form, dossier.bid), dossier.bid.money(TOTAL)
    added = bool(budget.note or any(ask.note for ask in asked))
    return Reconciled(
        bid=dossier.bid.id,
        provider=dossier.provider_name,
        scheduled=scheduled,
        budget=budget.amount,
        request=request,
        says=_difference(scheduled, budget, request) + ("; a sum was added up from the lines" if added else ""),
    )


def _difference(scheduled: Decimal | None, budget: Total, request: Decimal | None) -> str:
    """Agrees to the penny, or by how much the schedule differs from each figure of the bid."""
    if scheduled is None:
        return "Cannot be reconciled: an amount is not stated"
    why = f": {budget.reason}" if budget.reason else ""
    against = (("budget", budget.amount, why), ("total requested", request, ""))
    unstated = [f"the {name} is not stated{reason}" for name, figure, reason in against if figure is None]
    differ = [
        f"{show_money(scheduled - figure)} against the {name}"
        for name, figure, _ in against
        if figure is not None and figure != scheduled
    ]
    if differ:
        return f"Differs: {'; '.join((*differ, *unstated))}"
    return "; ".join(unstated).capitalize() or "Agrees to the penny"


# The workbook


def write_schedule(schedule: Schedule) -> Document:
    """The schedule as a workbook's tree: a summary sheet, a sheet a pot, the reconciliation, and what is not in."""
    title = f"Schedule of bids: {schedule.round}"
    return Document(
        file="schedule",
        blocks=(
            *_summary(schedule),
            *(block for pot in schedule.pots for block in _pot_sheet(pot)),
            *_reconciliation_sheet(schedule),
            *_not_included_sheet(schedule),
        ),
        properties={"title": title},
    )


def _summary(schedule: Schedule) -> Iterator[Block]:
    stamp = schedule.stamp
    yield _text("Summary", heading=1)
    yield _text(f"{schedule.round}: bids put forward to the {schedule.funder}")
    if stamp.provisional:
        yield _text("PROVISIONAL: open items stand on the cover of the pack", bold=True)
    yield _text(f"Version {stamp.version}, made {show_deadline(stamp.made_at)}")
    yield _text(f"Head of the record: {stamp.chain_head or 'empty'}")
    rows = [
        (_name(pot), pot.year, _amount(pot.available, pot), len(pot.lines), _total(pot), _left(pot), _gaps(pot))
        for pot in schedule.pots
    ]
    columns = ("Pot", "Year", "Available", "Bids", "Put forward", "Left", "Amounts not stated")
    yield _table("Pots and years", columns, rows, widths=(3.2, 1, 1.5, 0.8, 1.5, 1.5, 2))
    yield _text("A total counts stated amounts only. What is not stated is never counted as nothing.")
    for caution in schedule.cautions:
        yield _text(caution, bold=True)


def _name(pot: PotSchedule) -> str:
    return f"{pot.title} (illustrative amount)" if pot.illustrative and pot.available is not None else pot.title


def _amount(available: Decimal | None, pot: PotSchedule) -> Decimal | str:
    if available is not None:
        return available
    return "competitive" if "competition" in pot.basis else "unknown"


def _total(pot: PotSchedule) -> Decimal | str:
    return pot.total if pot.total is not None else "none"


def _left(pot: PotSchedule) -> Decimal | str:
    return pot.left if pot.left is not None else "cannot be said"


def _gaps(pot: PotSchedule) -> str:
    return ", ".join(pot.not_stated) or "none"


def _pot_sheet(pot: PotSchedule) -> Iterator[Block]:
    yield _text(f"{pot.title} {pot.year}", heading=1)
    yield _text(pot.basis)
    if not pot.lines:
        yield _text(NOBODY_YET)
        return
    rows: list[tuple[object, ...]] = [
        (
            _priority(line),
            line.bid,
            line.provider,
            line.service,
            line.outcome,
            line.amount if line.amount is not None else NOT_STATED,
            _or_not_stated(line.running),
        )
        for line in pot.lines
    ]
    rows.append(("", "", "", "", "Total of stated amounts", _total(pot), ""))
    yield _table(f"{pot.title} {pot.year}", POT_COLUMNS, rows, widths=(1, 0.8, 2.5, 2.5, 2, 1.5, 1.5))
    if pot.not_stated:
        yield _text(f"Amounts not stated, so not in the total: {', '.join(pot.not_stated)}.")
    if pot.left is not None and pot.left < 0:
        yield _text(f"The bids put forward exceed the pot by {show_money(-pot.left)}.", bold=True)


def _priority(line: ScheduledBid) -> int | str:
    if line.priority is None:
        return "none given"
    return f"{line.priority} (tied)" if line.tied else line.priority


def _reconciliation_sheet(schedule: Schedule) -> Iterator[Block]:
    yield _text("Reconciliation", heading=1)
    if not schedule.reconciliation:
        yield _text(NOBODY_YET)
        return
    yield _text("Each bid’s amounts on the pot sheets, against its own budget and its own request.")
    rows = [
        (
            each.bid,
            each.provider,
            *(_or_not_stated(sum) for sum in (each.scheduled, each.budget, each.request)),
            each.says,
        )
        for each in schedule.reconciliation
    ]
    columns = ("Bid", "Provider", "On the pot sheets", "Bid’s budget", "Total requested", "Result")
    yield _table("Reconciliation with the bids’ budgets", columns, rows, widths=(1, 2.5, 1.5, 1.5, 1.5, 3))


def _or_not_stated(amount: Decimal | None) -> Decimal | str:
    return NOT_STATED if amount is None else amount


def _not_included_sheet(schedule: Schedule) -> Iterator[Block]:
    yield _text("Not included", heading=1)
    if not schedule.not_included:
        yield _text(
            "Every bid received is put forward." if schedule.reconciliation else "No bid has been received yet."
        )
        return
    columns = ("Bid", "Provider", "Service", "Outcome", "Reason")
    yield _table("Bids not included, with the reason", columns, schedule.not_included, widths=(1, 2, 2, 2, 4))


def _text(text: str, *, heading: int = 0, bold: bool = False, style: str = "") -> Paragraph:
    return Paragraph((Piece(text, HERE, bold=bold),), HERE, style=style or ("Label" if bold else ""), heading=heading)


def _table(
    title: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]], *, widths: tuple[float, ...]
) -> Table:
    whole = sum(widths)
    return Table(
        rows=(
            Row(tuple(_cell(name, at, style="Label") for at, name in enumerate(columns)), HERE, header=True),
            *(Row(tuple(_value_cell(value, at) for at, value in enumerate(row)), HERE) for row in rows),
        ),
        place=HERE,
        title=title,
        description=f"{title}: {', '.join(columns)}.",
        style="House Table",
        widths=tuple(width / whole for width in widths),
    )


def _value_cell(value: object, column: int) -> Cell:
    """Money and counts as numbers; words as words."""
    match value:
        case Decimal():
            return _cell(f"{value:.2f}", column, style="Money")
        case int():
            return _cell(str(value), column, style="Number")
        case _:
            return _cell(str(value), column, style="Answer")


def _cell(text: str, column: int, *, style: str) -> Cell:
    return Cell((_text(text, style=style),), HERE, column=column)
