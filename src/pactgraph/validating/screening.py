"""The shapes that may have something to report, seen in one look over the data: engines take ten times as long.

A shape is passed over where every constraint that it has is one that is known here, and every value that it is aimed
at certainly keeps it; any other is left to the engine, which alone says what is wrong. So the results are the engine's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.validating import certainties as certain
from pactgraph.validating.certainties import Maker
from pactgraph.validating.checking import str_of
from pactgraph.validating.flattening import TARGETS, flattened
from pactgraph.validating.loading import Shapes
from pactgraph.validating.statements import Statements
from pactgraph.vocabulary import RDF, SH, TYPE, XSD

_DESCRIBING = frozenset({"name", "message", "severity", "description"})
_SHAPES = (SH("NodeShape"), SH("PropertyShape"))
_TRUE = Literal("true", datatype=XSD("boolean"))
_COUNTS: Mapping[str, str] = MappingProxyType({"minCount": "least", "maxCount": "most"})
_PAIRS: Mapping[str, bool] = MappingProxyType({"lessThan": False, "lessThanOrEquals": True})
_SIMPLE: Mapping[str, Callable[[bytes], Maker | None]] = MappingProxyType(
    {
        "class": certain.of_class,
        "minInclusive": certain.at_least,
        "maxInclusive": certain.at_most,
        "nodeKind": lambda kind: certain.is_node if kind == _bytes(SH("IRI")) else None,
    }
)
_LENGTHS: Mapping[str, Callable[[int], Maker]] = MappingProxyType(
    {"minLength": certain.at_least_long, "maxLength": certain.at_most_long}
)
_ALL = 10**9

_Values = dict[str, list[object]]
_Subjects = Mapping[object, Sequence[Triple]]


@dataclass(frozen=True, slots=True)
class _Check:
    """What is to be looked at for one shape; `path` is empty where the values are the nodes that it is aimed at."""

    shape: str
    targets: tuple[tuple[str, bytes], ...]
    understood: bool
    path: tuple[bytes, ...] = ()
    least: int = 0
    most: int = _ALL
    allowed: frozenset[bytes] | None = None
    tests: tuple[Maker, ...] = ()
    pairs: tuple[tuple[bytes, bool], ...] = ()


def left(text: bytes, shapes: Shapes) -> tuple[str, ...]:
    """Return the IRIs of the shapes that may have something to report on data in N-Triples, as pyoxigraph writes it.

    Property shapes are aimed at what the node shapes that they belong to are aimed at, see `flattened`.
    """
    checks = _checks(shapes)
    try:
        data = Statements(text)
    except ValueError:
        return tuple(check.shape for check in checks)
    return tuple(check.shape for check in checks if not _is_kept(check, data))


def _is_kept(check: _Check, data: Statements) -> bool:
    for kind, target in check.targets:
        nodes = _aimed(data, kind, target)
        if nodes is None or (nodes and not (check.understood and _keeps(check, nodes, data))):
            return False
    return True


def _aimed(data: Statements, kind: str, target: bytes) -> Collection[bytes] | None:
    """Return the nodes that a target is, or nothing where that is not known here."""
    if kind == "targetClass":
        return data.members.get(target, frozenset())
    if kind == "targetSubjectsOf":
        return data.having(target)
    if kind == "targetObjectsOf" and not data.having(target):
        return ()
    return None


def _keeps(check: _Check, nodes: Collection[bytes], data: Statements) -> bool:
    """Whether all nodes certainly keep a constraint."""
    by_subject, allowed = data.by_subject, check.allowed
    if allowed is not None and not all(by_subject[node].keys() <= allowed for node in nodes):
        return False
    values = set(nodes)
    if check.path:
        found = _found(check.path, nodes, data)
        if check.least and len(found) < len(nodes):
            return False
        if not found:
            return True
        # A statement may be there twice, which makes its value two at most, never none.
        if check.least > 1 and any(len(set(several)) < check.least for several in found):
            return False
        if max(map(len, found)) > check.most:
            return False
        values = set(chain.from_iterable(found))
    for maker in check.tests:
        if not all(map(maker(data), values)):
            return False
    return not check.pairs or all(
        certain.before(data, node, check.path, other, same=same) for other, same in check.pairs for node in nodes
    )


def _found(path: Sequence[bytes], nodes: Collection[bytes], data: Statements) -> list[Collection[bytes]]:
    """Return the values of each node that has any at the end of a path."""
    if len(path) > 1:
        return [several for node in nodes if (several := data.values(node, path))]
    (name,), by_subject = path, data.by_subject
    return [by_subject[node][name] for node in nodes if name in by_subject[node]]


@lru_cache(maxsize=8)
def _checks(shapes: Shapes) -> tuple[_Check, ...]:
    by_subject: dict[object, list[Triple]] = {}
    for triple in flattened(shapes.triples):
        by_subject.setdefault(triple.subject, []).append(triple)
    found = (_check(node, by_subject) for node in by_subject)
    return tuple(check for check in found if check is not None)


def _check(node: object, by_subject: _Subjects) -> _Check | None:
    """Return what is to be looked at for a shape with targets; nothing for a node that is none."""
    said, plain = _said(by_subject[node])
    targets = tuple((name, _bytes(target)) for name in TARGETS for target in said.pop(name, ()))
    if not targets:
        return None
    path = _path(said.pop("path", []), by_subject)
    counts = {name: _count(said.pop(given)) for given, name in _COUNTS.items() if given in said}
    pairs = tuple((_bytes(other), same) for name, same in _PAIRS.items() for other in said.pop(name, ()))
    allowed = _allowed(said, by_subject)
    tests = [maker for name, values in said.items() for maker in _makers(name, values, by_subject)]
    fits = not (allowed is not None if path else counts or pairs)
    if not plain or not fits or path is None or None in counts.values() or None in tests:
        return _Check(str_of(node), targets, understood=False)
    return _Check(
        str_of(node),
        targets,
        understood=True,
        path=path,
        least=counts.get("least") or 0,
        most=_ALL if counts.get("most") is None else counts["most"] or 0,
        allowed=allowed,
        tests=tuple(filter(None, tests)),
        pairs=pairs,
    )


def _said(triples: Sequence[Triple]) -> tuple[_Values, bool]:
    """Return the parameters of a shape by their names, and whether it has nothing but such."""
    said: _Values = {}
    plain = True
    for triple in triples:
        name = SH.local(triple.predicate)
        if name is not None:
            said.setdefault(name, []).append(triple.object)
        else:
            plain = plain and triple.predicate == TYPE and triple.object in _SHAPES
    return {name: values for name, values in said.items() if name not in _DESCRIBING}, plain


def _path(given: Sequence[object], by_subject: _Subjects) -> tuple[bytes, ...] | None:
    """Return the properties that a path goes along one after the other; nothing for a path of another form."""
    if not given:
        return ()
    nodes = given if isinstance(given[0], NamedNode) else _items(given[0], by_subject)
    if len(given) > 1 or not nodes or not all(isinstance(node, NamedNode) for node in nodes):
        return None
    return tuple(map(_bytes, nodes))


def _allowed(said: _Values, by_subject: _Subjects) -> frozenset[bytes] | None:
    """Return the only properties that a closed shape allows; one with property shapes stays, and is not understood."""
    if said.get("closed") != [_TRUE]:
        return None
    del said["closed"]
    return frozenset(_bytes(node) for start in said.pop("ignoredProperties", ()) for node in _items(start, by_subject))


def _makers(name: str, values: Sequence[object], by_subject: _Subjects) -> Iterator[Maker | None]:
    """Yield a maker of tests for each value of a parameter; nothing for one that is not known here."""
    for value in values:
        if name in _SIMPLE:
            yield _SIMPLE[name](_bytes(value))
        elif name == "datatype":
            yield certain.of_datatype(XSD.local(value) or "" if isinstance(value, NamedNode) else "")
        elif name == "pattern":
            yield certain.matching(str_of(value))
        elif name in _LENGTHS:
            length = _count([value])
            yield None if length is None else _LENGTHS[name](length)
        elif name == "in":
            yield certain.one_of(map(_bytes, _items(value, by_subject)))
        elif name == "or":
            choices = [_inner(choice, by_subject) for choice in _items(value, by_subject)]
            yield None if None in choices else certain.any_of(filter(None, choices))
        elif name == "not":
            yield _none_of(value, by_subject)
        else:
            yield None


def _inner(node: object, by_subject: _Subjects) -> Maker | None:
    """Return a maker of tests for a shape within another, of which nothing but values is told."""
    said, plain = _said(by_subject.get(node, ()))
    makers = [maker for name, values in said.items() for maker in _makers(name, values, by_subject)]
    return None if not plain or None in makers else certain.all_of(filter(None, makers))


def _none_of(node: object, by_subject: _Subjects) -> Maker | None:
    """Return a maker of tests for what a shape within another does not allow, if it is one value."""
    said, plain = _said(by_subject.get(node, ()))
    return certain.none_of(map(_bytes, said["hasValue"])) if plain and [*said] == ["hasValue"] else None


def _items(start: object, by_subject: _Subjects) -> list[object]:
    """Return the members of an RDF list."""
    found: list[object] = []
    while start in by_subject and start != RDF("nil"):
        cell = {triple.predicate: triple.object for triple in by_subject[start]}
        found.append(cell.get(RDF("first")))
        start = cell.get(RDF("rest"))
    return found


def _count(given: Sequence[object]) -> int | None:
    written = str_of(given[0])
    return int(written) if len(given) == 1 and written.isdecimal() else None


def _bytes(node: object) -> bytes:
    return str(node).encode()
