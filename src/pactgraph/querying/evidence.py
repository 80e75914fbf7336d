"""Find the words behind each evidence node, and check that they are the source's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from urllib.parse import unquote

from pyoxigraph import NamedNode, QuerySolution

from pactgraph.errors import EvidenceError
from pactgraph.model import Evidence
from pactgraph.querying.cells import Select, cell, rows_of

Sources = Callable[[str], str | None]
"""Returns the exact text of the source document with this SHA-256 hash, None where it is not at hand."""

_BATCH = 500
_CITATIONS = """
PREFIX pg: <https://w3id.org/pactgraph/ontology#>
SELECT ?evidence ?citation WHERE { VALUES ?evidence { %s } ?evidence pg:citation ?citation }
"""
_SOURCES = """
PREFIX pg: <https://w3id.org/pactgraph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?slug ?source WHERE { ?agreement dcterms:source ?source . ?agreement pg:slug ?slug }
"""
_WORDS = """
PREFIX pg: <https://w3id.org/pactgraph/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?evidence ?sha256 ?start ?end ?quote ?page ?reading ?bare WHERE {
  VALUES ?evidence { %s }
  ?evidence oa:hasSource ?source ; oa:hasSelector ?position .
  ?source pg:sha256 ?sha256 .
  ?position oa:start ?start ; oa:end ?end .
  OPTIONAL { ?evidence oa:hasSelector/oa:exact ?quote }
  OPTIONAL { ?source pg:withoutWords ?bare }
  OPTIONAL { ?evidence pg:page ?page }
  OPTIONAL { ?evidence pg:reading ?reading }
}
"""
# One property at a time: over alternatives the engine walks through all evidence of the graph.
_WHOSE = """
PREFIX pg: <https://w3id.org/pactgraph/ontology#>
SELECT ?evidence ?agreement ?clause WHERE {
  VALUES ?evidence { %s }
  ?term %s ?evidence ; %s/pg:slug ?agreement .
  OPTIONAL { ?term pg:inClause/pg:key ?clause }
}
"""
_PROVEN = (
    ("pg:evidence", "pg:inAgreement"),
    ("pg:stateEvidence", "pg:ofAgreement"),
    ("pg:looseEndEvidence", "pg:inAgreement"),
)
"""The properties by which something has evidence, and those that lead from it to its agreement."""


def evidence_of(select: Select, nodes: Iterable[NamedNode], texts: Sources) -> Mapping[NamedNode, Evidence]:
    """Return the evidence that each of `nodes` stands for.

    Every quote is compared with `text[start:end]` of its stored source document. Where the words of the source were
    left out to share the graph, there is a place and no quote. Where the source is not at hand, as the graph is at
    another's endpoint, only the length of the quote is checked.

    Raises EvidenceError where a node leads to no quote, or the quote is not the source's own words at
    its place.
    """
    wanted = sorted(set(nodes), key=lambda node: node.value)
    source = lru_cache(maxsize=None)(texts)
    found = _cited(select, wanted, source)
    remaining = (node for node in wanted if node not in found)
    while batch := list(islice(remaining, _BATCH)):
        places = _places(select, batch)
        for solution in rows_of(select, _WORDS % " ".join(map(str, batch))):
            node = solution["evidence"]
            if node in places and (solution["quote"] is not None or cell(solution["bare"]) is True):
                found[node] = _solved(solution, *places[node], source)
    for node in wanted:
        if node not in found:
            raise EvidenceError(f"<{node.value}>: this evidence names no words of a source; build the agreement again.")
    return found


def _cited(select: Select, nodes: Iterable[NamedNode], source: Sources) -> dict[NamedNode, Evidence]:
    """Return the evidence of those nodes that have a citation, and a source at hand: most of a graph, and at once."""
    found: dict[NamedNode, Evidence] = {}
    remaining = iter(nodes)
    sources: dict[str, str] = {}
    while batch := list(islice(remaining, _BATCH)):
        sources = sources or {slug.value: node.value.rpartition(":")[2] for slug, node in rows_of(select, _SOURCES)}
        for node, citation in rows_of(select, _CITATIONS % " ".join(map(str, batch))):
            slug = _slug(node)
            text = source(sources[slug]) if slug in sources else None
            if text is not None:
                found[node] = _read(slug, citation.value, text)
    return found


def _slug(evidence: NamedNode) -> str:
    """Return the slug of the agreement that evidence is of, from its IRI."""
    return unquote(evidence.value.removeprefix("urn:pactgraph:agreement:").partition(":")[0])


def _read(slug: str, citation: str, text: str) -> Evidence:
    """Return the evidence that a citation (see assembling/rules/citations.rq) and the text of its source make."""
    place, clause, reading = citation.split("\n", 2)
    start, end, page, digest = place.split(" ")
    quote = text[int(start) : int(end)]
    if not sha256(quote.encode("utf-8", "surrogatepass")).hexdigest().startswith(digest):
        raise _other_words(slug, quote, start, end)
    return Evidence(
        agreement=slug,
        quote=quote,
        start=int(start),
        end=int(end),
        clause=clause,
        page=None if page == "-" else int(page),
        reading=reading,
    )


def _places(select: Select, nodes: Iterable[NamedNode]) -> Mapping[NamedNode, tuple[str, str]]:
    """Return the agreement and the clause ('' where none is known) of what each of `nodes` proves."""
    found: dict[NamedNode, tuple[str, str]] = {}
    remaining = list(nodes)
    for proves, leads in _PROVEN:
        if remaining:
            for solution in rows_of(select, _WHOSE % (" ".join(map(str, remaining)), proves, leads)):
                found[solution["evidence"]] = solution["agreement"].value, str(cell(solution["clause"]) or "")
            remaining = [node for node in remaining if node not in found]
    return found


def _solved(solution: QuerySolution, agreement: str, clause: str, source: Sources) -> Evidence:
    page = cell(solution["page"])
    evidence = Evidence(
        agreement=agreement,
        quote=str(cell(solution["quote"]) or ""),
        start=int(solution["start"].value),
        end=int(solution["end"].value),
        clause=clause,
        page=None if page is None else int(str(page)),
        reading=str(cell(solution["reading"]) or ""),
    )
    return _checked(evidence, source(solution["sha256"].value)) if evidence.quote else evidence


def _checked(evidence: Evidence, text: str | None) -> Evidence:
    """Return evidence whose quote is the source's own words; raise EvidenceError for any other."""
    if not _stands(evidence.quote, text, evidence.start, evidence.end):
        raise _other_words(evidence.agreement, evidence.quote, str(evidence.start), str(evidence.end))
    return evidence


def _other_words(agreement: str, quote: str, start: str, end: str) -> EvidenceError:
    return EvidenceError(
        f"{agreement}: the quote {_shortened(quote)} is not the source's words at {start}-{end}; "
        "build the agreement again."
    )


def _stands(quote: str, text: str | None, start: int, end: int) -> bool:
    return end - start == len(quote) if text is None else text[start:end] == quote


def _shortened(quote: str) -> str:
    return repr(quote if len(quote) <= 60 else f"{quote[:57]}...")
