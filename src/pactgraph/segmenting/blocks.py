"""Lines into blocks: a block is a paragraph, a list item, a heading or a table row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pactgraph.segmenting.headings import has_verb, is_heading, run_in
from pactgraph.segmenting.lines import Layout, Line
from pactgraph.segmenting.markers import Marker, marker
from pactgraph.segmenting.typed_rows import typed_rows

_REFERRING = frozenset(
    """
    in of under to and or see by with section sections article articles clause clauses paragraph paragraphs schedule
    schedules exhibit exhibits annex appendix part parts the than this per from through pursuant
    """.split()  # noqa: SIM905
)
_NO_LETTER = re.compile(r"\W")
_SEPARATED = re.compile(r"[;,.]\s*(?:and|or|and/or)?$")
_FUNCTION_WORD = re.compile(r"\b(?:any|the|an?|of|to|in|and|or|by|for|with|as|such|its|their|is|are|be|that|which)$")
_RESUMES = re.compile(r"“[A-Z]|provided\b|in each case\b")
_CONTINUES = re.compile(r"[a-z(&]")
_INSIDE = re.compile(r"[0-9][0-9]?\.(?:\d|\s{1,12}[A-Z])")
_ROOMY = 60
_OPEN = re.compile(r"[\w,’'\")-]$")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the document that reads as one: `start` to `end`, with the mark it opens with.

    `first` is its first line's text, `single` whether it has one line only.
    """

    start: int
    end: int
    first: Line
    single: bool
    marker: Marker | None
    row: bool = False


class _Sequences:
    """Which numbers were last seen, to tell a clause number from a wrapped cross-reference."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}
        self._path: tuple[int, ...] = ()

    def expects(self, mark: Marker) -> bool:
        if mark.kind in ("bullet", "attachment"):
            return mark.kind == "bullet" and "•" in self._last
        if len(mark.path) > 1 or (mark.path and self._path and mark.kind == "numbered"):
            return _follows(mark.path, self._path)
        return any(self._last.get(r.style, -9) + 1 == r.value for r in mark.readings)

    def note(self, mark: Marker) -> None:
        if mark.path or mark.kind in ("attachment", "article"):
            self._last = {s: v for s, v in self._last.items() if s[0].isupper() or s[0] == "."}
            self._path = mark.path or self._path
        if mark.kind == "attachment":
            self._path = ()
        for reading in mark.readings:
            self._last[reading.style] = reading.value


def _follows(path: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Whether '3.2' can come after '3.1', '3.1.4' or '3.1', and '3.1' after '3'."""
    if not last:
        return path[-1] == 1
    if len(path) == len(last) + 1:
        return path[:-1] == last and path[-1] == 1
    depth = len(path)
    return depth <= len(last) and path[:-1] == last[: depth - 1] and path[-1] == last[depth - 1] + 1


def blocks(found: list[Line], shape: Layout) -> list[Block]:
    """Return the blocks that `found` makes up, in order."""
    result: list[Block] = []
    seen = _Sequences()
    group: list[Line] = []
    mark: Marker | None = None
    rows = typed_rows(found, aligned=not shape.paged)
    placed = (
        (piece, k in rows) for k, line in enumerate(found) for piece in ([line] if k in rows else _pieces(line, seen))
    )
    for line, is_row in placed:
        if is_row:
            if group:
                result.append(_block(group, mark))
            result.append(Block(line.start, line.end, line, True, None, True))
            group, mark = [], None
            continue
        candidate = marker(line.text)
        if group and candidate and not _opens(candidate, line, group, mark, shape, seen):
            candidate = None
        if group and not candidate and _joins(line, group, mark, shape):
            group.append(line)
            continue
        if group:
            result.append(_block(group, mark))
        group, mark = [line], candidate
        if candidate:
            seen.note(candidate)
    if group:
        result.append(_block(group, mark))
    return result


def _pieces(line: Line, seen: _Sequences) -> Iterator[Line]:
    """Yield the line in pieces, one for each clause number in sequence that stands inside it.

    Files made from pages often have lost the breaks between short paragraphs.
    """
    if len(line.text) <= _ROOMY:
        yield line
        return
    start = 0
    mark = marker(line.text)
    path = mark.path if mark else ()
    for word, number in _numbers_inside(line.text, mark.length if mark else 1):
        inner = marker(line.text[number : number + 12])
        if inner and _begins(line.text, (start, word, number), inner, path, seen):
            yield _part(line, start, word)
            start, path = number, inner.path
    yield _part(line, start, len(line.text)) if start else line


