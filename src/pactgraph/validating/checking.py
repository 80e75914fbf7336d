"""Checks of one shapes file: what would make a shape find nothing, and say nothing.

SHACL engines pass over an unknown parameter, a class that nothing belongs to, a severity in the wrong
place. Each of these is refused here, with the file, the line and the fix.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple

from pactgraph.errors import ShapeError, unknown
from pactgraph.vocabulary import PG, PGV, RDF, SH, XSD, Namespace

Node = NamedNode | BlankNode

_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_COUNTS = ("minCount", "maxCount", "minLength", "maxLength", "qualifiedMinCount", "qualifiedMaxCount")
_LISTS = ("in", "languageIn", "ignoredProperties", "and", "or", "xone", "alternativePath")
_PARAMETERS = (
    *_COUNTS,
    *_LISTS[:-1],
    *(
        "class",
        "datatype",
        "nodeKind",
        "minInclusive",
        "maxInclusive",
        "minExclusive",
        "maxExclusive",
        "pattern",
        "flags",
    ),
    *("uniqueLang", "equals", "disjoint", "lessThan", "lessThanOrEquals", "not", "node", "hasValue", "closed"),
    *("qualifiedValueShape", "qualifiedValueShapesDisjoint", "sparql"),
)
_SEVERITIES = ("Violation", "Warning", "Info")
_FORBIDDEN = {
    "SERVICE": "it would ask another machine",
    "VALUES": "SHACL binds $this before; write FILTER (?x IN (...))",
    "MINUS": "SHACL binds $this before; write FILTER NOT EXISTS { ... }",
}
_KNOWN = frozenset(
    {
        *_PARAMETERS,
        *_TARGETS,
        *_SEVERITIES,
        *(
            "NodeShape",
            "PropertyShape",
            "property",
            "path",
            "name",
            "description",
            "message",
            "severity",
            "deactivated",
        ),
        *("order", "group", "defaultValue", "PropertyGroup", "inversePath", "alternativePath", "zeroOrMorePath"),
        *("oneOrMorePath", "zeroOrOnePath", "IRI", "Literal", "BlankNode", "BlankNodeOrIRI", "BlankNodeOrLiteral"),
        *(
            "IRIOrLiteral",
            "SPARQLConstraint",
            "select",
            "prefixes",
            "declare",
            "prefix",
            "namespace",
            "PrefixDeclaration",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class File:
    """A shapes file as read: where it lies, its text, its triples, and the same by subject."""

    path: Path
    text: str
    triples: tuple[Triple, ...]
    subjects: Mapping[object, tuple[Triple, ...]]

    def objects(self, subject: object, *predicates: str) -> list[object]:
        """Return the objects of the SHACL `predicates` (local names) of a subject."""
        wanted = {SH(predicate) for predicate in predicates}
        return [triple.object for triple in self.subjects.get(subject, ()) if triple.predicate in wanted]

    def place(self, *words: str) -> str:
        """Return 'file:line', the first line on which one of `words` stands; earlier words win."""
        lines = self.text.splitlines()
        for word in words:
            whole = re.compile(re.escape(word) + r"(?![\w-])")
            for number, line in enumerate(lines, 1):
                if whole.search(line):
                    return f"{self.path}:{number}"
        return f"{self.path}:1"


def check_file(file: File, ontology: frozenset[str], prefixes: Mapping[str, str]) -> None:
    """Raise ShapeError at the first mistake of `file`; `ontology` holds all IRIs that the ontology declares."""
    _check_terms(file)
    _check_names(file, ontology)
    _check_parameters(file)
    for shape in reporting_shapes(file):
        _check_shape(file, shape)
    _check_queries(file, ontology, prefixes)


def reporting_shapes(file: File) -> Iterator[Node]:
    """Yield the shapes of the file that can be the source of a result, in the order of the file."""
    found: dict[Node, None] = {}
    queue = [t.subject for t in file.triples if SH.local(t.predicate) in _TARGETS]
    for node in queue:
        if isinstance(node, NamedNode | BlankNode) and node not in found:
            found[node] = None
            queue.extend(inner for inner in file.objects(node, "property") if isinstance(inner, NamedNode | BlankNode))
    return iter(found)


def _check_terms(file: File) -> None:
    """Refuse a file that is not SHACL, and terms that SHACL does not have."""
    if not any(SH.local(triple.predicate) for triple in file.triples):
        raise ShapeError(
            f"{file.path}:1: no SHACL in this file; a shape has a target, such as sh:targetClass pg:Agreement"
        )
    for triple in file.triples:
        for node in (triple.predicate, triple.object):
            name = SH.local(node)
            if name is not None and name not in _KNOWN:
                raise ShapeError(f"{file.place(f'sh:{name}')}: {unknown('SHACL term', name, _KNOWN)}")


def _check_names(file: File, ontology: frozenset[str]) -> None:
    for triple in file.triples:
        for node in (triple.predicate, triple.object):
            for prefix, space in (("pg", PG), ("pgv", PGV)):
                _check_name(file, prefix, space, space.local(node), ontology)


def _check_name(file: File, prefix: str, space: Namespace, name: str | None, ontology: frozenset[str]) -> None:
    if name is None or space.iri + name in ontology:
        return
    known = [iri[len(space.iri) :] for iri in ontology if iri.startswith(space.iri)]
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"Did you mean '{prefix}:{near[0]}'?" if near else "Declare it in ontology/, or use a name that is there."
    raise ShapeError(f"{file.place(f'{prefix}:{name}')}: the ontology has no '{prefix}:{name}'. {hint}")


def _check_parameters(file: File) -> None:
    """Refuse values that an engine would pass over or stumble on only when the shape applies."""
    lists = {t.subject for t in file.triples if t.predicate == RDF("first")} | {RDF("nil")}
    for triple in file.triples:
        name, value = SH.local(triple.predicate), triple.object
        where = f"sh:{name}"
        if name in _COUNTS and not (isinstance(value, Literal) and value.datatype == XSD("integer")):
            raise ShapeError(
                f"{file.place(where)}: {where} {value} is no whole number; write it without quotes: {where} 1"
            )
        if name in _LISTS and value not in lists:
            raise ShapeError(f"{file.place(where)}: {where} takes a list; write it in parentheses: {where} ( ... )")
        if name == "severity" and SH.local(value) not in _SEVERITIES:
            raise ShapeError(f"{file.place(where)}: {unknown('severity', SH.local(value) or str(value), _SEVERITIES)}")
        if name == "pattern" and isinstance(value, Literal):
            _check_pattern(file, value.value)
        if name == "sparql" and file.objects(value, "severity"):
            raise ShapeError(f"{file.place(where)}: sh:severity inside sh:sparql is ignored; put it on the shape")


def _check_pattern(file: File, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ShapeError(f"{file.place('sh:pattern')}: '{pattern}' is no regular expression: {error}") from error


def _check_shape(file: File, shape: Node) -> None:
    names = [str(name.value) for name in file.objects(shape, "name") if isinstance(name, Literal)]
    paths = [path.value.rsplit("#")[-1] for path in file.objects(shape, "path") if isinstance(path, NamedNode)]
    iri = [re.split(r"[/#]", shape.value)[-1]] if isinstance(shape, NamedNode) else []
    where = file.place(*(f'"{name}' for name in names), *(f":{name}" for name in (*iri, *paths)))
    is_property = any(
        shape in file.objects(t.subject, "property") for t in file.triples if SH.local(t.predicate) == "property"
    )
    if is_property and not file.objects(shape, "path"):
        raise ShapeError(f"{where}: a property shape without sh:path checks nothing; give it one")
    if not file.objects(shape, *_PARAMETERS):
        if is_property or not file.objects(shape, "property"):
            raise ShapeError(
                f"{where}: this shape has no constraint, so it checks nothing; give it one, such as sh:minCount 1"
            )
        return
    if len(names) != 1:
        raise ShapeError(f"{where}: this shape has {len(names)} names; give it one sh:name that reports can refer to")
    if not file.objects(shape, "message"):
        raise ShapeError(
            f"{where}: '{names[0]}' has no sh:message; say what is wrong, in words that a person can act on"
        )


def _check_queries(file: File, ontology: frozenset[str], prefixes: Mapping[str, str]) -> None:
    header = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(prefixes.items()))
    for triple in file.triples:
        if triple.predicate != SH("select") or not isinstance(triple.object, Literal):
            continue
        query = triple.object.value
        first = next((line.strip() for line in query.splitlines() if line.strip()), "sh:select")
        where = file.place(first)
        if not file.objects(triple.subject, "prefixes"):
            raise ShapeError(
                f"{where}: this query has no prefixes; add sh:prefixes <https://w3id.org/pactgraph/shapes>"
            )
        for clause, why in _FORBIDDEN.items():
            if re.search(rf"\b{clause}\b", query, re.IGNORECASE):
                raise ShapeError(f"{where}: {clause} is not allowed in a shape: {why}")
        _check_query(where, header + query)
        for prefix, name in _names_in(query):
            _check_name(file, prefix, PG if prefix == "pg" else PGV, name, ontology)


def _check_query(where: str, query: str) -> None:
    # No data: only the syntax is tried, and what the query selects.
    try:
        found = Store().query(query)
    except SyntaxError as error:
        raise ShapeError(f"{where}: this sh:select is not SPARQL: {' '.join(str(error).split())}") from error
    if not isinstance(found, QuerySolutions) or "this" not in [variable.value for variable in found.variables]:
        raise ShapeError(
            f"{where}: this query does not select $this, the node that it judges; begin it with SELECT $this"
        )


def _names_in(query: str) -> Iterable[tuple[str, str]]:
    return re.findall(r"(?<![\w:])(pgv?):(\w+)", query)


def str_of(node: object) -> str:
    """Return the IRI of a node, the label of a blank one, or the lexical form of a literal."""
    return str(node.value) if isinstance(node, NamedNode | Literal) else str(node)
