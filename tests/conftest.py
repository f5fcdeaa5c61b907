"""What every test runs under."""

from __future__ import annotations

from hypothesis import settings

pytest_plugins = ("golden_outlines", "no_skips")

# No time limit for one example: a busy machine is not a fault. The same examples each time: a failure can be repeated.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")
