"""One agreement's quads, judged by the shapes: Results with names, messages and the words that prove them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, serialize

from pactgraph.model import Evidence, Result
from pactgraph.validating.checking import str_of
from pactgraph.validating.engines import PYSHACL, prepare, run
from pactgraph.validating.loading import Shapes
from pactgraph.validating.raw import Raw
from pactgraph.vocabulary import OA, PG, TYPE, slug_of

_SEVERITIES = {"Violation": "violation", "Warning": "warning", "Info": "info"}
_ORDER = ("violation", "warning", "info")
_PROVEN = (PG("evidence"), PG("looseEndEvidence"))
_CLIMB = 3
"""How far a node lies below its term at most: selector, evidence, term."""


def validate(quads: Iterable[Quad], shapes: Shapes, engine: str = PYSHACL) -> tuple[Result, ...]:
    """Return what is wrong or missing in one agreement, worst first, in an order that is always the same.

    `quads` are the agreement's facts and what was inferred from them; graph names are not looked at, except
    for the agreement's name where it states none. A result about a term, or about something that belongs to
    a term, carries the term's evidence. Where a result's value is the state of a kind of term, its message ends
    with the reason of that state: that the agreement excludes the kind, or leaves it to another document.

    Quads that describe no agreement, or several, are one violation: shapes would find nothing to judge.
    Raises ShapeError where the engine cannot apply a shape, DefinitionError where there is no such engine.
    """
    facts = tuple(quads)
    named = {name for graph in {quad.graph_name for quad in facts} if (name := slug_of(graph)) is not None}
    text = serialize((quad.triple for quad in facts), format=RdfFormat.N_TRIPLES) or b""
    return validate_facts(text, shapes, engine, min(named, default=""))


def validate_facts(facts: bytes, shapes: Shapes, engine: str = PYSHACL, name: str = "") -> tuple[Result, ...]:
    """Return what `validate` does for facts in N-Triples; `name` is the agreement's slug where they state none."""
    data = prepare(facts, shapes)
    agreements = {str_of(quad.subject) for quad in data.store.quads_for_pattern(None, TYPE, PG("Agreement"))}
    index = _Index(data.store)
    stated = {slug for iri in agreements for slug in index.values(iri, PG("slug").value)}
    slug = min(stated, default=name)
    if len(agreements) != 1:
        message = f"The graph describes {len(agreements)} agreements; expected one pg:Agreement. Build it again."
        return (Result(slug, "violation", "one-agreement", message, f"urn:pactgraph:graph:{slug}"),)
    results = [_result(slug, raw, index, shapes.names) for raw in run(data, shapes, engine)]
    return tuple(sorted(results, key=_rank))


def _rank(result: Result) -> tuple[object, ...]:
    place = (result.evidence[0].start, result.evidence[0].end) if result.evidence else (-1, -1)
    severity = _ORDER.index(result.severity)
    return (severity, result.shape, *place, result.focus, result.path, result.value, result.component, result.message)


def _result(slug: str, raw: Raw, index: _Index, names: Mapping[str, str]) -> Result:
    value = raw.value
    if raw.component == "MaxCountConstraintComponent":
        # The engine names no value here, but one must see them to tell which is wrong.
        value = ", ".join(index.values(raw.focus, raw.path))
    return Result(
        agreement=slug,
        severity=_SEVERITIES.get(raw.severity, "violation"),
        shape=names.get(raw.shape, raw.shape),
        message=" ".join([raw.message, *index.values(value, PG("stateReason").value)]),
        focus=raw.focus,
        path=raw.path,
        value=value,
        evidence=tuple(dict.fromkeys((*index.evidence(raw.focus, slug), *index.evidence(raw.value, slug)))),
        component=raw.component,
    )


class _Index:
    """The facts of one agreement, by subject and by object."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def values(self, subject: str, path: str) -> list[str]:
        """Return the values of a property as strings, sorted."""
        node = _iri(subject)
        if node is None or not path:
            return []
        return sorted({str_of(quad.object) for quad in self._store.quads_for_pattern(node, NamedNode(path), None)})

    def _above(self, node: str) -> set[str]:
        """Return the nodes that a node is named after, and that lead to it."""
        found = _iri(node)
        if found is None:
            return set()
        names = {node[:place] for place, sign in enumerate(node) if sign == ":"}
        parents = {name: parent for name in names if (parent := _iri(name)) is not None}
        return {name for name, parent in parents.items() if self._leads(parent, found)}

    def _leads(self, parent: NamedNode, node: NamedNode) -> bool:
        return next(iter(self._store.quads_for_pattern(parent, None, node)), None) is not None

    def evidence(self, node: str, slug: str) -> tuple[Evidence, ...]:
        """Return the evidence of the term that `node` is or belongs to, or nothing.

        What belongs to a term is named after it (term:evidence:quote), and the term leads to it; a clause or
        an agreement is pointed at by many terms and belongs to none.
        """
        level = {node}
        for _ in range(_CLIMB + 1):
            terms = sorted(iri for iri in level if any(self.values(iri, name.value) for name in _PROVEN))
            if terms:
                return self._evidence_of(terms[0], slug)
            level = {parent for iri in level for parent in self._above(iri)}
        return ()

    def _evidence_of(self, term: str, slug: str) -> tuple[Evidence, ...]:
        selectors = [
            selector
            for name in _PROVEN
            for evidence in self.values(term, name.value)
            for selector in self.values(evidence, OA("hasSelector").value)
        ]
        quote = self._first(selectors, OA("exact"))
        start, end = self._offset(selectors, OA("start")), self._offset(selectors, OA("end"))
        if quote is None or start is None or end is None:
            return ()
        agreement = self._first(self.values(term, PG("inAgreement").value), PG("slug")) or slug
        clause = self._first(self.values(term, PG("inClause").value), PG("key")) or ""
        return (Evidence(agreement, quote, start, end, clause),)

    def _first(self, subjects: Iterable[str], path: NamedNode) -> str | None:
        return next((value for subject in subjects for value in self.values(subject, path.value)), None)

    def _offset(self, selectors: Iterable[str], path: NamedNode) -> int | None:
        """Return the first value that is an offset: evidence may itself be what is broken."""
        values = [value for selector in selectors for value in self.values(selector, path.value)]
        return next((int(value) for value in values if value.isdecimal()), None)


def _iri(text: str) -> NamedNode | None:
    """Return the node that a string names, nothing where it is no IRI."""
    try:
        return NamedNode(text)
    except ValueError:
        return None
