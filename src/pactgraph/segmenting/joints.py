"""Offsets where a space between two words was lost, as happens where lines of a page were joined.

The document itself is the dictionary: a rare word is taken apart where both halves are words that it
uses elsewhere, or very common ones. Nothing is taken apart in a document that shows few such words,
because there they are names. Where the lost spaces stand at the ends of former lines, that column
decides what is left in doubt.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pactgraph.segmenting.wordlist import FUNCTION_WORDS, is_common

_WORD = re.compile(r"[^\W\d_]+")
# It begins with the rarer of its characters, which is what makes looking for it fast.
_GLUE = re.compile(r"[A-Z,;](?<=[a-z][A-Z,;])(?:(?<=[A-Z])[a-z]|(?<=[,;])[A-Za-z])")
_TOKEN = re.compile(r"\S+")
_ADDRESS = re.compile(r"://|@|www\.|/|\.(?:com|org|net|io|md|html?)\b", re.IGNORECASE)
_AFTER_STOP = re.compile(r"(?<=[^\W_])[”’)]?[,;:.)”]+[”’)]?(?=[A-Za-z“(])")
_BEFORE_OPEN = re.compile(r"(?<=[^\W\d_]{2})(?=“|\([A-Za-z]+(?:\)?$|[^)]*$)|\((?:[ivx]+|\d+)\))")
_AT_DIGIT = re.compile(r"(?<=\d)(?=[A-Za-z]{3})|(?<=[A-Za-z]{3})(?=\d)")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_VOWEL = re.compile(r"[aeiouy]")
_POSSESSIVE = re.compile(r"(?<=[’']s)([A-Za-z]{2,})")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})")

_BAND = 16
"""Lost spaces of former line ends lie within so many columns."""
_GATE = 5.0
"""So many lost spaces in 1,000 words show that the document lost them throughout."""
_RAGGED = 6
_SHORTEST = 1000
_LONGEST = 80
_USUAL_WORD = 6
_SURE = 0.5
_CASE = 3.0
_SHORT = 3.0
_NEVER = -20.0
_LIKELY = -5.0
_MAYBE = -10.0


class _Lexicon:
    """The words of one document, and how likely each is to stand by itself."""

    def __init__(self, text: str) -> None:
        self.counts = Counter(map(str.lower, _WORD.findall(text)))
        self.words = sum(self.counts.values())
        self.total = math.log(self.words or 1)
        self._cuts: dict[str, tuple[int, float] | None] = {}
        self.inside: dict[str, tuple[tuple[int, float], ...]] = {}

    def known(self, word: str) -> bool:
        """Whether the document uses the word more than once, or every document does."""
        return self.counts[word] > 1 or is_common(word)

    def cut(self, word: str) -> tuple[int, float] | None:
        """Return the best place to take `word` apart, and how much likelier the two words are than the one."""
        if word not in self._cuts:
            self._cuts[word] = _cut(word, self)
        return self._cuts[word]

    def weight(self, word: str) -> float:
        """Return the logarithm of the word's count, guessed for words that are seen too rarely."""
        if len(word) == 1:
            return math.log(max(self.counts["a"], 1)) - _SHORT if word == "a" else _NEVER
        count = self.counts[word] + (2 if word in FUNCTION_WORDS else 0)
        if count > 1:
            return math.log(count) - (_SHORT if len(word) < 3 and word not in FUNCTION_WORDS else 0)
        if is_common(word):
            return 0.5
        return -0.8 * len(word) - (0 if count or _VOWEL.search(word) else _SHORT)


@dataclass(frozen=True, slots=True)
class _Joint:
    offset: int
    score: float


def find_joints(text: str) -> tuple[int, ...]:
    """Return the offsets in `text` where a space between two words was lost, in order.

    Empty where fewer than about five in 1,000 words look like that. Precision comes before recall.
    """
    if len(text) < _SHORTEST or not _suspicious(text):
        return ()
    lexicon = _Lexicon(text)
    found = list(_candidates(text, lexicon, _SURE))
    if len(found) * 1000 < lexicon.words * _GATE:
        return ()
    starts = _line_starts(text)
    edge = _column(found, starts)
    found = list(_at_column(text, lexicon, starts, edge) if edge else _candidates(text, lexicon, _LIKELY))
    return tuple(sorted({joint.offset for joint in found}))


