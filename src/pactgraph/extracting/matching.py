"""Applies rules to units: which rule finds what, with which field values and which words as proof."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from pactgraph.errors import ValueParseError
from pactgraph.extracting.actions import action_of, antecedent, passive_action
from pactgraph.extracting.conditions import before_act
from pactgraph.extracting.nominalizations import named_act
from pactgraph.extracting.nouns import noun_phrase_start
from pactgraph.extracting.patterns import LIST_SLOT, Pattern
from pactgraph.extracting.rules import FieldRule, Option, Rule
from pactgraph.extracting.units import Unit, Units
from pactgraph.extracting.values import SLOTS
from pactgraph.extracting.views import BOTH, COUNTERPARTY, CUSTOMER, EITHER, PROVIDER
from pactgraph.model import FieldValue, Finding, Span

_PARTY_OF = {PROVIDER: "Provider", CUSTOMER: "Customer", EITHER: "Either", BOTH: "Both", COUNTERPARTY: "Either"}
_TOKEN_OF = {"Provider": PROVIDER, "Customer": CUSTOMER, "Either": EITHER, "Both": BOTH}
_BOOLS: Mapping[str, FieldValue] = {"true": True, "false": False}
"""How a choice of a yes-or-no field is written."""

_QUOTE_LIMIT = 420
"""Up to this length the whole unit is the proof; of longer ones, the words around the match."""

_TRIM = " ,;:-"
_ITEM = re.compile(r"(?<=[ ;,:])\((?:[ivx]{1,4}|[a-z]|\d{1,2})\) ", re.IGNORECASE)
_PHRASE_END = re.compile(r",(?!\d)|;|\. ")
_ITEM_END = re.compile(r"[ ,;.]*(?:\b(?:and|or|and/or))?[ ,;]*$", re.IGNORECASE)
_QUOTED = re.compile(r'"(?:the )?([^"]+)"', re.IGNORECASE)


def applies(rule: Rule, unit: Unit, units: Units) -> bool:
    """Return whether the unit's context lets the rule look at it."""
    text = unit.text
    for pattern in rule.unless:
        if pattern.search(text) is not None:
            return False
    if rule.previous and not rule.previous.search(units.neighbour(unit.sentence, -1)):
        return False
    return not rule.is_placed or units.admits(rule, unit.clause)


def match(rule: Rule, unit: Unit, units: Units, patterns: Sequence[Pattern] = ()) -> list[Finding]:
    """Return what `rule` finds in `unit`; nothing where its context does not hold.

    Of its `find` patterns only `patterns` are tried, where these are given.
    """
    found: list[Finding] = []
    if rule.is_placed and not units.admits(rule, unit.clause):
        return found
    allowed: bool | None = None
    for pattern in patterns or rule.find:
        for hit in hits(pattern, unit):
            if hit.start() < unit.own >= hit.end() and rule.scope != "listed":
                continue
            if rule.scope == "statement" and unit.parts[0][0] + hit.start() >= units.bounds[unit.sentence][1]:
                continue  # a later sentence of a list is a statement of its own, with its own words as proof
            if allowed is None:
                allowed = all(need.search(unit.text) for need in rule.needs) and applies(rule, unit, units)
            if not allowed:
                return found
            for fields, words in _filled(rule, pattern, hit, unit, units):
                span, clause = units.in_one_clause(words, unit.to_source(hit.start(), hit.end()).end - 1, unit.clause)
                found.append(Finding(rule.term, fields, span.start, span.end, rule.name, rule.certainty, clause))
            if found and not rule.every:
                return found
        if found:
            return found
    return found


def hits(pattern: Pattern, unit: Unit) -> Iterator[re.Match[str]]:
    """Return where the pattern matches: anywhere, or in a unit about a modal at that alone."""
    if unit.pivot < 0:
        return pattern.finditer(unit.text)
    hit = pattern.match(unit.text, unit.pivot)
    return iter(() if hit is None else (hit,))


