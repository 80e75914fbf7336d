"""The cells of table rows on a page of a PDF, where its file draws a row as one line with wide gaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pactgraph.reading.pdf_pages import PageLine

CharBox = Callable[[int], tuple[float, float, float, float] | None]
"""Returns left, bottom, right and top of the character at an index; None where it has no place."""

_SPACE = re.compile(r"(?<=\S)\s+(?=\S)")
_GAP = 1.2
"""How wide a gap between cells is at least, as a multiple of the line's height."""

_LOOSE = 1.03
"""Lines whose letters take so many times the usual room may have gaps; looking at each would be slow."""

_SAME = 2.0
_FEWEST = 3
_ENOUGH = 20


def celled(lines: Sequence[PageLine], box: CharBox) -> tuple[PageLine, ...]:
    """Return the lines of a page, those that are rows of a table with where their cells begin.

    Rows are three lines or more, one after another, with wide gaps that end in the same places.
    """
    rooms = [_room(line) for line in lines if len(line.text) >= _ENOUGH]
    usual = median(rooms) if rooms else 0.0
    gaps = [tuple(_gaps(line, box)) if usual and _room(line) > _LOOSE * usual else () for line in lines]
    found: list[PageLine] = []
    start = 0
    for end in range(1, len(lines) + 1):
        if end == len(lines) or not _same(gaps[end - 1], gaps[end]):
            is_table = end - start >= _FEWEST and gaps[start]
            for line, row in zip(lines[start:end], gaps[start:end], strict=True):
                found.append(replace(line, cells=tuple(at for at, _ in row)) if is_table else line)
            start = end
    return tuple(found)


def parted(line: PageLine) -> Iterator[PageLine]:
    """Yield the cells of a row, each as a line of its own; a line that is none as it is."""
    for start, end in pairwise((0, *line.cells, len(line.text))):
        words = line.text[start:end].rstrip()
        bold = (min(line.bold[0], len(words)), min(line.bold[1], len(words))) if not start else (0, 0)
        yield replace(line, text=words, index=line.index + start, bold=bold, cells=()) if line.cells else line


def _room(line: PageLine) -> float:
    return (line.right - line.left) / len(line.text) / line.height


def _gaps(line: PageLine, box: CharBox) -> Iterator[tuple[int, float]]:
    """Yield where the words after each wide gap begin in the line's text, and on the page."""
    for space in _SPACE.finditer(line.text):
        before, after = box(line.index + space.start() - 1), box(line.index + space.end())
        if before and after and after[0] - before[2] > _GAP * line.height:
            yield space.end(), after[0]


def _same(row: Sequence[tuple[int, float]], other: Sequence[tuple[int, float]]) -> bool:
    """Whether the gaps of two rows end in the same places."""
    return len(row) == len(other) and all(abs(a[1] - b[1]) < _SAME for a, b in zip(row, other, strict=True))
