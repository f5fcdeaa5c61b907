"""Issuing: the panel report, the submission pack, and what a person sent."""

from __future__ import annotations

from datetime import datetime

import click

from commissioning.cli.options import INSTANT, acting, as_json, dry_run, examples, reason_optional, round_argument, said
from commissioning.cli.printing import show_json, show_lines, talk
from commissioning.edge.workspace import Workspace
from commissioning.stages import issuing
from commissioning.values.showing import show_moment

KINDS = ("panel",)


@click.command(epilog=examples('commissioning report da-sa-2021 --kind panel --as "A. Officer"'))
@round_argument
@click.option("--kind", type=click.Choice(KINDS), default="panel", show_default=True, help="Which report.")
@acting
@reason_optional
@dry_run
@as_json
def report(round_id: str, workspace: Workspace, *, kind: str, reason: str, dry_run: bool, json: bool) -> None:
    """Issue a report of ROUND in Word, as a version that is never overwritten."""
    (version,) = issuing.issue(workspace, round_id, f"{kind}-report", reason=reason, dry_run=dry_run)
    say_version(version, json=json)


@click.command(
    epilog=examples(
        'commissioning pack da-sa-2021 --provisional --as "A. Officer"',
        'commissioning pack da-sa-2021 --as "A. Officer"',
    )
)
@round_argument
@click.option("--provisional", is_flag=True, help="Now, with every open item and its owner on the cover.")
@acting
@reason_optional
@dry_run
@as_json
def pack(round_id: str, workspace: Workspace, *, provisional: bool, reason: str, dry_run: bool, json: bool) -> None:
    """Issue the submission pack of ROUND: schedule, assessment of need, log, report, bids, cover, manifest, zip."""
    version, items = issuing.issue_pack(workspace, round_id, provisional=provisional, reason=reason, dry_run=dry_run)
    say_version(version, json=json)
    if items:
        talk(f"{len(items)} items are still open; the cover lists them with their owners.")


def say_version(version: issuing.Version, *, json: bool) -> None:
    """Say what was made, and what changed since the version before."""
    if json:
        show_json(version)
        return
    if not version.is_new:
        show_lines([f"Nothing new: {version.document} v{version.version} says all there is."])
        return
    show_lines([f"{version.document} v{version.version}:", *(f"  {path}" for path in version.files)])
    if version.changed:
        show_lines(["Changed since the version before:", *(f"  {line}" for line in version.changed)])


@click.command(
    epilog=examples(
        'commissioning sent da-sa-2021 pack --to "Ministry of Justice" --as "A. Officer"',
        'commissioning sent da-sa-2021 pack --version 2 --to "Ministry of Justice" --at 2021-03-03T14:10',
    )
)
@round_argument
@click.argument("document")
@click.option("--to", required=True, callback=said, help="Whom it was sent to.")
@click.option("--version", type=click.IntRange(min=1), help="Which version; the last when left out.")
@click.option("--at", "sent_at", type=INSTANT, help="When; now when left out.")
@click.option("--acknowledgement", default="", help="What came back, if anything did.")
@acting
@as_json
def sent(
    round_id: str,
    document: str,
    workspace: Workspace,
    *,
    to: str,
    version: int | None,
    sent_at: datetime | None,
    acknowledgement: str,
    json: bool,
) -> None:
    """Record that a person sent a DOCUMENT, when and to whom. The program itself never sends anything."""
    act = issuing.send(
        workspace,
        round_id,
        document=document,
        version=version,
        to=to,
        sent=sent_at,
        acknowledgement=acknowledgement,
    )
    if json:
        show_json(act)
    else:
        show_lines([f"{act.document} v{act.version}, sent to {act.to} {show_moment(act.sent)}."])
