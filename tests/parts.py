"""The parts of a package compared one by one."""

from __future__ import annotations

import hashlib

from commissioning.documents.package import open_package


def part_hashes(content: bytes) -> dict[str, str]:
    """The SHA-256 of every part by name, so that two versions of a document can be compared part by part."""
    package = open_package(content, "package")
    return {name: hashlib.sha256(package.part(name)).hexdigest() for name in sorted(package.names)}
