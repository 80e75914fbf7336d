"""Clients that others wrote work against the endpoint."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

if TYPE_CHECKING:
    from tests.serving.conftest import Server

PG = "https://w3id.org/pactgraph/ontology#"
QUERY = f"SELECT ?slug {{ ?a <{PG}slug> ?slug }} ORDER BY ?slug"
SLUGS = ["brackenholt", "havelsteg", "quillmere"]


class TestSparqlWrapper:
    @pytest.mark.parametrize("method", ["GET", "POST"])
    @pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
    def test_it_reads_rows(self, server: Server, method: str, form: str) -> None:
        wrapper = pytest.importorskip("SPARQLWrapper")
        client = wrapper.SPARQLWrapper(f"{server.url}/sparql")
        client.setMethod(method)
        client.setQuery(QUERY)
        client.setReturnFormat(form)
        found = client.query().convert()
        text = found.toxml() if form == "xml" else json.dumps(found) if form == "json" else found.decode()
        assert [text.count(slug) for slug in SLUGS] == [1, 1, 1]

    def test_it_posts_directly_and_reads_triples_and_truth(self, server: Server) -> None:
        wrapper = pytest.importorskip("SPARQLWrapper")
        client = wrapper.SPARQLWrapper(f"{server.url}/sparql")
        client.setMethod(wrapper.POST)
        client.setRequestMethod(wrapper.POSTDIRECTLY)
        client.setQuery(f"CONSTRUCT WHERE {{ ?a <{PG}slug> ?slug }}")
        for form in (wrapper.TURTLE, wrapper.JSONLD, wrapper.RDFXML):
            client.setReturnFormat(form)
            found = client.query().convert()
            graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found, format="turtle")
            assert len(graph) == 3
        client.setQuery("ASK {}")
        client.setReturnFormat(wrapper.JSON)
        assert client.query().convert()["boolean"] is True

    def test_it_tells_the_reason_of_a_refusal(self, server: Server) -> None:
        wrapper = pytest.importorskip("SPARQLWrapper")
        client = wrapper.SPARQLWrapper(f"{server.url}/sparql")
        client.setQuery("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")
        with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed, match="reads this graph only"):
            client.query()


class TestRdflib:
    @pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
    def test_its_store_answers_queries_and_patterns(self, server: Server, method: str) -> None:
        store = SPARQLStore(f"{server.url}/sparql", method=method)
        graph = rdflib.Graph(store)
        assert [str(row[0]) for row in graph.query(QUERY)] == SLUGS  # type: ignore[index]
        assert sorted(str(slug) for slug in graph.objects(None, rdflib.URIRef(f"{PG}slug"))) == SLUGS
        assert bool(graph.query("ASK { ?s ?p ?o }"))

    def test_its_store_reads_one_named_graph(self, server: Server) -> None:
        store = SPARQLStore(f"{server.url}/sparql", context_aware=True)
        graph = rdflib.Graph(store, identifier=rdflib.URIRef("urn:pactgraph:graph:quillmere"))
        assert [str(slug) for slug in graph.objects(None, rdflib.URIRef(f"{PG}slug"))] == ["quillmere"]


def test_curl_gets_csv_by_get_and_turtle_by_post(server: Server) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("there is no curl on this machine")
    base = [curl, "--silent", "--show-error", "--fail", "--max-time", "30"]
    endpoint = f"{server.url}/sparql"
    asked = [*base, "--get", endpoint, "--data-urlencode", f"query={QUERY}", "-H", "Accept: text/csv"]
    rows = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert rows.split() == ["slug", *SLUGS]
    posted = [*base, endpoint, "-H", "Content-Type: application/sparql-query", "-H", "Accept: text/turtle"]
    posted += ["--data-binary", f"CONSTRUCT WHERE {{ ?a <{PG}slug> ?slug }}"]
    triples = subprocess.run(posted, capture_output=True, text=True, check=True).stdout
    assert len(rdflib.Graph().parse(data=triples, format="turtle")) == 3


def test_a_client_in_javascript_gets_rows_in_all_three_ways(server: Server) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no node on this machine")
    script = Path(__file__).with_name("client.mjs")
    got = subprocess.run(
        [node, str(script), f"{server.url}/sparql"], capture_output=True, text=True, check=False, timeout=60
    )
    assert got.returncode == 0, got.stderr
    assert json.loads(got.stdout) == {"answers": [SLUGS] * 3, "wrong": 400}


def test_fetch_sparql_endpoint_gets_rows_truth_triples_and_reasons(server: Server) -> None:
    node = shutil.which("node")
    folder = Path(__file__).with_name("javascript")
    if node is None:
        pytest.skip("there is no node on this machine")
    if not (folder / "node_modules" / "fetch-sparql-endpoint").is_dir():
        pytest.skip(f"the client is not installed; run 'npm ci' in {folder}")
    got = subprocess.run(
        [node, str(folder / "fetching.mjs"), f"{server.url}/sparql"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert got.returncode == 0, got.stderr
    found = json.loads(got.stdout)
    assert (found["answers"], found["truth"], found["triples"]) == ([SLUGS] * 2, True, 3)
    assert "reads this graph only" in found["refusal"]
