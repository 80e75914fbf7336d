"""Shapes that follow from the ontology: what each field of each kind of term may hold.

The ontology says which fields a kind has, how many values a field takes and from which list or
datatype; a reasoner reads that as what may be concluded, SHACL as what must hold. So that a new kind
of term is checked without a line written for it, its shapes are derived from
`vocabulary.schema()`:

    LiabilityCap           closed: no property that is not a field of the kind
    LiabilityCap.basis     at most one of feesPaid, feesPaidOrPayable, fixed, valueReceived
    LiabilityCap.amount    at most one xsd:decimal
    LiabilityCap.lookback  at most one pg:Period

What the ontology cannot say (ranges, code lists, offsets, evidence) is written by hand in shapes/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.vocabulary import PG, PGV, PROV, RDF, RDFS, SH, TYPE, XSD, FieldType, Kind, Schema

SHAPE = "https://w3id.org/pactgraph/shape/"
"""Namespace of shape IRIs: this, and the percent-encoded sh:name of the shape."""

_FRAME = (TYPE, PROV("wasDerivedFrom"), PROV("wasGeneratedBy"))
_FRAME_LIST = "open-to-all"
_TRUE = Literal("true", datatype=XSD("boolean"))
_NIL = RDF("nil")
_ONE = Literal("1", datatype=XSD("integer"))
_SCALARS = {
    "text": ("string", "a piece of text, not empty"),
    "decimal": ("decimal", "a decimal number (xsd:decimal)"),
    "bool": ("boolean", "true or false"),
}


def derive(schema: Schema, properties: Iterable[NamedNode]) -> Iterator[Triple]:
    """Yield the triples of the shapes that follow from `schema`, in a fixed order, without blank nodes.

    `properties` are all properties of the ontology: those that are no field of any kind (evidence,
    clause, rule) frame a term and are open to every kind.
    """
    kinds = [schema.kinds[name] for name in sorted(schema.kinds)]
    fields = {field.iri for kind in kinds for field in kind.fields.values()}
    frame = sorted({*_FRAME, *properties} - fields, key=str)
    general = {parent for kind in kinds for parent in kind.parents}
    yield from _list(_FRAME_LIST, frame)
    for kind in kinds:
        yield from _node_shape(kind)
        if kind.iri not in general:
            yield from _closed(kind)
        for name in sorted(kind.fields):
            yield from _property_shape(kind, kind.fields[name])


def background(schema: Schema) -> tuple[Triple, ...]:
    """Return what an engine must know beside an agreement's own facts, in a fixed order.

    That is 'kind rdfs:subClassOf parent', so that a shape for all terms finds each of them whether or
    not superclasses were inferred, and 'value a class of values', so that sh:class judges values.
    """
    kinds = sorted(schema.kinds.values(), key=lambda kind: kind.name)
    tree = [Triple(kind.iri, RDFS("subClassOf"), parent) for kind in kinds for parent in kind.parents]
    values = schema.value_classes
    return (*tree, *(Triple(PGV(value), TYPE, PG(name)) for name in sorted(values) for value in sorted(values[name])))


def _node_shape(kind: Kind) -> Iterator[Triple]:
    shape = NamedNode(SHAPE + kind.name)
    yield Triple(shape, TYPE, SH("NodeShape"))
    yield Triple(shape, SH("name"), Literal(kind.name))
    yield Triple(shape, SH("targetClass"), kind.iri)
    known = ", ".join(sorted(kind.fields)) or "none"
    yield Triple(shape, SH("message"), Literal(f"{kind.name} has no such field. Known: {known}."))


def _closed(kind: Kind) -> Iterator[Triple]:
    """Yield that a term of this kind has no property but its fields and those open to all.

    The fields are listed, not nested as sh:property: a shape nested in another is run once for each
    term, one with its own target once for all terms.
    """
    shape = NamedNode(SHAPE + kind.name)
    name = f"{kind.name}:fields"
    fields = [kind.fields[field].iri for field in sorted(kind.fields)]
    yield Triple(shape, SH("closed"), _TRUE)
    yield Triple(shape, SH("ignoredProperties"), _cell(name if fields else _FRAME_LIST, 0))
    yield from _list(name, fields, _cell(_FRAME_LIST, 0))


def _property_shape(kind: Kind, field: FieldType) -> Iterator[Triple]:
    name = f"{kind.name}.{field.name}"
    shape = NamedNode(SHAPE + name)
    yield Triple(shape, TYPE, SH("PropertyShape"))
    yield Triple(shape, SH("targetClass"), kind.iri)
    yield Triple(shape, SH("name"), Literal(name))
    yield Triple(shape, SH("path"), field.iri)
    if not field.many:
        yield Triple(shape, SH("maxCount"), _ONE)
    if field.values:
        values = sorted(field.values)
        what = f"one of {', '.join(values)}"
        yield Triple(shape, SH("in"), _cell(f"{name}:in", 0))
        yield from _list(f"{name}:in", [PGV(value) for value in values])
    elif field.kind == "duration":
        what = "a period (pg:Period)"
        yield Triple(shape, SH("class"), PG("Period"))
    elif field.kind == "date":
        what = "a date (2024-03-01) or a month (2024-03)"
        yield Triple(shape, SH("or"), _cell(f"{name}:or", 0))
        yield from _datatype_choice(f"{name}:or", ("date", "gYearMonth"))
    else:
        datatype, what = _SCALARS[field.kind]
        yield Triple(shape, SH("datatype"), XSD(datatype))
        if field.kind == "text":
            yield Triple(shape, SH("minLength"), _ONE)
    count = "any number of values, each" if field.many else "at most one value,"
    yield Triple(shape, SH("message"), Literal(f"{field.name} of {kind.name} takes {count} {what}."))


def _datatype_choice(name: str, datatypes: Sequence[str]) -> Iterator[Triple]:
    """Yield the list of alternatives of a sh:or: one shape for each datatype."""
    choices = [NamedNode(f"{SHAPE}{name}:{datatype}") for datatype in datatypes]
    for choice, datatype in zip(choices, datatypes, strict=True):
        yield Triple(choice, SH("datatype"), XSD(datatype))
    yield from _list(name, choices)


def _cell(name: str, index: int) -> NamedNode:
    return NamedNode(f"{SHAPE}{name}:{index}")


def _list(name: str, members: Sequence[NamedNode], rest: NamedNode = _NIL) -> Iterator[Triple]:
    """Yield an RDF list that goes on with `rest`; its cells have names, so that no node is blank."""
    for index, member in enumerate(members):
        last = index + 1 == len(members)
        yield Triple(_cell(name, index), RDF("first"), member)
        yield Triple(_cell(name, index), RDF("rest"), rest if last else _cell(name, index + 1))
