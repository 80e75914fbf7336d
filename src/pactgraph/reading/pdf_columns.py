"""The order in which a page's lines are read: column by column, whatever the order of the file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pactgraph.reading.pdf_pages import PageLine

_LEAST = 4
_JUMP = 0.8


def in_reading_order(lines: Sequence[PageLine]) -> tuple[PageLine, ...]:
    """Return `lines` as they are read; the file's own order stays where it runs down the page.

    Lines that run over both columns, such as a title, part the page into bands; in each band the left
    column comes first. On a page of one column, rows run from left to right.
    """
    if not _disordered(lines):
        return tuple(lines)
    return tuple(_ordered(list(lines)))


def _disordered(lines: Sequence[PageLine]) -> bool:
    """Whether a line stands above or before the one that the file has before it, and in no column to its right."""
    edge = 0.0
    for before, line in pairwise(lines):
        edge = max(edge, before.right)
        rises = line.bottom > before.bottom + _JUMP * before.height
        level = abs(line.bottom - before.bottom) < 0.5 * before.height
        if rises and line.left > before.left + before.height and line.left >= edge - before.height:
            edge = 0.0  # a new column begins
        elif rises or (level and line.right <= before.left):
            return True
        elif level and line.left > before.right + before.height and len(lines) > 2 * _LEAST:
            return True  # two pieces of one row: columns, or cells, which ordering by rows leaves alone
    return False


def _ordered(lines: list[PageLine]) -> list[PageLine]:
    gutter = _gutter(lines)
    rows = _rows(lines)
    if gutter is None:
        return rows
    found: list[PageLine] = []
    left: list[PageLine] = []
    right: list[PageLine] = []
    for line in rows:
        if line.left < gutter < line.right:
            found += _side(left) + _side(right) + [line]
            left, right = [], []
        else:
            (left if line.right <= gutter else right).append(line)
    return found + _side(left) + _side(right)


def _side(lines: list[PageLine]) -> list[PageLine]:
    """Order one side of a gutter, which may itself hold columns."""
    return _ordered(lines) if len(lines) > 2 * _LEAST else lines


def _rows(lines: Sequence[PageLine]) -> list[PageLine]:
    """Return lines from top to bottom, those on one baseline from left to right."""
    rows: list[list[PageLine]] = []
    for line in sorted(lines, key=lambda each: -each.bottom):
        if rows and rows[-1][0].bottom - line.bottom < 0.4 * line.height:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda each: each.left)]


def _gutter(lines: Sequence[PageLine]) -> float | None:
    """Return where a white stripe parts the page into two columns of running text, or None."""
    if len(lines) < 2 * _LEAST:
        return None
    first, last = min(line.left for line in lines), max(line.right for line in lines)
    inner = [
        edge
        for line in lines
        if first + 0.3 * (last - first) < (edge := line.right + 3.0) < last - 0.3 * (last - first)
    ]
    best: tuple[int, float] | None = None
    for edge in sorted({round(edge) for edge in inner}):
        crossing = sum(line.left < edge < line.right for line in lines)
        left = sum(line.right <= edge for line in lines)
        right = len(lines) - crossing - left
        if min(left, right) >= _LEAST and crossing <= 0.4 * len(lines) and _running(lines, edge, first):
            best = min(best, (crossing, edge)) if best else (crossing, edge)
    return float(best[1]) if best else None


def _running(lines: Sequence[PageLine], edge: float, first: float) -> bool:
    """Whether the left side is full of words; short cells beside others are a table, read by rows."""
    fill = sorted((line.right - first) / (edge - first) for line in lines if line.right <= edge)
    return fill[len(fill) // 2] > 0.7
