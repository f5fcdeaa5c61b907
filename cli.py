"""The door of a checkout: `python cli.py …` is the same as the `commissioning` command."""

from __future__ import annotations

import sys
from pathlib import Path

MISSING = (
    "This Python has no {name}, which commissioning needs. Make the virtual environment first "
    "(`make demo` does, or see README.md), then run `.venv/bin/python cli.py` "
    "(on Windows `.venv\\Scripts\\python cli.py`)."
)


def start() -> None:
    """Run the command line of this checkout, or say in a sentence what is missing to do so."""
    sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))
    try:
        from commissioning.cli import main  # noqa: PLC0415 - only after the checkout's own source is on the path
    except ModuleNotFoundError as missing:
        name = (missing.name or "").partition(".")[0]
        if name in {"", "commissioning"}:
            raise
        sys.exit(MISSING.format(name=name))
    main()


if __name__ == "__main__":
    start()
