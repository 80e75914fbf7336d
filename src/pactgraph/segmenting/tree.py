"""Blocks into the clause tree: which clauses there are, and what text is whose."""

from __future__ import annotations

from pactgraph.segmenting.blanks import trimmed
from pactgraph.segmenting.blocks import Block
from pactgraph.segmenting.drafts import Draft, Tree
from pactgraph.segmenting.headings import LONGEST, is_clause_heading, is_dated, is_heading, run_in
from pactgraph.segmenting.markers import Marker, marker
from pactgraph.segmenting.placing import place
from pactgraph.segmenting.runins import LONG, heads

_MANY = 3
"""So many headings one after the other are no headings."""
_FEW = 3
"""More words than these after bold ones make a sentence."""
_MOST_WORDS = 6
"""A heading that runs into a paragraph without a number has no more words."""


def build(text: str, source: str, blocks: list[Block]) -> Tree:
    """Return the tree of `blocks`; `text` is the legible text, `source` the exact one."""
    tree = Tree(text, source)
    title = _title(blocks)
    tabular = _tabular(blocks)
    long = sum(block.end - block.start for block in blocks) > LONG // 2 * len(blocks)
    for number, block in enumerate(blocks):
        mark = block.marker
        if mark and not block.row and place(tree, mark, block):
            _fill(tree, block, block.start + mark.length, blocks[number + 1 : number + 12])
        elif block.first.depth or (number not in tabular and _headed(block) and not _opens_bold(tree, block)):
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
        headed = [i for i in run if _headed(blocks[i])]
        if len(headed) >= _MANY:
            # The last line before a paragraph may well be its heading.
            found.update(i for i in headed if i != run[-1] or block is None or block.marker)
        run = []
    return frozenset(found)


def _title(blocks: list[Block]) -> Block | None:
    """Return the only top-level Markdown heading, the document's title, if it comes first."""
    headed = [block for block in blocks if block.first.depth]
    if not headed or headed[0].marker:
        return None
    alone = sum(block.first.depth <= headed[0].first.depth for block in headed) == 1
    return headed[0] if alone else None


def _fill(tree: Tree, block: Block, start: int, ahead: list[Block]) -> None:
    """Give the words after a clause's mark to it: its heading, then its body."""
    text, end = tree.text, block.end
    start = trimmed(text, start, end)[0]
    draft = tree.drafts[tree.stack[-1]]
    if start >= end:
        draft.end = end
        return
    if _opens_list(tree, block, start, ahead):
        draft.end = start
        return
    body = text[start:end]
    item = draft.listed
    whole = is_heading(body) if item else is_clause_heading(body) or _is_all_bold(tree, start, end)
    if block.first.depth or (block.single and whole and draft.kind != "bullet" and not (item and body[-1] not in ".:")):
        _head(tree, draft, start, end)
        return
    stop = _run_in_end(tree, start, end, item)
    if stop is not None:
        _head(tree, draft, start, stop)
        start = trimmed(text, stop, end)[0]
    if start < end and not (stop and _opens_list(tree, block, start, ahead)):
        tree.add(start, end)


def _opens_list(tree: Tree, block: Block, start: int, ahead: list[Block]) -> bool:
    """Open the list item that follows a clause's mark or heading at once ('2.1 (a) …'), if there is one."""
    inner = marker(tree.text[start : min(block.end, start + 12)])
    if not inner or inner.kind != "lettered" or not _listed(inner, ahead):
        return False
    child = Block(start, block.end, block.first, block.single, inner)
    if not place(tree, inner, child):
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


def _is_bold(tree: Tree, start: int) -> bool:
    return tree.source[max(0, start - 2) : start] in ("**", "__")


def _opens_bold(tree: Tree, block: Block) -> bool:
    """Whether a sentence follows bold words: these are the heading, however many capitals the sentence has."""
    if not block.first.terminated or not _is_bold(tree, block.start):
        return False
    close = tree.source.find(tree.source[block.start - 2 : block.start], block.start, block.end)
    return close > 0 and len(tree.text[close : block.end].split()) > _FEW


def _is_all_bold(tree: Tree, start: int, end: int) -> bool:
    """Whether the words are in bold type to their end, and short and open as a heading is."""
    if not _is_bold(tree, start) or end - start > LONGEST or tree.text[end - 1] in ".;,:":
        return False
    return tree.source.find(tree.source[start - 2 : start], start, end) < 0


def _run_in_end(tree: Tree, start: int, end: int, item: bool) -> int | None:
    """Return where a heading that runs into the paragraph ends, by its bold type or its form."""
    bold = _is_bold(tree, start)
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
    """Open a clause for a heading without a number; after 'Schedule A' or 'Article I' it is the title of that."""
    top = tree.top()
    if top and top.kind in ("attachment", "article") and not top.heading and not top.last:
        _head(tree, top, block.start, block.end)
        return
    _titled(tree, block, block.end, depth)


def _titled(tree: Tree, block: Block, end: int, depth: int = 0) -> None:
    """Open a clause whose heading, without a number, goes from the start of `block` to `end`."""
    if depth:
        tree.close_while(lambda d: not d.depth or d.depth >= depth or d.kind == "preamble")
    else:
        tree.close_while(lambda d: d.listed)
        tree.leave_plain()
        tree.close_while(lambda d: len(d.path) > 1 or (bool(d.path) and d.divided))
    label = " ".join(tree.text[block.start : end].split()).strip(" .:")
    draft = Draft("heading", label, block.start, end, None, indent=block.first.indent, depth=depth)
    tree.open(draft)
    _head(tree, draft, block.start, end)


def _text(tree: Tree, block: Block) -> None:
    """Give a paragraph to the clause it belongs to: flush text after a list goes to the list's parent."""
    stop = None if block.row else _run_in_end(tree, block.start, block.end, False)
    if stop is not None and _titles(tree, block, stop):
        _titled(tree, block, stop)
        _body(tree, stop, block.end)
        return
    if not tree.stack:
        tree.open(Draft("preamble", "", block.start, block.end, None))
    index = tree.stack[-1]
    while tree.drafts[index].parent is not None and _leaves(tree.drafts[index], block):
        index = tree.drafts[index].parent or 0
    tree.add(block.start, block.end, clause=index, row=block.row)


def _titles(tree: Tree, block: Block, stop: int) -> bool:
    """Whether the words up to `stop` head the paragraph; a colon does only after bold type."""
    start = block.start
    if is_dated(tree.text[start : min(block.end, start + LONGEST)]):
        return False
    if _is_bold(tree, start):
        return tree.source.find(tree.source[start - 2 : start], start, stop + 3) >= 0
    return tree.text[stop - 1] == "." and len(tree.text[start:stop].split()) <= _MOST_WORDS


def _long(tree: Tree, block: Block) -> None:
    """Give a paragraph that was made of several to the clauses whose headings run into it."""
    start = block.start
    for head in heads(tree.text, block.start, block.end):
        if head.start > start:
            _body(tree, start, head.start)
        start = head.end
        tree.leave_plain()
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
    start, end = trimmed(tree.text, start, end)
    if start == end:
        return
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
    return item.series or item.unfinished
