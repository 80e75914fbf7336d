"""Graphs are cut into updates without cutting what hangs together."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from pactgraph.assembling import ontology_quads
from pactgraph.storing.sending import chunked

P = NamedNode("https://example.org/p")


def plain(number: int) -> Triple:
    return Triple(NamedNode(f"https://example.org/{number}"), P, Literal(str(number)))


@pytest.mark.parametrize(("number", "most", "sizes"), [(0, 5, []), (5, 5, [5]), (11, 5, [5, 5, 1])])
def test_no_chunk_is_larger_than_asked_for(number: int, most: int, sizes: list[int]) -> None:
    assert [len(chunk) for chunk in chunked([plain(i) for i in range(number)], most)] == sizes


def test_triples_that_share_a_blank_node_stay_together_even_beyond_the_size() -> None:
    chain = [Triple(BlankNode(f"b{i}"), P, BlankNode(f"b{i + 1}")) for i in range(9)]
    lone = [Triple(BlankNode(f"c{i}"), P, Literal("x")) for i in range(7)]
    triples = [*map(plain, range(20)), *chain, *lone]
    random.Random(7).shuffle(triples)
    chunks = list(chunked(triples, 4))
    assert sorted(map(str, (triple for chunk in chunks for triple in chunk))) == sorted(map(str, triples))
    assert sum(chain[0] in chunk for chunk in chunks) == 1
    assert next(set(chain) <= set(chunk) for chunk in chunks if chain[0] in chunk)
    assert max(len(chunk) for chunk in chunks if chain[0] not in chunk) <= 4


def test_the_ontology_is_the_same_after_it_came_in_chunks() -> None:
    triples = [quad.triple for quad in ontology_quads()]
    store, whole = ox.Store(), ox.Store()
    whole.extend(ox.Quad(*triple) for triple in triples)
    for chunk in chunked(triples, 300):
        text = (ox.serialize(chunk, format=ox.RdfFormat.N_TRIPLES) or b"").decode("utf-8")
        store.update(f"INSERT DATA {{ {text} }}")
    came, were = ox.Dataset(store), ox.Dataset(whole)
    for dataset in (came, were):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert len(came) > 1000
    assert came == were
