"""A definition leads to the clauses that use its term, and to no others."""

from __future__ import annotations

import hashlib

from pactgraph.assembling import assemble
from pactgraph.assembling.usages import usages
from pactgraph.model import Agreement, Clause, Document, Extraction, Finding, Outline, Span
from pactgraph.vocabulary import PG

TEXT = """1. Service. "Service" means the mooring of boats. The Service ends at night.
2. Service Data. "Service Data" means all data about the Service.
3. Use. We keep Service
Data in a book; service data of others we keep not. Services differ.
4. The Guest’s Boat. Whoever sails the Guest’s Boat pays the Harbor.
"""


def clause(number: str, heading: str) -> Clause:
    start = TEXT.index(f"{number}. ")
    end = next((TEXT.index(f"{n}. ") for n in range(int(number) + 1, 5)), len(TEXT))
    at = TEXT.index(heading, start)
    return Clause(number, number, "numbered", 1, heading, start, end, end, None, Span(at, at + len(heading)))


def definition(name: str, words: str) -> Finding:
    start = TEXT.index(words)
    return Finding("DefinedTerm", {"name": name}, start, start + len(words), "defined-term/sample")


def extraction(*findings: Finding, text: str = TEXT) -> Extraction:
    clauses = (clause("1", "Service"), clause("2", "Service Data"), clause("3", "Use"), clause("4", "The Guest’s Boat"))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    document = Document("harbor", "harbor.txt", text, sha256, "text/plain")
    return Extraction(document, Outline(clauses, ()), Agreement("harbor", "Rules", "other", "Harbor"), findings)


def used(*findings: Finding) -> list[tuple[object, str]]:
    return [(finding.fields["name"], clause.key) for finding, clause in usages(extraction(*findings))]


SERVICE = definition("Service", '"Service" means the mooring of boats.')
DATA = definition("Service Data", '"Service Data" means all data about the Service.')


def test_definition_is_no_use_and_a_sentence_beside_it_is_one() -> None:
    assert used(SERVICE) == [("Service", "1"), ("Service", "2"), ("Service", "3")]


def test_longer_name_hides_the_shorter_one_and_line_breaks_hide_nothing() -> None:
    assert used(SERVICE, DATA) == [("Service", "1"), ("Service", "2"), ("Service Data", "3"), ("Service", "3")]


def test_heading_is_no_use_and_apostrophes_are_alike() -> None:
    assert used(definition("Guest's Boat", "The Guest’s Boat. Whoever")) == [("Guest's Boat", "4")]


def test_the_other_number_is_a_use_unless_it_is_defined_itself() -> None:
    other = definition("Services", "Services differ.")
    assert used(definition("Services", '"Service" means the')) == [
        ("Services", "1"),
        ("Services", "2"),
        ("Services", "3"),
    ]
    assert used(SERVICE, other) == [("Service", "1"), ("Service", "2"), ("Service", "3")]


def test_other_letters_are_another_word() -> None:
    assert used(definition("service", '"Service" means')) == [("service", "3")]
    assert used(definition("Servic", '"Service" means')) == []


def test_agreement_without_definitions_has_no_uses() -> None:
    assert used() == used(Finding("Fee", {"plan": "Service"}, 0, 5, "fee/sample")) == []


def test_uses_are_in_the_graph() -> None:
    quads = assemble(extraction(SERVICE, DATA), "1.0")
    links = sorted(str(quad.object).rpartition(":")[2] for quad in quads if quad.predicate == PG("usedIn"))
    assert links == ["1>", "2>", "3>", "3>"]
