"""Loose ends, and what documents are called, become statements of the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from pyoxigraph import NamedNode

from pactgraph.assembling import minting
from pactgraph.assembling.documents import own_keys, part_keys, ranked, within
from pactgraph.assembling.evidencing import Said, evidence
from pactgraph.assembling.loose_ends import LooseEnd, loose_ends
from pactgraph.model import Extraction, Finding
from pactgraph.vocabulary import PG, TYPE, agreement_iri, clause_iri, evidence_iri, schema, term_iri

_NEVER_RANKED = frozenset(("Obligation", "Prohibition", "Permission", "DefinedTerm", "Party"))
"""Kinds of which many terms with different values are expected, so that no order among documents is asked for."""

_RANKS = (("prevails", PG("prevailingKey")), ("over", PG("yieldingKey")))


def facts(extraction: Extraction, used: Iterable[Finding]) -> Iterator[Said]:
    """Yield what is said of the loose ends of an agreement, and of its name, its parts and their ranks as documents.

    `used` are the definitions that some clause uses.
    """
    for end in loose_ends(extraction, used):
        yield from _loose_end(extraction, end)
    slug, vendor = extraction.document.slug, extraction.agreement.vendor
    for key in sorted(own_keys(extraction.agreement)):
        yield agreement_iri(slug), PG("documentKey"), minting.text(key)
    for clause in extraction.outline.clauses:
        for key in sorted(part_keys(clause, vendor)):
            yield clause_iri(slug, clause.key), PG("documentKey"), minting.text(key)
    for finding in extraction.findings:
        if finding.term not in _NEVER_RANKED:
            node = term_iri(slug, finding.term, finding.fields, finding.start, finding.end)
            keys = within(extraction, finding) or own_keys(extraction.agreement)
            yield from ((node, PG("documentKey"), minting.text(key)) for key in sorted(keys))
            if finding.term == "OrderOfPrecedence":
                yield from _ranks(extraction, finding, node)


def _ranks(extraction: Extraction, finding: Finding, node: NamedNode) -> Iterator[Said]:
    for field, name in _RANKS:
        yield from ((node, name, minting.text(key)) for key in sorted(ranked(extraction, finding, field)))


def _loose_end(extraction: Extraction, end: LooseEnd) -> Iterator[Said]:
    document = extraction.document
    text = sha256(end.text.encode("utf-8", "surrogatepass")).hexdigest()[:8]  # one sentence may name several documents
    node = NamedNode(f"{agreement_iri(document.slug).value}:loose-end:{end.kind}:{end.start}-{end.end}:{text}")
    yield node, TYPE, PG("LooseEnd")
    yield node, PG("inAgreement"), agreement_iri(document.slug)
    if end.clause is not None:
        yield node, PG("inClause"), clause_iri(document.slug, extraction.outline.clauses[end.clause].key)
    what = f"kind of the loose end at {end.start} of '{document.slug}'"
    yield node, PG("looseEndKind"), minting.concept(end.kind, schema().values("LooseEndKind"), what)
    yield node, PG("looseEndText"), minting.text(end.text)
    if end.key:
        yield node, PG("documentKey"), minting.text(end.key)
    yield node, PG("looseEndEvidence"), evidence_iri(node)
    yield from evidence(document, evidence_iri(node), end.start, end.end)
