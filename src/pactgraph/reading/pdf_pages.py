"""From a page of a PDF to its lines, with where they stand on the page."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

import pypdfium2
import pypdfium2.raw as pdfium

from pactgraph.reading.pdf_cells import celled

# PDFium puts U+FFFE for a hyphen at a line end, and no newline after it.
_HYPHEN = "\ufffe"
_PIECE = re.compile(rf"[^\r\n{_HYPHEN}]+{_HYPHEN}?|{_HYPHEN}")
_WORD = re.compile(r"\S+\s*")
_NUMBER = re.compile(r"(?:\(?(?:\d{1,3}|[ivxlcdm]{1,5}|[a-z])[.)]|\d{1,3}(?:\.\d{1,3})+\.?)\s+(?=\S)", re.IGNORECASE)
_BOLD = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600
_NAME = 64
_EDGE = 2.0
_SAMPLES = 16
_LEAST = 10
_TAB = 1.2


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page: its words, and where they stand as the page is shown.

    `text[i]` is PDFium's text index `index + i`. Coordinates are points from the lower left; `hyphen`
    says that the line ends in a hyphen and its last word goes on in the next. The words
    `text[bold[0]:bold[1]]`, at the line's start or after its number, are in bold type. Of a row of a
    table, `cells` are where its cells after the first begin.
    """

    text: str
    index: int
    left: float
    bottom: float
    right: float
    top: float
    hyphen: bool = False
    bold: tuple[int, int] = (0, 0)
    cells: tuple[int, ...] = ()

    @property
    def height(self) -> float:
        """How high the line's type is, in points; at least one."""
        return max(self.top - self.bottom, 1.0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a page in the order of the file, and the page's size as shown, in points."""

    lines: tuple[PageLine, ...]
    width: float
    height: float


def sheet(page: pypdfium2.PdfPage) -> Sheet:
    """Return the lines of `page`; lines that run across two columns are parted between these."""
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range()
        turn = _Turn(page.get_rotation(), width, height)
        lines = tuple(_lines(text_page, text, turn))
        if not turn.degrees:
            lines = celled(_parted(text_page, lines), partial(char_box, text_page))
    finally:
        text_page.close()
    return Sheet(lines, width, height)


@dataclass(frozen=True, slots=True)
class _Turn:
    """How a page is turned when shown, and its size as shown."""

    degrees: int
    width: float
    height: float

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        if self.degrees == 90:
            return bottom, self.height - right, top, self.height - left
        if self.degrees == 180:
            return self.width - right, self.height - top, self.width - left, self.height - bottom
        if self.degrees == 270:
            return self.width - top, left, self.width - bottom, right
        return left, bottom, right, top


def char_box(text_page: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float, float] | None:
    """Return left, bottom, right, top of the character at a text index, by its font's height; None for none."""
    rect = pdfium.FS_RECTF()
    char = pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, index)
    if char < 0 or not pdfium.FPDFText_GetLooseCharBox(text_page, char, ctypes.byref(rect)):
        return None
    return rect.left, rect.bottom, rect.right, rect.top


def _lines(text_page: pypdfium2.PdfTextPage, text: str, turn: _Turn) -> Iterator[PageLine]:
    # Indices count UTF-16 units, which differ from characters beyond the basic plane only.
    wide = max(text, default="") > "\uffff"
    for match in _PIECE.finditer(text):
        piece = match[0]
        words = piece.strip()
        if not words:
            continue
        start = match.start() + len(piece) - len(piece.lstrip())
        first = len(text[:start].encode("utf-16-le")) // 2 if wide else start
        last = first + (len(words.encode("utf-16-le")) // 2 if wide else len(words)) - 1
        hyphen = words[-1] == _HYPHEN
        head = char_box(text_page, first)
        tail = char_box(text_page, last - (hyphen and last > first)) or head
        if head is None or tail is None:
            head = tail = (0.0, 0.0, 0.0, 0.0)
        box = turn.box(head[0], head[1], max(head[2], tail[2]), head[3])
        # One character for one: offsets stay PDFium's.
        yield PageLine(words.replace(_HYPHEN, "-"), first, *box, hyphen, _bold(text_page, words, first))


def _bold(text_page: pypdfium2.PdfTextPage, words: str, index: int) -> tuple[int, int]:
    """Return where bold type at the start of a line begins and ends, its number left out."""
    number = _NUMBER.match(words)
    start = number.end() if number else 0
    if not _is_bold(text_page, index + start):
        return 0, 0
    end = start
    for word in _WORD.finditer(words, start):
        if not _is_bold(text_page, index + word.start()):
            break
        end = word.start() + len(word[0].rstrip())
    return start, end


def _is_bold(text_page: pypdfium2.PdfTextPage, index: int) -> bool:
    name = ctypes.create_string_buffer(_NAME)
    char = pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, index)
    pdfium.FPDFText_GetFontInfo(text_page, char, name, _NAME, ctypes.byref(ctypes.c_int()))
    return bool(_BOLD.search(name.value)) or pdfium.FPDFText_GetFontWeight(text_page, char) >= _BOLD_WEIGHT


def _parted(text_page: pypdfium2.PdfTextPage, lines: tuple[PageLine, ...]) -> tuple[PageLine, ...]:
    """Return the lines, those cut in two that hold a line of each of two columns.

    That is how PDFium gives pages whose file draws both columns line by line. A white stripe through
    the middle of nearly all long lines shows it; few lines, or ones that leave the left side half
    empty, are a table or signatures, which are read row by row.
    """
    if len(lines) < _LEAST:
        return lines
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    middle = (left + right) / 2
    long = [line for line in lines if line.left < middle - 20 and line.right > middle + 20]
    if len(long) < _LEAST or not _striped(text_page, long, middle):
        return lines
    cut = {line: halves for line in long if (halves := _halves(text_page, line, middle))}
    fill = sorted((first.right - left) / max(middle - left, 1.0) for first, _ in cut.values())
    if len(cut) < max(_LEAST, 0.7 * len(long)) or fill[len(fill) // 2] < 0.7:
        return lines
    return tuple(part for line in lines for part in cut.get(line, (line,)))


def _striped(text_page: pypdfium2.PdfTextPage, long: list[PageLine], middle: float) -> bool:
    step = max(1, len(long) // _SAMPLES)
    samples = long[::step]
    free = sum(
        pdfium.FPDFText_GetCharIndexAtPos(text_page, middle, (line.bottom + line.top) / 2, _EDGE, _EDGE) < 0
        for line in samples
    )
    return bool(free >= 0.7 * len(samples))


def _halves(text_page: pypdfium2.PdfTextPage, line: PageLine, middle: float) -> tuple[PageLine, PageLine] | None:
    """Return the line cut at the wide gap that lies across `middle`, or None where there is none."""
    end = None
    for offset, char in enumerate(line.text):
        box = None if char.isspace() else char_box(text_page, line.index + offset)
        if box is None:
            continue
        if end is not None and box[0] > middle >= end[1] and box[0] - end[1] > _TAB * line.height:
            head, rest = line.text[: end[0] + 1], line.text[offset:]
            return (
                replace(line, text=head, right=end[1], hyphen=False, bold=(0, 0)),
                replace(line, text=rest, index=line.index + offset, left=box[0], bold=(0, 0)),
            )
        end = offset, box[2]
    return None
