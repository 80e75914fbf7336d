"""Read the states back: what is known of each kind of term in an agreement."""

from __future__ import annotations

from collections.abc import Iterator

from pactgraph.model import State
from pactgraph.querying.cells import Select, cell, rows_of
from pactgraph.vocabulary import graph_iri

_STATES = """
PREFIX pg: <https://w3id.org/pactgraph/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?kind ?status ?reason ?start ?end ?clauses ?rules WHERE { GRAPH %s {
  ?state a pg:TermState ; pg:ofKind ?kind ; pg:status ?status ; pg:searchedClauses ?clauses ; pg:searchedRules ?rules .
  OPTIONAL { ?state pg:stateReason ?reason }
  OPTIONAL { ?state pg:stateEvidence/oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end }
} }
"""


def states(select: Select, slug: str) -> Iterator[State]:
    """Yield the state of each kind of term in the agreement `slug`, by name; `clause` is not told."""
    found = []
    for row in rows_of(select, _STATES % graph_iri(slug)):
        start, end = (-1 if row[name] is None else int(row[name].value) for name in ("start", "end"))
        receipt = {name: int(row[name].value) for name in ("clauses", "rules")}
        kind, status, reason = (str(cell(row[name]) or "") for name in ("kind", "status", "reason"))
        found.append(State(kind, status, reason, start, end, None, **receipt))
    yield from sorted(found, key=lambda state: state.kind)
