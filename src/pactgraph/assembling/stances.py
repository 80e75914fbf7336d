"""What terms state where one value is expected, in a form in which they are compared over many agreements.

One text an agreement, for the store is asked for those of all agreements at once, and looks up each text once: a JSON
array with an object for each such field of a term, with sorted keys:

    kind, field       what is stated; value, how it is written; decimal, whether that is a number
    days              the least and the greatest number of days that a duration can last, [] where it is none
    told              the key fields and the fields that tell terms of the kind apart, as one text;
                      null where one of them stands for many things, so that it identifies none
    inAgreement       whether an agreement is expected to state one value; inDeal, the agreements with one vendor
    certain           whether the rule that found it is
    vendor, sort      of the agreement, in small letters, and its kind
    documents         the keys of the document that the term stands in
    evidence          the IRI of the evidence of the term
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

from pyoxigraph import Literal, NamedNode

from pactgraph.assembling import minting
from pactgraph.assembling.documents import own_keys, within
from pactgraph.assembling.evidencing import Said
from pactgraph.assembling.inferring import ontology_quads
from pactgraph.durations import day_bounds
from pactgraph.model import Extraction, Finding
from pactgraph.vocabulary import PG, PGV, FieldType, Kind, agreement_iri, evidence_iri, schema, term_iri


def facts(extraction: Extraction) -> Iterator[Said]:
    """Yield what the terms of an agreement state where one value is expected, if any do; the same in any order."""
    found = {
        json.dumps(stance, ensure_ascii=False, sort_keys=True)
        for finding in extraction.findings
        for stance in _stances(extraction, finding)
    }
    if found:
        text = f"[{', '.join(sorted(found))}]"
        yield agreement_iri(extraction.document.slug), PG("stances"), minting.text(text)


def _stances(extraction: Extraction, finding: Finding) -> Iterator[Mapping[str, object]]:
    singles = sorted(_annotated("oneInAgreement", finding.term) | _annotated("oneInDeal", finding.term))
    stated = [name for name in singles if isinstance(finding.fields.get(name), str | Decimal)]
    if not stated:
        return
    agreement, kind = extraction.agreement, schema().kind(finding.term)
    business = finding.fields.get("dayKind") == "business"
    term = term_iri(extraction.document.slug, finding.term, finding.fields, finding.start, finding.end)
    for name in stated:
        value = str(finding.fields[name])
        yield {
            "kind": finding.term,
            "field": name,
            "value": value,
            "decimal": kind.field(name).kind == "decimal",
            "days": _days(kind.field(name), value, business),
            "told": _told(finding, kind, name, business),
            "inAgreement": name in _annotated("oneInAgreement", finding.term),
            "inDeal": name in _annotated("oneInDeal", finding.term),
            "certain": finding.certainty == "certain",
            "vendor": agreement.vendor.casefold(),
            "sort": agreement.kind,
            "documents": sorted(within(extraction, finding) or own_keys(agreement)),
            "evidence": evidence_iri(term).value,
        }


def _told(finding: Finding, kind: Kind, name: str, business: bool) -> str | None:
    """Return by what the term is told apart from others of its kind, None where that may be many things."""
    parts = []
    for key in sorted({*kind.keys, *_annotated("toldApartBy", finding.term)} - {name}):
        value = finding.fields.get(key)
        values = sorted(value) if isinstance(value, tuple) else [] if value in (None, "") else [str(value)]
        if not _catch_all().isdisjoint(values):
            return None
        parts += [f"{key}={_alike(kind.field(key), each, business)}" for each in values]
    return "; ".join(parts)


def _alike(field: FieldType, value: str, business: bool) -> str:
    """Return a value in the form in which equal ones are equal texts: P12M and P1Y are not two."""
    days = _days(field, value, business)
    return f"{days[0]} days" if days else value


def _days(field: FieldType, value: str, business: bool) -> list[str]:
    return [_plain(day) for day in day_bounds(value, business=business)] if field.kind == "duration" else []


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


@cache
def _annotations(name: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for quad in ontology_quads():
        kind = PG.local(quad.subject)
        if quad.predicate == PG(name) and kind and isinstance(quad.object, Literal):
            found.setdefault(kind, set()).add(quad.object.value)
    return {kind: frozenset(fields) for kind, fields in found.items()}


def _annotated(name: str, kind: str) -> frozenset[str]:
    """Return the fields that the ontology names for a kind by one of its annotations."""
    return _annotations(name).get(kind, frozenset())


@cache
def _catch_all() -> frozenset[str]:
    """Return the enumerated values that stand for many things, such as 'other'."""
    marked = (quad.subject for quad in ontology_quads() if quad.predicate == PG("isCatchAll"))
    return frozenset(name for node in marked if isinstance(node, NamedNode) and (name := PGV.local(node)))
