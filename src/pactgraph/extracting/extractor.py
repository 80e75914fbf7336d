"""From a segmented document to findings: parties first, then all rules on the reading that knows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from pactgraph.extracting import introducing
from pactgraph.extracting.matching import match
from pactgraph.extracting.parties import names_of, token_edits
from pactgraph.extracting.prefilter import Prefilter
from pactgraph.extracting.resolving import resolve
from pactgraph.extracting.rules import SCOPES, Rule, RuleSet
from pactgraph.extracting.units import Units
from pactgraph.extracting.views import ascii_form, noise, read
from pactgraph.model import Document, Finding, Outline

PARTY, TITLE = "Party", "AgreementTitle"


class Extractor:
    """The rules of a mappings folder, made ready to read documents."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        groups: dict[tuple[bool, bool, str], list[Rule]] = {}
        for rule in rules.rules:
            groups.setdefault((rule.term == PARTY, rule.plain, rule.scope), []).append(rule)
        self._prefilters = {key: Prefilter(group) for key, group in groups.items()}

    def extract(self, document: Document, outline: Outline) -> tuple[Finding, ...]:
        """Return all findings of the document, resolved, in text order."""
        return resolve(self.raw(document, outline), self.rules)

    def raw(self, document: Document, outline: Outline) -> list[Finding]:
        """Return what every rule finds, before one record stands for one fact."""
        edits = noise(ascii_form(document.text), document.furniture, outline.joints)
        plain = Units(read(document.text, edits), outline)
        parties = introducing.parties(tuple(self._run(plain, party=True, plain=True)), plain, self.rules)
        names = names_of(parties, plain.reading.text, self.rules.lexicon)
        tokens = token_edits(ascii_form(document.text), names)
        named = Units(read(document.text, edits, tokens), outline)
        found = [*parties, *self._run(plain, party=False, plain=True), *self._run(named, party=False, plain=False)]
        vendor = introducing.vendor_of(parties, plain, self.rules.lexicon)
        return [_with_vendor(finding, vendor) for finding in found]

    def _run(self, units: Units, *, party: bool, plain: bool) -> Iterable[Finding]:
        for scope in SCOPES:
            prefilter = self._prefilters.get((party, plain, scope))
            if prefilter is None:
                continue
            for unit in units.of(scope):
                for rule in prefilter.candidates(unit.text):
                    yield from match(rule, unit, units)


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
