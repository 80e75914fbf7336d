"""What makes the engine fast changes no result, and the shapes are SHACL by SHACL's own shapes."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse
from pyshacl import validate as pyshacl_validate
from rdflib import Graph

from pactgraph.resources import folder
from pactgraph.validating import Shapes, engine, load_shapes
from pactgraph.validating.derived import derive
from pactgraph.vocabulary import Schema, schema

EXAMPLES = folder("shapes") / "examples"
TRIED = ["agreement-twice", "clauses-misplaced", "money", "norm-of-two-kinds", "offset-beyond-source", "selectors-bare"]


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes()


def triples(name: str) -> tuple[Triple, ...]:
    paths: list[Path] = [EXAMPLES / "valid" / "subscription.ttl", EXAMPLES / "invalid" / f"{name}.ttl"]
    return tuple(quad.triple for path in paths for quad in parse(path=str(path), format=RdfFormat.TURTLE))


@pytest.mark.parametrize("name", TRIED)
def test_flat_shapes_and_fast_queries_give_what_plain_pyshacl_gives(
    shapes: Shapes, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fast = engine.run(triples(name), shapes)
    monkeypatch.setattr(engine, "_flattened", lambda found: found)
    monkeypatch.setattr(engine._Data, "query", Graph.query)
    engine._shapes_graph.cache_clear()
    plain = engine.run(triples(name), shapes)
    engine._shapes_graph.cache_clear()
    assert fast
    assert fast == plain


def test_written_shapes_are_shacl_by_the_shapes_of_shacl() -> None:
    paths = sorted(folder("shapes").glob("*.ttl"))
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    conforms, _, text = pyshacl_validate(Graph(), shacl_graph=graph, meta_shacl=True)
    assert conforms, text
    assert len(paths) >= 6


def test_derived_shapes_are_shacl_by_the_shapes_of_shacl(shapes: Shapes) -> None:
    graph = engine._shapes_graph(Shapes(tuple(derive(Schema({"Party": schema().kinds["Party"]}, {}), ())), {}, ()))
    conforms, _, text = pyshacl_validate(Graph(), shacl_graph=graph, meta_shacl=True)
    assert conforms, text
