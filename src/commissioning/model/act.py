"""Human acts, as the journal keeps them: each is what a named person did, when, to what, and why.

The envelope (`Entry`) carries actor, instant, subject and reason; an act carries only what is its own.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from commissioning.model.need import CellId
from commissioning.model.strategy import Level
from commissioning.values.record import Record


class Froze(Record):
    """The form was issued: the round's files as they stood, by path, and what changed when it is an amendment."""

    kind: Literal["froze"] = "froze"
    files: dict[str, str]
    changed: tuple[str, ...] = ()


class DeliveredFile(Record):
    """One file of a delivery. `path` is below the round's `received/`; `part` counts attachments of an e-mail from 1.

    `kind` is what the content is ("word", "pdf", "workbook", "mail", "empty", "unknown" …), whatever the name says.
    """

    sha256: str
    name: str
    size: int
    kind: str
    path: str
    part: int | None = None


class Received(Record):
    """Files that arrived together. `received` is None when nobody knows the instant yet; `file_time` is only shown."""

    kind: Literal["received"] = "received"
    delivery: str
    sender: str = ""
    subject: str = ""
    received: datetime | None
    received_from: str
    file_time: datetime | None = None
    files: tuple[DeliveredFile, ...]


class TimeStated(Record):
    """A person says when a delivery arrived, and how they know (the reason)."""

    kind: Literal["time stated"] = "time stated"
    delivery: str
    received: datetime


class Assigned(Record):
    """This file is the form of record of this bid. A later assignment to the same bid is a corrected version."""

    kind: Literal["assigned"] = "assigned"
    bid: str
    provider: str
    stream: str
    delivery: str
    file: str


class AnnexAssigned(Record):
    """This file came with this bid and proves this (a document id of the round), or is kept beside it ("")."""

    kind: Literal["annex assigned"] = "annex assigned"
    bid: str
    delivery: str
    file: str
    proves: str = ""


class PutAside(Record):
    """This file is no bid of this round: a duplicate, another round's form, or not for this round."""

    kind: Literal["put aside"] = "put aside"
    file: str
    delivery: str
    why: Literal["duplicate", "superseded", "wrong round", "not a bid", "unreadable"]
    of: str = ""


class Withdrew(Record):
    """The provider withdrew the bid."""

    kind: Literal["withdrew"] = "withdrew"
    bid: str


class Extended(Record):
    """More time, for one provider or for all ("")."""

    kind: Literal["extended"] = "extended"
    provider: str = ""
    until: datetime


class LateDecided(Record):
    """A late bid was accepted or refused."""

    kind: Literal["late decided"] = "late decided"
    bid: str
    accepted: bool


class Corrected(Record):
    """A person's reading of what stands in the form, beside what the program read. `row`/`column` for a table cell."""

    kind: Literal["corrected"] = "corrected"
    bid: str
    question: str
    row: str = ""
    column: str = ""
    text: str


class Clarified(Record):
    """A provider's reply to a query, beside the original. `file` is where the reply stands, when it came as one."""

    kind: Literal["clarified"] = "clarified"
    bid: str
    question: str
    row: str = ""
    column: str = ""
    text: str
    file: str = ""


class PassagesRead(Record):
    """A person read passages that no question was found for, and they answer none; each by hash of place and text."""

    kind: Literal["passages read"] = "passages read"
    bid: str
    passages: tuple[str, ...]


class Replied(Record):
    """A provider's reply to a recommended exclusion."""

    kind: Literal["replied"] = "replied"
    bid: str
    text: str


class ScreeningDecided(Record):
    """A person excludes a bid, or finds it eligible; against the rule only with a reason of 50 characters or more.

    `answers` is every verdict but an eligible one that the decision was made on, as `key:rule:outcome`.
    """

    kind: Literal["screening decided"] = "screening decided"
    bid: str
    excluded: bool
    overrides: bool
    answers: tuple[str, ...] = ()


