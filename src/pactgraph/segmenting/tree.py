"""Blocks into the clause tree: which clause opens where, below which, and what text is whose."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from pactgraph.segmenting.blocks import Block
from pactgraph.segmenting.headings import is_clause_heading, is_heading, run_in
from pactgraph.segmenting.markers import Marker, Reading, marker
from pactgraph.segmenting.runins import LONG, heads

_LIST = frozenset(("bullet", "lettered", "roman"))
_PART = re.compile(r"\b(?:Agreement|Addendum|Policy|Terms|Schedule|Appendix|Annex|Exhibit)\b", re.IGNORECASE)
_MAJOR = frozenset((".1", ".I", ".A"))
_MANY = 3
"""So many headings one after the other are no headings."""

_NEAR = 5000
_SKIPPED = 3
"""So many numbers may be missing in a sequence ('[reserved]') before a mark is taken for a reference."""


@dataclass(slots=True)
class Draft:
    """A clause while the tree is being built."""

    kind: str
    number: str
    start: int
    end: int
    parent: int | None
    style: str = ""
    value: int = 0
    path: tuple[int, ...] = ()
    indent: int = 0
    depth: int = 0
    scope: bool = False
    heading: tuple[int, int] | None = None
    closed: bool = False
    divided: bool = False
    last: str = ""

    @property
    def listed(self) -> bool:
        """Whether this is an item of a list, as opposed to a section of the document."""
        return self.kind in _LIST and self.style not in _MAJOR


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that belongs to one clause: a heading, a paragraph or a table row."""

    clause: int
    start: int
    end: int
    is_heading: bool = False
    row: bool = False


@dataclass(slots=True)
class Tree:
    """The drafts and passages in text order, and the open clauses, innermost last."""

    text: str
    source: str
    drafts: list[Draft] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    stack: list[int] = field(default_factory=list)
    numbered: bool = False

    def top(self) -> Draft | None:
        """Return the innermost open clause."""
        return self.drafts[self.stack[-1]] if self.stack else None

    def open(self, draft: Draft) -> None:
        """Make `draft` a child of the innermost open clause."""
        draft.parent = self.stack[-1] if self.stack else None
        if draft.parent is not None:
            self.drafts[draft.parent].closed = True
            self.drafts[draft.parent].divided |= bool(draft.path)
        self.drafts.append(draft)
        self.stack.append(len(self.drafts) - 1)

    def add(
        self, start: int, end: int, *, clause: int | None = None, is_heading: bool = False, row: bool = False
    ) -> None:
        """Give the text from `start` to `end` to `clause`, by default the innermost open one."""
        index = self.stack[-1] if clause is None else clause
        draft = self.drafts[index]
        if not draft.closed:
            draft.end = end
        draft.last = self.text[max(start, end - 24) : end]
        self.passages.append(Passage(index, start, end, is_heading, row))


def build(text: str, source: str, blocks: list[Block]) -> Tree:
    """Return the tree of `blocks`; `text` is the legible text, `source` the exact one."""
    tree = Tree(text, source)
    title = _title(blocks)
    tabular = _tabular(blocks)
    long = sum(block.end - block.start for block in blocks) > LONG // 2 * len(blocks)
    for number, block in enumerate(blocks):
        mark = block.marker
        if mark and not block.row and _place(tree, mark, block):
            _fill(tree, block, block.start + mark.length, blocks[number + 1 : number + 12])
        elif block.first.depth or (number not in tabular and _headed(block)):
            _heading(tree, block, 0 if block is title else block.first.depth)
        elif long and block.end - block.start > LONG:
            _long(tree, block)
        else:
            _text(tree, block)
    return tree


def _headed(block: Block) -> bool:
    return block.single and not block.row and not block.marker and is_heading(block.first.text)


def _tabular(blocks: list[Block]) -> frozenset[int]:
    """Return the blocks that look like headings but are many in a row: lines of a table, a cover, signatures."""
    found: set[int] = set()
    run: list[int] = []
    for number, block in enumerate([*blocks, None]):
        if block and not block.first.depth and block.single and not block.marker and not block.first.terminated:
            run.append(number)
            continue
        heads = [i for i in run if _headed(blocks[i])]
        if len(heads) >= _MANY and heads:
            # The last line before a paragraph or a number may well be its heading.
            found.update(i for i in heads if i != run[-1])
        run = []
    return frozenset(found)


