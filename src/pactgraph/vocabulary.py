"""Namespaces, minted IRIs, and what the ontology says about the kinds of contract term.

The ontology (ontology/*.ttl) decides which kinds exist, which fields they have and which values an
enumerated field takes; `schema()` reads it. Nothing here names a kind: a new one needs no Python.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote, unquote

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from pactgraph.errors import OntologyError, unknown
from pactgraph.model import FieldValue
from pactgraph.namespaces import DCTERMS as DCTERMS
from pactgraph.namespaces import OA as OA
from pactgraph.namespaces import OWL as OWL
from pactgraph.namespaces import PG as PG
from pactgraph.namespaces import PGV as PGV
from pactgraph.namespaces import PREFIXES as PREFIXES
from pactgraph.namespaces import PROV as PROV
from pactgraph.namespaces import RDF as RDF
from pactgraph.namespaces import RDFS as RDFS
from pactgraph.namespaces import SH as SH
from pactgraph.namespaces import SKOS as SKOS
from pactgraph.namespaces import XSD as XSD
from pactgraph.namespaces import Namespace as Namespace
from pactgraph.resources import folder

ONTOLOGY = NamedNode("https://w3id.org/pactgraph/ontology")
ONTOLOGY_GRAPH = NamedNode("urn:pactgraph:ontology")
TYPE = RDF("type")

_GRAPH = "urn:pactgraph:graph:"


def _escaped(text: str) -> str:
    """Percent-encode all that is not unreserved in an IRI, so that any slug or clause key fits."""
    return quote(text, safe="")


def agreement_iri(slug: str) -> NamedNode:
    """Return the IRI of the agreement `slug`.

    >>> agreement_iri("acme cloud").value
    'urn:pactgraph:agreement:acme%20cloud'
    """
    return NamedNode(f"urn:pactgraph:agreement:{_escaped(slug)}")


def graph_iri(slug: str) -> NamedNode:
    """Return the name of the graph that holds the facts of the agreement `slug`."""
    return NamedNode(_GRAPH + _escaped(slug))


def inferred_iri(slug: str) -> NamedNode:
    """Return the name of the graph that holds what follows from the facts of `slug`."""
    return NamedNode(f"urn:pactgraph:inferred:{_escaped(slug)}")


def report_iri(slug: str) -> NamedNode:
    """Return the name of the graph that holds the validation report of `slug`."""
    return NamedNode(f"urn:pactgraph:report:{_escaped(slug)}")


def slug_of(graph: object) -> str | None:
    """Return the slug of a graph of facts, or None for any other node.

    >>> slug_of(graph_iri("acme cloud")), slug_of(report_iri("acme"))
    ('acme cloud', None)
    """
    if isinstance(graph, NamedNode) and graph.value.startswith(_GRAPH):
        return unquote(graph.value[len(_GRAPH) :])
    return None


def clause_iri(slug: str, key: str) -> NamedNode:
    """Return the IRI of the clause `key` of an agreement.

    >>> clause_iri("acme", "Schedule A/2.1").value
    'urn:pactgraph:agreement:acme:clause:Schedule%20A%2F2.1'
    """
    return NamedNode(f"{agreement_iri(slug).value}:clause:{_escaped(key)}")


def reference_iri(slug: str, start: int, end: int) -> NamedNode:
    """Return the IRI of the cross-reference that stands at `start` to `end` of an agreement's text."""
    return NamedNode(f"{agreement_iri(slug).value}:reference:{start}-{end}")


def source_iri(sha256: str) -> NamedNode:
    """Return the IRI of the source document whose bytes have the SHA-256 hash `sha256` (hexadecimal)."""
    return NamedNode(f"urn:sha256:{sha256}")


def run_iri(slug: str) -> NamedNode:
    """Return the IRI of the activity that extracted the facts of `slug`."""
    return NamedNode(f"urn:pactgraph:run:{_escaped(slug)}")


def tool_iri(version: str) -> NamedNode:
    """Return the IRI of this software in the version `version`."""
    return NamedNode(f"urn:pactgraph:tool:{_escaped(version)}")


def _canonical(value: FieldValue) -> object:
    """Return `value` as JSON that is the same for equal values: lists are sets, 1.50 is 1.5."""
    if isinstance(value, tuple):
        return sorted(value)
    if isinstance(value, Decimal):
        return {"number": format(value.normalize(), "f")}
    return value


def term_iri(slug: str, kind: str, fields: Mapping[str, FieldValue], start: int, end: int) -> NamedNode:
    """Return the IRI of a term record: the same record gets the same IRI in every build.

    The hash is over kind, fields and place, so two records of one kind at one place stay apart
    where their fields differ.

    >>> a = term_iri("acme", "Fee", {"amount": Decimal("9.50"), "currency": "EUR"}, 4, 9)
    >>> a == term_iri("acme", "Fee", {"currency": "EUR", "amount": Decimal("9.5")}, 4, 9)
    True
    >>> a.value[:36]
    'urn:pactgraph:agreement:acme:term:Fe'
    """
    content = [kind, {name: _canonical(value) for name, value in fields.items()}, start, end]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return NamedNode(f"{agreement_iri(slug).value}:term:{_escaped(kind)}:{digest}")


