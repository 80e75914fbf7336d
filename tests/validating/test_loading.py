"""Broken shapes are refused with the file, the line and the fix."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pactgraph.errors import ShapeError
from pactgraph.resources import folder
from pactgraph.validating import load_shapes
from pactgraph.validating.loading import shape_iri

PREFIXES = """@prefix pg: <https://w3id.org/pactgraph/ontology#> .
@prefix pgv: <https://w3id.org/pactgraph/value/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://example.org/> .
"""
GOOD = (
    "[] sh:targetClass pg:Agreement ; sh:property "
    '[ sh:name "has-vendor" ; sh:path pg:vendor ; sh:minCount 1 ; sh:message "Name the vendor." ] .'
)

# What is broken, and what the message says; the line counts from the four prefix lines.
BROKEN = [
    ("[] sh:targetClass pg:Agreement ; [ .", r"broken\.ttl:5: not Turtle"),
    ("ex:a ex:b ex:c .", r"broken\.ttl:1: no SHACL in this file"),
    (GOOD.replace("minCount", "minCuont"), r"broken\.ttl:5: unknown SHACL term 'minCuont'.*Did you mean 'minCount'"),
    (
        GOOD.replace("pg:Agreement", "pg:Agreemnt"),
        r"broken\.ttl:5: the ontology has no 'pg:Agreemnt'\. Did you mean 'pg:Agreement'",
    ),
    (GOOD.replace("sh:minCount 1", "sh:in ( pgv:whim )"), r"broken\.ttl:5: the ontology has no 'pgv:whim'"),
    (GOOD.replace("sh:minCount 1", 'sh:minCount "1"'), r"broken\.ttl:5: sh:minCount .* is no whole number"),
    (GOOD.replace("sh:minCount 1", "sh:in pgv:support"), r"broken\.ttl:5: sh:in takes a list"),
    (GOOD.replace("sh:minCount 1", 'sh:pattern "(["'), r"broken\.ttl:5: '\(\[' is no regular expression"),
    (GOOD.replace("sh:path pg:vendor ;", ""), r"broken\.ttl:5: a property shape without sh:path"),
    (GOOD.replace("sh:minCount 1 ;", ""), r"broken\.ttl:5: this shape has no constraint"),
    (GOOD.replace('sh:name "has-vendor" ;', ""), r"broken\.ttl:5: this shape has 0 names"),
    (GOOD.replace('; sh:message "Name the vendor."', ""), r"broken\.ttl:5: 'has-vendor' has no sh:message"),
    (GOOD.replace("sh:minCount 1", "sh:minCount 1 ; sh:severity pg:Agreement"), r"broken\.ttl:5: unknown severity"),
    (GOOD + "\n" + GOOD, r"broken\.ttl:5: the name 'has-vendor' is taken by .*broken\.ttl:5"),
    (
        GOOD.replace("has-vendor", "Uptime.percent"),
        r"broken\.ttl:5: the name 'Uptime\.percent' is taken by the shapes derived",
    ),
]
QUERY = """[] sh:targetClass pg:Agreement ; sh:name "q" ; sh:message "m" ;
    sh:sparql [ sh:prefixes <https://w3id.org/pactgraph/shapes> ;
        sh:select \"\"\"
            SELECT $this WHERE { $this pg:vendor ?vendor }
        \"\"\" ] ."""
BROKEN_QUERIES = [
    (QUERY.replace("SELECT $this", "SELECT ?vendor"), r"broken\.ttl:8: this query does not select \$this"),
    (QUERY.replace("{ $this", "{ VALUES ?x { 1 } $this"), r"broken\.ttl:8: VALUES is not allowed in a shape"),
    (QUERY.replace("WHERE {", "WHERE"), r"broken\.ttl:8: this sh:select is not SPARQL"),
    (
        QUERY.replace("pg:vendor", "pg:vendour"),
        r"broken\.ttl:8: the ontology has no 'pg:vendour'\. Did you mean 'pg:vendor'",
    ),
    (
        QUERY.replace("{ $this", "{ SERVICE <https://example.org/> { ?s ?p ?o } $this"),
        r"broken\.ttl:8: SERVICE is not allowed in a shape: it would ask",
    ),
    (
        QUERY.replace("sh:prefixes <https://w3id.org/pactgraph/shapes> ;", ""),
        r"broken\.ttl:8: this query has no prefixes",
    ),
    (
        QUERY.replace("sh:sparql [", "sh:sparql [ sh:severity sh:Warning ;"),
        r"broken\.ttl:6: sh:severity inside sh:sparql is ignored",
    ),
]


def write(folder_: Path, text: str) -> Path:
    (folder_ / "broken.ttl").write_text(PREFIXES + text + "\n", encoding="utf-8")
    return folder_


@pytest.mark.parametrize(("text", "message"), [*BROKEN, *BROKEN_QUERIES])
def test_broken_shape_is_refused_with_line_and_fix(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ShapeError, match=message) as caught:
        load_shapes(folder("shapes"), write(tmp_path, text))
    assert "\n" not in str(caught.value)


def test_broken_shapes_are_all_tried() -> None:
    assert len(BROKEN) == 15
    assert len(BROKEN_QUERIES) == 7


@pytest.mark.parametrize("text", [GOOD, QUERY])
def test_sound_shape_is_loaded_beside_ours(tmp_path: Path, text: str) -> None:
    ours = load_shapes()
    both = load_shapes(folder("shapes"), write(tmp_path, text))
    assert len(both.names) == len(ours.names) + 1


def test_folder_without_shapes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ShapeError, match=re.escape(f"{tmp_path}: no shapes here")):
        load_shapes(tmp_path)


def test_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.ttl").write_bytes(b'<urn:a> <urn:b> "\xe9" .')
    with pytest.raises(ShapeError, match=r"latin\.ttl:1: not Turtle"):
        load_shapes(tmp_path)


def test_shape_without_iri_gets_one_from_its_name() -> None:
    shapes = load_shapes()
    assert shapes.names[shape_iri("term-evidence").value] == "term-evidence"
    assert all(iri == shape_iri(name).value or name[0].islower() for iri, name in shapes.names.items())


def test_loading_twice_gives_the_same_names_in_the_same_order() -> None:
    assert list(load_shapes().names.items()) == list(load_shapes().names.items())
