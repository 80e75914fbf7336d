"""What is shared holds facts and figures, and no words of the agreements."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad

from pactgraph.exporting import WITHOUT_WORDS, are_without_words, without_words
from pactgraph.extracting import load_rules
from pactgraph.pipeline import process
from pactgraph.reading import discover
from pactgraph.resources import mapping_folders
from pactgraph.vocabulary import OA, PG, XSD


@pytest.fixture(scope="module")
def whole(examples: Path) -> tuple[Quad, ...]:
    rules = load_rules(*mapping_folders(None))
    quads = [process(source, rules, "1.0").quads for source in discover([examples]).sources]
    assert len(quads) == 3
    return tuple(quad for agreement in quads for quad in agreement)


@pytest.fixture(scope="module")
def shared(whole: tuple[Quad, ...]) -> frozenset[Quad]:
    return frozenset(without_words(whole))


def texts(quads: frozenset[Quad], name: str) -> set[str]:
    return {quad.object.value for quad in quads if quad.predicate == PG(name) and isinstance(quad.object, Literal)}


def test_no_quote_heading_or_text_field_is_shared(whole: tuple[Quad, ...], shared: frozenset[Quad]) -> None:
    for gone in ("action", "definition", "heading", "reading", "anchor", "alias", "stateReason", "looseEndText"):
        assert texts(frozenset(whole), gone), gone
        assert not texts(shared, gone), gone
    assert not [quad for quad in shared if quad.predicate in (OA("exact"), OA("prefix"), OA("suffix"))]


def test_what_stays_of_texts_is_on_the_list(shared: frozenset[Quad]) -> None:
    kept = {quad.predicate.value.rpartition("/")[2] for quad in shared if is_text(quad)}
    assert {name.rpartition("#")[2] for name in kept} == {
        *("asWritten", "clauseKind", "country", "currency", "fileName", "from", "key", "law", "name", "number"),
        *("overrode", "receipt", "rule", "sections", "sha256", "slug", "title", "to", "vendor", "format"),
    }
    assert texts(shared, "name") >= {"Quillmere, Inc.", "Havelsteg Archivdienste GmbH"}
    assert texts(shared, "law") == {"GB-EAW", "DE", "US-DE"}


def is_text(quad: Quad) -> bool:
    return isinstance(quad.object, Literal) and quad.object.datatype == XSD("string")


def test_a_clause_is_called_by_its_place_where_its_key_has_words(
    whole: tuple[Quad, ...], shared: frozenset[Quad]
) -> None:
    assert "4/Late payment" in texts(frozenset(whole), "key")
    assert {"1.1", "SCHEDULE 1/1.1"} <= texts(shared, "key")
    assert not [key for key in texts(shared, "key") if "ate pay" in key]
    assert not [quad for quad in shared if "Late%20payment" in str(quad)]
    clauses = {quad.subject for quad in shared if quad.predicate == PG("key")}
    assert len(clauses) == len([quad for quad in whole if quad.predicate == PG("key")])
    assert {quad.object for quad in shared if quad.predicate == PG("inClause")} <= clauses


def test_numbers_and_values_stay(whole: tuple[Quad, ...], shared: frozenset[Quad]) -> None:
    for name in ("percent", "amount", "minDays", "party", "ground", "begins"):
        before = [quad for quad in whole if quad.predicate == PG(name)]
        assert len(before) == len([quad for quad in shared if quad.predicate == PG(name)]), name


def test_leaving_words_out_twice_is_leaving_them_out_once(shared: frozenset[Quad]) -> None:
    assert frozenset(without_words(shared)) == shared
    assert are_without_words(shared)
    assert len([quad for quad in shared if quad.predicate == WITHOUT_WORDS]) == 3
