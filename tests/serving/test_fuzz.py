"""Requests that nobody should send: each is answered or refused with a reason, and none with a 500.

Queries, parameters, headers, bodies and bare lines are damaged at random, from a seed that the failure names. A few
seconds of them belong to the checks; PACTGRAPH_FUZZ_SECONDS=600 asks for ten minutes.
"""

from __future__ import annotations

import http.client
import os
import random
import socket
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_from_bytes, urlsplit

from pactgraph.querying import questions

if TYPE_CHECKING:
    from tests.serving.conftest import Got, Running, Server

SECONDS = float(os.environ.get("PACTGRAPH_FUZZ_SECONDS", "4"))
SEED = int(os.environ.get("PACTGRAPH_FUZZ_SEED", "0"))
LIMITS = (503, 504, 507)
"""What a server says when a query costs more than it may."""

QUERIES = (
    "SELECT ?s { ?s a pg:Agreement } LIMIT 3",
    "SELECT ?slug (COUNT(?t) AS ?n) { ?t pg:inAgreement/pg:slug ?slug } GROUP BY ?slug HAVING(?n > 1) ORDER BY ?n",
    "ASK { GRAPH ?g { ?s ?p 'x'@en } }",
    "CONSTRUCT { ?s pg:slug ?o } WHERE { ?s pg:slug ?o . OPTIONAL { ?s pg:vendor ?v } FILTER(BOUND(?v)) }",
    "DESCRIBE <urn:pactgraph:agreement:quillmere>",
    "SELECT * { VALUES (?a ?b) { (1 'two') (UNDEF 3.0) } BIND(xsd:date(?b) AS ?c) BIND(1/0 AS ?d) }",
    "SELECT ?x { ?x pg:parentClause+/pg:key ?k . FILTER REGEX(?k, '(a|b)*[', 'i') MINUS { ?x a ?y } }",
    "SELECT (GROUP_CONCAT(?v; SEPARATOR='\\u0000') AS ?g) { ?s ?p ?v } ",
    "INSERT DATA { <a:b> <c:d> 'e' }",
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "PREFIX x: <y> BASE <z:> SELECT REDUCED ?é { ?é x:a*|^x:b? _:c ; a [] }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
)
MEDIA = (
    "*/*", "application/json", "text/csv", "text/html", "text/turtle", "application/ld+json;q=0.5, text/*;q=0.1",
    "application/sparql-results+xml", "image/png", ";;;q=", "text/csv;q=9", "a/b;q=0", ",", "application/trig",
)  # fmt: skip
TYPES = (
    "application/sparql-query", "application/x-www-form-urlencoded", "application/sparql-update", "text/plain", "",
    "application/sparql-query; charset=utf-16", "multipart/form-data; boundary=x", ";", "application/json",
)  # fmt: skip
PATHS = (
    "/sparql",
    "/sparql",
    "/sparql",
    "/ask",
    "/",
    "/openapi.json",
    "/ask/",
    "/ask/..%2f..",
    "//",
    "/%00",
    "/sparql/",
)
METHODS = ("GET", "GET", "GET", "POST", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "get", "X")
NAMES = ("query", "update", "default-graph-uri", "named-graph-uri", "format", "agreement", "party", "start", "starts")
VALUES = (
    "",
    "quillmere",
    "Customer",
    "2031-02-30",
    "json",
    "xlsx",
    "table",
    "urn:x",
    "<>",
    "a:b,c",
    "../etc",
    "\x00",
    "é",
)
JUNK = (
    "",
    " ",
    "{",
    "}",
    "'",
    '"',
    "\\",
    "\x00",
    "\ud7ff",
    "😀",
    "<",
    ">",
    "#",
    "?",
    "$",
    "%",
    "1e999",
    "-0",
    "_:",
    "\n",
)


