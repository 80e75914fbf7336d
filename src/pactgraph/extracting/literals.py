"""What a text must contain for a pattern to match it: pieces of words, found without trying the pattern.

A clause is a set of pieces of which the text must contain at least one; a pattern needs all of its clauses.
A piece lies within one word of the text, in small letters and with 0 for each digit; a space at either end
stands for the end of the word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

Clause = frozenset[str]

_TOKEN = re.compile(
    r"(?P<word>[A-Za-z]{2,}(?![*+?{]))"
    r"|(?P<gap> ?…{1,2} ?)"
    r"|(?P<times>[*+?]\??|\{\d*,?\d*\}\??)"
    r"|(?P<slot>(?<!\?P)<(?:[A-Za-z][\w.]*)?:?(?:[a-z]\w*)?>)"
    r"|(?P<phrase>\{[a-z][a-z0-9-]*\})"
    r"|(?P<look>\(\?<?[=!])"
    r"|(?P<group>\(\?P=\w+\))"
    r"|(?P<open>\((?:\?(?:P<\w+>|>|[a-zA-Z-]*:))?)"
    r"|(?P<close>\))"
    r"|(?P<bar>\|)"
    r"|(?P<class>\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<escape>\\.)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_MOST_STRINGS = 24
"""Of more ways in which some words may be written, none is remembered."""

_MOST_PIECES = 60
"""A clause of more pieces tells little."""

_MARKS = frozenset(" .,;:()'\"")
"""Signs that stand in most texts."""

_FEW_SIGNS, _MOST_SIGNS = 4, 8
"""A class of more signs, with a mark among them and without, tells nothing."""

_COMMON = frozenset(
    re.findall(
        r"\w+",
        "the of and to in a or for by any be not is with as on that this such from are its at an all will shall may",
    )
)


@dataclass(frozen=True, slots=True)
class Need:
    """What a part of a pattern needs: `exact` are all strings it can be, None where they are too many to tell."""

    exact: frozenset[str] | None
    clauses: frozenset[Clause] = frozenset()


_NOTHING = Need(frozenset([""]))
_ANYTHING = Need(None)
_DIGIT = Need(frozenset("0"))
_DIGITS = ("0-9", "1-9", r"\d")
_ANY_DIGIT = re.compile(r"\d")


def required(source: str, resolve: Callable[[str], Need]) -> frozenset[Clause]:
    """Return the clauses of a pattern; `resolve` tells what a `{phrase}` or a `<slot>` in it needs.

    >>> sorted(map(sorted, required(r"renew(?:s|al)\\b.{0,9} (?:one|two) years?", lambda part: _ANYTHING)))
    [[' one ', ' two '], [' year'], ['renewal', 'renews']]
    """
    return _flushed(need(source, resolve))


def plain(word: str) -> str:
    """Return a word in the form of pieces: small letters, 0 for each digit."""
    return _ANY_DIGIT.sub("0", word.lower())


def need(source: str, resolve: Callable[[str], Need]) -> Need:
    """Return what the whole of a pattern needs."""
    tokens = [(m.lastgroup or "", m[0]) for m in _TOKEN.finditer(source)]
    return _Parser(tokens, resolve).alternatives()


class _Parser:
    """Reads a pattern from left to right."""

    def __init__(self, tokens: list[tuple[str, str]], resolve: Callable[[str], Need]) -> None:
        self._tokens = tokens
        self._at = 0
        self._resolve = resolve

    def alternatives(self) -> Need:
        """Read up to the parenthesis that closes, or the end."""
        found = [self._sequence()]
        while self._at < len(self._tokens) and self._tokens[self._at][0] == "bar":
            self._at += 1
            found.append(self._sequence())
        self._at += 1
        return found[0] if len(found) == 1 else _either(found)

    def _sequence(self) -> Need:
        parts: list[Need] = []
        while self._at < len(self._tokens):
            kind, text = self._tokens[self._at]
            if kind in ("bar", "close"):
                break
            self._at += 1
            if kind == "times":
                parts[-1] = _repeated(parts[-1], text)
            else:
                parts.append(self._part(kind, text))
        return parts[0] if len(parts) == 1 else _joined(parts)

    def _part(self, kind: str, text: str) -> Need:
        if kind == "open":
            return self.alternatives()
        if kind == "look":
            inside = self.alternatives()
            return _NOTHING if text.endswith("!") else Need(_NOTHING.exact, _flushed(inside))
        if kind in ("phrase", "slot"):
            return self._resolve(text)
        if kind == "class":
            return _of_class(text)
        if kind == "escape":
            return _of_escape(text[1])
        if kind == "other" and text in "^$":
            return _NOTHING
        return _ANYTHING if kind in ("gap", "group") or text == "." else _literally(text)


@lru_cache(maxsize=4096)
def _literally(text: str) -> Need:
    return Need(frozenset([plain(text)]))


def _of_class(text: str) -> Need:
    signs = text[1:-1]
    if signs in _DIGITS:
        return _DIGIT
    most = _FEW_SIGNS if _MARKS.intersection(signs) else _MOST_SIGNS
    if len(signs) > most or signs.startswith("^") or "\\" in signs or "-" in signs[1:-1]:
        return _ANYTHING
    return Need(frozenset(plain(signs)))


def _of_escape(sign: str) -> Need:
    if sign in "bBAZ":
        return _NOTHING
    if sign == "d":
        return _DIGIT
    return _ANYTHING if sign.isalnum() else Need(frozenset([sign]))


def _repeated(part: Need, times: str) -> Need:
    """Return what a part needs with a quantifier after it."""
    if times[0] == "?" or times.startswith("{0,1}"):
        if part.exact is None or len(part.exact) >= _MOST_STRINGS:
            return _ANYTHING
        return Need(part.exact | {""})
    if times[0] == "*" or times.startswith(("{0", "{,")):
        return _ANYTHING
    return Need(None, _flushed(part))


def _joined(parts: Iterable[Need]) -> Need:
    """Return what parts need that follow each other."""
    run: frozenset[str] | None = _NOTHING.exact
    clauses: list[frozenset[Clause]] = []
    whole = True
    for part in parts:
        clauses.append(part.clauses)
        if part.exact is not None and run is not None and len(part.exact) * len(run) <= _MOST_STRINGS:
            run = frozenset([a + b for a in run for b in part.exact])
            continue
        whole = False
        clauses.append(_of_strings(run))
        run = part.exact if part.exact is not None else _NOTHING.exact
        if part.exact is not None:
            continue
    if whole:
        return Need(run, frozenset(chain.from_iterable(clauses)))
    clauses.append(_of_strings(run))
    return Need(None, frozenset(chain.from_iterable(clauses)))


def _either(parts: list[Need]) -> Need:
    """Return what one of several parts needs."""
    strings = frozenset(chain.from_iterable(part.exact or () for part in parts))
    if all(part.exact is not None for part in parts) and len(strings) <= _MOST_STRINGS:
        return Need(strings)
    best = [sorted(_flushed(part), key=_weight) for part in parts]
    clauses = [frozenset(chain.from_iterable(each)) for each in zip(*best, strict=False)]
    return Need(None, frozenset(clause for clause in clauses if len(clause) <= _MOST_PIECES))


def _flushed(part: Need) -> frozenset[Clause]:
    return part.clauses if part.exact is None else part.clauses | _of_strings(part.exact)


def _of_strings(strings: frozenset[str] | None) -> frozenset[Clause]:
    """Return the clauses of words that are one of `strings`: the pieces of all, the rarest of each, the next rarest."""
    if not strings or "" in strings:
        return frozenset()
    pieces = [dict.fromkeys(_pieces(string)) for string in strings]
    shared = set(pieces[0]).intersection(*pieces[1:])
    own = [sorted((p for p in each if p not in shared), key=_rarity, reverse=True) for each in pieces]
    clauses = [_shortest(each) for each in zip(*own, strict=False)]
    return frozenset([*clauses, *(frozenset([piece]) for piece in shared)])


def _pieces(string: str) -> Iterator[str]:
    words = string.split(" ")
    for k, word in enumerate(words):
        if len(word) > 1 or (word and not word.isalpha()):
            yield f"{' ' if k else ''}{word}{' ' if k < len(words) - 1 else ''}"


def _shortest(pieces: Iterable[str]) -> Clause:
    """Return the pieces without those that contain another one."""
    kept: list[str] = []
    for piece in sorted(set(pieces), key=lambda p: (len(p), p)):
        if not any(k in piece for k in kept):
            kept.append(piece)
    return frozenset(kept)


def _rarity(piece: str) -> int:
    """Return how rare the piece is likely to be in texts; a guess that matters for speed alone."""
    word = piece.strip()
    return 0 if word in _COMMON else 2 * len(word) + (piece[0] == " ") + (piece[-1] == " ")


def _weight(clause: Clause) -> tuple[float, tuple[str, ...]]:
    """Return how many texts are likely to meet a clause."""
    return sum(2.0 ** -_rarity(piece) for piece in clause), tuple(sorted(clause))


def weight(clause: Clause) -> float:
    """Return how many texts are likely to meet the clause; a guess that matters for speed alone."""
    return _weight(clause)[0]
