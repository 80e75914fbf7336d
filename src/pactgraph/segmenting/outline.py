"""The tree's passages into sentences, and all of it into an Outline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pactgraph.model import Clause, Document, Outline, Sentence, Span
from pactgraph.segmenting.blocks import blocks
from pactgraph.segmenting.drafts import Draft, Passage, Tree
from pactgraph.segmenting.items import items
from pactgraph.segmenting.joints import find_joints
from pactgraph.segmenting.keys import keys
from pactgraph.segmenting.leads import introduces
from pactgraph.segmenting.lines import layout, legible, lines, turned
from pactgraph.segmenting.lost_breaks import lost_breaks
from pactgraph.segmenting.marked import emphasised, marked
from pactgraph.segmenting.references import references
from pactgraph.segmenting.sentences import split
from pactgraph.segmenting.tree import build

_LISTED = frozenset(("bullet", "lettered", "roman", "numbered"))
_LABEL = re.compile(r"(?:\((?:[a-z]{1,4}|[A-Z]|\d{1,2})\)|\d{1,2}(?:\.\d{1,2})+[.)]?|\d{1,2}\.)\s+(?=[A-Z“\"])")
_LABEL_SIGNS = frozenset("(0123456789")
_BLANK_LINE = re.compile(r"\n[ \t\r\f]*\n")
_MARKUP = frozenset("*_#>|`[]" + "".join(filter(str.isspace, map(chr, range(0x3001)))))


def segment(document: Document) -> Outline:
    """Return the clauses of `document` as a tree and its sentences, both in text order.

    Every offset is one of `document.text`. A clause's `start` to `end` are its own mark, heading and
    words; paragraphs that come after its sub-clauses are its sentences too and lie before its
    `whole_end`. Sentences do not overlap, never begin or end with page furniture, and leave out
    clause numbers; a heading is a sentence of its own. Never raises, whatever the text.
    """
    text = legible(document)
    stated = marked(text, document)
    if not stated:
        found = lines(text, lost_breaks(document.text) if document.media_type == "text/plain" else ())
        if document.furniture:
            found = turned(found, document.furniture)
        stated = blocks(found, layout(found, paged=bool(document.pages)))
    tree = build(text, emphasised(document), stated)
    clauses = _clauses(tree)
    return Outline(clauses, _Sentences(tree).all(), find_joints(document.text), references(document.text, clauses))


def _clauses(tree: Tree) -> tuple[Clause, ...]:
    ends = [draft.end for draft in tree.drafts]
    for passage in tree.passages:
        ends[passage.clause] = max(ends[passage.clause], passage.end)
    levels: list[int] = []
    for draft in tree.drafts:
        levels.append(0 if draft.parent is None else levels[draft.parent] + 1)
    for index in range(len(tree.drafts) - 1, -1, -1):
        parent = tree.drafts[index].parent
        if parent is not None:
            ends[parent] = max(ends[parent], ends[index])
    described = zip(tree.drafts, keys(tree.drafts), levels, ends, strict=True)
    return tuple(_clause(tree.text, *each) for each in described)


def _clause(text: str, draft: Draft, key: str, level: int, whole_end: int) -> Clause:
    heading = text[slice(*draft.heading)] if draft.heading else ""
    return Clause(
        key=key,
        number="" if draft.kind in ("heading", "preamble") else draft.number,
        kind=draft.kind,
        level=level,
        heading=" ".join(heading.split()).strip(" .:"),
        start=draft.start,
        end=draft.end,
        whole_end=whole_end,
        parent=draft.parent,
        heading_span=Span(*draft.heading) if draft.heading else None,
    )


@dataclass(slots=True)
class _Sentences:
    """Collects sentences passage by passage; `latest` is each clause's last sentence so far."""

    tree: Tree
    found: list[Sentence] = field(default_factory=list)
    latest: dict[int, int] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    header: int | None = None

    def all(self) -> tuple[Sentence, ...]:
        """Return the sentences of all passages, in text order."""
        begun: set[int] = set()
        for passage in self.tree.passages:
            lead = None
            if passage.is_heading:
                self._add(passage, None)
                continue
            if passage.clause not in begun:
                lead = self._lead(passage)
            elif not passage.row and self.tree.text[passage.start].islower():
                lead = self._resumed(passage)
            begun.add(passage.clause)
            self._add(passage, lead)
        return tuple(self._with_whole_ends())

    def _add(self, passage: Passage, lead: int | None) -> None:
        if passage.row and self.header is not None and self._begins_table(passage):
            self.header = None
        for position, (start, end) in enumerate(self._spans(passage)):
            if passage.row:
                lead = self.header
                self.rows.add(len(self.found))
            introduced = lead if position == 0 or passage.row else None
            inside = () if passage.is_heading or passage.row else items(self.tree.text, start, end)
            if not passage.is_heading and not (inside and inside[0].start == start):
                label = _LABEL.match(self.tree.text, start, end) if self.tree.text[start] in _LABEL_SIGNS else None
                start = label.end() if label else start
            self.latest[passage.clause] = len(self.found)
            self.found.append(Sentence(start, end, passage.clause, introduced, end, inside, passage.is_heading))
        if passage.row and self.header is None:
            self.header = len(self.found) - 1 if self.found else None
        elif not passage.row:
            self.header = None

    def _begins_table(self, passage: Passage) -> bool:
        """Whether a blank line parts a row from the one before it: then it is the first of another table."""
        return bool(_BLANK_LINE.search(self.tree.text, self.found[-1].end, passage.start))

    def _spans(self, passage: Passage) -> Iterator[tuple[int, int]]:
        text = self.tree.text
        if passage.is_heading or passage.row:
            spans = [(passage.start, passage.end)]
        else:
            spans = split(text, passage.start, passage.end)
        for start, end in spans:
            while start < end and text[start] in _MARKUP:
                start += 1
            while start < end and text[end - 1] in _MARKUP:
                end -= 1
            if start < end:
                yield start, end

    def _lead(self, passage: Passage) -> int | None:
        """Return the sentence that introduces the first words of a clause: its parent's last, if that is left open."""
        draft = self.tree.drafts[passage.clause]
        if draft.parent is None or draft.kind not in _LISTED or draft.depth:
            return None  # a heading of Markdown opens a section of its own, whatever the words before it leave open
        lead = self.latest.get(draft.parent)
        if lead is None:
            return None
        before = self.found[lead]
        words = self.tree.text[max(before.start, before.end - 24) : before.end]
        if before.is_heading:
            return lead if words.endswith(":") else None
        return lead if introduces(words) else None

    def _resumed(self, passage: Passage) -> int | None:
        """Return the sentence that text after a list goes on with ('provided, however, that …')."""
        lead = self.latest.get(passage.clause)
        if lead is None or self.found[lead].is_heading:
            return None
        before = self.found[lead]
        words = self.tree.text[max(before.start, before.end - 24) : before.end]
        return lead if introduces(words) else None

    def _with_whole_ends(self) -> Iterator[Sentence]:
        runs = self._run_ends()
        ends = [sentence.end for sentence in self.found]
        for index in range(len(self.found) - 1, -1, -1):
            lead = self.found[index].lead
            if lead is not None and index not in self.rows:
                ends[lead] = max(ends[lead], ends[index], runs[index])
        for s, whole_end in zip(self.found, ends, strict=True):
            if s.end == whole_end:
                yield s
            else:
                yield Sentence(s.start, s.end, s.clause, s.lead, whole_end, s.items, s.is_heading)

    def _run_ends(self) -> list[int]:
        """Return for each sentence where the uninterrupted words of its clause end."""
        ends = [sentence.end for sentence in self.found]
        for index in range(len(self.found) - 2, -1, -1):
            if self.found[index].clause == self.found[index + 1].clause:
                ends[index] = ends[index + 1]
        return ends
