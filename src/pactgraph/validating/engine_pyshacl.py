"""The SHACL engine that comes with pactgraph: pyshacl over rdflib graphs in memory.

Its shapes are read once in a process, the data are indexed as it reads them, and its SPARQL goes to oxigraph. None of
that changes a result.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from pyoxigraph import Literal, NamedNode, QuerySolutions, Triple
from pyoxigraph import Variable as OxVariable
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError, ValidationFailure
from pyshacl.graph_abstraction import DataGraph
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as QueryResult
from rdflib.term import Identifier, Node, Variable

from pactgraph.errors import ShapeError
from pactgraph.validating.engines import Data
from pactgraph.validating.flattening import flattened
from pactgraph.validating.indexed import Indexed, as_rdflib
from pactgraph.validating.loading import Shapes
from pactgraph.validating.raw import Raw
from pactgraph.vocabulary import SH as SH_

_DESCRIBING = frozenset({RDF.type, SH.name, SH.message, SH.path, SH.severity, SH.targetClass})


def run(data: Data, shapes: Shapes, left: Sequence[str]) -> Iterable[Raw]:
    """Return what pyshacl finds in `data` by the shapes with the IRIs `left`.

    Raises ShapeError where pyshacl cannot apply a shape.
    """
    with quiet():
        try:
            prepared = _prepared(shapes)
            options = {"inference": "none", "inplace": True, "use_shapes": list(left)}
            validator = Validator(DataGraph.from_rdflib(_Data(data)), shacl_graph=prepared.graph, options=options)
            validator.shacl_graph = prepared
            _, report, _ = validator.run()  # type: ignore[no-untyped-call]
        except (ConstraintLoadError, ReportableRuntimeError, ShapeLoadError, ValidationFailure) as error:
            raise ShapeError(f"shapes: pyshacl cannot apply a shape: {' '.join(str(error).split())}") from error
    return results(report)


class _Data(Indexed):
    """A graph whose queries oxigraph answers: the same rows as rdflib, twenty times faster and more."""

    def __init__(self, data: Data) -> None:
        super().__init__(data.triples)
        self._mirror = data.store

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
            {name: as_rdflib(value) for name, value in zip(names, row, strict=True) if value is not None}  # type: ignore[misc]
            for row in found
        ]
        return rows


def results(report: Graph) -> Iterator[Raw]:
    """Yield the results of a SHACL report."""
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


class _Parameters(ShapesGraph):
    """The shapes, without what is no parameter: pyshacl compares each property of a shape with a list of forty."""

    def predicate_objects(self, s: Node) -> list[tuple[Node, Node]]:
        """Return the properties of a shape that may be parameters of a constraint, with their values."""
        return [pair for pair in self.graph.predicate_objects(s) if pair[0] not in _DESCRIBING]


@lru_cache(maxsize=8)
def _prepared(shapes: Shapes) -> ShapesGraph:
    graph = _Parameters(Indexed(map(_dedented, flattened(shapes.triples))))
    graph.shapes  # noqa: B018  # pyshacl finds shapes by their IRIs only after it was asked for all of them
    return graph


def _dedented(triple: Triple) -> Triple:
    """Return a query without its indentation: pyshacl reads its text ten times whenever it runs it."""
    if triple.predicate != SH_("select") or not isinstance(triple.object, Literal):
        return triple
    lines = (line.strip() for line in triple.object.value.splitlines())
    return Triple(triple.subject, triple.predicate, Literal("\n".join(filter(None, lines))))


@contextmanager
def quiet() -> Iterator[None]:
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