def _numbers_inside(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Yield where a number that may open a clause begins inside a line, after where the word before it ends."""
    for match in _INSIDE.finditer(text, begin):
        number = match.start()
        if text[number - 1].isspace():
            word = number - 1
            while word > begin and text[word - 1].isspace():
                word -= 1
            if word > begin:
                yield word, number


def _part(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end].rstrip()
    return replace(
        line, start=line.start + start, end=line.start + start + len(text), text=text, gap=1 if start else line.gap
    )


def _begins(text: str, places: tuple[int, int, int], inner: Marker, path: tuple[int, ...], seen: _Sequences) -> bool:
    """Whether the number inside a line opens a clause: next in sequence, after a full stop or a heading.

    `places` are where the clause before it begins, where its last word ends, and where the number begins.
    """
    start, word, number = places
    if not inner.path or not (_follows(inner.path, path) if path else seen.expects(inner)):
        return False
    if text[word - 1] in ".;:”)":
        return len(inner.path) > 1 or run_in(text, number + inner.length + 1, len(text)) is not None
    own = marker(text[start:])
    head = text[start + own.length : word] if own else ""
    return len(inner.path) > 1 and own is not None and inner.path[:-1] == own.path and is_heading(head.strip() or ".")


def _block(group: list[Line], mark: Marker | None) -> Block:
    first = group[0]
    return Block(first.start, group[-1].end, first, len(group) == 1, mark, first.text.startswith("|"))


def _opens(
    mark: Marker, line: Line, group: list[Line], current: Marker | None, shape: Layout, seen: _Sequences
) -> bool:
    """Whether a mark at the start of a line opens a clause, and is no wrapped reference."""
    before = group[-1]
    if line.depth or before.depth:
        return True
    refers = _refers(before.tail)
    if mark.kind in ("attachment", "article"):
        return not refers and (line.gap > 1 or before.terminated or not shape.wrapped)
    fresh = line.gap > 1 and not shape.spaced
    if fresh or not shape.wrapped:
        first = mark.kind == "bullet" or any(r.value == 1 for r in mark.readings)
        small = line.text[mark.length :].lstrip()[:1].islower()
        return not (refers and small and not first and not seen.expects(mark))
    if mark.kind == "bullet":
        short = len(before.text) < 0.75 * shape.width
        return before.terminated or short or (current is not None and current.kind == "bullet" and not refers)
    if len(mark.path) > 1 or mark.kind == "numbered":
        return (seen.expects(mark) and not refers) or before.terminated or is_heading(before.text)
    if any(r.value == 1 for r in mark.readings) and before.text[-1] in ":.;":
        return True
    return seen.expects(mark) and (before.terminated or not refers or bool(_SEPARATED.search(before.tail)))


def _refers(words: str) -> bool:
    """Whether a number that follows the words is one that they refer to."""
    return words.endswith(",") or _NO_LETTER.split(words)[-1].lower() in _REFERRING


def _joins(line: Line, group: list[Line], mark: Marker | None, shape: Layout) -> bool:
    """Whether a line without a mark of its own goes on with the block before it."""
    before = group[-1]
    if line.depth or before.depth or line.text[0] == "|" or before.text[0] == "|":
        return False
    small = bool(_CONTINUES.match(line.text))
    if shape.wrapped and (line.gap == 1 or shape.spaced):
        return _wraps(line, group, mark, shape)
    open_end = bool(_OPEN.search(before.tail))
    if line.gap == 1:
        if small and not before.terminated:
            return True
        return open_end and len(before.text) > _ROOMY and not is_heading(line.text)
    # A page break inside a sentence leaves blank lines behind.
    if not open_end or len(before.text) <= _ROOMY:
        return False
    return (small and line.text[0] != "(") or (line.turned and _goes_on(before, line))


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a sentence is open where a page ends, and not a table or an address."""
    if is_heading(line.text) or not (line.terminated or len(line.text) > _ROOMY):
        return False
    return _refers(before.tail) or bool(_FUNCTION_WORD.search(before.tail)) or has_verb(before.text)


def _wraps(line: Line, group: list[Line], mark: Marker | None, shape: Layout) -> bool:
    before = group[-1]
    short = len(before.text) < 0.62 * shape.width
    alone = len(group) == 1
    full = len(before.text) > 0.9 * shape.width
    if alone and is_heading(_after(before, mark)) and (short or (before.terminated and not full)):
        return False
    if before.text[-1] in ";:" and _RESUMES.match(line.text):
        return False
    if before.terminated and not line.terminated and len(line.text) < 0.5 * shape.width and is_heading(line.text):
        return False
    if not short:
        return True
    return not (before.terminated or (line.text[0].isupper() and not _FUNCTION_WORD.search(before.tail)))


def _after(line: Line, mark: Marker | None) -> str:
    return line.text[mark.length :].strip() or "." if mark else line.text
