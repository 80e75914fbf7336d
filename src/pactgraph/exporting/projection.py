"""The graph as nodes and edges for tools that draw: agreements, their terms and parties, and clauses.

Values that such tools choke on do not get in: attributes are texts, numbers and truth values, none of
them is called `id` or `name`, and texts have no control characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from pactgraph.vocabulary import DCTERMS, OA, PG, PGV, TYPE, XSD, Kind, schema
from pactgraph.wording import spaced, spoken

if TYPE_CHECKING:
    import networkx

Attribute = str | float | int | bool
_Node = NamedNode | Literal
_Facts = Mapping[NamedNode, list[_Node]]
_Subjects = Mapping[_Node, _Facts]

PREFIX = "pg_"
"""Heads the name of every attribute but `label`, which drawing tools show."""

_LABEL_LENGTH = 80
_SHOWN = 4
# What XML 1.0 cannot hold, and surrogates.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SIDES: Mapping[str, tuple[str, ...]] = {
    "Provider": ("Provider",),
    "Customer": ("Customer",),
    "Either": ("Provider", "Customer"),
    "Both": ("Provider", "Customer"),
}
_CLAUSE_FIELDS = ("key", "number", "heading", "level", "order", "start", "end")


def project(quads: Iterable[Quad], *, clauses: bool = False) -> networkx.MultiDiGraph[str]:
    """Return agreements and terms as a graph, with the clauses where `clauses` is set.

    A node is an IRI. It has `label`, for people, and attributes that begin with `pg_`: `pg_type` is
    Agreement, Clause or the kind of term; a term has its fields (`pg_duration` as written, beside
    `pg_duration_minDays` and `pg_duration_maxDays`), `pg_quote`, `pg_start` and `pg_end`. Several values
    of a field are joined by '; '; runs of white space become one space. Absent stays absent.

    Edges carry `label`: inAgreement from terms and clauses, inClause and parentClause with the
    clauses, and the party fields of a term to the parties that the agreement names in that role.
    Their keys are unique in the graph. Order is the same for equal quads.
    """
    import networkx  # takes a while to load, and only drawings need it

    subjects = _by_subject(quads)
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node, attributes in _nodes(subjects, clauses=clauses):
        graph.add_node(node.value, **attributes)
    edges = sorted(set(_edges(subjects)), key=str)
    for source, label, target in edges:
        if source.value in graph and target.value in graph:
            graph.add_edge(source.value, target.value, key=f"e{graph.number_of_edges() + 1}", label=label)
    return graph


def _by_subject(quads: Iterable[Quad]) -> _Subjects:
    found: dict[_Node, dict[NamedNode, list[_Node]]] = {}
    for triple in sorted({quad.triple for quad in quads}, key=str):
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            found.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)
    return found


def _nodes(subjects: _Subjects, *, clauses: bool) -> Iterator[tuple[_Node, dict[str, Attribute]]]:
    for node, facts in subjects.items():
        types = facts.get(TYPE, [])
        if PG("Agreement") in types:
            yield node, _agreement(facts)
        elif PG("Clause") in types:
            if clauses:
                yield node, _clause(facts)
        elif kind := _kind(facts):
            yield node, _term(facts, kind, subjects)


def _kind(facts: _Facts) -> Kind | None:
    """Return the most specific kind of a term, or None for what is no term."""
    types = facts.get(TYPE, [])
    kinds = [kind for kind in schema().kinds.values() if kind.iri in types]
    return max(kinds, key=lambda kind: len(kind.parents), default=None)


def _agreement(facts: _Facts) -> dict[str, Attribute]:
    found = {"slug": _first(facts, PG("slug")), "title": _first(facts, DCTERMS("title"))}
    found |= {name: _first(facts, PG(name)) for name in ("agreementKind", "vendor", "begins")}
    return _attributes(str(found["title"] or found["slug"]), "Agreement", found)


def _clause(facts: _Facts) -> dict[str, Attribute]:
    found = {name: _first(facts, PG(name)) for name in _CLAUSE_FIELDS}
    label = " ".join(str(found[name]) for name in ("number", "heading") if found[name])
    return _attributes(label or str(found["key"]), "Clause", found)


def _term(facts: _Facts, kind: Kind, subjects: _Subjects) -> dict[str, Attribute]:
    found: dict[str, Attribute | None] = {}
    for field in kind.fields.values():
        found[field.name] = _joined(facts.get(field.iri, []), subjects)
        for period in facts.get(field.iri, []) if field.kind == "duration" else []:
            for bound in ("minDays", "maxDays"):
                found[f"{field.name}_{bound}"] = _first(subjects.get(period, {}), PG(bound))
    names = kind.keys if kind.name == "Party" else tuple(dict.fromkeys((*kind.keys, *kind.fields)))
    shown = [_said(name, found[name]) for name in names if found.get(name) not in (None, False)][:_SHOWN]
    found["faces"] = "; ".join(kind.faces) or None
    for clause in facts.get(PG("inClause"), []):
        found["clause"] = _first(subjects.get(clause, {}), PG("key"))
    found |= _words(facts, subjects)
    if kind.name == "Party" and found.get("name"):
        return _attributes(
            f"{found['name']} ({found['role']})" if found.get("role") else str(found["name"]), "Party", found
        )
    return _attributes(": ".join([kind.label, *([", ".join(shown)] if shown else [])]), kind.name, found)


def _said(name: str, value: Attribute | None) -> str:
    """Return a value as a label says it: in words, and a truth value by the name of what is true."""
    if value is True:
        return spaced(name)
    if isinstance(value, float):
        return f"{value:,.10g}{'%' if name.lower().endswith('percent') else ''}"
    return "; ".join(map(spoken, str(value).split("; ")))


def _words(facts: _Facts, subjects: _Subjects) -> dict[str, Attribute | None]:
    """Return the quote of a term and its place."""
    found: dict[str, Attribute | None] = {}
    for evidence in facts.get(PG("evidence"), []):
        for selector in subjects.get(evidence, {}).get(OA("hasSelector"), []):
            for attribute, name in (("quote", "exact"), ("start", "start"), ("end", "end")):
                value = _first(subjects.get(selector, {}), OA(name))
                found[attribute] = found.get(attribute) if value is None else value
    return found


def _edges(subjects: _Subjects) -> Iterator[tuple[_Node, str, _Node]]:
    parties: dict[tuple[_Node, str], list[_Node]] = {}
    for node, facts in subjects.items():
        for agreement in facts.get(PG("inAgreement"), []):
            for role in facts.get(PG("role"), []):
                parties.setdefault((agreement, PGV.local(role) or ""), []).append(node)
    for node, facts in subjects.items():
        for name in ("inAgreement", "inClause", "parentClause"):
            yield from ((node, name, target) for target in facts.get(PG(name), []))
        kind = _kind(facts)
        for field in kind.fields.values() if kind else ():
            if field.kind == "party":
                sides = [side for value in facts.get(field.iri, []) for side in _SIDES.get(PGV.local(value) or "", ())]
                keys = [(agreement, side) for agreement in facts.get(PG("inAgreement"), []) for side in sides]
                yield from ((node, field.name, party) for key in keys for party in parties.get(key, []))


def _attributes(label: str, kind: str, values: Mapping[str, Attribute | None]) -> dict[str, Attribute]:
    """Return a node's attributes: named, cleaned, and without those that are absent."""
    text = _clean(label)
    short = text if len(text) <= _LABEL_LENGTH else f"{text[: _LABEL_LENGTH - 1]}…"
    named = {f"{PREFIX}{name}": value for name, value in {"type": kind, **values}.items() if value is not None}
    return {"label": short, **{name: _clean(v) if isinstance(v, str) else v for name, v in named.items()}}


def _clean(text: str) -> str:
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def _first(facts: _Facts, predicate: NamedNode) -> Attribute | None:
    return next((_value(node) for node in facts.get(predicate, [])), None)


def _joined(nodes: Iterable[_Node], subjects: _Subjects) -> Attribute | None:
    """Return the value of a field: as it is where there is one, else joined as text."""
    values: list[Attribute] = []
    for node in nodes:
        written = _first(subjects.get(node, {}), PG("asWritten"))
        values.append(_value(node) if written is None else written)
    if len(values) > 1:
        return "; ".join(sorted(str(value) for value in values))
    return values[0] if values else None


def _value(node: _Node) -> Attribute:
    """Return a node as an attribute: concepts by their notation, decimals as floats, dates as text."""
    if isinstance(node, NamedNode):
        return PGV.local(node) or node.value
    if node.datatype == XSD("boolean"):
        return node.value in ("true", "1")
    if node.datatype == XSD("integer"):
        return int(node.value)
    return float(node.value) if node.datatype == XSD("decimal") else node.value
