"""The conditions of a rule, judged one by one on a unit, in the order in which matching asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pactgraph.extracting.borrowing import BORROWED
from pactgraph.extracting.matching import captured, fill, hits
from pactgraph.extracting.patterns import Pattern, Words
from pactgraph.extracting.reaching import reach
from pactgraph.extracting.rules import FieldRule, Rule
from pactgraph.extracting.units import Unit, Units
from pactgraph.extracting.views import BOTH, COUNTERPARTY, CUSTOMER, EITHER, PROVIDER
from pactgraph.model import FieldValue

_SHOWN = str.maketrans(
    {PROVIDER: "{provider}", CUSTOMER: "{customer}", EITHER: "{either}", BOTH: "{both}", COUNTERPARTY: "{other}"}
)
_NEXT = 40
"""So many characters are shown of what stands where a pattern fails."""


@dataclass(frozen=True, slots=True)
class Step:
    """One condition of a rule: its key in the mapping file, whether it holds, and by what.

    `detail` is the pattern or the field in question; `words` are those that met it, or that stand in its
    way. `share` is how much of a pattern matched, 1 for all of it. `place` is where the pattern is written.
    """

    part: str
    passed: bool
    detail: str
    words: str = ""
    share: float = 1.0
    place: str = ""


def readable(text: str) -> str:
    """Return `text` with its party tokens as patterns write them.

    >>> readable(f"{PROVIDER} may end it")
    '{provider} may end it'
    """
    return text.translate(_SHOWN)


def steps_of(rule: Rule, unit: Unit, units: Units, words: Words) -> Iterator[Step]:
    """Yield each condition of `rule` judged on `unit`; all are judged, also after one that fails.

    The fields are told only where the pattern matches, for the first match that fills what is required.
    """
    for need in rule.needs:
        yield _asked("needs", need, unit.text, words)
    matched = [(pattern, hit) for pattern in rule.find for hit in hits(pattern, unit)]
    listed = rule.scope == "listed"
    own = [(pattern, hit) for pattern, hit in matched if listed or not hit.start() < unit.own >= hit.end()]
    if own:
        yield _met("find", own[0][0], own[0][1], unit.text)
    elif matched:
        pattern, hit = matched[0]
        detail = f"{pattern.source} matches in the words that lead the item, not in its own"
        yield Step("find", False, detail, readable(hit[0]), place=pattern.place)
    else:
        for pattern in rule.find:
            yield _missed("find", pattern, unit.text, words, unit.pivot)
    yield from _context(rule, unit, units, words)
    if own:
        tries = [tuple(_filling(rule, pattern, hit, unit, units)) for pattern, hit in own]
        yield from next((steps for steps in tries if all(step.passed for step in steps)), tries[0])


def _context(rule: Rule, unit: Unit, units: Units, words: Words) -> Iterator[Step]:
    for bar in rule.unless:
        yield _barred("unless", bar, unit.text)
    if rule.previous:
        yield _asked("previous", rule.previous, units.neighbour(unit.sentence, -1), words)
    heading = units.heading(unit.clause)
    if rule.under:
        step = _asked("under", rule.under, heading, words)
        yield step if step.passed else replace(step, words=f"the headings are: {readable(heading) or '(none)'}")
    if rule.not_under:
        yield _barred("not_under", rule.not_under, heading)
    if rule.titled:
        yield _asked("titled", rule.titled, f"{units.title} / {heading}", words)


def _asked(part: str, pattern: Pattern, text: str, words: Words) -> Step:
    hit = pattern.search(text)
    return _missed(part, pattern, text, words) if hit is None else _met(part, pattern, hit, text)


def _barred(part: str, pattern: Pattern, text: str) -> Step:
    hit = pattern.search(text)
    if hit is None:
        return Step(part, True, pattern.source, place=pattern.place)
    return Step(part, False, pattern.source, readable(text[hit.start() : hit.end()]), place=pattern.place)


def _met(part: str, pattern: Pattern, hit: re.Match[str], text: str) -> Step:
    return Step(part, True, pattern.source, readable(text[hit.start() : hit.end()]), place=pattern.place)


def _missed(part: str, pattern: Pattern, text: str, words: Words, pivot: int = -1) -> Step:
    got = reach(pattern, words, text, pivot)
    share = len(got.matched) / max(1, len(pattern.source))
    if not got.matched:
        return Step(part, False, f"{got.failing or pattern.source} stands nowhere", share=0.0, place=pattern.place)
    after = readable(text[got.end : got.end + _NEXT]).strip() or "(the end)"
    told = f"'{readable(text[got.start : got.end]).strip()}', then: {after}"
    return Step(part, False, f"{got.matched} matches, {got.failing} does not follow", told, share, pattern.place)


def _filling(rule: Rule, pattern: Pattern, hit: re.Match[str], unit: Unit, units: Units) -> Iterator[Step]:
    """Yield what each slot and field gets from one match, up to the first that drops the finding."""
    for capture in pattern.captures:
        start, end = hit.span(capture.group)
        if start < 0:
            continue
        said = captured(replace(pattern, captures=(capture,)), hit, unit)
        slot = f"<{capture.field}:{capture.slot}>"
        written = readable(unit.text[start:end])
        if said is None:
            yield Step("slot", False, f"{slot} takes no value from these words", written)
            return
        yield Step("slot", True, f"{slot} gives {_values(said)}", written)
    fields = captured(pattern, hit, unit) or {}
    for spec in rule.fields:
        if spec.kind in ("captured", "constant"):
            continue
        if spec.kind == "each":
            yield _each(spec)
            continue
        if spec.kind == BORROWED:
            yield Step("field", True, f"{spec.name}: that of the document's {spec.value}, where it states one")
            continue
        before = dict(fields)
        filled = fill(spec, fields, hit, unit, units)
        gained = {name: value for name, value in fields.items() if before.get(name) != value}
        if not filled:
            yield Step("field", False, f"{spec.name} is required, and {spec.kind} in '{spec.region}' gives nothing")
            return
        yield Step("field", True, f"{spec.name}: {_values(gained) if gained else 'absent'} ({spec.kind})")


def _each(spec: FieldRule) -> Step:
    return Step("field", True, f"{spec.name}: a finding of its own for each value in '{spec.region}'")


def _values(fields: dict[str, FieldValue]) -> str:
    return ", ".join(f"{name} {_value(value)}" for name, value in fields.items())


def _value(value: FieldValue) -> str:
    if isinstance(value, tuple):
        return _joined(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _joined(values: Sequence[str]) -> str:
    return f"[{', '.join(values)}]"
