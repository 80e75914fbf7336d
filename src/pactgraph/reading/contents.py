"""Find the lines of a table of contents, which name the clauses but are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_TITLE = re.compile(r"[\W_]*(?:table\s+of\s+contents|contents)[\W_]*(?:\(?continued\)?|page)?[\W_]*", re.IGNORECASE)
_ENTRY = re.compile(r".*\S(?:\s*\.[.\s]*|\s*…\s*|\s+)(?:\d{1,3}|[ivxl]{1,6}|[A-Z]{1,2}-\d{1,3})\s*")
_LINK = re.compile(r"\s*(?:[*+-]|\d{1,3}[.)])?\s*\[[^\]\n]{1,200}\]\(#[^()\s]*\)\s*")
_BESIDE = re.compile(
    r"\s*(?:[-–—]?\s*\d{1,3}\s*[-–—]?|[ivxl]{1,6}|(?:article|section|clause)?s?\s*page(?: no\.?)?)\s*", re.IGNORECASE
)
_STOPPED = re.compile(r"[.;:,]\s*$")
_LEAST = 4
"""So many entries make a table of contents."""

_BETWEEN = 3
"""So many lines without a page number may stand between two entries: titles of articles, long names."""

_SHORT = 90

_Line = tuple[int, int, str]


def contents(lines: Sequence[_Line]) -> Iterator[tuple[int, int]]:
    """Yield start and end of those `lines`, each with its words, that make up tables of contents.

    These are lines below a title such as 'Table of Contents' that end in page numbers, short lines between
    them, and lists of links to places on the same page.
    """
    yield from _links(lines)
    at = 0
    while at < len(lines):
        if not _TITLE.fullmatch(lines[at][2]):
            at += 1
            continue
        last = _last_entry(lines, at + 1)
        if last:
            yield from ((start, end) for start, end, _ in lines[at : last + 1])
        at = max(last, at) + 1


def _last_entry(lines: Sequence[_Line], first: int) -> int:
    """Return the index of the last entry below a title, or 0 where there are too few."""
    last = count = 0
    for at in range(first, len(lines)):
        words = lines[at][2]
        if _TITLE.fullmatch(words) or (last and at - last > _BETWEEN):
            break
        if _ENTRY.fullmatch(words):
            last, count = at, count + 1
        elif not _BESIDE.fullmatch(words) and (len(words.strip()) > _SHORT or _STOPPED.search(words)):
            break
    return last if count >= _LEAST else 0


def _links(lines: Sequence[_Line]) -> Iterator[tuple[int, int]]:
    run: list[tuple[int, int]] = []
    for start, end, words in (*lines, (0, 0, "")):
        if _LINK.fullmatch(words):
            run.append((start, end))
        else:
            yield from run if len(run) >= _LEAST else ()
            run = []
