"""Where in the tree a clause opens: its mark must be first or next in sequence at some level."""

from __future__ import annotations

import re

from pactgraph.segmenting.blocks import Block
from pactgraph.segmenting.drafts import MAJOR, Draft, Tree
from pactgraph.segmenting.markers import Marker, Reading

_PART = re.compile(r"\b(?:Agreement|Addendum|Policy|Terms|Schedule|Appendix|Annex|Exhibit)\b", re.IGNORECASE)
_RECITALS = re.compile(r"recitals?|r e c i t a l s?|background|whereas|preamble|w\s?i\s?t\s?n\s?e\s?s.*", re.IGNORECASE)
_AGREED = re.compile(r"\bas\s+follows\W*$", re.IGNORECASE)
_TITLE = re.compile(
    r"[\W_]*\d{1,3}\S?[\s\W_]*[A-Z][\w'’-]*"
    r"(?:[ ,&/]+(?:[A-Z][\w'’-]*|and|or|of|to|the|for|in|on|by|with|your|our)\b){0,9}[*_]*(?:[.:]|\s*\n|$)"
)
"""What begins a section with a title: '3. Fees and Taxes.'"""

_LEFT_OPEN = re.compile(r"\b(?:if|when|where|whether|unless|because|not|may|must|shall|will|can|by|who|which):$")
_LEAD = 60
"""How far before a list its colon may stand, with the blanks and marks between them."""

_MARKS = " \n\r\t*_"
_NEAR = 5000
_SKIPPED = 3
"""So many numbers may be missing in a sequence ('[reserved]') before a mark is taken for a reference."""


def place(tree: Tree, mark: Marker, block: Block) -> bool:
    """Open the clause that `mark` begins; False where the mark is out of sequence, hence no mark."""
    marks = 2 if tree.source[max(0, block.start - 2) : block.start] in ("**", "__") else 0
    indent = max(0, block.first.indent - marks)
    draft = Draft(mark.kind, mark.label, block.start, block.end, None, indent=indent, depth=block.first.depth)
    if draft.depth:
        tree.close_while(lambda d: d.kind == "heading" and (d.depth >= draft.depth or not d.depth))
    if mark.kind == "attachment":
        if "." in mark.label and all(draft.kind == "preamble" for draft in tree.drafts):
            return False  # the place of the whole agreement in a filing
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


def _pop_bullets(tree: Tree, indent: int) -> None:
    tree.close_while(lambda d: d.kind == "bullet" and d.indent >= indent - 1)


def _promote(tree: Tree) -> None:
    """Let the heading on top, below which numbering restarts, be a part of the document of its own."""
    top = tree.top()
    if not top or top.kind != "heading" or top.scope or top.depth or not tree.numbered:
        return
    top.scope = True
    if _PART.search(top.number):
        top.parent = None
        tree.stack = tree.stack[-1:]
        return
    # A heading before it, below which numbers began at one as well, is of the same rank; without one, the list is.
    for position, index in enumerate(tree.stack[:-1]):
        node, inner = tree.drafts[index], tree.drafts[tree.stack[position + 1]]
        if node.style == ".1" or (node.kind == "heading" and not node.depth and inner.style == ".1"):
            node.scope |= node.kind == "heading"
            top.parent = node.parent
            tree.stack[position:] = tree.stack[-1:]
            return


def _leave_recitals(tree: Tree) -> None:
    """Close the recitals where the clauses that were agreed begin: these are no part of the last of them."""
    agreed = bool(tree.stack and _AGREED.search(tree.drafts[tree.stack[-1]].last))
    for position, index in enumerate(tree.stack):
        node = tree.drafts[index]
        if node.kind == "lettered" and not node.path and (agreed or _recites(tree, node)):
            del tree.stack[position:]
            return


def _recites(tree: Tree, item: Draft) -> bool:
    """Whether the list of `item` stands below or right after a heading such as 'Recitals'."""
    before: Draft | None = None
    for draft in tree.drafts:
        if draft.style == item.style and draft.parent == item.parent:
            return before is not None and before.kind == "heading" and bool(_RECITALS.fullmatch(before.number))
        before = draft
    return False


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
    tree.close_while(lambda d: (bool(d.path) and d.kind != "article") or (d.listed))
    tree.leave_plain()


