"""Line breaks that have become runs of blanks, as in texts whose every page was put on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pactgraph.segmenting.headings import LONGEST, is_caps, is_clause_heading
from pactgraph.segmenting.markers import marker

_LONG = 600
# It begins with plain characters, which is what makes looking for it fast.
_RUN = re.compile(r"   [ \u00a0]*(?=\S)")
_OFTEN = 10
_SHARE = 1000
"""In such texts, there is at least one run of blanks in so many characters."""

_ENDED = re.compile(r"[.;:!?]['\"”’)]{0,2}$|[;,]\s(?:and|or)$")
_AHEAD = 60


def lost_breaks(text: str) -> tuple[int, ...]:
    """Return where lines begin whose breaks have become runs of blanks: after a sentence, an item or a heading.

    Empty where only few of the long lines show such runs: there they are tables and gaps in the type.

    >>> page = "1. Fees     1.1. Rates. You pay     what we say.     " * 20
    >>> page[lost_breaks(page)[0]:][:11]
    '1.1. Rates.'
    """
    pages = list(_long_lines(text))
    runs = [[match.span() for match in _RUN.finditer(text, *page) if match.start() > page[0]] for page in pages]
    count = sum(map(len, runs))
    if count < _OFTEN or count * _SHARE < sum(end - start for start, end in pages):
        return ()
    return tuple(place for page, found in zip(pages, runs, strict=True) for place in _breaks(text, page, found))


def _long_lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if len(line) >= _LONG:
            yield start, start + len(line)
        start += len(line) + 1


def _breaks(text: str, page: tuple[int, int], runs: list[tuple[int, int]]) -> Iterator[int]:
    """Yield those ends of `runs` where a line begins; runs inside a sentence are where its lines were broken."""
    last = page[0]
    for start, end in runs:
        ended = _ENDED.search(text, max(last, start - 8), start)
        if ended or (start - last <= LONGEST and _heads(text[last:start], text[end : min(end + _AHEAD, page[1])])):
            yield end
            last = end


def _heads(words: str, following: str) -> bool:
    """Whether `words` are a heading of what follows: of a numbered clause, or of words in small letters."""
    own = marker(words.lstrip())
    body = words.strip()[own.length :].strip() if own else words.strip()
    if not body or not is_clause_heading(body):
        return False
    return marker(following) is not None or (not is_caps(following) and following[:1].isupper())
