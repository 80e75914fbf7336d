"""The matrix of agreements and kinds of term: what each agreement states of each kind, as a person reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QuerySolution

from pactgraph.errors import QueryError, unknown
from pactgraph.model import Evidence
from pactgraph.querying.cells import Select, cell, rows_of
from pactgraph.querying.evidence import Sources, evidence_of
from pactgraph.querying.measures import Bounds, comparable, measures, ranked
from pactgraph.querying.phrasing import Facts, Said, phrase
from pactgraph.vocabulary import Kind, schema

_NOT_BY_DEFAULT = frozenset(
    ("Obligation", "Prohibition", "Permission", "DefinedTerm", "Party", "AgreementTitle", "IncorporatedDocument")
)
"""Kinds of which agreements have too many terms, or that no two agreements share; they are compared when named."""

_TERMS = """
PREFIX pg: <https://w3id.org/pactgraph/ontology#>
SELECT ?agreement ?term ?evidence ?property ?value ?written ?direction ?anchor WHERE {
  ?term a %s ; pg:inAgreement/pg:slug ?agreement ; pg:evidence ?evidence ; ?property ?value .
  OPTIONAL { ?value pg:asWritten ?written }
  OPTIONAL { ?value pg:direction ?direction }
  OPTIONAL { ?value pg:anchor ?anchor }
}
"""
_STATES = """
PREFIX pg: <https://w3id.org/pactgraph/ontology#>
SELECT ?agreement ?kind ?status ?reason ?evidence WHERE {
  ?state a pg:TermState ; pg:ofKind ?kind ; pg:status ?status ; pg:ofAgreement/pg:slug ?agreement .
  OPTIONAL { ?state pg:stateReason ?reason }
  OPTIONAL { ?state pg:stateEvidence ?evidence }
}
"""
_AGREEMENTS = """
PREFIX pg: <https://w3id.org/pactgraph/ontology#>
SELECT ?slug ?vendor WHERE { ?agreement a pg:Agreement ; pg:slug ?slug . OPTIONAL { ?agreement pg:vendor ?vendor } }
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One term in a cell: what it says in words, and the words that prove it.

    `mark` is best or worst where its agreement is so for the customer among those that are compared, else ''.
    """

    text: str
    evidence: tuple[Evidence, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one agreement says of one kind: its terms, or why there are none.

    `status` is stated, excluded, unknown or silent; `reason` says why where nothing is stated, with `evidence` for an
    exclusion, or for what leaves the matter elsewhere.
    """

    status: str
    lines: tuple[Line, ...] = ()
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def proofs(self) -> tuple[Evidence, ...]:
        """All words behind the cell, in order."""
        return tuple(dict.fromkeys((*(proof for line in self.lines for proof in line.evidence), *self.evidence)))


@dataclass(frozen=True, slots=True)
class Matrix:
    """Agreements (slug and vendor) and kinds in order, with a cell for each pair of a kind's name and a slug."""

    agreements: tuple[tuple[str, str], ...]
    kinds: tuple[Kind, ...]
    cells: Mapping[tuple[str, str], Cell]


@dataclass(frozen=True, slots=True)
class _Term:
    """A term as the graph has it: its agreement, its evidence, what it says, and where it stands in the text."""

    agreement: str
    evidence: NamedNode
    facts: Facts


def compare(select: Select, texts: Sources, kinds: Sequence[str] = (), agreements: Collection[str] = ()) -> Matrix:
    """Return what agreements (all, or some by slug) state of `kinds`: kinds of term, or classes of them like Remedy.

    Without `kinds` these are all that one of the agreements states or excludes, but norms, parties and documents.

    Raises QueryError where an agreement is not known, OntologyError where a kind is not, EvidenceError where
    words are not their source's.
    """
    vendors = {str(cell(row["slug"])): str(cell(row["vendor"]) or "") for row in rows_of(select, _AGREEMENTS)}
    for slug in agreements:
        if slug not in vendors:
            raise QueryError(unknown("agreement", slug, vendors))
    slugs = tuple(slug for slug in dict.fromkeys(agreements or sorted(vendors)))
    states = _states(select, slugs)
    chosen = _kinds(kinds, states)
    terms = {kind.name: [term for term in _terms(select, kind) if term.agreement in slugs] for kind in chosen}
    wanted = {kind.name for kind in chosen}
    nodes = [term.evidence for held in terms.values() for term in held]
    nodes += [node for (kind, _), (_, _, node) in states.items() if kind in wanted and node is not None]
    proofs = evidence_of(select, nodes, texts)
    cells: dict[tuple[str, str], Cell] = {}
    for kind in chosen:
        lines = _lines(kind, terms[kind.name], proofs)
        for slug in slugs:
            cells[kind.name, slug] = _cell(lines.get(slug, ()), states.get((kind.name, slug)), proofs)
    return Matrix(tuple((slug, vendors[slug]) for slug in slugs), chosen, cells)


_State = tuple[str, str, NamedNode | None]


