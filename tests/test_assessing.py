"""What changed is judged, and nothing else; what many processes find is what one finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

import pactgraph.assessing
from pactgraph import Graph
from pactgraph.assessing import assess
from pactgraph.errors import DefinitionError
from pactgraph.model import Result
from pactgraph.resources import folder
from pactgraph.storing import Store
from pactgraph.validating import load_shapes, validate
from pactgraph.vocabulary import PG, graph_iri

SUBSCRIPTION = folder("shapes") / "examples" / "valid" / "subscription.ttl"
SLUGS = tuple(f"quillmark-{number}" for number in range(5))


def facts(slug: str, law: str = "IE") -> list[Quad]:
    """Return the graph of an agreement, with a law that is a code, or none."""
    text = SUBSCRIPTION.read_text(encoding="utf-8").replace("quillmark", slug)
    triples = [q.triple for q in parse(text.encode(), format=RdfFormat.TURTLE)]
    quads = [Quad(t.subject, t.predicate, t.object, graph_iri(slug)) for t in triples]
    return [replaced(quad, law) if quad.predicate == PG("law") else quad for quad in quads]


def replaced(quad: Quad, law: str) -> Quad:
    return Quad(quad.subject, quad.predicate, Literal(law), quad.graph_name)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "graph", writing=True) as opened:
        for slug in SLUGS:
            opened.replace(slug, facts(slug, "Ireland" if slug.endswith("3") else "IE"))
        yield opened


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the agreements that are judged from now on."""
    found: list[str] = []
    real = pactgraph.assessing._judge

    def noted(slug: str, *arguments: object) -> tuple[Result, ...]:
        found.append(slug)
        return real(slug, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(pactgraph.assessing, "_judge", noted)
    return found


def shapes_of(found: dict[str, tuple[Result, ...]]) -> dict[str, list[str]]:
    return {slug: [result.shape for result in results] for slug, results in found.items()}


def test_only_agreements_that_changed_are_judged_again(store: Store, judged: list[str]) -> None:
    first = dict(assess(store, SLUGS, keep=True))
    assert judged == list(SLUGS)
    assert shapes_of(first) == {slug: ["law-code"] if slug.endswith("3") else [] for slug in SLUGS}
    judged.clear()
    assert dict(assess(store, SLUGS, keep=True)) == first
    assert judged == []
    store.replace(SLUGS[1], facts(SLUGS[1], "Eire"))
    second = dict(assess(store, SLUGS, keep=True))
    assert judged == [SLUGS[1]]
    assert second == first | {SLUGS[1]: second[SLUGS[1]]}
    assert [result.value for result in second[SLUGS[1]]] == ["Eire"]


def test_results_that_are_read_from_a_report_are_those_of_the_judgement(store: Store) -> None:
    list(assess(store, SLUGS, keep=True))
    for slug, results in assess(store, SLUGS, keep=True):
        assert results == validate(store.quads(graph_iri(slug)), load_shapes())
        assert bool(results) == slug.endswith("3")


def test_other_shapes_judge_everything_again(store: Store, judged: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    list(assess(store, SLUGS, keep=True))
    judged.clear()
    other = replace(load_shapes(), digest="other")
    monkeypatch.setattr(pactgraph.assessing, "load_shapes", lambda: other)
    list(assess(store, SLUGS, keep=True))
    assert judged == list(SLUGS)


def test_what_is_not_kept_is_judged_each_time(store: Store, judged: list[str]) -> None:
    list(assess(store, SLUGS, keep=False))
    list(assess(store, SLUGS, keep=False))
    assert judged == [*SLUGS, *SLUGS]
    assert store.report(SLUGS[0]) == ()


def test_several_processes_find_what_one_finds_in_the_same_order(store: Store) -> None:
    alone = list(assess(store, SLUGS, workers=1, keep=False))
    assert list(assess(store, SLUGS, workers=2, keep=False)) == alone
    assert [slug for slug, _ in alone] == list(SLUGS)


def test_damaged_or_missing_copies_of_facts_change_no_result(store: Store) -> None:
    alone = list(assess(store, SLUGS, workers=1, keep=False))
    copies = [store.kept_facts(slug) for slug in SLUGS]
    assert copies[3] is not None
    assert copies[1] is not None
    copies[3].write_bytes(b"damaged")
    copies[1].unlink()
    assert list(assess(store, SLUGS, workers=2, keep=False)) == alone


def test_graph_without_the_name_of_its_agreement_is_reported_under_its_slug(store: Store) -> None:
    bare = [quad for quad in facts("nameless") if quad.predicate != PG("slug")]
    store.replace("nameless", [*bare, Quad(NamedNode("urn:x"), PG("law"), Literal("IE"), graph_iri("nameless"))])
    ((slug, results),) = assess(store, ["nameless"], keep=True)
    assert slug == "nameless"
    assert {result.agreement for result in results} == {"nameless"}


def test_engine_is_told_by_the_report_of_a_graph_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    with Graph.open(tmp_path / "graph", writing=True) as graph:
        assert graph.validate().engine.startswith("pyshacl 0.")
        with pytest.raises(DefinitionError, match="unknown SHACL engine 'quick'"):
            graph.validate(engine="quick")
