"""One agreement's quads, judged by the shapes: Results with names, messages and the words that prove them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, Triple

from pactgraph.model import Evidence, Result
from pactgraph.validating.checking import str_of
from pactgraph.validating.loading import Shapes
from pactgraph.vocabulary import OA, PG, TYPE, slug_of

if TYPE_CHECKING:
    from pactgraph.validating.engine import Raw

_SEVERITIES = {"Violation": "violation", "Warning": "warning", "Info": "info"}
_ORDER = ("violation", "warning", "info")
_PROVEN = (PG("evidence"), PG("looseEndEvidence"))
_CLIMB = 3
"""How far a node lies below its term at most: selector, evidence, term."""


def validate(quads: Iterable[Quad], shapes: Shapes) -> tuple[Result, ...]:
    """Return what is wrong or missing in one agreement, worst first, in an order that is always the same.

    `quads` are the agreement's facts and what was inferred from them; graph names are not looked at, except
    for the agreement's name where it states none. A result about a term, or about something that belongs to
    a term, carries the term's evidence. Where a result's value is the state of a kind of term, its message ends
    with the reason of that state: that the agreement excludes the kind, or leaves it to another document.

    Quads that describe no agreement, or several, are one violation: shapes would find nothing to judge.
    Raises ShapeError where the engine cannot apply a shape.
    """
    from pactgraph.validating.engine import run

    facts = tuple(quads)
    index = _Index(facts)
    slug = index.slug()
    if len(index.agreements) != 1:
        message = f"The graph describes {len(index.agreements)} agreements; expected one pg:Agreement. Build it again."
        return (Result(slug, "violation", "one-agreement", message, f"urn:pactgraph:graph:{slug}"),)
    raws = run(dict.fromkeys(quad.triple for quad in facts), shapes)
    results = [_result(slug, raw, index, shapes.names) for raw in raws]
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
        evidence=tuple(dict.fromkeys((*index.evidence(raw.focus), *index.evidence(raw.value)))),
        component=raw.component,
    )


class _Index:
    """The facts of one agreement, by subject and by object."""

    def __init__(self, facts: Iterable[Quad]) -> None:
        self._out: dict[str, list[Triple]] = defaultdict(list)
        self._in: dict[str, set[str]] = defaultdict(set)
        self.agreements: set[str] = set()
        self._graphs: set[str] = set()
        for quad in facts:
            subject, found = str_of(quad.subject), quad.object
            self._out[subject].append(quad.triple)
            if isinstance(found, NamedNode):
                self._in[found.value].add(subject)
            if quad.predicate == TYPE and found == PG("Agreement"):
                self.agreements.add(subject)
            if (slug := slug_of(quad.graph_name)) is not None:
                self._graphs.add(slug)

    def slug(self) -> str:
        """Return the agreement's slug as it states it, else the one of its graph's name, else nothing."""
        stated = {slug for iri in self.agreements for slug in self.values(iri, PG("slug").value)}
        return min(stated or self._graphs, default="")

    def values(self, subject: str, path: str) -> list[str]:
        """Return the values of a property as strings, sorted."""
        return sorted(
            {str_of(triple.object) for triple in self._out.get(subject, ()) if triple.predicate.value == path}
        )

    def evidence(self, node: str) -> tuple[Evidence, ...]:
        """Return the evidence of the term that `node` is or belongs to, or nothing.

        What belongs to a term is named after it (term:evidence:quote), and the term leads to it; a clause or
        an agreement is pointed at by many terms and belongs to none.
        """
        level = {node}
        for _ in range(_CLIMB + 1):
            terms = sorted(iri for iri in level if any(self.values(iri, name.value) for name in _PROVEN))
            if terms:
                return self._evidence_of(terms[0])
            level = {parent for iri in level for parent in self._in.get(iri, ()) if iri.startswith(f"{parent}:")}
        return ()

    def _evidence_of(self, term: str) -> tuple[Evidence, ...]:
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
        slug = self._first(self.values(term, PG("inAgreement").value), PG("slug")) or self.slug()
        clause = self._first(self.values(term, PG("inClause").value), PG("key")) or ""
        return (Evidence(slug, quote, start, end, clause),)

    def _first(self, subjects: Iterable[str], path: NamedNode) -> str | None:
        return next((value for subject in subjects for value in self.values(subject, path.value)), None)

    def _offset(self, selectors: Iterable[str], path: NamedNode) -> int | None:
        """Return the first value that is an offset: evidence may itself be what is broken."""
        values = [value for selector in selectors for value in self.values(selector, path.value)]
        return next((int(value) for value in values if value.isdecimal()), None)
