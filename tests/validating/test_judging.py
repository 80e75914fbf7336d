"""Results of one agreement: their order, their evidence, and graphs that are none."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from pactgraph.errors import ShapeError
from pactgraph.model import Evidence
from pactgraph.resources import folder
from pactgraph.validating import Shapes, load_shapes, validate
from pactgraph.vocabulary import OA, PG, PGV, TYPE, XSD, agreement_iri, graph_iri

SUBSCRIPTION = folder("shapes") / "examples" / "valid" / "subscription.ttl"
TERM = "urn:pactgraph:agreement:quillmark:term:"
LAW = "The law of Ireland governs these terms"


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes()


@pytest.fixture
def quads() -> list[Quad]:
    graph = graph_iri("quillmark")
    triples = parse(path=str(SUBSCRIPTION), format=RdfFormat.TURTLE)
    return [Quad(t.subject, t.predicate, t.object, graph) for t in triples]


def fact(subject: str, predicate: NamedNode, value: NamedNode | Literal) -> Quad:
    return Quad(NamedNode(TERM + subject), predicate, value, graph_iri("quillmark"))


def test_sound_agreement_has_no_result(shapes: Shapes, quads: list[Quad]) -> None:
    assert validate(quads, shapes) == ()


def test_result_names_shape_agreement_focus_path_and_value(shapes: Shapes, quads: list[Quad]) -> None:
    (result,) = validate([*quads, fact("GoverningLaw:first", PG("law"), Literal("Ireland"))], shapes)[:1]
    assert (result.agreement, result.severity, result.shape) == ("quillmark", "violation", "GoverningLaw.law")
    assert (result.focus, result.path) == (f"{TERM}GoverningLaw:first", PG("law").value)
    assert result.value == "IE, Ireland"
    assert result.component == "MaxCountConstraintComponent"
    assert result.message == "law of GoverningLaw takes at most one value, a piece of text, not empty."


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "shape"),
    [
        ("GoverningLaw:first", PG("law"), Literal("Ireland"), "law-code"),
        ("GoverningLaw:first:evidence", OA("hasSource"), NamedNode("urn:sha256:00"), "evidence-source"),
        ("GoverningLaw:first:evidence:position", OA("start"), Literal("-1", datatype=XSD("integer")), "position-start"),
    ],
)
def test_result_about_a_term_or_its_parts_carries_the_evidence_of_the_term(
    shapes: Shapes, quads: list[Quad], subject: str, predicate: NamedNode, value: NamedNode | Literal, shape: str
) -> None:
    results = [r for r in validate([*quads, fact(subject, predicate, value)], shapes) if r.shape == shape]
    assert results
    assert {e.quote for r in results for e in r.evidence} == {LAW}


def test_result_about_a_period_carries_the_evidence_of_its_term(shapes: Shapes, quads: list[Quad]) -> None:
    (result,) = validate([*quads, fact("InitialTerm:first:duration", PG("asWritten"), Literal("P1Y"))], shapes)
    assert result.shape == "period-as-written"
    assert result.value == "P12M, P1Y"
    (evidence,) = result.evidence
    assert evidence == Evidence(
        "quillmark", "These terms run for twelve months.", evidence.start, evidence.start + 34, "1"
    )


def test_result_about_the_agreement_carries_no_evidence(shapes: Shapes, quads: list[Quad]) -> None:
    silent = [q for q in quads if not (q.predicate == TYPE and q.object == PG("GoverningLaw"))]
    results = {r.shape: r for r in validate(silent, shapes)}
    assert set(results) == {"states-governing-law", "term-kind"}
    assert results["states-governing-law"].severity == "warning"
    assert results["states-governing-law"].evidence == ()


def test_violations_come_before_warnings(shapes: Shapes, quads: list[Quad]) -> None:
    silent = [q for q in quads if not (q.predicate == TYPE and q.object == PG("GoverningLaw"))]
    assert [r.severity for r in validate(silent, shapes)] == ["violation", "warning"]


def test_order_of_quads_changes_nothing(shapes: Shapes, quads: list[Quad]) -> None:
    broken = [
        *quads,
        *(fact("Party:provider", PG(name), Literal("")) for name in ("name", "country", "law", "from", "email")),
    ]
    results = validate(broken, shapes)
    assert len(results) >= 6
    assert validate(list(reversed(broken)), shapes) == results


def test_duration_as_written_survives_the_engine(shapes: Shapes, quads: list[Quad]) -> None:
    (result,) = validate(
        [*quads, fact("InitialTerm:first", PG("duration"), Literal("P12M", datatype=XSD("duration")))], shapes
    )[:1]
    assert "P12M" in result.value
    assert rdflib.NORMALIZE_LITERALS is True


@pytest.mark.parametrize("agreements", [[], ["one", "two"]])
def test_graph_of_no_or_several_agreements_is_a_violation(shapes: Shapes, agreements: list[str]) -> None:
    quads = [Quad(agreement_iri(slug), TYPE, PG("Agreement"), graph_iri("acme")) for slug in agreements]
    (result,) = validate(quads, shapes)
    assert (result.severity, result.shape) == ("violation", "one-agreement")
    assert f"describes {len(agreements)} agreements" in result.message


def test_ill_typed_literals_are_reported_and_not_logged(
    shapes: Shapes, quads: list[Quad], caplog: pytest.LogCaptureFixture, recwarn: pytest.WarningsRecorder
) -> None:
    broken = Literal("ninety", datatype=XSD("decimal"))
    with caplog.at_level(logging.DEBUG):
        found = {r.shape for r in validate([*quads, fact("Uptime:first", PG("percent"), broken)], shapes)}
    assert "Uptime.percent" in found
    assert not [record for record in caplog.records if record.name.startswith("rdflib.term")]
    assert not [warning for warning in recwarn if "rdflib" in warning.filename]


def test_unknown_value_is_shown(shapes: Shapes, quads: list[Quad]) -> None:
    (result,) = validate([*quads, fact("Obligation:first", PG("effort"), PGV("heroic"))], shapes)
    assert (result.shape, result.value) == ("Obligation.effort", PGV("heroic").value)


def test_shape_that_the_engine_cannot_apply_is_refused(tmp_path: Path, quads: list[Quad]) -> None:
    (tmp_path / "path.ttl").write_text(
        "@prefix pg: <https://w3id.org/pactgraph/ontology#> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        '[] sh:targetClass pg:Agreement ; sh:name "n" ; sh:message "m" ; sh:lessThan pg:begins .\n',
        encoding="utf-8",
    )
    with pytest.raises(ShapeError, match="pyshacl cannot apply a shape"):
        validate(quads, load_shapes(tmp_path))


def test_warning_tells_that_a_term_is_left_to_another_document(shapes: Shapes, quads: list[Quad]) -> None:
    agreement, state = agreement_iri("quillmark"), NamedNode("urn:pactgraph:agreement:quillmark:state:GoverningLaw")
    silent = [quad for quad in quads if PG("GoverningLaw") != quad.object]
    facts: list[tuple[NamedNode, NamedNode | Literal]] = [
        (TYPE, PG("TermState")),
        (PG("ofAgreement"), agreement),
        (PG("ofKind"), PG("GoverningLaw")),
        (PG("status"), PGV("unknown")),
        (PG("stateReason"), Literal("It may stand in the order form.")),
    ]
    left = [Quad(state, predicate, value, graph_iri("quillmark")) for predicate, value in facts]

    def message(graph: list[Quad]) -> str:
        (found,) = (result.message for result in validate(graph, shapes) if result.shape == "states-governing-law")
        return found

    assert message([*silent, *left]) == f"{message(silent)} It may stand in the order form."
