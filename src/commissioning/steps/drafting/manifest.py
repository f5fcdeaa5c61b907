"""The manifest: every file of a pack with its hash, and what the pack was made from."""

from __future__ import annotations

from datetime import datetime

from commissioning.model.award import Stamp
from commissioning.values.record import Record


class PackedFile(Record):
    """One file of a pack: its name there, what it is, and its SHA-256."""

    name: str
    title: str
    sha256: str


class Manifest(Record):
    """What is in the pack and what it was made from, for whoever checks it later."""

    round: str
    document: str
    version: int
    provisional: bool
    made_at: datetime
    chain_head: str
    form_code: str
    round_hash: str
    files: tuple[PackedFile, ...]


def draft_manifest(
    round: str, stamp: Stamp, files: tuple[PackedFile, ...], *, form_code: str, round_hash: str
) -> Manifest:
    """The manifest of a pack of `files`, in the order of their names."""
    return Manifest(
        round=round,
        document=stamp.document,
        version=stamp.version,
        provisional=stamp.provisional,
        made_at=stamp.made_at,
        chain_head=stamp.chain_head,
        form_code=form_code,
        round_hash=round_hash,
        files=tuple(sorted(files, key=lambda each: each.name)),
    )
