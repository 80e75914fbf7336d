"""From the lines of all pages to one text, with paragraphs parted by blank lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pactgraph.model import Mark, Page
from pactgraph.reading.pdf_cells import parted
from pactgraph.reading.pdf_pages import PageLine

BREAK = "\f"
CELL = "   "
"""Stands between two pages."""

_FULL = 0.8
_WIDER = 1.3
_FAR = 4.0
_MOST_INDENT = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a line went: `length` characters from `offset` of the text, from text index `index` of a page."""

    offset: int
    length: int
    page: int
    index: int


@dataclass(frozen=True, slots=True)
class Composed:
    """The text of a PDF, its pages, the bold words at its lines' starts, and the pieces it was put together from."""

    text: str
    pages: tuple[Page, ...]
    marks: tuple[Mark, ...]
    pieces: tuple[Piece, ...]


def compose(sheets: Sequence[Sequence[PageLine] | str]) -> Composed:
    """Return the text of `sheets`, for each page its lines in reading order, or its text as recognised.

    Pages are parted by BREAK, lines by newlines; a line after a wider gap than usual is parted by a blank
    one, and indented lines begin with spaces.
    """
    usual = _usual([lines for lines in sheets if not isinstance(lines, str)])
    parts: list[str] = []
    pages: list[Page] = []
    marks: list[Mark] = []
    pieces: list[Piece] = []
    length = 0
    for number, lines in enumerate(sheets, start=1):
        start = length
        if isinstance(lines, str):
            parts.append(lines)
            length += len(lines)
        else:
            for before, line in _in_cells(_laid_out(lines, usual)):
                parts += (before, line.text)
                length += len(before)
                pieces.append(Piece(length, len(line.text), number, line.index))
                if line.bold[1]:
                    marks.append(Mark(length + line.bold[0], length + line.bold[1], "emphasis"))
                length += len(line.text)
        pages.append(Page(number, start, length))
        parts.append(BREAK)
        length += len(BREAK)
    return Composed("".join(parts[:-1]), tuple(pages), tuple(marks), tuple(pieces))


def _laid_out(lines: Sequence[PageLine], usual: float) -> Iterator[tuple[str, PageLine]]:
    """Yield each line with the white space that comes before it."""
    margin = min((line.left for line in lines), default=0.0)
    before: PageLine | None = None
    for line in lines:
        indent = " " * min(_MOST_INDENT, round((line.left - margin) / (0.5 * line.height)))
        if before is None:
            yield indent, line
        elif before.hyphen and not _level(before, line):
            yield "", line  # the rest of a hyphenated word
        elif _level(before, line) and line.left >= before.right:
            yield CELL, line  # the next cell of a row
        else:
            if before.bottom < line.bottom:  # the top of a column
                margin = min(each.left for each in lines if each.left >= line.left - line.height)
                indent = ""
            gap = before.bottom - line.bottom
            yield ("\n\n" if gap > _WIDER * usual * line.height else "\n") + indent, line
        before = line


def _in_cells(laid_out: Iterable[tuple[str, PageLine]]) -> Iterator[tuple[str, PageLine]]:
    """Yield the lines, rows of tables cell by cell, each with the white space that comes before it."""
    for before, line in laid_out:
        first, *others = parted(line)
        yield before, first
        yield from ((CELL, cell) for cell in others)


def _level(before: PageLine, line: PageLine) -> bool:
    return abs(before.bottom - line.bottom) < 0.4 * line.height


def _usual(sheets: Sequence[Sequence[PageLine]]) -> float:
    """Return the usual distance of lines in a paragraph, as a multiple of their height.

    Lines that reach the right edge mostly go on in the next: what follows these tells.
    """
    after_full: list[float] = []
    after_any: list[float] = []
    for lines in sheets:
        edge = max((line.right for line in lines), default=0.0)
        for before, line in pairwise(lines):
            distance = (before.bottom - line.bottom) / line.height
            if 0.4 < distance < _FAR:
                after_any.append(distance)
                if before.right > _FULL * edge:
                    after_full.append(distance)
    found = sorted(after_full) or sorted(after_any)
    share = 0.5 if after_full else 0.25
    return found[int(share * (len(found) - 1))] if found else 1.2
