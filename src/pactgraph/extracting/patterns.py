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
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from itertools import pairwise

import re2

from pactgraph.errors import MappingError, unknown
from pactgraph.extracting import expressions
from pactgraph.extracting.hulls import MOST_TEXTS, QUIET, Hull, drop_lookarounds, hull, hull_within
from pactgraph.extracting.literals import Clause, Need, need, required
from pactgraph.extracting.values import SLOTS
from pactgraph.extracting.views import BOTH, COUNTERPARTY, CUSTOMER, EITHER, PROVIDER, fold

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
_UNSTRUCTURED = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
"""What in an expression is no parenthesis and no bar, whatever it looks like."""

_CAPITAL = re.compile(r"\\.|\(\?P[<=>]|[A-Z]", re.DOTALL)
_LONGEST_READ = 5000
"""Slots with longer patterns begin with a digit or a word of a long list; of these nothing is required."""

_LONG = 60
"""In texts of more characters it pays to ask RE2 first whether a pattern may match."""

_SELDOM = 20_000
"""Of so many characters no hull is asked whether an expression may match them."""


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
    """A compiled pattern and the `captures` it makes; `words` is its source with phrases written out.

    Matches are found in a lower-case form of the text where the pattern allows (`folded`), which is
    several times faster than ignoring case; take the words from the text, by the match's offsets.
    """

    source: str
    place: str
    strict: str
    folded: bool
    captures: tuple[Capture, ...]
    words: str
    _engine: _Engine = field(compare=False, repr=False)

    @property
    def regex(self) -> re.Pattern[str]:
        """The regular expression, compiled when first used: most rules meet few texts that need them."""
        return self._engine.regex or self._engine.compiled(self)

    @property
    def loose(self) -> str:
        """An RE2 text that matches at least as much."""
        return loosen(self.words)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in `text`, or None."""
        engine = self._engine
        if (engine.regex is None or len(text) > _LONG) and not engine.may_match(text):
            return None
        regex = engine.regex or engine.compiled(self)
        return (regex.match if engine.anchored else regex.search)(_fold(text) if self.folded else text)

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """Return the match in `text` that begins at `start`, or None."""
        return self.regex.match(_fold(text) if self.folded else text, start)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return the matches in `text`, in order."""
        engine = self._engine
        if not engine.may_match(text):
            return iter(())
        regex = engine.regex or engine.compiled(self)
        if engine.anchored:
            match = regex.match(_fold(text) if self.folded else text)
            return iter((match,) if match else ())
        return regex.finditer(_fold(text) if self.folded else text)


class _Engine:
    """What matches texts for the patterns of one expression; it is made when first needed."""

    __slots__ = ("_flags", "_hull", "_read", "_strict", "anchored", "may_match", "regex")

    def __init__(self, strict: str, folded: bool) -> None:
        self._strict = strict
        self._flags = 0 if folded else re.IGNORECASE
        self.anchored = _is_anchored(strict)
        self.regex: re.Pattern[str] | None = None

    def screen(self, made: Callable[[], str]) -> None:
        """Take the hull that `made` makes: whether it may match is asked first."""
        self._hull = Hull(made)
        self._read = 0
        self.may_match = self._seldom

    def _seldom(self, text: str) -> bool:
        """Say that all texts may match, until the expression has been asked about many; then ask its hull.

        To compile a hull takes as long as to search these. An expression that was never compiled takes longer still.
        """
        self._read += len(text)
        if self._read < _SELDOM and (self.regex is not None or expressions.is_kept(self._strict, self._flags)):
            return True
        self.may_match = self._hull.may_match
        return self.may_match(text)

    def compiled(self, pattern: Pattern) -> re.Pattern[str]:
        """Compile the strict form; raises MappingError that names the pattern's place."""
        try:
            self.regex = expressions.compiled(self._strict, self._flags)
        except re.error as error:
            place, source = pattern.place, pattern.source
            raise MappingError(f"{place}: pattern '{source}' is no regular expression: {error}.") from error
        return self.regex


