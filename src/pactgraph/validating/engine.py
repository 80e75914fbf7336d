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

from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from pyshacl import validate
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import RDF, SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as QueryResult
from rdflib.term import Identifier, Node

from pactgraph.errors import ShapeError
from pactgraph.validating.loading import Shapes


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
        data = _filled(_Data(bind_namespaces="none"), (*triples, *shapes.background))
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
    """A graph that parses each query once a process: parsing took two thirds of the time of validating."""

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
        """Answer a query as rdflib does."""
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, processor, result, initNs, initBindings, use_store_provided, **kwargs)


@lru_cache(maxsize=256)
def _prepared(text: str) -> Query:
    return prepareQuery(text)


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
    return _filled(Graph(bind_namespaces="none"), shapes.triples)


def _filled(graph: Graph, triples: Iterable[Triple]) -> Graph:
    known: dict[object, Node] = {}

    def node(term: object) -> Node:
        if term not in known:
            known[term] = _node(term)
        return known[term]

    graph.addN((node(t.subject), node(t.predicate), node(t.object), graph) for t in triples)
    return graph


def _node(term: object) -> Node:
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
