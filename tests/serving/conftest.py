"""A graph of the examples, and servers of it, on loopback."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest

PATIENCE = 60.0


@dataclass(frozen=True)
class Got:
    """What a server answered; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def media(self) -> str:
        return self.headers["content-type"].partition(";")[0]


@dataclass
class Server:
    """A running server."""

    process: subprocess.Popen[str]
    url: str
    token: str = field(default="", repr=False)

    def request(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Got:
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port or 80, timeout=PATIENCE)
        try:
            connection.request(method, path, body.encode() if isinstance(body, str) else body, dict(headers or {}))
            answer = connection.getresponse()
            return Got(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def query(self, text: str, accept: str = "", **more: str) -> Got:
        path = f"/sparql?query={quote(text)}" + (f"&{urlencode(more)}" if more else "")
        return self.request("GET", path, headers={"Accept": accept} if accept else {})

    def descendants(self) -> list[int]:
        """The process ids of the nursery and of the workers, in that order."""
        found = _children(self.process.pid)
        return found + [grandchild for child in found for grandchild in _children(child)]

    def workers(self) -> list[int]:
        return [grandchild for child in _children(self.process.pid) for grandchild in _children(child)]


def _children(process: int) -> list[int]:
    try:
        return [int(name) for name in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


@contextmanager
def start(folder: Path, *options: str, token: str = "") -> Iterator[Server]:
    command = [sys.executable, "-m", "pactgraph.cli", "serve", "--graph", str(folder), "--port", "0", *options]
    environment = {**os.environ, "PACTGRAPH_TOKEN": token}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert line.startswith("Serving "), line + process.stderr.read()
        try:
            yield Server(process, line.split(" at ")[1].split("/sparql")[0], token)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()


Running = Callable[..., AbstractContextManager[Server]]


@pytest.fixture(scope="session")
def running() -> Running:
    """Return what runs a server of a graph, with options of the command line, while a `with` block lasts."""
    return start


@pytest.fixture(scope="session")
def eventually() -> Callable[[Callable[[], bool]], None]:
    """Return what waits until something holds."""
    return wait


def wait(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never held"
        time.sleep(0.05)


@pytest.fixture(scope="session")
def server(built: Path) -> Iterator[Server]:
    with start(built) as found:
        yield found
