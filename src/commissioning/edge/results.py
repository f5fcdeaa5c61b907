"""Computed results, kept by the hash of what they were computed from. Losing all of them loses nothing."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select

from commissioning.edge.store import RESULT, canonical
from commissioning.values.record import Record


def input_hash(step_version: str, *parts: bytes | str | Record) -> str:
    """One hash over the step's version and all it reads. Each part is measured, so that none can pass for two."""
    digest = sha256()
    for part in (step_version, *parts):
        content = _content(part)
        digest.update(f"{type(part).__name__} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()


def recall(transaction: Connection, step: str, subject: str, input_hash: str) -> str | None:
    """What `step` made of exactly this input before, or None."""
    found: str | None = transaction.scalar(select(RESULT.c.value).where(_is(step, subject, input_hash)))
    return found


def remember(transaction: Connection, step: str, subject: str, input_hash: str, value: str) -> None:
    """Keep what `step` made of this input. What it made of other inputs stays until all is forgotten."""
    transaction.execute(delete(RESULT).where(_is(step, subject, input_hash)))
    transaction.execute(insert(RESULT).values(step=step, subject=subject, input_hash=input_hash, value=value))


def forget_all(transaction: Connection) -> None:
    """Delete every result; the next run computes them again."""
    transaction.execute(delete(RESULT))


def digest(content: bytes) -> str:
    """SHA-256 of a file's bytes."""
    return sha256(content).hexdigest()


def _is(step: str, subject: str, input_hash: str) -> ColumnElement[bool]:
    return and_(RESULT.c.step == step, RESULT.c.subject == subject, RESULT.c.input_hash == input_hash)


def _content(part: bytes | str | Record) -> bytes:
    if isinstance(part, Record):
        return canonical(part.model_dump(mode="json")).encode()
    return part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
