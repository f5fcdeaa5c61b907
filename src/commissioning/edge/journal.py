"""The journal: human acts, append-only, each sealed by a hash over itself and the one before.

A payload lies beside its entry, so that personal data can be erased while the chain still verifies. The chain shows
any change in its middle; that its end was cut, or that all of it was written anew, only shows against a hash printed
elsewhere, as every issued document does (`verify(…, printed=…)`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from pydantic import JsonValue, TypeAdapter
from sqlalchemy import Connection, RowMapping, delete, insert, select

from commissioning.edge.results import digest, forget_all
from commissioning.edge.store import ENTRY, PAYLOAD, canonical
from commissioning.errors import CommissioningError, StoreError
from commissioning.model.act import Act, Entry, Erased, SetAside, standing

ACT: TypeAdapter[Act] = TypeAdapter(Act)

KEPT_FOR_EVER = {
    "erased": "it says what was erased",
    "set aside": "it says which act no longer stands",
    "issued": "it says what the office sent out",
    "froze": "it holds the round's rules, which the bids are read by",
}


def append(
    transaction: Connection, *, round: str, act: Act, subject: str, actor: str, at: datetime, reason: str
) -> Entry:
    """Write `act` as the journal's next entry and return it. `at` must carry its zone."""
    if at.tzinfo is None or not actor.strip():
        raise ValueError("an entry needs an instant with its zone, and a name")
    _refuse_broken_text(subject, actor, reason)
    payload = canonical(act.model_dump(mode="json"))
    last = transaction.execute(select(ENTRY.c.number, ENTRY.c.hash).order_by(ENTRY.c.number.desc()).limit(1)).first()
    envelope: dict[str, JsonValue] = {
        "number": last.number + 1 if last else 1,
        "at": at.astimezone(UTC).isoformat(),
        "actor": actor,
        "round": round,
        "kind": act.kind,
        "subject": subject,
        "reason": reason,
        "payload_hash": digest(payload.encode()),
        "previous": last.hash if last else "",
    }
    envelope["hash"] = seal(envelope)
    insert_line(transaction, envelope, payload)
    return Entry.model_validate({**envelope, "act": act})


def entries(transaction: Connection, *, round: str | None = None, upto: int | None = None) -> tuple[Entry, ...]:
    """The entries in order, of one round or of all, up to and with number `upto`."""
    rows = (row for row in lines(transaction, upto=upto) if round is None or row["round"] == round)
    return tuple(_entry(row) for row in rows)


def head(transaction: Connection, *, upto: int | None = None) -> str:
    """The hash of the last entry, or of entry `upto`; "" for an empty journal."""
    query = select(ENTRY.c.hash).order_by(ENTRY.c.number.desc()).limit(1)
    found: str | None = transaction.scalar(query if upto is None else query.where(ENTRY.c.number <= upto))
    return found or ""


def set_aside(
    transaction: Connection, *, round: str, number: int, subject: str, actor: str, at: datetime, reason: str
) -> Entry:
    """Record that act `number` no longer stands; refused unless it stands now, in this round, and can be undone."""
    kept = entries(transaction, round=round)
    entry = next((entry for entry in kept if entry.number == number), None)
    if entry is None:
        raise CommissioningError(f"Round {round} has no act {number}. `commissioning history {round}` lists them.")
    if entry.kind == "erased" or entry.act is None:
        raise CommissioningError(f"Act {number} cannot be set aside: what was erased does not come back.")
    if entry not in standing(kept):
        raise CommissioningError(f"Act {number} was set aside already; nothing more is needed.")
    _need_reason(reason, "setting an act aside")
    act = SetAside(act=number)
    return append(transaction, round=round, act=act, subject=subject, actor=actor, at=at, reason=reason)


def erase(
    transaction: Connection,
    *,
    round: str,
    numbers: tuple[int, ...],
    actor: str,
    at: datetime,
    reason: str,
    subject: str = "",
    originals: tuple[str, ...] = (),
) -> Entry:
    """Delete the payloads of `numbers`, and every computed result, which may repeat them; record that it was done.

    `originals` are the hashes of original files erased with them; their bytes are the caller's to remove.
    """
    kept = {entry.number: entry for entry in entries(transaction, round=round)}
    for number in numbers:
        _refuse_erasure(kept.get(number), number, round)
    _need_reason(reason, "erasing")
    transaction.execute(delete(PAYLOAD).where(PAYLOAD.c.entry.in_(numbers)))
    forget_all(transaction)
    act = Erased(acts=numbers, originals=originals)
    return append(transaction, round=round, act=act, subject=subject, actor=actor, at=at, reason=reason)


