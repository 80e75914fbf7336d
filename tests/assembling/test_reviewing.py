"""Decisions of people stand in the graph with who, when and why; what was rejected is no term."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Quad

from pactgraph.assembling import assemble
from pactgraph.model import Extraction, Finding, Review
from pactgraph.vocabulary import OA, PG, PGV, TYPE, XSD, term_iri

from .conftest import FINDINGS

Extract = Callable[..., Extraction]


def review(verdict: str, found: Finding | None, term: Finding | None, **told: object) -> Review:
    place = found or term
    assert place is not None
    made = Review(
        place.term, verdict, "applied", "R. Ode", "2031-05-01", "Read twice.", "0" * 64, "words", place.start, place.end
    )
    return replace(made, found=found, term=term, **told)  # type: ignore[arg-type]


def about(quads: tuple[Quad, ...]) -> dict[NamedNode, list[object]]:
    """What is said of the one review, by property."""
    (node,) = {quad.subject for quad in quads if quad.predicate == TYPE and quad.object == PG("Review")}
    said: dict[NamedNode, list[object]] = {}
    for quad in quads:
        if quad.subject == node:
            said.setdefault(quad.predicate, []).append(quad.object)
    return said


def test_a_confirmed_term_leads_to_who_decided_when_and_why(extract: Extract) -> None:
    fee = FINDINGS[2]
    quads = assemble(replace(extract(), reviews=(review("confirm", fee, fee),)), "1.0")
    said = about(quads)
    term = term_iri("brindle", fee.term, fee.fields, fee.start, fee.end)
    assert said[PG("reviewedTerm")] == [term]
    assert said[PG("reviewVerdict")] == [PGV("confirm")]
    assert said[PG("reviewedBy")] == [Literal("R. Ode")]
    assert said[PG("reviewedOn")] == [Literal("2031-05-01", datatype=XSD("date"))]
    assert said[PG("reviewReason")] == [Literal("Read twice.")]
    assert said[PG("reviewedFields")] == [Literal('{"amount": 9.50, "currency": "EUR", "per": "P1M"}')]
    assert said[PG("reviewEvidence")] == [NamedNode(f"{term.value}:evidence")]


def test_a_rejected_finding_is_no_term_and_its_words_are_kept(extract: Extract) -> None:
    fee, *others = FINDINGS[2], *FINDINGS[:2]
    quads = assemble(replace(extract(*others), reviews=(review("reject", fee, None),)), "1.0")
    said = about(quads)
    assert PG("reviewedTerm") not in said
    assert said[PG("reviewedRule")] == [Literal("fee/sample")]
    (evidence,) = said[PG("reviewEvidence")]
    selectors = {quad.object for quad in quads if quad.subject == evidence and quad.predicate == OA("hasSelector")}
    quoted = [quad.object for quad in quads if quad.subject in selectors and quad.predicate == OA("exact")]
    assert set(quoted) == {Literal("The customer pays EUR 9.50 per month")}
    assert not [quad for quad in quads if quad.predicate == TYPE and quad.object == PG("Fee")]


def test_a_stale_decision_has_no_evidence(extract: Extract) -> None:
    stale = Review("Fee", "reject", "stale", "R. Ode", "2031-05-01", "", "0" * 64, "gone")
    said = about(assemble(replace(extract(), reviews=(stale,)), "1.0"))
    assert said[PG("reviewStatus")] == [PGV("stale")]
    assert said[PG("reviewedWords")] == [Literal("gone")]
    assert not {PG("reviewEvidence"), PG("reviewedTerm"), PG("reviewReason")} & said.keys()


def test_the_same_decisions_give_the_same_quads_and_others_do_not(extract: Extract) -> None:
    fee = FINDINGS[2]
    once = assemble(replace(extract(), reviews=(review("confirm", fee, fee),)), "1.0")
    assert once == assemble(replace(extract(), reviews=(review("confirm", fee, fee),)), "1.0")
    assert once != assemble(replace(extract(), reviews=(review("confirm", fee, fee, why="No."),)), "1.0")