def _filled(
    rule: Rule, pattern: Pattern, hit: re.Match[str], unit: Unit, units: Units
) -> Iterator[tuple[Mapping[str, FieldValue], Span]]:
    fields = captured(pattern, hit, unit)
    if fields is None:
        return
    each: FieldRule | None = None
    for spec in rule.fields:
        if spec.kind == "each":
            each = spec
        elif spec.kind != "captured" and not fill(spec, fields, hit, unit, units):
            return
    for name, table in rule.recode.items():
        if name in fields:
            fields[name] = table.get(str(fields[name]), fields[name])
    span = _quote(rule, fields, hit, unit, units)
    if span.end <= span.start:
        return
    if each is None:
        yield fields, span
        return
    text = _region(each.region, hit, unit, units)
    told = {value: said for value, option in reversed(each.options) if (said := option.search(text))}
    values = [value for value in dict.fromkeys(value for value, _ in each.options) if value in told]
    for value in values or ([each.otherwise] if each.otherwise and not unit.is_head else []):
        proof = _proof(rule, each, hit, unit, text, told[value]) if value in told else None
        yield {**fields, each.name: value}, proof or span


def _proof(rule: Rule, each: FieldRule, hit: re.Match[str], unit: Unit, text: str, said: re.Match[str]) -> Span | None:
    """Return the words that prove one of several values, where these are not the same for all.

    Of a long sentence they reach from the match to the words that say the value, or are those alone where they
    stand far behind.
    """
    at = unit.text.find(text)
    if rule.quote == "part" and at >= 0:
        return _part(unit, at + said.start(), at + said.end())
    if rule.quote != "auto" or each.region != "after" or len(unit.text) - unit.own <= _QUOTE_LIMIT:
        return None
    start, end = max(hit.start(), unit.own), hit.end() + said.end()
    if end <= unit.own:
        return None
    if end - start > _QUOTE_LIMIT:
        start = max(hit.end() + said.start(), unit.own)
    return unit.to_source(*_phrase(unit.text, start, end, unit.own))


def captured(pattern: Pattern, hit: re.Match[str], unit: Unit) -> dict[str, FieldValue] | None:
    """Return the fields that the slots of a match fill; None where the words in one of them state no value."""
    fields: dict[str, FieldValue] = {}
    for capture in pattern.captures:
        start, end = hit.span(capture.group)
        if start < 0:
            continue
        value = _value(capture.slot, unit.text[start:end], partial(source_words, unit, start, end))
        if value is None:
            return None
        _put(fields, capture.field, value)
    return fields


def _phrase_before(spec: FieldRule, fields: dict[str, FieldValue], hit: re.Match[str], unit: Unit) -> None:
    """Fill a field with the noun phrase that stands before the match."""
    start = _phrase_start(hit, unit, str(fields.get(spec.region, "")))
    words = source_words(unit, start, hit.start())
    if words:
        fields[spec.name] = words


def _phrase_start(hit: re.Match[str], unit: Unit, name: str) -> int:
    """Return where the noun phrase before the match begins, at most 600 characters back."""
    least = max(unit.own if hit.start() > unit.own else 0, hit.start() - 600)
    return least + noun_phrase_start(unit.text[least : hit.start()].rstrip(), name)


def _put(fields: dict[str, FieldValue], name: str, values: Mapping[str, FieldValue]) -> None:
    """Add a slot's main value under `name`, and its companions (dayKind, currency) under theirs.

    The days that a condition counts are not those of the deadline, whose kind the record tells.
    """
    of_condition = name.startswith("condition")
    for companion, value in values.items():
        if not (companion and of_condition):
            fields.setdefault(companion or name, value)


def _value(slot: str, words: str, shown: Callable[[], str]) -> Mapping[str, FieldValue] | None:
    """Return what `words` say in a slot, None where they say nothing; `shown` gives the source's words for them."""
    if slot == "party":
        return {"": _PARTY_OF[words[-1]]}
    if slot == LIST_SLOT:
        return {"": tuple(dict.fromkeys(alias.strip(_TRIM + ".") for alias in _QUOTED.findall(words)))}
    if slot in SLOTS:
        try:
            return SLOTS[slot].parse(words)
        except ValueParseError:
            return None
    text = shown()
    return {"": text} if text else None


