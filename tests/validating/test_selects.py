"""Queries of shapes are asked with whole IRIs, and mean what they meant."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from pactgraph.validating import load_shapes
from pactgraph.validating.selects import _spelled_out, divided

PREFIXES = {"pg": "urn:pg#", "xsd": "urn:xsd#", "oa": "urn:oa#"}


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("?a pg:b pg:C ; ^pg:d/pg:e ?f", "?a <urn:pg#b> <urn:pg#C> ; ^<urn:pg#d>/<urn:pg#e> ?f"),
        ("FILTER (xsd:decimal(?a)<5 && ?b> 3)", "FILTER (<urn:xsd#decimal>(?a)<5 && ?b> 3)"),
        ('"5"^^xsd:integer , "pg:a \\" pg:b"', '"5"^^<urn:xsd#integer> , "pg:a \\" pg:b"'),
        ('"""pg:a "pg:b" """ , pg:c', '"""pg:a "pg:b" """ , <urn:pg#c>'),
        ("<pg:a> pg:b ?c # pg:d\n pg:e", "<pg:a> <urn:pg#b> ?c # pg:d\n <urn:pg#e>"),
        ("?a pg:b-c pg:d.e , pg: , 'pg:f' , ex:g", "?a pg:b-c pg:d.e , pg: , 'pg:f' , ex:g"),
        ("?a pg:b.", "?a pg:b."),
    ],
)
def test_names_are_spelled_out_where_they_are_names(written: str, whole: str) -> None:
    found = _spelled_out(written, PREFIXES)
    assert found.removeprefix("PREFIX pg: <urn:pg#>\n") == whole
    assert ("pg:" in whole) == found.startswith("PREFIX pg: <urn:pg#>\n")


def test_all_queries_of_the_shapes_are_spelled_out_and_can_be_asked() -> None:
    _, selects = divided(load_shapes())
    assert len(selects) > 50
    for select in selects:
        assert "PREFIX" not in select.text
        assert list(Store().query(select.text)) == []  # type: ignore[arg-type]
