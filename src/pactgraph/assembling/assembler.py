"""Findings of one agreement become the quads of its two named graphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath, PureWindowsPath

from pyoxigraph import Literal, NamedNode, Quad, Triple

from pactgraph.assembling import minting, reviewing, stances, stating, tying
from pactgraph.assembling.evidencing import evidence
from pactgraph.assembling.inferring import infer
from pactgraph.assembling.linking import sanctions
from pactgraph.assembling.usages import usages
from pactgraph.durations import xsd_duration
from pactgraph.errors import OntologyError, PactgraphError, ValueParseError, unknown
from pactgraph.model import Agreement, Clause, Document, Extraction, FieldValue, Finding, Reference
from pactgraph.vocabulary import (
    DCTERMS,
    PG,
    PROV,
    TYPE,
    XSD,
    FieldType,
    Kind,
    agreement_iri,
    clause_iri,
    evidence_iri,
    graph_iri,
    inferred_iri,
    period_iri,
    reference_iri,
    run_iri,
    schema,
    source_iri,
    term_iri,
    tool_iri,
)

_PERIOD_DETAILS = ("anchor", "direction")
_Said = tuple[NamedNode, NamedNode, NamedNode | Literal]


def assemble(extraction: Extraction, tool_version: str) -> tuple[Quad, ...]:
    """Return the quads of an agreement: its facts, and what follows from them, sorted.

    The facts are in graph `graph_iri(slug)`, the inferences in `inferred_iri(slug)`. Equal input gives
    equal quads in equal order, in any process; there are no blank nodes. Literals have the form that the
    store gives back, so `tuple(store.quads(...))` of the two graphs has the same members. Of findings
    that agree in kind, fields and place the first counts.

    Raises EvidenceError for a finding without words in the text; OntologyError for a kind, field or
    enumerated value that the ontology does not know; ValueParseError for a value of another form.
    """
    slug = extraction.document.slug
    facts, inferred = infer(Triple(*said) for said in _facts(extraction, tool_version))
    by_graph = ((graph_iri(slug), facts), (inferred_iri(slug), inferred))
    quads = (Quad(t.subject, t.predicate, t.object, graph) for graph, triples in by_graph for t in triples)
    return tuple(sorted(quads, key=str))


def _facts(extraction: Extraction, tool_version: str) -> Iterator[_Said]:
    document = extraction.document
    yield from _agreement(extraction.agreement, document)
    yield from _source(document)
    yield from _run(document, tool_version)
    for order, clause in enumerate(extraction.outline.clauses):
        yield from _clause(document.slug, clause, order, extraction.outline.clauses)
    for reference in extraction.outline.references:
        yield from _reference(extraction, reference)
    seen: set[NamedNode] = set()
    for finding in extraction.findings:
        try:
            kind = schema().kind(finding.term)
            term = term_iri(document.slug, finding.term, finding.fields, finding.start, finding.end)
            if term not in seen:
                seen.add(term)
                yield from _term(extraction, finding, kind, term)
        except PactgraphError as error:
            place = f"{document.slug}: {finding.term} at {finding.start}-{finding.end} by rule '{finding.rule}'"
            raise type(error)(f"{place}: {error}") from error
    yield from stating.facts(extraction)
    yield from reviewing.facts(extraction)
    yield from stances.facts(extraction)
    used = tuple(usages(extraction))
    for finding, clause in used:
        yield _iri(document, finding), PG("usedIn"), clause_iri(document.slug, clause.key)
    for norm, sanction in sanctions(extraction):
        yield _iri(document, norm), PG("sanctionedBy"), _iri(document, sanction)
    yield from tying.facts(extraction, (finding for finding, _ in used))


def _iri(document: Document, finding: Finding) -> NamedNode:
    return term_iri(document.slug, finding.term, finding.fields, finding.start, finding.end)


def _agreement(agreement: Agreement, document: Document) -> Iterator[_Said]:
    node = agreement_iri(document.slug)
    yield node, TYPE, PG("Agreement")
    yield node, PG("slug"), minting.text(document.slug)
    yield node, DCTERMS("source"), source_iri(document.sha256)
    for name, value in ((DCTERMS("title"), agreement.title), (PG("vendor"), agreement.vendor)):
        if value:
            yield node, name, minting.text(value)
    if agreement.kind:
        what = f"kind of the agreement '{document.slug}'"
        yield node, PG("agreementKind"), minting.concept(agreement.kind, schema().values("AgreementKind"), what)
    if agreement.begins:
        yield node, PG("begins"), minting.date(agreement.begins, f"beginning of the agreement '{document.slug}'")


def _source(document: Document) -> Iterator[_Said]:
    node = source_iri(document.sha256)
    yield node, TYPE, PG("SourceDocument")
    yield node, PG("sha256"), minting.text(document.sha256)
    yield node, DCTERMS("format"), minting.text(document.media_type)
    yield node, PG("length"), minting.integer(len(document.text))
    yield node, PG("fileName"), minting.text(_relative(document.source))


def _relative(source: str) -> str:
    """Return a file's name without the folders of this machine: a graph may travel."""
    absolute = PurePath(source).is_absolute() or PureWindowsPath(source).is_absolute()
    return PureWindowsPath(source).name if absolute else source


