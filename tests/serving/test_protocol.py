"""The SPARQL 1.1 Protocol, as its recommendation says: methods, parameters, content negotiation, errors."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

if TYPE_CHECKING:
    from tests.serving.conftest import Server

ROWS = "SELECT ?slug { ?a a pg:Agreement ; pg:slug ?slug } ORDER BY ?slug"
TRIPLES = "CONSTRUCT { ?a pg:slug ?slug } WHERE { ?a pg:slug ?slug }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
SLUGS = ["brackenholt", "havelsteg", "quillmere"]
COUNT = "SELECT (COUNT(*) AS ?n) { ?s a pg:Agreement }"
COUNT_NAMED = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


def slugs(body: str) -> list[str]:
    return [row["slug"]["value"] for row in json.loads(body)["results"]["bindings"]]


def number(body: str) -> int:
    return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


class TestOperations:
    def test_a_query_may_come_by_get(self, server: Server) -> None:
        got = server.query(ROWS)
        assert (got.status, got.media) == (200, "application/sparql-results+json")
        assert slugs(got.text) == SLUGS

    def test_a_query_may_come_as_a_form(self, server: Server) -> None:
        got = server.request("POST", "/sparql", urlencode({"query": ROWS}), FORM)
        assert (got.status, slugs(got.text)) == (200, SLUGS)

    def test_a_query_may_be_the_body(self, server: Server) -> None:
        got = server.request("POST", "/sparql", ROWS, {"Content-Type": "application/sparql-query; charset=UTF-8"})
        assert (got.status, slugs(got.text)) == (200, SLUGS)

    def test_head_gives_the_headers_of_get_and_no_body(self, server: Server) -> None:
        path = f"/sparql?query={quote(ROWS)}"
        got, whole = server.request("HEAD", path), server.request("GET", path)
        assert (got.status, got.body) == (200, b"")
        assert got.headers["content-length"] == str(len(whole.body))

    def test_parameters_that_are_not_known_are_left_alone(self, server: Server) -> None:
        assert server.query(ROWS, timeout="3", format="anything").status == 200

    def test_an_ask_query_gives_a_truth_value(self, server: Server) -> None:
        assert json.loads(server.query("ASK { ?s a pg:Agreement }").text)["boolean"] is True

    def test_describe_gives_triples(self, server: Server) -> None:
        got = server.query("DESCRIBE <urn:pactgraph:agreement:quillmere>", "application/n-triples")
        assert (got.status, got.media) == (200, "application/n-triples")
        assert "<urn:pactgraph:agreement:quillmere>" in got.text

    def test_blanks_and_letters_beyond_ascii_arrive_in_every_way(self, server: Server) -> None:
        text = 'SELECT ("Zürich + 漢" AS ?slug) {}'
        answers = [
            server.request("GET", f"/sparql?query={quote(text)}"),
            server.request("GET", f"/sparql?{urlencode({'query': text})}"),
            server.request("POST", "/sparql", urlencode({"query": text}), FORM),
            server.request("POST", "/sparql", text, DIRECT),
        ]
        assert [slugs(got.text) for got in answers] == [["Zürich + 漢"]] * 4

    def test_media_types_are_read_in_any_case_and_with_parameters(self, server: Server) -> None:
        form = {"Content-Type": "Application/X-WWW-Form-Urlencoded; charset=utf-8"}
        assert server.request("POST", "/sparql", urlencode({"query": ROWS}), form).status == 200
        direct = {"Content-Type": "APPLICATION/SPARQL-QUERY", "Accept": "Text/CSV"}
        assert server.request("POST", "/sparql", ROWS, direct).media == "text/csv"

    def test_options_tell_the_methods(self, server: Server) -> None:
        got = server.request("OPTIONS", "/sparql")
        assert (got.status, got.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")


class TestDataset:
    GRAPH = "urn:pactgraph:graph:quillmere"
    OTHER = "urn:pactgraph:graph:havelsteg"

    def test_one_default_graph_stands_alone(self, server: Server) -> None:
        got = server.query(COUNT, **{"default-graph-uri": self.GRAPH})
        assert (got.status, number(got.text)) == (200, 1)

    def test_several_default_graphs_are_merged(self, server: Server) -> None:
        pairs = [("query", COUNT), ("default-graph-uri", self.GRAPH), ("default-graph-uri", self.OTHER)]
        assert number(server.request("POST", "/sparql", urlencode(pairs), FORM).text) == 2

    def test_named_graphs_alone_leave_the_default_graph_empty(self, server: Server) -> None:
        pairs = urlencode([("named-graph-uri", self.GRAPH), ("named-graph-uri", self.OTHER)])
        assert number(server.request("POST", f"/sparql?{pairs}", COUNT_NAMED, DIRECT).text) == 2
        assert number(server.request("POST", f"/sparql?{pairs}", COUNT, DIRECT).text) == 0

    def test_a_default_graph_alone_leaves_no_named_one(self, server: Server) -> None:
        assert number(server.query(COUNT_NAMED, **{"default-graph-uri": self.GRAPH}).text) == 0

    def test_the_request_outdoes_the_query(self, server: Server) -> None:
        text = COUNT.replace("{", "FROM <urn:nowhere> {", 1)
        assert number(server.query(text).text) == 0
        assert number(server.query(text, **{"default-graph-uri": self.GRAPH}).text) == 1

    def test_the_query_may_name_its_graphs(self, server: Server) -> None:
        assert number(server.query(COUNT.replace("{", f"FROM <{self.GRAPH}> {{", 1)).text) == 1
        named = COUNT_NAMED.replace("{", f"FROM NAMED <{self.GRAPH}> FROM NAMED <{self.OTHER}> {{", 1)
        assert number(server.query(named).text) == 2

    def test_a_graph_that_is_not_there_is_empty(self, server: Server) -> None:
        assert number(server.query(COUNT, **{"default-graph-uri": "urn:nowhere"}).text) == 0

    def test_a_graph_that_is_no_iri_is_refused(self, server: Server) -> None:
        assert server.query(COUNT, **{"default-graph-uri": "not an iri"}).status == 400


class TestNegotiation:
    @pytest.mark.parametrize(
        ("accept", "media"),
        [
            ("", "application/sparql-results+json"),
            ("*/*", "application/sparql-results+json"),
            ("application/json", "application/json"),
            ("application/sparql-results+xml", "application/sparql-results+xml"),
            ("text/csv", "text/csv"),
            ("text/tab-separated-values;q=0.9, text/csv;q=0.1", "text/tab-separated-values"),
            ("text/*;q=0.5, application/sparql-results+json;q=0.4", "text/csv"),
            ("text/html, application/xml;q=0.9, */*;q=0.8", "application/xml"),
            ("text/turtle, text/csv;q=0.2", "text/csv"),
        ],
    )
    def test_rows_come_in_the_format_liked_best(self, server: Server, accept: str, media: str) -> None:
        got = server.query(ROWS, accept)
        assert (got.status, got.media) == (200, media)

    def test_each_format_of_rows_says_the_same(self, server: Server) -> None:
        found = ET.fromstring(server.query(ROWS, "application/sparql-results+xml").text)
        assert [one.text for one in found.iter("{http://www.w3.org/2005/sparql-results#}literal")] == SLUGS
        assert [row["slug"] for row in csv.DictReader(io.StringIO(server.query(ROWS, "text/csv").text))] == SLUGS
        lines = server.query(ROWS, "text/tab-separated-values").text.splitlines()
        assert lines == ["?slug", *(f'"{slug}"' for slug in SLUGS)]

    @pytest.mark.parametrize(
        ("accept", "form"),
        [
            ("text/turtle", RdfFormat.TURTLE),
            ("application/n-triples", RdfFormat.N_TRIPLES),
            ("application/ld+json", RdfFormat.JSON_LD),
            ("application/n-quads", RdfFormat.N_QUADS),
            ("application/trig", RdfFormat.TRIG),
            ("application/rdf+xml", RdfFormat.RDF_XML),
        ],
    )
    def test_triples_come_in_the_format_asked_for(self, server: Server, accept: str, form: RdfFormat) -> None:
        got = server.query(TRIPLES, accept)
        assert (got.status, got.media) == (200, accept)
        objects = sorted(quad.object.value for quad in pyoxigraph.parse(got.body, format=form))
        assert objects == SLUGS

    def test_truth_comes_in_json_and_xml(self, server: Server) -> None:
        assert json.loads(server.query("ASK {}", "application/sparql-results+json").text)["boolean"] is True
        found = ET.fromstring(server.query("ASK {}", "application/sparql-results+xml").text)
        assert [one.text for one in found.iter("{http://www.w3.org/2005/sparql-results#}boolean")] == ["true"]

    def test_who_keeps_answers_is_told_that_they_depend_on_the_format(self, server: Server) -> None:
        assert "accept" in server.query(ROWS).headers.get("vary", "").lower()

    @pytest.mark.parametrize("accept", ["image/png", "text/turtle", "*/*;q=0", "application/json;q=0"])
    def test_what_cannot_be_accepted_is_told_what_there_is(self, server: Server, accept: str) -> None:
        got = server.query(ROWS, accept)
        assert got.status == 406
        assert "application/sparql-results+json" in got.text


class TestRefusals:
    @pytest.mark.parametrize(
        "text",
        ["", "SELECT", "SELECT * { ?s ?p }", "FROBNICATE", "SELECT * { ?s unknown:p ?o }", "\x00", "{" * 5000],
    )
    def test_what_is_no_query_is_a_bad_request(self, server: Server, text: str) -> None:
        got = server.query(text)
        assert got.status == 400
        assert len(got.text.splitlines()) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
            "DELETE WHERE { ?s ?p ?o }",
            "LOAD <http://127.0.0.1/x>",
            "PREFIX a: <urn:a> DROP ALL",
            "SELECT * { SERVICE <http://127.0.0.1/x> { ?s ?p ?o } }",
            "SELECT * { OPTIONAL { service silent ?where { ?s ?p ?o } } }",
            "SELECT * { { SELECT * { SERVICE#\n<http://127.0.0.1/x>{ ?s ?p ?o } } } }",
            "ASK { FILTER EXISTS { SERVICE pg:x { ?s ?p ?o } } }",
        ],
    )
    def test_what_writes_or_reaches_out_is_refused_with_a_reason(self, server: Server, text: str) -> None:
        for got in (server.query(text), server.request("POST", "/sparql", text, DIRECT)):
            assert got.status == 400
            assert "reads this graph only" in got.text or "only reads" in got.text

    def test_updates_are_refused_in_both_ways_that_the_protocol_has(self, server: Server) -> None:
        update = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"
        direct = server.request("POST", "/sparql", update, {"Content-Type": "application/sparql-update"})
        form = server.request("POST", "/sparql", urlencode({"update": update}), FORM)
        address = server.request("GET", f"/sparql?update={quote(update)}")
        assert [got.status for got in (direct, form, address)] == [403, 403, 403]
        assert "only reads" in direct.text
        assert json.loads(server.query("ASK { <urn:a> ?p ?o }").text)["boolean"] is False

    def test_two_queries_at_once_are_refused(self, server: Server) -> None:
        assert server.request("GET", f"/sparql?query={quote(ROWS)}&query={quote(ROWS)}").status == 400
        assert server.request("POST", f"/sparql?query={quote(ROWS)}", ROWS, DIRECT).status == 400

    def test_a_form_without_a_query_is_refused(self, server: Server) -> None:
        assert server.request("POST", "/sparql", "", FORM).status == 400
        assert server.request("GET", "/sparql?default-graph-uri=urn:x").status == 400

    def test_other_bodies_charsets_methods_and_paths_are_refused(self, server: Server) -> None:
        assert server.request("POST", "/sparql", ROWS, {"Content-Type": "text/plain"}).status == 415
        assert server.request("POST", "/sparql", ROWS).status == 415
        latin = {"Content-Type": "application/sparql-query; charset=latin-1"}
        assert server.request("POST", "/sparql", ROWS, latin).status == 415
        got = server.request("PUT", "/sparql", ROWS)
        assert (got.status, got.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")
        assert server.request("DELETE", "/ask/exits").status == 405
        assert server.request("GET", "/store").status == 404

    def test_bytes_that_are_no_utf8_are_refused(self, server: Server) -> None:
        assert server.request("POST", "/sparql", b"SELECT \xff", DIRECT).status == 400
        assert server.request("GET", "/sparql?query=%FF").status == 400

    def test_a_request_beyond_its_size_is_refused(self, server: Server) -> None:
        assert server.request("POST", "/sparql", b"#" * (1 << 20) + b"\nASK {}", DIRECT).status == 413


class TestDescriptions:
    def test_the_service_describes_itself(self, server: Server) -> None:
        got = server.request("GET", "/sparql", headers={"Accept": "text/turtle"})
        assert (got.status, got.media) == (200, "text/turtle")
        said = list(pyoxigraph.parse(got.body, format=RdfFormat.TURTLE))
        named = "http://www.w3.org/ns/sparql-service-description#"
        endpoints = [quad.object for quad in said if quad.predicate.value == f"{named}endpoint"]
        assert endpoints == [pyoxigraph.NamedNode(f"{server.url}/sparql")]

    def test_openapi_names_every_question(self, server: Server) -> None:
        told = json.loads(server.request("GET", "/openapi.json").text)
        names = [one["name"] for one in json.loads(server.request("GET", "/ask").text)]
        assert told["openapi"].startswith("3.1")
        assert len(names) >= 11
        assert {f"/ask/{name}" for name in names} == {path for path in told["paths"] if path.startswith("/ask/")}

    def test_the_root_tells_that_the_server_is_up(self, server: Server) -> None:
        assert json.loads(server.request("GET", "/").text) == {"status": "ok"}


class TestQuestions:
    def test_a_question_is_answered_with_its_evidence(self, server: Server) -> None:
        got = server.request("GET", "/ask/exits")
        rows = json.loads(got.text)["rows"]
        assert (got.status, got.media) == (200, "application/json")
        assert rows
        assert all(row["evidence"] for row in rows)

    def test_the_format_is_negotiated_or_named(self, server: Server) -> None:
        assert server.request("GET", "/ask/exits", headers={"Accept": "text/csv"}).media == "text/csv"
        assert server.request("GET", "/ask/exits?format=csv").media == "text/csv"
        assert server.request("GET", "/ask/exits?format=stone").status == 400
        assert server.request("GET", "/ask/exits", headers={"Accept": "image/png"}).status == 406

    def test_some_agreements_can_be_asked(self, server: Server) -> None:
        got = json.loads(server.request("GET", "/ask/exits?agreement=quillmere").text)
        assert {row["agreement"] for row in got["rows"]} == {"quillmere"}
        assert server.request("GET", "/ask/exits?agreement=nobody").status == 400

    def test_what_is_not_known_is_refused(self, server: Server) -> None:
        assert server.request("GET", "/ask/nothing").status == 404
        assert server.request("GET", "/ask/exits?stranger=1").status == 400
        assert server.request("GET", "/ask/exits?format=csv&format=json").status == 400

    def test_no_file_of_the_server_is_read(self, server: Server) -> None:
        listed = json.loads(server.request("GET", "/ask").text)
        takes = [(one["name"], p["name"]) for one in listed for p in one["parameters"] if p["kind"] == "dates"]
        for name, parameter in takes:
            got = server.request("GET", f"/ask/{name}?{parameter}=pyproject.toml")
            assert got.status == 400
            assert "no list of days" in got.text