class ConfidenceConfirmed(Record):
    """Delivery in a cell is evidenced to this degree, at this place of the bid."""

    kind: Literal["confidence confirmed"] = "confidence confirmed"
    bid: str
    cell: CellId
    confidence: Decimal
    place: str


class LinkConfirmed(Record):
    """A declared strategy link is shown to this level, at this place of the bid."""

    kind: Literal["link confirmed"] = "link confirmed"
    bid: str
    priority: str
    level: Level
    place: str


class InterestDeclared(Record):
    """A person of a body declares an interest in a bid, or none in any ("" and "")."""

    kind: Literal["interest declared"] = "interest declared"
    person: str
    body: str
    bid: str = ""
    interest: str = ""


class Judged(Record):
    """The joint meeting's view of one bid: a judgement per criterion, a recommendation, an order of priority."""

    kind: Literal["judged"] = "judged"
    bid: str
    judgements: dict[str, str]
    recommendation: Literal["include", "include provisionally", "not include"]
    priority: int | None
    present: tuple[str, ...]
    file: str = ""


class Decided(Record):
    """The round's decision on one bid; reasons are the entry's."""

    kind: Literal["decided"] = "decided"
    bid: str
    outcome: Literal["include", "include provisionally", "not include"]
    priority: int | None


class Signed(Record):
    """A role signed off the submission, or its holder was absent and that was recorded."""

    kind: Literal["signed"] = "signed"
    role: str
    name: str
    absent: bool = False


class Issued(Record):
    """A version of a document was made. `files` maps its paths below `issued/` to content hashes.

    `says` is, by file, a hash of what it says apart from its stamp: equal hashes are no new version.
    `options` is what is needed, beside the record as it stood, to make the version again.
    """

    kind: Literal["issued"] = "issued"
    document: str
    version: int
    files: dict[str, str]
    says: dict[str, str]
    options: dict[str, str] = Field(default_factory=dict)
    changed: tuple[str, ...] = ()
    bids: tuple[str, ...] = ()


class Sent(Record):
    """A person sent a version, to whom, when; with the acknowledgement when one came."""

    kind: Literal["sent"] = "sent"
    document: str
    version: int
    to: str
    sent: datetime
    acknowledgement: str = ""


class SetAside(Record):
    """An earlier act no longer stands; it stays on record."""

    kind: Literal["set aside"] = "set aside"
    act: int


class Erased(Record):
    """Personal data was removed: the payloads of these acts, or these original files. The chain still verifies."""

    kind: Literal["erased"] = "erased"
    acts: tuple[int, ...] = ()
    originals: tuple[str, ...] = ()


Act = Annotated[
    Froze
    | Received
    | TimeStated
    | Assigned
    | AnnexAssigned
    | PutAside
    | Withdrew
    | Extended
    | LateDecided
    | Corrected
    | Clarified
    | PassagesRead
    | Replied
    | ScreeningDecided
    | ConfidenceConfirmed
    | LinkConfirmed
    | InterestDeclared
    | Judged
    | Decided
    | Signed
    | Issued
    | Sent
    | SetAside
    | Erased,
    Field(discriminator="kind"),
]


class Entry(Record):
    """One line of the journal. `act` is None when its payload was erased; the hashes still verify.

    `hash` is SHA-256 over every other field but `act`, `previous` the hash of the entry before ("" for the first).
    """

    number: int
    at: datetime
    actor: str
    round: str
    kind: str
    subject: str
    reason: str
    payload_hash: str
    previous: str
    hash: str
    act: Act | None


def standing(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries that still stand: not set aside by a later one, and not erased.

    Setting aside an entry that set another aside makes that other stand again.
    """
    gone: set[int] = set()
    for entry in reversed(entries):
        if isinstance(entry.act, SetAside) and entry.number not in gone:
            gone.add(entry.act.act)
    return tuple(entry for entry in entries if entry.number not in gone and entry.act is not None)
