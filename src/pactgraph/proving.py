"""Runs the examples that stand beside the rules, and looks for rules that prove nothing.

A rule is proven by its examples: what it must find, and the near-misses that it must not. A rule is a
duplicate where an earlier one of its kind has the same pattern and conditions, and shadowed where earlier
ones find all that it finds in its own examples: it may go, or it wants an example that needs it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pactgraph.extracting import Example, Extractor, Rule, RuleSet, lending_kinds
from pactgraph.model import Document, FieldValue, Finding
from pactgraph.segmenting import segment

TODO = "TODO"
"""What the examples of a new mapping begin with until somebody has written them."""

_PARTY = "Party"

Progress = Callable[[str, int, int], None]
"""Told after each rule: its name, how many are done, how many there are."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One example run: the rule, where the example stands, and what is wrong ('' where it holds)."""

    rule: str
    place: str
    fault: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a rule: `kind` is failing, unproven, duplicate or shadowed; `place` is file:line."""

    kind: str
    place: str
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was looked at, and what is wrong, in the order of the rules."""

    rules: int
    examples: int
    problems: tuple[Problem, ...]


def inspect(rules: RuleSet, files: Collection[str] | None = None, progress: Progress | None = None) -> Inspection:
    """Return what is wrong with the rules, or with those of some mapping `files`.

    A file is named without '.yaml'; of the file of words that refer elsewhere each rule is named by itself.

    An example holds where the rule itself yields, for each expected set of fields, a finding of its
    own that has them; a near-miss holds where the rule yields nothing. Rules of other files are then not
    judged, but may be what a rule repeats.
    """
    runner = _Runner(rules)
    every = (*rules.rules, *rules.state_rules)
    chosen = [rule for rule in every if files is None or rule.name in files or rule.name.split("/")[0] in files]
    problems: list[Problem] = []
    for number, rule in enumerate(chosen, 1):
        problems += _problems(rule, rules.state_rules if rule.status else rules.rules, runner)
        if progress is not None:
            progress(rule.name, number, len(chosen))
    problems += _without_near_miss(chosen)
    examples = sum(len(rule.examples) + len(rule.near_misses) for rule in chosen)
    return Inspection(len(chosen), examples, tuple(problems))


def _problems(rule: Rule, rules: Sequence[Rule], runner: _Runner) -> Iterator[Problem]:
    failing = [proof for proof in runner.proofs(rule) if proof.fault]
    yield from (Problem("failing", proof.place, rule.name, proof.fault) for proof in failing)
    if not rule.examples:
        message = "has no example; add 'examples' with a sentence that it must find"
        yield Problem("unproven", rule.place, rule.name, message)
    same = next((other for other in _earlier(rule, rules) if _conditions(other) == _conditions(rule)), None)
    if same is not None:
        message = f"has the pattern and the conditions of {same.name} ({same.place}); drop one"
        yield Problem("duplicate", rule.place, rule.name, message)
    elif rule.examples and not failing and not rule.status:
        over = runner.shadows(rule)
        if over:
            told = f"all that it finds in its examples is found by {', '.join(over)}"
            message = f"{told}; drop it, or add an example that needs it"
            yield Problem("shadowed", rule.place, rule.name, message)


def _earlier(rule: Rule, rules: Sequence[Rule]) -> Iterator[Rule]:
    """Yield the rules of the same kind of term that go before `rule`."""
    for other in rules:
        if other is rule:
            return
        if other.term == rule.term:
            yield other


def _conditions(rule: Rule) -> tuple[object, ...]:
    """Return all that decides where a rule finds something; equal ones find in the same places."""
    placing = (rule.under, rule.not_under, rule.titled, rule.previous)
    texts = (
        tuple(pattern.strict for pattern in patterns if pattern is not None)
        for patterns in (rule.find, rule.needs, rule.unless, *((pattern,) for pattern in placing))
    )
    return (rule.scope, rule.plain, *texts)


def _without_near_miss(rules: Sequence[Rule]) -> Iterator[Problem]:
    files: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        files[rule.name.split("/")[0]].append(rule)
    for owned in files.values():
        if not any(rule.near_misses for rule in owned):
            message = "no rule of the file has a near-miss; add 'near_misses' with a sentence that it must not find"
            yield Problem("unproven", owned[0].place, owned[0].name, message)


