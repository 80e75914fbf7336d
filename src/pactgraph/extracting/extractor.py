"""From a segmented document to findings: parties first, then all rules on the reading that knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from pactgraph.extracting import introducing
from pactgraph.extracting.borrowing import lenders, with_borrowed
from pactgraph.extracting.cells import cell_edits
from pactgraph.extracting.documents import without_second_names
from pactgraph.extracting.hyphens import hyphen_edits
from pactgraph.extracting.labels import label_edits
from pactgraph.extracting.matching import match
from pactgraph.extracting.names import listed
from pactgraph.extracting.parties import names_of, token_edits
from pactgraph.extracting.patterns import Pattern
from pactgraph.extracting.prefilter import ClauseBits, FieldFilter, Prefilter, asked, still
from pactgraph.extracting.resolving import resolve
from pactgraph.extracting.rules import SCOPES, Lexicon, Rule, RuleSet
from pactgraph.extracting.units import IN_SENTENCE, Unit, Units
from pactgraph.extracting.views import Reading, ascii_form, noise, read, read_named
from pactgraph.model import Document, Finding, Outline, Span

PARTY, TITLE, DEFINITION = "Party", "AgreementTitle", "DefinedTerm"
_SENTENCE = "in a sentence"

_Try = tuple[Rule, Unit, tuple[Pattern, ...]]
"""A rule that may match a unit, with those of its `find` patterns that may."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What the rules found in a document: terms, and `marks` where its words exclude kinds or leave them elsewhere.

    A mark has no fields, and its `rule` is one of the state rules.
    """

    findings: tuple[Finding, ...]
    marks: tuple[Finding, ...] = ()


class Extractor:
    """The rules of a mappings folder, made ready to read documents."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        groups: dict[tuple[bool, bool, str], list[Rule]] = {}
        every = (*rules.rules, *rules.state_rules)
        self._borrowing = lenders(every)
        for rule in every:
            scope = _SENTENCE if rule.scope in IN_SENTENCE else rule.scope
            groups.setdefault((rule.term == PARTY, rule.plain, scope), []).append(rule)
        self._placed = frozenset(rule.name for rule in every if rule.is_placed)
        self._clauses = ClauseBits(asked(every), rules.lexicon.words)
        self._prefilters = {key: Prefilter(group, self._clauses) for key, group in groups.items()}
        self._fields = FieldFilter(rules.rules, rules.lexicon.words)

    def extract(self, document: Document, outline: Outline) -> tuple[Finding, ...]:
        """Return all findings of the document, resolved, in text order, each with its reading."""
        return self.examine(document, outline).findings

    def examine(self, document: Document, outline: Outline) -> Examined:
        """Return the findings of the document as `extract` does, and its marks."""
        plain, named, parties = self.readings(document, outline)
        found, marks = self._parted(self._found(plain, named, parties))
        resolved = resolve(found, self.rules)
        return Examined(tuple(_with_reading(finding, document, plain.reading) for finding in resolved), tuple(marks))

    def raw(self, document: Document, outline: Outline) -> list[Finding]:
        """Return what every rule finds, before one record stands for one fact; of state rules, what they mark."""
        return self._found(*self.readings(document, outline))

    def _parted(self, found: list[Finding]) -> tuple[list[Finding], list[Finding]]:
        """Return the findings of terms apart from what the state rules mark."""
        names = {rule.name for rule in self.rules.state_rules}
        return [f for f in found if f.rule not in names], [f for f in found if f.rule in names]

    def _found(self, plain: Units, named: Units, parties: tuple[Finding, ...]) -> list[Finding]:
        found = [*parties, *self._run(plain, party=False, plain=True), *self._run(named, party=False, plain=False)]
        found = with_borrowed(found, self._borrowing, self.rules)
        found = without_second_names(found, plain.reading.text)
        lexicon = self.rules.lexicon
        vendor = introducing.vendor_of(parties, plain, lexicon)
        return [_with_vendor(finding, vendor) for finding in found if not _is_short_for(finding, parties, lexicon)]

    def readings(self, document: Document, outline: Outline) -> tuple[Units, Units, tuple[Finding, ...]]:
        """Return what rules read, without and with party tokens, and the parties whose names these stand for."""
        flat = ascii_form(document.text)
        edits = noise(flat, document.furniture, outline.joints)
        edits += hyphen_edits(document)
        edits += label_edits(document)
        edits[:0] = cell_edits(document, outline)  # before the edits that make one space of many
        plain = Units(read(document.text, edits), outline)
        parties = introducing.parties(tuple(self._run(plain, party=True, plain=True)), plain, self.rules)
        names = names_of(parties, plain.reading.text, self.rules.lexicon)
        tokens = token_edits(flat, names, outline.joints)
        return plain, Units(read_named(document.text, edits, tokens, plain.reading), outline, self._fields), parties

    def _run(self, units: Units, *, party: bool, plain: bool) -> list[Finding]:
        """Return what the rules of one reading find, by scope and place.

        They are tried one after another, each on all its units: what an expression runs on is at hand then.
        """
        tries = list(self._tries(units, party=party, plain=plain))
        of_rule: dict[str, list[int]] = {}
        for place, (rule, _, _) in enumerate(tries):
            of_rule.setdefault(rule.name, []).append(place)
        found: list[list[Finding]] = [[] for _ in tries]
        for places in of_rule.values():
            for place in places:
                rule, unit, patterns = tries[place]
                found[place] = match(rule, unit, units, patterns)
        return list(chain.from_iterable(found))

    def _tries(self, units: Units, *, party: bool, plain: bool) -> Iterator[_Try]:
        """Yield which rules may match which units, with those patterns that may."""
        sentences = self._prefilters.get((party, plain, _SENTENCE))
        if sentences is not None:
            yield from self._in_sentences(sentences, units)
        for scope in SCOPES:
            prefilter = self._prefilters.get((party, plain, scope)) if scope not in IN_SENTENCE else None
            if prefilter is None:
                continue
            for unit in units.of(scope):
                for rule, patterns, _ in prefilter.candidates(self._clauses.met(units.reading, unit.parts)):
                    if rule.name not in self._placed or units.admits(rule, unit.clause):
                        yield rule, unit, patterns

    def _in_sentences(self, prefilter: Prefilter, units: Units) -> Iterator[_Try]:
        """Yield the tries of all scopes in IN_SENTENCE; each sentence passes the filter once."""
        for index in units.spoken:
            whole = self._clauses.met(units.reading, units.whole(index))
            cut: dict[str, list[tuple[Unit, int]]] = {}
            for candidate in prefilter.candidates(whole):
                rule, every, _ = candidate
                if rule.name in self._placed and not units.admits(rule, units.outline.sentences[index].clause):
                    continue
                if rule.scope not in cut:
                    parts = units.within(rule.scope, index)
                    cut[rule.scope] = [(unit, self._clauses.met(units.reading, unit.parts)) for unit in parts]
                for unit, mask in cut[rule.scope]:
                    patterns = every if mask == whole else still(candidate, mask)
                    if patterns:
                        yield rule, unit, patterns


