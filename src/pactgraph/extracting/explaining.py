"""Why a rule finds something, or nothing: each of its conditions judged by itself, on the words it looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pactgraph.extracting.extractor import Extractor
from pactgraph.extracting.matching import match
from pactgraph.extracting.prefilter import ClauseBits, Prefilter, asked
from pactgraph.extracting.reaching import reach
from pactgraph.extracting.resolving import Dropped, resolution
from pactgraph.extracting.rules import Rule, RuleSet
from pactgraph.extracting.states import EXCLUDED, states
from pactgraph.extracting.tracing import Step, readable, steps_of
from pactgraph.extracting.units import IN_SENTENCE, Unit, Units
from pactgraph.model import Document, Finding, Outline, Span, State

_NEAREST = 40
"""Of so many units that a rule looked at in vain, at most, the nearest miss is told."""

MERGED = "what names the parties was put together, or another place went before it"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a finding: whether it stays, else the rule that was chosen over it and why.

    Of what a state rule found, which is no term, `status` tells what its words make of the kinds that it speaks of.
    """

    finding: Finding
    kept: bool
    winner: str = ""
    because: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """What one rule made of one unit: the unit's words, each condition judged, and what it found.

    `read` says whether the words that the rule cannot do without stand in the unit: where not, the rule is
    not tried. `start` and `end` bound the unit in the source; both are 0 where the rule has no unit there.
    """

    rule: Rule
    words: str
    start: int
    end: int
    read: bool
    steps: tuple[Step, ...]
    fates: tuple[Fate, ...] = ()

    @property
    def found(self) -> bool:
        """Whether something that the rule found there stays."""
        return any(fate.kept for fate in self.fates)


@dataclass(frozen=True, slots=True)
class Tally:
    """What one rule made of a whole document: how many units it has, how many it looked at, what it found.

    `nearest` is, of a rule that found nothing, where it came nearest; None where it came nowhere near.
    """

    rule: Rule
    units: int
    looked: int
    fates: tuple[Fate, ...]
    nearest: Trace | None = None


