"""Tells soon that an expression does not match a text: RE2 is asked for what it cannot match without.

RE2 reads a text once, whatever the expression; `re` tries each alternative at each letter. RE2 knows no lookarounds
and few repetitions, so it is given an expression that matches wherever the one meant does, and then some: its hull.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

import re2

from pactgraph.extracting.views import BOTH, COUNTERPARTY, CUSTOMER, EITHER, PROVIDER

QUIET = re2.Options()
QUIET.case_sensitive = False
QUIET.log_errors = False

_NAMED = re.compile(r"\(\?(?:P<\w+>|>)")
_COUNTED = re.compile(r"\{\d*,?(?P<most>\d*)\}\??")
_FEW = 4
"""A hull counts no further: RE2 would need too many states."""

_BEYOND_ASCII = re.compile(r"[^\W\x00-\x7f]")
_TOKEN_BYTES = bytes(set(f"{PROVIDER}{CUSTOMER}{EITHER}{BOTH}{COUNTERPARTY}".encode()))
"""Of these bytes party tokens consist, and no letter."""

MOST_TEXTS = 4096
"""So many texts are kept in the forms in which they are searched; as many as rules look at in an agreement."""

_AHEAD = re.compile(r"\(\?=")
_LOOKAROUND = re.compile(r"\(\?<?[=!]")


class Hull:
    """The hull of an expression; what makes it is called when it is first needed, and its result compiled then."""

    __slots__ = ("_gate", "_made")

    def __init__(self, made: Callable[[], str]) -> None:
        self._made = made
        self._gate: re2.Set | None = None

    def may_match(self, text: str) -> bool:
        """Whether the hull matches `text`; if it does not, no expression inside it does."""
        if self._gate is None:
            self._gate = re2.Set.SearchSet(QUIET)
            try:
                self._gate.Add(self._made())
            except re2.error:
                self._gate.Add("")
            self._gate.Compile()
        encoded = _encoded(text)
        return encoded is None or self._gate.Match(encoded) is not None


class Screened:
    """A regular expression that seldom matches, and is tried only where its hull does.

    >>> Screened(r"(?<=,) including [^,]*,").sub("", "keep copies, including old ones, of all files")
    'keep copies, of all files'
    """

    __slots__ = ("_hull", "_regex")

    def __init__(self, source: str, flags: int = 0) -> None:
        self._regex = re.compile(source, flags)
        self._hull = Hull(lambda: hull(source))

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in `text`, or None."""
        return self._regex.search(text) if self._hull.may_match(text) else None

    def finditer(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        """Return the matches in `text` from `start` on, in order."""
        return self._regex.finditer(text, start) if self._hull.may_match(text) else iter(())

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Return `text` with all matches replaced."""
        return self._regex.sub(replacement, text) if self._hull.may_match(text) else text


def hull(source: str) -> str:
    """Return an RE2 expression that matches wherever `source` may, as closely as without looking around.

    For texts without letters beyond ASCII: RE2 knows no others. What it looks ahead for at its end is a part of it.
    """
    ahead = next((m for m in _AHEAD.finditer(source) if group_end(source, m.start()) == len(source)), None)
    return hull_within(f"{source[: ahead.start()]}(?:{source[ahead.end() :]}" if ahead else source)


@cache
def hull_within(source: str) -> str:
    """Return the hull of an expression that others follow.

    Repetitions of more than a few times become repetitions of any number.
    """
    plain = drop_lookarounds(_NAMED.sub("(?:", source))
    return _COUNTED.sub(lambda m: m[0] if m["most"] and int(m["most"]) <= _FEW else "*", plain)


@lru_cache(maxsize=MOST_TEXTS)
def _encoded(text: str) -> bytes | None:
    """Return the text for RE2; None where it has letters or digits beyond ASCII, which RE2 takes for other signs."""
    encoded = text.encode("utf-8", "replace")
    if encoded.translate(None, _TOKEN_BYTES).isascii() or _BEYOND_ASCII.search(text) is None:
        return encoded
    return None


def drop_lookarounds(text: str) -> str:
    """Return an expression without its lookaround groups."""
    out, last = [], 0
    for match in _LOOKAROUND.finditer(text):
        if match.start() < last:
            continue
        out.append(text[last : match.start()])
        last = group_end(text, match.start())
    out.append(text[last:])
    return "".join(out)


def group_end(text: str, start: int) -> int:
    """Return where the group that opens at `start` ends, past its parenthesis."""
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
