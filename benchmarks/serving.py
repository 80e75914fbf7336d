"""How many requests a second the endpoint answers, and how long the slowest ones take.

    python benchmarks/serving.py         8 clients, 10 s each of small queries, and of small among runaway queries

Builds a graph of the examples, serves it, and asks over kept-alive connections from a process of its own, which
shares the machine's cores with the server. Prints a table for benchmarks/results.md. Times are those of the wall:
compare only what one run prints. The first row is the floor: requests that no worker sees.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.queues import Queue
from pathlib import Path
from socket import create_connection, socket
from urllib.parse import quote, urlsplit

from pactgraph.graph import Graph

ROOT = Path(__file__).resolve().parents[1]
SMALL = "SELECT ?law (COUNT(*) AS ?n) { ?t pg:law ?law } GROUP BY ?law"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
CLIENTS = 8
SECONDS = 10.0
SHARE = 0.1
HEAD = "| requests | /s | p50 ms | p99 ms | worst ms | failed | runaways ended |\n" + "|---" * 7 + "|"


@dataclass
class Seen:
    times: list[float] = field(default_factory=list)
    failed: int = 0
    ended: int = 0


def main(_: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "graph"
        with Graph.open(graph, writing=True) as building:
            building.build([ROOT / "examples" / "agreements"], validate=False)
        command = [sys.executable, "-m", "pactgraph.cli", "serve", "--graph", str(graph), "--port", "0"]
        with subprocess.Popen([*command, "--timeout", "2"], stderr=subprocess.PIPE, text=True) as server:
            assert server.stderr is not None
            url = server.stderr.readline().split(" at ")[1].split("/sparql")[0]
            try:
                print(HEAD)
                measure(url, "no query (GET /)", "/", 0)
                small = f"/sparql?query={quote(SMALL)}"
                measure(url, "small queries", small, 0)
                measure(url, "small queries, 10% runaways", small, SHARE)
            finally:
                server.terminate()


def measure(url: str, name: str, path: str, share: float) -> None:
    context = get_context("spawn")
    told: Queue[Seen] = context.Queue()
    client = context.Process(target=clients, args=(url, path, share, told))
    client.start()
    seen = told.get()
    client.join()
    times = sorted(seen.times)
    p50, p99 = (1000 * times[int(len(times) * part)] for part in (0.5, 0.99))
    rate = len(times) / SECONDS
    print(f"| {name} | {rate:.0f} | {p50:.1f} | {p99:.1f} | {1000 * times[-1]:.0f} | {seen.failed} | {seen.ended} |")


def clients(url: str, path: str, share: float, told: Queue[Seen]) -> None:
    """Ask from threads; one that is to run away asks on a line of its own, while its thread waits."""
    all_seen = [Seen() for _ in range(CLIENTS)]
    end = time.monotonic() + SECONDS
    threads = [
        threading.Thread(target=ask, args=(url, path, share, end, seen, random.Random(number)))
        for number, seen in enumerate(all_seen)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = Seen()
    for seen in all_seen:
        whole.times += seen.times
        whole.failed += seen.failed
        whole.ended += seen.ended
    told.put(whole)


def ask(url: str, path: str, share: float, end: float, seen: Seen, chance: random.Random) -> None:
    parts = urlsplit(url)
    runaway = f"/sparql?query={quote(RUNAWAY)}"
    with create_connection((parts.hostname, parts.port)) as line:
        while time.monotonic() < end:
            away = chance.random() < share
            wanted = runaway if away else path
            begun = time.perf_counter()
            line.sendall(f"GET {wanted} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            answer = whole(line)
            if away:
                seen.ended += answer[9:12] in (b"503", b"504")
                continue
            seen.times.append(time.perf_counter() - begun)
            seen.failed += answer[9:12] != b"200"


def whole(line: socket) -> bytes:
    """Return one answer, its body included."""
    answer = line.recv(65536)
    while b"\r\n\r\n" not in answer:
        answer += line.recv(65536)
    head, _, body = answer.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += line.recv(65536)
    return head


if __name__ == "__main__":
    main(sys.argv[1:])
