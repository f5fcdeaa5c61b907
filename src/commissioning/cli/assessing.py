"""Assessing: need and strategy with their arithmetic, what people confirm, and the joint meeting's grid."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from commissioning.cli.options import (
    ByRound,
    acting,
    as_json,
    dry_run,
    examples,
    in_workspace,
    reason_optional,
    reason_required,
    round_argument,
    said,
)
from commissioning.cli.printing import counted, end_with, show_findings, show_json, show_lines, show_table, talk
from commissioning.edge.workspace import Workspace
from commissioning.model.act import InterestDeclared
from commissioning.model.award import Dossier
from commissioning.model.need import CellId, Coverage, Need, NeedScore
from commissioning.model.screening import Standing
from commissioning.model.strategy import Level, StrategyScore
from commissioning.stages import intake, issuing, panel
from commissioning.stages.assessment import confirm_confidence, confirm_link, find_dossier, look
from commissioning.steps.needs import need_cells
from commissioning.steps.needs.coverage import coverage

UNKNOWN = "no figure"


class Cell(click.ParamType[CellId]):
    """A cell of the needs assessment: DISTRICT/GROUP/SERVICE."""

    name = "cell"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> CellId:
        """The cell that `value` names."""
        parts = str(value).split("/")
        if len(parts) != 3:  # noqa: PLR2004 - district, group, service
            self.fail(f"“{value}” is not a cell. Write it as DISTRICT/GROUP/SERVICE: stevenage/women/idva.", param, ctx)
        return CellId(area=parts[0], cohort=parts[1], service=parts[2])


class Exact(click.ParamType[Decimal]):
    """An exact number."""

    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """The number that `value` writes."""
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            self.fail(f"“{value}” is not a number. Write it like 0.75.", param, ctx)
        return number


@click.command(
    epilog=examples(
        "commissioning needs da-sa-2021",
        "commissioning needs da-sa-2021 --coverage",
        "commissioning needs da-sa-2021 --explain B03",
        "commissioning needs da-sa-2021 --explain stevenage/women/idva",
    )
)
@round_argument
@click.option("--explain", default="", help="A bid, or a cell DISTRICT/GROUP/SERVICE: the whole arithmetic.")
@click.option("--coverage", "covering", is_flag=True, help="What all bids together ask for against each gap.")
@in_workspace
@as_json
def needs(round_id: str, workspace: Workspace, *, explain: str, covering: bool, json: bool) -> None:
    """Show need, provision and gap, and each bid's need and strategy score with its arithmetic."""
    opened, found = look(workspace, round_id)
    if covering:
        show_coverage(coverage(need_cells(opened.needs), tuple(each.need for each in in_round(found))), json=json)
        return
    cells = need_cells(opened.needs)
    if "/" in explain:
        cell = Cell().convert(explain, None, None)
        cells = tuple(each for each in cells if each.cell == cell)
        found = ()
    elif explain:
        cells, found = (), (find_dossier(found, explain),)
    if json:
        show_json({"cells": cells, "bids": [{"need": each.need, "strategy": each.strategy} for each in found]})
    elif explain:
        show_lines([line for each in cells for line in explain_cell(each)] or [])
        show_lines([line for each in found for line in explain_bid(each)])
        if not cells and not found:
            show_lines([f"The assessment has no figure for {explain}: it is unknown, not zero."])
    else:
        show_table(("District / group / service", "Need", "Provision", "Gap", "Weight", "State"), map(cell_line, cells))
        show_table(("Bid", "Provider", "Need", "Strategy"), [score_line(each) for each in found])


def in_round(found: tuple[Dossier, ...]) -> tuple[Dossier, ...]:
    """The bids that still stand: neither withdrawn nor excluded."""
    return tuple(each for each in found if not each.bid.withdrawn and each.screening.standing is not Standing.EXCLUDED)


def show_coverage(lines: tuple[Coverage, ...], *, json: bool) -> None:
    """Coverage as a table or as JSON; withdrawn and excluded bids are not counted."""
    if json:
        show_json(lines)
        return
    rows = [(str(each.cell), figure(each.gap), f"{each.asked:f}", ", ".join(each.bids), each.state) for each in lines]
    show_table(("District / group / service", "Gap", "Asked for", "Bids", ""), rows)