def _suspicious(text: str) -> bool:
    """Whether enough different words look glued together, at first sight; brand names recur and are few."""
    least = len(text) / _USUAL_WORD * _GATE / 2000
    places = [match.start() - 1 for match in _GLUE.finditer(text)]
    return len(places) >= least and len({text[max(0, place - 4) : place + 6] for place in places}) >= least


def _line_starts(text: str) -> list[int]:
    return [0, *(m.end() for m in re.finditer(r"\n", text))]


def _column(found: list[_Joint], starts: list[int]) -> int:
    """Return the column where former lines ended, or 0 where the joints lie anywhere."""
    columns = sorted(joint.offset - starts[bisect_right(starts, joint.offset) - 1] for joint in found)
    best, edge = 0, 0
    for high in sorted(set(columns)):
        inside = bisect_right(columns, high) - bisect_right(columns, high - _BAND)
        if inside > best:
            best, edge = inside, high
    return edge if best > 0.8 * len(columns) else 0


def _at_column(text: str, lexicon: _Lexicon, starts: list[int], edge: int) -> Iterator[_Joint]:
    """Yield the likeliest joint of each line at the column `edge`: the last place where the line could have ended."""
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        line = text[start:end].rstrip()
        if len(line) < edge - _RAGGED:
            continue
        least = _MAYBE if len(line) > edge else _SURE
        best: _Joint | None = None
        for joint in _candidates(line[: edge + 40], lexicon, least):
            # The word after it must not have fitted into the former line.
            after = _TOKEN.match(line, joint.offset)
            fitted = after is not None and after.end() < edge - 3
            if edge - _BAND - 8 <= joint.offset <= edge + 2 and not fitted and (not best or joint.score > best.score):
                best = joint
        if best:
            yield _Joint(start + best.offset, best.score)


def _candidates(text: str, lexicon: _Lexicon, least: float) -> Iterator[_Joint]:
    """Yield the possible joints inside the tokens of `text` that score `least` or more."""
    known = lexicon.inside
    for token in _TOKEN.finditer(text):
        found = known.get(token[0])
        if found is None:
            found = known[token[0]] = _joints(token[0], lexicon)
        for offset, score in found:
            if score >= least:
                yield _Joint(token.start() + offset, score)


def _joints(token: str, lexicon: _Lexicon) -> tuple[tuple[int, float], ...]:
    if not 3 <= len(token) <= _LONGEST or _ADDRESS.search(token):
        return ()
    plain = token.lstrip("(“")
    first = len(token) - len(plain)
    plain = plain.rstrip(".,;:)”")
    if plain.isalpha():
        cut = lexicon.cut(plain)
        return ((first + cut[0], cut[1]),) if cut else ()
    return tuple(_in_token(token, lexicon))


def _in_token(token: str, lexicon: _Lexicon) -> Iterator[tuple[int, float]]:
    for match in _AFTER_STOP.finditer(token):
        if len(token) - match.end() > 1 and match.start() > 0 and not token[: match.start()].isdigit():
            yield match.end(), 9.0
    for match in _BEFORE_OPEN.finditer(token):
        yield match.start(), 6.0
    for match in _AT_DIGIT.finditer(token):
        half = _WORD.match(token, match.start()) or _WORD.search(token[: match.start()])
        if half and not _ORDINAL.match(token, match.start()) and lexicon.known(half[0].lower()):
            yield match.start(), 2.0
    for match in _POSSESSIVE.finditer(token):
        if lexicon.known(match[1].lower()):
            yield match.start(1), _SURE
    for word in _WORD.finditer(token):
        cut = lexicon.cut(word[0])
        if cut:
            yield word.start() + cut[0], cut[1]


def _cut(word: str, lexicon: _Lexicon) -> tuple[int, float] | None:
    lower = word.lower()
    camel = {m.start() for m in _CAMEL.finditer(word)}
    if len(word) < 3 or (not camel and is_common(lower)):
        return None
    cuts = camel or range(1, len(word))
    score, cut = max((lexicon.weight(lower[:cut]) + lexicon.weight(lower[cut:]), -cut) for cut in cuts)
    return -cut, score - lexicon.total - math.log(max(lexicon.counts[lower], 1)) + (_CASE if camel else 0)
