"""What people decided on an agreement's terms becomes nodes of its own, with who, when and why."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal

from pyoxigraph import NamedNode

from pactgraph.assembling import minting
from pactgraph.assembling.evidencing import Said, evidence
from pactgraph.model import Document, Extraction, FieldValue, Finding, Review
from pactgraph.vocabulary import PG, TYPE, agreement_iri, evidence_iri, schema, term_iri


def facts(extraction: Extraction) -> Iterator[Said]:
    """Yield what is said of every decision: what became of it, and the term that stands by it.

    A finding that was rejected is no term; what had been found, by which rule and where, is told of the decision.
    """
    for review in extraction.reviews:
        yield from _review(extraction.document, review)


def _review(document: Document, review: Review) -> Iterator[Said]:
    node = _iri(document, review)
    yield node, TYPE, PG("Review")
    yield node, PG("reviewedAgreement"), agreement_iri(document.slug)
    yield node, PG("reviewedKind"), schema().kind(review.kind).iri
    what = f"review of {review.kind} in '{document.slug}'"
    yield node, PG("reviewVerdict"), minting.concept(review.verdict, schema().values("ReviewVerdict"), what)
    yield node, PG("reviewStatus"), minting.concept(review.status, schema().values("ReviewOutcome"), what)
    yield node, PG("reviewedBy"), minting.text(review.who)
    yield node, PG("reviewedOn"), minting.date(review.when, what)
    yield node, PG("reviewedHash"), minting.text(review.sha256)
    yield node, PG("reviewedWords"), minting.text(review.quote)
    if review.why:
        yield node, PG("reviewReason"), minting.text(review.why)
    if review.found is not None:
        yield node, PG("reviewedRule"), minting.text(review.found.rule)
        yield node, PG("reviewedFields"), minting.text(_json(review.found.fields))
    if review.term is not None:
        term = _term(document, review.term)
        yield node, PG("reviewedTerm"), term
        yield node, PG("reviewEvidence"), evidence_iri(term)
    elif review.start >= 0:
        place = review.found or review
        yield node, PG("reviewEvidence"), evidence_iri(node)
        yield from evidence(document, evidence_iri(node), place.start, place.end)


def _term(document: Document, finding: Finding) -> NamedNode:
    return term_iri(document.slug, finding.term, finding.fields, finding.start, finding.end)


def _iri(document: Document, review: Review) -> NamedNode:
    """Return the IRI of a decision: the same decision on the same finding gets the same one in every build."""
    found = review.found
    about = [] if found is None else [found.rule, found.start, found.end, _json(found.fields)]
    said = [review.kind, review.verdict, review.who, review.when, review.why, review.sha256, review.quote]
    content = json.dumps([*said, review.start, review.end, *about], ensure_ascii=False)
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return NamedNode(f"{agreement_iri(document.slug).value}:review:{digest}")


def _json(fields: Mapping[str, FieldValue]) -> str:
    """Return fields as one line of JSON, the same for equal ones.

    >>> _json({"notice": "P30D", "alias": ("b", "a"), "amount": Decimal("9.50")})
    '{"alias": ["b", "a"], "amount": 9.50, "notice": "P30D"}'
    """
    members = []
    for name, value in sorted(fields.items()):
        shown = format(value, "f") if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)
        members.append(f"{json.dumps(name)}: {shown}")
    return f"{{{', '.join(members)}}}"