def figure(value: Decimal | None) -> str:
    """A figure as printed; what is unknown says so."""
    return UNKNOWN if value is None else f"{value:f}"


def cell_line(need: Need) -> tuple[str, ...]:
    """A cell in the table."""
    figures = (need.need, need.provision, need.gap, need.weight)
    return (str(need.cell), *map(figure, figures), need.state.value)


def explain_cell(need: Need) -> list[str]:
    """A cell's figures with their sources."""
    return [
        f"{need.cell}: need {figure(need.need)}, provision {figure(need.provision)}, gap {figure(need.gap)}.",
        f"  Gap ratio {figure(need.gap_ratio)}, weight {figure(need.weight)}.",
        f"  Confidence {need.confidence or 'not stated'}; {need.state.value}.",
        *(f"  Source: {source}" for source in need.sources),
    ]


def score_line(dossier: Dossier) -> tuple[str, str, str, str]:
    """A bid's two scores in a line."""
    return dossier.bid.id, dossier.provider_name, say_need(dossier.need), say_strategy(dossier.strategy)


def say_need(score: NeedScore) -> str:
    """The need score, or why there is none."""
    if score.not_computable:
        return "not computable: people judge the bid's own evidence"
    if score.targeting is None:
        return f"{counted(len(score.unconfirmed), 'cell', 'cells')} unconfirmed"
    return f"{score.targeting:.3f}, band {score.band}"


def say_strategy(score: StrategyScore) -> str:
    """The strategy score, or why there is none."""
    if score.score is not None:
        return f"{score.score:.2f} of 5"
    if score.not_computable:
        return "not computable"
    return f"{counted(len(score.unconfirmed), 'link', 'links')} unconfirmed"


def explain_bid(dossier: Dossier) -> list[str]:
    """A bid's arithmetic, step by step."""
    need, strategy = dossier.need, dossier.strategy
    lines = [f"{dossier.bid.id} {dossier.provider_name}: need {say_need(need)}; strategy {say_strategy(strategy)}."]
    for cell in need.cells:
        lines += [f"{cell.cell}:", *(f"  {step}" for step in cell.steps)]
    lines += [f"Not computable: {reason}" for reason in need.not_computable]
    lines += [f"To be confirmed: delivery in {cell}." for cell in need.unconfirmed]
    lines += ["Strategy:", *(f"  {step}" for step in strategy.steps)]
    lines += [f"  Not computable: {reason}" for reason in strategy.not_computable]
    lines += [f"  To be confirmed: the link to {priority}." for priority in strategy.unconfirmed]
    return lines


@click.group(
    cls=ByRound,
    epilog=examples(
        'commissioning assess da-sa-2021 grid --as "A. Officer"',
        'commissioning assess da-sa-2021 return joint-grid-v1.xlsx --as "A. Officer"',
    ),
)
@round_argument
@click.pass_context
def assess(ctx: click.Context, round_id: str) -> None:
    """Confirm what bids claim, send the joint meeting its grid, and read it back.

    Without a further word: where the assessment stands.
    """
    ctx.obj = round_id


@assess.command("list", epilog=examples("commissioning assess da-sa-2021 list"))
@in_workspace
@as_json
@click.pass_obj
def list_assessment(round_id: str, workspace: Workspace, *, json: bool) -> None:
    """List what is confirmed and what the joint meeting has said, bid by bid."""
    _, found = look(workspace, round_id)
    if json:
        show_json(found)
        return
    rows = [
        (*score_line(each), each.judgement.recommendation if each.judgement else "not judged yet") for each in found
    ]
    show_table(("Bid", "Provider", "Need", "Strategy", "Joint meeting"), rows)


