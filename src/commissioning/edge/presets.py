"""A new workspace from the packaged presets."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from commissioning.edge.store import disk_faults
from commissioning.edge.workspace import FOLDERS
from commissioning.errors import StoreError

DEMONSTRATION = "da-sa-2021"

GITIGNORE = """\
# What providers and staff wrote stays out of version control; back it up with `commissioning backup`.
commissioning.db*
commissioning.lock*
submissions/*
"""

SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "icloud": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "mobile documents": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
}


def presets() -> Path:
    """The folder that holds the presets: inside an installed package, or the checkout the package runs from."""
    package = Path(__file__).resolve().parents[1]
    checkout = package.parents[1]
    if (package / "presets").is_dir():
        return package / "presets"
    if (checkout / "pyproject.toml").is_file() and all((checkout / name).is_dir() for name in FOLDERS):
        return checkout
    raise StoreError(f"{package}: the presets are missing from this installation. Install commissioning again.")


def create_workspace(folder: Path, *, demonstration: bool) -> None:
    """Make a workspace of `folder`: templates and assessments, and the demonstration's deliveries if asked for.

    StoreError if `folder` holds any part of a workspace already; on any fault nothing of it remains.
    """
    taken = [name for name in (*FOLDERS, "commissioning.db", ".gitignore") if (folder / name).exists()]
    if taken:
        raise StoreError(f"{folder}: {', '.join(taken)} stands there already. Choose another folder.")
    with disk_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".init-") as staged:
            _lay_out(Path(staged), demonstration=demonstration)
            for made in sorted(Path(staged).iterdir()):
                made.rename(folder / made.name)


def synced_folder_warning(path: Path) -> str | None:
    """What to know before working in a synced folder; None elsewhere."""
    for part in path.resolve().parts:
        for mark, service in SYNCED.items():
            if part.casefold().startswith(mark):
                return (
                    f"{path} lies in a folder that {service} copies to its servers. Bids hold personal data, and a "
                    "copy made half-way can damage the store. Use a folder that is not synced, and keep backups."
                )
    return None


def _lay_out(folder: Path, *, demonstration: bool) -> None:
    source, received = presets(), Path("submissions") / DEMONSTRATION / "received"
    for part in ("templates", "assessments", *((received,) if demonstration else ())):
        unwanted = shutil.ignore_patterns(".*", "~$*", "__pycache__")
        # plain copies: a file read-only in an installation must not be so in a workspace
        shutil.copytree(source / part, folder / part, ignore=unwanted, copy_function=shutil.copyfile)
    (folder / "submissions").mkdir(exist_ok=True)
    (folder / ".gitignore").write_text(GITIGNORE, encoding="utf-8")
