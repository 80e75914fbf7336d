"""Find what belongs to the page and not to the agreement: page numbers, headers, footers, tables of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from pactgraph.model import Span
from pactgraph.reading.contents import contents

_LINE = re.compile(r"[^\r\n\f]+")
_PAGE_LINE = re.compile(
    r"""\s*(?:
        (?:page|p\.)\s*\#?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?
      | -+\s*\d{1,4}\s*-+
      | –\s*\d{1,4}\s*–
      | \d{1,4}\s+of\s+\d{1,4}
      | \[?page\s+break\]?
    )\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_BARE_NUMBER = re.compile(r"\s*(?:[A-Z]{1,2}-)?(\d{1,3})\s*")
_SOURCE_FOOTER = re.compile(r"\s*Source:\s.{0,200}\d{1,2}/\d{1,2}/\d{4}\s*")
_TRAILING_NUMBER = re.compile(
    r"(?<=[\s_])(?:Page \d{1,3}(?: of |/)\d{1,3}(?=[ \t]*[\r\n\f])"
    r"|(?:-\s?\d{1,3}\s?-|(?<=[.;:,] )\d{1,3})(?=[ \t]*[\r\n\f]{4}))"
)
_MARKED = re.compile(r"\s*(?:article|section|exhibit|schedule|annex|appendix|part)\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_LONGEST = 240
_LAST_NUMBER = re.compile(r"(?<=\S)[ \t]+(\d{1,3})[ \t]*$")
_OFTEN = 3


def furniture(text: str) -> tuple[Span, ...]:
    """Return the spans of page furniture in `text`, in order and without overlaps.

    Marked are lines such as 'Page 3 of 10' and '- 3 -', numbers alone between blank lines that
    count upwards, 'Source: …' footers that end in a date, lines that recur beside these, numbers of pages at
    the ends of lines before them, and the lines of a table of contents.

    >>> [text[s.start:s.end] for text in ["One.\\n\\nPage 1 of 2\\n\\nTwo."] for s in furniture(text)]
    ['Page 1 of 2']
    """
    every = [(m.start(), m.end(), m.group()) for m in _LINE.finditer(text) if not m.group().isspace()]
    lines = [line for line in every if line[1] - line[0] <= 2 * _LONGEST]
    found = {(start, end) for start, end, line in lines if _is_page_line(line)}
    found |= set(_page_numbers(lines, text))
    found |= {(m.start(), m.end()) for m in _TRAILING_NUMBER.finditer(text)}
    found |= set(_recurring(lines, text, found))
    found |= set(_last_numbers(every, found))
    found |= set(contents(lines))
    return tuple(_disjoint(_trimmed(text, start, end) for start, end in found))


def _is_page_line(line: str) -> bool:
    return bool(_PAGE_LINE.fullmatch(line) or _SOURCE_FOOTER.fullmatch(line))


def _alone(text: str, start: int, end: int) -> bool:
    """Whether the line stands between blank lines or at an edge of the text."""
    before = text[max(0, start - 4) : start].replace("\r", "")
    after = text[end : end + 4].replace("\r", "")
    return all(edge or "\f" in gap or "\n\n" in gap for gap, edge in ((before, start == 0), (after, end == len(text))))


def _page_numbers(lines: Iterable[tuple[int, int, str]], text: str) -> Iterator[tuple[int, int]]:
    """Yield numbers alone on their line that count upwards by small steps, at least two of them."""
    alone = ((start, end, _BARE_NUMBER.fullmatch(line)) for start, end, line in lines)
    numbers = ((start, end, int(m[1])) for start, end, m in alone if m and _alone(text, start, end))
    return _counting(numbers, least=2)


def _last_numbers(lines: list[tuple[int, int, str]], known: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the numbers that end lines before known furniture and count upwards, at least three of them."""
    before = (line for line, after in pairwise(lines) if after[:2] in known and line[:2] not in known)
    ends = ((start, _LAST_NUMBER.search(line)) for start, _, line in before)
    return _counting(((start + m.start(1), start + m.end(1), int(m[1])) for start, m in ends if m), least=_OFTEN)


def _counting(numbers: Iterable[tuple[int, int, int]], least: int) -> Iterator[tuple[int, int]]:
    """Yield where the numbers stand that count upwards by small steps, `least` or more in a row."""
    run: list[tuple[int, int]] = []
    last = 0
    for start, end, number in numbers:
        if run and not last < number <= last + 5:
            if len(run) >= least:
                yield from run
            run = []
        run.append((start, end))
        last = number
    if len(run) >= least:
        yield from run


def _recurring(lines: list[tuple[int, int, str]], text: str, known: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield lines that recur, digits and capitals aside, beside other furniture or page breaks."""
    beside: list[tuple[int, int, str]] = []
    for index, (start, end, line) in enumerate(lines):
        if end - start > _LONGEST or (start, end) in known or _MARKED.match(line):
            continue
        near = {lines[i][:2] for i in (index - 1, index + 1) if 0 <= i < len(lines)} & known
        broken = "\f" in text[max(0, start - 2) : start] or "\f" in text[end : end + 2]
        if near or broken:
            beside.append((start, end, _DIGITS.sub("#", line.strip()).casefold()))
    often = Counter(shape for _, _, shape in beside)
    for start, end, shape in beside:
        if often[shape] >= _OFTEN:
            yield start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the spaces around a line: they belong to the white space beside it."""
    line = text[start:end]
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip())


def _disjoint(spans: Iterable[tuple[int, int]]) -> Iterator[Span]:
    last = 0
    for start, end in sorted(spans):
        if start >= last:
            yield Span(start, end)
            last = end