def evidence_iri(term: NamedNode) -> NamedNode:
    """Return the IRI of the evidence for `term`, which may be a state."""
    return NamedNode(f"{term.value}:evidence")


def selector_iri(evidence: NamedNode, selector: str) -> NamedNode:
    """Return the IRI of a selector of `evidence`: 'position' or 'quote'."""
    return NamedNode(f"{evidence.value}:{selector}")


def period_iri(term: NamedNode, field: str) -> NamedNode:
    """Return the IRI of the period that the duration field `field` of `term` holds."""
    return NamedNode(f"{term.value}:{_escaped(field)}")


@dataclass(frozen=True, slots=True)
class FieldType:
    """A field of a kind: its name in records, its property, and what values it takes.

    `kind` is duration, enum, party, text, decimal, bool or date. `values` are the allowed ones of
    enum and party, empty for the others. `many`: the field is a set of values.
    """

    name: str
    iri: NamedNode
    kind: str
    many: bool
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of contract term: a class of the ontology that records are instances of.

    `faces` are the faces it stands under ('Remedy'), sorted; `keys` the fields that identify a
    record, in the order of `fields`; `answers` the questions that need it; `parents` its superclasses in
    this ontology, nearest first: faces and pg:ContractTerm.
    """

    name: str
    iri: NamedNode
    label: str
    definition: str
    faces: tuple[str, ...]
    keys: tuple[str, ...]
    fields: Mapping[str, FieldType]
    answers: tuple[str, ...]
    parents: tuple[NamedNode, ...]

    def field(self, name: str) -> FieldType:
        """Return the field `name`; raises OntologyError that lists the known ones."""
        if name not in self.fields:
            raise OntologyError(unknown(f"field of {self.name}", name, self.fields))
        return self.fields[name]


@dataclass(frozen=True, slots=True)
class Schema:
    """What the ontology says about terms: the kinds by name, and the value classes by name."""

    kinds: Mapping[str, Kind]
    value_classes: Mapping[str, frozenset[str]]

    def kind(self, name: str) -> Kind:
        """Return the kind `name`; raises OntologyError that lists the known ones."""
        if name not in self.kinds:
            raise OntologyError(unknown("kind of term", name, self.kinds))
        return self.kinds[name]

    def values(self, value_class: str) -> frozenset[str]:
        """Return the values of a value class ('DayKind'); raises OntologyError that lists the known ones."""
        if value_class not in self.value_classes:
            raise OntologyError(unknown("value class", value_class, self.value_classes))
        return self.value_classes[value_class]


@cache
def schema() -> Schema:
    """Return the schema of the installed ontology, read once.

    Raises OntologyError where a file is no Turtle, or a class or property lacks what a record needs.
    """
    return read_schema(folder("ontology"))


_Node = NamedNode | BlankNode
_Facts = dict[NamedNode, object]
_DATATYPES = {
    XSD("string"): "text",
    XSD("decimal"): "decimal",
    XSD("boolean"): "bool",
    XSD("date"): "date",
    PG("DateOrMonth"): "date",
}


def read_schema(ontology: Path) -> Schema:
    """Return the schema that the Turtle files of a folder define; see `schema`."""
    reading = _Reading.of(sorted(ontology.glob("*.ttl")))
    if not reading.statements:
        raise OntologyError(f"{ontology}: no *.ttl file that defines a class")
    values = {name: reading.notations(PG(name)) for name in reading.below(PG("Value"))}
    names = [name for name in reading.below(PG("ContractTerm")) if reading.is_kind(PG(name))]
    kinds = {name: reading.kind(PG(name), values) for name in names}
    return Schema(MappingProxyType(kinds), MappingProxyType(values))


@dataclass(frozen=True, slots=True)
class _Reading:
    """The statements of the ontology by subject, in the order of the files, and where each is made."""

    statements: dict[_Node, list[tuple[NamedNode, object]]]
    files: dict[NamedNode, Path]

    @classmethod
    def of(cls, paths: Iterable[Path]) -> _Reading:
        reading = cls({}, {})
        for path in paths:
            try:
                for quad in parse(path=str(path), format=RdfFormat.TURTLE):
                    if isinstance(quad.subject, NamedNode):
                        reading.files.setdefault(quad.subject, path)
                    if isinstance(quad.subject, NamedNode | BlankNode):
                        reading.statements.setdefault(quad.subject, []).append((quad.predicate, quad.object))
            except SyntaxError as error:
                raise OntologyError(f"{path}:{error.lineno}: not Turtle: {error.msg}") from error
            except (OSError, ValueError) as error:
                raise OntologyError(f"{path}: cannot be read: {error}") from error
        return reading

    def objects(self, subject: _Node, predicate: NamedNode) -> list[object]:
        return [found for name, found in self.statements.get(subject, ()) if name == predicate]

    def strings(self, subject: _Node, predicate: NamedNode) -> list[str]:
        return [found.value for found in self.objects(subject, predicate) if isinstance(found, Literal)]

    def one(self, subject: NamedNode, predicate: NamedNode, what: str) -> str:
        found = self.strings(subject, predicate)
        if len(found) != 1:
            raise OntologyError(f"{self.place(subject)}: has {len(found)} {what}s; give it one")
        return found[0]

    def place(self, subject: NamedNode) -> str:
        """Return 'file:line: pg:Name', the line where the file begins to speak of `subject`."""
        name = f"pg:{local}" if (local := PG.local(subject)) else f"<{subject.value}>"
        path = self.files.get(subject)
        if path is None:
            return f"{name} (which no file of the ontology declares)"
        lines = path.read_text(encoding="utf-8").splitlines()
        number = next((n for n, line in enumerate(lines, 1) if line.split(maxsplit=1)[:1] == [name]), 1)
        return f"{path}:{number}: {name}"

    def parents(self, subject: NamedNode) -> tuple[NamedNode, ...]:
        """Return all superclasses of `subject` in this ontology, nearest first, without itself."""
        found: list[NamedNode] = [subject]
        for node in found:
            above = self.objects(node, RDFS("subClassOf"))
            found += [n for n in above if isinstance(n, NamedNode) and PG.local(n) and n not in found]
        return tuple(found[1:])

    def below(self, top: NamedNode) -> list[str]:
        """Return the local names of all named subclasses of `top`, sorted."""
        nodes = [node for node in self.statements if isinstance(node, NamedNode) and top in self.parents(node)]
        return sorted(name for name in map(PG.local, nodes) if name)

    def is_face(self, node: NamedNode) -> bool:
        return "true" in self.strings(node, PG("isFace"))

    def is_kind(self, node: NamedNode) -> bool:
        """Return whether records are made of this class: it is neither a face nor defined by a condition."""
        return not self.is_face(node) and not self.objects(node, OWL("equivalentClass"))

    def notations(self, value_class: NamedNode) -> frozenset[str]:
        members = [node for node in self.statements if value_class in self.objects(node, TYPE)]
        return frozenset(text for node in members for text in self.strings(node, SKOS("notation")))

    def kind(self, node: NamedNode, values: Mapping[str, frozenset[str]]) -> Kind:
        parents = self.parents(node)
        fields = {field.name: field for field in self.fields(node, parents, values)}
        keys = self.strings(node, PG("keyField"))
        for key in keys:
            if key not in fields:
                raise OntologyError(f"{self.place(node)}: {unknown('key field', key, fields)}")
        return Kind(
            name=PG.local(node) or "",
            iri=node,
            label=self.one(node, RDFS("label"), "label"),
            definition=self.one(node, SKOS("definition"), "definition"),
            faces=tuple(sorted(PG.local(parent) or "" for parent in parents if self.is_face(parent))),
            keys=tuple(name for name in fields if name in keys),
            fields=MappingProxyType(fields),
            answers=tuple(sorted(self.strings(node, PG("answers")))),
            parents=parents,
        )

    def fields(
        self, node: NamedNode, parents: Iterable[NamedNode], values: Mapping[str, frozenset[str]]
    ) -> list[FieldType]:
        """Return the properties that the class or a superclass restricts, in the order of the file."""
        said: dict[NamedNode, _Facts] = {}
        for owner in (node, *parents):
            # What stands on pg:ContractTerm itself (evidence, clause, rule) frames a record: no field.
            for above in self.objects(owner, RDFS("subClassOf")) if owner != PG("ContractTerm") else ():
                facts = dict(self.statements[above]) if isinstance(above, BlankNode) else {}
                if isinstance(on := facts.get(OWL("onProperty")), NamedNode):
                    said[on] = facts | said.get(on, {})
        return [self.field(iri, facts, values) for iri, facts in said.items()]

    def field(self, iri: NamedNode, facts: _Facts, values: Mapping[str, frozenset[str]]) -> FieldType:
        taken = facts.get(OWL("allValuesFrom"), next(iter(self.objects(iri, RDFS("range"))), None))
        name = next(iter(self.strings(iri, PG("fieldName"))), PG.local(iri) or iri.value)
        many = OWL("maxCardinality") not in facts
        value_class = PG.local(taken)
        if value_class is not None and value_class in values:
            kind = "party" if value_class == "PartyValue" else "enum"
            return FieldType(name, iri, kind, many, values[value_class])
        if value_class == "Period":
            return FieldType(name, iri, "duration", many, frozenset())
        if isinstance(taken, NamedNode) and taken in _DATATYPES:
            return FieldType(name, iri, _DATATYPES[taken], many, frozenset())
        if taken is None:
            raise OntologyError(f"{self.place(iri)}: has no rdfs:range; give it one")
        known = ["pg:Period", "a value class", *(node.value for node in _DATATYPES)]
        raise OntologyError(f"{self.place(iri)}: {unknown('range', str(taken), known)}")
