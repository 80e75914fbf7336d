"""The SHACL engine that comes with pactgraph: pyshacl over rdflib graphs in memory.

Its shapes are read once in a process, only those are run whose targets are in the data, the data are indexed as
it reads them, and its SPARQL goes to oxigraph. None of that changes a result.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
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
from pactgraph.validating.indexed import Indexed, as_rdflib
from pactgraph.validating.loading import Shapes
from pactgraph.validating.raw import Raw
from pactgraph.vocabulary import RDFS, TYPE
from pactgraph.vocabulary import SH as SH_

_TARGETS = tuple(SH_(name) for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"))
_DESCRIBING = frozenset({RDF.type, SH.name, SH.message, SH.path, SH.severity, SH.targetClass})


def run(data: Data, shapes: Shapes) -> Iterable[Raw]:
    """Return what pyshacl finds in `data`.

    Raises ShapeError where pyshacl cannot apply a shape.
    """
    with _quiet():
        try:
            prepared = _prepared(shapes)
            aimed = prepared.aimed_at(data.triples)
            if not aimed:
                return ()
            options = {"inference": "none", "inplace": True, "use_shapes": aimed}
            validator = Validator(DataGraph.from_rdflib(_Data(data)), shacl_graph=prepared.graph.graph, options=options)
            validator.shacl_graph = prepared.graph
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


@dataclass(frozen=True, slots=True)
class _Prepared:
    """Shapes as pyshacl reads them, and what each of those that have targets is aimed at: pairs of property and node.

    The class of a sh:targetClass goes with rdf:type, the property of a sh:targetSubjectsOf with itself.
    """

    graph: ShapesGraph
    targets: Mapping[str, frozenset[object]]

    def aimed_at(self, facts: Iterable[Triple]) -> list[str]:
        """Return the shapes whose targets are in the data: pyshacl would look for those of each shape by itself."""
        above: dict[object, list[object]] = {}
        there: set[object] = set()
        for fact in facts:
            there.add(fact.object if fact.predicate == TYPE else fact.predicate)
            if fact.predicate == RDFS("subClassOf"):
                above.setdefault(fact.subject, []).append(fact.object)
        waiting = list(there)
        while waiting:
            new = [parent for parent in above.get(waiting.pop(), ()) if parent not in there]
            there.update(new)
            waiting += new
        return [shape for shape, aims in self.targets.items() if None in aims or not aims.isdisjoint(there)]


@lru_cache(maxsize=8)
def _prepared(shapes: Shapes) -> _Prepared:
    triples = tuple(flattened(shapes.triples))
    graph = _Parameters(Indexed(map(_dedented, triples)))
    targets: dict[str, set[object]] = {}
    for triple in triples:
        if triple.predicate in _TARGETS:
            aim = None if triple.predicate == SH_("targetNode") else triple.object  # a node need not be in the data
            targets.setdefault(str(as_rdflib(triple.subject)), set()).add(aim)
    known = {str(node) for node in (shape.node for shape in graph.shapes)}
    return _Prepared(graph, {shape: frozenset(aims) for shape, aims in targets.items() if shape in known})


def _dedented(triple: Triple) -> Triple:
    """Return a query without its indentation: pyshacl reads its text ten times whenever it runs it."""
    if triple.predicate != SH_("select") or not isinstance(triple.object, Literal):
        return triple
    lines = (line.strip() for line in triple.object.value.splitlines())
    return Triple(triple.subject, triple.predicate, Literal("\n".join(filter(None, lines))))


def flattened(triples: tuple[Triple, ...]) -> Iterator[Triple]:
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
