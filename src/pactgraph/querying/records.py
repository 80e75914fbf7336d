"""Read the records back: one for each contract term of the graph, in the form of the vocabulary of terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pactgraph.errors import EvidenceError, OntologyError
from pactgraph.model import FieldValue
from pactgraph.querying.cells import Node, Select, cell, plain, rows_of, value_of, written
from pactgraph.vocabulary import TYPE, FieldType, Kind, Schema, graph_iri

_TERMS = """
PREFIX pg: <https://w3id.org/pactgraph/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?term ?start ?end ?quote ?reading WHERE { GRAPH %s {
  ?term pg:evidence ?evidence .
  ?evidence oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
  OPTIONAL { ?evidence oa:hasSelector/oa:exact ?quote }
  OPTIONAL { ?evidence oa:hasSource/pg:withoutWords ?bare }
  FILTER (BOUND(?quote) || BOUND(?bare))
  OPTIONAL { ?evidence pg:reading ?reading }
} }
"""
# What frames a record is left out here: it is two rows of three, and no field.
_FIELDS = """
PREFIX pg: <https://w3id.org/pactgraph/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT ?term ?property ?value ?written WHERE { GRAPH %s {
  ?term pg:evidence ?evidence ; ?property ?value .
  FILTER (?property NOT IN (
    pg:inAgreement, pg:inClause, pg:evidence, pg:rule, pg:certainty, prov:wasDerivedFrom, prov:wasGeneratedBy
  ))
  OPTIONAL { ?value pg:asWritten ?written }
} }
"""


@dataclass(frozen=True, slots=True)
class Record:
    """One contract term, found in one agreement, with the words that prove it.

    `fields` come in the order in which the ontology declares them; `text[start:end] == quote`, but the quote is ''
    where the graph was shared without its words. `reading` is the quote with lost spaces back, lines and hyphenated
    words joined; '' where that is the quote.
    """

    agreement: str
    term: str
    fields: Mapping[str, FieldValue]
    quote: str
    start: int
    end: int
    reading: str = ""

    def as_json(self) -> dict[str, object]:
        """Return the record as JSON values, its fields beside the common ones; 'reading' only where it differs.

        A quote whose words are not attached is null.
        """
        fields = {name: plain(value) for name, value in self.fields.items()}
        reading = {"reading": self.reading} if self.reading else {}
        place = {"quote": self.quote or None, **reading, "start": self.start, "end": self.end}
        return {"agreement": self.agreement, "term": self.term, **fields, **place}


def records(select: Select, slug: str, schema: Schema) -> Iterator[Record]:
    """Yield the records of the agreement `slug`, in the order of its text.

    Durations are as the agreement states them (P12M stays P12M); lists are sorted.

    Raises EvidenceError where a term has no words, OntologyError where it is of no known kind.
    """
    values = _values(select, slug)
    by_class: dict[Node, Kind] = {kind.iri: kind for kind in schema.kinds.values()}
    found: list[tuple[tuple[int, int, str, str], Record]] = []
    graph = graph_iri(slug)
    for solution in rows_of(select, _TERMS % graph):
        term = solution["term"]
        own = values.pop(term, {})
        kind = next((by_class[node] for node in own.get(TYPE, {}) if node in by_class), None)
        if kind is None:
            raise OntologyError(f"{term.value}: no class of this ontology; build {slug} again.")
        record = Record(
            agreement=slug,
            term=kind.name,
            fields={f.name: _field(own[f.iri], f) for f in kind.fields.values() if f.iri in own},
            quote=str(cell(solution["quote"]) or ""),
            start=int(solution["start"].value),
            end=int(solution["end"].value),
            reading=str(cell(solution["reading"]) or ""),
        )
        found.append(((record.start, record.end, record.term, term.value), record))
    if values:
        raise EvidenceError(f"{min(map(str, values))}: this term has no words; build {slug} again.")
    yield from (record for _, record in sorted(found, key=lambda pair: pair[0]))


_Values = dict[Node, dict[Node, dict[Node, FieldValue]]]


def _values(select: Select, slug: str) -> _Values:
    """Return what is said of every term: its properties, and their nodes with the values they stand for."""
    found: _Values = {}
    for solution in rows_of(select, _FIELDS % graph_iri(slug)):
        term, name, node, period = (solution[i] for i in range(4))
        value = value_of(node if period is None else period)
        found.setdefault(term, {}).setdefault(name, {})[node] = value
    return found


def _field(nodes: Mapping[Node, FieldValue], field: FieldType) -> FieldValue:
    values = sorted(nodes.values(), key=written)
    return tuple(map(written, values)) if field.many else values[0]
