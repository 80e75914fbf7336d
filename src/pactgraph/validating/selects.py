"""The SELECTs of shapes, asked of oxigraph directly: an engine takes longer to get at them than they take.

That is done for a shape whose query SHACL has run as it stands, with $this for each node that the shape is aimed at:
a node shape with targets of its own, of whose message nothing is filled in. The other queries stay with the engine.
See https://www.w3.org/TR/shacl/#sparql-constraints
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple, Variable

from pactgraph.validating.checking import str_of
from pactgraph.validating.flattening import TARGETS
from pactgraph.validating.loading import Shapes
from pactgraph.validating.raw import Raw
from pactgraph.vocabulary import RDFS, SH, TYPE

_COMPONENT = "SPARQLConstraintComponent"
_DESCRIBING = frozenset({TYPE, *(SH(name) for name in ("name", "message", "severity", "sparql", *TARGETS))})
_OTHER = r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|<[^<>"{}|^`\\\s]*>|\#[^\n]*'
_NAME = re.compile(rf"{_OTHER}|(?<![\w:?$@.%-])(?P<prefix>[A-Za-z]\w*):(?P<local>[A-Za-z]\w*)(?![\w:%\\.-])", re.S)
"""A prefixed name, or what may hold what only looks like one: a string, an IRI, a comment."""
_ENGINE_ONLY = ("$path", "?path", "$currentshape", "?currentshape", "$shapesgraph", "?shapesgraph")


@dataclass(frozen=True, slots=True)
class Select:
    """A query of a shape: for what it selects there is a result; `targets` are pairs of SHACL's name and a node."""

    shape: str
    severity: str
    message: str
    targets: tuple[tuple[str, NamedNode], ...]
    text: str


@lru_cache(maxsize=8)
def divided(shapes: Shapes) -> tuple[Shapes, tuple[Select, ...]]:
    """Return the shapes without those that are asked here, and their queries."""
    by_subject: dict[object, list[Triple]] = {}
    for triple in shapes.triples:
        by_subject.setdefault(triple.subject, []).append(triple)
    referred = {triple.object for triple in shapes.triples}
    found = {
        node: select
        for node, triples in by_subject.items()
        if node not in referred and (select := _select(node, triples, by_subject)) is not None
    }
    rest = tuple(triple for triple in shapes.triples if triple.subject not in found)
    return replace(shapes, triples=rest), tuple(found.values())


def _select(node: object, triples: Sequence[Triple], by_subject: Mapping[object, Sequence[Triple]]) -> Select | None:
    values: dict[str, list[object]] = {}
    for triple in triples:
        if triple.predicate not in _DESCRIBING:
            return None
        values.setdefault(SH.local(triple.predicate) or "", []).append(triple.object)
    targets = tuple(
        (name, target) for name in TARGETS for target in values.get(name, ()) if isinstance(target, NamedNode)
    )
    constraints, messages = values.get("sparql", []), values.get("message", [])
    if not targets or len(constraints) != 1 or len(messages) != 1 or not isinstance(node, NamedNode):
        return None
    inner = by_subject.get(constraints[0], ())
    texts = [str_of(triple.object) for triple in inner if triple.predicate == SH("select")]
    bare = {triple.predicate for triple in inner} <= {TYPE, SH("select"), SH("prefixes")}
    message = str_of(messages[0])
    if not bare or len(texts) != 1 or "{" in message or any(word in texts[0].lower() for word in _ENGINE_ONLY):
        return None
    places = [triple.object for triple in inner if triple.predicate == SH("prefixes")]
    severity = next((SH.local(given) or "" for given in values.get("severity", ())), "Violation")
    return Select(node.value, severity, message, targets, _spelled_out(texts[0], dict(_prefixes(places, by_subject))))


def _prefixes(places: Iterable[object], by_subject: Mapping[object, Sequence[Triple]]) -> Iterator[tuple[str, str]]:
    for place in places:
        for declared in (t.object for t in by_subject.get(place, ()) if t.predicate == SH("declare")):
            parts = {SH.local(t.predicate): str_of(t.object) for t in by_subject.get(declared, ())}
            yield parts.get("prefix", ""), parts.get("namespace", "")


def _spelled_out(text: str, prefixes: Mapping[str, str]) -> str:
    """Return a query with whole IRIs: a third of the time that a short one takes goes into its prefixes.

    A query with single quotation marks stays as it is.
    """

    def whole(found: re.Match[str]) -> str:
        space = prefixes.get(found["prefix"] or "")
        return found[0] if space is None else f"<{space}{found['local']}>"

    found = text if "'" in text else _NAME.sub(whole, text)
    left = "".join(f"PREFIX {name}: <{space}>\n" for name, space in sorted(prefixes.items()) if f"{name}:" in found)
    return left + found


def answers(store: Store, selects: Iterable[Select]) -> Iterator[Raw]:
    """Yield a result for each solution of each query, for each node in the store that its shape is aimed at."""
    aims: dict[object, list[NamedNode | Literal]] = {}
    for select in selects:
        if select.targets not in aims:
            nodes = dict.fromkeys(node for name, target in select.targets for node in _aimed(store, name, target))
            aims[select.targets] = [node for node in nodes if isinstance(node, NamedNode | Literal)]
        for focus in aims[select.targets]:
            for this, value in _asked(store, select.text, focus):
                yield Raw(select.severity, select.shape, select.message, this, "", value, _COMPONENT)


def _asked(store: Store, text: str, focus: NamedNode | Literal) -> Iterator[tuple[str, str]]:
    """Yield the node that a solution is about and its value: the node itself where the query selects none."""
    found = store.query(text, substitutions={Variable("this"): focus})
    assert isinstance(found, QuerySolutions)  # the check of a shapes file has seen that it is a SELECT
    selects_value = Variable("value") in found.variables
    for row in found:
        value = row["value"] if selects_value else None
        yield str_of(row["this"] or focus), str_of(value if value is not None else focus)


def _aimed(store: Store, name: str, target: NamedNode) -> Iterator[NamedNode | BlankNode | Literal | Triple]:
    if name == "targetNode":
        yield target
    elif name == "targetSubjectsOf":
        yield from (quad.subject for quad in store.quads_for_pattern(None, target, None))
    elif name == "targetObjectsOf":
        yield from (quad.object for quad in store.quads_for_pattern(None, target, None))
    else:
        classes = [target]
        for one in classes:
            below = (quad.subject for quad in store.quads_for_pattern(None, RDFS("subClassOf"), one))
            classes += [found for found in below if isinstance(found, NamedNode) and found not in classes]
            yield from (quad.subject for quad in store.quads_for_pattern(None, TYPE, one))
