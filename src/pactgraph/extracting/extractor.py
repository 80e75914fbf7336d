"""From a segmented document to findings: parties first, then all rules on the reading that knows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from pactgraph.extracting import introducing
from pactgraph.extracting.hyphens import hyphen_edits
from pactgraph.extracting.labels import label_edits
from pactgraph.extracting.matching import match
from pactgraph.extracting.parties import names_of, token_edits
from pactgraph.extracting.prefilter import ClauseBits, Prefilter
from pactgraph.extracting.resolving import resolve
from pactgraph.extracting.rules import SCOPES, Rule, RuleSet
from pactgraph.extracting.units import IN_SENTENCE, Unit, Units
from pactgraph.extracting.views import Reading, ascii_form, noise, read
from pactgraph.model import Document, Finding, Outline, Span

PARTY, TITLE = "Party", "AgreementTitle"
_SENTENCE = "in a sentence"


class Extractor:
    """The rules of a mappings folder, made ready to read documents."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        groups: dict[tuple[bool, bool, str], list[Rule]] = {}
        for rule in rules.rules:
            scope = _SENTENCE if rule.scope in IN_SENTENCE else rule.scope
            groups.setdefault((rule.term == PARTY, rule.plain, scope), []).append(rule)
        self._clauses = ClauseBits(rules.rules, rules.lexicon.words)
        self._prefilters = {key: Prefilter(group, self._clauses) for key, group in groups.items()}

    def extract(self, document: Document, outline: Outline) -> tuple[Finding, ...]:
        """Return all findings of the document, resolved, in text order, each with its reading."""
        plain, named, parties = self.readings(document, outline)
        found = resolve(self._found(plain, named, parties), self.rules)
        return tuple(_with_reading(finding, document, plain.reading) for finding in found)

    def raw(self, document: Document, outline: Outline) -> list[Finding]:
        """Return what every rule finds, before one record stands for one fact."""
        return self._found(*self.readings(document, outline))

    def _found(self, plain: Units, named: Units, parties: tuple[Finding, ...]) -> list[Finding]:
        found = [*parties, *self._run(plain, party=False, plain=True), *self._run(named, party=False, plain=False)]
        vendor = introducing.vendor_of(parties, plain, self.rules.lexicon)
        return [_with_vendor(finding, vendor) for finding in found]

    def readings(self, document: Document, outline: Outline) -> tuple[Units, Units, tuple[Finding, ...]]:
        """Return what rules read, without and with party tokens, and the parties whose names these stand for."""
        flat = ascii_form(document.text)
        edits = noise(flat, document.furniture, outline.joints)
        edits += hyphen_edits(document)
        edits += label_edits(document)
        plain = Units(read(document.text, edits), outline)
        parties = introducing.parties(tuple(self._run(plain, party=True, plain=True)), plain, self.rules)
        names = names_of(parties, plain.reading.text, self.rules.lexicon)
        tokens = token_edits(flat, names, outline.joints)
        return plain, Units(read(document.text, edits, tokens, plain.reading), outline), parties

    def _run(self, units: Units, *, party: bool, plain: bool) -> Iterator[Finding]:
        sentences = self._prefilters.get((party, plain, _SENTENCE))
        if sentences is not None:
            yield from self._in_sentences(sentences, units)
        for scope in SCOPES:
            prefilter = self._prefilters.get((party, plain, scope)) if scope not in IN_SENTENCE else None
            if prefilter is None:
                continue
            for unit in units.of(scope):
                for rule, patterns in prefilter.candidates(self._clauses.met(units.reading, unit.parts)):
                    yield from match(rule, unit, units, patterns)

    def _in_sentences(self, prefilter: Prefilter, units: Units) -> Iterator[Finding]:
        """Yield what the rules of all scopes in IN_SENTENCE find; each sentence passes the filter once."""
        for index in units.spoken:
            candidates = prefilter.candidates(self._clauses.met(units.reading, units.whole(index)))
            cut: dict[str, list[Unit]] = {}
            for rule, patterns in candidates:
                if rule.scope not in cut:
                    cut[rule.scope] = list(units.within(rule.scope, index))
                for unit in cut[rule.scope]:
                    yield from match(rule, unit, units, patterns)


def _with_reading(finding: Finding, document: Document, reading: Reading) -> Finding:
    """Return the finding with its words as they read without what line ends and marks do to them."""
    words = reading.words(Span(finding.start, finding.end)).strip()
    return finding if words == document.text[finding.start : finding.end] else replace(finding, reading=words)


def _with_vendor(finding: Finding, vendor: str) -> Finding:
    """Return a title finding with the trading name of the provider, any other finding as it is."""
    if finding.term != TITLE or not vendor:
        return finding
    return replace(finding, fields={**finding.fields, "vendor": vendor})


@lru_cache(maxsize=4)
def _extractor(rules: RuleSet) -> Extractor:
    return Extractor(rules)


def extract(document: Document, outline: Outline, rules: RuleSet) -> tuple[Finding, ...]:
    """Return all that the mappings find in a segmented document, in text order.

    Guarantees: each finding's span is non-empty and inside the document; the same input gives the
    same findings in the same order.
    """
    return _extractor(rules).extract(document, outline)


def extract_raw(document: Document, outline: Outline, rules: RuleSet) -> list[Finding]:
    """Return the findings of all rules before resolution: what proves a rule, or explains a record."""
    return Extractor(rules).raw(document, outline)
