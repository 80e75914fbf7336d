"""Who may ask: names of hosts, tokens, other web pages, other machines."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pactgraph.errors import ServingError
from pactgraph.serving import Settings

if TYPE_CHECKING:
    from tests.serving.conftest import Running, Server

PATH = "/sparql?query=ASK%20%7B%7D"


def test_a_request_to_another_name_is_refused(server: Server) -> None:
    assert server.request("GET", PATH, headers={"Host": "stranger.example"}).status == 421
    assert server.request("GET", PATH, headers={"Host": "127.0.0.1.stranger.example:80"}).status == 421
    assert server.request("GET", PATH, headers={"Host": "192.0.2.7"}).status == 421
    for odd in ("127.0.0.1:x", "local host", "[::1", "localhost:1:2"):
        assert server.request("GET", PATH, headers={"Host": odd}).status == 400
    assert server.request("GET", PATH, headers={"Host": "localhost"}).status == 200


def test_no_other_page_may_read_an_answer_unless_told_so(server: Server) -> None:
    got = server.request("GET", PATH, headers={"Origin": "https://page.example"})
    assert got.status == 200
    assert "access-control-allow-origin" not in got.headers
    asked = {"Origin": "https://page.example", "Access-Control-Request-Method": "GET"}
    assert "access-control-allow-methods" not in server.request("OPTIONS", "/sparql", headers=asked).headers


def test_a_page_that_was_named_may_read_answers_and_refusals(built: Path, running: Running) -> None:
    with running(built, "--cors", "https://page.example", "--allow-host", "terms.example") as server:
        ours, other = {"Origin": "https://page.example"}, {"Origin": "https://other.example"}
        assert server.request("GET", PATH, headers=ours).headers["access-control-allow-origin"] == ours["Origin"]
        assert "access-control-allow-origin" not in server.request("GET", PATH, headers=other).headers
        assert "Origin" in server.request("GET", PATH, headers=other).headers["vary"]
        assert "access-control-allow-origin" in server.request("GET", "/sparql?query=x", headers=ours).headers
        assert "POST" in server.request("OPTIONS", "/sparql", headers=ours).headers["access-control-allow-methods"]
        assert server.request("GET", PATH, headers={"Host": "terms.example"}).status == 200


def test_a_token_is_asked_for_and_stays_secret(built: Path, running: Running) -> None:
    with running(built, token="sesame-17") as server:
        got = server.request("GET", PATH)
        assert (got.status, got.headers["www-authenticate"]) == (401, "Bearer")
        for wrong in ("Bearer sesame", "Bearer sesame-177", "sesame-17", "Basic sesame-17"):
            assert server.request("GET", PATH, headers={"Authorization": wrong}).status == 401
        assert server.request("GET", PATH, headers={"Authorization": "Bearer sesame-17"}).status == 200
        assert server.request("GET", "/").status == 200
        for process in server.descendants():
            assert b"sesame" not in Path(f"/proc/{process}/environ").read_bytes()


def test_nothing_listens_beyond_this_machine_without_a_token(built: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pactgraph.cli",
        "serve",
        "--graph",
        str(built),
        "--host",
        "0.0.0.0",
        "--port",
        "0",
    ]
    environment = {name: value for name, value in os.environ.items() if name != "PACTGRAPH_TOKEN"}
    got = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=60)
    assert got.returncode == 2
    assert "PACTGRAPH_TOKEN" in got.stderr
    assert "--insecure" in got.stderr
    assert Settings(built, host="0.0.0.0", token="t").host == "0.0.0.0"
    assert Settings(built, host="0.0.0.0", insecure=True).admits("192.0.2.7:8377")


def test_a_token_that_no_header_carries_is_refused() -> None:
    with pytest.raises(ServingError, match="printable ASCII"):
        Settings(Path("graph"), token="two words")


def test_a_port_that_is_taken_is_told(server: Server, built: Path) -> None:
    port = server.url.rpartition(":")[2]
    command = [sys.executable, "-m", "pactgraph.cli", "serve", "--graph", str(built), "--port", port]
    got = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert got.returncode == 2
    assert f"port {port}: cannot listen there" in got.stderr
