"""What the workers' tests ask of a child process; importable, as spawned processes need."""

import ctypes
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable

from commissioning.errors import DocumentError

_SERVED: list[str] = []


def do(deed: str) -> str:
    """Do what the test names: behave well, or in one of the ways strangers' files make readers behave."""
    _SERVED.append(deed)
    return _DEEDS[deed]()


def _echo() -> str:
    return json.dumps({"served": len(_SERVED), "surrogate": "\ud800"}, ensure_ascii=False)


def _sleep() -> str:
    time.sleep(60)
    return ""


def _grow() -> str:
    kept = []
    for _ in range(200):
        kept.append(b"x" * (16 << 20))
        time.sleep(0.01)
    return str(len(kept))


def _ask_for_too_much() -> str:
    return str(len(bytearray(1 << 44)))


def _refuse() -> str:
    raise DocumentError("bid.docx", "it is damaged.", "Ask for another copy.")


def _segfault() -> str:
    return str(ctypes.string_at(0))


def _exit() -> str:
    os._exit(3)


def _terminate() -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)
    return ""


def _burn() -> str:
    import resource  # noqa: PLC0415 - there is none on Windows

    resource.setrlimit(resource.RLIMIT_CPU, (1, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    while True:
        pass


def _chatter() -> str:
    sys.stdout.write("a library talks")
    sys.stderr.write("and complains")
    os.write(1, b"in C as well\n")
    return "quiet"


def _write_a_file() -> str:
    with tempfile.TemporaryFile() as file:
        file.write(b"x")
    return "written"


_DEEDS: dict[str, Callable[[], str]] = {
    "echo": _echo,
    "sleep": _sleep,
    "grow": _grow,
    "ask for too much": _ask_for_too_much,
    "long": lambda: "x" * (2 << 20),
    "refuse": _refuse,
    "fault": lambda: str(1 // 0),
    "segfault": _segfault,
    "exit": _exit,
    "killed": _terminate,
    "burn": _burn,
    "chatter": _chatter,
    "write": _write_a_file,
    "number": lambda: 7,  # type: ignore[dict-item, return-value]  # not text: our own mistake
}
