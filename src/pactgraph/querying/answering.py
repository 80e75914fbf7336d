"""Answer a named question: solutions become rows, each with the words that prove it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from itertools import groupby
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from pactgraph.errors import EvidenceError, QueryError, unknown
from pactgraph.model import Answer, Evidence, FieldValue, Row
from pactgraph.querying.cells import Node, Select, cell, rows_of, value_of, written
from pactgraph.querying.computing import compute
from pactgraph.querying.drafts import Draft
from pactgraph.querying.evidence import Sources, evidence_of
from pactgraph.querying.headers import Question
from pactgraph.querying.parameters import Given, bound, understood
from pactgraph.vocabulary import PG, agreement_iri

_Key = tuple[Node | None, tuple[Node | None, ...], tuple[Node | None, ...]]
"""What the solutions of one row have in common: the agreement, its evidence, and the cells that are no lists."""

# One property of all agreements at a time, which the engine reads in a row.
_SLUGS = """
PREFIX pg: <https://w3id.org/pactgraph/ontology#>
SELECT ?agreement ?slug WHERE { ?agreement pg:slug ?slug }
"""
_VENDORS = """
PREFIX pg: <https://w3id.org/pactgraph/ontology#>
SELECT ?agreement ?vendor WHERE { ?agreement pg:vendor ?vendor }
"""
_DENIED = """
PREFIX pg: <https://w3id.org/pactgraph/ontology#>
PREFIX pgv: <https://w3id.org/pactgraph/value/>
SELECT ?agreement ?kind ?status WHERE {
  { VALUES ?kind { %s } ?state pg:ofKind ?kind ; pg:status ?status . FILTER(?status IN (pgv:excluded, pgv:unknown)) }
  ?state pg:ofAgreement ?agreement .
}
"""


def answer(
    select: Select,
    question: Question,
    texts: Sources,
    *,
    agreements: Collection[str] = (),
    given: Mapping[str, Given] = MappingProxyType({}),
) -> Answer:
    """Return the answer to `question` over all the agreements that `select` sees, or over `agreements` alone.

    `given` are values of the question's parameters. Rows come by agreement, then by the place of their words
    in its text; solutions that differ in list columns, or in what more proves them, are one row. Agreements
    without a row are excluded where they expressly exclude all kinds that the question is about; unknown where
    they leave one of them to what is not at hand; silent else.

    Raises EvidenceError where a row has no evidence, though it is not proven by a receipt, or words that
    are not in their source, and QueryError where the query fails, or an agreement, a parameter or its value
    is not known.
    """
    values = understood(question.name, question.parameters, given)
    vendors = _vendors(select)
    for slug in (*agreements, *(slug for days in values.values() if isinstance(days, Mapping) for slug in days)):
        if slug not in vendors:
            raise QueryError(unknown("agreement", slug, vendors))
    drafts: Iterable[Draft] = _drafts(select, question, agreements, bound(question.parameters, values))
    if question.computing:
        drafts = compute(question.computing, drafts, values)
    drafts = [_proven(draft, question) for draft in drafts]
    proofs = evidence_of(select, (node for draft in drafts for node in draft.evidence), texts)
    rows = [_row(draft, question, vendors, proofs) for draft in drafts]
    asked = set(agreements or vendors)
    without = asked - {row.agreement for row in rows}
    excluded, unclear = _denied(select, question.kinds, without)
    return Answer(
        question=question.name,
        asks=question.asks + _told(given),
        columns=question.columns,
        rows=_ordered(rows, by_place=not question.receipt),
        silent=tuple(sorted(without - excluded - unclear)),
        excluded=tuple(sorted(excluded)),
        unknown=tuple(sorted(unclear)),
    )


def _told(given: Mapping[str, Given]) -> str:
    """Return what the question was told, to show behind it."""
    said = [f"{name}: {value}" for name, value in given.items() if not isinstance(value, Mapping)]
    return f" ({', '.join(said)})" if said else ""


def _denied(select: Select, kinds: Sequence[str], without: Set[str]) -> tuple[set[str], set[str]]:
    """Return which of the agreements without a row exclude all the kinds, and which may state one elsewhere."""
    denied: dict[NamedNode, list[str]] = {}
    if without and kinds:
        for agreement, _, status in rows_of(select, _DENIED % " ".join(str(PG(kind)) for kind in kinds)):
            denied.setdefault(agreement, []).append(str(value_of(status)))
    nodes = {slug: denied.get(agreement_iri(slug), ()) for slug in without}
    excluded = {slug for slug, found in nodes.items() if list(found) == ["excluded"] * len(kinds) and found}
    return excluded, {slug for slug, found in nodes.items() if "unknown" in found}


def _vendors(select: Select) -> Mapping[str, str]:
    """Return the vendor of every agreement by slug, '' where none is known."""
    slugs = {agreement: slug.value for agreement, slug in rows_of(select, _SLUGS)}
    makers = {agreement: vendor.value for agreement, vendor in rows_of(select, _VENDORS) if agreement in slugs}
    return {slug: makers.get(agreement, "") for agreement, slug in slugs.items()}


def _drafts(
    select: Select, question: Question, agreements: Collection[str], values: Mapping[str, NamedNode | Literal]
) -> list[Draft]:
    """Return what the query binds: solutions that differ in lists, or in what more proves them, are one draft."""
    variables = {parameter.variable for parameter in question.parameters}
    surplus = {"agreement", *question.evidence, *question.lists, *variables}
    single = [name for name in question.selected if name not in surplus]
    proof = [name for name in question.evidence if name not in question.more]
    gathered = [*question.lists, *question.more]
    at = {name: index for index, name in enumerate(question.selected)}
    agreement_at, proofs_at = at["agreement"], [at[name] for name in proof]
    singles_at, gathered_at = [at[name] for name in single], [(name, at[name]) for name in gathered]
    merged: dict[_Key, dict[str, dict[Node, None]]] = {}
    given = {name: value for name, value in values.items() if name in question.selected}
    for fixed in [{"agreement": Literal(slug), **given} for slug in agreements] or [given]:
        for solution in map(tuple, rows_of(select, question.sparql, fixed)):
            key = (
                solution[agreement_at],
                tuple([solution[index] for index in proofs_at]),
                tuple([solution[index] for index in singles_at]),
            )
            lists = merged.get(key)
            if lists is None:
                lists = merged[key] = {name: {} for name in gathered}
            for name, index in gathered_at:
                if (node := solution[index]) is not None:
                    lists[name][node] = None
    known: dict[Node | None, FieldValue | None] = {None: None}
    return [_draft(key, single, lists, question, known) for key, lists in merged.items()]


def _draft(
    key: _Key,
    single: Iterable[str],
    lists: Mapping[str, Iterable[Node]],
    question: Question,
    known: dict[Node | None, FieldValue | None],
) -> Draft:
    """Return the draft of one row; `known` holds the values of the nodes that were met before."""
    agreement, proof, nodes = key
    more = sorted((node for name in question.more for node in lists[name]), key=str)
    evidence = tuple(dict.fromkeys(node for node in (*proof, *more) if isinstance(node, NamedNode)))
    cells: dict[str, FieldValue | None] = {}
    for name, node in zip(single, nodes, strict=True):
        if node not in known:
            known[node] = cell(node)
        cells[name] = known[node]
    for name in question.lists:
        cells[name] = tuple(sorted({written(value_of(node)) for node in lists[name]})) or None
    return Draft(str(cell(agreement)), evidence, cells)


def _proven(draft: Draft, question: Question) -> Draft:
    """Return the draft; raise EvidenceError where nothing proves it."""
    if not draft.evidence and not question.receipt:
        raise EvidenceError(
            f"{question.name}.rq: a row of {draft.agreement} has no evidence; bind ?{question.evidence[0]}."
        )
    return draft


def _row(draft: Draft, question: Question, vendors: Mapping[str, str], proofs: Mapping[NamedNode, Evidence]) -> Row:
    evidence = [proofs[node] for node in draft.evidence]
    if len(evidence) > 1:
        evidence = list(dict.fromkeys(evidence))
        if len(question.evidence) == 1:
            evidence.sort(key=lambda proof: (proof.agreement, proof.start, proof.end))  # solutions come in any order
    return Row(
        agreement=draft.agreement,
        vendor=vendors.get(draft.agreement, ""),
        cells={name: draft.cells.get(name) for name in question.columns},
        evidence=tuple(evidence),
    )


def _ordered(rows: Iterable[Row], *, by_place: bool) -> tuple[Row, ...]:
    """Return the rows by agreement, then by the place of their words where asked to, then by their cells."""
    key = _place if by_place else _agreement
    found: list[Row] = []
    for _, alike in groupby(sorted(rows, key=key), key=key):
        some = list(alike)
        found += sorted(some, key=_cells) if len(some) > 1 else some
    return tuple(found)


def _agreement(row: Row) -> tuple[str, list[tuple[int, int]]]:
    return row.agreement, []


def _place(row: Row) -> tuple[str, list[tuple[int, int]]]:
    return row.agreement, [(proof.start, proof.end) for proof in row.evidence]


def _cells(row: Row) -> list[tuple[str, str]]:
    return sorted((name, written(value)) for name, value in row.cells.items())
