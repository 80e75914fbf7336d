"""Words of a Word paragraph: runs, fields and tracked changes, without what is not shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pactgraph.reading.composing import Piece
from pactgraph.reading.docx_package import W
from pactgraph.reading.docx_styles import Styles

FINAL, ORIGINAL, ALL = VIEWS = ("final", "original", "all")
"""How tracked changes are read: as if all were accepted, as if all were rejected, or both side by side."""

INSERTED, DELETED = "inserted", "deleted"
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
CHANGES = {f"{W}ins": INSERTED, f"{W}moveTo": INSERTED, f"{W}del": DELETED, f"{W}moveFrom": DELETED}
_WRAPPERS = frozenset(
    f"{W}{name}" for name in ("hyperlink", "smartTag", "customXml", "sdtContent", "fldSimple", "dir", "bdo", "rubyBase")
)
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
}
_SYMBOLS = {0xA8: "☐", 0xFE: "☒", 0xFC: "✓", 0xB7: "•", 0xA7: "•", 0x6F: "☐"}
"""What the private characters of Word's symbol fonts show, as far as agreements use them."""


@dataclass(slots=True)
class Paragraph:
    """What one paragraph says: its words, the ids of notes that it refers to, and its text boxes."""

    pieces: list[Piece] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


@dataclass(slots=True)
class Counts:
    """What was met on the way: tracked insertions and deletions, and words struck through by hand."""

    inserted: int = 0
    deleted: int = 0
    struck: int = 0


class Runs:
    """Reads the words of paragraphs in one view; fields that span paragraphs are followed."""

    def __init__(self, styles: Styles, view: str) -> None:
        self._styles = styles
        self._hidden = {FINAL: DELETED, ORIGINAL: INSERTED}.get(view, "")
        self._fields: list[list[str]] = []
        self.counts = Counts()

    @property
    def in_contents(self) -> bool:
        """Whether a table of contents, made by a field, is open."""
        return any(state == "result" and code.split()[:1] == ["TOC"] for state, code in self._fields)

    def hides(self, change: str) -> bool:
        """Whether this view leaves out what was changed so."""
        return bool(change) and change == self._hidden

    def changed(self, properties: etree._Element | None) -> str:
        """Return how a row, or the mark at a paragraph's end, was changed: inserted, deleted or not at all."""
        for child in properties if properties is not None else ():
            change = CHANGES.get(child.tag, "")
            if change:
                self.note(change)
                return change
        return ""

    def note(self, change: str) -> None:
        """Count a tracked change."""
        self.counts.inserted += change == INSERTED
        self.counts.deleted += change == DELETED

    def read(self, paragraph: etree._Element) -> Paragraph:
        """Return what `paragraph` says in this view."""
        found = Paragraph()
        self._walk(paragraph, found, paragraph.find(f"{W}pPr"), "")
        # A field whose instruction never ends would swallow the rest of the document.
        self._fields = [each for each in self._fields if each[0] == "result"]
        return found

    def _walk(self, parent: etree._Element, found: Paragraph, properties: etree._Element | None, change: str) -> None:
        for child in parent:
            if child.tag == f"{W}r":
                self._run(child, found, properties, change)
            elif child.tag in CHANGES:
                self.note(CHANGES[child.tag])
                inner = DELETED if DELETED in (change, CHANGES[child.tag]) else INSERTED
                if not self.hides(CHANGES[child.tag]):
                    self._walk(child, found, properties, inner)
            elif child.tag in _WRAPPERS or child.tag == f"{W}sdt":
                self._walk(child, found, properties, change)
            elif child.tag == ALTERNATE:
                self._walk(chosen(child), found, properties, change)
            elif _is_math(child):
                found.pieces += [Piece("".join(_math(child)), change=change)]

    def _run(self, run: etree._Element, found: Paragraph, paragraph: etree._Element | None, change: str) -> None:
        properties = run.find(f"{W}rPr")
        shown = not self._styles.toggled(properties, paragraph, "vanish")
        struck = shown and self._styles.toggled(properties, paragraph, "strike", "dstrike")
        self.counts.struck += struck
        bold = self._styles.toggled(properties, paragraph, "b", "u")
        for child in _contents(run):
            if child.tag == f"{W}fldChar":
                self._field(child.get(f"{W}fldCharType", ""))
            elif child.tag == f"{W}instrText":
                if self._fields:
                    self._fields[-1][1] += child.text or ""
            elif not shown or struck or any(state == "code" for state, _ in self._fields):
                continue
            elif child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                found.notes.append((etree.QName(child).localname.removesuffix("Reference"), child.get(f"{W}id", "")))
            elif child.tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
                found.boxes += _boxes(child)
            elif child.tag == f"{W}ruby":
                self._walk(child, found, paragraph, change)
            elif text := _text(child):
                found.pieces.append(Piece(text, bold=bold, change=change))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(["code", ""])
        elif kind == "separate" and self._fields:
            self._fields[-1][0] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()


def chosen(alternate: etree._Element) -> etree._Element:
    """Return the first of alternative contents: they say the same in other ways."""
    choice = alternate.find(_CHOICE)
    return choice if choice is not None else alternate[0] if len(alternate) else alternate


def _contents(run: etree._Element) -> Iterator[etree._Element]:
    for child in run:
        if child.tag == ALTERNATE:
            yield from chosen(child)
        else:
            yield child


def _boxes(drawing: etree._Element) -> Iterator[etree._Element]:
    """Yield the outermost text boxes of a drawing; inner ones are read with them."""
    for child in drawing:
        if child.tag == f"{W}txbxContent":
            yield child
        else:
            yield from _boxes(chosen(child) if child.tag == ALTERNATE else child)


def _text(child: etree._Element) -> str:
    if child.tag in (f"{W}t", f"{W}delText"):
        return child.text or ""
    if child.tag == f"{W}sym":
        return _symbol(child.get(f"{W}char", ""))
    return _SIGNS.get(str(child.tag), "")


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:
        return _SYMBOLS.get(number - 0xF000, "")
    return chr(number) if 32 <= number < 0xD800 else ""


def _is_math(child: etree._Element) -> bool:
    return isinstance(child.tag, str) and child.tag.endswith(("}oMath", "}oMathPara"))


def _math(child: etree._Element) -> Iterator[str]:
    for each in child.iter():
        if isinstance(each.tag, str) and each.tag.endswith("}t"):
            yield each.text or ""
