"""Arriving: deliveries are registered, and people say which file is the form of which bid."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from commissioning.cli.options import (
    INSTANT,
    ByRound,
    acting,
    as_json,
    dry_run,
    examples,
    in_workspace,
    reason_optional,
    reason_required,
    round_argument,
)
from commissioning.cli.printing import (
    counted,
    counting,
    end_with,
    show_findings,
    show_json,
    show_lines,
    show_table,
    talk,
)
from commissioning.edge.workspace import Workspace
from commissioning.errors import EvidenceError
from commissioning.model.act import (
    Act,
    AnnexAssigned,
    Assigned,
    Extended,
    LateDecided,
    PutAside,
    Received,
    Withdrew,
)
from commissioning.stages import intake
from commissioning.stages.opened import known_bids, open_round
from commissioning.steps.assigning import Proposal, alike
from commissioning.values.showing import show_moment

UNKNOWN_TIME = "not known: a person must say, with `assign ROUND time`"


@click.command(
    epilog=examples(
        'commissioning receive da-sa-2021 inbox --as "A. Officer"',
        'commissioning receive da-sa-2021 "26 Feb.eml" "27 Feb.eml" --as "A. Officer"',
    )
)
@round_argument
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(path_type=Path))
@acting
@dry_run
@as_json
def receive(round_id: str, paths: tuple[Path, ...], workspace: Workspace, *, dry_run: bool, json: bool) -> None:
    """Register files, folders and e-mails as deliveries of ROUND, exactly as they came.

    An e-mail is one delivery; so is a file on its own, and so are the files lying together in a folder. The time of
    receipt is the one the receiving mail server wrote; a file's own date is shown and never used.
    """
    new = intake.receive(workspace, round_id, paths, dry_run=dry_run)
    if json:
        show_json(new.value)
    else:
        show_lines([line for delivery in new.value for line in receipt(delivery)])
        would = "would be " if dry_run else ""
        talk(f"{counted(len(new.value), 'delivery', 'deliveries')} {would}registered.")
    show_findings(new.findings)
    end_with(new.findings)


def receipt(delivery: Received) -> list[str]:
    """A delivery as its receipt says it."""
    when = show_moment(delivery.received) if delivery.received else UNKNOWN_TIME
    lines = [f"{delivery.delivery}  received {when}" + (f", from {delivery.sender}" if delivery.sender else "")]
    if delivery.received is None and delivery.received_from:
        lines.append(f"      {delivery.received_from}")
    if delivery.received is None and delivery.file_time:
        lines.append(f"      the file's own date is {show_moment(delivery.file_time)} (shown only, never used)")
    for file in delivery.files:
        lines += [f"      {file.name}: {file.kind}, {file.size:,} bytes", f"        SHA-256 {file.sha256}"]
    return lines


@click.group(
    cls=ByRound,
    epilog=examples(
        "commissioning assign da-sa-2021",
        'commissioning assign da-sa-2021 accept --all --as "A. Officer"',
        'commissioning assign da-sa-2021 late B04 --refuse --reason "…" --as "A. Officer"',
    ),
)
@round_argument
@click.pass_context
def assign(ctx: click.Context, round_id: str) -> None:
    """Say which file is the form of which bid, which are annexes, and what becomes of late or repeated ones.

    Without a further word: what the program proposes for each file that nobody has settled. Nothing is assigned
    until a named person accepts it.
    """
    ctx.obj = round_id


@assign.command("list", epilog=examples("commissioning assign da-sa-2021 list"))
@in_workspace
@as_json
@click.pass_obj
def list_proposals(round_id: str, workspace: Workspace, *, json: bool) -> None:
    """List what is proposed for each unsettled file."""
    with counting("Reading") as on_start:
        report = intake.read(workspace, round_id, on_start=on_start)
    show_findings(report.stopped)
    with workspace.reading() as connection:
        opened = open_round(workspace, connection, round_id)
    offered = intake.proposals(opened, report.reads)
    if json:
        show_json(offered)
        return
    rows = [
        (str(proposal.number), proposal.delivery, proposal.name, what(proposal), proposal.why) for proposal in offered
    ]
    if rows:
        show_table(("No", "Came in", "File", "Proposed", "Because"), rows)
        talk("Accept by number, or all that are certain: `assign ROUND accept 1 2` or `accept --all`.")
    bids = known_bids(opened)
    show_lines([f"{len(bids)} bids assigned; {len(rows)} files still to be settled."])


def what(proposal: Proposal) -> str:
    """What a proposal would do, in a word or two; certain ones are marked so."""
    act = proposal.act
    if act is None:
        return "a person must say"
    sure = "" if proposal.certain else " (to be looked at)"
    if isinstance(act, Assigned):
        return f"form of {act.bid}{sure}"
    if isinstance(act, AnnexAssigned):
        proves = f", {act.proves}" if act.proves else ""
        return f"annex of {act.bid}{proves}{sure}"
    return f"put aside: {act.why}{sure}"


def put_on_record(workspace: Workspace, round_id: str, act: Act, *, subject: str, reason: str) -> None:
    """Record one act and say so."""
    entry = intake.record(workspace, round_id, act, subject=subject, reason=reason)
    show_lines([f"Recorded as act {entry.number}: {subject}, {entry.kind}, by {entry.actor}."])


@assign.command(epilog=examples('commissioning assign da-sa-2021 accept 3 5 --as "A. Officer"'))
@click.argument("numbers", nargs=-1, type=int)
@click.option("--all", "all_certain", is_flag=True, help="All that the program is certain of; the others stay open.")
@acting
@reason_optional
@click.pass_obj
def accept(round_id: str, numbers: tuple[int, ...], workspace: Workspace, *, all_certain: bool, reason: str) -> None:
    """Accept proposals by their numbers in the list."""
    if bool(numbers) == all_certain:
        raise click.UsageError("Give the numbers of the proposals, or --all.")
    done = intake.accept(workspace, round_id, None if all_certain else numbers, reason=reason)
    show_lines([f"{proposal.name}: {what(proposal)}." for proposal in done])
    talk(f"{counted(len(done), 'file', 'files')} settled.")


@assign.command(
    epilog=examples(
        'commissioning assign da-sa-2021 form bid.docx --bid B03 --reason "corrected version" --as "A. Officer"'
    )
)
@click.argument("file")
@click.option("--bid", help="The bid this file becomes the form of; a new one when left out.")
@click.option("--delivery", default="", help="The delivery, when several hold a file of this name.")
@click.option("--provider", default="", help="The provider's name, for a new bid.")
@click.option("--stream", default="", help="The stream's id, for a new bid.")
@acting
@reason_required
@click.pass_obj
def form(
    round_id: str,
    file: str,
    workspace: Workspace,
    *,
    bid: str | None,
    delivery: str,
    provider: str,
    stream: str,
    reason: str,
) -> None:
    """Say that FILE is the form of record of a bid."""
    with workspace.reading() as connection:
        opened = open_round(workspace, connection, round_id)
    came, found = intake.find_file(opened, file, delivery=delivery)
    there = next((each for each in known_bids(opened) if each.bid == bid), None)
    if bid and there is None:
        raise EvidenceError(f"There is no bid “{bid}” yet. Leave --bid out to make a new one.")
    if there is None and not (provider and stream):
        raise click.UsageError("A new bid needs --provider and --stream.")
    act = Assigned(
        bid=there.bid if there else intake.next_bid(opened),
        provider=there.provider if there else provider,
        stream=stream or (there.stream if there else ""),
        delivery=came.delivery,
        file=found.sha256,
    )
    put_on_record(workspace, round_id, act, subject=act.bid, reason=reason)


@assign.command(epilog=examples("commissioning assign da-sa-2021 annex accounts.pdf --bid B03 --proves accounts"))
@click.argument("file")
@click.option("--bid", required=True, help="The bid the file belongs to.")
@click.option("--proves", default="", help="The id of the document it is, as the round's file lists them.")
@click.option("--delivery", default="", help="The delivery, when several hold a file of this name.")
@acting
@reason_optional
@click.pass_obj
def annex(round_id: str, file: str, workspace: Workspace, *, bid: str, proves: str, delivery: str, reason: str) -> None:
    """Say that FILE belongs to a bid, and what it proves."""
    with workspace.reading() as connection:
        opened = open_round(workspace, connection, round_id)
    if proves and proves not in opened.round.documents:
        raise EvidenceError(
            f"The round asks for no document “{proves}”. It asks for: {', '.join(opened.round.documents)}."
        )
    came, found = intake.find_file(opened, file, delivery=delivery)
    act = AnnexAssigned(bid=bid, delivery=came.delivery, file=found.sha256, proves=proves)
    put_on_record(workspace, round_id, act, subject=bid, reason=reason)


REASONS_ASIDE = ("duplicate", "superseded", "wrong round", "not a bid", "unreadable")


@assign.command(
    epilog=examples('commissioning assign da-sa-2021 aside copy.docx --why duplicate --of B02 --reason "sent twice"')
)
@click.argument("file")
@click.option("--why", required=True, type=click.Choice(REASONS_ASIDE), help="Why it is no form of record.")
@click.option("--of", default="", help="The bid it repeats, if any.")
@click.option("--delivery", default="", help="The delivery, when several hold a file of this name.")
@acting
@reason_required
@click.pass_obj
def aside(round_id: str, file: str, workspace: Workspace, *, why: str, of: str, delivery: str, reason: str) -> None:
    """Put FILE aside: kept, and no bid of this round."""
    with workspace.reading() as connection:
        opened = open_round(workspace, connection, round_id)
    came, found = intake.find_file(opened, file, delivery=delivery)
    act = PutAside.model_validate({"file": found.sha256, "delivery": came.delivery, "why": why, "of": of})
    put_on_record(workspace, round_id, act, subject=came.delivery, reason=reason)


@assign.command(epilog=examples('commissioning assign da-sa-2021 withdraw B07 --reason "e-mail of 1 March"'))
@click.argument("bid")
@acting
@reason_required
@click.pass_obj
def withdraw(round_id: str, bid: str, workspace: Workspace, *, reason: str) -> None:
    """Record that the provider withdrew BID."""
    put_on_record(workspace, round_id, Withdrew(bid=bid), subject=bid, reason=reason)


@assign.command(epilog=examples('commissioning assign da-sa-2021 late B04 --accept --reason "…"'))
@click.argument("bid")
@click.option("--accept/--refuse", "accepted", default=None, help="Accept the late bid, or refuse it.")
@acting
@reason_required
@click.pass_obj
def late(round_id: str, bid: str, workspace: Workspace, *, accepted: bool | None, reason: str) -> None:
    """Accept or refuse BID, which came late."""
    if accepted is None:
        raise click.UsageError("Say --accept or --refuse.")
    put_on_record(workspace, round_id, LateDecided(bid=bid, accepted=accepted), subject=bid, reason=reason)


@assign.command(epilog=examples('commissioning assign da-sa-2021 extend --until 2021-02-27T12:00 --reason "…"'))
@click.option("--until", required=True, type=INSTANT, help="The new deadline.")
@click.option("--provider", default="", help="Only for this provider; for all when left out.")
@acting
@reason_required
@click.pass_obj
def extend(round_id: str, workspace: Workspace, *, until: datetime, provider: str, reason: str) -> None:
    """Give more time, to one provider or to all."""
    with workspace.reading() as connection:
        names = [bid.provider for bid in known_bids(open_round(workspace, connection, round_id))]
    act = Extended(provider=provider, until=until)
    put_on_record(workspace, round_id, act, subject=provider or "every provider", reason=reason)
    if provider and not any(alike(provider, name) for name in names):
        talk(f"No bid is {provider}'s yet. The time holds for a bid under that name, however it is spelt in capitals.")


@assign.command(
    epilog=examples('commissioning assign da-sa-2021 time D09 2021-02-26T15:40 --reason "handed in; desk log"')
)
@click.argument("delivery")
@click.argument("received", type=INSTANT)
@acting
@reason_required
@click.pass_obj
def time(round_id: str, delivery: str, received: datetime, workspace: Workspace, *, reason: str) -> None:
    """Say when DELIVERY arrived, and in the reason how you know."""
    entry = intake.state_time(workspace, round_id, delivery, received, reason)
    show_lines([f"Recorded as act {entry.number}: {delivery} arrived {show_moment(received)}."])
