"""What is asked of another's server, and how its refusals read."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from pactgraph.errors import EndpointError
from pactgraph.storing import Credentials, Remote, target
from pactgraph.storing.remote import bare, check

ROWS = "application/sparql-results+json"
ONE_ROW = b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "1"}}]}}'
SECRET = "top-secret"
Reply = tuple[int, Mapping[str, str], bytes]


@contextmanager
def server(reply: Callable[[BaseHTTPRequestHandler], Reply]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, headers, body = reply(self)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET = answer  # noqa: N815

        def log_message(self, *arguments: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as found:
        thread = Thread(target=found.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{found.server_port}/sparql"
        finally:
            found.shutdown()
            thread.join()


def fixed(status: int, headers: Mapping[str, str], body: bytes = b"") -> Callable[[BaseHTTPRequestHandler], Reply]:
    return lambda _: (status, headers, body)


def asked(url: str, credentials: Credentials | None = None, seconds: float = 20) -> list[str]:
    rows = Remote(credentials or Credentials(), seconds=seconds).select(url, "SELECT ?x {}")
    return [row["x"].value for row in rows]


def test_rows_are_read() -> None:
    with server(fixed(200, {"Content-Type": ROWS}, ONE_ROW)) as url:
        assert asked(url) == ["1"]


@pytest.mark.parametrize(
    ("status", "headers", "body", "told"),
    [
        (401, {}, b"", "asks for credentials (401); set PACTGRAPH_ENDPOINT_USER"),
        (403, {"Content-Type": "text/plain"}, b"not\x1b[2J you", "does not allow this (403)"),
        (404, {"Content-Type": "text/html"}, b"<html>", "there is nothing (404)"),
        (405, {}, b"", "does not take this kind of request (405)"),
        (500, {"Content-Type": "text/plain"}, b"out of\nmemory", r"refuses (500). It says: out of memory"),
        (302, {"Location": "http://elsewhere.example/?token=1"}, b"", "sends on to http://elsewhere.example/;"),
        (200, {"Content-Type": "text/html"}, b"<html>", "answers with text/html, not with SPARQL results"),
        (200, {"Content-Type": ROWS}, ONE_ROW[:-9], "cut short"),
        (200, {"Content-Type": ROWS}, b'{"head": {}, "boolean": true}', "answers a SELECT query with no rows"),
        (200, {"Content-Type": ROWS, "X-SPARQL-MaxRows": "1"}, ONE_ROW, "gives 1 rows at most"),
    ],
)
def test_what_is_no_answer_is_told_in_one_line(status: int, headers: dict[str, str], body: bytes, told: str) -> None:
    with server(fixed(status, headers, body)) as url, pytest.raises(EndpointError, match=re.escape(told)) as caught:
        asked(url)
    assert str(caught.value).startswith(url)
    assert str(caught.value).isprintable()


def test_a_closed_port_a_silent_server_and_a_broken_connection_are_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"
        with pytest.raises(EndpointError, match=r"no answer within 0\.2 s"):
            asked(url, seconds=0.2)
    with pytest.raises(EndpointError, match="cannot be reached: Connection refused"):
        asked(url)

    def broken(handler: BaseHTTPRequestHandler) -> Reply:
        handler.connection.shutdown(socket.SHUT_RDWR)
        return 200, {}, b""

    with server(broken) as url, pytest.raises(EndpointError, match="the connection broke"):
        asked(url)


def basic(handler: BaseHTTPRequestHandler) -> Reply:
    expected = base64.b64encode(f"ada:{SECRET}".encode()).decode()
    if handler.headers.get("Authorization") == f"Basic {expected}":
        return 200, {"Content-Type": ROWS}, ONE_ROW
    return 401, {"WWW-Authenticate": 'Basic realm="there"'}, b""


def digest(handler: BaseHTTPRequestHandler) -> Reply:
    given = dict(re.findall(r'(\w+)="?([^",]+)"?', handler.headers.get("Authorization", "")))

    def md5(text: str) -> str:
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

    if given.get("nonce") == "n1":
        secret, what = md5(f"ada:there:{SECRET}"), md5(f"{handler.command}:{handler.path}")
        if given["response"] == md5(f"{secret}:n1:{given['nc']}:{given['cnonce']}:auth:{what}"):
            return 200, {"Content-Type": ROWS}, ONE_ROW
    return 401, {"WWW-Authenticate": 'Digest realm="there", nonce="n1", qop="auth", algorithm=MD5'}, b""


def bearer(handler: BaseHTTPRequestHandler) -> Reply:
    if handler.headers.get("Authorization") == f"Bearer {SECRET}":
        return 200, {"Content-Type": ROWS}, ONE_ROW
    return 401, {"WWW-Authenticate": "Bearer"}, b""


@pytest.mark.parametrize("way", [basic, digest, bearer])
def test_credentials_are_shown_as_the_server_wants_them(way: Callable[[BaseHTTPRequestHandler], Reply]) -> None:
    right = Credentials(token=SECRET) if way is bearer else Credentials("ada", SECRET)
    wrong = Credentials(token="guess") if way is bearer else Credentials("ada", "guess")
    with server(way) as url:
        remote = Remote(right)
        assert [len(list(remote.select(url, "SELECT ?x {}"))) for _ in range(3)] == [1, 1, 1]
        with pytest.raises(EndpointError, match="does not take the credentials of the environment") as caught:
            asked(url, wrong)
    assert "guess" not in str(caught.value)
    assert SECRET not in repr(right) + repr(remote)


def test_credentials_never_go_where_a_server_sends_one() -> None:
    heard: list[str | None] = []

    def listen(handler: BaseHTTPRequestHandler) -> Reply:
        heard.append(handler.headers.get("Authorization"))
        return 200, {"Content-Type": ROWS}, ONE_ROW

    with (
        server(listen) as elsewhere,
        server(fixed(307, {"Location": elsewhere})) as url,
        pytest.raises(EndpointError, match="sends on to"),
    ):
        asked(url, Credentials(token=SECRET))
    assert heard == []


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("nonsense", "no address"),
        ("ftp://store.example/", "no address"),
        ("http://", "no address"),
        ("https://store.example:port/", "no address"),
        ("https://store.example/a b", "no address"),
        (f"https://ada:{SECRET}@store.example/", "holds credentials"),
        ("http://store.example/", "use https"),
        ("http://10.0.0.1/", "use https"),
    ],
)
def test_addresses_that_are_wrong_or_unsafe_are_refused(url: str, told: str) -> None:
    with pytest.raises(EndpointError, match=told) as caught:
        check(url)
    assert SECRET not in str(caught.value)


def test_https_loopback_and_what_is_called_insecure_pass() -> None:
    for url in ("https://store.example/", "http://localhost:1/", "http://127.0.0.1/", "http://[::1]:7/"):
        check(url)
    check("http://store.example/", insecure=True)
    assert bare(f"https://ada:{SECRET}@store.example?key=1") == "https://store.example"


def test_each_make_has_its_own_addresses_and_what_is_given_goes_before_them() -> None:
    virtuoso = target("https://store.example/", "virtuoso")
    assert virtuoso.store == "https://store.example/sparql-graph-crud-auth"
    assert (virtuoso.parameter, virtuoso.chunk) == ("graph-uri", 500)
    plain = target("https://store.example/sparql")
    assert (plain.query, plain.update, plain.store) == ("https://store.example/sparql",) * 2 + ("",)
    other = target("https://store.example/q", update="https://store.example/u", store="https://store.example/g")
    assert (other.query, other.update, other.store) == tuple(f"https://store.example/{name}" for name in "qug")
    assert target("https://store.example", "oxigraph", by_updates=True).store == ""
    with pytest.raises(EndpointError, match="Did you mean 'virtuoso'"):
        target("https://store.example", "virtuso")
    with pytest.raises(EndpointError, match="use https"):
        target("https://store.example", store="http://store.example/g")
