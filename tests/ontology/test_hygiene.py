"""Every hygiene query finds nothing in the ontology, and finds what is planted for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store, parse

from pactgraph.resources import folder

ONTOLOGY = folder("ontology")
PLANTED = Path(__file__).parent / "planted"
CHECKS = sorted(path.stem for path in (ONTOLOGY / "checks").glob("*.rq"))
OWL_IMPORTS = NamedNode("http://www.w3.org/2002/07/owl#imports")
OWL_ONTOLOGY = NamedNode("http://www.w3.org/2002/07/owl#Ontology")
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def ontology_with(*more: Path) -> Store:
    store = Store()
    for path in (*sorted(ONTOLOGY.glob("*.ttl")), *more):
        store.load(path=str(path), format=RdfFormat.TURTLE)
    return store


def rows(store: Store, check: str) -> list[str]:
    found = store.query((ONTOLOGY / "checks" / f"{check}.rq").read_text(encoding="utf-8"))
    assert isinstance(found, QuerySolutions)
    return [" ".join(str(value) for value in row) for row in found]


@pytest.fixture(scope="module")
def ontology() -> Store:
    return ontology_with()


@pytest.mark.parametrize("check", CHECKS)
def test_ontology_passes_the_check(ontology: Store, check: str) -> None:
    assert rows(ontology, check) == []


@pytest.mark.parametrize("check", CHECKS)
def test_check_catches_what_is_planted_and_nothing_else(check: str) -> None:
    found = rows(ontology_with(PLANTED / f"{check}.ttl"), check)
    assert found
    assert all("planted" in row.lower() for row in found)


def test_all_checks_ran_each_with_its_planted_fault() -> None:
    assert len(CHECKS) == 28
    assert sorted(path.stem for path in PLANTED.glob("*.ttl")) == CHECKS


@pytest.mark.parametrize("check", CHECKS)
def test_check_says_problem_and_solution(check: str) -> None:
    lines = (ONTOLOGY / "checks" / f"{check}.rq").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# Problem: ")
    assert sum(line.startswith("# Solution: ") for line in lines) == 1


def test_header_imports_every_file_but_the_alignments() -> None:
    base = "https://w3id.org/pactgraph/ontology"
    header = parse(path=str(ONTOLOGY / "pactgraph.ttl"), format=RdfFormat.TURTLE)
    imported = {
        quad.object.value for quad in header if quad.predicate == OWL_IMPORTS and isinstance(quad.object, NamedNode)
    }
    files = {path.stem for path in ONTOLOGY.glob("*.ttl")}
    assert imported == {f"{base}/{stem}" for stem in files - {"pactgraph", "alignments"}}
    assert len(imported) >= 19


@pytest.mark.parametrize("path", sorted(ONTOLOGY.glob("*.ttl")), ids=lambda path: path.stem)
def test_each_file_is_one_ontology_of_its_own_name(path: Path) -> None:
    named = [quad.subject for quad in parse(path=str(path), format=RdfFormat.TURTLE) if quad.object == OWL_ONTOLOGY]
    suffix = "" if path.stem == "pactgraph" else f"/{path.stem}"
    assert named == [NamedNode(f"https://w3id.org/pactgraph/ontology{suffix}")]


@pytest.mark.parametrize("path", sorted(ONTOLOGY.glob("*.ttl")), ids=lambda path: path.stem)
def test_file_stays_small_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 450
