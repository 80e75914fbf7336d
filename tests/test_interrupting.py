"""A long query ends at once when it is interrupted, and at the end of its time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pactgraph.graph import Graph

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> list[str]:
    folder = tmp_path_factory.mktemp("interrupted") / "graph"
    with Graph.open(folder, writing=True) as graph:
        graph.build([examples / "quillmere.md"], validate=False)
    return [sys.executable, "-m", "pactgraph.cli", "query", "--graph", str(folder)]


def test_a_query_ends_at_the_end_of_its_time(command: list[str]) -> None:
    got = subprocess.run(
        [*command, "--timeout", "0.5", ENDLESS], capture_output=True, text=True, check=False, timeout=60
    )
    assert got.returncode == 2
    assert got.stderr.startswith("pactgraph: the query takes longer than 0.5 s")


def test_a_query_in_time_is_answered(command: list[str]) -> None:
    got = subprocess.run(
        [*command, "--timeout", "60", "ASK {}"], capture_output=True, text=True, check=False, timeout=60
    )
    assert (got.returncode, got.stdout) == (0, "true\n")


@pytest.mark.skipif(os.name == "nt", reason="no such signals on Windows")
def test_an_interrupted_query_ends_at_once(command: list[str]) -> None:
    process = subprocess.Popen([*command, ENDLESS], stderr=subprocess.PIPE, text=True, preexec_fn=_hear_interrupts)
    try:
        end = time.monotonic() + 60
        while _seconds_of_work(process.pid) < 3 and time.monotonic() < end:  # more than starting takes
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        errors = process.communicate(timeout=20)[1]
    finally:
        process.kill()
    assert (process.returncode, errors) == (130, "pactgraph: Interrupted.\n")


def _seconds_of_work(process: int) -> float:
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():  # no Linux: starting is over by then on all but a busy machine
        time.sleep(4)
        return 4
    return int(stat.read_text().rpartition(")")[2].split()[11]) / os.sysconf("SC_CLK_TCK")


def _hear_interrupts() -> None:
    # A job in the background of a script is born deaf to them, and so would be its children.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
