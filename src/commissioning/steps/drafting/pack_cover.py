"""The cover of the submission pack: what it holds, what is open and with whom, what changed, who signed."""

from __future__ import annotations

from commissioning.model.award import Dossier, OpenItem, Signature, Stamp, is_included
from commissioning.model.round import Round
from commissioning.model.screening import Standing
from commissioning.steps.drafting.making import Making, say_making, short_hash, show_deadline
from commissioning.steps.drafting.manifest import PackedFile
from commissioning.steps.drafting.open_matters import Owed, by_owner, who_the_bodies_are
from commissioning.steps.drafting.recommendations import caution_of
from commissioning.values.record import Record
from commissioning.values.showing import show_moment


class Listed(Record):
    """A file of the pack, what it is, and the start of its hash."""

    name: str
    title: str
    hash: str


class SignOff(Record):
    """A line of the sign-off sheet: `state` says signed and when, absent and why, or that it is still open."""

    role: str
    holder: str
    state: str


class PackCover(Record):
    """The first page a reader of the pack sees. `cautions` name the bids included before screening is settled."""

    authority: str
    round: str
    funder: str
    deadline: str
    deadline_note: str
    counts: tuple[str, ...]
    cautions: tuple[str, ...]
    files: tuple[Listed, ...]
    open_count: int
    owed: tuple[Owed, ...]
    bodies: str
    sign_offs: tuple[SignOff, ...]
    making: Making


def draft_pack_cover(
    round: Round,
    dossiers: tuple[Dossier, ...],
    stamp: Stamp,
    *,
    files: tuple[PackedFile, ...],
    open_items: tuple[OpenItem, ...],
    signatures: tuple[Signature, ...],
) -> PackCover:
    """The cover of a pack of `files`. It is provisional when the stamp says so."""
    deadline = round.deadlines.funder
    return PackCover(
        authority=round.authority,
        round=round.title,
        funder=round.funder,
        deadline=show_deadline(deadline.at),
        deadline_note=deadline.illustrative.rstrip("."),
        counts=_counts(dossiers),
        cautions=tuple(
            f"{each.bid.id}, {each.provider_name}, {each.service_name}: {caution_of(each)}"
            for each in dossiers
            if caution_of(each)
        ),
        files=tuple(Listed(name=each.name, title=each.title, hash=short_hash(each.sha256)) for each in files),
        open_count=len(open_items),
        owed=by_owner(open_items, stamp.made_at),
        bodies=who_the_bodies_are(round),
        sign_offs=tuple(_sign_off(each) for each in signatures),
        making=say_making(stamp),
    )


def _counts(dossiers: tuple[Dossier, ...]) -> tuple[str, ...]:
    """How the bids received ended; every bid is in exactly one of the lines that follow the first."""
    withdrawn = [each for each in dossiers if each.bid.withdrawn]
    excluded = [each for each in dossiers if not each.bid.withdrawn and each.screening.standing is Standing.EXCLUDED]
    included = [each for each in dossiers if is_included(each)]
    settled = {each.bid.id for each in (*withdrawn, *excluded, *included)}
    rest = [each for each in dossiers if each.bid.id not in settled]
    declined = [each for each in rest if each.decision]
    numbers = (
        (len(dossiers), "received"),
        (len(included), "included, provisionally included ones among them"),
        (len(declined), "not included"),
        (len(excluded), "excluded"),
        (len(withdrawn), "withdrawn"),
        (len(rest) - len(declined), "not decided yet"),
    )
    return tuple(f"{number} {what}" for number, what in numbers)


def _sign_off(signature: Signature) -> SignOff:
    at = f" on {show_moment(signature.at)}" if signature.at else ""
    match signature.state:
        case "signed":
            state = f"Signed by {signature.name or signature.holder}{at}"
        case "absent":
            state = f"Absent{at}{': ' + signature.reason if signature.reason else ''}"
        case "open":
            state = "Not signed yet"
    return SignOff(role=signature.role, holder=signature.holder or "nobody named yet", state=state)
