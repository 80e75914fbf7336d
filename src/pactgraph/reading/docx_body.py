"""The body of a Word file, block by block: paragraphs, tables, notes, content controls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from pactgraph.errors import SourceError
from pactgraph.reading.composing import Block, Piece, joined
from pactgraph.reading.docx_numbering import BULLET, Numbering
from pactgraph.reading.docx_package import W
from pactgraph.reading.docx_runs import ALTERNATE, CHANGES, ORIGINAL, Paragraph, Runs, chosen
from pactgraph.reading.docx_styles import Styles, switch

_CONTENTS = "Table of Contents"
_CELL = 1500
"""A table cell with more characters holds paragraphs of the agreement rather than a value."""

_CELL_PARAGRAPHS = 4


@dataclass(frozen=True, slots=True)
class Parts:
    """What the body refers to: styles, numbering, and notes by (kind, id)."""

    styles: Styles
    numbering: Numbering
    notes: Mapping[tuple[str, str], etree._Element]


class Body:
    """Turns the elements of a document's body into blocks, in order."""

    def __init__(self, name: str, parts: Parts, view: str, most: int) -> None:
        self._name = name
        self._parts = parts
        self._view = view
        self._most = most
        self._count = 0
        self._noted: set[tuple[str, str]] = set()
        self._carried: tuple[Piece, ...] = ()
        self.runs = Runs(parts.styles, view)
        self.embedded = 0

    def blocks(self, parent: etree._Element, contents: bool = False) -> Iterator[Block]:
        """Yield the blocks below `parent`; `contents` says that they are a table of contents.

        Raises SourceError where there are more paragraphs than allowed.
        """
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child, contents)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag == f"{W}sdt":
                gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
                toc = gallery is not None and gallery.get(f"{W}val") == _CONTENTS
                content = child.find(f"{W}sdtContent")
                if content is not None:
                    yield from self.blocks(content, contents or toc)
            elif child.tag in CHANGES:
                self.runs.note(CHANGES[child.tag])
                if not self.runs.hides(CHANGES[child.tag]):
                    yield from self.blocks(child, contents)
            elif child.tag == f"{W}customXml":
                yield from self.blocks(child, contents)
            elif child.tag == ALTERNATE:
                yield from self.blocks(chosen(child), contents)
            elif child.tag == f"{W}altChunk":
                self.embedded += 1

    def rest(self) -> Iterator[Block]:
        """Yield words still waiting for a paragraph to join, because the mark at their end was removed."""
        if self._carried:
            yield Block(self._carried)
            self._carried = ()

    # Paragraphs -----------------------------------------------------------------------------------

    def _paragraph(self, element: etree._Element, contents: bool = False) -> Iterator[Block]:
        self._count += 1
        if self._count > self._most:
            raise SourceError(f"{self._name}: holds more than {self._most:,} paragraphs; split the document.")
        properties = self._properties(element)
        in_contents = contents or self.runs.in_contents
        said = self.runs.read(element)
        mark = properties.find(f"{W}rPr") if properties is not None else None
        said.pieces[:0] = self._carried
        self._carried = ()
        if self.runs.hides(self.runs.changed(mark)):
            self._carried = tuple(said.pieces)
        elif not _is_hidden(mark, said):
            block = self._described(properties, said)
            if (
                in_contents
                or self.runs.in_contents
                or self._parts.styles.is_contents(self._parts.styles.of(properties))
            ):
                block = replace(block, kind="contents")
            yield block
        for box in said.boxes:
            yield from self.blocks(box)
        for note in said.notes:
            yield from self._note(note)

    def _properties(self, element: etree._Element) -> etree._Element | None:
        properties = element.find(f"{W}pPr")
        if properties is not None and self._view == ORIGINAL:
            former = properties.find(f"{W}pPrChange/{W}pPr")
            if former is not None:
                return former
        return properties

    def _described(self, properties: etree._Element | None, said: Paragraph) -> Block:
        pieces = tuple(said.pieces)
        place = self._parts.styles.place(properties)
        label = self._parts.numbering.label(place) if place else None
        heading = self._parts.styles.heading(properties)
        if heading:
            return Block(pieces, "heading", heading, label or "")
        if place and label:
            depth = self._parts.numbering.level(place) + 1
            return Block(pieces, "bullet" if label == BULLET else "item", depth, label)
        return Block(pieces)

    def _note(self, note: tuple[str, str]) -> Iterator[Block]:
        element = self._parts.notes.get(note)
        if element is None or note in self._noted:
            return
        self._noted.add(note)
        inner = [block for block in self.blocks(element) if block.text]
        pieces: list[Piece] = []
        for position, block in enumerate(inner):
            pieces += ([Piece(" ")] if position else []) + list(block.pieces)
        yield Block(tuple(pieces), "note", 0, str(len(self._noted)))

    # Tables ---------------------------------------------------------------------------------------

    def _table(self, table: etree._Element) -> Iterator[Block]:
        first = 1
        for row in _descend(table, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            change = self.runs.changed(properties)
            cells = [self._cell(cell) for cell in _descend(row, f"{W}tc")]
            if not self.runs.hides(change) and not switch(properties, "hidden"):
                for block in _row(cells):
                    if block.kind == "row":
                        block, first = replace(block, level=first), 0
                    yield block

    def _cell(self, cell: etree._Element) -> list[Block]:
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(f"{W}val", "continue") == "continue":
            return []
        found = [block for block in self.blocks(cell) if block.text or block.label]
        found += self.rest()
        return found


def _row(cells: list[list[Block]]) -> Iterator[Block]:
    """Yield a row of values as one block, and a row whose cells hold paragraphs as these."""
    cells = _labelled(cells)
    notes = [block for cell in cells for block in cell if block.kind == "note"]
    cells = [[block for block in cell if block.kind != "note"] for cell in cells]
    if all(_is_value(cell) for cell in cells) and not _is_clause(cells):
        row = joined(cells)
        if row:
            yield row
    else:
        yield from (block for cell in cells for block in cell)
    yield from notes


def _labelled(cells: list[list[Block]]) -> list[list[Block]]:
    """Let the automatic number of an empty cell stand before the words in the next one."""
    waiting: Block | None = None
    found: list[list[Block]] = []
    for cell in cells:
        kept: list[Block] = []
        for block in cell:
            if not block.text:
                waiting = block
                continue
            if waiting and not block.label:
                block = replace(block, kind=waiting.kind, level=waiting.level, label=waiting.label)
                waiting = None
            kept.append(block)
        found.append(kept)
    return found


def _is_value(cell: list[Block]) -> bool:
    if len(cell) > _CELL_PARAGRAPHS or sum(len(block.text) for block in cell) > _CELL:
        return False
    return all(block.kind == "paragraph" or (block.kind in ("item", "heading") and len(cell) == 1) for block in cell)


def _is_clause(cells: list[list[Block]]) -> bool:
    """Whether a row is a clause beside its automatic number rather than values."""
    said = [cell for cell in cells if cell]
    return len(said) == 1 and said[0][0].kind in ("item", "heading", "bullet")


def _descend(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the rows or cells of a table, also those inside content controls."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}del"):
            yield from _descend(child, tag)


def _is_hidden(mark: etree._Element | None, said: Paragraph) -> bool:
    """Whether nothing of a paragraph is shown, so that it is not counted either."""
    return bool(switch(mark, "vanish")) and not any(piece.text for piece in said.pieces)


def comments(root: etree._Element | None) -> tuple[str, ...]:
    """Return each comment beside the text as one line that begins with its author."""
    if root is None:
        return ()
    found = []
    for comment in root.iterfind(f"{W}comment"):
        words = " ".join(" ".join(_plain(comment.iter(f"{W}p"))).split())
        author = comment.get(f"{W}author", "").strip() or "unknown"
        if words:
            found.append(f"comment by {author}: {words}")
    return tuple(found)


def _plain(paragraphs: Iterable[etree._Element]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield "".join(text.text or "" for text in paragraph.iter(f"{W}t"))


def numbered_notes(
    footnotes: etree._Element | None, endnotes: etree._Element | None
) -> dict[tuple[str, str], etree._Element]:
    """Return footnotes and endnotes by kind and id, separators left out."""
    found: dict[tuple[str, str], etree._Element] = {}
    for kind, root in (("footnote", footnotes), ("endnote", endnotes)):
        for note in root.iterfind(f"{W}{kind}") if root is not None else ():
            if note.get(f"{W}type", "normal") == "normal":
                found[kind, note.get(f"{W}id", "")] = note
    return found
