"""Bids as they stand: what was read of each form, with corrections and clarifications in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from commissioning.documents.kinds import Kind
from commissioning.edge import results
from commissioning.findings import Finding, Place, Result, Severity
from commissioning.forms.amend import Amendment, amend
from commissioning.model.act import Assigned, Clarified, Corrected, DeliveredFile, Entry, PassagesRead, Received
from commissioning.model.bid import Answer, Bid, LedgerLine, Method, Read, Reading, Status
from commissioning.stages.opened import Opened, annexes_of, deliveries, known_bids, withdrawn
from commissioning.steps.assigning import Known

MAIL = Kind.MAIL.value


@dataclass(frozen=True, slots=True)
class ReadBid:
    """A bid as it stands, with what is to be noticed about its answers and the reading it comes from.

    `unplaced` is the text nobody has found a question for: of the form, and of the e-mail it came with.
    """

    bid: Bid
    findings: tuple[Finding, ...]
    reading: Reading | None
    unplaced: tuple[LedgerLine, ...]

    @property
    def says_something(self) -> bool:
        """Whether there are answers to check: the form was read, or people typed in what it says."""
        return self.reading is not None or any(answer.act for answer in self.bid.answers)


def bids(opened: Opened, reads: Mapping[str, Read]) -> tuple[ReadBid, ...]:
    """Every bid assigned, with corrections and clarifications in place."""
    return tuple(_bid(opened, known, reads) for known in known_bids(opened))


def _bid(opened: Opened, known: Known, reads: Mapping[str, Read]) -> ReadBid:
    assigned = of_record(opened, known.bid)
    delivery, file = where_from(opened, assigned)
    read = reads.get(assigned.file) if file else None
    mended = mend(opened, assigned, read)
    bid = Bid(
        id=known.bid,
        round=opened.round.id,
        provider=known.provider,
        stream=known.stream,
        delivery=assigned.delivery,
        file=assigned.file,
        file_name=file.name if file else "",
        received=delivery.received if delivery else None,
        received_from=delivery.received_from if delivery else "its delivery is no longer on record",
        withdrawn=known.bid in withdrawn(opened),
        answers=mended.value,
        annexes=annexes_of(opened, known.bid),
    )
    reading = read.reading if read else None
    left = unplaced(opened, known.bid, reading, mails_of(delivery, reads))
    places = {line.place for line in left}
    findings = tuple(each for each in mended.findings if each.code != "unplaced" or each.place in places)
    return ReadBid(bid=bid, findings=findings, reading=reading, unplaced=left)


def of_record(opened: Opened, bid: str) -> Assigned:
    """The assignment that made a bid's form of record: the last one that stands."""
    return [act for _, act in opened.acts(Assigned) if act.bid == bid][-1]


def where_from(opened: Opened, assigned: Assigned) -> tuple[Received | None, DeliveredFile | None]:
    """The delivery that an assigned file came in, and the file; None for what was set aside or erased since."""
    delivery = next((each for each in deliveries(opened) if each.delivery == assigned.delivery), None)
    if delivery is None or (delivery.delivery, assigned.file) in opened.erased:
        return delivery, None
    return delivery, next((each for each in delivery.files if each.sha256 == assigned.file), None)


def mails_of(delivery: Received | None, reads: Mapping[str, Read]) -> tuple[Reading, ...]:
    """The e-mails of a delivery as read: what they say themselves, their attachments apart."""
    files = delivery.files if delivery else ()
    found = (reads[file.sha256].reading for file in files if file.kind == MAIL and file.sha256 in reads)
    return tuple(reading for reading in found if reading)


def unplaced(opened: Opened, bid: str, reading: Reading | None, mails: tuple[Reading, ...]) -> tuple[LedgerLine, ...]:
    """The words of the form and of the e-mail it came in that stand under no question and that nobody has read yet."""
    seen = {passage for _, act in opened.acts(PassagesRead) if act.bid == bid for passage in act.passages}
    lines = (line for each in (reading, *mails) if each for line in each.ledger)
    return tuple(line for line in lines if is_unplaced(line) and passage_of(line) not in seen)


def is_unplaced(line: LedgerLine) -> bool:
    """Whether a person must say what this text answers: it stands under no question and is not only white space."""
    return line.fate == "unplaced" and bool(line.text.strip())


def passage_of(line: LedgerLine) -> str:
    """What names a passage: a hash of its place and text, so that the act that names it holds no provider's words."""
    return results.input_hash("passage", line.place, line.text)


def mend(opened: Opened, assigned: Assigned, read: Read | None) -> Result[tuple[Answer, ...]]:
    """The answers read from the form of record, with people's corrections and clarifications of it in place.

    What they said of an earlier version of the form is not carried over. A form that could not be read has answers
    all the same: none found, until people type in what it says.
    """
    amendments = tuple(
        amendment(entry, entry.act)
        for entry in opened.entries
        if isinstance(entry.act, Corrected | Clarified)
        and entry.act.bid == assigned.bid
        and is_of(opened, assigned, entry.number)
    )
    if read and read.reading:
        return amend(read.reading.answers, read.reading.findings, form=opened.form, amendments=amendments)
    none = tuple(Answer(question=asked.id, status=Status.NOT_FOUND) for asked in opened.form.asked)
    return amend(none, (not_read(opened, assigned, read),), form=opened.form, amendments=amendments)


def is_of(opened: Opened, assigned: Assigned, number: int) -> bool:
    """Whether what was said in entry `number` was said of the form that is of record now.

    It was said of the form that was of record then, whether or not that assignment still stands.
    """
    then = [
        entry.act.file
        for entry in opened.recorded
        if isinstance(entry.act, Assigned) and entry.act.bid == assigned.bid and entry.number < number
    ]
    return then[-1:] == [assigned.file]


def not_read(opened: Opened, assigned: Assigned, read: Read | None) -> Finding:
    """Why a bid's form of record has no reading, and what to do."""
    bid, delivery = assigned.bid, assigned.delivery
    if read and read.failure:
        message = f"The form of {bid} could not be read. {read.failure.message}"
    elif (delivery, assigned.file) in opened.erased:
        message = f"The form of {bid} was erased, so what it said is not known. Assign another, or withdraw the bid."
    elif all(each.delivery != delivery for each in deliveries(opened)):
        message = f"{delivery}, in which the form of {bid} came, is no longer on record. Assign the form again."
    else:
        message = f"The form of {bid} has not been read. Run `commissioning read {opened.round.id}`."
    place = Place(file=read.name) if read else None
    return Finding(code="not-read", severity=Severity.ERROR, message=message, place=place)


def amendment(entry: Entry, act: Corrected | Clarified) -> Amendment:
    """A person's correction or a provider's reply as the form layer takes it."""
    method = Method.CORRECTION if isinstance(act, Corrected) else Method.CLARIFICATION
    said = "corrected" if isinstance(act, Corrected) else "clarified by the provider"
    return Amendment(
        question=act.question,
        row=act.row,
        column=act.column,
        text=act.text,
        method=method,
        place=Place(file=f"journal, act {entry.number}", path=f"{said}, recorded by {entry.actor}"),
        act=entry.number,
    )