class _Runner:
    """Runs examples, all rules of a kind of term at once: they do not change what one another find."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._parties = tuple(rule for rule in rules.rules if rule.term == _PARTY)
        self._extractors: dict[str, Extractor] = {}
        self._found: dict[tuple[str, str], Mapping[str, Sequence[Finding]]] = {}

    def proofs(self, rule: Rule) -> Iterator[Proof]:
        for example in rule.examples:
            fault = _unwritten(example, "find") or _missing(example, self._of(rule, example))
            yield Proof(rule.name, example.place, fault)
        for example in rule.near_misses:
            found = self._of(rule, example)
            fault = f"finds {_shown(found[0])} though: {example.because}" if found else ""
            yield Proof(rule.name, example.place, _unwritten(example, "not find") or fault)

    def shadows(self, rule: Rule) -> tuple[str, ...]:
        """Return the names of earlier rules that find all that `rule` finds in its examples; () where they do not.

        The parties of an agreement are put together from what all rules find: none of these is shadowed.
        """
        if rule.term == _PARTY:
            return ()
        earlier = [other.name for other in _earlier(rule, self._rules.rules)]
        names: dict[str, None] = {}
        for example in rule.examples:
            by_rule = self._by_rule(rule, example)
            for finding in by_rule.get(rule.name, ()):
                over = next((n for n in earlier if any(_says(f, finding) for f in by_rule.get(n, ()))), None)
                if over is None:
                    return ()
                names[over] = None
        return tuple(names)

    def _of(self, rule: Rule, example: Example) -> Sequence[Finding]:
        return self._by_rule(rule, example).get(rule.name, ())

    def _by_rule(self, rule: Rule, example: Example) -> Mapping[str, Sequence[Finding]]:
        alone = rule.status or (rule.name if rule.term == _PARTY else rule.term)
        key = (alone, example.text)
        if key not in self._found:
            if alone not in self._extractors:
                of_state = tuple(
                    other for other in self._rules.state_rules if rule.status and other.status == rule.status
                )
                chosen = replace(self._rules, rules=self._company(rule), state_rules=of_state)
                self._extractors[alone] = Extractor(chosen)
            found: dict[str, list[Finding]] = defaultdict(list)
            for finding in _findings(example.text, self._extractors[alone]):
                found[finding.rule].append(finding)
            self._found[key] = found
        return self._found[key]

    def _company(self, rule: Rule) -> tuple[Rule, ...]:
        """Return the rules to run for an example: those that name the parties, all of its kind and of lending ones."""
        if rule.status:
            return self._parties
        if rule.term == _PARTY:
            return (rule,)
        of_kind = [other for other in self._rules.rules if other.term == rule.term]
        kinds = {rule.term, *lending_kinds(of_kind)}
        return (*self._parties, *(other for other in self._rules.rules if other.term in kinds))


def _findings(text: str, extractor: Extractor) -> Sequence[Finding]:
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    document = Document("example", "example.md", text, digest, "text/markdown")
    return extractor.raw(document, segment(document))


def _unwritten(example: Example, verdict: str) -> str:
    if not example.text.startswith(TODO):
        return ""
    return f"is still to be written: put a sentence of your own here that the rule must {verdict}"


def _missing(example: Example, found: Sequence[Finding]) -> str:
    """Return what of the expected findings is not among the found, '' where all are."""
    left = list(found)
    for wanted in example.finds:
        match = next((f for f in left if all(_same(f.fields.get(k), v) for k, v in wanted.items())), None)
        if match is None:
            got = "; ".join(_shown(f) for f in found) or "nothing"
            return f"does not find {_plain(wanted)}; it finds {got}"
        left.remove(match)
    return ""


def _says(other: Finding, finding: Finding) -> bool:
    """Whether `other` says all that `finding` says, and is as sure of it."""
    surer = other.certainty == "certain" or finding.certainty == "likely"
    return surer and all(_same(other.fields.get(name), value) for name, value in finding.fields.items())


def _same(found: FieldValue | None, wanted: FieldValue) -> bool:
    if isinstance(found, tuple) and isinstance(wanted, tuple):
        return sorted(found) == sorted(wanted)
    if isinstance(found, str) and isinstance(wanted, str):
        return found.rstrip(".") == wanted.rstrip(".")
    return found == wanted


def _shown(finding: Finding) -> str:
    return _plain(finding.fields)


def _plain(fields: Mapping[str, FieldValue]) -> str:
    return "{" + ", ".join(f"{name}: {_value(value)}" for name, value in fields.items()) + "}"


def _value(value: FieldValue) -> str:
    if isinstance(value, tuple):
        return _list(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(values)}]"
