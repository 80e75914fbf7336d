"""The small language of rule patterns, compiled to regular expressions.

A pattern is a Python regular expression, matched without regard to case against a normalised
reading, with three additions:

    <notice:duration>   a typed slot: matches a duration, gives it to the field `notice`
    <duration>          the same, for the field of the slot's own name;  <:duration> gives it to no field
    {give-notice}       a phrase of the lexicon, or a party: {provider} {customer} {party} {other}
    …                   up to 60 characters;  …… up to 200

Slots `text`, `words` and `name` take the source's own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pactgraph.errors import MappingError, unknown
from pactgraph.extracting.values import SLOTS
from pactgraph.extracting.views import BOTH, COUNTERPARTY, CUSTOMER, EITHER, PROVIDER

_NAME = r"[A-Z0-9][\w&.'/+-]*(?:,? (?:[A-Z0-9&][\w&.'/+-]*|of|and|the|for|de|la|van|von|der|du)){0,8}?"
_LITERAL_SLOTS = {
    "text": r".+?",
    "rest": r".+?(?=\.? *$|[.;] (?-i:[A-Z\"]))",
    "words": r"[^,.;:()]+?",
    "name": rf"(?-i:{_NAME})",
    "company": rf"(?-i:{_NAME},? {{legal-form}})",
    "legalform": r"{legal-form}",
    "nounname": r"customer|client|subscriber|licensee|user|you|organi[sz]ation|member|merchant",
    "address": r"[^;()\"]{8,120}?(?=,? ?(?:\(|;|$|\.(?: |$)| and | registered| with | whose | hereinafter))",
    "place": r"(?-i:(?:St\. )?[A-Z][\w'&-]*(?:\.[\w'&-]+)*(?:,? (?:(?:of|the|and|for|de|in) ){0,2}(?:St\. )?[A-Z][\w'&-]*(?:\.[\w'&-]+)*){0,14})(?=[.,;:)]|$| )",
    "institute": r"(?-i:(?:[A-Z][\w&'-]*)(?: (?:[A-Z][\w&'-]*|of|for|and|the)){0,7}? ?(?:Association|Chamber of Commerce|Chamber|Court of (?:International )?Arbitration|Court of International Arbitration|Arbitration (?:Centre|Center|Institute|Court)|Cent(?:re|er)(?: for [A-Z][\w ]{3,40}?)?|Institute|Services|Commission|Organi[sz]ation)(?: \([A-Z]{2,6}\))?|JAMS|AAA|ICDR|LCIA|SIAC|HKIAC|CIETAC|UNCITRAL|ICC)",
    "rulesname": r"(?-i:[A-Z][\w&'-]*(?: (?:\([A-Z]{2,6}\)|[A-Z][\w&'-]*|of|for|and|the)){0,9}? (?:Rules|Procedures)(?: (?:and|of|for|[A-Z][\w&'-]*)){0,6}?)(?=[.,;:)(]|$| (?:of|by|in|for|as|before|then|and|which|with|except|to|or)\b)",
    "titlewords": r"(?-i:(?:[A-Z0-9][\w&.',/-]*|-)(?: (?:[A-Z0-9][\w&.',/-]*|of|and|the|for|to|on|in|with|-|&)){0,9}?[ ]?(?:Agreement|AGREEMENT|Terms|TERMS|Conditions|CONDITIONS|Contract|CONTRACT|Addendum|ADDENDUM|Licen[cs]e|LICEN[CS]E|EULA|Statement of Work|Policy)(?: (?:of|for|and|&|OF|AND|FOR|Of|And|For)(?: (?:the|THE))?(?: (?:[A-Z][\w&'-]*|and|of|for|&)){1,6}?)?)(?=$|[ (,.:])",
    "quotedname": r"[^\"()]{1,80}?",
    "capitalname": r"(?-i:(?!(?:That|This|Please|It|These|Those|Which|Nothing|If|You|We|There|Any|No|The|What|In|By|For|Such|All|Each|Your|Our|When)\b)[A-Z][\w&'/-]*(?: (?:[A-Z][\w&'/()-]*|of|and|or|the|for)){0,6})",
    "code": r"[A-Z]{0,4}[- ]?\d[\w./ -]{3,18}[\w]",
}
LIST_SLOT = "aliases"
_ALIASES = r"\((?:[^()\"]{0,80}\"[^()\"]{1,60}\"){1,6}[^()\"]{0,60}\)|(?:\"[^\"()]{1,40}\"(?:, | or | and |, or |, and |; )?){1,6}"
PARTY_SLOT = "party"
_PARTIES = {
    "provider": PROVIDER,
    "customer": CUSTOMER,
    "either": EITHER,
    "both": BOTH,
    "other": COUNTERPARTY,
    "party": f"(?:neither )?[{PROVIDER}{CUSTOMER}{EITHER}{BOTH}]",
    "noparty": f"[^{PROVIDER}-{COUNTERPARTY}]",
    "anyparty": f"(?:neither )?[{PROVIDER}-{COUNTERPARTY}]",
}
_LOOSE_SLOTS = {
    "duration": ".*(?:day|week|month|year|hour|minute|quarter|fortnight).*",
    "period": ".*(?:day|dai|week|month|year|hour|minute|quarter|annu).*",
    "percent": ".*(?:%|per ?cent).*",
    "email": ".*@.*",
    "party": f".*[{PROVIDER}{CUSTOMER}{EITHER}{BOTH}].*",
}
"""What RE2 looks for in place of a slot: a few letters that any filling has."""

_SLOT = re.compile(r"<(?P<field>[A-Za-z][\w.]*)?(?P<colon>:)?(?P<slot>[a-z][\w]*)?>")
_PHRASE = re.compile(r"\{(?P<name>[a-z][a-z0-9-]*)\}")
_GROUP = re.compile(r"\(\?P?<(?![=!])")
_LOOKAROUND = re.compile(r"\(\?<?[=!]")


@dataclass(frozen=True, slots=True)
class Capture:
    """A group of a compiled pattern: which field it fills, with what type of slot."""

    group: str
    field: str
    slot: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: `regex`, the `captures` it makes, and `loose`, an RE2 text that matches at least as much."""

    source: str
    regex: re.Pattern[str]
    captures: tuple[Capture, ...]
    loose: str


