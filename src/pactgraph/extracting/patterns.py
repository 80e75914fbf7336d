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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import re2

from pactgraph.errors import MappingError, unknown
from pactgraph.extracting.values import SLOTS
from pactgraph.extracting.views import BOTH, COUNTERPARTY, CUSTOMER, EITHER, PROVIDER

_TEXT_SLOTS = {
    "text": r".+?",
    "rest": r'.+?(?=\.? *$|[.;] (?:(?:and |or )?(?:\(\w{1,4}\)|\d{1,2}\.|[-•*]) )?(?-i:[A-Z"])|; (?:and|or)(?: "| *$))',
    "words": r"[^,.;:()]+?",
}
LIST_SLOT = "aliases"
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
    "duration": ".*(?:day|week|month|year|hour|minute|quarter|fortnight|anniv|yr|wk|hr|min|sec|[0-9] ?h).*",
    "period": ".*(?:day|dai|week|month|year|hour|minute|quarter|ann|night|yr|hr|min|sec|mo).*",
    "percent": ".*(?:%|per ?cent).*",
    "email": ".*@.*",
    "party": f".*[{PROVIDER}{CUSTOMER}{EITHER}{BOTH}].*",
}
"""What RE2 looks for in place of a slot: a few letters that any filling has."""

_SLOT = re.compile(r"(?<!\?P)<(?P<field>[A-Za-z][\w.]*)?(?P<colon>:)?(?P<slot>[a-z][\w]*)?>")
_PHRASE = re.compile(r"\{(?P<name>[a-z][a-z0-9-]*)\}")
_GROUP = re.compile(r"\(\?P?<(?![=!])")
_CAPITAL = re.compile(r"\\.|\(\?P[<=>]|[A-Z]", re.DOTALL)
_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_QUIET = re2.Options()
_QUIET.case_sensitive = False
_QUIET.log_errors = False
_LOOKAROUND = re.compile(r"\(\?<?[=!]")


@dataclass(frozen=True, slots=True)
class Words:
    """What a lexicon adds to the language: phrases, and slots that keep the source's own words."""

    phrases: Mapping[str, str]
    slots: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Capture:
    """A group of a compiled pattern: which field it fills, with what type of slot."""

    group: str
    field: str
    slot: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: the `captures` it makes, and `loose`, an RE2 text that matches at least as much.

    Matches are found in a lower-case form of the text where the pattern allows (`folded`), which is
    several times faster than ignoring case; take the words from the text, by the match's offsets.
    """

    source: str
    place: str
    strict: str
    folded: bool
    captures: tuple[Capture, ...]
    loose: str

    @property
    def regex(self) -> re.Pattern[str]:
        """The regular expression, compiled when first used: most rules meet few texts that need them."""
        return _compiled(self)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in `text`, or None."""
        return None if _cannot_match(self, text) else self.regex.search(_fold(text) if self.folded else text)

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """Return the match in `text` that begins at `start`, or None."""
        return self.regex.match(_fold(text) if self.folded else text, start)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return the matches in `text`, in order."""
        return iter(()) if _cannot_match(self, text) else self.regex.finditer(_fold(text) if self.folded else text)


@lru_cache(maxsize=8)
def _fold(text: str) -> str:
    """Return `text` in lower case, every character at its place ('İ' would become two)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.translate(_ASCII_LOWER)


def compile_pattern(source: str, words: Words, place: str) -> Pattern:
    """Return the compiled form of `source`; `place` ('file:line') starts the message of any MappingError."""
    text = _expand_phrases(source, words.phrases, place)
    captures: list[Capture] = []

    def slot(match: re.Match[str]) -> str:
        name, kind = match["field"], match["slot"]
        if not match["colon"]:
            kind = name
        if kind is None:
            raise MappingError(f"{place}: '{match[0]}' names no slot type.")
        gap = _slot_pattern(kind, words, place)
        if match["colon"] and name is None:
            return f"(?:{gap})"
        group = f"g{len(captures)}"
        captures.append(Capture(group, name or kind, kind))
        return f"(?P<{group}>{gap})"

    strict = _SLOT.sub(slot, _gaps(text, r".{0,60}?", r".{0,200}?"))
    folded = "(?-i:" not in strict
    if folded:
        strict = _CAPITAL.sub(lambda m: m[0].lower() if len(m[0]) == 1 else m[0], strict)
    pattern = Pattern(source, place, strict, folded, tuple(captures), loosen(text))
    if _loosely(pattern.loose) is None:
        _compiled(pattern)  # at once, so that an error names its place
    return pattern


@cache
def _loosely(loose: str) -> re2._Regexp | None:
    """Return the loose form for RE2, which compiles far faster than the strict one; None where it cannot express it."""
    try:
        return re2.compile(loose, _QUIET)
    except re2.error:
        return None


_EXPRESSIONS: dict[tuple[str, bool], re.Pattern[str]] = {}
"""The expressions compiled so far; a memo that rules with the same patterns share."""


def _cannot_match(pattern: Pattern, text: str) -> bool:
    """Whether `text` needs no compiled pattern: there is none yet, and the loose form does not match."""
    if (pattern.strict, pattern.folded) in _EXPRESSIONS:
        return False
    loose = _loosely(pattern.loose)
    return loose is not None and loose.search(text) is None


def _compiled(pattern: Pattern) -> re.Pattern[str]:
    key = (pattern.strict, pattern.folded)
    known = _EXPRESSIONS.get(key)
    if known is None:
        try:
            known = re.compile(pattern.strict, 0 if pattern.folded else re.IGNORECASE)
        except re.error as error:
            place, source = pattern.place, pattern.source
            raise MappingError(f"{place}: pattern '{source}' is no regular expression: {error}.") from error
        _EXPRESSIONS[key] = known
    return known


def _gaps(text: str, short: str, long: str) -> str:
    """Replace the gap signs, with the spaces around them, by expressions that allow an empty gap."""
    text = re.sub(r" ?…… ?", lambda m: _spaced(m[0], long), text)
    return re.sub(r" ?… ?", lambda m: _spaced(m[0], short), text)


def _spaced(sign: str, gap: str) -> str:
    if sign.startswith(" ") and sign.endswith(" "):
        return f"(?: | {gap} )"
    return f"{' ' if sign.startswith(' ') else ''}{gap}{' ' if sign.endswith(' ') else ''}"


def _slot_pattern(kind: str, words: Words, place: str) -> str:
    if kind == PARTY_SLOT:
        return _PARTIES["party"]
    if kind in _TEXT_SLOTS:
        return _TEXT_SLOTS[kind]
    if kind in words.slots:
        return _expand_phrases(words.slots[kind], words.phrases, place)
    if kind not in SLOTS:
        known = {*SLOTS, *_TEXT_SLOTS, *words.slots, PARTY_SLOT}
        raise MappingError(f"{place}: {unknown('slot type', kind, known)}")
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
