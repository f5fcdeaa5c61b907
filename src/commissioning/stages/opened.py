"""A round as it stands: its files, and what the journal says of it up to one entry.

Everything here is a fold over acts that still stand. Opened at an earlier number, a round is what it was then, which
is how an issued version is made again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TypeVar

from sqlalchemy import Connection

from commissioning.config.needs import OBSERVATIONS, read_needs, read_strategy
from commissioning.config.rounds import read_round_and_form, round_files, round_path
from commissioning.edge import journal
from commissioning.edge.workspace import Workspace
from commissioning.errors import EvidenceError, RoundError
from commissioning.model.act import (
    Act,
    AnnexAssigned,
    Assigned,
    Entry,
    Erased,
    Extended,
    Froze,
    LateDecided,
    PutAside,
    Received,
    TimeStated,
    Withdrew,
    standing,
)
from commissioning.model.bid import Annex
from commissioning.model.form import Form
from commissioning.model.need import NeedsAssessment
from commissioning.model.round import Round
from commissioning.model.screening import LateDecision
from commissioning.model.strategy import Strategy
from commissioning.steps.assigning import Known, alike
from commissioning.values.showing import in_london, show_day

A = TypeVar("A", bound=Act)


@dataclass(frozen=True, slots=True)
class Opened:
    """A round's files and standing acts. `number` and `head` are the journal's last entry, of any round.

    `recorded` are all the round's entries, those set aside or erased too: a number once given is not given again.
    `earlier_codes` are those of the forms issued before an amendment: who answered one of them answered rightly.
    `drift` names files that differ from what was frozen when the form was issued; the frozen ones are used.
    `erased` are (delivery, file) pairs of originals that are no longer there, whenever they were erased.
    """

    round: Round
    form: Form
    needs: NeedsAssessment
    strategy: Strategy
    files: dict[str, str]
    entries: tuple[Entry, ...]
    recorded: tuple[Entry, ...]
    number: int
    head: str
    now: datetime
    earlier_codes: frozenset[str] = frozenset()
    drift: tuple[str, ...] = ()
    erased: frozenset[tuple[str, str]] = frozenset()

    def acts(self, kind: type[A]) -> Iterator[tuple[Entry, A]]:
        """Standing acts of one kind with their entries, earliest first."""
        for entry in self.entries:
            if isinstance(entry.act, kind):
                yield entry, entry.act

    @property
    def is_issued(self) -> bool:
        """Whether the provider's form has been issued, which freezes the round for good."""
        return any(isinstance(entry.act, Froze) for entry in self.recorded)

    @property
    def amendments(self) -> tuple[str, ...]:
        """What changed after the form was issued, as printed on everything that follows; also what was taken back."""
        frozen = [(entry, entry.act) for entry in self.recorded if isinstance(entry.act, Froze)]
        stands = {entry.number for entry in self.entries}
        return tuple(
            f"{show_day(in_london(entry.at).date())}: {', '.join(act.changed)} changed by {entry.actor}. {entry.reason}"
            + ("" if entry.number in stands else " Set aside since: it no longer holds.")
            for entry, act in frozen[1:]
        )


def open_round(
    workspace: Workspace, connection: Connection, round_id: str, *, upto: int | None = None, now: datetime | None = None
) -> Opened:
    """The round as it stands, or as it stood just after entry `upto`; at the workspace's instant, or at `now`."""
    journal_now = journal.entries(connection)
    every = tuple(entry for entry in journal_now if upto is None or entry.number <= upto)
    recorded = tuple(entry for entry in every if entry.round == round_id)
    entries = standing(recorded)
    frozen = frozen_files(entries) or frozen_files(recorded)[:1]
    files = frozen[-1] if frozen else texts(workspace, round_id)
    round, form, needs, strategy = parsed(in_order(files), round_id)
    return Opened(
        round=round,
        form=form,
        needs=needs,
        strategy=strategy,
        files=dict(files),
        entries=entries,
        recorded=recorded,
        number=every[-1].number if every else 0,
        head=every[-1].hash if every else "",
        now=now or workspace.now,
        earlier_codes=frozenset(parsed(in_order(each), round_id)[1].code for each in frozen) - {form.code},
        drift=drift(workspace, round_id, files) if upto is None and frozen else (),
        erased=erased_originals(tuple(entry for entry in journal_now if entry.round == round_id)),
    )


def frozen_files(entries: tuple[Entry, ...]) -> list[dict[str, str]]:
    """The round's files as each freeze among `entries` kept them. The first holds even when it was set aside."""
    return [entry.act.files for entry in entries if isinstance(entry.act, Froze)]