def _is_anchored(strict: str) -> bool:
    """Whether an expression can match at the beginning of a text alone; `re` would try it everywhere.

    >>> _is_anchored("^(?:if|when) "), _is_anchored("^if|when"), _is_anchored("^if|^when")
    (True, False, True)
    """
    if not strict.startswith("^"):
        return False
    depth = 0
    plain = _UNSTRUCTURED.sub("", strict)
    for sign, following in pairwise(plain):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth and following != "^":
            return False
    return True


_fold = lru_cache(maxsize=MOST_TEXTS)(fold)


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
    engine = _engine(strict, folded)
    engine.screen(partial(_hull, text, words))
    pattern = Pattern(source, place, strict, folded, tuple(captures), text, engine)
    if not expressions.is_sound(strict):
        if _loosely(pattern.loose) is None:
            pattern.regex  # noqa: B018 - compiled at once, so that an error names its place
        expressions.note_sound(strict)
    return pattern


@cache
def _loosely(loose: str) -> re2._Regexp | None:
    """Return the loose form for RE2, which compiles far faster than the strict one; None where it cannot express it."""
    try:
        return re2.compile(loose, QUIET)
    except re2.error:
        return None


@cache
def _engine(strict: str, folded: bool) -> _Engine:
    """Return the engine of an expression; rules with the same patterns share it."""
    return _Engine(strict, folded)


class Requirements:
    """What texts must contain for patterns to match, by what the lexicon's phrases and slots stand for."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._parts: dict[str, Need] = {}

    def of(self, pattern: Pattern) -> frozenset[Clause]:
        """Return the clauses that a text must meet for `pattern` to match."""
        return required(pattern.source, self._part)

    def _part(self, part: str) -> Need:
        slot = _SLOT.fullmatch(part)
        name = part[1:-1] if slot is None else slot["slot"] if slot["colon"] else slot["field"]
        key = name if slot is None else f"<{name}>"
        if key not in self._parts:
            if slot is None:
                source = _PARTIES[name] if name in _PARTIES else self._words.phrases[name]
            else:
                source = _slot_source(name, self._words, "")
            self._parts[key] = need(source, self._part) if len(source) < _LONGEST_READ else need(".", self._part)
        return self._parts[key]


def _gaps(text: str, short: str, long: str) -> str:
    """Replace the gap signs, with the spaces around them, by expressions that allow an empty gap."""
    text = re.sub(r" ?…… ?", lambda m: _spaced(m[0], long), text)
    return re.sub(r" ?… ?", lambda m: _spaced(m[0], short), text)


def _spaced(sign: str, gap: str) -> str:
    if sign.startswith(" ") and sign.endswith(" "):
        return f"(?: | {gap} )"
    return f"{' ' if sign.startswith(' ') else ''}{gap}{' ' if sign.endswith(' ') else ''}"


def _slot_pattern(kind: str, words: Words, place: str) -> str:
    return _expand_phrases(_slot_source(kind, words, place), words.phrases, place)


def _slot_source(kind: str, words: Words, place: str) -> str:
    if kind == PARTY_SLOT:
        return _PARTIES["party"]
    if kind in _TEXT_SLOTS:
        return _TEXT_SLOTS[kind]
    if kind in words.slots:
        return words.slots[kind]
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
    text = drop_lookarounds(text).replace("(?-i:", "(?:")
    text = re.sub(r"(?:\.|\[\^[^\]]*\])\{\d+,\d*\}\??", ".*", text)
    return re.sub(r"(?:\(\?:\.\*\)|\.\*)(?:(?:\(\?:\.\*\)|\.\*)\??)+", ".*", text)


def _hull(text: str, words: Words) -> str:
    """Return the hull of a pattern, with slots and gaps as what they stand for."""
    return hull(
        _SLOT.sub(lambda m: _slot_hull(m["slot"] if m["colon"] else m["field"], words), _gaps(text, ".*", ".*"))
    )


def _slot_hull(kind: str, words: Words) -> str:
    return f"(?:{hull_within(_slot_pattern(kind, words, ''))})"
