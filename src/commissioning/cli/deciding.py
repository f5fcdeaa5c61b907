"""Deciding: what people decide on each bid, and who signs."""

from __future__ import annotations

import click

from commissioning.cli.options import (
    ByRound,
    acting,
    as_json,
    examples,
    in_workspace,
    reason_optional,
    reason_required,
    round_argument,
)
from commissioning.cli.printing import end_with, show_findings, show_json, show_lines, show_table
from commissioning.edge.workspace import Workspace
from commissioning.model.award import Dossier, Recommendation
from commissioning.stages import award
from commissioning.stages.assessment import look

OUTCOMES: dict[str, Recommendation] = {
    "include": "include",
    "provisional": "include provisionally",
    "not": "not include",
}


@click.group(
    cls=ByRound,
    epilog=examples(
        "commissioning decide da-sa-2021",
        'commissioning decide da-sa-2021 from-grid --as "A. Lead"',
        'commissioning decide da-sa-2021 bid B03 include --priority 2 --reason "…" --as "A. Lead"',
    ),
)
@round_argument
@click.pass_context
def decide(ctx: click.Context, round_id: str) -> None:
    """Record decisions: which bids are in the submission, in what order, and why. Without a word: what is decided."""
    ctx.obj = round_id


@decide.command("list", epilog=examples("commissioning decide da-sa-2021 list --json"))
@in_workspace
@as_json
@click.pass_obj
def list_decisions(round_id: str, workspace: Workspace, *, json: bool) -> None:
    """List every bid with what was recommended and what was decided."""
    opened, found = look(workspace, round_id)
    if json:
        show_json([{"bid": each.bid.id, "judgement": each.judgement, "decision": each.decision} for each in found])
        return
    show_table(("Bid", "Provider", "Joint meeting", "Decision", "Priority", "By"), [line(each) for each in found])
    signed = [
        f"{each.role}: {each.state}{f' by {each.name}' if each.name else ''}" for each in award.signatures(opened)
    ]
    show_lines(["Sign-off: " + "; ".join(signed) + "."])


def line(dossier: Dossier) -> tuple[str, ...]:
    """A bid in the list."""
    said, decided = dossier.judgement, dossier.decision
    return (
        dossier.bid.id,
        dossier.provider_name,
        said.recommendation if said else "",
        decided.outcome if decided else "open",
        str(decided.priority) if decided and decided.priority is not None else "",
        decided.by if decided else "",
    )


@decide.command(
    "bid",
    epilog=examples(
        'commissioning decide da-sa-2021 bid B03 include --priority 2 --reason "…" --as "A. Lead"',
        'commissioning decide da-sa-2021 bid B09 not --reason "…" --as "A. Lead"',
    ),
)
@click.argument("bid")
@click.argument("outcome", type=click.Choice(list(OUTCOMES)))
@click.option("--priority", type=click.IntRange(min=1), help="Its place in the order of priority; 1 is first.")
@acting
@reason_required
@click.pass_obj
def decide_bid(
    round_id: str, bid: str, outcome: str, workspace: Workspace, *, priority: int | None, reason: str
) -> None:
    """Decide on one BID: include, provisional (include provisionally), or not."""
    findings = award.decide(workspace, round_id, bid, outcome=OUTCOMES[outcome], priority=priority, reason=reason)
    show_lines([f"{bid}: {OUTCOMES[outcome]}{f', priority {priority}' if priority else ''}."])
    show_findings(findings)
    end_with(findings)


@decide.command("from-grid", epilog=examples('commissioning decide da-sa-2021 from-grid --as "A. Lead"'))
@acting
@reason_optional
@click.pass_obj
def from_grid(round_id: str, workspace: Workspace, *, reason: str) -> None:
    """Record as decisions what the joint meeting recommended, where nobody has decided since."""
    decided, findings = award.decide_from_grid(workspace, round_id, reason=reason)
    show_lines([f"{each.bid.id}: {each.judgement.recommendation}." for each in decided if each.judgement])
    show_lines([f"{len(decided)} decisions recorded."])
    show_findings(findings)
    end_with(findings)


@decide.command(
    epilog=examples(
        'commissioning decide da-sa-2021 sign chief_executive --as "A. Chief"',
        'commissioning decide da-sa-2021 sign commissioner --absent --reason "on leave; …" --as "A. Officer"',
    )
)
@click.argument("role")
@click.option("--absent", is_flag=True, help="The holder could not sign; say why in --reason.")
@click.option("--name", default="", help="Who signed, if not the one who records it.")
@acting
@reason_optional
@click.pass_obj
def sign(round_id: str, role: str, workspace: Workspace, *, absent: bool, name: str, reason: str) -> None:
    """Record that ROLE signed the submission off, or was absent."""
    if absent and not reason:
        raise click.UsageError("Say in --reason why the holder could not sign, and who was told.")
    who = name or ("" if absent else workspace.who())
    entry = award.sign(workspace, round_id, role, name=who, absent=absent, reason=reason)
    show_lines([f"Recorded as act {entry.number}: {role}, {'absent' if absent else f'signed by {who}'}."])