def _title(blocks: list[Block]) -> Block | None:
    """Return the only top-level Markdown heading, the document's title, if it comes first."""
    headed = [block for block in blocks if block.first.depth]
    if not headed or headed[0].marker:
        return None
    alone = sum(block.first.depth <= headed[0].first.depth for block in headed) == 1
    return headed[0] if alone else None


# Where a clause goes --------------------------------------------------------------------------


def _place(tree: Tree, mark: Marker, block: Block) -> bool:
    """Open the clause that `mark` begins; False where the mark is out of sequence, hence no mark."""
    draft = Draft(
        mark.kind, mark.label, block.start, block.end, None, indent=block.first.indent, depth=block.first.depth
    )
    if draft.depth:
        _pop_while(tree, lambda d: d.kind == "heading" and (d.depth >= draft.depth or not d.depth))
    if mark.kind == "attachment":
        tree.stack.clear()
        draft.scope = True
    elif mark.kind == "bullet":
        _pop_bullets(tree, draft.indent)
        draft.style = "•"
    elif len(mark.path) > 1:
        _place_decimal(tree, draft, mark)
    elif not _place_ordinal(tree, draft, mark):
        return False
    tree.open(draft)
    return True


def _pop_while(tree: Tree, condition: Callable[[Draft], bool]) -> None:
    while tree.stack and condition(tree.drafts[tree.stack[-1]]):
        tree.stack.pop()


def _pop_bullets(tree: Tree, indent: int) -> None:
    _pop_while(tree, lambda d: d.kind == "bullet" and d.indent >= indent - 1)


def _promote(tree: Tree) -> None:
    """Let the heading on top, below which numbering restarts, be a part of the document of its own."""
    top = tree.top()
    if not top or top.kind != "heading" or top.scope or top.depth or not tree.numbered:
        return
    top.scope = True
    if _PART.search(top.number):
        top.parent = None
        tree.stack = tree.stack[-1:]


def _leave_plain(tree: Tree) -> None:
    """Close what a numbered clause cannot be part of: preamble, lists and plain headings."""
    _pop_while(
        tree, lambda d: d.kind in ("preamble", "bullet") or (d.kind == "heading" and not d.scope and not d.depth)
    )


def _place_decimal(tree: Tree, draft: Draft, mark: Marker) -> None:
    draft.path, draft.kind = mark.path, "numbered"
    if mark.path[-1] == 1 and not any(tree.drafts[i].path == mark.path[:-1] for i in tree.stack):
        _promote(tree)
    for position in range(len(tree.stack) - 1, -1, -1):
        node = tree.drafts[tree.stack[position]]
        if node.path and len(node.path) < len(mark.path) and node.path == mark.path[: len(node.path)]:
            del tree.stack[position + 1 :]
            return
        if node.path[:-1] == mark.path[:-1] and len(node.path) == len(mark.path):
            del tree.stack[position:]
            return
    tree.numbered = True
    _pop_while(tree, lambda d: (bool(d.path) and d.kind != "article") or (d.listed))
    _leave_plain(tree)


def _place_ordinal(tree: Tree, draft: Draft, mark: Marker) -> bool:
    found = _sequel(tree, mark.readings, draft.indent)
    if found:
        position, reading = found
        before = tree.drafts[tree.stack[position]]
        del tree.stack[position:]
    else:
        before = None
        reading = next((r for r in mark.readings if r.value == 1), None) or _late(tree, mark)  # type: ignore[assignment]
        if reading is None:
            return False
        _make_room(tree, draft, mark, reading)
    draft.style, draft.value = reading.style, reading.value
    if reading.style[-1] in "iI" and mark.kind != "article":
        draft.kind = "roman"
    if mark.path:
        outer = tree.top()
        nested = outer is not None and outer.path and outer.kind == "numbered" and draft.indent > outer.indent
        draft.path = (*outer.path, *mark.path) if outer and nested else mark.path
        if before and before.path and len(before.path) > 1:
            draft.path = (*before.path[:-1], reading.value)
        tree.numbered = True
    elif mark.kind == "article" or reading.style == ".I":
        tree.numbered = True
    return True


