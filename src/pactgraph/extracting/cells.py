"""Cells of tables that are typed with blanks: rules read them parted as those of other tables are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pactgraph.extracting.views import Edit
from pactgraph.model import Document, Outline, Sentence

_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_NEXT_LINE = re.compile(r"[ \t]*\r?\n[ \t]*")


def cell_edits(document: Document, outline: Outline) -> Iterator[Edit]:
    """Yield the edits that put ' | ' between the cells of typed rows: sentences of one line each, one below another."""
    text = document.text
    # The marks of a PDF tell bold type; those of other formats state their tables.
    if (document.marks and not document.pages) or "   " not in text:
        return
    rows: dict[int, Sentence] = {}
    for above, below in pairwise(outline.sentences):
        if _NEXT_LINE.fullmatch(text, above.end, below.start) and _is_row(text, above) and _is_row(text, below):
            rows |= {above.start: above, below.start: below}
    for row in rows.values():
        yield from (Edit(gap.start(), gap.end(), " | ") for gap in _GAP.finditer(text, row.start, row.end))


def _is_row(text: str, sentence: Sentence) -> bool:
    start, end = sentence.start, sentence.end
    return not sentence.is_heading and "\n" not in text[start:end] and _GAP.search(text, start, end) is not None
