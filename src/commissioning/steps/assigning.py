"""Assigning: which file is the form of which bid, which are annexes, which are duplicates. Proposed; people decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process, utils

from commissioning.documents.kinds import Kind
from commissioning.model.act import AnnexAssigned, Assigned, DeliveredFile, PutAside, Received
from commissioning.model.bid import Chosen, Read, Reading, Text
from commissioning.values.record import Record
from commissioning.values.text import normalise

NAME_LIKENESS = 80  # of 100: how like a document's title a file name must be before the title is proposed


class Proposal(Record):
    """What the program would do with one file, and why. `act` is None when only a person can say.

    `number` is the file's among all that arrived, so that it stays the file's whatever is settled meanwhile. `certain`
    says the program sees one way only; `accept --all` takes those and leaves the rest.
    """

    number: int = 0
    delivery: str
    file: str
    name: str
    act: Assigned | AnnexAssigned | PutAside | None
    why: str
    certain: bool = False


class Known(Record):
    """A bid as assigned so far: who asks for what, the forms it has had, the last being of record, and its annexes."""

    bid: str
    provider: str
    stream: str
    delivery: str
    files: tuple[str, ...]
    annexes: tuple[str, ...] = ()


def propose(
    deliveries: tuple[Received, ...],
    reads: Mapping[str, Read],
    *,
    known: tuple[Known, ...],
    settled: frozenset[tuple[str, str]],
    documents: Mapping[str, str],
    taken: frozenset[str] = frozenset(),
) -> tuple[Proposal, ...]:
    """A proposal for every file that nobody has settled yet, in the order of arrival.

    `settled` holds (delivery, file) pairs; `documents` the round's document titles by id. A proposal builds on those
    before it, so that a corrected version that came with its first version is proposed as such. `taken` are bid
    numbers given before, which no new bid gets even when that bid no longer stands.
    """
    proposals: list[Proposal] = []
    bids = list(known)
    senders = {each.delivery: each.sender for each in deliveries}
    numbers = numbered(deliveries)
    for delivery in deliveries:
        for file in _forms_first(delivery, reads):
            if is_envelope(delivery, file) or (delivery.delivery, file.sha256) in settled:
                continue
            read = reads.get(file.sha256)
            proposal = _proposal(delivery, file, read, bids, taken=taken, documents=documents, senders=senders)
            proposals.append(proposal.with_changes(number=numbers[delivery.delivery, file.sha256]))
            if isinstance(proposal.act, Assigned):
                bids = _with(bids, proposal.act)
            if isinstance(proposal.act, AnnexAssigned):
                bids = _with_annex(bids, proposal.act)
    return tuple(proposals)


def is_envelope(delivery: Received, file: DeliveredFile) -> bool:
    """Whether the file is the e-mail that the delivery's other files came in; they are settled, not it."""
    return file.kind == Kind.MAIL and len(delivery.files) > 1


def numbered(deliveries: tuple[Received, ...]) -> dict[tuple[str, str], int]:
    """The number of each (delivery, file) among all that arrived, from 1."""
    files = dict.fromkeys(
        (each.delivery, file.sha256) for each in deliveries for file in each.files if not is_envelope(each, file)
    )
    return {file: number for number, file in enumerate(files, start=1)}


def _forms_first(delivery: Received, reads: Mapping[str, Read]) -> list[DeliveredFile]:
    """Forms before annexes, so that an annex finds the bid it came with."""

    def is_annex(file: DeliveredFile) -> bool:
        read = reads.get(file.sha256)
        return not (read and read.reading and read.reading.matched)

    return sorted(delivery.files, key=is_annex)


def _with(bids: list[Known], act: Assigned) -> list[Known]:
    for index, bid in enumerate(bids):
        if bid.bid == act.bid:
            return [*bids[:index], bid.with_changes(files=(*bid.files, act.file)), *bids[index + 1 :]]
    new = Known(bid=act.bid, provider=act.provider, stream=act.stream, delivery=act.delivery, files=(act.file,))
    return [*bids, new]


def _with_annex(bids: list[Known], act: AnnexAssigned) -> list[Known]:
    return [bid.with_changes(annexes=(*bid.annexes, act.file)) if bid.bid == act.bid else bid for bid in bids]


def _proposal(
    delivery: Received,
    file: DeliveredFile,
    read: Read | None,
    bids: list[Known],
    *,
    taken: frozenset[str],
    documents: Mapping[str, str],
    senders: Mapping[str, str],
) -> Proposal:
    reading = read.reading if read else None
    if reading and reading.matched:
        return _form_proposal(delivery, file, reading, bids, taken=taken)
    if reading and reading.code:
        act = PutAside(file=file.sha256, delivery=delivery.delivery, why="wrong round")
        why = f"It is a form of another round or version ({reading.code})."
        return _made(delivery, file, act, why, certain=False)
    return _annex_proposal(delivery, file, read, bids, documents=documents, senders=senders)


