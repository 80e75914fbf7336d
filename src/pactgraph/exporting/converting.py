"""The graph as objects of other Python libraries."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox
from pyoxigraph import Quad, RdfFormat

from pactgraph.vocabulary import OWL, PREFIXES

if TYPE_CHECKING:
    import owlready2
    import rdflib

_IMPORTS = OWL("imports")


def to_rdflib(quads: Iterable[Quad]) -> rdflib.Dataset:
    """Return the quads as an rdflib dataset, each named graph by itself, whose default graph is their union.

    Literals are kept as they are written: rdflib would turn P12M into P1Y.
    """
    import rdflib  # takes a while to load

    dataset = rdflib.Dataset(default_union=True)
    for prefix, space in PREFIXES.items():
        dataset.bind(prefix, space)
    for quad in quads:
        name = quad.graph_name
        graph = dataset.default_graph
        if isinstance(name, ox.NamedNode):
            graph = dataset.graph(rdflib.URIRef(name.value))
        graph.add((_node(quad.subject), _node(quad.predicate), _node(quad.object)))
    return dataset


def _node(term: object) -> rdflib.term.Node:
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Literal) and term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if isinstance(term, ox.Literal):
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
    raise TypeError(f"an RDF term was expected, not {term!r}")


def to_owlready2(quads: Iterable[Quad], ontology: Iterable[Quad]) -> owlready2.World:
    """Return a world of owlready2: the classes of the ontology, and agreements and terms as their individuals.

    The world is one of its own, in memory. Graph names are left out.
    """
    import owlready2

    every = {quad.triple for source in (ontology, quads) for quad in source}
    triples = sorted((triple for triple in every if triple.predicate != _IMPORTS), key=str)  # they are all here
    world = owlready2.World()
    data = ox.serialize(triples, format=RdfFormat.N_TRIPLES)
    assert data is not None
    world.get_ontology("https://w3id.org/pactgraph/ontology#").load(fileobj=io.BytesIO(data))
    return world
