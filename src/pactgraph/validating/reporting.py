"""Results for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from pyoxigraph import RdfFormat, serialize

from pactgraph.errors import DefinitionError, unknown
from pactgraph.model import Report, Result
from pactgraph.validating.junit import junit
from pactgraph.validating.pages import page
from pactgraph.validating.report_graph import judged_by, report_quads
from pactgraph.vocabulary import PREFIXES, SH

_SEVERITIES = ("violation", "warning", "info")


def render(report: Report, form: str = "text", *, quotes: bool = False) -> str:
    """Return the report in one of FORMATS, worst agreement first, and within it worst result first.

    Each names the engine. `quotes` adds the words of the agreements to the text; the other formats have them.

    Raises DefinitionError for an unknown format.
    """
    if form not in FORMATS:
        raise DefinitionError(unknown("report format", form, FORMATS))
    return _text(report, quotes=quotes) if form == "text" else FORMATS[form](report)


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


def _text(report: Report, *, quotes: bool = False) -> str:
    lines: list[str] = []
    groups = _grouped(report)
    for slug, results in groups:
        lines += (f"{slug}: {_counted(results)}", *_result_lines(results, quotes=quotes))
    total = f"{len(groups)} agreement{'' if len(groups) == 1 else 's'}: {_counted(report.results)}"
    return "\n".join([*lines, total, f"Engine: {report.engine}"]) + "\n"


def _result_lines(results: Sequence[Result], *, quotes: bool) -> Iterator[str]:
    for result in results:
        yield f"  {result.severity:<9}  {result.shape}: {result.message}"
        place = _local(result.path)
        if result.value and result.value != result.focus:
            place = f"{place} = {_local(result.value)}".lstrip(" =")
        if result.severity == "violation":
            yield f"             at {_local(result.focus)}{f': {place}' if place else ''}"
        for evidence in result.evidence:
            words = " ".join((evidence.reading or evidence.quote).split())
            said = f' "{words}"' if quotes else ""
            yield f"             {evidence.clause or '-'} [{evidence.start}:{evidence.end}]{said}"


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
    return junit(_grouped(report), report.engine)


def _turtle(report: Report) -> str:
    """Return the SHACL reports of all agreements as one Turtle text."""
    engine = judged_by(report.engine)
    triples = [quad.triple for slug, results in _grouped(report) for quad in report_quads(slug, results, engine)]
    written = serialize(sorted(triples, key=str), format=RdfFormat.TURTLE, prefixes={**PREFIXES, "sh": SH.iri})
    return (written or b"").decode("utf-8")


FORMATS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {"text": _text, "json": _json, "html": _html, "junit": _junit, "turtle": _turtle}
)
"""The forms a report can be rendered in."""
