"""Lines of a document with their offsets, and how they are laid out on the page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pactgraph.model import Document, Span
from pactgraph.segmenting.headings import is_dated

_BREAKS = "\r\f\u2028\u2029"
"""The signs that break lines as '\\n' does."""

_RULES = "-*_=|:"
"""The first signs of rules and underlines."""

_BLANK_LINES = re.compile(r"(?:[^\S\n]*\n)*")
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u00ad"
# Each alternative begins with a plain character, which is what makes looking for it fast.
_EMPHASIS = re.compile(
    r"\*(?:\*{1,2}|(?<![\w*]\*)(?=\S)|(?<=\S\*)(?![\w*]))|_(?:_+|(?<![\w*]_)(?=\S)|(?<=\S_)(?![\w*]))"
)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,300}>|<!--.{0,300}?-->")
_IMAGE = re.compile(r"!\[[^\]\n]{0,200}\]\([^()\n]{0,500}\)")
_LINK = re.compile(r"(\[)([^\[\]\n]{1,300})(\]\((?:[^()\n]|\([^()\n]{0,200}\)){0,500}\))")
_UNDERLINE = re.compile(r"\s*(=+|-{3,})\s*")
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+|\|?\s*:?-{2,}[-:| ]*)\s*")
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\r?\n(?:[\w-]+:.{0,300}\r?\n){1,30}---[ \t]*\r?\n")
_HASHES = re.compile(r"[ \t]{0,3}(#{1,6})(?=[ \t]|\*)[ \t]*")
_QUOTED = re.compile(r"^[ ]{0,3}>(?:[ ]?>)*(?=[ \t])", re.MULTILINE)
# A heading in a list item is the heading of its number.
_LISTED_HASHES = re.compile(r"^([ \t]*(?:(?:\d{1,2}[.)]|[*+-])[ \t]+)+)(#{1,6})(?=[ \t])", re.MULTILINE)

NARROW = 130
"""No hard-wrapped line is longer, in characters."""


@dataclass(frozen=True, slots=True)
class Line:
    """A physical line that says something: `text` is what is legible of it, from `start` to `end`.

    `gap` counts the line breaks before it, `indent` its leading characters, `depth` is the level of
    a Markdown heading (0: none), `turned` whether page furniture stands before it.
    """

    start: int
    end: int
    text: str
    gap: int
    indent: int
    depth: int = 0
    turned: bool = False

    @property
    def tail(self) -> str:
        """The last characters; looking for an ending in all of a long line would be slow."""
        return self.text[-24:]

    @property
    def terminated(self) -> bool:
        """Whether the line ends like a sentence or a list item."""
        tail = self.tail
        return tail.endswith("”") or tail.rstrip("'\"”’)]").endswith((".", "!", "?", ":", ";"))


@dataclass(frozen=True, slots=True)
class Layout:
    """How lines make paragraphs.

    `wrapped`: lines were broken at a width; `spaced`: blank lines stand between all lines, so they
    mean nothing; `width`: a full line's length in characters; `paged`: lines are those of pages, where
    columns need not have the same place in each.
    """

    wrapped: bool
    spaced: bool
    width: int
    paged: bool = False


def legible(document: Document) -> str:
    """Return the document's text with all that is not read as words blanked, offsets unchanged.

    Blanked are page furniture, invisible characters, and Markdown's emphasis, links and tags.
    """
    text = document.text
    if document.furniture:
        text = _blanked(text, document)
    if document.pages:
        text = _run_on(text, document)
    for char in _INVISIBLE:
        text = text.replace(char, " ")
    marked_up = document.media_type == "text/markdown"
    if "](" in text:
        text = _IMAGE.sub(_spaces, text)
        text = _LINK.sub(lambda m: f" {m[2]}{' ' * len(m[3])}", text)
    if marked_up and "\n>" in text:
        text = _QUOTED.sub(_spaces, text)
    if marked_up and "# " in text:
        text = _LISTED_HASHES.sub(lambda m: m[1] + " " * len(m[2]), text)
    if marked_up and "<" in text:
        text = _TAG.sub(_spaces, text)
    if marked_up or "**" in text:
        text = _EMPHASIS.sub(_spaces, text)
    return text


def _blanked(text: str, document: Document) -> str:
    parts: list[str] = []
    last = 0
    for span in document.furniture:
        parts += (text[last : span.start], " " * (span.end - span.start))
        last = span.end
    return "".join([*parts, text[last:]])


def _run_on(text: str, document: Document) -> str:
    """Blank page breaks but for one newline each: what goes on after it goes on as after a line's end.

    Two are left before bold words, which open a paragraph of their own.
    """
    opening = {mark.start for mark in document.marks if mark.kind == "emphasis"}
    parts: list[str] = []
    last = 0
    for page in document.pages:
        words = text[page.start : page.end]
        blank = _BLANK_LINES.match(words)
        first = blank.end() if blank else 0
        kept = words[first:].rstrip()
        if kept:
            begin = page.start + first
            bold = begin - last > 1 and begin + len(kept) - len(kept.lstrip()) in opening
            parts += (("\n\n" if bold else "\n").rjust(begin - last) if last else " " * begin, kept)
            last = begin + len(kept)
    return "".join([*parts, " " * (len(text) - last)])


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])


def lines(text: str, lost: Sequence[int] = ()) -> list[Line]:
    """Return the lines of a legible text; rules and underlines of Markdown are left out.

    `lost` are places where a line is parted, ascending.
    """
    found: list[Line] = []
    last = 0
    matter = _FRONT_MATTER.match(text)
    underlined = matter.end() if matter else 0
    broken = text
    for sign in _BREAKS:
        broken = broken.replace(sign, "\n")
    for start, end in _pieces(broken):
        piece = text[start:end]
        stripped = piece.strip()
        gap = broken.count("\n", last, start) - text.count("\r\n", last, start) if last else 2
        if stripped[0] in _RULES and _RULE.fullmatch(stripped):
            underline = _UNDERLINE.fullmatch(stripped)
            if (
                underline
                and gap == 1
                and found
                and found[-1].depth == 0
                and start >= underlined
                and not is_dated(found[-1].text)
            ):
                above = found.pop()
                found.append(_deepened(above, 1 if stripped[0] == "=" else 2))
            continue
        indent = len(piece) - len(piece.lstrip())
        hashes = _HASHES.match(piece) if stripped[0] == "#" else None
        depth = len(hashes[1]) if hashes else 0
        lead = indent
        if hashes:
            lead = hashes.end() + len(piece[hashes.end() :]) - len(piece[hashes.end() :].lstrip())
            stripped = stripped.lstrip("#").strip().rstrip("#").rstrip()
        if stripped:
            begin = start + lead
            line = Line(begin, begin + len(stripped), stripped, gap, indent, depth)
            found += _unbroken(line, lost) if lost else (line,)
            last = begin + len(stripped)
    return found


def turned(found: list[Line], furniture: Sequence[Span]) -> list[Line]:
    """Return the lines, each told whether page furniture stands between it and the line before."""
    starts = [span.start for span in furniture]
    passed = [bisect_right(starts, line.start) for line in found]
    return [replace(line, turned=True) if k and passed[k] > passed[k - 1] else line for k, line in enumerate(found)]


def _unbroken(line: Line, lost: Sequence[int]) -> Iterator[Line]:
    """Yield the line, or the lines that it was made of where breaks were `lost`."""
    start, gap = line.start, line.gap
    places = lost[bisect_right(lost, line.start) : bisect_right(lost, line.end)]
    if not places:
        yield line
        return
    for place in places:
        words = line.text[start - line.start : place - line.start].strip()
        if words:
            yield replace(line, start=start, end=start + len(words), text=words, gap=gap)
        start, gap = place, 1
    yield replace(line, start=start, text=line.text[start - line.start :], gap=gap)


def _deepened(line: Line, depth: int) -> Line:
    return Line(line.start, line.end, line.text, line.gap, line.indent, depth)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for piece in text.split("\n"):
        if piece and not piece.isspace():
            yield start, start + len(piece)
        start += len(piece) + 1


def layout(found: list[Line], *, paged: bool = False) -> Layout:
    """Tell hard-wrapped from flowing text by the spread of line lengths and unterminated ends.

    The lines of a `paged` document are those of its pages, and always wrapped.
    """
    lengths = sorted(len(line.text) for line in found)
    if len(lengths) < 12:
        return Layout(paged, False, lengths[-1] if lengths else 0, paged)
    median, long, most = (lengths[int(share * (len(lengths) - 1))] for share in (0.5, 0.8, 0.97))
    if paged:
        return Layout(True, False, long, True)
    unterminated = sum(not line.terminated for line in found) / len(found)
    wrapped = 30 <= median < 115 and most <= NARROW and unterminated > 0.45
    spaced = wrapped and sum(line.gap > 1 for line in found) > 0.9 * len(found)
    return Layout(wrapped, spaced, long)
