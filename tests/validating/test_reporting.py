"""Reports for people and programs, and the SHACL report graph."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode

from pactgraph.errors import DefinitionError
from pactgraph.model import Evidence, Report, Result
from pactgraph.validating import FORMATS, render, report_quads
from pactgraph.vocabulary import PG, PGV, SH, TYPE, report_iri

TERM = "urn:pactgraph:agreement:acme:term:Uptime:0a1b"
WRONG = Result(
    agreement="acme",
    severity="violation",
    shape="percent-range",
    message="A percentage lies between 0 and 100.",
    focus=TERM,
    path=PG("percent").value,
    value="150.0",
    evidence=(Evidence("acme", "Uptime of\n150 percent", 10, 31, "2.1"),),
    component="MaxInclusiveConstraintComponent",
)
MISSING = Result(
    "acme",
    "warning",
    "states-governing-law",
    "No governing law.",
    "urn:pactgraph:agreement:acme",
    component="SPARQLConstraintComponent",
)
OTHER = Result("brook", "warning", "states-term", "No term.", "urn:pactgraph:agreement:brook")
REPORT = Report((MISSING, WRONG, OTHER), ("clear", "brook", "acme"))


def test_text_shows_the_worst_agreement_first_with_counts_and_quotes() -> None:
    assert render(REPORT) == (
        "acme: 1 violation, 1 warning\n"
        "  violation  percent-range: A percentage lies between 0 and 100.\n"
        "             at acme:term:Uptime:0a1b: percent = 150.0\n"
        '             2.1 [10:31] "Uptime of 150 percent"\n'
        "  warning    states-governing-law: No governing law.\n"
        "brook: 1 warning\n"
        "  warning    states-term: No term.\n"
        "clear: nothing wrong, nothing missing\n"
        "3 agreements: 1 violation, 2 warnings\n"
    )


def test_json_holds_every_field_of_every_result() -> None:
    document = json.loads(render(REPORT, "json"))
    assert (document["engine"], document["worst"]) == ("pyshacl", "violation")
    assert document["counts"] == {"violation": 1, "warning": 2, "info": 0}
    assert [entry["agreement"] for entry in document["agreements"]] == ["acme", "brook", "clear"]
    wrong = document["agreements"][0]["results"][0]
    assert wrong["shape"] == "percent-range"
    assert wrong["evidence"] == [
        {"agreement": "acme", "quote": "Uptime of\n150 percent", "start": 10, "end": 31, "clause": "2.1", "page": None}
    ]


def test_empty_report_says_so() -> None:
    assert render(Report()) == "0 agreements: nothing wrong, nothing missing\n"


def test_long_quote_is_shortened_in_the_text_only() -> None:
    long = Result("acme", "violation", "s", "m", TERM, evidence=(Evidence("acme", "word " * 100, 0, 500),))
    assert '..."' in render(Report((long,)))
    assert (
        "word " * 100
        in json.loads(render(Report((long,)), "json"))["agreements"][0]["results"][0]["evidence"][0]["quote"]
    )


def test_unknown_format_lists_the_known_ones() -> None:
    with pytest.raises(
        DefinitionError, match=r"unknown report format 'jsn'\. Known: html, json, .*\. Did you mean 'json'\?"
    ):
        render(REPORT, "jsn")
    assert set(FORMATS) == {"text", "json", "html", "junit", "turtle"}


HOSTILE = Report((replace(WRONG, message="<script>alert(1)</script>\x0c & more", shape='a"b'),), ("acme",))


def test_html_is_one_page_that_loads_nothing_and_escapes_what_it_shows() -> None:
    text = render(REPORT, "html")
    assert text.index('id="agreement-acme"') < text.index('id="agreement-brook"') < text.index('id="agreement-clear"')
    assert "Uptime of\n150 percent<br><cite>clause 2.1, characters 10 to 31</cite>" in text
    assert not re.search(r"<script|<link|src=|url\(|http", text)
    hostile = render(HOSTILE, "html")
    assert "<script" not in hostile
    assert "&lt;script&gt;" in hostile


def test_junit_has_a_suite_for_each_agreement_and_fails_for_violations_alone() -> None:
    root = ElementTree.fromstring(render(REPORT, "junit").encode())
    suites = {suite.get("name"): (suite.get("tests"), suite.get("failures")) for suite in root.iter("testsuite")}
    assert suites == {"acme": ("2", "1"), "brook": ("1", "0"), "clear": ("1", "0")}
    (failure,) = root.iter("failure")
    assert failure.get("message") == "A percentage lies between 0 and 100."
    assert "150 percent" in (failure.text or "")
    assert [case.get("name") for case in root.iter("testcase")].count("conforms") == 1
    ElementTree.fromstring(render(HOSTILE, "junit").encode())


def test_turtle_is_the_shacl_reports_of_all_agreements() -> None:
    graph = rdflib.Graph().parse(data=render(REPORT, "turtle"), format="turtle")
    shacl = rdflib.Namespace(SH.iri)
    assert len(set(graph.subjects(rdflib.RDF.type, shacl.ValidationReport))) == 3
    assert len(set(graph.subjects(rdflib.RDF.type, shacl.ValidationResult))) == 3


def test_report_graph_holds_all_results_and_no_blank_node() -> None:
    quads = report_quads("acme", (WRONG, MISSING))
    results = [q.object for q in quads if q.predicate == SH("result")]
    assert len(results) == 2
    assert {q.graph_name for q in quads} == {report_iri("acme")}
    assert not any(isinstance(node, BlankNode) for q in quads for node in (q.subject, q.object))
    assert list(quads) == sorted(quads, key=str)


def test_report_graph_states_each_result_in_the_terms_of_shacl() -> None:
    quads = report_quads("acme", (WRONG,))
    facts = {(q.predicate, q.object) for q in quads if q.subject != report_iri("acme")}
    assert facts == {
        (TYPE, SH("ValidationResult")),
        (SH("resultSeverity"), SH("Violation")),
        (SH("sourceShape"), NamedNode("https://w3id.org/pactgraph/shape/percent-range")),
        (SH("sourceConstraintComponent"), SH("MaxInclusiveConstraintComponent")),
        (SH("resultMessage"), Literal(WRONG.message)),
        (SH("focusNode"), NamedNode(TERM)),
        (SH("resultPath"), PG("percent")),
        (SH("value"), Literal("150.0")),
    }


def test_value_that_is_an_iri_stays_one() -> None:
    result = Result("acme", "violation", "s", "m", TERM, value=PGV("whim").value)
    assert PGV("whim") in [q.object for q in report_quads("acme", (result,)) if q.predicate == SH("value")]


def test_agreement_without_results_conforms() -> None:
    quads = report_quads("clear", ())
    assert {q.predicate: q.object.value for q in quads if q.predicate == SH("conforms")} == {SH("conforms"): "true"}  # type: ignore[union-attr]
