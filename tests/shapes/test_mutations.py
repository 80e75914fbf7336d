"""A graph of which any one required or typed statement is dropped or broken is reported, by a shape for that statement.

The graph is the valid examples of a whole subscription and of what surrounds its terms. The mutations are
drawn at random, with a seed, so that every run tries the same.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from pactgraph.model import Result
from pactgraph.validating import Shapes, load_shapes, validate
from pactgraph.vocabulary import OA, PG, PROV, SH, TYPE, XSD, graph_iri, schema

EXAMPLES = Path(__file__).resolve().parents[2] / "shapes" / "examples" / "valid"
FILES = ("subscription.ttl", "whole-subscription.ttl", "provenance.ttl")
NUMBER = 200
SHARE = 0.95
SEED = 20240301

REQUIRED = {
    "Agreement": ("slug", "source"),
    "SourceDocument": ("sha256", "format", "length"),
    "Clause": ("inAgreement", "key", "clauseKind", "level", "order", "start", "end", "wholeEnd"),
    "CrossReference": ("inAgreement", "inClause", "referenceLabel", "start", "end"),
    "Evidence": ("hasSource", "hasSelector"),
    "Period": ("value", "asWritten"),
    "TextPositionSelector": ("start", "end"),
    "TextQuoteSelector": ("exact",),
    "Activity": ("used", "wasAssociatedWith"),
}
"""What a node of each class must state; a term must state the frame below."""
FRAME = ("evidence", "inAgreement", "inClause", "rule", "certainty", "wasDerivedFrom")

BOUNDED = {"percent": 250, "creditPercent": 250, "thresholdPercent": 250, "amount": -1, "minDays": -1, "page": 0}
OFFSETS = ("start", "end", "wholeEnd", "length", "level", "order")
"""Numbers that are never below 0."""

NAMED = {
    "start": {"evidence-in-clause", "evidence-in-source", "quote-length", "clause-in-parent"},
    "end": {"evidence-in-clause", "evidence-in-source", "quote-length", "clause-in-source"},
    "wholeEnd": {"clause-in-source", "clause-in-parent", "clause-end"},
    "length": {"clause-in-source", "evidence-in-source"},
    "sha256": {"source-hash"},
    "exact": {"quote-length"},
    "hasSelector": {"evidence-selector-classes", "selector-class"},
    "maxDays": {"period-same-length", "period-min-days"},
}
"""Shapes that name a property without having it as their path: queries over several."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """A statement of the graph, and what stands in its place: nothing, another, or it and another."""

    what: str
    statement: Triple
    instead: tuple[Triple, ...]

    def __str__(self) -> str:
        return f"{self.what}: {self.statement.subject} {local(self.statement.predicate)} {self.statement.object}"


@cache
def graph() -> tuple[Triple, ...]:
    found = [quad.triple for name in FILES for quad in parse(path=str(EXAMPLES / name), format=RdfFormat.TURTLE)]
    return tuple(sorted(found, key=str))


def local(node: object) -> str:
    return str(node).strip("<>").replace("#", "/").rsplit("/", maxsplit=1)[-1]


def types(triples: Iterable[Triple]) -> dict[object, str]:
    return {triple.subject: local(triple.object) for triple in triples if triple.predicate == TYPE}


def mutations(triples: Sequence[Triple]) -> list[Mutation]:
    """Return every way to drop or break one required or typed statement, in a fixed order."""
    classes = types(triples)
    return [
        Mutation(what, triple, tuple(instead))
        for triple in triples
        for what, instead in _ways(triple, classes.get(triple.subject, ""))
    ]


def _ways(triple: Triple, kind: str) -> Iterable[tuple[str, list[Triple]]]:
    name, value = local(triple.predicate), triple.object
    term = schema().kinds.get(kind)

    def other(node: NamedNode | Literal) -> Triple:
        return Triple(triple.subject, triple.predicate, node)

    if triple.predicate == TYPE:
        yield "dropped", []
        yield "of another class", [other(PG("Country"))]
        return
    if name in (FRAME if term else REQUIRED.get(kind, ())):
        yield "dropped", []
    if isinstance(value, Literal):
        yield "of another datatype", [other(Literal(value.value, datatype=XSD("anyURI")))]
        if name in BOUNDED or name in OFFSETS:
            yield "out of range", [other(Literal(str(BOUNDED.get(name, -5)), datatype=value.datatype))]
    else:
        yield "pointing nowhere", [other(NamedNode("urn:pactgraph:nowhere"))]
        yield "pointing to a node of another class", [other(NamedNode("urn:pactgraph:tool:1"))]
        yield "a text", [other(Literal("some words"))]
    many = term is not None and name in term.fields and term.fields[name].many
    if not many and name not in ("hasSelector", "usedIn", "sanctionedBy", "overrode", "appliesTo", "used"):
        yield "stated twice", [triple, other(_another(value))]


def _another(value: object) -> NamedNode | Literal:
    if isinstance(value, Literal):
        kind = local(value.datatype)
        forms = {"integer": "77", "decimal": "7.5", "boolean": "false", "date": "1999-09-09", "duration": "P9D"}
        return Literal(forms.get(kind, "other words"), datatype=value.datatype)
    return NamedNode("urn:pactgraph:another")


def named(mutation: Mutation, results: Iterable[Result]) -> bool:
    """Tell whether a result is about the statement, by the path or the name of its shape, or about the node."""
    triple = mutation.statement
    name, subject = local(triple.predicate), triple.subject.value if isinstance(triple.subject, NamedNode) else ""
    if triple.predicate == TYPE:
        return any(subject in (result.focus, result.value) or subject in result.value for result in results)
    return any(
        local(result.path) == name or result.shape in NAMED.get(name, ()) or result.shape.endswith(f".{name}")
        for result in results
    )


def fitting() -> Shapes:
    """Return the shapes without those of kinds that the graph has no term of: they take most of the time."""
    shapes = load_shapes()
    absent = {kind.iri for kind in schema().kinds.values()} - {t.object for t in graph()}
    absent -= {parent for kind in schema().kinds.values() if kind.iri not in absent for parent in kind.parents}
    aims = [t for t in shapes.triples if t.predicate == SH("targetClass")]
    idle = {t.subject for t in aims} - {t.subject for t in aims if t.object not in absent}
    return without(shapes, idle)


def naming(shapes: Shapes, statement: Triple) -> Shapes:
    """Return the shapes whose results could name a statement, as `named` has it: no others can change the verdict."""
    if statement.predicate == TYPE:
        return shapes
    name = local(statement.predicate)
    about = {t.subject for t in shapes.triples if t.predicate == SH("path") and local(t.object) == name}
    about |= {t.subject for t in shapes.triples if t.predicate == SH("closed")}
    known = {NamedNode(iri): title for iri, title in shapes.names.items()}
    about |= {iri for iri, title in known.items() if title in NAMED.get(name, ()) or title.endswith(f".{name}")}
    about |= {t.subject for t in shapes.triples if t.predicate == SH("property") and t.object in about}
    return without(shapes, set(known) - about)


def without(shapes: Shapes, gone: Collection[object]) -> Shapes:
    kept = tuple(t for t in shapes.triples if t.subject not in gone and t.object not in gone)
    return Shapes(kept, shapes.names, shapes.background)


def judge(triples: Iterable[Triple], shapes: Shapes) -> tuple[Result, ...]:
    return validate([Quad(t.subject, t.predicate, t.object, graph_iri("quillmark")) for t in triples], shapes)


def mutated(mutation: Mutation) -> list[Triple]:
    return [*(t for t in graph() if t != mutation.statement), *mutation.instead]


def test_mutations_cover_every_class_and_most_properties_of_the_graph() -> None:
    triples = graph()
    every = mutations(triples)
    assert len(every) > 1000
    assert {local(m.statement.predicate) for m in every} == {local(t.predicate) for t in triples}
    assert {OA("TextQuoteSelector"), PG("Period"), PROV("Activity")} <= {t.object for t in triples}


def test_whole_graph_has_no_result() -> None:
    assert judge(graph(), load_shapes()) == ()


def test_shapes_that_cannot_name_a_statement_do_not_change_the_verdict_on_it() -> None:
    shapes = fitting()
    drawn = random.Random(SEED + 1).sample([m for m in mutations(graph()) if m.statement.predicate != TYPE], 8)
    for mutation in drawn:
        few = judge(mutated(mutation), naming(shapes, mutation.statement))
        assert named(mutation, few) == named(mutation, judge(mutated(mutation), shapes)), str(mutation)


def test_nearly_every_mutation_is_reported_by_a_shape_that_names_the_statement() -> None:
    shapes = fitting()
    drawn = random.Random(SEED).sample(mutations(graph()), NUMBER)
    missed = []
    for _, same in groupby(sorted(drawn, key=lambda m: str(m.statement.predicate)), lambda m: m.statement.predicate):
        own = list(same)
        able = naming(shapes, own[0].statement)
        missed += [str(mutation) for mutation in own if not named(mutation, judge(mutated(mutation), able))]
    assert len(drawn) == NUMBER
    assert min(Counter(mutation.what for mutation in drawn).values()) >= 5
    assert len(missed) <= NUMBER * (1 - SHARE), "\n".join(missed)
