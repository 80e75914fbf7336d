"""What rules read: the units of a document, each a text that maps back to the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from pactgraph.extracting.deontic import Stretch, is_leading_condition, meant, stretches
from pactgraph.extracting.modals import is_positive_imperative
from pactgraph.extracting.preamble import preamble
from pactgraph.extracting.prefilter import FieldFilter
from pactgraph.extracting.rules import Rule
from pactgraph.extracting.subjects import subject_of
from pactgraph.extracting.views import Reading
from pactgraph.model import Outline, Span

HEAD = 6000
"""How many characters of a document count as its head."""


SIGNATURE = 150
"""How many characters before 'By:' may name who signs."""

_DUTIES = re.compile(
    r"\bthe following (?:\w+ )?(?:obligations|duties|measures|commitments|undertakings)\b[^.:;]*: ?$", re.IGNORECASE
)
"""What leads to a list of duties each of which is one of its own."""

_SIGNED = re.compile(r"B[yY] ?: ?|For and on behalf of |for and on behalf of |FOR AND ON BEHALF OF ")

_FIRST_WORDS = 90
"""So many characters of a clause without a heading tell what it is about."""

_OPENING_SENTENCES = 4
"""Among so many sentences at its beginning a document has its title."""

OPENING = 1500
"""How many characters from its beginning a document may take to say its title."""


IN_SENTENCE = ("sentence", "item", "listed")
"""The scopes whose units each lie in one sentence and its lead."""


class Unit:
    """A text for rules to match: the unit's own words, preceded by the words that introduce it.

    `parts` are bounds in the reading; the last one is the unit's own, those before it are its lead, and `own` is
    where the own words begin in `text`. A unit about a modal verb has it at `pivot` in its text, and names who it
    speaks of in `subject`. Never changed once made; no dataclass, because there are very many.
    """

    __slots__ = ("_text", "clause", "is_head", "own", "parts", "pivot", "reading", "sentence", "subject")

    def __init__(
        self,
        reading: Reading,
        parts: tuple[tuple[int, int], ...],
        sentence: int,
        clause: int | None,
        is_head: bool = False,
    ) -> None:
        self.reading = reading
        self.parts = parts
        self.sentence = sentence
        self.clause = clause
        self.is_head = is_head
        self.own = sum(b - a + 1 for a, b in parts[:-1]) if len(parts) > 1 else 0
        self.pivot = -1
        self.subject = ""
        self._text: str | None = None

    @property
    def text(self) -> str:
        """The lead and the own words, joined by single spaces."""
        if self._text is None:
            text = self.reading.text
            self._text = " ".join([text[a:b] for a, b in self.parts])
        return self._text

    def to_source(self, start: int, end: int) -> Span:
        """Return the source span of `text[start:end]`; where it reaches into the lead, of its own words alone."""
        begin = self.parts[-1][0] - self.own
        if start >= self.own:
            return self.reading.to_source(begin + start, begin + end)
        if end > self.own:
            return self.reading.to_source(begin + self.own, begin + end)
        return self.lead_span(start, end)

    def lead_span(self, start: int, end: int) -> Span:
        """Return the source span of words that lie in one part of the lead."""
        offset = 0
        for a, b in self.parts:
            if start < offset + (b - a) or (a, b) == self.parts[-1]:
                return self.reading.to_source(a + start - offset, min(b, a + end - offset))
            offset += b - a + 1
        raise AssertionError("the last part always answers")

    @property
    def span(self) -> Span:
        """The source span of the unit's own words."""
        return self.reading.to_source(*self.parts[-1])


