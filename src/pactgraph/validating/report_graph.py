"""Results as the report graph that SHACL defines, and kept: what was judged once need not be judged again.

    <report>  a sh:ValidationReport ; sh:conforms false ; sh:result <report:result:1> ;
        prov:wasAssociatedWith <urn:pactgraph:engine:pyshacl:0.40.1> ; prov:used <urn:sha256:...> ; rdf:value "[...]" .
    <report:result:1>  a sh:ValidationResult ; sh:sourceShape ... ; oa:hasTarget <report:result:1:evidence:1> .
    <report:result:1:evidence:1>  oa:exact "..." ; oa:start 0 ; oa:end 9 ; pg:key "4.2" ; pg:slug "acme" .

See https://www.w3.org/TR/shacl/#validation-report
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad

from pactgraph.model import Evidence, Result
from pactgraph.validating.engines import PYSHACL, engine_name
from pactgraph.validating.loading import Shapes, shape_iri
from pactgraph.vocabulary import OA, PG, PROV, RDF, SH, TYPE, XSD, report_iri

_FORM = "2"
"""To be raised where results of the same shapes on the same facts come out otherwise than before."""

Origin = tuple[tuple[NamedNode, NamedNode], ...]
"""What a report says of how it was made, as pairs of property and value."""


def judged_with(shapes: Shapes, engine: str = PYSHACL) -> Origin:
    """Return what a report names as its origin: the engine with its version, and the hash of the shapes.

    A report with the same origin holds what the engine would find now, as long as the facts are the same. Raises
    DefinitionError where there is no such engine.
    """
    digest = hashlib.sha256(f"{_FORM} {shapes.digest}".encode()).hexdigest()
    return (*judged_by(engine_name(engine)), (PROV("used"), NamedNode(f"urn:sha256:{digest}")))


def judged_by(name: str) -> Origin:
    """Return what a report says of an engine with this name and version."""
    parts = ":".join(quote(part, safe="") for part in name.split())
    return ((PROV("wasAssociatedWith"), NamedNode(f"urn:pactgraph:engine:{parts}")),)


def is_judged_with(report: Iterable[Quad], origin: Origin) -> bool:
    """Whether a stored report has this origin; without a report there is none."""
    said = {(quad.predicate, quad.object) for quad in report}
    return bool(said) and said.issuperset(origin)


def report_quads(slug: str, results: Iterable[Result], origin: Origin = ()) -> tuple[Quad, ...]:
    """Return `results` as the SHACL validation report in the graph urn:pactgraph:report:{slug}, sorted.

    The report conforms where it has no result at all, as SHACL defines it: warnings count. Its nodes are
    named after the graph and the place of a result among the `results`, which `validate` keeps the same;
    none is blank. A value that is an IRI stays one, any other is its lexical form. `origin` is what `judged_with`
    returned, or what is known of it.
    """
    graph = report_iri(slug)
    found = tuple(results)
    conforms = Literal("false" if found else "true", datatype=XSD("boolean"))
    quads = [Quad(graph, TYPE, SH("ValidationReport"), graph), Quad(graph, SH("conforms"), conforms, graph)]
    quads += [Quad(graph, predicate, value, graph) for predicate, value in origin]
    for number, result in enumerate(found, 1):
        node = NamedNode(f"{graph.value}:result:{number}")
        quads.append(Quad(graph, SH("result"), node, graph))
        quads.extend(Quad(node, predicate, value, graph) for predicate, value in _statements(result))
        for place, evidence in enumerate(result.evidence, 1):
            target = NamedNode(f"{node.value}:evidence:{place}")
            quads.append(Quad(node, OA("hasTarget"), target, graph))
            quads.extend(Quad(target, predicate, value, graph) for predicate, value in _place(evidence))
    return tuple(sorted(quads, key=str))


def _statements(result: Result) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    yield TYPE, SH("ValidationResult")
    yield SH("resultSeverity"), SH(result.severity.capitalize())
    yield SH("sourceShape"), shape_iri(result.shape)
    yield SH("resultMessage"), Literal(result.message)
    yield SH("focusNode"), _term(result.focus)
    if result.component:
        yield SH("sourceConstraintComponent"), SH(result.component)
    if result.path:
        yield SH("resultPath"), NamedNode(result.path)
    if result.value:
        yield SH("value"), _term(result.value)


def _place(evidence: Evidence) -> Iterator[tuple[NamedNode, Literal]]:
    yield OA("exact"), Literal(evidence.quote)
    yield OA("start"), Literal(evidence.start)
    yield OA("end"), Literal(evidence.end)
    yield PG("slug"), Literal(evidence.agreement)
    if evidence.clause:
        yield PG("key"), Literal(evidence.clause)
    if evidence.page is not None:
        yield PG("page"), Literal(evidence.page)
    if evidence.reading:
        yield PG("reading"), Literal(evidence.reading)


def _term(text: str) -> NamedNode | Literal:
    """Return the IRI that `text` is, else a literal; IRIs of the graph are urn: and https: ones."""
    if text.startswith(("urn:", "http://", "https://")):
        try:
            return NamedNode(text)
        except ValueError:
            return Literal(text)
    return Literal(text)


def kept_report(slug: str, results: Sequence[Result], origin: Origin) -> tuple[Quad, ...]:
    """Return the report graph with the same results once more as one text, from which they are read in a moment."""
    graph = report_iri(slug)
    text = json.dumps([asdict(result) for result in results], separators=(",", ":"))
    return (*report_quads(slug, results, origin), Quad(graph, RDF("value"), Literal(text), graph))


def results_of(head: Iterable[Quad]) -> tuple[Result, ...]:
    """Return the results that `kept_report` was given; `head` is what the report says of itself."""
    text = next(
        quad.object.value for quad in head if quad.predicate == RDF("value") and isinstance(quad.object, Literal)
    )
    return tuple(
        Result(**{**said, "evidence": tuple(Evidence(**evidence) for evidence in said["evidence"])})
        for said in json.loads(text)
    )