_NO_SHORT_NAME = re.compile(
    r"\b(?:agreement|date|plan|program|products?|services?|software|equipment|dispute)\b", re.IGNORECASE
)
"""What is no short name of a party, though it stands where one is introduced."""


def _with_reading(finding: Finding, document: Document, reading: Reading) -> Finding:
    """Return the finding with its words as they read without what line ends and marks do to them."""
    words = reading.words(Span(finding.start, finding.end)).strip()
    return finding if words == document.text[finding.start : finding.end] else replace(finding, reading=words)


def _is_short_for(finding: Finding, parties: tuple[Finding, ...], lexicon: Lexicon) -> bool:
    """Return whether a definition only shortens a party's name, which the record of the party says already.

    A noun that says what the party does, such as 'the Service Provider', is defined all the same.
    """
    if finding.term != DEFINITION:
        return False
    short = str(finding.fields.get("name", "")).casefold()
    meaning = str(finding.fields.get("definition", "")).casefold()
    roles = (*lexicon.provider_words, *lexicon.customer_words, *lexicon.other_words)
    for party in parties:
        name = str(party.fields.get("name", "")).casefold()
        here = party.start <= finding.end <= party.end + 2 or name.partition(" ")[0] in meaning.split()
        alias = (
            here
            and short not in roles
            and not _NO_SHORT_NAME.search(short)
            and short in {a.casefold() for a in listed(party.fields.get("alias"))}
        )
        if party.fields.get("legalForm") and name != short and (alias or name.startswith(short)):
            return True
    return False


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
    return examine(document, outline, rules).findings


def examine(document: Document, outline: Outline, rules: RuleSet) -> Examined:
    """Return what `extract` does, with the marks that tell what the document says of kinds that it does not state."""
    return _extractor(rules).examine(document, outline)
