"""What one query may cost, and what is lost when a process is killed: nothing but the query itself."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest

from pactgraph.graph import Graph
from pactgraph.storing import snapshot

if TYPE_CHECKING:
    from tests.serving.conftest import Running, Server

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

Eventually = Callable[[Callable[[], bool]], None]
SMALL = "SELECT ?slug { ?a a pg:Agreement ; pg:slug ?slug } ORDER BY ?slug"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c"


def slugs(server: Server) -> list[str]:
    got = server.query(SMALL)
    assert got.status == 200, got.text
    return [row["slug"]["value"] for row in json.loads(got.text)["results"]["bindings"]]


def test_a_query_is_ended_at_its_deadline_and_the_others_go_on(built: Path, running: Running) -> None:
    with running(built, "--timeout", "1") as server:
        before = slugs(server)
        for _ in range(3):
            got = server.query(ENDLESS)
            assert got.status == 504
            assert "longer than 1 s" in got.text
            assert slugs(server) == before


def test_many_endless_queries_leave_room_for_small_ones(built: Path, running: Running) -> None:
    with running(built, "--timeout", "3") as server:
        statuses: list[int] = []
        threads = [threading.Thread(target=lambda: statuses.append(server.query(ENDLESS).status)) for _ in range(14)]
        for thread in threads:
            thread.start()
        for _ in range(40):
            assert len(slugs(server)) == 3
        for thread in threads:
            thread.join()
        assert len(statuses) == 14
        assert set(statuses) <= {503, 504}
        assert statuses.count(504) >= 8


def test_an_answer_with_more_rows_than_allowed_is_refused_in_every_format(built: Path, running: Running) -> None:
    with running(built, "--rows", "20") as server:
        for accept in ("application/json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"):
            for rows, status in ((20, 200), (21, 422)):
                got = server.query(f"SELECT ?s {{ ?s ?p ?o }} LIMIT {rows}", accept)
                assert got.status == status
        assert "more than 20 rows" in server.query("SELECT ?s { ?s ?p ?o } LIMIT 21").text
        assert server.query("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 20").status == 200
        assert server.query("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 21").status == 422
        assert server.request("GET", "/ask/definitions").status == 422


def test_a_query_that_takes_too_much_memory_is_ended_and_the_others_go_on(built: Path, running: Running) -> None:
    with running(built, "--memory", "600") as server:
        got = server.query(GREEDY)
        assert got.status == 503
        assert "more than 600 MB of memory" in got.text
        assert len(slugs(server)) == 3


def test_a_query_that_nobody_waits_for_is_ended(built: Path, running: Running, eventually: Eventually) -> None:
    with running(built, "--timeout", "60") as server:
        slugs(server)
        parts = urlsplit(server.url)
        with socket.create_connection((parts.hostname, parts.port)) as line:
            line.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            eventually(lambda: any(_is_nice(process) for process in server.workers()))
        eventually(lambda: not any(_is_nice(process) for process in server.workers()))


def _is_nice(process: int) -> bool:
    try:
        return os.getpriority(os.PRIO_PROCESS, process) > os.getpriority(os.PRIO_PROCESS, 0)
    except ProcessLookupError:
        return False


def test_no_request_fails_when_workers_are_killed(built: Path, running: Running, eventually: Eventually) -> None:
    with running(built) as server:
        for _ in range(3):
            eventually(lambda: len(server.workers()) >= 3)
            for process in server.workers():
                _kill(process)
            for _ in range(5):
                assert len(slugs(server)) == 3


def test_the_server_gets_another_nursery_when_it_is_killed(
    built: Path, running: Running, eventually: Eventually
) -> None:
    with running(built) as server:
        slugs(server)
        _kill(server.descendants()[0])
        eventually(lambda: server.query(SMALL).status == 200)
        assert len(slugs(server)) == 3


def test_a_killed_server_leaves_no_process_and_the_next_one_starts(
    built: Path, running: Running, eventually: Eventually
) -> None:
    with running(built) as server:
        eventually(lambda: len(server.workers()) >= 3)
        threading.Thread(target=_ask_in_vain, args=(server,)).start()
        processes = server.descendants()
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        eventually(lambda: not any(_lives(process) for process in processes))
    with running(built) as server:
        assert len(slugs(server)) == 3


def _ask_in_vain(server: Server) -> None:
    with pytest.raises(ConnectionError):
        server.query(ENDLESS)


def _kill(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_build_is_served_when_it_is_done_and_no_request_fails(
    tmp_path: Path, examples: Path, running: Running, eventually: Eventually
) -> None:
    folder = tmp_path / "graph"
    sources = sorted(path for path in examples.iterdir() if path.suffix in (".txt", ".md"))
    with Graph.open(folder, writing=True) as graph:
        graph.build(sources[:1], validate=False)
    with running(folder) as server:
        seen: list[int] = []
        done = threading.Event()

        def ask() -> None:
            while not done.is_set():
                seen.append(len(slugs(server)))

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        try:
            for number in (2, 3):
                with Graph.open(folder, writing=True) as graph:
                    graph.build(sources[:number], validate=False)
                eventually(lambda number=number: bool(seen) and seen[-1] == number)  # type: ignore[misc]
        finally:
            done.set()
            for thread in threads:
                thread.join()
        assert set(seen) == {1, 2, 3}
        assert len(server.request("GET", "/ask/exits").body) > 100


def test_a_build_that_is_killed_beside_the_server_changes_nothing_that_is_served(
    tmp_path: Path, examples: Path, running: Running
) -> None:
    folder = tmp_path / "graph"
    sources = sorted(path for path in examples.iterdir() if path.suffix in (".txt", ".md"))
    with Graph.open(folder, writing=True) as graph:
        graph.build(sources[:1], validate=False)
    published = snapshot(folder)
    code = (
        "import os, signal, sys; from pactgraph.graph import Graph; graph = Graph.open(sys.argv[1], writing=True); "
        "graph.build(sys.argv[2:], validate=False, progress=lambda *_: os.kill(os.getpid(), signal.SIGKILL))"
    )
    with running(folder) as server:
        died = subprocess.run([sys.executable, "-c", code, str(folder), *map(str, sources)], check=False)
        assert died.returncode == -signal.SIGKILL
        assert len(slugs(server)) == 1
        assert snapshot(folder) == published
    with running(folder) as server:
        assert len(slugs(server)) == 1
        with Graph.open(folder, writing=True) as graph:
            graph.build(sources, validate=False)
    with running(folder) as server:
        assert len(slugs(server)) == 3
