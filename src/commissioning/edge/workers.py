"""Supervised processes: strangers' files are read where nothing they do reaches further than their own task.

Each child works under limits of time, memory and output, and can only send text back. One that dies, hangs or grows
fails the task it was at, and nothing else; what an earlier task may have left behind is ruled out by a second try.
"""

from __future__ import annotations

import json
import math
import os
import signal
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

import psutil

from commissioning.errors import CommissioningError

if sys.platform != "win32":
    import resource

    # ended by the system, not by us: out of processor time, or picked by Linux when memory ran out
    _ENDED = {-signal.SIGXCPU: "timeout", -signal.SIGKILL: "memory"}
else:
    _ENDED = {}

T = TypeVar("T")

TASKS_PER_CHILD = 50
"""A child is replaced after so many tasks, so that what a library leaks does not add up."""

START_SECONDS = 120
"""How long a child may take to start and to import what it needs."""

_POLL_SECONDS = 0.05
_ADDRESS_SLACK = 1 << 30  # address space that threads and libraries reserve and never use
_TRACE_BYTES = 1 << 20
_READY, _VALUE, _FAILURE = b"R", b"V", b"F"
_REMEDY = "Open the file yourself; if it looks right, save it under a new name and receive that."


class Failure(StrEnum):
    """Why a task has no value: over a limit, a dead child, or a reader that refused in its own words."""

    TIMEOUT = "timeout"
    MEMORY = "memory"
    OUTPUT = "output"
    CRASH = "crash"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may use: wall-clock seconds, resident memory of its process, length of its text in UTF-8."""

    seconds: float = 60
    memory_bytes: int = 1 << 30
    output_bytes: int = 64 << 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the task `key`: its value, or why it has none: a sentence for people, a trace for the log."""

    key: str
    value: str | None = None
    failure: Failure | None = None
    sentence: str = ""
    trace: str = ""


DEFAULT_LIMITS = Limits()


def run_supervised(
    function: Callable[[T], str],
    tasks: Sequence[tuple[str, T]],
    *,
    limits: Limits = DEFAULT_LIMITS,
    workers: int = 2,
) -> Generator[Outcome, None, None]:
    """Run `function` on every (key, argument) and yield outcomes as they come, one for each task.

    `function` is importable by name and returns text. Keys name the task to people: a file's path. Closing the
    iterator, or an interrupt, ends every child. A script that calls this needs a main guard (processes are spawned).
    """
    waiting = deque(tasks)
    children: list[_Child[T]] = []
    try:
        while waiting or any(child.task for child in children):
            children = [child for child in children if not child.stopped]
            while len(children) < max(workers, 1) and len(waiting) > sum(child.task is None for child in children):
                children.append(_Child(function, limits))
            for child in children:
                if waiting and child.task is None:
                    child.begin(waiting.popleft())
            wait([child.pipe for child in children if child.task], _POLL_SECONDS)
            for child in children:
                outcome = child.look()
                if outcome and child.task and child.may_be_tainted(outcome):
                    waiting.appendleft(child.task)
                    child.finish(outcome)
                elif outcome:
                    child.finish(outcome)
                    yield outcome
    finally:
        for child in children:
            child.stop()