def source_words(unit: Unit, start: int, end: int) -> str:
    """Return the source's own words of a stretch of the unit, white space collapsed, ends trimmed."""
    words = unit.reading.words(unit.to_source(start, end)).strip(_TRIM)
    return words[:-1].rstrip() if words.endswith(")") and words.count(")") > words.count("(") else words


def fill(spec: FieldRule, fields: dict[str, FieldValue], hit: re.Match[str], unit: Unit, units: Units) -> bool:
    """Fill one field into `fields`; False where it is required and not there."""
    if spec.kind == "constant":
        if spec.value is not None:
            fields[spec.name] = spec.value
        return True
    if spec.kind == "phrase":
        _phrase_before(spec, fields, hit, unit)
        return spec.name in fields or not spec.required
    if spec.kind == "action":
        _act(spec, fields, hit, unit)
        return spec.name in fields or not spec.required
    text = _deed(fields, hit, unit) if spec.region == "deed" else _region(spec.region, hit, unit, units)
    options = spec.options if units.fields is None else units.fields.options(spec, unit.reading, unit.parts)
    if spec.kind == "flag":
        if any(option.search(text) for _, option in options):
            fields[spec.name] = True
    elif spec.kind == "find":
        _find(spec.name, options, text, fields, unit)
        if spec.otherwise is not None:
            fields.setdefault(spec.name, spec.otherwise)
        if spec.ends_before and spec.name in fields:
            words = before_act(str(fields.pop(spec.name)), str(fields.get(spec.ends_before, "")))
            if words:
                fields[spec.name] = words
    elif spec.kind == "choose":
        value = _chosen(spec, options, text, unit, units)
        if value is not None:
            fields[spec.name] = _BOOLS.get(value, value)
    else:
        values = dict.fromkeys(v for v, option in options if option.search(text))
        if values:
            fields[spec.name] = tuple(values)
    return spec.name in fields or not spec.required


def _chosen(spec: FieldRule, options: Sequence[Option], text: str, unit: Unit, units: Units) -> str | None:
    """Return the first value that the text says; the few subjects of a document are looked at once."""
    if spec.region == "around":
        near = unit.sentence and units.outline.sentences[unit.sentence - 1].clause == unit.clause
        texts = (text, units.neighbour(unit.sentence, -1) if near else "", units.heading(unit.clause))
        return next((v for words in texts for v, option in options if option.search(words)), spec.otherwise)
    if spec.region != "subject":
        return next((value for value, option in options if option.search(text)), spec.otherwise)
    key = id(spec), text
    if key not in units.chosen:
        units.chosen[key] = next((value for value, option in options if option.search(text)), spec.otherwise)
    return units.chosen[key]


def _act(spec: FieldRule, fields: dict[str, FieldValue], hit: re.Match[str], unit: Unit) -> None:
    """Fill a field with the verb phrase after the match; of a passive one, with its subject as the object."""
    words = source_words(unit, hit.end(), len(unit.text))
    at = unit.text.rfind(unit.subject, 0, unit.pivot)
    if spec.value == "passive":
        sentence = unit.text.rfind(". ", 0, unit.pivot)
        begin = at if at >= 0 else max(unit.own, sentence + 2 if sentence >= 0 else 0)
        subject = source_words(unit, begin, at + len(unit.subject) if at >= 0 else unit.pivot)
        action = passive_action(words, subject)
    elif spec.value == "nominal":
        begin = at if at >= 0 else unit.text.rfind(" ".join(unit.subject.split()[:2]), 0, unit.pivot)
        action = action_of(named_act(source_words(unit, max(begin, unit.own), unit.pivot)))
    else:
        said = antecedent(unit.text[: unit.pivot], words)
        action = action_of(source_words(unit, *said) if said else words)
    if action:
        fields[spec.name] = action


def _find(name: str, options: Sequence[Option], text: str, fields: dict[str, FieldValue], unit: Unit) -> None:
    for _, pattern in options:
        for hit in pattern.finditer(text):
            capture = next((c for c in pattern.captures if hit.start(c.group) >= 0), None)
            if capture is None:
                continue
            start, end = hit.span(capture.group)
            value = _value(capture.slot, text[start:end], partial(_own_words, unit, text, start, end))
            if value and value.get("") not in (None, ""):
                _put(fields, name, value)
                return


