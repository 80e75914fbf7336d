"""One agreement judged by playbooks: a verdict for each point, with the words that prove it and what would pass.

The shapes decide; the words of findings and changes come from the same values. A verdict is

    walk-away   a position for a walk-away is met, or none that passes
    ideal       the ideal position is met
    acceptable  the acceptable position is met, or no walk-away where only that is described
    unclear     a term is there, but whether a position is met depends on what it does not say
    silent, excluded, unknown   there is no such term, as the states of the agreement have it
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from pactgraph.model import Evidence, Verdict
from pactgraph.validating.checking import str_of
from pactgraph.validating.engines import prepare, run
from pactgraph.validating.playbook import ACCEPTABLE, BEST, IDEAL, POSITIONS, WALK_AWAY, Point
from pactgraph.validating.playbook_turtle import Playbook, Roles, load_playbooks
from pactgraph.validating.verdicts_changes import addition, change, wanted
from pactgraph.validating.verdicts_facts import EXCLUDED, SILENT, STATED, UNKNOWN, Facts, Known, Term
from pactgraph.vocabulary import SH
from pactgraph.wording import spaced

UNCLEAR = "unclear"
VERDICTS = (WALK_AWAY, UNCLEAR, EXCLUDED, SILENT, UNKNOWN, ACCEPTABLE, IDEAL)
"""All verdicts, worst first."""

_RANKS = (WALK_AWAY, UNCLEAR, ACCEPTABLE, IDEAL)


def playbooks(path: Path | str) -> tuple[Playbook, ...]:
    """Return the playbook in a file, or all those in a folder; see `load_playbooks` for what is raised."""
    return load_playbooks(Path(path))


def judge(quads: Iterable[Quad], books: Sequence[Playbook]) -> tuple[Verdict, ...]:
    """Return the verdicts on one agreement, by playbook and in the order of its points.

    `quads` are the agreement's facts and what was inferred from them. A point that is about other kinds of
    agreement gives no verdict. Raises ShapeError where a shape cannot be applied.
    """
    facts = Facts(quads)
    return tuple(verdict for book in books for verdict in _by_book(facts, book))


def _by_book(facts: Facts, book: Playbook) -> list[Verdict]:
    points = [p for p in book.points if not (p.agreements and facts.kind and facts.kind not in p.agreements)]
    if not points:
        return []
    triples = facts.triples({point.kind.name: point.kind for point in points}.values())
    raws = run(prepare(triples, book.shapes), book.shapes)
    above = {str_of(t.object): str_of(t.subject) for t in book.shapes.triples if t.predicate == SH("property")}
    unmet = frozenset((shape, raw.focus) for raw in raws for shape in _with_above(raw.shape, above))
    return [_Bench(facts, book.name, point, book.roles[point.name], unmet).verdict() for point in points]


def _with_above(shape: str, above: Mapping[str, str]) -> list[str]:
    """Return a shape and those that it is a property of: they are not met where it is not."""
    found = [shape]
    while found[-1] in above and above[found[-1]] not in found:
        found.append(above[found[-1]])
    return found


@dataclass(frozen=True, slots=True)
class _Bench:
    """One point on one agreement; `unmet` are the shapes that were not met, each with the node judged."""

    facts: Facts
    playbook: str
    point: Point
    roles: Roles
    unmet: frozenset[tuple[str, str]]

    def verdict(self) -> Verdict:
        terms = [term for term in self.facts.terms(self.point.kind) if (self.roles.scope, term.iri) not in self.unmet]
        if not terms:
            return self.without_terms()
        judged = [(self.of_term(term), term) for term in terms]
        choose = max if self.point.take == BEST else min
        verdict, term = choose(judged, key=lambda pair: _RANKS.index(pair[0]))
        passes = verdict in (IDEAL, ACCEPTABLE)
        if verdict == UNCLEAR:
            reason = "What it says cannot be compared with the playbook's position."
        else:
            reason = f"The {self.point.take} of {len(terms)} such terms." if len(terms) > 1 else ""
        return self.made(
            verdict, STATED, reason, term.evidence, self.found(term), "" if passes else change(self.point, term)
        )

    def of_term(self, term: Term) -> str:
        """Return the verdict on one term."""
        met = {position: self.met(self.roles.met, position, term.iri) for position in POSITIONS}
        if met[WALK_AWAY]:
            return WALK_AWAY
        for position in (IDEAL, ACCEPTABLE):
            if met[position]:
                return position
        if any(self.met(self.roles.possible, position, term.iri) for position in POSITIONS):
            return UNCLEAR
        if WALK_AWAY in self.roles.met:
            return ACCEPTABLE if ACCEPTABLE not in self.roles.met else UNCLEAR
        return WALK_AWAY

    def met(self, shapes: Mapping[str, str], position: str, focus: str) -> bool:
        """Tell whether a term, or the agreement that it is in, meets the shape of a position."""
        shape = shapes.get(position)
        return shape is not None and not self.unmet & {(shape, focus), (shape, self.facts.agreement)}

    def without_terms(self) -> Verdict:
        """Return the verdict where the agreement has no term that the point is about."""
        known = self.facts.known(self.point.kind)
        if known.status == STATED:
            narrowed = " and ".join(asked.said() for asked in self.point.where)
            reason = f"It has terms on this ({self.point.kind.label}), but none with {narrowed}."
            known = self.facts.elsewhere() or Known(SILENT, reason)
        verdict = self.point.states.get(known.status, known.status)
        for position in POSITIONS:
            passes = position in self.roles.whole and self.met(self.roles.met, position, self.facts.agreement)
            if passes and known.status != UNKNOWN and known.status not in self.point.states:
                verdict = position
                break
        change = "" if verdict in (IDEAL, ACCEPTABLE) else addition(self.point, unknown=known.status == UNKNOWN)
        return self.made(verdict, known.status, known.reason, known.evidence, "", change)

    def found(self, term: Term) -> str:
        """Return what the term states of the fields that the point measures, or all that it states of any."""
        asked = [a.field.name for p in self.point.positions.values() for way in p.ways for a in way]
        names = [name for name in dict.fromkeys(asked) if name in term.values]
        if len(names) < len(dict.fromkeys(asked)) or not names:
            fields = self.point.kind.fields
            names = [n for n in term.values if fields[n].kind != "text" or n in asked or n == "currency"]
        said = (f"{spaced(name)} {', '.join(value.words for value in term.values[name])}" for name in names)
        return ", ".join(said) or self.point.kind.label

    def made(
        self, verdict: str, state: str, reason: str, evidence: tuple[Evidence, ...], found: str, change: str
    ) -> Verdict:
        return Verdict(
            agreement=self.facts.slug,
            playbook=self.playbook,
            point=self.point.name,
            title=self.point.about,
            verdict=verdict,
            state=state,
            found=found,
            wanted=wanted(self.point),
            reason=reason,
            change=change,
            evidence=evidence,
        )