class _Child(Generic[T]):
    """A process and the pipe to it. A class because it has a life: starting, idle, at a task, stopped."""

    def __init__(self, function: Callable[[T], str], limits: Limits) -> None:
        context = get_context("spawn")
        self.limits = limits
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, function, limits), daemon=True)
        self.process.start()
        theirs.close()
        self.task: tuple[str, T] | None = None
        self.served = 0
        self.ready = self.stopped = False
        self.deadline = time.monotonic() + START_SECONDS

    def begin(self, task: tuple[str, T]) -> None:
        """Take on a task. It is sent once the child listens: one that never does cannot block the parent."""
        self.task = task
        if self.ready:
            self._send(task)

    def look(self) -> Outcome | None:
        """Return the outcome of the task, if there is one by now."""
        if self.task is None:
            return None
        if self.pipe.poll():
            return self._hear(self.task)
        if time.monotonic() > self.deadline:
            return self._failed(Failure.TIMEOUT)
        if self.ready and self._memory() > self.limits.memory_bytes:
            return self._failed(Failure.MEMORY)
        return None

    def may_be_tainted(self, outcome: Outcome) -> bool:
        """Whether an earlier task of this child may have brought the failure about."""
        return self.served > 0 and outcome.failure in {Failure.CRASH, Failure.MEMORY}

    def finish(self, outcome: Outcome) -> None:
        """Be free for the next task, or stop: after a failure that was not the reader's own word, or in old age."""
        self.task = None
        self.served += 1
        if outcome.failure not in {None, Failure.REFUSED} or self.served >= TASKS_PER_CHILD:
            self.stop()

    def stop(self) -> None:
        """End the process, whatever it is at, and leave nothing of it behind."""
        if not self.stopped:
            self.stopped = True
            self.process.kill()
            self.process.join()
            self.process.close()
            self.pipe.close()

    def _send(self, task: tuple[str, T]) -> None:
        self.deadline = time.monotonic() + self.limits.seconds
        with suppress(BrokenPipeError, ConnectionResetError):  # it died just now: the next look hears of it
            self.pipe.send(task[1])

    def _hear(self, task: tuple[str, T]) -> Outcome | None:
        try:
            message = self.pipe.recv_bytes(self.limits.output_bytes + _TRACE_BYTES)
        except (EOFError, OSError):
            return self._died()
        kind, text = message[:1], message[1:].decode("utf-8", "surrogatepass")
        if kind == _VALUE:
            return Outcome(task[0], value=text)
        if kind == _FAILURE:
            failure, sentence, trace = json.loads(text)
            return self._failed(Failure(failure), sentence, trace)
        self.ready = True
        self._send(task)
        return None

    def _died(self) -> Outcome:
        """Say what a closed pipe means: the process died by itself, or the system ended it."""
        self.process.join(timeout=1)
        code = self.process.exitcode or 0
        failure = Failure(_ENDED.get(code, "crash"))
        return self._failed(failure, trace=f"the process ended with exit code {code}")

    def _failed(self, failure: Failure, sentence: str = "", trace: str = "") -> Outcome:
        assert self.task
        key = self.task[0]
        return Outcome(key, None, failure, sentence or f"{key}: {self._why(failure)} {_REMEDY}", trace)

    def _why(self, failure: Failure) -> str:
        limits = self.limits
        return {
            Failure.TIMEOUT: f"reading it took longer than {limits.seconds:g} seconds and was stopped.",
            Failure.MEMORY: f"reading it needed more than {_megabytes(limits.memory_bytes)} of memory and was stopped.",
            Failure.OUTPUT: f"it holds more than {_megabytes(limits.output_bytes)} of text, so it was not read.",
        }.get(failure, "the reader stopped unexpectedly.")

    def _memory(self) -> int:
        try:
            return int(psutil.Process(self.process.pid).memory_info().rss)
        except psutil.Error:
            return 0  # it died just now: the next look hears of it


def _megabytes(count: int) -> str:
    return f"{count / (1 << 20):,.0f} MB"


def _serve(pipe: Connection, function: Callable[[Any], str], limits: Limits) -> None:
    """Live as a child: answer one task after another until the parent is gone."""
    _confine(limits)
    pipe.send_bytes(_READY)
    while True:
        try:
            argument = pipe.recv()
        except EOFError:
            return
        _allow_processor_time(limits)
        pipe.send_bytes(_answer(function, argument, limits))


def _answer(function: Callable[[T], str], argument: T, limits: Limits) -> bytes:
    try:
        text = function(argument).encode("utf-8", "surrogatepass")
    except CommissioningError as error:
        return _failure(Failure.REFUSED, str(error))
    except MemoryError:
        return _failure(Failure.MEMORY)
    except Exception:  # noqa: BLE001 - the boundary of one file; the trace goes to the log
        return _failure(Failure.CRASH)
    return _VALUE + text if len(text) <= limits.output_bytes else _failure(Failure.OUTPUT)


def _failure(failure: Failure, sentence: str = "") -> bytes:
    trace = "" if failure is Failure.OUTPUT else traceback.format_exc()[-_TRACE_BYTES // 8 :]
    return _FAILURE + json.dumps([failure, sentence, trace]).encode()


def _confine(limits: Limits) -> None:
    """Give up what a reader does not need: the terminal, writing files, many open files, endless memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when an interrupt ends its children
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    sys.dont_write_bytecode = True
    if sys.platform != "win32":
        space = psutil.Process().memory_info().vms + limits.memory_bytes + _ADDRESS_SLACK
        _lower(resource.RLIMIT_AS, space)
        _lower(resource.RLIMIT_FSIZE, 0)
        _lower(resource.RLIMIT_NOFILE, 256)
        _lower(resource.RLIMIT_CORE, 0)


def _allow_processor_time(limits: Limits) -> None:
    """Bound a child whose parent died at its task: the wall clock is the parent's to watch."""
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        spare = limits.seconds * (os.cpu_count() or 1) + 1
        _lower(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + spare))


def _lower(limit: int, value: int) -> None:
    """Set the soft limit, within what the system allows at all."""
    hard = resource.getrlimit(limit)[1]
    with suppress(ValueError, OSError):  # macOS knows the names of limits it does not keep
        resource.setrlimit(limit, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