class Explainer:
    """One document, read as rules read it, and what became of all that they found."""

    def __init__(self, document: Document, outline: Outline, rules: RuleSet) -> None:
        self.document = document
        self.outline = outline
        self.rules = rules
        self._clauses = ClauseBits(asked((*rules.rules, *rules.state_rules)), rules.lexicon.words)
        extractor = Extractor(rules)
        self._plain, self._named, _ = extractor.readings(document, outline)
        self._status = {rule.name: rule.status for rule in rules.state_rules}
        raw = extractor.raw(document, outline)
        self._marks = [finding for finding in raw if finding.rule in self._status]
        outcome = resolution((finding for finding in raw if finding.rule not in self._status), rules)
        self.kept = outcome.kept
        self.dropped = outcome.dropped
        self._units: dict[tuple[bool, str], tuple[Unit, ...]] = {}

    def at(self, offset: int, term: str | None = None) -> tuple[Trace, ...]:
        """Return what each rule, or each of one kind of term, made of the place where character `offset` stands.

        State rules, whose words exclude a kind or leave it to another document, are among them. A rule that has
        several units there (a list's lead and its items) gives one trace for each. Traces are ordered: what
        stays, what was dropped, then what came nearest; in the end those that did not look.
        """
        traces = [
            trace for rule in self.rules_for(term) for trace in self._traces(rule, offset, always=term is not None)
        ]
        return tuple(sorted(traces, key=_order))

    def rules_for(self, term: str | None) -> tuple[Rule, ...]:
        """Return the rules that may speak of a kind of term, or all: those that find it, and state rules."""
        find = [rule for rule in self.rules.rules if term in (None, rule.term)]
        return *find, *(rule for rule in self.rules.state_rules if term is None or term in rule.kinds)

    def of(self, term: str) -> tuple[Tally, ...]:
        """Return what each rule of a kind of term made of the whole document.

        Those whose words exclude the kind are among them, and those that leave it elsewhere where its state is theirs.
        """
        state = self.state(term)
        deciding = {mark.rule for mark in self._marks if (mark.start, mark.end) == (state.start, state.end)}
        chosen = [rule for rule in self.rules.rules if rule.term == term]
        for rule in self.rules.state_rules:
            if term in rule.kinds if rule.status == EXCLUDED else rule.name in deciding:
                chosen.append(rule)
        return tuple(map(self._tally, chosen))

    def state(self, term: str) -> State:
        """Return what the document says of a kind of term: stated, excluded, unknown or silent, and by which words."""
        return next(s for s in self._states if s.kind == term)

    @cached_property
    def _states(self) -> tuple[State, ...]:
        return states(self.document, self.outline, self.kept, self._marks, self.rules)

    def _side(self, rule: Rule) -> Units:
        return self._plain if rule.plain else self._named

    def _all(self, rule: Rule) -> tuple[Unit, ...]:
        key = (rule.plain, rule.scope)
        if key not in self._units:
            self._units[key] = tuple(self._side(rule).of(rule.scope))
        return self._units[key]

    def _at(self, rule: Rule, offset: int) -> list[Unit]:
        """Return the units of the rule in which the character stands; of a gap between items, the whole sentence's."""
        if rule.scope not in IN_SENTENCE:
            return [unit for unit in self._all(rule) if _holds(unit.span, offset)]
        units = self._side(rule)
        inside = [
            unit
            for index in units.spoken
            if self.outline.sentences[index].start <= offset < self.outline.sentences[index].end
            for unit in units.within(rule.scope, index)
        ]
        return [unit for unit in inside if _holds(unit.span, offset)] or inside

    def _traces(self, rule: Rule, offset: int, *, always: bool) -> Iterator[Trace]:
        units = self._at(rule, offset)
        if not units and always:
            step = Step("scope", False, f"the place is no part of any '{rule.scope}'")
            yield Trace(rule, "", 0, 0, False, (step,))
        for unit in units:
            if always or self._read(rule, unit):
                yield self._trace(rule, unit)

    def _read(self, rule: Rule, unit: Unit) -> bool:
        parts = self._side(rule).whole(unit.sentence) if rule.scope in IN_SENTENCE else unit.parts
        return bool(Prefilter((rule,), self._clauses).candidates(self._clauses.met(unit.reading, parts)))

    def _trace(self, rule: Rule, unit: Unit) -> Trace:
        units, span = self._side(rule), unit.span
        read = self._read(rule, unit)
        steps = tuple(steps_of(rule, unit, units, self.rules.lexicon.words))
        fates = tuple(self._fate(finding) for finding in match(rule, unit, units)) if read else ()
        return Trace(rule, readable(unit.text), span.start, span.end, read, steps, fates)

    def _tally(self, rule: Rule) -> Tally:
        units, own = self._side(rule), self._all(rule)
        prefilter = Prefilter((rule,), self._clauses)
        looked = [unit for unit in own if prefilter.candidates(self._clauses.met(unit.reading, unit.parts))]
        found: list[Finding] = []
        vain: list[Unit] = []
        for unit in looked:
            here = list(match(rule, unit, units))
            found += here
            if not here:
                vain.append(unit)
        if not looked:
            vain = self._near(rule)
        missed = [self._trace(rule, unit) for unit in vain[:_NEAREST]] if not found else []
        nearest = max(missed, key=lambda trace: _progress(trace.steps), default=None)
        return Tally(rule, len(own), len(looked), tuple(map(self._fate, found)), nearest)

    def _near(self, rule: Rule) -> list[Unit]:
        """Return the units where the longest beginning of the rule's pattern stands that the document has."""
        reading = self._side(rule).reading
        tries = [reach(pattern, self.rules.lexicon.words, reading.text) for pattern in rule.find]
        best = max(tries, key=lambda got: len(got.matched))
        return self._at(rule, reading.to_source(best.start, best.end).start) if best.matched else []

    def _fate(self, finding: Finding) -> Fate:
        """Return what became of a finding; a party's alone may be joined with others before one record is chosen."""
        if finding.rule in self._status:
            return Fate(finding, True, status=self._status[finding.rule])
        stays = next((kept for kept in self.kept if _is(kept, finding)), None)
        if stays is not None:
            return Fate(stays, True)
        loss = next((loss for loss in self.dropped if _is(loss.finding, finding)), None)
        if loss is None:
            return Fate(finding, False, because=MERGED)
        return Fate(finding, False, self._last(loss).rule, loss.because)

    def _last(self, loss: Dropped) -> Finding:
        """Return what was chosen in the end: the winner may have lost to another."""
        winner = loss.winner
        chain = {id(other.finding): other.winner for other in self.dropped}
        while id(winner) in chain:
            winner = chain[id(winner)]
        return winner


def _order(trace: Trace) -> tuple[bool, bool, bool, int, float]:
    failed, share = _progress(trace.steps)
    return not trace.found, not trace.fates, not trace.read, -failed, -share


def _holds(span: Span, offset: int) -> bool:
    return span.start <= offset < span.end


def _is(one: Finding, other: Finding) -> bool:
    """Whether a finding is the other one, to which a later step may have added fields."""
    same_place = (one.rule, one.start, one.end) == (other.rule, other.start, other.end)
    return same_place and all(one.fields.get(name) == value for name, value in other.fields.items())


def _progress(steps: Sequence[Step]) -> tuple[int, float]:
    """Return how near a rule came: how few conditions failed, then how much of its pattern matched."""
    failed = sum(not step.passed for step in steps)
    return -failed, max((step.share for step in steps if step.part == "find"), default=0.0)