def _own_words(unit: Unit, text: str, start: int, end: int) -> str:
    """Return the source's words for a stretch of a region's text, where the region lies in the unit."""
    offset = unit.text.find(text)
    if offset >= 0:
        return source_words(unit, offset + start, offset + end)
    begin = unit.reading.text.find(text, unit.parts[-1][0])
    if begin < 0:
        begin = unit.reading.text.rfind(text, 0, unit.parts[-1][0])
    if begin >= 0:
        return unit.reading.words(unit.reading.to_source(begin + start, begin + end)).strip(_TRIM)
    return text[start:end].strip(_TRIM)


def _region(name: str, hit: re.Match[str], unit: Unit, units: Units) -> str:
    if name in ("unit", "around"):
        return unit.text
    if name == "match":
        return unit.text[hit.start() : hit.end()]
    if name == "own":
        return unit.text[unit.own :]
    if name == "lead":
        return unit.text[: unit.own]
    if name == "before":
        return unit.text[: hit.start()]
    if name == "after":
        return unit.text[hit.end() :]
    if name == "heading":
        return units.heading(unit.clause)
    if name == "subject":
        return unit.subject
    if name == "sentence":
        a, b = units.bounds[unit.sentence]
        return units.reading.text[a:b]
    if name == "onward":
        return units.onward(unit)
    if name == "referred":
        return units.referred(unit.to_source(hit.start(), hit.end()))
    return units.neighbour(unit.sentence, -1 if name == "previous" else 1)


def _deed(fields: Mapping[str, FieldValue], hit: re.Match[str], unit: Unit) -> str:
    """Return the token of who bears a norm and the words after its modal verb, wherever the bearer is named."""
    inserted = hit[0].find(", without ")  # 'may not, without our consent, copy'
    begin = hit.start() + inserted if inserted >= 0 else hit.end()
    return f"{_TOKEN_OF.get(str(fields.get('party')), '')} {unit.text[begin:].lstrip()}"


def _quote(rule: Rule, fields: Mapping[str, FieldValue], hit: re.Match[str], unit: Unit, units: Units) -> Span:
    if rule.quote == "match" and hit.end() > unit.own:
        phrase = next((spec for spec in rule.fields if spec.kind == "phrase"), None)
        start = _phrase_start(hit, unit, str(fields.get(phrase.region, ""))) if phrase else hit.start()
        return unit.to_source(*_trimmed(unit.text, max(start, unit.own), hit.end()))
    if rule.quote == "sentence":
        a, b = units.bounds[unit.sentence]
        return units.reading.to_source(a, b)
    own = unit.text[unit.own :]
    if rule.quote in ("unit", "own") or len(own) <= _QUOTE_LIMIT:
        return unit.span
    return unit.to_source(*_phrase(unit.text, max(hit.start(), unit.own), max(hit.end(), unit.own), unit.own))


def _part(unit: Unit, start: int, end: int) -> Span:
    """Return the item of a list in running text, '(i) ..., (ii) ...', with these words, or else the unit."""
    marks = [mark.start() for mark in _ITEM.finditer(unit.text, unit.own)]
    if len(marks) < 2:
        return unit.span
    left = max((mark for mark in marks if mark <= start), default=unit.own)
    right = min((mark for mark in marks if mark >= end), default=len(unit.text))
    words = _ITEM_END.sub("", unit.text[left:right])
    return unit.to_source(*_trimmed(unit.text, left, left + len(words)))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds without space and punctuation around them, and with no word cut in two."""
    while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end


def _phrase(text: str, start: int, end: int, least: int) -> tuple[int, int]:
    """Widen a match to the nearest ends of phrases on both sides, at most 120 characters each way."""
    left = max(text.rfind(sign, max(least, start - 120), start) for sign in (", ", "; ", ". ", ") "))
    start = left + 2 if left >= 0 else (least if start - least <= 120 else start)
    right = _PHRASE_END.search(text, end, end + 120)
    end = right.start() if right else (len(text) if len(text) - end <= 120 else end)
    return _trimmed(text, start, end)
