"""Screening: the round's conditions on every bid, the provider's reply, and a person's decision."""

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
    said,
)
from commissioning.cli.printing import show_json, show_lines, show_table, talk
from commissioning.edge.workspace import Workspace
from commissioning.model.award import Dossier
from commissioning.model.screening import Outcome, Screening
from commissioning.stages.assessment import decide_screening, find_dossier, look, record_reply
from commissioning.values.showing import show_moment


@click.group(
    cls=ByRound,
    epilog=examples(
        "commissioning screen da-sa-2021",
        "commissioning screen da-sa-2021 show B07",
        'commissioning screen da-sa-2021 decide B07 --eligible --reason "…" --as "A. Officer"',
    ),
)
@round_argument
@click.pass_context
def screen(ctx: click.Context, round_id: str) -> None:
    """Check every bid of ROUND against its conditions: eligible, recommended exclusion, or refer.

    The program recommends; a named person excludes, after the provider could reply.
    """
    ctx.obj = round_id


@screen.command("list", epilog=examples("commissioning screen da-sa-2021 list --json"))
@in_workspace
@as_json
@click.pass_obj
def list_screenings(round_id: str, workspace: Workspace, *, json: bool) -> None:
    """List every bid with its outcome, the rule and where it stands."""
    _, found = look(workspace, round_id)
    if json:
        show_json([each.screening for each in found])
        return
    show_table(("Bid", "Provider", "Outcome", "Rule", "Stands as"), [line(each) for each in found])
    counts = {outcome: sum(each.screening.outcome is outcome for each in found) for outcome in Outcome}
    show_lines([", ".join(f"{count} {outcome.value}" for outcome, count in counts.items()) + "."])


def line(dossier: Dossier) -> tuple[str, str, str, str, str]:
    """A bid in the list."""
    screening = dossier.screening
    rules = ", ".join(
        each.rule.replace("_", " ") for each in screening.verdicts if each.outcome is not Outcome.ELIGIBLE
    )
    return dossier.bid.id, dossier.provider_name, screening.outcome.value, rules, screening.standing.value


@screen.command("show", epilog=examples("commissioning screen da-sa-2021 show B07"))
@click.argument("bid")
@in_workspace
@as_json
@click.pass_obj
def show_screening(round_id: str, bid: str, workspace: Workspace, *, json: bool) -> None:
    """Show every condition on BID, with the answers it used and their places."""
    dossier = find_dossier(look(workspace, round_id)[1], bid)
    if json:
        show_json(dossier.screening)
    else:
        show_lines(screening_lines(dossier.screening))


def screening_lines(screening: Screening) -> list[str]:
    """A screening in sentences: each verdict, its facts, and what people have said."""
    lines = [f"{screening.bid}: {screening.outcome.value}; stands as {screening.standing.value}."]
    for verdict in screening.verdicts:
        lines.append(f"- {verdict.condition} ({verdict.rule}): {verdict.outcome.value}. {verdict.reason}")
        lines += [f"    {fact.name}: {fact.says}{f' [{fact.place}]' if fact.place else ''}" for fact in verdict.facts]
        if verdict.settles:
            lines.append(f"    What would settle it: {verdict.settles}")
    if screening.reply_due:
        lines.append(f"The provider may reply until {show_moment(screening.reply_due)}.")
    if screening.reply:
        lines.append(f"The provider replied: “{screening.reply}”")
    if screening.decided_by:
        how = "against the rule" if screening.overridden else "as recommended"
        lines.append(f"Decided by {screening.decided_by}, {how}: {screening.decision_reason}")
    if screening.lapsed:
        lines.append(screening.lapsed)
    return lines


@screen.command(epilog=examples('commissioning screen da-sa-2021 reply B07 --text "Both posts are in Stevenage."'))
@click.argument("bid")
@click.option("--text", required=True, callback=said, help="What the provider replied, in their words.")
@acting
@reason_optional
@click.pass_obj
def reply(round_id: str, bid: str, workspace: Workspace, *, text: str, reason: str) -> None:
    """Record the provider's reply to a recommended exclusion of BID."""
    entry = record_reply(workspace, round_id, bid, text=text, reason=reason)
    show_lines([f"Recorded as act {entry.number}: {bid}, the provider's reply."])


@screen.command(
    epilog=examples(
        'commissioning screen da-sa-2021 decide B07 --exclude --reason "…" --as "A. Officer"',
        'commissioning screen da-sa-2021 decide B07 --eligible --reason "…50 characters or more…"',
    )
)
@click.argument("bid")
@click.option("--exclude/--eligible", "exclude", default=None, help="Exclude the bid, or find it eligible.")
@acting
@reason_required
@click.pass_obj
def decide(round_id: str, bid: str, workspace: Workspace, *, exclude: bool | None, reason: str) -> None:
    """Decide on BID: confirm an exclusion, settle a referral, or go against the rule with a reason."""
    if exclude is None:
        raise click.UsageError("Say --exclude or --eligible.")
    screening = decide_screening(workspace, round_id, bid, exclude=exclude, reason=reason)
    show_lines(screening_lines(screening)[:1])
    if screening.overridden:
        _, found = look(workspace, round_id)
        show_like_cases(found, screening)


def show_like_cases(found: tuple[Dossier, ...], screening: Screening) -> None:
    """Every other bid under the same rule, so that like cases are seen to be treated alike."""
    rules = {each.rule for each in screening.verdicts if each.outcome is not Outcome.ELIGIBLE}
    like = [
        each
        for each in found
        if each.bid.id != screening.bid
        and rules & {one.rule for one in each.screening.verdicts if one.outcome is not Outcome.ELIGIBLE}
    ]
    if like:
        talk("Other bids under the same rule; were like cases treated alike?")
        show_table(("Bid", "Provider", "Outcome", "Rule", "Stands as"), [line(each) for each in like])
