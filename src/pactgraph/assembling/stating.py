"""What is known of each kind of term in an agreement becomes a node of its own, never a term."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from pactgraph.assembling import minting
from pactgraph.assembling.evidencing import Said, evidence
from pactgraph.model import Extraction, Finding, State
from pactgraph.vocabulary import (
    PG,
    TYPE,
    agreement_iri,
    clause_iri,
    evidence_iri,
    schema,
    term_iri,
)


def state_iri(slug: str, kind: str) -> NamedNode:
    """Return the IRI of what is known of the kind of term `kind` in the agreement `slug`.

    >>> state_iri("acme", "Escrow").value
    'urn:pactgraph:agreement:acme:state:Escrow'
    """
    return NamedNode(f"{agreement_iri(slug).value}:state:{kind}")


def facts(extraction: Extraction) -> Iterator[Said]:
    """Yield what is said of the state of each kind.

    The words that prove a stated kind are those of its first term; those of another state are its own. All states
    of the agreement are one text too, its receipt: for a thousand agreements there are tens of thousands.
    """
    first: dict[str, Finding] = {finding.term: finding for finding in reversed(extraction.findings)}
    lines: list[str] = []
    for state in extraction.states:
        said = list(_state(extraction, state, first.get(state.kind)))
        yield from said
        proofs = [node.value for _, name, node in said if name == PG("stateEvidence")]
        lines.append(" ".join((state.kind, state.status, str(state.clauses), str(state.rules), *proofs)))
    if lines:
        yield agreement_iri(extraction.document.slug), PG("receipt"), minting.text("\n".join(sorted(lines)))


def _state(extraction: Extraction, state: State, first: Finding | None) -> Iterator[Said]:
    document = extraction.document
    node = state_iri(document.slug, state.kind)
    yield node, TYPE, PG("TermState")
    yield node, PG("ofAgreement"), agreement_iri(document.slug)
    yield node, PG("ofKind"), schema().kind(state.kind).iri
    what = f"state of {state.kind} in '{document.slug}'"
    yield node, PG("status"), minting.concept(state.status, schema().values("TermStatus"), what)
    yield node, PG("searchedClauses"), minting.integer(state.clauses)
    yield node, PG("searchedRules"), minting.integer(state.rules)
    if state.reason:
        yield node, PG("stateReason"), minting.text(state.reason)
    if first is not None:
        term = term_iri(document.slug, first.term, first.fields, first.start, first.end)
        yield node, PG("stateEvidence"), evidence_iri(term)
    elif state.start >= 0:
        yield node, PG("stateEvidence"), evidence_iri(node)
        yield from evidence(document, evidence_iri(node), state.start, state.end)
        if state.clause is not None:
            key = extraction.outline.clauses[state.clause].key
            yield node, PG("inClause"), clause_iri(document.slug, key)