def _place_ordinal(tree: Tree, draft: Draft, mark: Marker) -> bool:
    found = _sequel(tree, mark.readings, draft)
    if found:
        position, reading = found
        before = tree.drafts[tree.stack[position]]
        draft.series = before.unfinished
        del tree.stack[position:]
        listed = not before.path
    else:
        before = None
        reading = next((r for r in mark.readings if r.value == 1), None) or _late(tree, mark)  # type: ignore[assignment]
        if reading is None:
            return False
        listed = reading.style == ".1" and reading.value == 1 and _introduces(tree, draft)
        if not listed:
            _make_room(tree, draft, mark, reading)
    draft.style, draft.value = reading.style, reading.value
    if reading.style[-1] in "iI" and mark.kind != "article":
        draft.kind = "roman"
    if mark.path:
        outer = tree.top()
        nested = outer is not None and outer.path and outer.kind == "numbered" and draft.indent > outer.indent
        draft.path = (*outer.path, *mark.path) if outer and nested else () if listed else mark.path
        if before and before.path and len(before.path) > 1:
            draft.path = (*before.path[:-1], reading.value)
        tree.numbered = True
    elif mark.kind == "article" or reading.style == ".I":
        tree.numbered = True
    return True


def _sequel(tree: Tree, found: tuple[Reading, ...], draft: Draft) -> tuple[int, Reading] | None:
    """Return the open clause that a mark follows as next sibling, the same indentation preferred."""
    hits: list[tuple[bool, bool, int, Reading]] = []
    for position, index in enumerate(tree.stack):
        node = tree.drafts[index]
        for reading in found:
            step = reading.value - node.value
            if node.style == reading.style and 1 <= step <= _SKIPPED:
                hits.append((abs(node.indent - draft.indent) <= 1 and step == 1, step == 1, position, reading))
    if not hits:
        return None
    best = max(hits, key=lambda hit: hit[:3])
    rivals = [hit for hit in hits if hit[:2] == best[:2] and _plainly_numbered(tree.drafts[tree.stack[hit[2]]])]
    if (
        len(rivals) > 1
        and _has_title(tree, draft.start)
        and not _has_title(tree, tree.drafts[tree.stack[best[2]]].start)
    ):
        best = min(rivals, key=lambda hit: hit[2])  # a section again, after the list within the one before it
    return best[2], best[3]


def _has_title(tree: Tree, start: int) -> bool:
    return _TITLE.match(tree.text, start) is not None


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


def _introduces(tree: Tree, draft: Draft) -> bool:
    """Whether `draft` follows words that introduce a list: 'You must not:'.

    Outside of numbered sections the words must be an open sentence, since 'the parties agree:' introduces sections.
    """
    top = tree.top()
    numbered = any(tree.drafts[index].path or _plainly_numbered(tree.drafts[index]) for index in tree.stack)
    before = tree.text[max(0, draft.start - _LEAD) : draft.start].rstrip(_MARKS)
    if top is None or top.kind == "bullet":
        return False
    return before.endswith(":") and (numbered or _LEFT_OPEN.search(before) is not None)


def _plainly_numbered(draft: Draft) -> bool:
    return draft.style == ".1" and len(draft.path) <= 1


def _make_room(tree: Tree, draft: Draft, mark: Marker, reading: Reading) -> None:
    """Close the clauses that the first clause of a new list cannot be part of."""
    major = mark.kind == "article" or reading.style in MAJOR
    if major:
        if reading.value == 1:
            _leave_recitals(tree)
            _promote(tree)
        inner = tree.top()
        if inner and inner.path and draft.indent > inner.indent + 1:
            return
        tree.leave_plain()
    else:
        _pop_bullets(tree, draft.indent)
    if mark.kind == "article":
        tree.close_while(lambda d: not d.scope and not d.depth)
        return
    for position, index in enumerate(tree.stack):
        node = tree.drafts[index]
        if node.style == reading.style and node.indent >= draft.indent - 1:
            del tree.stack[position:]
            break