class Units:
    """All units of one document in one reading."""

    def __init__(self, reading: Reading, outline: Outline, fields: FieldFilter | None = None) -> None:
        self.reading = reading
        self.fields = fields
        self.chosen: dict[tuple[int, str], str | None] = {}
        self.outline = outline
        self.bounds = [reading.slice(s.start, s.end) for s in outline.sentences]
        self.spoken = [i for i, sentence in enumerate(outline.sentences) if not sentence.is_heading]
        self._headings: dict[int | None, str] = {None: ""}
        self._admitted: dict[tuple[str, str], bool] = {}
        self._leads: dict[int, tuple[tuple[int, int], ...]] = {}
        self._inner: dict[int, list[tuple[int, int]]] = {}

    def of(self, scope: str) -> Iterator[Unit]:
        """Yield the units of a scope (see rules.SCOPES) in text order."""
        yield from getattr(self, f"_{scope}")()

    def _sentence(self) -> Iterator[Unit]:
        return (unit for i in self.spoken for unit in self.within("sentence", i))

    def _item(self) -> Iterator[Unit]:
        return (unit for i in self.spoken for unit in self.within("item", i))

    def _listed(self) -> Iterator[Unit]:
        return (unit for i in self.spoken for unit in self.within("listed", i))

    def whole(self, index: int) -> tuple[tuple[int, int], ...]:
        """Return the bounds of all that a rule of a scope in IN_SENTENCE reads: a sentence, its lead and its items."""
        return (*self._lead(index), self.bounds[index], *self._inside(index))

    def within(self, scope: str, index: int) -> Iterator[Unit]:
        """Yield the units of one sentence, in a scope of IN_SENTENCE."""
        if scope == "sentence":
            yield self._unit((self.bounds[index],), index)
        elif scope == "item":
            yield from self._items(index)
        else:
            yield from (unit for unit in self._items(index) if len(unit.parts) > 1 and not unit.is_head)

    def _statement(self) -> Iterator[Unit]:
        for i in self.spoken:
            sentence = self.outline.sentences[i]
            bounds = self.bounds[i]
            if sentence.whole_end > sentence.end:
                bounds = self.reading.slice(sentence.start, sentence.whole_end)
            yield self._unit((bounds,), i)

    def _items(self, index: int) -> Iterator[Unit]:
        lead = self._lead(index)
        if not self.outline.sentences[index].items:
            yield self._unit((*lead, self.bounds[index]), index)
            return
        head, *items = self._inside(index)
        if head[1] > head[0]:
            yield self._unit((*lead, head), index, is_head=True)
            lead = (*lead, head)
        for item in items:
            yield self._unit((*lead, item), index)

    def _inside(self, index: int) -> list[tuple[int, int]]:
        """Return the bounds of the words before a sentence's items, and of the items; none where it has none."""
        if index not in self._inner:
            sentence = self.outline.sentences[index]
            starts = sentence.items[:1] and [(sentence.start, sentence.items[0].start)]
            spans = [*starts, *((item.start, item.end) for item in sentence.items)]
            self._inner[index] = [self.reading.slice(start, end) for start, end in spans]
        return self._inner[index]

    def _lead(self, index: int) -> tuple[tuple[int, int], ...]:
        """Return the bounds of the words that lead a sentence."""
        lead = self.outline.sentences[index].lead
        if lead is None:
            return ()
        if lead not in self._leads:
            self._leads[lead] = self._led_by(lead)
        return self._leads[lead]

    def _led_by(self, lead: int | None) -> tuple[tuple[int, int], ...]:
        chain: list[tuple[int, int]] = []
        while lead is not None and len(chain) < 2:
            sentence = self.outline.sentences[lead]
            start = sentence.items[-1].start if sentence.items and len(chain) == 0 else sentence.start
            chain.insert(0, self.reading.slice(start, sentence.end))
            if start != sentence.start:
                chain.insert(0, self.reading.slice(sentence.start, sentence.items[0].start))
            lead = sentence.lead
        return tuple(part for part in chain if part[1] > part[0])

    def _deontic(self) -> Iterator[Unit]:
        governed: set[int] = set()
        before: tuple[int, str] = (-1, "")
        for i, sentence in enumerate(self.outline.sentences):
            if sentence.is_heading:
                continue
            start, end = self.bounds[i]
            found = stretches(self.reading.text, start, end, self._inside(i)[1:])
            if found and before[0] == sentence.clause:
                found = meant(self.reading.text, found, before[1])
            before = sentence.clause, found[-1].subject if found else ""
            below = sentence.lead in governed
            if below or (found and sentence.whole_end > sentence.end):
                governed.add(i)
            ending = [k for k, stretch in enumerate(found) if stretch.end >= end - 2]
            if ending and sentence.whole_end > sentence.end and not _DUTIES.search(self.reading.text, end - 80, end):
                whole = self.reading.slice(sentence.start, sentence.whole_end)
                found[ending[-1]] = found[ending[-1]]._replace(end=whole[1])
            if below:  # what a list under a modal verb says is that verb's
                text = self.reading.text
                found = [s for s in found if s.subject and not is_positive_imperative(text, s.pivot)]
            yield from (self._modal(i, stretch) for stretch in found)

    def _modal(self, index: int, stretch: Stretch) -> Unit:
        """Return the unit of one modal verb; where it names no subject, what introduces it is its lead."""
        lead = (stretch.lead,) if stretch.lead else ()
        above = self._lead(index)
        if stretch.subject and not stretch.lead:
            above = tuple(part for part in above[-1:] if is_leading_condition(self.reading.text, *part))
        unit = self._unit((*above, *lead, (stretch.start, stretch.end)), index)
        unit.subject = stretch.subject or subject_of(unit.text[: unit.own])
        unit.pivot = unit.own + stretch.pivot - stretch.start
        return unit

    def _clause(self) -> Iterator[Unit]:
        first = self._first_sentences()
        for k, clause in enumerate(self.outline.clauses):
            bounds = self.reading.slice(clause.start, clause.end)
            if bounds[1] > bounds[0]:
                yield Unit(self.reading, (bounds,), first.get(k, 0), k)

    def _heading(self) -> Iterator[Unit]:
        for i, sentence in enumerate(self.outline.sentences):
            if sentence.is_heading:
                yield self._unit((self.bounds[i],), i)

    def _head(self) -> Iterator[Unit]:
        end = min(HEAD, len(self.reading.text))
        if end:
            yield Unit(self.reading, ((0, end),), 0, 0 if self.outline.clauses else None)

    def _preamble(self) -> Iterator[Unit]:
        bounds = preamble(self.reading.text)
        if bounds:
            at = max((k for k, (start, _) in enumerate(self.bounds) if start <= bounds[0]), default=None)
            if at is not None:
                yield self._unit((bounds,), at)

    def _signature(self) -> Iterator[Unit]:
        starts = [start for start, _ in self.bounds]
        text = self.reading.text
        for hit in _SIGNED.finditer(text):
            before = text[max(0, hit.start() - 1) : hit.start()]
            if before.isalnum() or before == "_":
                continue
            named_before = hit[0][0] == "B"
            start = max(0, hit.start() - SIGNATURE) if named_before else hit.start()
            end = hit.end() if named_before else min(len(self.reading.text), hit.end() + SIGNATURE)
            at = bisect_right(starts, hit.start()) - 1
            if at >= 0:
                yield self._unit(((start, end),), at)

    def _title(self) -> Iterator[Unit]:
        for i, sentence in enumerate(self.outline.sentences):
            if sentence.start > OPENING:
                return
            if sentence.is_heading or i < 2:
                yield self._unit((self.bounds[i],), i)

    def _unit(self, parts: tuple[tuple[int, int], ...], sentence: int, *, is_head: bool = False) -> Unit:
        return Unit(self.reading, parts, sentence, self.outline.sentences[sentence].clause, is_head)

    def _first_sentences(self) -> dict[int, int]:
        first: dict[int, int] = {}
        for i, sentence in enumerate(self.outline.sentences):
            first.setdefault(sentence.clause, i)
        return first

    def heading(self, clause: int | None) -> str:
        """Return the headings above and of a clause, outermost first, joined by ' / '."""
        if clause not in self._headings and clause is not None:
            node = self.outline.clauses[clause]
            above = self.heading(node.parent)
            self._headings[clause] = " / ".join(part for part in (above, node.heading) if part)
        return self._headings[clause]

    @cached_property
    def title(self) -> str:
        """The headings with which the document begins, joined by ' / '; without one, its first words."""
        first = list(zip(self.outline.sentences, self.bounds, strict=True))[:_OPENING_SENTENCES]
        headings = [self.reading.text[a:b] for sentence, (a, b) in first if sentence.is_heading]
        return " / ".join(headings) or self.reading.text[: 2 * _FIRST_WORDS]

    def admits(self, rule: Rule, clause: int | None) -> bool:
        """Return whether the document's title and the headings of a clause let `rule` look at it."""
        heading = self.heading(clause)
        key = rule.name, heading
        if key not in self._admitted:
            self._admitted[key] = (
                (rule.under is None or rule.under.search(heading) is not None)
                and (rule.titled is None or rule.titled.search(f"{self.title} / {heading}") is not None)
                and (rule.not_under is None or rule.not_under.search(heading) is None)
            )
        return self._admitted[key]

    def in_one_clause(self, span: Span, anchor: int, guess: int | None) -> tuple[Span, int | None]:
        """Return the span and the innermost clause that holds it, the `guess` where that does.

        Words that run over several clauses are cut to the one in which the source's character `anchor` stands.
        """
        clauses = self.outline.clauses
        if guess is not None and clauses[guess].start <= span.start and span.end <= clauses[guess].whole_end:
            return span, guess
        holding = [k for k, c in enumerate(clauses) if c.start <= span.start and span.end <= c.whole_end]
        if not holding:
            holding = [k for k, c in enumerate(clauses) if c.start <= anchor < c.whole_end]
        if not holding:
            return span, guess
        clause = max(holding, key=lambda k: clauses[k].start)
        found = clauses[clause]
        return Span(max(span.start, found.start), min(span.end, found.whole_end)), clause

    def neighbour(self, sentence: int, step: int) -> str:
        """Return the words of the sentence before (-1) or after (+1), headings left out; '' where there is none."""
        k = sentence + step
        while 0 <= k < len(self.bounds):
            if not self.outline.sentences[k].is_heading:
                a, b = self.bounds[k]
                return self.reading.text[a:b]
            k += step
        return ""

    def onward(self, unit: Unit) -> str:
        """Return the unit's own words and those that follow, up to the end of the next two sentences of its clause."""
        start, end = unit.parts[-1]
        for k in range(unit.sentence + 1, min(unit.sentence + 3, len(self.bounds))):
            if self.outline.sentences[k].clause != unit.clause:
                break
            end = max(end, self.bounds[k][1])
        return self.reading.text[start:end]

    def referred(self, span: Span) -> str:
        """Return what the clauses to which `text[span]` refers are about, joined by ' / '; not its own clause."""
        refs = (r for r in self.outline.references if span.start <= r.start < span.end and r.target != r.source)
        return " / ".join(self._subject_of(k) for k in dict.fromkeys(r.target for r in refs) if k is not None)

    def _subject_of(self, clause: int) -> str:
        """Return the headings above and of a clause; where it has none of its own, also its first words."""
        if self.outline.clauses[clause].heading:
            return self.heading(clause)
        begin = self.reading.from_source(self.outline.clauses[clause].start)
        return f"{self.heading(clause)} {self.reading.text[begin : begin + _FIRST_WORDS]}"
