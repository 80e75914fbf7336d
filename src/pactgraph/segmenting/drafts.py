"""The clause tree while it is being built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

LISTED = frozenset(("bullet", "lettered", "roman"))
MAJOR = frozenset((".1", ".I", ".A"))
"""Styles of marks that open sections, not items of a list."""


@dataclass(slots=True)
class Draft:
    """A clause while the tree is being built.

    `scope` marks parts below which numbers restart, `closed` clauses that have sub-clauses, `divided`
    those with numbered ones, `series` items that follow an unfinished one, `last` the last words.
    """

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
    series: bool = False
    last: str = ""

    @property
    def listed(self) -> bool:
        """Whether this is an item of a list, as opposed to a section of the document."""
        return self.kind in LISTED and self.style not in MAJOR

    @property
    def unfinished(self) -> bool:
        """Whether its words so far end like an item in the middle of a list ('…; and')."""
        ending = self.last.rstrip()
        return ending[-1:] in (";", ",") or ending.endswith((" and", " or"))


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

    def close_while(self, condition: Callable[[Draft], bool]) -> None:
        """Close the innermost clauses for as long as `condition` holds of them."""
        while self.stack and condition(self.drafts[self.stack[-1]]):
            self.stack.pop()

    def leave_plain(self) -> None:
        """Close what no section can be part of: preamble, bullets and headings without a number."""
        self.close_while(
            lambda d: d.kind in ("preamble", "bullet") or (d.kind == "heading" and not d.scope and not d.depth)
        )