def verify(transaction: Connection, *, printed: Iterable[str] = ()) -> tuple[str, ...]:
    """Every fault of the chain in a plain sentence; none when it is whole.

    `printed` are chain heads that documents carry: each must still be the hash of an entry.
    """
    rows = lines(transaction)
    numbers = {row["hash"]: row["number"] for row in rows}
    erased = _erased(rows)
    faults: list[str] = []
    for before, row in zip((None, *rows), rows, strict=False):
        faults += _chain_faults(before, row, numbers)
        faults += _payload_faults(row, erased)
    lost = (hash for hash in printed if hash and hash not in numbers)
    return (*faults, *(f"No entry has the hash {hash} that a document prints: the journal was cut." for hash in lost))


def lines(transaction: Connection, *, upto: int | None = None) -> tuple[RowMapping, ...]:
    """Every entry as it is stored: its envelope and `json`, its payload's text, None when erased."""
    query = select(ENTRY, PAYLOAD.c.json).outerjoin(PAYLOAD).order_by(ENTRY.c.number)
    return tuple(transaction.execute(query if upto is None else query.where(ENTRY.c.number <= upto)).mappings())


def insert_line(transaction: Connection, envelope: Mapping[str, JsonValue], payload: str | None) -> None:
    """Store a sealed envelope and its payload, as `append` made them or a backup kept them."""
    transaction.execute(insert(ENTRY).values(dict(envelope)))
    if payload is not None:
        transaction.execute(insert(PAYLOAD).values(entry=envelope["number"], json=payload))


def seal(envelope: Mapping[str, JsonValue]) -> str:
    """SHA-256 over the canonical JSON of every field of the envelope but `hash` itself."""
    return digest(canonical({name: envelope[name] for name in ENTRY.columns.keys() if name != "hash"}).encode())  # noqa: SIM118 - a column collection iterates over columns, not names


def _entry(row: RowMapping) -> Entry:
    try:
        act = None if row["json"] is None else ACT.validate_python(json.loads(row["json"]))
    except ValueError as error:
        raise StoreError(
            f"The content of entry {row['number']} of the journal cannot be read. "
            "Run `commissioning verify` to see what was altered, and restore the last backup."
        ) from error
    envelope = {name: row[name] for name in row if name != "json"}
    return Entry.model_validate({**envelope, "at": datetime.fromisoformat(row["at"]), "act": act})


def _refuse_broken_text(*texts: str) -> None:
    """A database keeps no half of a surrogate pair; a payload does, as its JSON spells it out."""
    for text in texts:
        try:
            text.encode()
        except UnicodeEncodeError as error:
            shown = text.encode("utf-8", "replace").decode()
            raise CommissioningError(
                f"“{shown}” holds a broken character and cannot be kept. Type it again."
            ) from error


def _need_reason(reason: str, deed: str) -> None:
    if not reason.strip():
        raise CommissioningError(f"Say why: {deed} is recorded with its reason. Add --reason.")


def _refuse_erasure(entry: Entry | None, number: int, round: str) -> None:
    if entry is None:
        raise CommissioningError(f"Round {round} has no act {number}. `commissioning history {round}` lists them.")
    if entry.kind in KEPT_FOR_EVER:
        why = KEPT_FOR_EVER[entry.kind]
        raise CommissioningError(f"Act {number} ({entry.kind}) cannot be erased: {why}. Erase the acts it is about.")
    if entry.act is None:
        raise CommissioningError(f"The content of act {number} was erased already; nothing more is needed.")


def _erased(rows: tuple[RowMapping, ...]) -> set[int]:
    """The numbers whose payloads an erasure on record names."""
    acts = (json.loads(row["json"])["acts"] for row in rows if row["kind"] == "erased" and _is_whole(row))
    return {number for numbers in acts for number in numbers}


def _is_whole(row: RowMapping) -> bool:
    return row["json"] is not None and digest(row["json"].encode()) == row["payload_hash"]


def _chain_faults(before: RowMapping | None, row: RowMapping, numbers: Mapping[str, int]) -> list[str]:
    number, last = row["number"], before["number"] if before else 0
    faults = [f"Entry {gone} is missing." for gone in range(last + 1, number)]
    if row["hash"] != seal({**row}):
        faults.append(f"Entry {number} was altered: its hash does not fit what it says.")
    if row["previous"] != (before["hash"] if before else "") and last + 1 == number:
        follows = numbers.get(row["previous"])
        true = f"it was written after entry {follows}" if follows else "what it was written after has gone"
        faults.append(f"Entry {number} does not follow on what stands before it now: {true}.")
    return faults


def _payload_faults(row: RowMapping, erased: set[int]) -> list[str]:
    number = row["number"]
    if row["json"] is None:
        return [] if number in erased else [f"The content of entry {number} is missing, and no erasure says why."]
    return [] if _is_whole(row) else [f"The content of entry {number} was altered: its hash does not fit."]
