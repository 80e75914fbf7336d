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
        spent = Path(f"/proc/{process.pid}/stat")
        end = time.monotonic() + 4  # longer than starting takes, so that the engine is at work
        while spent.exists() and time.monotonic() < end:
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        errors = process.communicate(timeout=20)[1]
    finally:
        process.kill()
    assert (process.returncode, errors) == (130, "pactgraph: Interrupted.\n")


def _hear_interrupts() -> None:
    # A job in the background of a script is born deaf to them, and so would be its children.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