def slot_names() -> tuple[str, ...]:
    """Return the names of all slot types."""
    return tuple(sorted({*SLOTS, *_LITERAL_SLOTS, PARTY_SLOT, LIST_SLOT}))


def compile_pattern(source: str, phrases: Mapping[str, str], place: str) -> Pattern:
    """Return the compiled form of `source`; `place` ('file:line') starts the message of any MappingError."""
    text = _expand_phrases(source, phrases, place)
    captures: list[Capture] = []

    def slot(match: re.Match[str]) -> str:
        name, kind = match["field"], match["slot"]
        if not match["colon"]:
            kind = name
        if kind is None:
            raise MappingError(f"{place}: '{match[0]}' names no slot type.")
        words = _slot_pattern(kind, phrases, place)
        if match["colon"] and name is None:
            return f"(?:{words})"
        group = f"g{len(captures)}"
        captures.append(Capture(group, name or kind, kind))
        return f"(?P<{group}>{words})"

    strict = _SLOT.sub(slot, _gaps(text, r".{0,60}?", r".{0,200}?"))
    try:
        regex = re.compile(strict, re.IGNORECASE)
    except re.error as error:
        raise MappingError(f"{place}: pattern '{source}' is no regular expression: {error}.") from error
    return Pattern(source, regex, tuple(captures), loosen(text))


def _gaps(text: str, short: str, long: str) -> str:
    """Replace the gap signs, with the spaces around them, by expressions that allow an empty gap."""
    text = re.sub(r" ?…… ?", lambda m: _spaced(m[0], long), text)
    return re.sub(r" ?… ?", lambda m: _spaced(m[0], short), text)


def _spaced(sign: str, gap: str) -> str:
    if sign.startswith(" ") and sign.endswith(" "):
        return f"(?: | {gap} )"
    return f"{' ' if sign.startswith(' ') else ''}{gap}{' ' if sign.endswith(' ') else ''}"


def _slot_pattern(kind: str, phrases: Mapping[str, str], place: str) -> str:
    if kind == PARTY_SLOT:
        return _PARTIES["party"]
    if kind == LIST_SLOT:
        return _ALIASES
    if kind in _LITERAL_SLOTS:
        return _expand_phrases(_LITERAL_SLOTS[kind], phrases, place)
    if kind not in SLOTS:
        raise MappingError(f"{place}: {unknown('slot type', kind, slot_names())}")
    return SLOTS[kind].pattern


def _expand_phrases(source: str, phrases: Mapping[str, str], place: str, depth: int = 0) -> str:
    if depth > 8:
        raise MappingError(f"{place}: phrases refer to each other in a circle.")

    def phrase(match: re.Match[str]) -> str:
        name = match["name"]
        if name in _PARTIES:
            return f"(?:{_PARTIES[name]})"
        if name not in phrases:
            raise MappingError(f"{place}: {unknown('phrase', name, [*phrases, *_PARTIES])}")
        return f"(?:{_expand_phrases(phrases[name], phrases, place, depth + 1)})"

    return _PHRASE.sub(phrase, source)


def loosen(text: str) -> str:
    """Return an RE2 expression that matches wherever the pattern may: gaps and slots become '.*'."""
    text = _gaps(_SLOT.sub(lambda m: _LOOSE_SLOTS.get(m["slot"] or m["field"], ".*"), text), ".*", ".*")
    text = _drop_lookarounds(text).replace("(?-i:", "(?:")
    text = re.sub(r"(?:\.|\[\^[^\]]*\])\{\d+,\d*\}\??", ".*", text)
    return re.sub(r"(?:\(\?:\.\*\)|\.\*)(?:(?:\(\?:\.\*\)|\.\*)\??)+", ".*", text)


def _drop_lookarounds(text: str) -> str:
    """Remove each lookaround group, with its balanced parentheses."""
    out, last = [], 0
    for match in _LOOKAROUND.finditer(text):
        if match.start() < last:
            continue
        out.append(text[last : match.start()])
        last = _closing(text, match.start())
    out.append(text[last:])
    return "".join(out)


def _closing(text: str, start: int) -> int:
    depth, position, in_class = 0, start, False
    while position < len(text):
        sign = text[position]
        if sign == "\\":
            position += 1
        elif in_class:
            in_class = sign != "]"
        elif sign == "[":
            in_class = True
        elif sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
            if not depth:
                return position + 1
        position += 1
    return len(text)
