"""An rdflib graph that is read a hundred times for each time that it is written: two dictionaries.

rdflib's own graph in memory looks after contexts and changes; of the time that pyshacl spends on an agreement,
half goes into that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.term import Node

_Statement = tuple[Node, Node, Node]
_Index = dict[Node, dict[Node, list[Node]]]
_NONE: list[Node] = []


class Indexed(Graph):
    """A graph of triples that nothing is removed from; its methods are those of rdflib's Graph."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        super().__init__(bind_namespaces="none")
        self._size = 0
        self._by_subject: _Index = {}
        self._by_predicate: _Index = {}
        known: dict[object, Node] = {}

        def node(term: object) -> Node:
            if term not in known:
                known[term] = as_rdflib(term)
            return known[term]

        for triple in dict.fromkeys(triples):
            self._put(node(triple.subject), node(triple.predicate), node(triple.object))

    def _put(self, subject: Node, predicate: Node, value: Node) -> None:
        self._size += 1
        self._by_subject.setdefault(subject, {}).setdefault(predicate, []).append(value)
        self._by_predicate.setdefault(predicate, {}).setdefault(value, []).append(subject)

    def add(self, triple: Any) -> Indexed:
        """Add a statement, unless it is there."""
        if triple not in self:
            self._put(*triple)
        return self

    def __contains__(self, triple: object) -> bool:
        return next(self.triples(triple), None) is not None

    def __len__(self) -> int:
        return self._size

    def triples(self, triple: Any) -> Iterator[Any]:  # type: ignore[override]  # rdflib knows paths, too
        """Yield the statements that fit; None fits everything."""
        subject, predicate, value = triple
        if subject is None and predicate is not None:
            values = self._by_predicate.get(predicate, {})
            for found in values if value is None else (value,):
                yield from ((one, predicate, found) for one in values.get(found, _NONE))
            return
        for one in self._by_subject if subject is None else (subject,):
            properties = self._by_subject.get(one, {})
            for path in properties if predicate is None else (predicate,):
                yield from ((one, path, found) for found in properties.get(path, _NONE) if value in (None, found))

    def objects(self, subject: Any = None, predicate: Any = None, unique: bool = False) -> Any:
        """Yield the values of a property of a node."""
        if subject is None or predicate is None:
            return super().objects(subject, predicate, unique)
        return iter(self._by_subject.get(subject, {}).get(predicate, _NONE))

    def subjects(self, predicate: Any = None, object: Any = None, unique: bool = False) -> Any:  # noqa: A002
        """Yield the nodes that have a value of a property."""
        if predicate is None or object is None:
            return super().subjects(predicate, object, unique)
        return iter(self._by_predicate.get(predicate, {}).get(object, _NONE))


def as_rdflib(term: object) -> Node:
    """Return a term of pyoxigraph as one of rdflib, with literals as they are written: P12M stays P12M."""
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    if isinstance(term, Literal) and term.language:
        return RdfLiteral(term.value, lang=term.language)
    if isinstance(term, Literal):
        return RdfLiteral(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise TypeError(f"an RDF term was expected, not {term!r}")