def _states(select: Select, slugs: Collection[str]) -> Mapping[tuple[str, str], _State]:
    """Return status, reason and evidence of each kind in each agreement."""
    found: dict[tuple[str, str], _State] = {}
    for row in rows_of(select, _STATES):
        kind, slug, status = (str(cell(row[name])) for name in ("kind", "agreement", "status"))
        if slug in slugs:
            found[kind, slug] = status, str(cell(row["reason"]) or ""), row["evidence"]
    return found


def _kinds(named: Sequence[str], states: Mapping[tuple[str, str], _State]) -> tuple[Kind, ...]:
    """Return the kinds that are compared, in the order of the ontology's files."""
    known = schema()
    if not named:
        said = {kind for (kind, _), (status, _, _) in states.items() if status in ("stated", "excluded")}
        return tuple(kind for kind in known.kinds.values() if kind.name in said - _NOT_BY_DEFAULT)
    found: dict[str, Kind] = {}
    for name in named:
        members = [kind for kind in known.kinds.values() if name in kind.faces]
        found |= {kind.name: kind for kind in members or [known.kind(name)]}
    return tuple(found.values())


def _terms(select: Select, kind: Kind) -> Iterator[_Term]:
    """Yield the terms of a kind in all agreements."""
    names = {field.iri: field.name for field in kind.fields.values()}
    held: dict[object, _Term] = {}
    for row in rows_of(select, _TERMS % kind.iri):
        term = held.get(row["term"])
        if term is None:
            term = held[row["term"]] = _Term(str(cell(row["agreement"])), row["evidence"], defaultdict(list))
        if (name := names.get(row["property"])) is not None:
            term.facts[name].append(_said(row))
    yield from held.values()


def _said(row: QuerySolution) -> Said:
    """Return one value of a field; a period with its direction and what it is counted from."""
    value, written, direction, anchor = (row[name] for name in ("value", "written", "direction", "anchor"))
    if isinstance(written, Literal):
        return Said(written.value, str(cell(direction) or ""), str(cell(anchor) or ""))
    known = cell(value)
    assert known is not None
    return Said(known)


def _lines(kind: Kind, terms: Iterable[_Term], proofs: Mapping[NamedNode, Evidence]) -> Mapping[str, tuple[Line, ...]]:
    """Return the lines of each agreement in the order of its text; terms that say the same are one line."""
    marks = _marks(kind, terms := list(terms))
    found: dict[str, dict[str, Line]] = defaultdict(dict)
    order = sorted(range(len(terms)), key=lambda number: _place(proofs[terms[number].evidence]))
    for number in order:
        term, proof = terms[number], proofs[terms[number].evidence]
        text = phrase(kind, term.facts)
        held = found[term.agreement].get(text)
        evidence = (*held.evidence, proof) if held else (proof,)
        mark = marks[number] or (held.mark if held else "")
        found[term.agreement][text] = Line(text, tuple(dict.fromkeys(evidence)), mark)
    return {slug: tuple(lines.values()) for slug, lines in found.items()}


def _place(proof: Evidence) -> tuple[str, int, int]:
    return proof.agreement, proof.start, proof.end


def _marks(kind: Kind, terms: Sequence[_Term]) -> list[str]:
    """Return for each term whether it is best or worst for the customer among those of other agreements.

    Terms compare whose key fields but the party are alike. An agreement competes with what is worst in it.
    """
    marks = [""] * len(terms)
    for measure in (measure for measure in measures() if measure.kind == kind.name):
        groups: dict[tuple[str, ...], dict[str, list[tuple[Bounds, int]]]] = defaultdict(lambda: defaultdict(list))
        for number, term in enumerate(terms):
            bounds = _bounds(kind, measure.field, term.facts)
            if bounds is not None and _text(term.facts, "party") in measure.parties:
                key = tuple(_text(term.facts, name) for name in kind.keys if name != "party")
                groups[key][term.agreement].append((bounds, number))
        for by_agreement in groups.values():
            worst = [
                min(held, key=lambda pair: pair[0] if measure.more_is_better else (-pair[0][1], -pair[0][0]))
                for held in by_agreement.values()
            ]
            for mark, (_, number) in zip(
                ranked([bounds for bounds, _ in worst], more_is_better=measure.more_is_better), worst, strict=True
            ):
                marks[number] = mark or marks[number]
    return marks


def _bounds(kind: Kind, field: str, facts: Facts) -> Bounds | None:
    values = facts.get(field, [])
    if len(values) != 1:
        return None
    return comparable(
        kind.name,
        values[0].value,
        business=_text(facts, "dayKind") == "business",
        per=_text(facts, "per"),
        above_base=any(said.value is True for said in facts.get("aboveBaseRate", [])),
    )


def _text(facts: Facts, name: str) -> str:
    return "; ".join(sorted(str(said.value) for said in facts.get(name, [])))


def _cell(lines: Sequence[Line], state: _State | None, proofs: Mapping[NamedNode, Evidence]) -> Cell:
    status, reason, node = state or ("silent", "", None)
    if lines:
        return Cell("stated", tuple(lines))
    evidence = (proofs[node],) if node is not None else ()
    return Cell("silent" if status == "stated" else status, (), reason, evidence)
