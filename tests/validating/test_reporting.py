"""Reports for people and programs, and the SHACL report graph."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Store

from pactgraph.errors import DefinitionError
from pactgraph.model import Evidence, Report, Result
from pactgraph.validating import (
    FORMATS,
    is_judged_with,
    judged_with,
    kept_report,
    load_shapes,
    render,
    report_quads,
    results_of,
)
from pactgraph.validating.report_graph import judged_by
from pactgraph.vocabulary import OA, PG, PGV, SH, TYPE, report_iri

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
        "             2.1 [10:31]\n"
        "  warning    states-governing-law: No governing law.\n"
        "brook: 1 warning\n"
        "  warning    states-term: No term.\n"
        "clear: nothing wrong, nothing missing\n"
        "3 agreements: 1 violation, 2 warnings\n"
        "Engine: pyshacl\n"
    )


def test_text_shows_the_whole_quotes_on_demand() -> None:
    long = Result("acme", "violation", "s", "m", TERM, evidence=(Evidence("acme", "word " * 100, 0, 500),))
    assert '2.1 [10:31] "Uptime of 150 percent"\n' in render(REPORT, quotes=True)
    assert ("word " * 100).strip() in render(Report((long,)), quotes=True)
    assert "word" not in render(Report((long,)))
    for form in set(FORMATS) - {"text"}:
        assert render(REPORT, form, quotes=True) == render(REPORT, form)


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_format_names_the_engine(form: str) -> None:
    assert re.search("swift.2\\.1", render(replace(REPORT, engine="swift 2.1"), form))


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
    assert render(Report()) == "0 agreements: nothing wrong, nothing missing\nEngine: pyshacl\n"


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
    evidence = NamedNode(f"{report_iri('acme').value}:result:1:evidence:1")
    facts = {(q.predicate, q.object) for q in quads if q.subject not in (report_iri("acme"), evidence)}
    assert facts == {
        (TYPE, SH("ValidationResult")),
        (SH("resultSeverity"), SH("Violation")),
        (SH("sourceShape"), NamedNode("https://w3id.org/pactgraph/shape/percent-range")),
        (SH("sourceConstraintComponent"), SH("MaxInclusiveConstraintComponent")),
        (SH("resultMessage"), Literal(WRONG.message)),
        (SH("focusNode"), NamedNode(TERM)),
        (SH("resultPath"), PG("percent")),
        (SH("value"), Literal("150.0")),
        (OA("hasTarget"), evidence),
    }
    assert (OA("exact"), Literal("Uptime of\n150 percent")) in {(q.predicate, q.object) for q in quads}


def test_results_come_back_from_a_kept_report_as_they_went_in() -> None:
    evidence = (Evidence("acme", 'He said "no"\n', 3, 16, "", 4, "He said no"), Evidence("acme", "é", 0, 1, "1"))
    odd = replace(MISSING, shape="https://example.org/a b#c", evidence=evidence, severity="info", value="P12M")
    results = (WRONG, *(replace(MISSING, message=f"No {number}.") for number in range(12)), odd)
    origin = judged_with(load_shapes())
    stored = Store()
    stored.extend(kept_report("acme", results, origin))
    head = list(stored.quads_for_pattern(report_iri("acme"), None, None, None))
    assert results_of(head) == results
    assert is_judged_with(head, origin)
    assert set(report_quads("acme", results, origin)) < set(stored)
    assert results_of(kept_report("acme", (), origin)) == ()


def test_report_of_other_shapes_or_another_engine_is_told_apart() -> None:
    shapes = load_shapes()
    held = report_quads("acme", (), judged_with(shapes))
    assert not is_judged_with(held, judged_with(replace(shapes, digest="other")))
    assert not is_judged_with(held, (*judged_by("pyshacl 0.0.1"), *judged_with(shapes)[1:]))
    assert not is_judged_with((), ())


def test_value_that_is_an_iri_stays_one() -> None:
    result = Result("acme", "violation", "s", "m", TERM, value=PGV("whim").value)
    assert PGV("whim") in [q.object for q in report_quads("acme", (result,)) if q.predicate == SH("value")]


def test_agreement_without_results_conforms() -> None:
    quads = report_quads("clear", ())
    assert {q.predicate: q.object.value for q in quads if q.predicate == SH("conforms")} == {SH("conforms"): "true"}  # type: ignore[union-attr]
