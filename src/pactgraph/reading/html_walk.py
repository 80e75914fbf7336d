"""The content of a web page, block by block, with list labels, headings and table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pactgraph.reading.composing import Block, Piece, joined
from pactgraph.reading.html_lists import BULLET, LISTS, labels
from pactgraph.reading.html_tokens import Words
from pactgraph.reading.html_tree import BLOCKS, Element
from pactgraph.reading.html_visible import is_bold, is_shown

_SPACE = re.compile(r"[ \t\r\n\f]+")
_HEADING = re.compile(r"h([1-6])")
_CELL = 1500
"""A table cell with more characters holds paragraphs of the agreement rather than a value."""

_CELL_BLOCKS = 4
_ROWS = frozenset(("thead", "tbody", "tfoot"))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the page words stand: the heading level, the depth of lists, and the type they are set in."""

    heading: int = 0
    depth: int = 0
    bold: bool = False
    kept: bool = False


@dataclass(slots=True)
class Walk:
    """Collects blocks; `label` waits for the first words of a list item, `first` is 1 before a table's first row."""

    found: list[Block] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    label: str = ""
    first: int = 0

    def content(self, element: Element) -> list[Block]:
        """Return the blocks of `element` in order."""
        self._inside(element, _Place())
        self._flush(_Place())
        return self.found

    def _inside(self, element: Element, place: _Place) -> None:
        for child in element.children:
            if isinstance(child, Words):
                self.pieces += _pieces(child, place)
            elif child.tag == "br":
                self._line_break(child, place)
            elif not is_shown(child):
                continue
            elif child.tag == "table":
                self._flush(place)
                self.first = 1
                self._table(child, place)
            elif child.tag in LISTS:
                self._flush(place)
                self._list(child, place)
            elif child.tag in BLOCKS:
                self._block(child, place)
            else:
                self._inside(child, replace(place, bold=True) if is_bold(child) else place)

    def _block(self, element: Element, place: _Place) -> None:
        self._flush(place)
        inner = replace(place, heading=_heading(element) or place.heading)
        if element.tag == "pre":
            inner = replace(inner, kept=True)
        if element.tag != "p" and is_bold(element):
            inner = replace(inner, bold=True)
        self._inside(element, inner)
        self._flush(inner)

    def _line_break(self, element: Element, place: _Place) -> None:
        """Break the line; two breaks in a row make a paragraph."""
        before = "".join(piece.text for piece in self.pieces[-3:]).rstrip(" ")
        if before.endswith("\n"):
            self._flush(place)
        elif before:
            self.pieces.append(Piece("\n", element.origin))

    def _list(self, parent: Element, place: _Place) -> None:
        shown = {id(item): label for item, label in labels(parent)}
        inner = replace(place, depth=place.depth + 1, heading=0)
        for child in parent.children:
            if isinstance(child, Words):
                self.pieces += _pieces(child, inner)
            elif not is_shown(child):
                continue
            elif child.tag == "li":
                self.label = shown.get(id(child), "")
                self._block(child, inner)
                self.label = ""
            elif child.tag in LISTS:
                self._list(child, inner)
            else:
                self._block(child, inner)
        self._flush(inner)

    def _table(self, table: Element, place: _Place) -> None:
        for child in table.children:
            if not isinstance(child, Element) or not is_shown(child):
                continue
            if child.tag == "tr":
                self._row(child, place)
            elif child.tag in _ROWS:
                self._table(child, place)
            else:
                self._block(child, place)

    def _row(self, row: Element, place: _Place) -> None:
        cells = []
        for child in row.children:
            if isinstance(child, Element) and is_shown(child):
                cells.append(self._cell(child, place))
        if all(_is_value(cell) for cell in cells):
            found = joined(cells)
            if found:
                label, self.label = self.label, ""
                self.found.append(replace(found, label=label or found.label, level=self.first))
                self.first = 0
        else:
            self.found += (block for cell in cells for block in cell)

    def _cell(self, cell: Element, place: _Place) -> list[Block]:
        inner = Walk()
        inner._inside(cell, replace(place, heading=0))
        inner._flush(place)
        return inner.found

    def _flush(self, place: _Place) -> None:
        """End the block that has been collected."""
        if not any(piece.text.strip() for piece in self.pieces):
            self.pieces = []
            return
        label, self.label = self.label, ""
        pieces, self.pieces = tuple(_single_spaced(self.pieces)), []
        if place.heading:
            self.found.append(Block(pieces, "heading", place.heading, label))
        elif label:
            self.found.append(Block(pieces, "bullet" if label == BULLET else "item", place.depth, label))
        else:
            self.found.append(Block(pieces, "paragraph", place.depth))


def _heading(element: Element) -> int:
    match = _HEADING.fullmatch(element.tag)
    if match:
        return int(match[1])
    if element.attributes.get("role", "") == "heading":
        level = element.attributes.get("aria-level", "2")
        return int(level) if re.fullmatch(r"[1-9]", level) else 2
    return 0


def _is_value(cell: list[Block]) -> bool:
    if len(cell) > _CELL_BLOCKS or sum(len(block.text) for block in cell) > _CELL:
        return False
    return all(block.kind == "paragraph" and not block.label for block in cell)


def _pieces(text: Words, place: _Place) -> Iterator[Piece]:
    """Yield the words of a text with runs of white space as one blank, each in step with the source."""
    if place.kept:
        yield Piece(text.words, text.origin, place.bold)
        return
    start = 0
    for match in _SPACE.finditer(text.words):
        if match[0] == " ":
            continue
        if match.start() > start:
            yield Piece(text.words[start : match.start()], text.origin + start, place.bold)
        yield Piece(" ", text.origin + match.start(), place.bold)
        start = match.end()
    if start < len(text.words):
        yield Piece(text.words[start:], text.origin + start, place.bold)


def _single_spaced(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield `pieces` without blanks that follow a blank or a line break, or come before a line break."""
    last = ""
    for position, piece in enumerate(pieces):
        text, origin = piece.text, piece.origin
        if last in (" ", "\n") and text[:1] == " ":
            text, origin = text[1:], origin + 1
        following = pieces[position + 1].text[:1] if position + 1 < len(pieces) else ""
        if following == "\n":
            text = text.rstrip(" ")
        if text:
            last = text[-1]
            yield replace(piece, text=text, origin=origin)
