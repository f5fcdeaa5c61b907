"""`python -m commissioning` is the `commissioning` command."""

from __future__ import annotations

from commissioning.cli import main

if __name__ == "__main__":
    main()
