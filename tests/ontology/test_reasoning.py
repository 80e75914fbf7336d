"""The ontology loads in an OWL library, and a reasoner finds it free of contradictions.

HermiT knows no xsd:duration, xsd:date or xsd:gYearMonth, so it gets a reasoning profile: the same
axioms with those datatypes read as xsd:string. SHACL judges the datatypes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from io import BytesIO

import owlready2
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from pactgraph.resources import folder
from pactgraph.vocabulary import OWL, PG, RDF, XSD

STRING = XSD("string")
UNREASONED = {XSD("duration"), XSD("date"), XSD("gYearMonth"), PG("DateOrMonth")}
PREFIXES = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix pg: <https://w3id.org/pactgraph/ontology#> .
@prefix pgv: <https://w3id.org/pactgraph/value/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs java, which is not installed")


def ontology() -> list[Quad]:
    return [
        quad
        for path in sorted(folder("ontology").glob("*.ttl"))
        for quad in parse(path=str(path), format=RdfFormat.TURTLE)
    ]


def reasoning_profile(quads: Iterable[Quad]) -> list[Quad]:
    """Return the quads with the datatypes that HermiT lacks read as strings, without the imports.

    The definition of pg:DateOrMonth goes, since a definition of xsd:string would be left of it.
    """

    def plain(term: NamedNode | BlankNode | Literal | Triple) -> NamedNode | BlankNode | Literal | Triple:
        if isinstance(term, Literal) and term.datatype in UNREASONED:
            return Literal(term.value)
        return STRING if term in UNREASONED else term

    kept = [quad for quad in quads if quad.subject not in UNREASONED and quad.predicate != OWL("imports")]
    return [Quad(quad.subject, quad.predicate, plain(quad.object)) for quad in kept]


def world_of(quads: Iterable[Quad]) -> owlready2.World:
    """Return a fresh owlready2 world that holds the quads and nothing else."""
    world = owlready2.World()
    triples = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    assert triples is not None
    world.get_ontology("https://w3id.org/pactgraph/ontology#").load(fileobj=BytesIO(triples))
    return world


def planted(turtle: str) -> list[Quad]:
    return [*reasoning_profile(ontology()), *parse((PREFIXES + turtle).encode(), format=RdfFormat.TURTLE)]


def classify(world: owlready2.World) -> set[str]:
    """Return the names of the unsatisfiable classes that HermiT finds; raises where all is inconsistent."""
    owlready2.sync_reasoner_hermit(world, debug=0)
    return {found.name for found in world.inconsistent_classes()} - {"Nothing"}


def test_ontology_loads_in_owlready2_with_all_its_classes() -> None:
    quads = [quad for quad in ontology() if quad.predicate != OWL("imports")]
    world = world_of(quads)
    declared = {
        quad.subject.value
        for quad in quads
        if isinstance(quad.subject, NamedNode) and (quad.predicate, quad.object) == (RDF("type"), OWL("Class"))
    }
    loaded = {found.iri for found in world.classes()}
    assert len(declared) > 120
    assert declared <= loaded
    assert world[PG("TerminationRight").value] in world[PG("Remedy").value].subclasses()


def test_profile_keeps_every_class_and_no_datatype_that_the_reasoner_lacks() -> None:
    quads = ontology()
    profile = reasoning_profile(quads)
    assert [quad for quad in profile if quad.object == OWL("Class")] == [q for q in quads if q.object == OWL("Class")]
    assert not any(quad.object in UNREASONED or quad.subject in UNREASONED for quad in profile)


@needs_java
def test_profile_is_consistent_and_no_class_unsatisfiable() -> None:
    assert classify(world_of(reasoning_profile(ontology()))) == set()


@needs_java
def test_class_under_obligation_and_prohibition_is_noticed_as_unsatisfiable() -> None:
    world = world_of(planted("pg:MustAndMustNot a owl:Class ; rdfs:subClassOf pg:Obligation , pg:Prohibition ."))
    assert classify(world) == {"MustAndMustNot"}


@needs_java
@pytest.mark.parametrize(
    "contradiction",
    [
        pytest.param("<urn:x:norm> a pg:Obligation , pg:Prohibition .", id="obligation-and-prohibition"),
        pytest.param("<urn:x:party> a pg:Provider , pg:Customer .", id="provider-and-customer"),
        pytest.param("<urn:x:party> a pg:Party ; pg:role pgv:Provider , pgv:Customer .", id="two-roles"),
        pytest.param("<urn:x:clause> a pg:Clause , pg:Uptime .", id="clause-and-term"),
        pytest.param(
            "<urn:x:right> a pg:TerminationRight ; pg:ground <urn:x:period> . <urn:x:period> a pg:Period .",
            id="period-as-ground",
        ),
    ],
)
def test_contradiction_is_noticed_as_inconsistent(contradiction: str) -> None:
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        classify(world_of(planted(contradiction)))


@needs_java
def test_term_in_order_is_consistent() -> None:
    term = """
    <urn:x:right> a pg:TerminationRight ; pg:party pgv:Either ; pg:ground pgv:materialBreach ; pg:cure <urn:x:cure> .
    <urn:x:cure> a pg:Period ; pg:asWritten "P30D" ; pg:direction pgv:after .
    <urn:x:provider> a pg:Party ; pg:role pgv:Provider .
    """
    world = world_of(planted(term))
    assert classify(world) == set()
    assert world[PG("Provider").value] in world["urn:x:provider"].is_a
