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
    r"(?P<mark>_?\*\*+_?|__+|(?<!\w)_(?=[A-Za-z\"(][^_\n]{0,80}_(?!\w))|(?<=[\w.,\")])_(?!\w)"
    r"|(?<=[ (])\*(?=\w)|(?<=\w)\*(?=[ ,.;:)])|\\(?=[.\-_*()\[\]#&+!])|^#{1,6} )"
    r"|(?P<tag></?(?:a|abbr|b|br|div|em|font|i|li|ol|p|small|span|strong"
    r"|sub|sup|table|tbody|td|th|thead|tr|u|ul)\b[^<>]{0,300}>)"
    r"|(?P<link>\]\([^)\s]{1,400}\)|\[(?=[^\]]{1,300}\]\())"
)


_SINGLY_QUOTED = re.compile(
    r"\((?:[^()\"']{0,30}(?<!\w)'(?=[\w*])[^'\"()]{1,50}(?<=\S)'(?!\w)[,;]?){1,5}[^()\"']{0,20}\)"
    r"|(?<![\w'])'\**[A-Z][\w ,/&()*-]{0,50}'(?= (?:shall )?(?:means?|refers?)\b)"
)
"""Names in single quotes where a name is given or explained; elsewhere these may be apostrophes."""

_SINGLE = ("('", "(the '", "' mean", "' shall mean", "' refer", "called '", "called the '")
"""Signs one of which stands in any text that gives names in single quotes."""


class Edit(NamedTuple):
    """Replace `source[start:end]` by `words` in the reading."""

    start: int
    end: int
    words: str


def ascii_form(text: str) -> str:
    """Return `text` with typographic quotes, dashes and white space as ASCII, of the same length.

    >>> ascii_form("“as is” – today")
    '"as is" - today'
    >>> ascii_form("the yard (the ‘Owner’) and the owners")
    'the yard (the "Owner") and the owners'
    """
    flat = _replaced(text, _ONE_TO_ONE)
    return _SINGLY_QUOTED.sub(_doubly, flat) if any(sign in flat for sign in _SINGLE) else flat


def _doubly(quoted: re.Match[str]) -> str:
    return quoted[0].replace("'", '"')


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
    return sum(begins_word(text, match.start()) for match in pattern.finditer(text))


def count_name(name: str, text: str) -> int:
    """Return how often a name stands in `text` by itself.

    >>> count_name("Quay", "Quay and the Quayside: a Quay")
    2
    """
    found = 0
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        found += begins_word(text, at) and _is_letter(text[end - 1 : end]) != _is_letter(text[end : end + 1])
        at = text.find(name, at + 1)
    return found


def begins_word(text: str, at: int) -> bool:
    """Return whether no letter, digit or underscore stands before `text[at]`."""
    return not _is_letter(text[at - 1 : at])


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


class Reading:
    """A normalised text with a map back to its source."""

    def __init__(self, text: str, out: Sequence[int], source: Sequence[int], shown: Reading | None = None) -> None:
        self.text = text
        self.shown = shown
        self._out = out
        self._source = source

    @cached_property
    def folded(self) -> str:
        """The text in lower case, every character at its place."""
        return fold(self.text)

    def words(self, span: Span) -> str:
        """Return the source's words in `span` for people to read: cleaned, but with names and quotes as written."""
        shown = self.shown or self
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
        begin, place = self._source[k], self._out[k]
        if position == begin or k + 1 == len(self._out):
            return place
        width = self._out[k + 1] - place
        return place + (position - begin if width == self._source[k + 1] - begin else width)

    def slice(self, start: int, end: int) -> tuple[int, int]:
        """Return the trimmed bounds in the reading of the source's `start` to `end`."""
        text = self.text
        start, end = self.from_source(start), self.from_source(end)
        while start < end and text[start] == " ":
            start += 1
        while end > start and text[end - 1] == " ":
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


def read(text: str, edits: Iterable[Edit]) -> Reading:
    """Return the reading of the source `text` after the cleaning `edits`."""
    kept = _in_order(edits)
    places = _places(len(text), kept)
    return Reading(_edited(ascii_form(text), kept), *places, Reading(_edited(_replaced(text, _SPACES), kept), *places))


def read_named(text: str, edits: Iterable[Edit], names: Iterable[Edit], plain: Reading) -> Reading:
    """Return the reading of the source `text` after the cleaning `edits` and the party `names`.

    `plain` is its reading without names: the words to show of that serve this one, too.
    """
    kept = _in_order([*edits, *names])
    return Reading(_edited(ascii_form(text), kept), *_places(len(text), kept), plain.shown)


def apply(text: str, edits: Iterable[Edit]) -> Reading:
    """Return the reading that `edits` make of `text`; where edits overlap, the first one counts."""
    kept = _in_order(edits)
    return Reading(_edited(text, kept), *_places(len(text), kept))


def _in_order(edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits in text order; of those that overlap, the first one alone."""
    kept: list[Edit] = []
    last = 0
    for edit in sorted(edits, key=_place):
        if edit[0] >= last:
            kept.append(edit)
            last = edit[1]
    return kept


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, -edit.end


def _edited(text: str, edits: Iterable[Edit]) -> str:
    """Return the words that `edits`, in order, make of `text`."""
    parts: list[str] = []
    last = 0
    for start, end, words in edits:
        parts += (text[last:start], words)
        last = end
    return "".join([*parts, text[last:]])


def _places(length: int, edits: Iterable[Edit]) -> tuple[list[int], list[int]]:
    """Return where in a reading, and where in its source of that `length`, each stretch begins, and the last ends."""
    out, source = [0], [0]
    place = last = 0
    for start, end, words in edits:
        if start > last:
            place += start - last
            out.append(place)
            source.append(start)
        place += len(words)
        out.append(place)
        source.append(end)
        last = end
    if last < length:
        out.append(place + length - last)
        source.append(length)
    return out, source