def _sequel(tree: Tree, found: tuple[Reading, ...], indent: int) -> tuple[int, Reading] | None:
    """Return the open clause that a mark follows as next sibling, the same indentation preferred."""
    hits: list[tuple[bool, bool, int, Reading]] = []
    for position, index in enumerate(tree.stack):
        node = tree.drafts[index]
        for reading in found:
            step = reading.value - node.value
            if node.style == reading.style and 1 <= step <= _SKIPPED:
                hits.append((abs(node.indent - indent) <= 1 and step == 1, step == 1, position, reading))
    if not hits:
        return None
    _, _, position, reading = max(hits, key=lambda hit: hit[:3])
    return position, reading


def _late(tree: Tree, mark: Marker) -> Reading | None:
    """Read a mark that is neither first nor next: its list began inside a paragraph, or numbers are missing."""
    top = tree.top()
    for reading in mark.readings:
        label = mark.label.strip("()")
        before = str(int(label) - 1) if label.isdigit() else chr(ord(label[0]) - 1) if len(label) == 1 else ""
        if reading.style.startswith("()") and before and top:
            own = tree.text[max(top.start, top.end - _NEAR) : top.end]
            if f"({before})" in own:
                return reading
        if mark.kind == "article" or reading.style in (".1", ")1"):
            return reading
    return None


def _make_room(tree: Tree, draft: Draft, mark: Marker, reading: Reading) -> None:
    """Close the clauses that the first clause of a new list cannot be part of."""
    major = mark.kind == "article" or reading.style in _MAJOR
    if major:
        if reading.value == 1:
            _promote(tree)
        inner = tree.top()
        if inner and inner.path and draft.indent > inner.indent + 1:
            return
        _leave_plain(tree)
    else:
        _pop_bullets(tree, draft.indent)
    if mark.kind == "article":
        _pop_while(tree, lambda d: not d.scope and not d.depth)
        return
    for position, index in enumerate(tree.stack):
        node = tree.drafts[index]
        if node.style == reading.style and node.indent >= draft.indent - 1:
            del tree.stack[position:]
            break


# What text is whose ---------------------------------------------------------------------------


def _fill(tree: Tree, block: Block, start: int, ahead: list[Block]) -> None:
    """Give the words after a clause's mark to it: its heading, then its body."""
    text, end = tree.text, block.end
    start += len(text[start:end]) - len(text[start:end].lstrip())
    draft = tree.drafts[tree.stack[-1]]
    if start >= end:
        draft.end = end
        return
    if _opens_list(tree, block, start, ahead):
        draft.end = start
        return
    body = text[start:end]
    item = draft.listed
    whole = is_heading(body) if item else is_clause_heading(body)
    if block.first.depth or (block.single and whole and draft.kind != "bullet" and not (item and body[-1] not in ".:")):
        _head(tree, draft, start, end)
        return
    stop = _run_in_end(tree, start, end, item)
    if stop is not None:
        _head(tree, draft, start, stop)
        start = stop + len(text[stop:end]) - len(text[stop:end].lstrip())
    if start < end and not (stop and _opens_list(tree, block, start, ahead)):
        tree.add(start, end)


def _opens_list(tree: Tree, block: Block, start: int, ahead: list[Block]) -> bool:
    """Open the list item that follows a clause's mark or heading at once ('2.1 (a) …'), if there is one."""
    inner = marker(tree.text[start : min(block.end, start + 12)])
    if not inner or inner.kind != "lettered" or not _listed(inner, ahead):
        return False
    child = Block(start, block.end, block.first, block.single, inner)
    if not _place(tree, inner, child):
        return False
    _fill(tree, child, start + inner.length, ahead)
    return True


