"""What an agreement says of each kind of term: stated, excluded, unknown, or silent with a receipt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from pactgraph.extracting.rules import Paper, Rule, RuleSet
from pactgraph.model import Document, Finding, Outline, State
from pactgraph.vocabulary import schema

STATED, EXCLUDED, UNKNOWN, SILENT = "stated", "excluded", "unknown", "silent"
_DOCUMENT = "IncorporatedDocument"
_TITLE = "AgreementTitle"
_ATTACHED = re.compile(
    r"\b(?:schedule|exhibit|annex|appendix|attachment)s? (?:[A-Z]{1,2}|\d{1,2}|[IVX]{1,4})(?:-[A-Z0-9]{1,2})?\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w+")


def states(
    document: Document, outline: Outline, findings: Iterable[Finding], marks: Iterable[Finding], rules: RuleSet
) -> tuple[State, ...]:
    """Return the state of every kind of term that the ontology knows, by name.

    `marks` are where state rules matched. A kind is stated where there is a finding of it. Else it is excluded where
    words exclude it for certain; unknown where words leave it to what is not in the document; excluded where words
    probably exclude it; unknown where the whole agreement stands partly elsewhere, or could not be read; and silent
    where all its rules were tried on all clauses and found nothing. Without a clause or a rule nothing is silent.
    """
    found = tuple(findings)
    told = _Told(document, outline, rules, found, tuple(marks))
    first = {finding.term: finding for finding in reversed(found)}
    tried = _tried(rules)
    clauses = len(outline.clauses)
    return tuple(told.state(kind, first.get(kind), clauses, tried.get(kind, 0)) for kind in sorted(schema().kinds))


@lru_cache(maxsize=4)
def _tried(rules: RuleSet) -> Mapping[str, int]:
    """Return how many rules speak of each kind."""
    counts: dict[str, int] = {}
    for rule in rules.rules:
        counts[rule.term] = counts.get(rule.term, 0) + 1
    for rule in rules.state_rules:
        for kind in rule.kinds:
            counts[kind] = counts.get(kind, 0) + 1
    return counts


class _Told:
    """What the words of one agreement say of the kinds that it does not state."""

    def __init__(
        self,
        document: Document,
        outline: Outline,
        rules: RuleSet,
        found: tuple[Finding, ...],
        marks: tuple[Finding, ...],
    ) -> None:
        self._document = document
        self._rules = {rule.name: rule for rule in rules.state_rules}
        self._parts = _parts(outline, found)
        self._absent = tuple(paper for paper in rules.papers if not any(map(paper.named.search, self._parts)))
        self._ranked: dict[str, tuple[int, State]] = {}
        for mark in marks:
            self._mark(mark, self._rules[mark.rule])
        for finding in found:
            if finding.term == _DOCUMENT:
                self._refer(finding, str(finding.fields.get("name", "")))

    def _mark(self, mark: Finding, rule: Rule) -> None:
        words = " ".join(self._document.text[mark.start : mark.end].split())
        if rule.status == EXCLUDED:
            for kind in rule.kinds:
                self._keep(kind, 0 if mark.certainty == "certain" else 2, EXCLUDED, rule.about, mark)
        elif not rule.kinds:
            self._refer(mark, words)
        elif not any(part in self._parts for part in _attachments(words)):
            whole = len(rule.kinds) > len(schema().kinds) // 2
            for kind in rule.kinds:
                self._keep(kind, 3 if whole else 1, UNKNOWN, rule.about, mark)

    def _refer(self, place: Finding, name: str) -> None:
        """Note that what a document of this name settles is not here."""
        if any(label in self._parts for label in (_plain(name), *_attachments(name))):
            return
        for paper in _named(self._absent, name):
            for kind in paper.kinds:
                reason = f"It may stand in the {paper.sort}, which is not in this document."
                self._keep(kind, 1, UNKNOWN, reason, place)

    def _keep(self, kind: str, rank: int, status: str, reason: str, place: Finding) -> None:
        """Keep the state of the lowest rank, of equal ones the first in the text."""
        new = State(kind, status, reason, place.start, place.end, place.clause)
        old = self._ranked.get(kind)
        if old is None or (rank, place.start, place.end) < (old[0], old[1].start, old[1].end):
            self._ranked[kind] = rank, new

    def state(self, kind: str, first: Finding | None, clauses: int, rules: int) -> State:
        """Return the state of one kind, with the receipt: clauses looked at, and rules tried."""
        if first is not None:
            return State(kind, STATED, "", first.start, first.end, first.clause, clauses, rules)
        if kind in self._ranked:
            told = self._ranked[kind][1]
            return State(kind, told.status, told.reason, told.start, told.end, told.clause, clauses, rules)
        if self._document.unread:
            status, reason = UNKNOWN, f"Not all of the source was read: {self._document.unread[0]}"
        elif not rules:
            status, reason = UNKNOWN, "No rule looks for it."
        elif not clauses:
            status, reason = UNKNOWN, "There was no text to read."
        else:
            status, reason = SILENT, "No words on it were found."
        return State(kind, status, reason, clauses=clauses, rules=rules)


def _parts(outline: Outline, found: Iterable[Finding]) -> frozenset[str]:
    """Return what the parts of the document are called that might be documents of their own, and it itself."""
    parents = {clause.parent for clause in outline.clauses}
    names = [str(finding.fields.get("title", "")) for finding in found if finding.term == _TITLE]
    for index, clause in enumerate(outline.clauses):
        if clause.kind == "attachment":
            names += (clause.number, clause.key, clause.heading)
        elif clause.parent is None and clause.kind == "heading" and index in parents:
            names.append(clause.heading)
    return frozenset(plain for name in names if (plain := _plain(name)))


def _plain(name: str) -> str:
    """Return a name as it is compared: its words in small letters.

    >>> _plain("Service Level Agreement (“SLA”)")
    'service level agreement sla'
    """
    return " ".join(_WORDS.findall(name.casefold()))


def _attachments(words: str) -> Iterator[str]:
    """Yield the attachments that words name, as they are compared.

    >>> list(_attachments("as set out in Schedule B and Exhibit 1-A"))
    ['schedule b', 'exhibit 1 a']
    """
    yield from (_plain(hit[0]) for hit in _ATTACHED.finditer(words))


def _named(papers: Iterable[Paper], name: str) -> Iterator[Paper]:
    """Yield the sorts of documents that a name may stand for."""
    yield from (paper for paper in papers if paper.named.search(name))
