"""Graphs arrive whole at another's store, and questions have the same answers there as here."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryResultsFormat, RdfFormat

from pactgraph.cli import main
from pactgraph.endpoint import Endpoint
from pactgraph.errors import EndpointError, EvidenceError, QueryError
from pactgraph.graph import Graph
from pactgraph.storing import Publication
from pactgraph.vocabulary import PG

FACTS = "urn:pactgraph:graph:quillmere"


@dataclass
class There:
    """A store of another maker: SPARQL at /query and /update, graphs at /store, by the parameter 'graph'.

    Without that parameter it replaces everything, as some stores do. `spoil` changes what arrives, or refuses.
    """

    rdf: ox.Store = field(default_factory=ox.Store)
    requests: list[tuple[str, str]] = field(default_factory=list)
    spoil: Callable[[str], int | None] = lambda _: None
    url: str = ""

    def graphs(self) -> set[str]:
        return {node.value for node in self.rdf.named_graphs() if isinstance(node, NamedNode)}

    def writes(self) -> list[str]:
        return [f"{method} {path}" for method, path in self.requests if not path.startswith("/query")]

    def answer(self, method: str, path: str, media: str, body: bytes) -> tuple[int, str, bytes]:
        self.requests.append((method, path))
        if refused := self.spoil(f"{method} {path}"):
            return refused, "text/plain", b"spoilt"
        parts = urlsplit(path)
        if parts.path == "/query":
            return 200, "application/sparql-results+json", self._rows(parse_qs(body.decode()))
        if parts.path == "/update" and media == "application/sparql-update":
            self.rdf.update(body.decode())
            return 204, "text/plain", b""
        if parts.path == "/store":
            return self._keep(method, parse_qs(parts.query).get("graph", [""])[0], body), "text/plain", b""
        return 404, "text/plain", b""

    def _rows(self, form: dict[str, list[str]]) -> bytes:
        default = [NamedNode(iri) for iri in form.get("default-graph-uri", [])]
        named = [NamedNode(iri) for iri in form.get("named-graph-uri", [])]
        chosen = {"default_graph": default, "named_graphs": named} if default or named else {}
        found = self.rdf.query(form["query"][0], **chosen)  # type: ignore[arg-type]
        assert not isinstance(found, ox.QueryTriples)
        return found.serialize(format=QueryResultsFormat.JSON) or b""

    def _keep(self, method: str, graph: str, body: bytes) -> int:
        name = NamedNode(graph) if graph else NamedNode(f"urn:new:{len(self.requests)}")
        if method in ("PUT", "DELETE"):
            self.rdf.remove_graph(name) if graph else self.rdf.clear()
        if method in ("PUT", "POST"):
            self.rdf.load(body, format=RdfFormat.TURTLE, to_graph=name)
        return 204


@pytest.fixture
def there() -> Iterator[There]:
    found = There()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, media, data = found.answer(self.command, self.path, self.headers.get_content_type(), body)
            self.send_response(status)
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_PUT = do_DELETE = answer  # noqa: N815

        def log_message(self, *arguments: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        found.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield found
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def graph(built: Path) -> Iterator[Graph]:
    with Graph.open(built) as found:
        yield found


def endpoint(there: There, *, parameter: str = "", by_updates: bool = False) -> Endpoint:
    return Endpoint(there.url, product="oxigraph", environment={}, parameter=parameter, by_updates=by_updates)


def held(graph: Graph) -> set[Quad]:
    return {quad for quad in graph._store.quads() if quad.graph_name != DefaultGraph()}


class TestPublishing:
    @pytest.mark.parametrize("by_updates", [False, True])
    def test_all_that_is_here_is_there_and_is_not_sent_again(
        self, graph: Graph, there: There, by_updates: bool
    ) -> None:
        done = graph.publish(endpoint(there, by_updates=by_updates))
        assert held(graph) <= set(there.rdf)
        assert len(done.sent) == 2 * 3 + 1
        assert done.triples == sum(1 for quad in there.rdf if "published" not in str(quad.graph_name))
        assert not any("probe" in name or "arriving" in name for name in there.graphs())
        there.requests.clear()
        assert graph.publish(endpoint(there, by_updates=by_updates)) == Publication((), done.sent, (), done.triples)
        assert there.writes() == []

    def test_what_broke_off_goes_on_and_what_was_changed_there_is_sent_again(self, graph: Graph, there: There) -> None:
        there.spoil = lambda request: 503 if request.endswith("graph%3Aquillmere") else None
        with pytest.raises(EndpointError, match=r"refuses \(503\)\. It says: spoilt"):
            graph.publish(endpoint(there))
        there.spoil = lambda _: None
        first = graph.publish(endpoint(there))
        assert FACTS in first.sent
        (quad, *_) = there.rdf.quads_for_pattern(None, None, None, NamedNode(FACTS))
        there.rdf.remove(quad)
        assert graph.publish(endpoint(there)).sent == (FACTS,)
        assert held(graph) <= set(there.rdf)

    def test_nothing_is_noted_as_whole_that_did_not_arrive_whole(self, graph: Graph, there: There) -> None:
        graph.publish(endpoint(there))
        there.rdf.remove_graph(NamedNode(FACTS))
        there.spoil = lambda request: 200 if re.match(r"PUT .*graph%3Aquillmere$", request) else None
        with pytest.raises(EndpointError, match=rf"has 0 triples of <{FACTS}>, \d+ were sent; publish again"):
            graph.publish(endpoint(there))
        noted = {quad.subject for quad in there.rdf if str(quad.graph_name) == "<urn:pactgraph:published>"}
        assert NamedNode(FACTS) not in noted
        assert len(noted) == 6

    def test_a_parameter_that_the_store_does_not_know_costs_nothing(self, graph: Graph, there: There) -> None:
        precious = Quad(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c"), NamedNode("urn:precious"))
        there.rdf.add(precious)
        with pytest.raises(EndpointError, match="does not know the parameter 'graph-uri'"):
            graph.publish(endpoint(there, parameter="graph-uri"))
        assert precious in there.rdf
        assert not any("PUT" in write or "DELETE" in write for write in there.writes())

    def test_graphs_that_went_here_go_there_only_when_that_is_asked_for(
        self, graph: Graph, there: There, tmp_path: Path, built: Path
    ) -> None:
        there.rdf.add(Quad(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c"), NamedNode("urn:precious")))
        graph.publish(endpoint(there))
        shutil.copytree(built, tmp_path / "less")
        with Graph.open(tmp_path / "less", writing=True) as less:
            less._store.remove("quillmere")
            assert less.publish(endpoint(there)).dropped == ()
            assert FACTS in there.graphs()
            assert less.publish(endpoint(there), drop_missing=True).dropped == (
                FACTS,
                FACTS.replace(":graph:", ":inferred:"),
            )
        assert FACTS not in there.graphs()
        assert "urn:precious" in there.graphs()

    def test_a_dry_run_sends_nothing(self, built: Path, there: There) -> None:
        result = CliRunner().invoke(
            main, ["publish", there.url, "--graph", str(built), "--product", "oxigraph", "--dry-run"]
        )
        assert result.exit_code == 0
        assert result.stdout.startswith("Would send 7 graphs, ")
        assert there.requests == []

    def test_the_command_tells_what_it_did_and_what_is_wrong(self, built: Path, there: There) -> None:
        command = ["publish", there.url, "--graph", str(built), "--product", "oxigraph"]
        told = CliRunner().invoke(main, command).stdout
        assert told.endswith(f" triples, at {there.url}/query: 7 sent, 0 there already.\n")
        assert CliRunner().invoke(main, command).stdout.endswith("0 sent, 7 there already.\n")
        refused = CliRunner().invoke(main, ["publish", there.url, "--graph", str(built)])
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert "there is nothing (404)" in refused.stderr


class TestAsking:
    def test_every_question_has_the_same_answer_there(self, graph: Graph, there: There) -> None:
        graph.publish(endpoint(there))
        asked = endpoint(there)
        for name in Graph.questions():
            assert asked.ask(name, texts=graph.source_text) == graph.ask(name), name
        assert len(Graph.questions()) >= 50

    def test_parameters_and_agreements_reach_it(self, graph: Graph, there: There) -> None:
        graph.publish(endpoint(there))
        asked = endpoint(there)
        for given in ({"party": "Provider"}, {"party": "Customer", "agreements": ["quillmere"]}):
            found = asked.ask("my-duties", **given)
            assert found == graph.ask("my-duties", **given)
            assert found.rows
        with pytest.raises(QueryError, match="unknown agreement 'quilmere'"):
            asked.ask("uptime", agreements=["quilmere"])
        with pytest.raises(QueryError, match="unknown question"):
            asked.ask("uptimes")

    def test_a_default_graph_that_is_the_union_is_asked_as_it_is(self, graph: Graph, there: There) -> None:
        there.rdf.extend(held(graph))
        there.rdf.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in held(graph))
        asked = endpoint(there)
        assert asked.ask("uptime") == graph.ask("uptime")
        assert asked._dataset == ((), ())

    def test_a_quote_that_is_not_the_sources_is_refused_where_the_source_or_the_length_tells(
        self, graph: Graph, there: There
    ) -> None:
        graph.publish(endpoint(there))
        there.rdf.update(f"DELETE WHERE {{ GRAPH ?g {{ ?s <{PG('citation').value}> ?c }} }}")
        there.rdf.update(
            "PREFIX oa: <http://www.w3.org/ns/oa#> "
            "DELETE { GRAPH ?g { ?s oa:exact ?q } } INSERT { GRAPH ?g { ?s oa:exact ?r } } "
            'WHERE { GRAPH ?g { ?s oa:exact ?q BIND(REPLACE(?q, "The", "THE") AS ?r) } }'
        )
        assert endpoint(there).ask("uptime").rows
        with pytest.raises(EvidenceError, match="is not the source's words"):
            endpoint(there).ask("uptime", texts=graph.source_text)
        there.rdf.update(
            "PREFIX oa: <http://www.w3.org/ns/oa#> DELETE { GRAPH ?g { ?s oa:exact ?q } } "
            'INSERT { GRAPH ?g { ?s oa:exact "never" } } WHERE { GRAPH ?g { ?s oa:exact ?q } }'
        )
        with pytest.raises(EvidenceError, match="is not the source's words"):
            endpoint(there).ask("uptime")

    def test_a_citation_that_is_not_the_sources_is_refused(self, graph: Graph, there: There) -> None:
        graph.publish(endpoint(there))
        cited = PG("citation")
        there.rdf.update(
            f"DELETE {{ GRAPH ?g {{ ?s {cited} ?c }} }} INSERT {{ GRAPH ?g {{ ?s {cited} ?d }} }} "
            f'WHERE {{ GRAPH ?g {{ ?s {cited} ?c BIND(REPLACE(?c, "[a-f]", "0") AS ?d) }} }}'
        )
        with pytest.raises(EvidenceError, match="is not the source's words"):
            endpoint(there).ask("uptime", texts=graph.source_text)

    def test_an_endpoint_without_agreements_says_so(self, there: There) -> None:
        with pytest.raises(EndpointError, match="holds no agreement; run 'pactgraph publish'"):
            endpoint(there).ask("uptime")

    def test_the_command_prints_what_it_prints_here(
        self, graph: Graph, built: Path, there: There, tmp_path: Path
    ) -> None:
        graph.publish(endpoint(there))
        here = CliRunner().invoke(main, ["ask", "exits", "--graph", str(built)])
        way = ["ask", "exits", "--endpoint", there.url, "--product", "oxigraph"]
        compared = CliRunner().invoke(main, [*way, "--graph", str(built)])
        assert (compared.stdout, compared.stderr) == (here.stdout, "")
        alone = CliRunner().invoke(main, [*way, "--graph", str(tmp_path / "none")])
        assert alone.stdout == here.stdout
        assert "not at hand; of their quotes, only the lengths were checked." in alone.stderr


@contextmanager
def oxigraph_server(folder: Path) -> Iterator[str]:
    beside = Path(sys.executable).with_name("oxigraph")
    program = str(beside) if beside.is_file() else shutil.which("oxigraph")
    if program is None:
        pytest.skip("there is no oxigraph server on this machine; pip install oxigraph")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [program, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def test_the_oxigraph_server_takes_the_graph_and_gives_the_same_answers(graph: Graph, tmp_path: Path) -> None:
    with oxigraph_server(tmp_path / "there") as url:
        way = Endpoint(url, product="oxigraph", environment={})
        assert len(graph.publish(way).sent) == 7
        by_updates = Endpoint(url, product="oxigraph", by_updates=True, environment={})
        assert graph.publish(by_updates).sent == ()
        for name in Graph.questions():
            assert way.ask(name, texts=graph.source_text) == graph.ask(name), name
        there = Endpoint(url, product="oxigraph", environment={})
        there.remote.update(there.target.update, f"DROP GRAPH <{FACTS}>")
        with pytest.raises(EndpointError, match="does not know the parameter 'graph-uri'"):
            graph.publish(Endpoint(url, product="oxigraph", parameter="graph-uri", environment={}))
        assert graph.publish(there).sent == (FACTS,)