def _run(document: Document, tool_version: str) -> Iterator[_Said]:
    run, tool = run_iri(document.slug), tool_iri(tool_version)
    yield run, TYPE, PROV("Activity")
    yield run, PROV("used"), source_iri(document.sha256)
    yield run, PROV("wasAssociatedWith"), tool
    yield tool, TYPE, PROV("SoftwareAgent")


def _clause(slug: str, clause: Clause, order: int, clauses: tuple[Clause, ...]) -> Iterator[_Said]:
    node = clause_iri(slug, clause.key)
    yield node, TYPE, PG("Clause")
    yield node, PG("inAgreement"), agreement_iri(slug)
    texts = {"key": clause.key, "number": clause.number, "clauseKind": clause.kind, "heading": clause.heading}
    for name, text in texts.items():
        if text:
            yield node, PG(name), minting.text(text)
    numbers = {"level": clause.level, "order": order, "start": clause.start, "end": clause.end}
    for name, number in {**numbers, "wholeEnd": clause.whole_end}.items():
        yield node, PG(name), minting.integer(number)
    if clause.parent is not None:
        yield node, PG("parentClause"), clause_iri(slug, clauses[clause.parent].key)


def _reference(extraction: Extraction, reference: Reference) -> Iterator[_Said]:
    slug, clauses = extraction.document.slug, extraction.outline.clauses
    node = reference_iri(slug, reference.start, reference.end)
    yield node, TYPE, PG("CrossReference")
    yield node, PG("inAgreement"), agreement_iri(slug)
    yield node, PG("inClause"), clause_iri(slug, clauses[reference.source].key)
    yield node, PG("referenceLabel"), minting.text(reference.label)
    yield node, PG("start"), minting.integer(reference.start)
    yield node, PG("end"), minting.integer(reference.end)
    if reference.target is not None:
        yield node, PG("refersTo"), clause_iri(slug, clauses[reference.target].key)


def _term(extraction: Extraction, finding: Finding, kind: Kind, term: NamedNode) -> Iterator[_Said]:
    document = extraction.document
    yield term, TYPE, kind.iri
    yield term, PG("inAgreement"), agreement_iri(document.slug)
    if finding.clause is not None:
        yield term, PG("inClause"), clause_iri(document.slug, extraction.outline.clauses[finding.clause].key)
    yield term, PG("rule"), minting.text(finding.rule)
    yield from ((term, PG("overrode"), minting.text(rule)) for rule in finding.overrode)
    yield term, PG("certainty"), minting.concept(finding.certainty, schema().values("Certainty"), "certainty")
    yield term, PROV("wasDerivedFrom"), source_iri(document.sha256)
    yield term, PROV("wasGeneratedBy"), run_iri(document.slug)
    yield term, PG("evidence"), evidence_iri(term)
    yield from evidence(document, evidence_iri(term), finding.start, finding.end, finding.reading)
    for name, value in finding.fields.items():
        base, _, detail = name.partition(".")
        field = kind.field(base)
        if not detail:
            yield from _field(term, field, value, finding.fields)
        elif detail not in _PERIOD_DETAILS or field.kind != "duration":
            known = [f"{f.name}.{d}" for f in kind.fields.values() if f.kind == "duration" for d in _PERIOD_DETAILS]
            raise OntologyError(unknown(f"field of {kind.name}", name, [*kind.fields, *known]))


def _field(term: NamedNode, field: FieldType, value: FieldValue, fields: Mapping[str, FieldValue]) -> Iterator[_Said]:
    nodes = minting.nodes(field, value)
    if field.kind != "duration":
        yield from ((term, field.iri, node) for node in nodes)
        return
    for number, written in enumerate(nodes):
        period = period_iri(term, field.name if number == 0 else f"{field.name}-{number + 1}")
        yield term, field.iri, period
        yield from _period(period, written.value, fields, field.name)


def _period(period: NamedNode, written: str, fields: Mapping[str, FieldValue], name: str) -> Iterator[_Said]:
    yield period, TYPE, PG("Period")
    yield period, PG("value"), Literal(xsd_duration(written), datatype=XSD("duration"))
    yield period, PG("asWritten"), minting.text(written)
    details = {detail: fields.get(f"{name}.{detail}") for detail in _PERIOD_DETAILS}
    for detail, value in details.items():
        if value is not None and not isinstance(value, str):
            raise ValueParseError(f"field '{name}.{detail}': {value!r} is no text.")
    if anchor := details["anchor"]:
        yield period, PG("anchor"), minting.text(str(anchor))
    if direction := details["direction"]:
        known = schema().values("PeriodDirection")
        yield period, PG("direction"), minting.concept(str(direction), known, f"value of '{name}.direction'")
