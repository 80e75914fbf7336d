"""What makes the engines fast changes no result, and the shapes are SHACL by SHACL's own shapes."""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Sequence
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize
from pyshacl import validate as pyshacl_validate
from rdflib import Graph

from pactgraph.errors import DefinitionError
from pactgraph.resources import folder
from pactgraph.validating import Shapes, engines, load_shapes
from pactgraph.validating.derived import derive
from pactgraph.validating.engine_pyshacl import results
from pactgraph.validating.engines import ENGINES, FAST, PYSHACL, check, engine_name, prepare, run
from pactgraph.validating.indexed import Indexed
from pactgraph.validating.raw import Raw
from pactgraph.validating.selects import divided
from pactgraph.vocabulary import PG, XSD, Schema, schema

EXAMPLES = folder("shapes") / "examples"
PLAIN = ["agreement-twice", "clauses-misplaced", "money", "norm-of-two-kinds", "offset-beyond-source", "selectors-bare"]
"""Examples that pyshacl is also tried on as it comes, which takes seconds for each."""

needs_fast = pytest.mark.skipif(
    importlib.util.find_spec("pyshacl_turbo") is None, reason="the extra 'fast' is not installed"
)


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes()


def triples(paths: Sequence[Path]) -> tuple[Triple, ...]:
    return tuple(quad.triple for path in paths for quad in parse(path=str(path), format=RdfFormat.TURTLE))


def invalid(name: str) -> tuple[Triple, ...]:
    return triples([EXAMPLES / "valid" / "subscription.ttl", EXAMPLES / "invalid" / f"{name}.ttl"])


def plain(data: tuple[Triple, ...], shapes: Shapes) -> tuple[Raw, ...]:
    """Return what pyshacl finds when it is given the shapes and the data as they are, with rdflib's SPARQL."""
    given, wanted = Graph(), Graph()
    for graph, statements in ((given, (*data, *shapes.background)), (wanted, shapes.triples)):
        graph.parse(data=serialize(statements, format=RdfFormat.N_TRIPLES) or b"", format="nt")
    _, report, _ = pyshacl_validate(given, shacl_graph=wanted, inplace=True)
    assert isinstance(report, Graph)
    found = {(raw.shape, raw.focus, raw.path, raw.value): raw for raw in sorted(results(report))}
    return tuple(sorted(found.values()))


@pytest.mark.parametrize("name", PLAIN)
def test_pyshacl_finds_what_it_finds_without_all_that_makes_it_fast(shapes: Shapes, name: str) -> None:
    fast = run(prepare(invalid(name), shapes), shapes)
    assert fast
    assert fast == plain(invalid(name), shapes)


def test_most_queries_are_asked_of_the_store_and_all_other_shapes_are_left(shapes: Shapes) -> None:
    rest, selects = divided(shapes)
    asked = {select.shape for select in selects}
    assert len(asked) >= 50
    assert asked | {str(t.subject).strip("<>") for t in rest.triples} >= set(shapes.names)
    assert not asked & {str(t.subject).strip("<>") for t in rest.triples}


@needs_fast
def test_fast_engine_finds_what_pyshacl_finds_in_every_example(shapes: Shapes) -> None:
    paths = sorted(EXAMPLES.glob("*/*.ttl"))
    found = 0
    for path in paths:
        data = prepare(triples([EXAMPLES / "valid" / "subscription.ttl", path]), shapes)
        slow = run(data, shapes, PYSHACL)
        assert run(data, shapes, FAST) == slow, path.stem
        found += len(slow)
    assert len(paths) >= 60
    assert found > 280


@needs_fast
def test_fast_engine_logs_no_ill_typed_literal(shapes: Shapes, caplog: pytest.LogCaptureFixture) -> None:
    broken = Triple(NamedNode("urn:x"), PG("percent"), Literal("ninety", datatype=XSD("decimal")))
    with caplog.at_level(logging.DEBUG):
        assert run(prepare([broken], shapes), shapes, FAST)
    assert not caplog.records


@needs_fast
def test_fast_engine_finds_what_pyshacl_finds_where_queries_are_left_to_it(
    shapes: Shapes, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = prepare(invalid("out-of-order"), shapes)
    expected = run(data, shapes, PYSHACL)
    monkeypatch.setattr(engines, "divided", lambda found: (found, ()))
    assert run(data, shapes, FAST) == run(data, shapes, PYSHACL) == expected
    assert expected


def test_engine_that_does_not_exist_or_is_not_installed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DefinitionError, match="Did you mean 'pyshacl'"):
        check("pyshackle")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(DefinitionError, match=r"pip install 'pactgraph\[fast\]'"):
        check(FAST)


def test_engine_is_named_with_its_version() -> None:
    assert ENGINES == (PYSHACL, FAST)
    assert engine_name().startswith("pyshacl 0.")


def test_written_shapes_are_shacl_by_the_shapes_of_shacl() -> None:
    paths = sorted(folder("shapes").glob("*.ttl"))
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    conforms, _, text = pyshacl_validate(Graph(), shacl_graph=graph, meta_shacl=True)
    assert conforms, text
    assert len(paths) >= 6


def test_derived_shapes_are_shacl_by_the_shapes_of_shacl() -> None:
    graph = Indexed(derive(Schema({"Party": schema().kinds["Party"]}, {}), ()))
    conforms, _, text = pyshacl_validate(Graph(), shacl_graph=graph, meta_shacl=True)
    assert conforms, text
