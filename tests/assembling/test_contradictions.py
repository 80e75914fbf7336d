"""Terms that state different values where one is expected contradict each other; cases and lists do not."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from pactgraph.assembling import assemble
from pactgraph.model import Agreement, Clause, Document, Extraction, FieldValue, Finding, Outline
from pactgraph.vocabulary import PG

TEXT = "1. Pay within thirty days.\n(a) Or in forty days.\n(b) Or in fifty days.\n2. Pay within sixty days.\n"


def clause(key: str, words: str, parent: int | None = None, kind: str = "numbered") -> Clause:
    start = TEXT.index(words)
    end = TEXT.index("\n", start)
    return Clause(key, key, kind, 1, "", start, end, end, parent)


CLAUSES = (
    replace(clause("1", "1. Pay"), whole_end=TEXT.index("2. Pay")),
    clause("1/(a)", "(a) Or", 0, "lettered"),
    clause("1/(b)", "(b) Or", 0, "lettered"),
    clause("2", "2. Pay"),
)


def found(
    words: str, where: int, term: str = "PaymentDue", certainty: str = "certain", **fields: FieldValue
) -> Finding:
    start = TEXT.index(words)
    return Finding(term, fields, start, start + len(words), f"{term.lower()}/sample", certainty, where)


def contradictions(*findings: Finding) -> int:
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    document = Document("harbor", "harbor.txt", TEXT, sha256, "text/plain")
    agreement = Agreement("harbor", "Rules", "other", "Harbor")
    quads = assemble(Extraction(document, Outline(CLAUSES, ()), agreement, findings), "0")
    return sum(quad.predicate == PG("contradicts") for quad in quads)


FIRST = found("Pay within thirty days", 0, duration="P30D", dueFrom="invoice")


def test_two_clauses_with_different_values_contradict_once() -> None:
    assert contradictions(FIRST, found("Pay within sixty days", 3, duration="P60D", dueFrom="invoice")) == 1


@pytest.mark.parametrize(
    "second",
    [
        found("Pay within sixty days", 3, duration="P30D", dueFrom="invoice"),
        found("Pay within sixty days", 3, duration="P1M", dueFrom="invoice"),
        found("Pay within sixty days", 3, duration="P60D", dueFrom="receipt"),
        found("Pay within sixty days", 3, duration="P60D"),
        found("Pay within sixty days", 3, certainty="likely", duration="P60D", dueFrom="invoice"),
        found("forty days", 1, duration="P40D", dueFrom="invoice"),
    ],
    ids=["same", "a month may be thirty days", "told apart", "not told", "likely only", "part of the clause"],
)
def test_what_may_be_the_same_or_another_case_does_not_contradict(second: Finding) -> None:
    assert contradictions(FIRST, second) == 0


def test_items_of_one_list_are_cases() -> None:
    items = (found("forty days", 1, duration="P40D"), found("fifty days", 2, duration="P50D"))
    assert contradictions(*items) == 0


def test_keys_keep_terms_apart_and_catch_all_keys_identify_none() -> None:
    def right(words: str, where: int, ground: str, notice: str) -> Finding:
        return found(words, where, "TerminationRight", party="Either", ground=ground, notice=notice)

    thirty, sixty = ("Pay within thirty days", 0), ("Pay within sixty days", 3)
    assert contradictions(right(*thirty, "convenience", "P30D"), right(*sixty, "convenience", "P60D")) == 1
    assert contradictions(right(*thirty, "convenience", "P30D"), right(*sixty, "insolvency", "P60D")) == 0
    assert contradictions(right(*thirty, "other", "P30D"), right(*sixty, "other", "P60D")) == 0


def test_a_kind_of_which_many_values_are_expected_never_contradicts() -> None:
    tiers = (
        found("Pay within thirty days", 0, "DataDeletion", duration="P30D"),
        found("Pay within sixty days", 3, "DataDeletion", duration="P60D"),
    )
    assert contradictions(*tiers) == 0
