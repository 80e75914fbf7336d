"""Find page furniture where the pages are known: what recurs at their tops and bottoms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pactgraph.model import Page, Span
from pactgraph.reading.furniture import furniture

_LINE = re.compile(r"[^\r\n\f]+")
_NUMBER = re.compile(r"[-–\s]*(?:(\d{1,4})|([ivxl]{1,7}))[-–\s]*")
_MARKED = re.compile(r"(?:article|section|exhibit|schedule|annex|appendix|part)\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_DEEP = 3
_LONGEST = 160
_OFTEN = 3
_FEW_PAGES = 3

_Line = tuple[int, int, str]


def page_furniture(text: str, pages: Sequence[Page]) -> tuple[Span, ...]:
    """Return the spans of page furniture in a text with `pages`, in order and without overlaps.

    Beside what `furniture` finds, these are lines at the edges of pages that recur there on other pages,
    digits aside, and numbers alone there that count with the pages.

    >>> text = "Acme\\nOne.\\n7\\fAcme\\nTwo.\\n8\\fAcme\\nThree.\\n9"
    >>> found = page_furniture(text, [Page(1, 0, 11), Page(2, 12, 23), Page(3, 24, 37)])
    >>> [text[span.start:span.end] for span in found]
    ['Acme', '7', 'Acme', '8', 'Acme', '9']
    """
    found = {(span.start, span.end) for span in furniture(text)}
    for last in (False, True):
        edges = [(page, _edge(text, page, last)) for page in pages]
        often = Counter(shape for page, lines in edges for shape in {_shape(line[2], page) for line in lines})
        for page, lines in edges:
            for start, end, line in lines:
                times = often[_shape(line, page)]
                if (start, end) not in found and not _recurs(line, times, len(pages)):
                    break  # what lies further in belongs to the agreement
                found.add((start, end))
    return tuple(_merged(found))


def _edge(text: str, page: Page, last: bool) -> list[_Line]:
    """Return the first lines of a page from the top, or the last from the bottom."""
    lines = list(_words(text, page.start, page.end))
    return lines[-1 : -_DEEP - 1 : -1] if last else lines[:_DEEP]


def _words(text: str, start: int, end: int) -> Iterator[_Line]:
    for match in _LINE.finditer(text, start, end):
        words = match[0].strip()
        if words:
            begin = match.start() + len(match[0]) - len(match[0].lstrip())
            yield begin, begin + len(words), words


def _shape(line: str, page: Page) -> str | int:
    """Return what recurs of a line: a number's distance from the page's, else the words without digits."""
    number = _NUMBER.fullmatch(line)
    if number:
        return (int(number[1]) if number[1] else _roman(number[2])) - page.number
    return _DIGITS.sub("#", line.casefold())


def _roman(numeral: str) -> int:
    values = [_ROMAN[char] for char in numeral]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _recurs(line: str, times: int, pages: int) -> bool:
    if len(line) > _LONGEST:
        return False
    if _MARKED.match(line):
        return times >= _OFTEN and times > pages / 2
    return times >= _OFTEN or (times == 2 and pages <= _FEW_PAGES)


def _merged(found: set[tuple[int, int]]) -> Iterator[Span]:
    last = 0
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= last:
            yield Span(start, end)
            last = end