class Fuzz:
    """A source of requests that are wrong in some way, and a count of how they were answered."""

    def __init__(self, server: Server, seed: int) -> None:
        self.random = random.Random(seed)
        self.server = server
        self.seen: Counter[int] = Counter()

    def run(self, seconds: float) -> None:
        """Send requests for so long; raises AssertionError for an answer that is neither one nor a reason."""
        asks: tuple[Callable[[], None], ...] = (self.query, self.query, self.question, self.anything, self.line)
        end, number = time.monotonic() + seconds, 0
        while time.monotonic() < end:
            number += 1
            self.random.choice(asks)()
            if number % 200 == 0:
                got = self.server.query("SELECT ?slug { ?a a pg:Agreement ; pg:slug ?slug }")
                assert (got.status, got.text.count('"slug":')) == (200, 3), got

    def query(self) -> None:
        text = self._damaged(self.random.choice(QUERIES))
        graphs = "".join(
            f"&{self.random.choice(NAMES[2:4])}={quote(self.random.choice(VALUES))}"
            for _ in range(self.random.choice((0, 0, 0, 1, 3)))
        )
        if self.random.random() < 0.5:
            self._ask("GET", f"/sparql?query={self._encoded(text)}{graphs}", b"", {})
        else:
            body = text.encode("utf-8", "surrogatepass")
            self._ask("POST", f"/sparql?{graphs[1:]}", body, {"Content-Type": "application/sparql-query"})

    def question(self) -> None:
        name = self.random.choice((*questions(), "nothing", "definitions%20", "%ff"))
        pairs = [
            f"{self.random.choice(NAMES)}={self._encoded(self._damaged(self.random.choice(VALUES)))}"
            for _ in range(self.random.choice((0, 1, 1, 2, 4)))
        ]
        self._ask("GET", f"/ask/{name}?{'&'.join(pairs)}", b"", {})

    def anything(self) -> None:
        size = self.random.choice((0, 0, 10, 1000, 2_000_000) if self.random.random() < 0.02 else (0, 0, 10, 1000))
        body = self.random.choice((self.random.randbytes(size), self._damaged(f"query={QUERIES[0]}").encode()))
        headers = {"Content-Type": self.random.choice(TYPES)}
        if self.random.random() < 0.2:
            headers["Host"] = self.random.choice(
                ("stranger.example", "localhost", "[::1]", "[", "", "127.0.0.1:x", "é")
            )
        if self.random.random() < 0.2:
            headers["Origin"] = headers["Authorization"] = (
                self._damaged("Bearer x").encode("latin-1", "ignore").decode("latin-1")
            )
        path = self.random.choice(PATHS) + self.random.choice(
            ("", "?", "?query", "?query=&query=", "?a=%zz", "?%00=%00")
        )
        self._ask(self.random.choice(METHODS), path, body, headers)

    def line(self) -> None:
        """Send what is hardly HTTP; the server may hang up, and must not say 500."""
        parts = urlsplit(self.server.url)
        text = f"{self.random.choice(METHODS)} {self.random.choice(PATHS)} HTTP/1.1\r\nHost: localhost\r\n"
        text += self.random.choice(
            ("", "Content-Length: 9\r\n", "Content-Length: -1\r\n", "Transfer-Encoding: chunked\r\n")
        )
        data = bytearray((text + "\r\n").encode() + self.random.randbytes(self.random.choice((0, 3, 40))))
        for _ in range(self.random.choice((0, 1, 3))):
            data[self.random.randrange(len(data))] = self.random.randrange(256)
        with socket.create_connection((str(parts.hostname), parts.port), timeout=60) as line:
            try:
                line.sendall(data)
                line.shutdown(socket.SHUT_WR)
                answer = line.recv(65536)
            except ConnectionError:
                return
        assert b" 500 " not in answer.split(b"\r\n")[0], (SEED, bytes(data), answer)

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> None:
        headers = {"Accept": self.random.choice(MEDIA), **headers}
        try:
            got = self.server.request(method, path, body or None, headers)
        except (http.client.InvalidURL, UnicodeEncodeError, ValueError):
            return  # this client sends no such thing
        except (http.client.BadStatusLine, ConnectionError):
            assert len(body) > 1 << 20 or not path.startswith("/"), (SEED, method, path, headers)
            return  # a body too long is not read to its end
        self.seen[got.status] += 1
        self._check(got, method, (SEED, method, path, body[:300], headers))

    @staticmethod
    def _check(got: Got, method: str, asked: object) -> None:
        assert got.status < 500 or got.status in (*LIMITS, 501), (asked, got)
        if got.status >= 400 and method != "HEAD" and got.media == "text/plain":
            assert len(got.text.strip()) > 5, (asked, got)
            assert "Traceback" not in got.text, (asked, got)

    def _damaged(self, text: str) -> str:
        """Cut, double and replace pieces of a text, as often as not."""
        for _ in range(self.random.choice((0, 0, 1, 1, 2, 5))):
            at = self.random.randrange(len(text) + 1)
            to = min(len(text), at + self.random.choice((0, 1, 1, 5, 30)))
            text = (
                text[:at] + self.random.choice((*JUNK, text[at:to] * 3, self.random.choice(QUERIES)[:40])) + text[to:]
            )
        return text

    def _encoded(self, text: str) -> str:
        if self.random.random() < 0.05:
            return quote_from_bytes(self.random.randbytes(20))
        return quote(text, safe=self.random.choice(("", "&=", "%")), errors="replace")


def test_no_request_is_answered_with_an_error_of_the_server(built: Path, running: Running) -> None:
    with running(built, "--timeout", "1", "--memory", "600") as server:
        fuzz = Fuzz(server, SEED)
        fuzz.run(SECONDS)
        assert server.process.poll() is None
    assert fuzz.seen[200] > 0
    assert fuzz.seen[400] > 0
    print(sorted(fuzz.seen.items()))
