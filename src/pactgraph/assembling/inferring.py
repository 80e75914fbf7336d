"""What follows from the facts of one agreement, by the rules in rules/*.rq.

A rule is a CONSTRUCT query over the facts (its default graph) and the ontology (in its named graph),
the same view that a query of the finished store has. Rules may build on one another: they run until
nothing new follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
)

from pactgraph.durations import day_bounds
from pactgraph.errors import OntologyError, QueryError
from pactgraph.resources import folder
from pactgraph.vocabulary import ONTOLOGY_GRAPH, XSD

_RULES = Path(__file__).resolve().parent / "rules"
_Term = NamedNode | BlankNode | Literal | Triple


@cache
def ontology_quads() -> tuple[Quad, ...]:
    """Return the installed ontology, alignments included, as quads of its named graph.

    Its blank nodes (restrictions, lists) are named by file and order, so that the same files give the
    same quads. Raises OntologyError where a file is no Turtle.
    """
    quads: list[Quad] = []
    for path in sorted(folder("ontology").glob("*.ttl")):
        names: dict[BlankNode, NamedNode] = {}
        try:
            for quad in parse(path=str(path), format=RdfFormat.TURTLE):
                subject, value = _named(quad.subject, path.stem, names), _named(quad.object, path.stem, names)
                assert not isinstance(subject, Literal)
                quads.append(Quad(subject, quad.predicate, value, ONTOLOGY_GRAPH))
        except SyntaxError as error:
            raise OntologyError(f"{path}:{error.lineno}: not Turtle: {error.msg}") from error
    return tuple(quads)


def _named(node: _Term, stem: str, names: dict[BlankNode, NamedNode]) -> _Term:
    if not isinstance(node, BlankNode):
        return node
    return names.setdefault(node, NamedNode(f"{ONTOLOGY_GRAPH.value}:{stem}:{len(names) + 1}"))


@cache
def rules() -> tuple[tuple[Path, str], ...]:
    """Return the rule files and their queries, by name."""
    return tuple((path, path.read_text(encoding="utf-8")) for path in sorted(_RULES.glob("*.rq")))


def infer(facts: Iterable[Triple]) -> tuple[frozenset[Triple], frozenset[Triple]]:
    """Return the facts, and what follows from them and is not among them.

    Both come with their literals in the form that the store gives back. Raises QueryError where a
    rule is no CONSTRUCT query.
    """
    store = Store()
    store.bulk_extend(ontology_quads())
    store.bulk_extend(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in facts)
    given = _known(store)
    known = given
    while True:
        for path, text in rules():
            store.extend(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in _apply(store, path, text))
        found = _known(store)
        if found == known:
            return given, known - given
        known = found


def _known(store: Store) -> frozenset[Triple]:
    return frozenset(quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph()))


def _apply(store: Store, path: Path, text: str) -> list[Triple]:
    try:
        triples = store.query(text, custom_functions=_FUNCTIONS)
    except SyntaxError as error:
        raise QueryError(f"{path}: not a SPARQL query: {' '.join(str(error).split())[:200]}") from error
    if not isinstance(triples, QueryTriples):
        raise QueryError(f"{path}: a rule constructs triples; write it as CONSTRUCT.")
    return list(triples)


def _least(duration: _Term, business: _Term) -> Literal:
    return _days(duration, business, 0)


def _greatest(duration: _Term, business: _Term) -> Literal:
    return _days(duration, business, 1)


def _days(duration: _Term, business: _Term, bound: int) -> Literal:
    """Return a bound of `day_bounds` for the lexical form of a duration, as a decimal."""
    counts_business = isinstance(business, Literal) and business.value == "true"
    text = duration.value if isinstance(duration, Literal) else ""
    return Literal(str(day_bounds(text, business=counts_business)[bound]), datatype=XSD("decimal"))


_FUNCTIONS: dict[NamedNode, Callable[..., _Term | None]] = {
    NamedNode("urn:pactgraph:function:minDays"): _least,
    NamedNode("urn:pactgraph:function:maxDays"): _greatest,
}
