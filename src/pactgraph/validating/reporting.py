"""Results for people, for programs, and as the report graph that SHACL defines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from pactgraph.errors import DefinitionError, unknown
from pactgraph.model import Report, Result
from pactgraph.validating.junit import junit
from pactgraph.validating.loading import shape_iri
from pactgraph.validating.pages import page
from pactgraph.vocabulary import PREFIXES, SH, TYPE, XSD, report_iri

_SEVERITIES = ("violation", "warning", "info")
_QUOTE_LENGTH = 100
"""How many characters of a quote the text shows; the JSON has all of it."""


def report_quads(slug: str, results: Iterable[Result]) -> tuple[Quad, ...]:
    """Return `results` as the SHACL validation report in the graph urn:pactgraph:report:{slug}, sorted.

    The report conforms where it has no result at all, as SHACL defines it: warnings count. Its nodes are
    named after the graph and the place of a result among the `results`, which `validate` keeps the same;
    none is blank. A value that is an IRI stays one, any other is its lexical form.
    See https://www.w3.org/TR/shacl/#validation-report
    """
    graph = report_iri(slug)
    found = tuple(results)
    conforms = Literal("false" if found else "true", datatype=XSD("boolean"))
    quads = [Quad(graph, TYPE, SH("ValidationReport"), graph), Quad(graph, SH("conforms"), conforms, graph)]
    for number, result in enumerate(found, 1):
        node = NamedNode(f"{graph.value}:result:{number}")
        quads.append(Quad(graph, SH("result"), node, graph))
        quads.extend(Quad(node, predicate, value, graph) for predicate, value in _statements(result))
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


def _term(text: str) -> NamedNode | Literal:
    """Return the IRI that `text` is, else a literal; IRIs of the graph are urn: and https: ones."""
    if text.startswith(("urn:", "http://", "https://")):
        try:
            return NamedNode(text)
        except ValueError:
            return Literal(text)
    return Literal(text)


def render(report: Report, form: str = "text") -> str:
    """Return the report in one of FORMATS, worst agreement first, and within it worst result first.

    Raises DefinitionError for an unknown format.
    """
    if form not in FORMATS:
        raise DefinitionError(unknown("report format", form, FORMATS))
    return FORMATS[form](report)


def _grouped(report: Report) -> list[tuple[str, list[Result]]]:
    """Return the results of each agreement, those without any at the end."""
    groups: dict[str, list[Result]] = {slug: [] for slug in report.agreements}
    for result in report.results:
        groups.setdefault(result.agreement, []).append(result)
    for results in groups.values():
        results.sort(key=lambda result: _SEVERITIES.index(result.severity))
    return sorted(groups.items(), key=lambda group: (*(-n for n in _counts(group[1]).values()), group[0]))


def _counts(results: Sequence[Result]) -> dict[str, int]:
    return {severity: sum(result.severity == severity for result in results) for severity in _SEVERITIES}


def _counted(results: Sequence[Result]) -> str:
    """Return '1 violation, 2 warnings', or that nothing was found."""
    plural = {"violation": "violations", "warning": "warnings", "info": "notes"}
    single = {"violation": "violation", "warning": "warning", "info": "note"}
    counts = [f"{n} {(single if n == 1 else plural)[severity]}" for severity, n in _counts(results).items() if n]
    return ", ".join(counts) or "nothing wrong, nothing missing"


def _text(report: Report) -> str:
    groups = _grouped(report)
    lines = [line for slug, results in groups for line in (f"{slug}: {_counted(results)}", *_result_lines(results))]
    total = f"{len(groups)} agreement{'' if len(groups) == 1 else 's'}: {_counted(report.results)}"
    return "\n".join([*lines, total]) + "\n"


def _result_lines(results: Sequence[Result]) -> Iterator[str]:
    for result in results:
        yield f"  {result.severity:<9}  {result.shape}: {result.message}"
        place = _local(result.path)
        if result.value and result.value != result.focus:
            place = f"{place} = {_local(result.value)}".lstrip(" =")
        if result.severity == "violation":
            yield f"             at {_local(result.focus)}{f': {place}' if place else ''}"
        for evidence in result.evidence:
            quote = " ".join(evidence.quote.split())
            short = quote if len(quote) <= _QUOTE_LENGTH else quote[: _QUOTE_LENGTH - 3] + "..."
            yield f'             {evidence.clause or "-"} [{evidence.start}:{evidence.end}] "{short}"'


def _local(iri: str) -> str:
    """Return an IRI of pactgraph without its namespace ('acme:term:Uptime:0a1b', 'percent'), others whole."""
    for prefix in (
        "urn:pactgraph:agreement:",
        "https://w3id.org/pactgraph/ontology#",
        "https://w3id.org/pactgraph/value/",
    ):
        if iri.startswith(prefix):
            return iri.removeprefix(prefix)
    return iri


def _json(report: Report) -> str:
    document = {
        "engine": report.engine,
        "worst": report.worst(),
        "counts": _counts(report.results),
        "agreements": [
            {"agreement": slug, "counts": _counts(results), "results": [_fields(result) for result in results]}
            for slug, results in _grouped(report)
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _fields(result: Result) -> dict[str, object]:
    evidence = [
        {"agreement": e.agreement, "quote": e.quote, "start": e.start, "end": e.end, "clause": e.clause, "page": e.page}
        for e in result.evidence
    ]
    names = ("severity", "shape", "message", "focus", "path", "value", "component")
    return {**{name: getattr(result, name) for name in names}, "evidence": evidence}


def _html(report: Report) -> str:
    return page(report, _grouped(report), _counts(report.results))


def _junit(report: Report) -> str:
    return junit(_grouped(report))


def _turtle(report: Report) -> str:
    """Return the SHACL reports of all agreements as one Turtle text."""
    triples = [quad.triple for slug, results in _grouped(report) for quad in report_quads(slug, results)]
    written = serialize(sorted(triples, key=str), format=RdfFormat.TURTLE, prefixes={**PREFIXES, "sh": SH.iri})
    return (written or b"").decode("utf-8")


FORMATS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {"text": _text, "json": _json, "html": _html, "junit": _junit, "turtle": _turtle}
)
"""The forms a report can be rendered in."""
