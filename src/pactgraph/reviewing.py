"""What a person should look at: findings of which the rules are not sure, and those chosen over others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from pyoxigraph import QuerySolutions

from pactgraph.building import Progress
from pactgraph.correcting import OWN_RULES, Correction, fitting
from pactgraph.errors import PactgraphError
from pactgraph.extracting import RuleSet, extract
from pactgraph.graph import Graph
from pactgraph.model import Document, Finding, Outline
from pactgraph.pipeline import outlined
from pactgraph.reading import FINAL, LIMITS, Limits, Source

LIKELY, CONFLICT = "likely", "conflict"
REASONS = (LIKELY, CONFLICT)
"""Why a finding is looked at: its rule is not certain, or other rules had found something else."""

_FRAMES = """
PREFIX pg: <https://w3id.org/pactgraph/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?slug ?term ?start ?end ?rule ?certain ?hash ?file ?clause
  (GROUP_CONCAT(?other; separator=" ") AS ?others) WHERE {
  ?term pg:evidence/oa:hasSelector [ oa:start ?start ; oa:end ?end ] ;
    pg:rule ?rule ; pg:inAgreement ?agreement .
  BIND (EXISTS { ?term pg:certainty pgv:certain } AS ?certain)
  ?agreement pg:slug ?slug ; dcterms:source ?source .
  ?source pg:sha256 ?hash ; pg:fileName ?file .
  OPTIONAL { ?term pg:inClause/pg:key ?clause }
  OPTIONAL { ?term pg:overrode ?other }
} GROUP BY ?slug ?term ?start ?end ?rule ?certain ?hash ?file ?clause
"""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding that a person should look at, with the text of the source that it stands in."""

    file: str
    sha256: str
    text: str
    finding: Finding
    clause: str = ""

    @property
    def reason(self) -> str:
        """Why it is looked at: a member of REASONS."""
        return CONFLICT if self.finding.certainty == "certain" else LIKELY

    @property
    def quote(self) -> str:
        """The words of the source that prove the finding."""
        return self.text[self.finding.start : self.finding.end]


def doubts_in_sources(
    sources: Sequence[Source],
    rules: RuleSet,
    limits: Limits = LIMITS,
    view: str = FINAL,
    progress: Progress | None = None,
) -> Iterator[Doubt | PactgraphError]:
    """Yield what is to be looked at in sources as the rules find it, in text order; an error for what is unreadable."""
    for number, source in enumerate(sources, 1):
        try:
            document, outline = outlined(source, limits, view)
        except PactgraphError as error:
            yield error
        else:
            for finding in extract(document, outline, rules):
                if _is_doubtful(finding):
                    yield Doubt(document.source, document.sha256, document.text, finding, _key(outline, finding))
        if progress is not None:
            progress(source.name, number, len(sources))


def doubts_in_graph(graph: Graph) -> Iterator[Doubt]:
    """Yield what is to be looked at in a graph, by agreement and in text order.

    Raises StoreError where the text of a source is missing.
    """
    frames = _frames(graph)
    held: tuple[str, Document] | None = None
    for record in graph.terms():
        near = frames.get((record.agreement, record.term, record.start, record.end))
        if near is None:
            continue
        file, sha256, clause, (rule, certainty, others) = near
        if held is None or held[0] != sha256:
            held = sha256, Document(record.agreement, file, graph.source_text(sha256), sha256, "")
        finding = Finding(
            record.term, record.fields, record.start, record.end, rule, certainty, None, others, record.reading
        )
        yield Doubt(file, sha256, held[1].text, finding, clause)


def undecided(doubts: Sequence[Doubt], corrections: Iterable[Correction]) -> Iterator[Doubt]:
    """Yield those on which none of the decisions is, in their order."""
    by_source: dict[str, list[int]] = {}
    for number, doubt in enumerate(doubts):
        by_source.setdefault(doubt.sha256, []).append(number)
    decided: set[int] = set()
    for each in corrections:
        there = [number for number in by_source.get(each.sha256, ()) if _at(each, doubts[number])]
        findings = [doubts[number].finding for number in there]
        meant = fitting(findings, each, exact=True) or fitting(findings, each, exact=False)
        decided |= {there[k] for k in meant}
    yield from (doubt for number, doubt in enumerate(doubts) if number not in decided)


def _at(correction: Correction, doubt: Doubt) -> bool:
    if correction.start is None:
        return correction.quote.split() == doubt.quote.split()
    return (correction.start, correction.end) == (doubt.finding.start, doubt.finding.end)


_Frame = tuple[str, str, str, tuple[str, str, tuple[str, ...]]]


def _frames(graph: Graph) -> dict[tuple[str, str, int, int], _Frame]:
    """Return file, hash, clause and rule of the terms in doubt, by agreement, kind and place."""
    solutions = graph.query(_FRAMES)
    assert isinstance(solutions, QuerySolutions)
    found: dict[tuple[str, str, int, int], _Frame] = {}
    for row in solutions:
        slug, term, start, end, rule, certain, sha256, file, clause, others = (
            row[i].value if row[i] is not None else "" for i in range(10)
        )
        certainty = "certain" if certain == "true" else LIKELY
        beaten = tuple(sorted(others.split()))
        kind = unquote(term.rpartition(":")[0].rpartition(":")[2])
        if (certainty == LIKELY or beaten) and not rule.startswith(OWN_RULES):
            found[slug, kind, int(start), int(end)] = file, sha256, clause, (rule, certainty, beaten)
    return found


def _is_doubtful(finding: Finding) -> bool:
    return finding.certainty != "certain" or bool(finding.overrode)


def _key(outline: Outline, finding: Finding) -> str:
    return "" if finding.clause is None else outline.clauses[finding.clause].key
