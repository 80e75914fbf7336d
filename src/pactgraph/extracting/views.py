"""Normalised readings of a source text that remember where every character came from.

Rules are written against a reading in which runs of white space are one space, quotes and dashes
are ASCII, Markdown marks and page furniture are gone, and the parties' names are single party
tokens. The source is never altered: a `Reading` maps each of its positions back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from pactgraph.model import Span

PROVIDER, CUSTOMER, EITHER, BOTH, COUNTERPARTY = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
"""Tokens that stand for a party: one private character each. COUNTERPARTY is 'the other party'."""

TOKEN_NAMES = {PROVIDER: "Provider", CUSTOMER: "Customer", EITHER: "Either", BOTH: "Both", COUNTERPARTY: "the other"}

_SPACES = dict.fromkeys("\t\n\r\v\f\u00a0\u2002\u2003\u2007\u2009\u202f\u200b\ufeff", " ")
_ONE_TO_ONE: dict[str, str] = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **_SPACES,
}
_BLANKS = re.compile(" {2,}(?:[-=]{3,} +)*")
_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_NOISY = re.compile(r"[*_\\#<\[\]]")
"""With one of these signs all noise begins but runs of spaces; a search for them is several times faster."""

_NOISE = re.compile(
    r"(?P<mark>_?\*\*+_?|__+|(?<=[ (])\*(?=\w)|(?<=\w)\*(?=[ ,.;:)])|\\(?=[.\-_*()\[\]#&+!])|^#{1,6} )"
    r"|(?P<tag></?(?:a|abbr|b|br|div|em|font|i|li|ol|p|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul)\b[^<>]{0,300}>)"
    r"|(?P<link>\]\([^)\s]{1,400}\)|\[(?=[^\]]{1,300}\]\())"
)


class Edit(NamedTuple):
    """Replace `source[start:end]` by `words` in the reading."""

    start: int
    end: int
    words: str


def ascii_form(text: str) -> str:
    """Return `text` with typographic quotes, dashes and white space as ASCII, of the same length.

    >>> ascii_form("“as is” – today")
    '"as is" - today'
    """
    return _replaced(text, _ONE_TO_ONE)


def _replaced(text: str, table: Mapping[str, str]) -> str:
    """Return `text` with single characters replaced; much faster than str.translate on long texts."""
    for sign, plain in table.items():
        text = text.replace(sign, plain)
    return text


def fold(text: str) -> str:
    """Return `text` in lower case, every character at its place ('İ' would become two)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.translate(_ASCII_LOWER)


def count_words(pattern: re.Pattern[str], text: str) -> int:
    r"""Return how often a pattern matches where a word begins.

    A pattern that asks for this itself, by a '\b' before its first letter, is searched several times more slowly.

    >>> count_words(re.compile("you"), "You and you, not the bayou")
    1
    """
    starts = (match.start() for match in pattern.finditer(text))
    return sum(not (start and (text[start - 1].isalnum() or text[start - 1] == "_")) for start in starts)


class Reading:
    """A normalised text with a map back to its source."""

    def __init__(self, text: str, out: Sequence[int], source: Sequence[int], shown: Reading | None = None) -> None:
        self.text = text
        self._out = out
        self._source = source
        self._shown = shown

    @cached_property
    def folded(self) -> str:
        """The text in lower case, every character at its place."""
        return fold(self.text)

    def words(self, span: Span) -> str:
        """Return the source's words in `span` for people to read: cleaned, but with names and quotes as written."""
        shown = self._shown or self
        return shown.text[shown.from_source(span.start) : shown.from_source(span.end)]

    def to_source(self, start: int, end: int) -> Span:
        """Return the source span of `text[start:end]`; a token stands for all the words it replaced."""
        return Span(self._back(start), self._back(end - 1, after=True) if end > start else self._back(start))

    def _back(self, position: int, *, after: bool = False) -> int:
        k = bisect_right(self._out, position) - 1
        begin, width = self._source[k], self._out[k + 1] - self._out[k]
        length = self._source[k + 1] - begin
        if width == length:
            return begin + (position - self._out[k]) + (1 if after else 0)
        return begin + length if after else begin

    def from_source(self, position: int) -> int:
        """Return the position in the reading at which source character `position` stands."""
        k = bisect_right(self._source, position) - 1
        if k >= len(self._out) - 1:
            return len(self.text)
        while k + 1 < len(self._source) - 1 and self._source[k + 1] == self._source[k] == position:
            k += 1
        width, length = self._out[k + 1] - self._out[k], self._source[k + 1] - self._source[k]
        step = position - self._source[k]
        return self._out[k] + (step if width == length else (width if step else 0))

    def slice(self, span: Span) -> tuple[int, int]:
        """Return the trimmed bounds in the reading of a source span."""
        start, end = self.from_source(span.start), self.from_source(span.end)
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1
        return start, end


def noise(flat: str, furniture: Iterable[Span] = (), joints: Iterable[int] = ()) -> list[Edit]:
    """Return the edits that clean the ASCII form `flat` of a source: spaces, marks, furniture, lost spaces."""
    edits = [Edit(*m.span(), " ") for m in _BLANKS.finditer(flat)]
    last = 0
    for sign in _NOISY.finditer(flat):
        mark = _NOISE.match(flat, sign.start()) if sign.start() >= last else None
        if mark:
            edits.append(Edit(*mark.span(), ""))
            last = mark.end()
    edits += _removed(flat, furniture)
    edits += [Edit(j, j, " ") for j in joints]
    return edits


def _removed(flat: str, furniture: Iterable[Span]) -> list[Edit]:
    """Return the edits that leave one space in the place of furniture and all white space around it."""
    found: list[Edit] = []
    for span in furniture:
        start, end = span.start, span.end
        while start > 0 and flat[start - 1].isspace():
            start -= 1
        while end < len(flat) and flat[end].isspace():
            end += 1
        if found and found[-1].end >= start:
            start = found.pop().start
        found.append(Edit(start, end, " "))
    return found


def read(text: str, edits: Sequence[Edit], names: Iterable[Edit] = (), like: Reading | None = None) -> Reading:
    """Return the reading of the source `text` after the cleaning `edits` and, where given, the party `names`.

    `like` is a reading of the same text with the same edits: its words to show serve this one, too.
    """
    shown = like._shown if like is not None else None
    if shown is None:
        shown = apply(_replaced(text, _SPACES), edits)
    plain = apply(ascii_form(text), [*edits, *names])
    return Reading(plain.text, plain._out, plain._source, shown)


def apply(text: str, edits: Iterable[Edit]) -> Reading:
    """Return the reading that `edits` make of `text`; where edits overlap, the first one counts."""
    out: list[int] = [0]
    source: list[int] = [0]
    parts: list[str] = []
    length, last = 0, 0
    to_out, to_source, add = out.append, source.append, parts.append
    for start, end, words in sorted(edits, key=_place):
        if start < last:
            continue
        if start > last:
            add(text[last:start])
            length += start - last
            to_out(length)
            to_source(start)
        add(words)
        length += len(words)
        to_out(length)
        to_source(end)
        last = end
    if last < len(text):
        parts.append(text[last:])
        length += len(text) - last
        out.append(length)
        source.append(len(text))
    return Reading("".join(parts), out, source)


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, -edit.end
