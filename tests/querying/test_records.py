"""Records: what the graph holds, back in the form of the vocabulary of terms."""

from __future__ import annotations

from typing import Any

import pytest
from pyoxigraph import Quad

from pactgraph.errors import EvidenceError, OntologyError
from pactgraph.querying import records
from pactgraph.vocabulary import OA, PG, TYPE, graph_iri, schema


def test_records_come_back_as_they_were_found(portfolio: Any) -> None:
    found = {(r.term, r.quote): r.as_json() for r in records(portfolio.select, "harbour", schema())}
    assert len(found) == 13
    interest = found["LatePaymentInterest", "1.5% a month, or the legal maximum if that is less"]
    fields = [name for name in schema().kinds["LatePaymentInterest"].fields if name in interest]
    assert list(interest) == ["agreement", "term", *fields, "quote", "start", "end"]
    assert len(fields) == 4
    assert interest["percent"] == 1.5
    assert interest["per"] == "P1M"
    assert interest["cappedByLaw"] is True
    assert found["Party", 'Harbour Cloud Ltd ("Harbour", "we")']["alias"] == ["Harbour", "we"]
    assert "alias" not in found["Party", "the Customer"]
    assert found["BreachNotice", "within 72 hours of a security incident"]["duration"] == "PT72H"


def test_a_record_has_its_reading_only_where_that_is_not_the_quote(portfolio: Any) -> None:
    portfolio.read_as("orchard", "within 10 business days", "within ten business days")
    found = {r.quote: r.as_json() for r in records(portfolio.select, "orchard", schema())}
    read = found.pop("within 10 business days")
    assert list(read)[-4:] == ["quote", "reading", "start", "end"]
    assert read["reading"] == "within ten business days"
    assert len(found) == 3
    assert not [other for other in found.values() if "reading" in other]


def test_records_come_in_text_order(portfolio: Any) -> None:
    starts = [record.start for record in records(portfolio.select, "harbour", schema())]
    assert starts == sorted(starts)


def test_an_agreement_without_terms_has_no_records(portfolio: Any) -> None:
    assert list(records(portfolio.select, "meadow", schema())) == []


def test_a_term_without_words_is_an_error(portfolio: Any) -> None:
    for quad in list(portfolio.store.quads_for_pattern(None, OA("exact"), None, graph_iri("orchard"))):
        portfolio.store.remove(quad)
    with pytest.raises(EvidenceError, match="has no words; build orchard again"):
        list(records(portfolio.select, "orchard", schema()))


def test_a_term_of_no_known_kind_is_an_error(portfolio: Any) -> None:
    for quad in list(portfolio.store.quads_for_pattern(None, TYPE, PG("Uptime"))):
        portfolio.store.remove(quad)
        portfolio.store.add(Quad(quad.subject, TYPE, PG("Downtime"), quad.graph_name))
    with pytest.raises(OntologyError, match="no class of this ontology"):
        list(records(portfolio.select, "harbour", schema()))
