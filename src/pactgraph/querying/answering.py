"""Answer a named question: solutions become rows, each with the words that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pyoxigraph import NamedNode

from pactgraph.errors import EvidenceError
from pactgraph.model import Answer, Evidence, FieldValue, Row
from pactgraph.querying.cells import Select, Texts, cell, rows_of, written
from pactgraph.querying.evidence import evidence_of
from pactgraph.querying.headers import Question

_AGREEMENTS = """
PREFIX pg: <https://w3id.org/pactgraph/ontology#>
SELECT ?slug ?vendor WHERE { ?agreement a pg:Agreement ; pg:slug ?slug . OPTIONAL { ?agreement pg:vendor ?vendor } }
"""


class _Key(NamedTuple):
    """What solutions of one row have in common: all but the values of list columns."""

    agreement: str
    evidence: tuple[NamedNode, ...]
    cells: tuple[tuple[str, FieldValue | None], ...]


def answer(select: Select, question: Question, texts: Texts) -> Answer:
    """Return the answer to `question` over all the agreements that `select` sees.

    Rows come by agreement, then by the place of their words in its text; solutions that differ in
    list columns only are one row. `silent` names the agreements without a row.

    Raises EvidenceError where a row has no evidence or words that are not in their source, and
    QueryError where the query fails.
    """
    vendors = _vendors(select)
    drafts = _drafts(select, question)
    proofs = evidence_of(select, (node for key in drafts for node in key.evidence), texts)
    rows = [_row(key, lists, vendors, proofs) for key, lists in drafts.items()]
    return Answer(
        question=question.name,
        asks=question.asks,
        columns=question.columns,
        rows=tuple(sorted(rows, key=_place)),
        silent=tuple(sorted(set(vendors) - {row.agreement for row in rows})),
    )


def _vendors(select: Select) -> Mapping[str, str]:
    """Return the vendor of every agreement by slug, '' where none is known."""
    return {str(cell(found["slug"])): str(cell(found["vendor"]) or "") for found in rows_of(select, _AGREEMENTS)}


def _drafts(select: Select, question: Question) -> dict[_Key, dict[str, set[str]]]:
    """Return the rows to be, each with the values of its list columns."""
    single = [name for name in question.columns if name not in question.lists]
    drafts: dict[_Key, dict[str, set[str]]] = {}
    for solution in rows_of(select, question.sparql):
        agreement = str(cell(solution["agreement"]))
        nodes = [solution[name] for name in question.evidence]
        evidence = tuple(dict.fromkeys(node for node in nodes if isinstance(node, NamedNode)))
        if not evidence:
            raise EvidenceError(
                f"{question.name}.rq: a row of {agreement} has no evidence; bind ?{question.evidence[0]}."
            )
        key = _Key(agreement, evidence, tuple((name, cell(solution[name])) for name in single))
        lists = drafts.setdefault(key, {name: set() for name in question.lists})
        for name in question.lists:
            if solution[name] is not None:
                lists[name].add(written(cell(solution[name])))
    return drafts


def _row(
    key: _Key, lists: Mapping[str, Iterable[str]], vendors: Mapping[str, str], proofs: Mapping[NamedNode, Evidence]
) -> Row:
    cells: dict[str, FieldValue | None] = dict(key.cells)
    cells.update((name, tuple(sorted(values)) or None) for name, values in lists.items())
    return Row(
        agreement=key.agreement,
        vendor=vendors.get(key.agreement, ""),
        cells=cells,
        evidence=tuple(dict.fromkeys(proofs[node] for node in key.evidence)),
    )


def _place(row: Row) -> tuple[str, list[tuple[int, int]], list[tuple[str, str]]]:
    spans = [(proof.start, proof.end) for proof in row.evidence]
    return row.agreement, spans, sorted((name, written(value)) for name, value in row.cells.items())