@assess.command(
    epilog=examples(
        'commissioning assess da-sa-2021 confidence B03 stevenage/women/idva 0.75 --place 4.2 --reason "dated letter"'
    )
)
@click.argument("bid")
@click.argument("cell", type=Cell())
@click.argument("confidence", type=Exact())
@click.option("--place", required=True, callback=said, help="Where in the bid this is shown.")
@acting
@reason_required
@click.pass_obj
def confidence(
    round_id: str, bid: str, cell: CellId, confidence: Decimal, workspace: Workspace, *, place: str, reason: str
) -> None:
    """Confirm how well delivery in a CELL is evidenced: 1, 0.75, 0.5 or 0."""
    dossier = confirm_confidence(workspace, round_id, bid, cell=cell, confidence=confidence, place=place, reason=reason)
    show_lines(explain_bid(dossier)[:1])


@assess.command(
    epilog=examples(
        'commissioning assess da-sa-2021 link B03 cope --level full --place "6.1" --reason "names who and where"'
    )
)
@click.argument("bid")
@click.argument("priority")
@click.option("--level", required=True, type=click.Choice([level.value for level in Level]), help="What is shown.")
@click.option(
    "--place", required=True, callback=said, help="Where in the bid this is shown, or where it was looked for."
)
@acting
@reason_required
@click.pass_obj
def link(round_id: str, bid: str, priority: str, workspace: Workspace, *, level: str, place: str, reason: str) -> None:
    """Confirm what the evidence shows of a declared link to a PRIORITY of the strategy."""
    dossier = confirm_link(workspace, round_id, bid, priority=priority, level=Level(level), place=place, reason=reason)
    show_lines(explain_bid(dossier)[:1])


@assess.command(
    epilog=examples(
        'commissioning assess da-sa-2021 interest "C. Person" hcc --bid B03 --interest "trustee until 2019"',
        'commissioning assess da-sa-2021 interest "C. Person" hcc --as "A. Officer"   (none to declare)',
    )
)
@click.argument("person")
@click.argument("body")
@click.option("--bid", default="", help="The bid the interest is in.")
@click.option("--interest", default="", help="What the interest is; left out: none.")
@acting
@click.pass_obj
def interest(round_id: str, person: str, body: str, workspace: Workspace, *, bid: str, interest: str) -> None:
    """Record what PERSON of BODY declares."""
    if bool(bid) != bool(interest):
        raise click.UsageError("Give --bid and --interest together, or neither for none to declare.")
    act = InterestDeclared(person=person, body=body, bid=bid, interest=interest)
    entry = intake.record(workspace, round_id, act, subject=bid or person)
    show_lines([f"Recorded as act {entry.number}: {person} ({body}): {interest or 'none to declare'}."])


@assess.command(epilog=examples('commissioning assess da-sa-2021 grid --as "A. Officer"'))
@acting
@reason_optional
@dry_run
@click.pass_obj
def grid(round_id: str, workspace: Workspace, *, reason: str, dry_run: bool) -> None:
    """Issue the joint meeting's grid: one page a bid in Word, one row a bid in Excel."""
    (version,) = issuing.issue(workspace, round_id, panel.GRID, reason=reason, dry_run=dry_run)
    new = "" if version.is_new else " (nothing new since this version)"
    show_lines([f"Joint grid, version {version.version}{new}:", *map(str, version.files)])


@assess.command(
    "return", epilog=examples('commissioning assess da-sa-2021 return joint-grid-v1.xlsx --as "A. Officer"')
)
@click.argument("file", type=click.Path(path_type=Path))
@acting
@dry_run
@click.pass_obj
def take_back(round_id: str, file: Path, workspace: Workspace, *, dry_run: bool) -> None:
    """Read a filled grid FILE back. Complete lines are recorded; what is missing or impossible is listed."""
    result = panel.take_back_grid(workspace, round_id, file, dry_run=dry_run)
    returned = result.value
    complete = [line.bid for line in returned.lines if line.complete]
    present = "; ".join(f"{each.person} ({each.body})" for each in returned.present) or "nobody named"
    show_lines(
        [
            f"{counted(len(complete), 'line', 'lines')} complete: {', '.join(complete) or 'none'}.",
            f"Not filled in: {', '.join(returned.blank) or 'none'}.",
            f"Present: {present}.",
        ]
    )
    if dry_run:
        talk("Nothing was recorded.")
    show_findings(result.findings)
    end_with(result.findings)
