"""The shapes derived from the ontology: one of each sort, and none that is missing."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from pactgraph.validating import Shapes, load_shapes, validate
from pactgraph.validating.derived import background, derive
from pactgraph.vocabulary import PG, PGV, RDF, RDFS, SH, TYPE, XSD, Schema, agreement_iri, graph_iri, schema, term_iri

TERM = term_iri("acme", "Any", {}, 0, 1)


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes()


def found(shapes: Shapes, kind: str, *facts: tuple[str, NamedNode | Literal]) -> set[str]:
    """Return which derived shapes report a term that has these facts, all else left out."""
    graph = graph_iri("acme")
    quads = [Quad(agreement_iri("acme"), TYPE, PG("Agreement"), graph), Quad(TERM, TYPE, PG(kind), graph)]
    quads += [Quad(TERM, PG(name), value, graph) for name, value in facts]
    return {result.shape for result in validate(quads, shapes) if result.shape[0].isupper()}


# A kind, facts that break exactly one derived shape, and that shape.
CASES: list[tuple[str, list[tuple[str, NamedNode | Literal]], str]] = [
    ("Uptime", [("percent", Literal("99.9"))], "Uptime.percent"),
    (
        "Uptime",
        [("percent", Literal("99.9", datatype=XSD("decimal"))), ("percent", Literal("9", datatype=XSD("decimal")))],
        "Uptime.percent",
    ),
    ("Uptime", [("commitment", PGV("feesPaid"))], "Uptime.commitment"),
    ("Uptime", [("commitment", Literal("guarantee"))], "Uptime.commitment"),
    ("Uptime", [("window", Literal("P1M", datatype=XSD("duration")))], "Uptime.window"),
    ("Uptime", [("ground", PGV("convenience"))], "Uptime"),
    ("Obligation", [("party", PGV("Reseller"))], "Obligation.party"),
    ("Obligation", [("action", Literal(""))], "Obligation.action"),
    ("Obligation", [("action", Literal("pay", language="en"))], "Obligation.action"),
    ("Expiration", [("perpetual", Literal("maybe", datatype=XSD("boolean")))], "Expiration.perpetual"),
    ("Expiration", [("date", Literal("2024", datatype=XSD("gYear")))], "Expiration.date"),
    ("CreditClaim", [("deadlineText", PGV("other"))], "CreditClaim.deadline"),
    ("ExcludedDamages", [("kinds", PGV("indirect")), ("kinds", PGV("whim"))], "ExcludedDamages.kinds"),
]


@pytest.mark.parametrize(("kind", "facts", "shape"), CASES)
def test_broken_field_is_reported_by_the_shape_of_the_field(
    shapes: Shapes, kind: str, facts: list[tuple[str, NamedNode | Literal]], shape: str
) -> None:
    assert found(shapes, kind, *facts) == {shape}


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("Expiration", [("date", Literal("2024-03-01", datatype=XSD("date")))]),
        ("Expiration", [("date", Literal("2024-03", datatype=XSD("gYearMonth")))]),
        ("ExcludedDamages", [("kinds", PGV("indirect")), ("kinds", PGV("lostData"))]),
        ("Party", [("alias", Literal("we")), ("alias", Literal("us"))]),
        ("Uptime", [("rule", Literal("uptime/any")), ("appliesTo", PGV("Customer"))]),
    ],
)
def test_sound_field_is_not_reported(shapes: Shapes, kind: str, facts: list[tuple[str, NamedNode | Literal]]) -> None:
    assert found(shapes, kind, *facts) == set()


def test_every_field_of_every_kind_has_a_shape() -> None:
    fields = {f"{kind.name}.{field}" for kind in schema().kinds.values() for field in kind.fields}
    names = {
        t.object.value for t in derive(schema(), ()) if t.predicate == SH("name") and isinstance(t.object, Literal)
    }
    assert len(fields) > 150
    assert names == fields | set(schema().kinds)


def test_a_new_kind_is_checked_without_a_line_written() -> None:
    uptime = schema().kinds["Uptime"]
    shapes = list(derive(Schema({"Uptime": uptime}, {}), ()))
    assert Literal("percent of Uptime takes at most one value, a decimal number (xsd:decimal).") in [
        t.object for t in shapes
    ]


def test_derived_shapes_have_no_blank_nodes_and_one_order() -> None:
    first, second = list(derive(schema(), ())), list(derive(schema(), ()))
    assert first == second
    assert not any(isinstance(node, BlankNode) for t in first for node in (t.subject, t.object))
    assert {t.predicate for t in first if t.subject.value.startswith(SH.iri)} == set()  # type: ignore[union-attr]


def test_lists_end() -> None:
    rest = {t.subject: t.object for t in derive(schema(), ()) if t.predicate == RDF("rest")}
    assert all(cell in rest or cell == RDF("nil") for cell in rest.values())


def test_background_tells_superclasses_and_classes_of_values() -> None:
    facts = {(t.subject, t.predicate, t.object) for t in background(schema())}
    assert (PG("TerminationRight"), RDFS("subClassOf"), PG("ContractTerm")) in facts
    assert (PGV("convenience"), TYPE, PG("TerminationGround")) in facts
