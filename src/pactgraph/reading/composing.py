"""Compose a document's text from blocks, and keep what their format says of them as marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pactgraph.model import Mark, Span

_BLANK = " \t\r\n\f\v\u00a0\u200b\ufeff"
_NUMBER_CELL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})+\.?|\d{1,2}\.|\([a-zA-Z]{1,4}\)|\(\d{1,2}\)|[a-zA-Z][.)])")
_CLAUSE = 40
"""A cell beside a number alone holds a clause from so many characters on."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one kind: `origin` is where they stand in the source, in step with it, or -1.

    `bold` is bold or underlined type, `change` is inserted, deleted or empty.
    """

    text: str
    origin: int = -1
    bold: bool = False
    change: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table row or note, before it has a place in the text.

    `kind`, `level` and `label` are those of its Mark; kind 'contents' is a line of a table of contents,
    and a row of level 1 the first of its table.
    """

    pieces: tuple[Piece, ...]
    kind: str = "paragraph"
    level: int = 0
    label: str = ""

    @property
    def text(self) -> str:
        """The block's words, blanks at the edges left out."""
        return "".join(piece.text for piece in self.pieces).strip(_BLANK)


def joined(cells: Sequence[Sequence[Block]]) -> Block | None:
    """Return a table row as one block, its cells parted by ' | ', or None where no cell says anything.

    A number alone in the first of two cells is the number of the clause in the second.
    """
    texts = [" ".join(filter(None, (block.text for block in cell))) for cell in cells]
    said = [number for number, text in enumerate(texts) if text]
    if not said:
        return None
    pieces: list[Piece] = []
    clause = len(said) == 2 and bool(_NUMBER_CELL.fullmatch(texts[said[0]])) and len(texts[said[1]]) >= _CLAUSE
    for number in said if clause else range(said[-1] + 1):
        if pieces or (number and not clause):
            pieces.append(Piece(" " if clause else " | "))
        for position, block in enumerate(block for block in cells[number] if block.text):
            words = (replace(piece, text=piece.text.replace("\n", " ")) for piece in trimmed(block.pieces))
            pieces += [*[Piece(" ")] * bool(position), *words]
    label = next((block.label for cell in cells for block in cell if block.label), "")
    alone = len(cells) == 1
    return Block(tuple(pieces), "paragraph" if clause or alone else "row", 0, label)


def trimmed(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return `pieces` without blanks at either edge, their origins moved along."""
    kept = [piece for piece in pieces if piece.text]
    while kept and not kept[0].text.strip(_BLANK):
        del kept[0]
    while kept and not kept[-1].text.strip(_BLANK):
        del kept[-1]
    if not kept:
        return ()
    first = kept[0]
    left = len(first.text) - len(first.text.lstrip(_BLANK))
    kept[0] = replace(first, text=first.text[left:], origin=first.origin + left if first.origin >= 0 else -1)
    kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(_BLANK))
    return tuple(kept)


@dataclass(slots=True)
class Composer:
    """Sets block after block into one text; blank lines part them, the rows of a table stand line by line."""

    parts: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    origins: list[tuple[int, int]] = field(default_factory=list)
    furniture: list[Span] = field(default_factory=list)
    length: int = 0
    last: str = ""

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.parts)

    def add(self, block: Block) -> None:
        """Append a block; one without words is left out."""
        pieces = trimmed(block.pieces)
        if not pieces:
            return
        if self.parts:
            self._write("\n" if block.kind == self.last == "row" and not block.level else "\n\n")
        start = self.length
        inner: list[Mark] = []
        for piece in pieces:
            if piece.origin >= 0:
                self.origins.append((self.length, piece.origin))
            if piece.change:
                inner.append(Mark(self.length, self.length + len(piece.text), piece.change))
            self._write(piece.text)
        self.last = block.kind
        if block.kind == "contents":
            self.furniture.append(Span(start, self.length))
            return
        level = 0 if block.kind == "row" else block.level
        self.marks.append(Mark(start, self.length, block.kind, level, block.label))
        bold = _bold_lead(pieces)
        if bold and block.kind not in ("row", "note"):
            self.marks.append(Mark(start, start + bold, "emphasis"))
        self.marks += _united(inner)

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def _bold_lead(pieces: Sequence[Piece]) -> int:
    """Return the length of the bold words that a block begins with, 0 where it is all bold or not bold at all."""
    length = 0
    for piece in pieces:
        if not piece.bold and piece.text.strip(_BLANK):
            lead = "".join(p.text for p in pieces)[:length]
            return len(lead.rstrip(_BLANK))
        length += len(piece.text)
    return 0


def _united(marks: list[Mark]) -> list[Mark]:
    """Return `marks` with neighbours of the same kind made one."""
    found: list[Mark] = []
    for mark in marks:
        if found and found[-1].end == mark.start and found[-1].kind == mark.kind:
            found[-1] = replace(found[-1], end=mark.end)
        else:
            found.append(mark)
    return found
