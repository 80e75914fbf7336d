"""The server's side of one worker, and of the nursery that bears them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

from pactgraph.serving import frames
from pactgraph.serving.answering import Reply
from pactgraph.serving.refusing import RefusalError
from pactgraph.serving.settings import Limits

# The letters of nursery.py, which loads the whole façade and is only imported by its own process.
_FORK, _KILL, _NICE = b"F", b"K", b"N"
_BOOT = "import sys; from pactgraph.serving.nursery import main; main(int(sys.argv[1]))"


class Nursery:
    """The process that bears workers, started when it is first needed and again when it is gone."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def bear(self) -> socket.socket:
        """Have a worker born, and return the line to it."""
        ours, its = socket.socketpair()
        with its:
            try:
                socket.send_fds(self._line(), [_FORK + bytes(4)], [its.fileno()])
            except OSError:
                self.close()
                socket.send_fds(self._line(), [_FORK + bytes(4)], [its.fileno()])
        ours.setblocking(False)
        return ours

    def kill(self, process: int) -> None:
        """Kill the worker with this process id, where it still lives."""
        self._tell(_KILL, process)

    def nice(self, process: int) -> None:
        """Give the worker with this process id the lowest priority."""
        self._tell(_NICE, process)

    def close(self) -> None:
        """End the nursery and with it all workers."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _tell(self, letter: bytes, process: int) -> None:
        with contextlib.suppress(OSError):  # a nursery that is gone took its workers along
            if self._control is not None:
                self._control.sendall(letter + process.to_bytes(4, "big"))

    def _line(self) -> socket.socket:
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._control is None:
            ours, its = socket.socketpair()
            with its:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-c", _BOOT, str(its.fileno())],
                    pass_fds=[its.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    env={**os.environ, "PACTGRAPH_TOKEN": ""},
                )
            self._control = ours
        return self._control


class Worker(asyncio.Protocol):
    """The line to one worker, which answers one request at a time."""

    def __init__(self, folder: Path, ended: Callable[[Worker], None]) -> None:
        self.folder = folder
        self.process = 0
        self.since = 0.0
        self.slow = False
        self.gone = False
        self._ended = ended
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._waiting: asyncio.Future[Reply] | None = None

    async def open(self, message: bytes, line: socket.socket) -> None:
        """Connect and have the worker open its folder. Raises RefusalError where it cannot."""
        loop = asyncio.get_running_loop()
        await loop.create_connection(lambda: self, sock=line)
        await self.ask(message)

    def ask(self, message: bytes) -> asyncio.Future[Reply]:
        """Send a request; its answer comes later, or RefusalError where there is none."""
        self._waiting = asyncio.get_running_loop().create_future()
        self.since = time.monotonic()
        if self._transport is None or self.gone:
            self.fail(WorkerDiedError())
        else:
            self._transport.write(message)
        return self._waiting

    def fail(self, error: Exception) -> None:
        """Let the request under way fail."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(error)

    def close(self) -> None:
        """Hang up, upon which an idle worker ends."""
        self.gone = True
        if self._transport is not None:
            self._transport.close()

    # --- what the event loop calls -----------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the line."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's are no instances of it

    def data_received(self, data: bytes) -> None:
        """Take a part of an answer, and give it on when it is whole."""
        self._buffer += data
        if not 0 < frames.length(self._buffer) <= len(self._buffer):
            return
        told, body = frames.unpacked(self._buffer)
        self._buffer = bytearray()
        self.process = told.get("process", self.process)
        if told["status"] != 200:
            self.fail(RefusalError(told["status"], told["reason"]))
        elif self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(Reply(200, told.get("media", ""), body))

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """Let the request under way fail: a part of an answer is none."""
        self.gone = True
        self.fail(WorkerDiedError())
        self._ended(self)


class WorkerDiedError(RefusalError):
    """The worker ended before its answer was whole."""

    def __init__(self) -> None:
        super().__init__(503, "the process that answered was ended before it was done.")


def died(limits: Limits) -> RefusalError:
    """Return what the caller is told when the worker ended in the middle of a query."""
    return RefusalError(
        503,
        "the process that answered was ended before it was done; "
        f"perhaps the query needs more than {limits.megabytes} MB of memory.",
    )
