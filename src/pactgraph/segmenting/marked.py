"""Blocks of a document whose format states its structure: Word files and web pages.

Every mark of a block becomes a Block as lines of plain text do, its derived label in the place of a
typed one, so that the same agreement in any format makes the same tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pactgraph.model import Document, Mark
from pactgraph.segmenting.blocks import Block, blocks
from pactgraph.segmenting.headings import LONGEST, is_clause_heading, is_heading
from pactgraph.segmenting.lines import Layout, Line, layout, lines
from pactgraph.segmenting.markers import Marker, marker
from pactgraph.segmenting.visual_lines import wrapped_layout

_BLOCKS = frozenset(("paragraph", "heading", "item", "bullet", "row", "note"))
_LAST_PART = re.compile(r"\([^()]{1,6}\)$")
_LEVELS = re.compile(r"\d+\.\d|[^\W\d_]{3,} ?\d")
_STEP = 4
"""How far a level of lists is indented, in characters, as if it had been typed."""

_BOLD = "**"


def marked(text: str, document: Document) -> list[Block]:
    """Return the blocks of `document` by its marks, in order; `text` is its legible text."""
    stated = [mark for mark in document.marks if mark.kind in _BLOCKS]
    shape = wrapped_layout(stated, text)
    if shape:
        return list(_rejoined(stated, text, shape))
    return [block for mark in stated for block in _blocks(text, mark)]


def emphasised(document: Document) -> str:
    """Return the document's text with Markdown's asterisks where bold type begins and ends.

    They replace the line breaks before a block and the characters after the bold ones, so that offsets
    stay; this text only serves to look for them.
    """
    bold = [mark for mark in document.marks if mark.kind == "emphasis"]
    if not bold:
        return document.text
    found = list(document.text)
    for mark in bold:
        if mark.start > 1 and mark.end + 1 < len(found):
            found[mark.start - 2 : mark.start] = _BOLD
            # At a line's end there is nothing to tell apart, and two asterisks would open the next line.
            if found[mark.end] not in "\r\n\f":
                found[mark.end : mark.end + 2] = _BOLD
    return "".join(found)


def _blocks(text: str, mark: Mark) -> Iterator[Block]:
    words = text[mark.start : mark.end]
    start = mark.start + len(words) - len(words.lstrip())
    words = words.strip()
    if not words:
        return
    line = Line(start, start + len(words), words, 2, _indent(mark))
    if mark.kind == "row":
        yield Block(line.start, line.end, line, True, None, True)
    elif mark.kind == "note":
        # A note is never a heading, hence not said to be a line by itself.
        yield Block(line.start, line.end, line, False, None)
    elif "\n" in words and (mark.kind != "heading" or _is_attachment(words)):
        yield from _broken(line, mark)
    else:
        line = replace(line, text=" ".join(words.split()), depth=_depth(words, mark))
        yield Block(line.start, line.end, line, True, _mark(words, mark))


def _broken(whole: Line, mark: Mark) -> Iterator[Block]:
    """Yield the blocks of a paragraph with line breaks of its own; the first has its label."""
    found = _lines(whole.text, whole.start, whole.indent)
    for number, block in enumerate(blocks(found, layout(found))):
        first = replace(block.first, depth=_depth(block.first.text, mark))
        own = _mark(first.text, mark) if number == 0 else block.marker
        yield replace(block, first=first, marker=own)


def _lines(words: str, start: int, indent: int) -> list[Line]:
    return [
        replace(line, start=line.start + start, end=line.end + start, indent=indent, depth=0) for line in lines(words)
    ]


def _rejoined(stated: list[Mark], text: str, shape: Layout) -> Iterator[Block]:
    """Yield the blocks that lines make up which are paragraphs of their own; one with a label begins a block."""
    run: list[Line] = []
    lead: Mark | None = None
    for mark in stated:
        if mark.kind in ("paragraph", "item", "bullet"):
            if mark.label:
                yield from _united(run, lead, shape)
                run, lead = [], mark
            run += _lines(text[mark.start : mark.end], mark.start, _indent(mark))
        else:
            yield from _united(run, lead, shape)
            run, lead = [], None
            yield from _blocks(text, mark)
    yield from _united(run, lead, shape)


def _united(run: list[Line], lead: Mark | None, shape: Layout) -> Iterator[Block]:
    for number, block in enumerate(blocks(run, shape)):
        yield replace(block, marker=_mark(block.first.text, lead)) if lead and number == 0 else block


def _is_attachment(words: str) -> bool:
    found = marker(words)
    return found is not None and found.kind == "attachment"


def _indent(mark: Mark) -> int:
    """Return how far a block is indented; words that go on with a list item are farther in than its label.

    A number of several levels says where it belongs by itself, and the words below it are rarely indented.
    """
    if not mark.level or mark.kind == "heading" or _LEVELS.match(mark.label):
        return 0
    return _STEP * (mark.level - 1) + (0 if mark.label else _STEP // 2)


def _depth(words: str, mark: Mark) -> int:
    """Return the level of a heading; a whole clause that is styled as a heading, as many are, is none."""
    if mark.kind != "heading":
        return 0
    typed = marker(words)
    body = words[typed.length :].strip() if typed else words
    short = len(body) <= LONGEST and body[-1:] not in (".", ";", ",", ":")
    return mark.level if not body or short or is_heading(body) or is_clause_heading(body) else 0


def _mark(words: str, mark: Mark) -> Marker | None:
    """Return the mark that opens a block: the derived label, unless the same is typed as well."""
    typed = marker(words)
    derived = _derived(mark.label)
    if not typed or not derived:
        return typed or derived
    return typed if derived.kind == "bullet" or _says_same(typed, derived) else derived


def _says_same(typed: Marker, derived: Marker) -> bool:
    """Whether a typed number repeats the derived one, or writes out what it ends in ('2.1' for '1.')."""
    if typed.path and derived.path:
        return typed.kind == "numbered" and typed.path[-len(derived.path) :] == derived.path
    return bool({(r.style[-1], r.value) for r in typed.readings} & {(r.style[-1], r.value) for r in derived.readings})


def _derived(label: str) -> Marker | None:
    """Return the mark of a derived label, which takes no room in the text.

    >>> _derived("1.2(a)").label, _derived("Article IV -").label
    ('(a)', 'Article IV')
    """
    if not label:
        return None
    last = _LAST_PART.search(label)
    if last and last.start() and label[0].isdigit():
        label = last[0]
    found = marker(f"{label} X")
    return replace(found, length=0) if found else None