def _form_proposal(
    delivery: Received, file: DeliveredFile, reading: Reading, bids: list[Known], *, taken: frozenset[str]
) -> Proposal:
    same = next((bid for bid in bids if file.sha256 in bid.files), None)
    if same:
        act = PutAside(file=file.sha256, delivery=delivery.delivery, why="duplicate", of=same.bid)
        return _made(delivery, file, act, f"The very same file is already the form of {same.bid}.", certain=True)
    provider, stream = said(reading, "organisation_name"), said(reading, "stream")
    if not provider or not stream:
        lacking = "the organisation's name" if not provider else "the funding stream"
        return _made(delivery, file, None, f"It is this round's form, but {lacking} cannot be read from it.")
    earlier = [bid for bid in bids if alike(bid.provider, provider) and bid.stream == stream]
    if earlier:
        bid = earlier[-1]
        act_again = Assigned(
            bid=bid.bid, provider=bid.provider, stream=stream, delivery=delivery.delivery, file=file.sha256
        )
        why = f"{provider} already has {bid.bid} for this stream; this looks like a corrected version of it."
        return _made(delivery, file, act_again, why, certain=False)
    number = next_number({bid.bid for bid in bids} | taken)
    act_new = Assigned(bid=number, provider=provider, stream=stream, delivery=delivery.delivery, file=file.sha256)
    return _made(delivery, file, act_new, f"The first form of {provider} for this stream.", certain=True)


def _annex_proposal(
    delivery: Received,
    file: DeliveredFile,
    read: Read | None,
    bids: list[Known],
    *,
    documents: Mapping[str, str],
    senders: Mapping[str, str],
) -> Proposal:
    same = next((bid for bid in bids if file.sha256 in bid.annexes), None)
    if same:
        act_again = PutAside(file=file.sha256, delivery=delivery.delivery, why="duplicate", of=same.bid)
        return _made(delivery, file, act_again, f"The very same file is already an annex of {same.bid}.", certain=True)
    proves = document_of(file.name, documents)
    title = f" It may be: {documents[proves]}." if proves else ""
    here = [bid for bid in bids if bid.delivery == delivery.delivery]
    theirs = [bid for bid in bids if delivery.sender and senders.get(bid.delivery) == delivery.sender]
    if len(here or theirs) == 1:
        bid = (here or theirs)[0].bid
        act = AnnexAssigned(bid=bid, delivery=delivery.delivery, file=file.sha256, proves=proves)
        came = f"It came with the form of {bid}." if here else f"It came from whoever sent {bid}."
        return _made(delivery, file, act, f"{came}{title}", certain=bool(here))
    trouble = read.failure.message if read and read.failure else "It is not a form of this round."
    return _made(delivery, file, None, f"{trouble} {_whose(here, theirs)}{title}")


def _whose(here: list[Known], theirs: list[Known]) -> str:
    if not here and not theirs:
        return "It came with no form: a person must say what it is."
    how = "with" if here else "from whoever sent"
    return f"It came {how} {' and '.join(bid.bid for bid in here or theirs)}: a person must say which it belongs to."


def _made(
    delivery: Received,
    file: DeliveredFile,
    act: Assigned | AnnexAssigned | PutAside | None,
    why: str,
    *,
    certain: bool = False,
) -> Proposal:
    return Proposal(delivery=delivery.delivery, file=file.sha256, name=file.name, act=act, why=why, certain=certain)


def said(reading: Reading, question: str) -> str:
    """The words, or the one option, answered to `question`; "" when there is no such answer."""
    for answer in reading.answers:
        if answer.question == question:
            if isinstance(answer.value, Text):
                return answer.value.text.strip()
            if isinstance(answer.value, Chosen) and len(answer.value.options) == 1:
                return answer.value.options[0]
    return ""


def alike(one: str, other: str) -> bool:
    """Whether two names are one provider's: equal but for case, spacing and punctuation."""
    return utils.default_process(normalise(one)) == utils.default_process(normalise(other))


def next_number(taken: Iterable[str]) -> str:
    """The bid number after those taken: B01, B02 and so on."""
    numbers = [int(bid[1:]) for bid in taken if bid[1:].isdigit()]
    return f"B{max(numbers, default=0) + 1:02d}"


def document_of(name: str, documents: Mapping[str, str]) -> str:
    """The id of the document whose title the file name is most like, or ""."""
    found = process.extractOne(
        name, documents, scorer=fuzz.token_set_ratio, processor=utils.default_process, score_cutoff=NAME_LIKENESS
    )
    return str(found[2]) if found else ""
