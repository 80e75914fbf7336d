"""The SHACL engine: pyshacl over rdflib graphs in memory.

Nothing else of pactgraph imports pyshacl or rdflib, and this module is imported when something is
first validated, because they take longer to load than most commands to run. Literals are carried over
as they are written: rdflib would turn P12M into P1Y.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store, Triple
from pyoxigraph import Variable as OxVariable
from pyshacl import validate
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import RDF, SH
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as QueryResult
from rdflib.term import Identifier, Variable

from pactgraph.errors import ShapeError
from pactgraph.validating.loading import Shapes
from pactgraph.vocabulary import SH as SH_

_TARGETS = tuple(SH_(name) for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"))


@dataclass(frozen=True, slots=True, order=True)
class Raw:
    """One result as the engine gives it, all nodes as strings; `path` is empty unless it is one property."""

    severity: str
    shape: str
    message: str
    focus: str
    path: str
    value: str
    component: str


def run(triples: Iterable[Triple], shapes: Shapes) -> tuple[Raw, ...]:
    """Return what pyshacl finds in `triples`, sorted.

    Raises ShapeError where pyshacl cannot apply a shape.
    """
    with _quiet():
        data = _Data((*triples, *shapes.background))
        try:
            _, report, text = validate(
                data, shacl_graph=_shapes_graph(shapes), inference="none", advanced=False, inplace=True
            )
        except (ConstraintLoadError, ReportableRuntimeError, ShapeLoadError) as error:
            raise ShapeError(f"shapes: pyshacl cannot apply a shape: {error}") from error
    if not isinstance(report, Graph):
        raise ShapeError(f"shapes: pyshacl cannot apply a shape: {' '.join(str(text).split())}")
    return tuple(sorted(set(_results(report))))


class _Data(Graph):
    """A graph whose queries oxigraph answers: the same rows as rdflib, twenty times faster and more."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        super().__init__(bind_namespaces="none")
        facts = tuple(triples)
        _fill(self, facts)
        self._mirror = Store()
        self._mirror.extend(Quad(t.subject, t.predicate, t.object) for t in facts)

    def query(
        self,
        query_object: str | Query,
        processor: Any = "sparql",
        result: Any = "sparql",
        initNs: Mapping[str, Any] | None = None,  # noqa: N803 (rdflib's name)
        initBindings: Mapping[str, Identifier] | None = None,  # noqa: N803 (rdflib's name)
        use_store_provided: bool = True,
        **kwargs: Any,
    ) -> QueryResult:
        """Answer a SELECT about the node `this`; any other query goes to rdflib."""
        bindings = initBindings or {}
        focus = bindings.get("this")
        if not isinstance(query_object, str) or set(bindings) != {"this"} or not isinstance(focus, URIRef):
            return super().query(query_object, processor, result, initNs, initBindings, use_store_provided, **kwargs)
        found = self._mirror.query(query_object, substitutions={OxVariable("this"): NamedNode(focus)})
        if not isinstance(found, QuerySolutions):
            raise ShapeError(f"shapes: a sh:select that is no SELECT: {' '.join(query_object.split())}")
        names = [Variable(variable.value) for variable in found.variables]
        rows = QueryResult("SELECT")
        rows.vars = names
        rows.bindings = [
            {name: _node(value) for name, value in zip(names, row, strict=True) if value is not None} for row in found
        ]
        return rows


def _results(report: Graph) -> Iterator[Raw]:
    for node in report.subjects(RDF.type, SH.ValidationResult):
        path, value = report.value(node, SH.resultPath), report.value(node, SH.value)
        yield Raw(
            severity=_local(report.value(node, SH.resultSeverity)),
            shape=str(report.value(node, SH.sourceShape)),
            message=" ".join(sorted(str(text) for text in report.objects(node, SH.resultMessage))),
            focus=str(report.value(node, SH.focusNode)),
            path=str(path) if isinstance(path, URIRef) else "",
            value="" if value is None else str(value),
            component=_local(report.value(node, SH.sourceConstraintComponent)),
        )


def _local(node: object) -> str:
    return str(node).rsplit("#", maxsplit=1)[-1]


@lru_cache(maxsize=8)
def _shapes_graph(shapes: Shapes) -> Graph:
    graph = Graph(bind_namespaces="none")
    _fill(graph, _flattened(shapes.triples))
    return graph


def _flattened(triples: tuple[Triple, ...]) -> Iterator[Triple]:
    """Yield the shapes with each property shape of a node shape aimed at the targets of that shape itself.

    The results are the same, but pyshacl runs a nested shape once for each focus node and a shape with
    targets once for all, which is five times faster. Shapes that others refer to, and those that are
    closed or deactivated, stay as they are: there the nesting has a meaning.
    """
    bound: set[object] = {t.subject for t in triples if t.predicate in (SH_("closed"), SH_("deactivated"))}
    bound |= {t.object for t in triples if t.predicate != SH_("property")}
    targets: dict[object, list[Triple]] = {}
    for triple in triples:
        if triple.predicate in _TARGETS and triple.subject not in bound:
            targets.setdefault(triple.subject, []).append(triple)
    for triple in triples:
        if triple.predicate != SH_("property") or triple.subject not in targets:
            yield triple
            continue
        for target in targets[triple.subject]:
            yield Triple(triple.object, target.predicate, target.object)  # type: ignore[arg-type]


def _fill(graph: Graph, triples: Iterable[Triple]) -> None:
    known: dict[object, Identifier] = {}

    def node(term: object) -> Identifier:
        if term not in known:
            known[term] = _node(term)
        return known[term]

    graph.addN((node(t.subject), node(t.predicate), node(t.object), graph) for t in triples)


def _node(term: object) -> Identifier:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    if isinstance(term, Literal) and term.language:
        return RdfLiteral(term.value, lang=term.language)
    if isinstance(term, Literal):
        return RdfLiteral(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise TypeError(f"an RDF term was expected, not {term!r}")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from logging a traceback for each ill-typed literal: reporting those is what shapes are for."""
    logger = logging.getLogger("rdflib.term")
    before = logger.disabled
    logger.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            yield
    finally:
        logger.disabled = before
