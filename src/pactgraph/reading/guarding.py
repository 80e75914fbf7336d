"""Run a reader in a child process with limits, so that a hostile file costs no more than these.

    guarded(read_pdf, (data, slug, name, media_type), Limits(seconds=20), name)

A worker process is started once and kept; it forks a child for each document, where the system can
fork, so that every document gets a fresh process for about two milliseconds. Where it cannot
(Windows), the worker itself reads, and is replaced when it dies. What a system cannot limit stays
unlimited: there is no memory limit on Windows, and none on a macOS that refuses one; the limits of
time and pages hold everywhere.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import IO, TypeVar, cast

from pactgraph import errors
from pactgraph.errors import PactgraphError, SourceError

_Result = TypeVar("_Result")

# The package's own __init__ loads the whole façade, which takes half a second and which no reader
# needs; an empty module in its place lets the worker import readers only.
_BOOT = (
    "import sys, types; package = types.ModuleType('pactgraph'); package.__path__ = [sys.argv[1]]; "
    "sys.modules['pactgraph'] = package; from pactgraph.reading.child import serve; serve()"
)
_PACKAGE = Path(__file__).resolve().parents[1]
_SIZE = 8
_GRACE = 5.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one document may cost: wall time, memory of the child process, pages, characters.

    No more of a file than the memory limit is read, and of plain text no more than `characters` take:
    what comes after reading takes time in proportion to these. Raises ValueError where one is not positive.
    """

    seconds: float = 60.0
    megabytes: int = 1024
    pages: int = 5000
    characters: int = 10_000_000

    def __post_init__(self) -> None:
        for each in fields(self):
            if getattr(self, each.name) <= 0:
                raise ValueError(f"the limit of {each.name} must be positive, not {getattr(self, each.name)}")


LIMITS = Limits()
"""The limits that hold where none are given."""


def guarded(
    function: Callable[..., _Result],
    arguments: tuple[object, ...],
    limits: Limits,
    name: str,
    preload: tuple[str, ...] = (),
) -> _Result:
    """Return `function(*arguments)`, called in a child process within `limits`.

    `function` must be found by its module and name, `arguments` be picklable; the result may hold
    plain values and the types of `model`, nothing else, because a child that a hostile file has taken
    over may send anything. `name` heads the messages. `preload` names modules that the worker loads
    once for all its documents. At the end of the time the child and all that it started are killed.

    Raises SourceError, in one line, where a limit is reached or the child dies; errors of pactgraph
    that `function` raises pass through as they are, all others as SourceError.
    """
    request = pickle.dumps((preload, pickle.dumps((function, arguments, limits))), pickle.HIGHEST_PROTOCOL)
    state, value = _answered(request, limits, name)
    if state == "result":
        return cast(_Result, value)
    kind, message = cast("tuple[str, str]", value)
    if kind == "MemoryError":
        raise SourceError(_too_big(name, limits))
    raised = getattr(errors, kind, None)
    if isinstance(raised, type) and issubclass(raised, PactgraphError):
        raise raised(message)
    raise SourceError(f"{name}: cannot be read ({kind}: {message}); check the file.")


def _too_big(name: str, limits: Limits) -> str:
    return (
        f"{name}: takes more than the {limits.megabytes} MB of memory that reading may use; "
        "raise the limit or split the file."
    )


def _late(name: str, limits: Limits) -> str:
    return f"{name}: takes more than the {limits.seconds:g} s that reading may last; check the file or raise the limit."


def _died(name: str, limits: Limits) -> str:
    return f"{name}: the reader died of it; the file is damaged, or needs more than {limits.megabytes} MB of memory."


def _answered(request: bytes, limits: Limits, name: str) -> tuple[str, object]:
    worker = _taken()
    try:
        answer = worker.ask(request, limits)
    except BaseException:
        worker.kill()
        raise
    loaded = _loaded(answer) if answer is not None else None
    if loaded is None:
        worker.kill()
        raise SourceError(_late(name, limits) if worker.late else _died(name, limits))
    _IDLE.put(worker)
    return loaded


class _Worker:
    """A worker process and the pipes to it; `late` once it was killed at the end of the time."""

    def __init__(self) -> None:
        self.late = False
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", _BOOT, str(_PACKAGE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._lock = threading.Lock()
        self._answered = False

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def ask(self, request: bytes, limits: Limits) -> bytes | None:
        """Return the answer to `request`, or None where the worker died of it or was too late."""
        self._answered = False
        # A timer that kills ends a blocked read or write on every system, unlike select on a pipe.
        timer = threading.Timer(limits.seconds, self._expire)
        timer.daemon = True
        timer.start()
        try:
            send(cast("IO[bytes]", self.process.stdin), request)
            answer = receive(cast("IO[bytes]", self.process.stdout), limits.megabytes << 20)
        except OSError:
            answer = None
        finally:
            timer.cancel()
            with self._lock:
                self._answered = True
        return None if self.late else answer

    def _expire(self) -> None:
        with self._lock:
            if not self._answered:
                self.late = True
                self._end()  # the pipes stay open: the asker's thread reads from one

    def _end(self) -> None:
        if self.process.returncode is None:  # once waited for, its number may be another's
            if hasattr(os, "killpg"):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self.process.pid, signal.SIGKILL)
            self.process.kill()
            self.process.wait(_GRACE)

    def kill(self) -> None:
        """End the worker and all processes of its group, and close the pipes to it."""
        self._end()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                cast("IO[bytes]", pipe).close()


class _Idle:
    """The workers that wait for a document: each serves one thread of one process at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._workers: list[_Worker] = []
        self._owner = os.getpid()

    def take(self) -> _Worker | None:
        with self._lock:
            if self._owner != os.getpid():  # this process was forked: the workers are its parent's
                self._workers, self._owner = [], os.getpid()
            while self._workers:
                worker = self._workers.pop()
                if worker.alive:
                    return worker
                worker.kill()  # closes the pipes to it
        return None

    def put(self, worker: _Worker) -> None:
        with self._lock:
            self._workers.append(worker)

    def close(self) -> None:
        """End all waiting workers."""
        while worker := self.take():
            worker.kill()


_IDLE = _Idle()
atexit.register(_IDLE.close)


def _taken() -> _Worker:
    return _IDLE.take() or _Worker()


def send(stream: IO[bytes], message: bytes) -> None:
    """Write `message`, headed by its length."""
    stream.write(len(message).to_bytes(_SIZE, "big"))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes], longest: int | None = None) -> bytes | None:
    """Return the next message, or None where the stream ends first or a message is longer than `longest`."""
    head = stream.read(_SIZE)
    size = int.from_bytes(head, "big")
    if len(head) < _SIZE or (longest is not None and size > longest):
        return None
    message = stream.read(size)
    return message if len(message) == size else None


class _Plain(pickle.Unpickler):
    """Loads plain values and the frozen types of model, and no code at all."""

    def find_class(self, module_name: str, global_name: str) -> type:
        found: object = None
        if module_name == "pactgraph.model" and "." not in global_name:
            from pactgraph import model

            found = getattr(model, global_name, None)
        if isinstance(found, type) and is_dataclass(found) and found.__module__ == module_name:
            return found
        raise pickle.UnpicklingError(f"{module_name}.{global_name} may not come from a child process")


def _loaded(answer: bytes) -> tuple[str, object] | None:
    """Return the state and value that a child has sent, or None where it has sent something else."""
    try:
        state, value = _Plain(io.BytesIO(answer)).load()
    except Exception:  # whatever a damaged or hostile child sends: it counts as dead
        return None
    return (state, value) if state in ("result", "error") else None
