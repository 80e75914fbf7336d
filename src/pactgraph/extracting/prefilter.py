"""Tells quickly which of hundreds of rules may match a text, so that only those are tried.

What a pattern requires of a text is a set of clauses (see literals); each clause of all rules is one bit.
Each word of a text sets the bits of the clauses that it meets, and those of a word are found once for all
texts. So the time for a text depends on its words, and hardly on how many rules there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_

from pactgraph.extracting.literals import Clause, plain, weight
from pactgraph.extracting.patterns import Pattern, Requirements, Words
from pactgraph.extracting.rules import WITHIN, FieldRule, Option, Rule
from pactgraph.extracting.views import Reading

Candidate = tuple[Rule, tuple[Pattern, ...], tuple[int, ...]]
"""A rule that may match, with those of its `find` patterns that may, and the bits that each of these needs."""

_Entry = tuple[int, int, int, Pattern]
"""A pattern with its place in the order of all, the bits it needs, and the place of its rule."""

_MOST_WORDS = 200_000
"""So many words are remembered before all are forgotten."""

_LEARNED = 100
"""So many texts tell which clauses are rare."""

_START = 3
"""By so many of their first letters longer pieces are found."""


class WordMasks(dict[str, int]):
    """By word, in small letters, the bits of the clauses that it meets; filled when a word is first asked for."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        super().__init__()
        masks: dict[str, int] = defaultdict(int)
        for bit, clause in enumerate(clauses):
            for piece in clause:
                masks[piece] |= 1 << bit
        self._short = {piece: mask for piece, mask in masks.items() if len(piece) < _START}
        self._by_start: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for piece, mask in masks.items():
            if len(piece) >= _START:
                self._by_start[piece[:_START]].append((piece, mask))

    def __missing__(self, word: str) -> int:
        mask = 0
        padded = f" {word if word.isalpha() else plain(word)} "
        by_start, short = self._by_start, self._short
        for at in range(len(padded)):
            for piece, bits in by_start.get(padded[at : at + _START], ()):
                if padded.startswith(piece, at):
                    mask |= bits
            for end in range(at + 1, at + _START):
                mask |= short.get(padded[at:end], 0)
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = mask
        return mask


class ClauseBits:
    """The clauses of some patterns, one bit each, and which of them texts meet."""

    def __init__(self, patterns: Iterable[Pattern], words: Words) -> None:
        requirements = Requirements(words)
        self._of_pattern: dict[str, frozenset[Clause]] = {}
        for pattern in patterns:
            if pattern.source not in self._of_pattern:
                self._of_pattern[pattern.source] = requirements.of(pattern)
        every = {clause for clauses in self._of_pattern.values() for clause in clauses}
        self._bits = {clause: bit for bit, clause in enumerate(sorted(every, key=lambda c: (weight(c), sorted(c))))}
        self._masks = WordMasks(self._bits)
        self._met: dict[tuple[int, int], int] = {}
        self._reading: Reading | None = None

    def met(self, reading: Reading, parts: Iterable[tuple[int, int]]) -> int:
        """Return the bits of the clauses that parts of a reading meet; those of a part are found once."""
        if reading is not self._reading:
            self._met, self._reading = {}, reading
        met, mask = self._met, 0
        for part in parts:
            known = met.get(part)
            if known is None:
                words = reading.folded[part[0] : part[1]].split(" ")
                known = met[part] = reduce(or_, map(self._masks.__getitem__, words), 0)
            mask |= known
        return mask

    def of(self, patterns: Iterable[Pattern]) -> int:
        """Return the bits that a text must have for all `patterns` to match."""
        bits = {self._bits[clause] for pattern in patterns for clause in self._of_pattern[pattern.source]}
        return sum(1 << bit for bit in bits)


def asked(rules: Iterable[Rule]) -> Iterator[Pattern]:
    """Yield the patterns of rules that a text must match for the rules to find anything."""
    for rule in rules:
        yield from (*rule.find, *rule.needs)