def _listed(inner: Marker, ahead: list[Block]) -> bool:
    """Whether the list that `inner` begins goes on in the blocks ahead."""
    first = {r.style for r in inner.readings if r.value == 1}
    for block in ahead:
        if block.marker and any(r.style in first and r.value == 2 for r in block.marker.readings):
            return True
        if block.marker and block.marker.path:
            return False
    return False


def _head(tree: Tree, draft: Draft, start: int, end: int) -> None:
    draft.heading = (start, end)
    tree.add(start, end, is_heading=True)


def _run_in_end(tree: Tree, start: int, end: int, item: bool) -> int | None:
    """Return where a heading that runs into the paragraph ends, by its bold type or its form."""
    bold = tree.source[max(0, start - 2) : start] in ("**", "__")
    close = -1
    if bold:
        close = tree.source.find(tree.source[start - 2 : start], start, start + 110)
    stop = run_in(tree.text, start, end, loose=bold or item)
    if bold and 0 < close < end - 4 and stop is None:
        head = tree.text[start:close].strip()
        if head and len(head.split()) <= 10 and tree.text[close:end].strip()[:1].isupper():
            return start + len(tree.text[start:close].rstrip())
    return stop


def _heading(tree: Tree, block: Block, depth: int) -> None:
    """Open a clause for a heading without a number; after 'Schedule A' it is that schedule's title."""
    top = tree.top()
    if top and top.kind == "attachment" and not top.heading and not top.last:
        _head(tree, top, block.start, block.end)
        return
    if depth:
        _pop_while(tree, lambda d: not d.depth or d.depth >= depth or d.kind == "preamble")
    else:
        _pop_while(
            tree,
            lambda d: d.listed or d.kind == "preamble" or (d.kind == "heading" and not d.scope and not d.depth),
        )
        _pop_while(tree, lambda d: len(d.path) > 1 or (bool(d.path) and d.divided))
    label = " ".join(tree.text[block.start : block.end].split()).strip(" .:")
    draft = Draft("heading", label, block.start, block.end, None, indent=block.first.indent, depth=depth)
    tree.open(draft)
    _head(tree, draft, block.start, block.end)


def _text(tree: Tree, block: Block) -> None:
    """Give a paragraph to the clause it belongs to: flush text after a list goes to the list's parent."""
    if not tree.stack:
        tree.open(Draft("preamble", "", block.start, block.end, None))
    index = tree.stack[-1]
    while tree.drafts[index].parent is not None and _leaves(tree.drafts[index], block):
        index = tree.drafts[index].parent or 0
    if block.row:
        tree.add(block.start, block.end, clause=index, row=True)
        return
    tree.add(block.start, block.end, clause=index)


def _long(tree: Tree, block: Block) -> None:
    """Give a paragraph that was made of several to the clauses whose headings run into it."""
    start = block.start
    for head in heads(tree.text, block.start, block.end):
        if head.start > start:
            _body(tree, start, head.start)
        start = head.end
        _leave_plain(tree)
        if head.label:
            tree.stack.clear()
        kind = "attachment" if head.label else "heading"
        label = head.label or tree.text[head.start : head.end].strip(" .:")
        tree.open(Draft(kind, label, head.start, head.end, None, scope=bool(head.label)))
        if head.title < head.end:
            _head(tree, tree.drafts[tree.stack[-1]], head.title, head.end)
    if start < block.end:
        _body(tree, start, block.end)


def _body(tree: Tree, start: int, end: int) -> None:
    """Give the words from `start` to `end`, blanks at the edges left out, to the innermost open clause."""
    piece = tree.text[start:end]
    if not piece.strip():
        return
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    if not tree.stack:
        tree.open(Draft("preamble", "", start, end, None))
    tree.add(start, end)


def _leaves(item: Draft, block: Block) -> bool:
    """Whether the paragraph, which follows a list item, is no part of that item."""
    if item.kind == "bullet":
        return block.first.indent <= item.indent
    if not item.listed:
        return item.indent > 0 and item.kind == "numbered" and block.first.indent < item.indent
    if block.first.text[0].islower():
        return True
    ending = item.last.rstrip()
    return ending[-1:] in (";", ",") or ending.endswith((" and", " or"))