def in_order(files: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Texts by path as a value that can be remembered."""
    return tuple(sorted(files.items()))


@lru_cache(maxsize=8)
def parsed(files: tuple[tuple[str, str], ...], round_id: str) -> tuple[Round, Form, NeedsAssessment, Strategy]:
    """What the texts of a round's files say. One command opens a round several times, and its files seldom differ."""
    by_path = dict(files)
    round, form = read_round_and_form(by_path, round_id)
    needs = read_needs(by_path, f"assessments/{round.needs}")
    return round, form, needs, read_strategy(by_path, f"assessments/{round.strategy}")


def erased_originals(entries: tuple[Entry, ...]) -> frozenset[tuple[str, str]]:
    """(delivery, file) pairs of originals that were erased; the same file may have come again since."""
    there: set[tuple[str, str]] = set()
    gone: set[tuple[str, str]] = set()
    for entry in entries:
        if isinstance(entry.act, Received):
            there |= {(entry.act.delivery, file.sha256) for file in entry.act.files}
        if isinstance(entry.act, Erased):
            gone |= {(delivery, sha) for delivery, sha in there if sha in entry.act.originals}
    return frozenset(gone)


def drift(workspace: Workspace, round_id: str, frozen: Mapping[str, str]) -> tuple[str, ...]:
    """Paths of the round's files that are not as they were frozen; a round file that is broken or gone is one."""
    try:
        return changed_files(frozen, texts(workspace, round_id))
    except (RoundError, EvidenceError):
        return (round_path(round_id),)


def texts(workspace: Workspace, round_id: str) -> dict[str, str]:
    """The texts of a round's files as they lie in the workspace, by path."""
    path = round_path(round_id)
    text = workspace.text(path)
    if text is None:
        known = ", ".join(rounds(workspace)) or "none"
        raise EvidenceError(f"There is no round “{round_id}” here ({path} does not exist). Rounds here: {known}.")
    named = named_files(round_id, text)
    wanted = (*named, *(str(PurePosixPath(each).with_name(OBSERVATIONS)) for each in named))
    found = {each: workspace.text(each) for each in (path, *wanted)}
    return {each: text for each, text in found.items() if text is not None}


@lru_cache(maxsize=8)
def named_files(round_id: str, text: str) -> tuple[str, ...]:
    """The paths that a round's file names."""
    return tuple(round_files(round_id, text))


def rounds(workspace: Workspace) -> tuple[str, ...]:
    """The ids of the rounds in the workspace: folders of `assessments/` with a round.yaml."""
    return tuple(sorted(path.parent.name for path in (workspace.root / "assessments").glob("*/round.yaml")))


def changed_files(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Paths whose text differs, or that one side lacks."""
    return tuple(sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path)))


def deliveries(opened: Opened) -> tuple[Received, ...]:
    """What arrived, earliest registered first, with the instants that people stated in place of what was read."""
    stated = {act.delivery: (entry, act) for entry, act in opened.acts(TimeStated)}
    found = []
    for _, act in opened.acts(Received):
        if act.delivery in stated:
            entry, time = stated[act.delivery]
            said = f"stated by {entry.actor}: {entry.reason}"
            found.append(act.with_changes(received=time.received, received_from=said))
        else:
            found.append(act)
    return tuple(found)


def known_bids(opened: Opened) -> tuple[Known, ...]:
    """Every bid assigned, in the order of their numbers, with its annexes and its forms; the last form is of record."""
    annexes: dict[str, list[str]] = {}
    for _, annex in opened.acts(AnnexAssigned):
        annexes.setdefault(annex.bid, []).append(annex.file)
    found: dict[str, Known] = {}
    for _, act in opened.acts(Assigned):
        files = (*found[act.bid].files, act.file) if act.bid in found else (act.file,)
        found[act.bid] = Known(
            bid=act.bid,
            provider=act.provider,
            stream=act.stream,
            delivery=act.delivery,
            files=files,
            annexes=tuple(annexes.get(act.bid, ())),
        )
    return tuple(found[bid] for bid in sorted(found, key=lambda bid: (len(bid), bid)))


def settled_files(opened: Opened) -> frozenset[tuple[str, str]]:
    """(delivery, file) pairs that a person has said something about."""
    acts = (entry.act for entry in opened.entries)
    return frozenset((act.delivery, act.file) for act in acts if isinstance(act, Assigned | AnnexAssigned | PutAside))


def annexes_of(opened: Opened, bid: str) -> tuple[Annex, ...]:
    """The files kept with a bid and what they prove; a later word on a file replaces an earlier one.

    What was erased, or came in a delivery that no longer stands, is with no bid.
    """
    names = {file.sha256: file.name for delivery in deliveries(opened) for file in delivery.files}
    found = {act.file: act for _, act in opened.acts(AnnexAssigned) if act.bid == bid}
    return tuple(
        Annex(file=act.file, name=names[act.file], proves=act.proves)
        for act in found.values()
        if act.file in names and (act.delivery, act.file) not in opened.erased
    )


def late_decision(opened: Opened, bid: str) -> LateDecision | None:
    """The last word of a person on a late bid."""
    found = [
        LateDecision(accepted=act.accepted, by=entry.actor, at=entry.at, reason=entry.reason)
        for entry, act in opened.acts(LateDecided)
        if act.bid == bid
    ]
    return found[-1] if found else None


def extensions(opened: Opened) -> dict[str, datetime]:
    """The last word on more time, by provider ("" is everybody's); a name stands for the bids' name that is like it."""
    providers = tuple(bid.provider for bid in known_bids(opened))
    given: dict[str, datetime] = {}
    for _, act in opened.acts(Extended):
        alike_ones = [provider for provider in providers if act.provider and alike(provider, act.provider)]
        given |= dict.fromkeys(alike_ones or [act.provider], act.until)
    return given


def withdrawn(opened: Opened) -> frozenset[str]:
    """Bids their providers withdrew."""
    return frozenset(act.bid for _, act in opened.acts(Withdrew))