class FieldFilter:
    """Tells which patterns of a field may match a unit; for norms alone, whose fields look for much and find little."""

    def __init__(self, rules: Iterable[Rule], words: Words) -> None:
        specs = [spec for rule in rules if rule.scope == "deontic" for spec in rule.fields if spec.region in WITHIN]
        self._clauses = ClauseBits((pattern for spec in specs for _, pattern in spec.options), words)
        self._needs = {
            id(spec): tuple((self._clauses.of([option[1]]), option) for option in spec.options) for spec in specs
        }

    def options(self, spec: FieldRule, reading: Reading, parts: Iterable[tuple[int, int]]) -> Sequence[Option]:
        """Return those of a field's options that may match within the unit of these parts."""
        needs = self._needs.get(id(spec))
        if needs is None:
            return spec.options
        mask = self._clauses.met(reading, parts)
        return [option for need, option in needs if mask & need == need]


class Prefilter:
    """The rules of one scope, searched together.

    A rule is looked at where a text has the rarest of the bits that one of its patterns needs; which are rare
    is learned from the first texts.
    """

    def __init__(self, rules: Sequence[Rule], clauses: ClauseBits) -> None:
        self._rules = tuple(rules)
        filed = [
            (clauses.of((pattern, *rule.needs)), k, pattern) for k, rule in enumerate(rules) for pattern in rule.find
        ]
        self._entries: list[_Entry] = [(order, *entry) for order, entry in enumerate(filed)]
        self._seen: list[int] = []
        self._always = [entry for entry in self._entries if not entry[1]]
        self._file()

    def _file(self) -> None:
        """File each pattern under the rarest of its bits."""
        asked = reduce(or_, (need for _, need, _, _ in self._entries), 0)
        counts: dict[int, int] = defaultdict(int)
        for mask in self._seen:
            for bit in _bits(mask & asked):
                counts[bit] += 1
        self._by_key: dict[int, list[_Entry]] = defaultdict(list)
        for entry in self._entries:
            if entry[1]:
                key = min(_bits(entry[1]), key=lambda bit: (counts[bit], bit))
                self._by_key[key].append(entry)
        self._keys = sum(1 << key for key in self._by_key)

    @property
    def unfiltered(self) -> tuple[str, ...]:
        """Names of the rules with a pattern that may match any words, which is tried on every text."""
        return tuple(dict.fromkeys(self._rules[index].name for _, _, index, _ in self._always))

    def candidates(self, mask: int) -> list[Candidate]:
        """Return the rules that may match a text which has the bits `mask`, in their own order."""
        if len(self._seen) < _LEARNED:
            self._seen.append(mask)
            if len(self._seen) == _LEARNED:
                self._file()
        keys = mask & self._keys
        if not keys and not self._always:
            return []
        met = list(self._always)
        written = bin(keys)[:1:-1]
        key = written.find("1")
        while key >= 0:
            for entry in self._by_key[key]:
                if mask & entry[1] == entry[1]:
                    met.append(entry)
            key = written.find("1", key + 1)
        met.sort()
        found: list[Candidate] = []
        last = -1
        for _, need, index, pattern in met:
            if index == last:
                rule, patterns, needs = found[-1]
                found[-1] = (rule, (*patterns, pattern), (*needs, need))
            else:
                found.append((self._rules[index], (pattern,), (need,)))
                last = index
        return found


def still(candidate: Candidate, mask: int) -> tuple[Pattern, ...]:
    """Return those patterns of a candidate that may match a part of its text, which has the bits `mask`."""
    _, patterns, needs = candidate
    return tuple([pattern for pattern, need in zip(patterns, needs, strict=True) if need & mask == need])


def _bits(mask: int) -> Iterator[int]:
    """Yield the number of each bit of a mask, the lowest first."""
    written = bin(mask)[:1:-1]
    at = written.find("1")
    while at >= 0:
        yield at
        at = written.find("1", at + 1)
