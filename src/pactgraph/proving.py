"""Runs the examples that stand beside the rules: what each must find, and what it must not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pactgraph.extracting import Example, Rule, RuleSet, extract_raw
from pactgraph.model import Document, FieldValue, Finding
from pactgraph.segmenting import segment


@dataclass(frozen=True, slots=True)
class Proof:
    """One example run: the rule, where the example stands, and what is wrong ('' where it holds)."""

    rule: str
    place: str
    fault: str


def prove(rules: RuleSet) -> Iterator[Proof]:
    """Yield a proof for each example and near-miss of each rule, in order.

    An example holds where the rule itself yields, for each expected set of fields, a finding of its
    own that has them; a near-miss holds where the rule yields nothing.
    """
    parties = tuple(rule for rule in rules.rules if rule.term == "Party")
    for rule in rules.rules:
        alone = replace(rules, rules=(rule,) if rule in parties else (*parties, rule))
        for example in rule.examples:
            yield Proof(rule.name, example.place, _missing(example, _findings(example.text, alone, rule)))
        for example in rule.near_misses:
            found = _findings(example.text, alone, rule)
            fault = f"finds {_shown(found[0])} though: {example.because}" if found else ""
            yield Proof(rule.name, example.place, fault)


def _findings(text: str, rules: RuleSet, rule: Rule) -> Sequence[Finding]:
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    document = Document("example", "example.md", text, digest, "text/markdown")
    return [f for f in extract_raw(document, segment(document), rules) if f.rule == rule.name]


def _missing(example: Example, found: Sequence[Finding]) -> str:
    """Return what of the expected findings is not among the found, '' where all are."""
    left = list(found)
    for wanted in example.finds:
        match = next((f for f in left if all(_same(f.fields.get(k), v) for k, v in wanted.items())), None)
        if match is None:
            got = "; ".join(_shown(f) for f in found) or "nothing"
            return f"does not find {dict(wanted)}; it finds {got}"
        left.remove(match)
    return ""


def _same(found: FieldValue | None, wanted: FieldValue) -> bool:
    if isinstance(found, tuple) and isinstance(wanted, tuple):
        return sorted(found) == sorted(wanted)
    if isinstance(found, str) and isinstance(wanted, str):
        return found.rstrip(".") == wanted.rstrip(".")
    return found == wanted


def _shown(finding: Finding) -> str:
    return str({name: str(value) for name, value in finding.fields.items()})
