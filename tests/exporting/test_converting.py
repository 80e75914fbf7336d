"""The graph as objects of other libraries says the same as the graph."""

from __future__ import annotations

import pytest
import rdflib
from pyoxigraph import Quad

from pactgraph.assembling import ontology_quads
from pactgraph.exporting import to_owlready2, to_rdflib
from pactgraph.vocabulary import PG


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_rdflib_has_every_triple_and_durations_as_agreed(quads: tuple[Quad, ...]) -> None:
    dataset = to_rdflib(quads)
    assert len(set(dataset.triples((None, None, None)))) == len({quad.triple for quad in quads})
    lookback = dataset.objects(None, rdflib.URIRef(PG("asWritten").value))
    assert {str(value) for value in lookback} == {"P1M", "P12M", "PT72H", "P2W"}
    graphs = {str(graph.identifier) for graph in dataset.graphs() if len(graph)}
    assert {"urn:pactgraph:graph:harrow", "urn:pactgraph:inferred:harrow"} <= graphs


def test_owlready2_has_terms_as_individuals_of_the_ontology_classes(quads: tuple[Quad, ...]) -> None:
    world = to_owlready2(quads, ontology_quads())
    classes = world.get_namespace(PG.iri)
    (cap,) = classes.LiabilityCap.instances()
    assert classes.ContractTerm in cap.is_a[0].ancestors()
    assert [party.name for party in cap.party] == ["Both"]
    assert cap.inAgreement[0].slug == ["harrow"]
