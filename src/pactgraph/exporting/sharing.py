"""The graph without the words of its agreements: facts and figures, offsets and hashes, to hand to others.

Of texts there stay the codes, numbers and names that the ontology marks with pg:keptWhenShared and pg:keptField:
laws, currencies, durations, names of files and rules, the parties' names and the title. All other texts go:
quotes, headings, definitions, actions, reasons. Numbers, days, truth values and enumerated values stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from pactgraph.resources import folder
from pactgraph.vocabulary import DCTERMS, OA, PG, TYPE, XSD, schema

WITHOUT_WORDS = PG("withoutWords")
"""Marks a source document whose words were left out."""

_ALWAYS, _WORDLESS = "always", "wordless"
_OUTSIDE = {DCTERMS("title"): _ALWAYS, DCTERMS("format"): _ALWAYS}
_TRUE = Literal("true", datatype=XSD("boolean"))
_LETTERS = re.compile(r"[^\W\d_]+")
# What numbers a part of a document, and how pactgraph itself calls a part that has no number.
_LABELS = re.compile(
    r"[a-z]|[ivxl]+|articles?|sections?|clauses?|schedules?|annex|annexes|appendix|exhibits?|attachments?|part|"
    r"paragraphs?|preamble|heading|bullet|numbered|lettered|roman|attachment",
    re.IGNORECASE,
)


def without_words(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the quads that say nothing in an agreement's words, and mark each source whose words are left out.

    A clause whose key holds words of its heading gets its place in the order of clauses as its key ('#17'), in
    its IRI too. The same quads give the same, whatever their order; what is without words already stays as it is.
    """
    held = list(quads)
    names = _renamed(held)
    kinds: dict[object, str] = {kind.iri: kind.name for kind in schema().kinds.values()}
    kind_of = {q.subject: kinds[q.object] for q in held if q.predicate == TYPE and q.object in kinds}
    quoting = {q.subject for q in held if q.predicate == TYPE and q.object == OA("TextQuoteSelector")}
    for quad in held:
        if quad.predicate == TYPE and quad.object == PG("SourceDocument"):
            yield Quad(quad.subject, WITHOUT_WORDS, _TRUE, quad.graph_name)
        if quad.predicate == WITHOUT_WORDS or quad.subject in quoting or quad.object in quoting:
            continue
        subject, found = quad.subject, quad.object
        if isinstance(found, Literal) and found.datatype == XSD("string"):
            kept = _kept(quad.predicate, found, kind_of.get(subject, ""))
            if quad.predicate == PG("key") and subject in names:
                kept = Literal(names[subject].value.rpartition(":")[2].replace("%23", "#"))
            if kept is None:
                continue
            found = kept
        yield Quad(names.get(subject, subject), quad.predicate, names.get(found, found), quad.graph_name)


def are_without_words(quads: Iterable[Quad]) -> bool:
    """Return whether the words of the agreement that the quads are about were left out of them."""
    return any(quad.predicate == WITHOUT_WORDS and quad.object == _TRUE for quad in quads)


def _kept(predicate: NamedNode, text: Literal, kind: str) -> Literal | None:
    """Return a text that is no words of an agreement, None for one that is."""
    condition = _conditions().get(predicate, "")
    if condition == _ALWAYS or (condition == _WORDLESS and _wordless(text.value)):
        return text
    return text if predicate in _kept_fields().get(kind, ()) else None


def _wordless(text: str) -> bool:
    """Tell whether a text is a number or the label of a part, and no words of an agreement.

    >>> _wordless("10.4/(a)"), _wordless("SCHEDULE 1/1.1"), _wordless("4/Late payment")
    (True, True, False)
    """
    return all(_LABELS.fullmatch(letters) for letters in _LETTERS.findall(text))


def _renamed(quads: Iterable[Quad]) -> Mapping[object, NamedNode]:
    """Return other IRIs for clauses whose keys hold words, by the IRIs that they have."""
    keys: dict[object, str] = {}
    orders: dict[object, str] = {}
    for quad in quads:
        if isinstance(quad.object, Literal):
            if quad.predicate == PG("key"):
                keys[quad.subject] = quad.object.value
            elif quad.predicate == PG("order"):
                orders[quad.subject] = quad.object.value
    found: dict[object, NamedNode] = {}
    for node, key in keys.items():
        if isinstance(node, NamedNode) and not _wordless(key):
            found[node] = NamedNode(f"{node.value.rpartition(':clause:')[0]}:clause:%23{orders[node]}")
    return found


@cache
def _conditions() -> Mapping[NamedNode, str]:
    """Return on which condition the texts of a property stay, by property; those of others do not."""
    return _OUTSIDE | dict(_declared("keptWhenShared"))


@cache
def _kept_fields() -> Mapping[str, frozenset[NamedNode]]:
    """Return the properties whose texts stay for terms of a kind, by kind."""
    found: dict[str, set[NamedNode]] = {}
    for node, name in _declared("keptField"):
        kind = schema().kind(PG.local(node) or "")
        found.setdefault(kind.name, set()).add(kind.field(name).iri)
    return {kind: frozenset(fields) for kind, fields in found.items()}


def _declared(annotation: str) -> Iterator[tuple[NamedNode, str]]:
    """Yield what the ontology notes by one of its annotations."""
    for path in sorted(folder("ontology").glob("*.ttl")):
        for quad in ox.parse(path=str(path), format=RdfFormat.TURTLE):
            if quad.predicate == PG(annotation) and isinstance(quad.subject, NamedNode):
                yield quad.subject, str(quad.object.value)
