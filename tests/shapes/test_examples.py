"""Every example in shapes/examples is judged as its header says, and every shape is proven by one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from pactgraph.validating import Shapes, load_shapes, validate
from pactgraph.vocabulary import graph_iri

SHAPES = Path(__file__).resolve().parents[2] / "shapes"
VALID = sorted((SHAPES / "examples" / "valid").glob("*.ttl"))
INVALID = sorted((SHAPES / "examples" / "invalid").glob("*.ttl"))


@cache
def shapes() -> Shapes:
    return load_shapes()


def header(path: Path, key: str) -> list[str]:
    mark = f"# {key}: "
    return [
        line.removeprefix(mark).strip()
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(mark)
    ]


def quads(path: Path) -> list[Quad]:
    bases = [quad for base in header(path, "with") for quad in quads(path.parent / base)]
    own = parse(path=str(path), format=RdfFormat.TURTLE)
    return [*bases, *(Quad(q.subject, q.predicate, q.object, graph_iri("example")) for q in own)]


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_example_has_no_result(path: Path) -> None:
    assert [(r.shape, r.focus, r.value) for r in validate(quads(path), shapes())] == []


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_example_is_reported_by_the_shapes_its_header_names(path: Path) -> None:
    found = validate(quads(path), shapes())
    assert sorted({result.shape for result in found}) == sorted(header(path, "expect"))
    assert all(result.message for result in found)


def test_examples_are_all_found() -> None:
    assert len(VALID) >= 6
    assert len(INVALID) >= 43


def test_every_written_shape_is_reported_by_an_example() -> None:
    expected = {name for path in INVALID for name in header(path, "expect")}
    # The derived shapes have the names of the ontology; tests/validating/test_derived.py tries one of each sort.
    written = {name for name in shapes().names.values() if name[0].islower()}
    assert len(written) >= 150
    assert written - expected == set()
