"""How far a pattern gets in a text that it does not match: for the one who asks why nothing was found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pactgraph.errors import MappingError
from pactgraph.extracting.hulls import group_end
from pactgraph.extracting.patterns import Pattern, Words, compile_pattern

_DEEPEST = 4
"""So many groups within one another are looked into for the part that fails."""

_PART = re.compile(
    r"(?P<glue>(?: ?…{1,2} ?| |\\b|\^)*)"
    r"(?P<core>\\.|\{[a-z][a-z0-9-]*\}|<[A-Za-z][\w.]*:?[a-z]?\w*>|<:\w+>|\[\^?\]?(?:\\.|[^\]\\])*\]|\w|.)?",
    re.DOTALL,
)
_QUANTIFIER = re.compile(r"(?:[*+?]|\{\d+(?:,\d*)?\})[?+]?")


@dataclass(frozen=True, slots=True)
class Reach:
    """The longest beginning of a pattern that matches a text: its source, the part that fails, and where it stands.

    `start` and `end` bound the words that the beginning matches; all of `matched` is '' where nothing does.
    """

    matched: str
    failing: str
    start: int = 0
    end: int = 0


def reach(pattern: Pattern, words: Words, text: str, pivot: int = -1) -> Reach:
    """Return how far `pattern`, which does not match `text`, gets in it; `words` are those of the lexicon.

    Of alternatives the one that gets farthest counts. With a `pivot`, only a match that begins there does.
    """
    return _farthest("", pattern.source, _Text(text, pivot, words), _DEEPEST)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text in which beginnings of a pattern are looked for."""

    text: str
    pivot: int
    words: Words

    def find(self, source: str) -> re.Match[str] | None:
        try:
            pattern = compile_pattern(source, self.words, "pattern")
            return pattern.search(self.text) if self.pivot < 0 else pattern.match(self.text, self.pivot)
        except MappingError:  # a beginning that is no expression by itself: the one before it tells enough
            return None


def _farthest(before: str, source: str, text: _Text, depth: int) -> Reach:
    """Return the reach of `source` after the beginning `before`, which matches."""
    tries = [_along(before, parts, text, depth) for parts in alternatives(source)]
    return max(tries, key=lambda tried: len(tried.matched))


def _along(before: str, parts: Sequence[str], text: _Text, depth: int) -> Reach:
    low, high = 0, len(parts)
    while low < high:
        middle = (low + high + 1) // 2
        if text.find(before + "".join(parts[:middle])):
            low = middle
        else:
            high = middle - 1
    matched = before + "".join(parts[:low])
    failing = parts[low] if low < len(parts) else ""
    inner = _inside(failing)
    if inner is not None and depth:
        glue = failing[: failing.index("(?:")]
        deeper = _farthest(matched + glue, inner, text, depth - 1)
        if len(deeper.matched) > len(matched + glue):
            return deeper
    hit = text.find(matched) if matched else None
    return Reach(matched, failing.strip(" "), *(hit.span() if hit else (0, 0)))


def _inside(part: str) -> str | None:
    """Return what stands in a part that is one group, None for any other part."""
    begin = part.find("(?:")
    glued = begin >= 0 and not part[:begin].strip(" …")
    return part[begin + 3 : -1] if glued and group_end(part, begin) == len(part) else None


@lru_cache(maxsize=256)
def alternatives(source: str) -> tuple[tuple[str, ...], ...]:
    """Return the alternatives of a pattern, each as its parts in order: words, slots, phrases, groups.

    >>> alternatives("unless <party> …{notify}|renews? (?:each|every) year")
    (('unless', ' <party>', ' …{notify}'), ('renews?', ' (?:each|every)', ' year'))
    """
    found: list[list[str]] = [[]]
    position, word = 0, False
    while position < len(source):
        if source[position] == "|":
            found.append([])
            position, word = position + 1, False
            continue
        end, plain = _part_end(source, position)
        part = source[position:end]
        if word and plain and part[0].isalnum():
            found[-1][-1] += part
        else:
            found[-1].append(part)
        position, word = end, plain
    return tuple(map(tuple, found))


def _part_end(source: str, start: int) -> tuple[int, bool]:
    """Return where the part that begins at `start` ends, and whether it is a letter or digit of a word."""
    hit = _PART.match(source, start)
    assert hit is not None
    at = hit.end("glue")
    if at < len(source) and source[at] == "|":
        return at, False
    end = group_end(source, at) if source[at : at + 1] == "(" else hit.end()
    quantifier = _QUANTIFIER.match(source, end)
    return quantifier.end() if quantifier else end, (hit["core"] or "").isalnum()
