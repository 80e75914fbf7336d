"""Word files and web pages in which every line that is seen is a paragraph or a division of its own.

Converters write such files from pages. The lines are read as those of hard-wrapped text are; nothing of
the text changes. All of it is done behind a gate on the whole document, because paragraphs that are
joined by mistake cost more than lines that stay apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pactgraph.model import Mark
from pactgraph.segmenting.lines import NARROW, Layout, Line

_FEWEST = 12
_NARROWEST = 30
_UNFINISHED = 0.4
_GO_ON = 0.5
_FULL = 0.7
_ALONE = 0.9
"""Where so many lines are paragraphs of their own, the end of a paragraph means nothing."""


def wrapped_layout(marks: Sequence[Mark], text: str) -> Layout | None:
    """Return how lines are laid out, if the paragraphs that are `marks` are no more than lines; else None.

    They are where no paragraph is longer than a line of a page, many end inside a sentence that the next one
    goes on with in small letters, and those that do are of nearly one length.
    """
    said = [text[mark.start : mark.end] for mark in marks if mark.kind in ("paragraph", "item")]
    found = [line.strip() for words in said for line in words.split("\n") if line.strip()]
    if len(found) < _FEWEST:
        return None
    lengths = sorted(map(len, found))
    most = lengths[int(0.97 * (len(lengths) - 1))]
    if not _NARROWEST <= most <= NARROW:
        return None
    unfinished = [(line, after) for line, after in pairwise(found) if not _terminated(line)]
    going = sum(after[0].islower() for _, after in unfinished)
    if len(unfinished) < _UNFINISHED * len(found) or going < _GO_ON * len(unfinished):
        return None
    inside = sorted(len(line) for line, after in unfinished if after[0].islower())
    if inside[len(inside) // 4] < _FULL * most:
        return None
    return Layout(True, len(said) > _ALONE * len(found), inside[int(0.8 * (len(inside) - 1))])


def _terminated(line: str) -> bool:
    return Line(0, len(line), line, 1, 0).terminated
