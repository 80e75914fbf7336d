"""Hyphens that a line end put into a word: 'termi-' and 'nation' are read as one, the source keeps both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pactgraph.extracting.views import Edit
from pactgraph.model import Document

_SOFT = re.compile(r"[^\W\d_]+(?:\u00ad(?:[ \t]*\r?\n[ \t]*)?[^\W\d_]+)+")
_SOFT_HYPHEN = re.compile(r"\u00ad\s*")
_AT_END = re.compile(r"[-‐][ \t]*\r?\n[ \t]*(?P<second>[a-z]{2,})(?![\w-])")
_IN_LINE = re.compile(r"[-‐](?P<second>[a-z]{2,})(?![\w-])")
_BEFORE = re.compile(r"(?<![\w-])[^\W\d_]{2,}$")
_LONGEST_HALF = 60
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PREFIXES = frozenset(("non", "self", "co", "ex", "anti", "multi", "post", "then", "well", "so"))
"""What begins a word with a hyphen, even in a document that has it nowhere else."""

_JOINED_LINES = "application/pdf"
"""The type of documents whose text has no line break after a hyphen that may have ended a line."""


def hyphen_edits(document: Document) -> Iterator[Edit]:
    """Yield the edits that join the words of `document` which a line end parted.

    The document itself is the dictionary. A hyphen at a line end goes where the whole word stands
    elsewhere, or neither half stands anywhere by itself ('indem-nification'); else only the line break
    goes ('non-renewal'). Where line breaks after hyphens are gone already, the whole word must stand
    elsewhere, and the hyphenated one nowhere else. Soft hyphens go as those at line ends do, and become
    hyphens where they stand for one ('know-how').
    """
    text = document.text
    pattern = _IN_LINE if document.media_type == _JOINED_LINES else _AT_END
    parted = list(_parted(pattern, text))
    soft = list(_SOFT.finditer(text)) if "\u00ad" in text else []
    if not parted and not soft:
        return
    uses = Counter(_WORD.findall(text.lower().replace("‐", "-")))
    yield from _softened(soft, uses)
    for half, found in parted:
        first, second = half.lower(), found["second"].lower()
        whole, hyphenated = uses[first + second], uses[f"{first}-{second}"]
        hyphen = found.start()
        if pattern is _IN_LINE:
            if whole and hyphenated == 1:
                yield Edit(hyphen, hyphen + 1, "")
        elif whole or (not hyphenated and uses[first] < 2 and uses[second] < 2 and first not in _PREFIXES):
            yield Edit(hyphen, found.start("second"), "")
        else:
            yield Edit(hyphen + 1, found.start("second"), "")


def _parted(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield the words before hyphens that may part one, each with the hyphen and what follows it."""
    for found in pattern.finditer(text):
        start = found.start()
        half = _BEFORE.search(text[max(0, start - _LONGEST_HALF) : start])
        if half:
            yield half[0], found


def _softened(soft: Sequence[re.Match[str]], uses: Mapping[str, int]) -> Iterator[Edit]:
    """Yield the edits for words with soft hyphens, which are syllables where none of them stands by itself."""
    own = Counter(piece for found in soft for piece in _SOFT_HYPHEN.split(found[0].lower()))
    for found in soft:
        pieces = _SOFT_HYPHEN.split(found[0].lower())
        is_one = uses["".join(pieces)] or all(uses[piece] <= own[piece] for piece in pieces)
        for hyphen in _SOFT_HYPHEN.finditer(found[0]):
            yield Edit(found.start() + hyphen.start(), found.start() + hyphen.end(), "" if is_one else "-")
