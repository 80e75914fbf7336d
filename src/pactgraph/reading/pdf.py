"""The reader of PDF files.

`read_pdf` is to be called through `guarding.guarded`: PDFium hangs on some hostile files and takes
gigabytes for others.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pactgraph.errors import MissingExtraError, SourceError
from pactgraph.model import Box, Document, Span
from pactgraph.reading.guarding import LIMITS, Limits
from pactgraph.reading.page_furniture import page_furniture

if TYPE_CHECKING:
    import pypdfium2

    from pactgraph.reading.pdf_pages import PageLine
    from pactgraph.reading.pdf_text import Composed

PRELOAD = ("pypdfium2", "pactgraph.reading.pdf_opening", "pactgraph.reading.pdf_columns", "pactgraph.reading.pdf_text")
"""What a worker loads once for all PDFs."""

INSTALL = "install pactgraph[ocr] and tesseract to read"
_MOST_CHARACTERS = 50_000_000
_FEW = 5
_SHARE = 0.9
_FEWEST_SECONDS = 1.0


def read_pdf(data: bytes, slug: str, name: str, media_type: str, limits: Limits = LIMITS) -> Document:
    """Return the document that `data`, a PDF file called `name`, holds.

    Its text is that of the pages, in reading order, parted by form feeds; paragraphs are parted by
    blank lines where the page parts them by space. A hyphen at a line end stays, without the line
    break. Pages that are images are recognised by tesseract where it is installed, and counted in a
    warning in any case.

    Raises SourceError where `data` is no PDF, is damaged past repair, is protected by a password, has
    more pages than `limits.pages`, or holds no text.
    """
    begun = time.monotonic()
    sheets, warnings, _ = _sheets(data, name, limits, begun + _SHARE * limits.seconds)
    composed = _composed(sheets)
    if not composed.text.strip():
        told = " ".join(warning.removeprefix(f"{name}: ") for warning in warnings)
        raise SourceError(f"{name}: no page holds text. {told}".strip())
    return Document(
        slug=slug,
        source=name,
        text=composed.text,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        furniture=page_furniture(composed.text, composed.pages),
        warnings=tuple(warnings),
        unread=tuple(warning for warning in warnings if _RECOGNISED not in warning),
        marks=composed.marks,
        pages=composed.pages,
    )


def pdf_boxes(data: bytes, name: str, span: Span, limits: Limits = LIMITS) -> tuple[Box, ...]:
    """Return where the words `text[span.start:span.end]` of the document stand: one box for each line.

    A page that was recognised from its image gives the whole page. Raises SourceError as `read_pdf` does.
    """
    sheets, _, pdf = _sheets(data, name, limits, time.monotonic() + _SHARE * limits.seconds)
    composed = _composed(sheets)
    return tuple(_boxes(pdf, composed, span))


def _boxes(pdf: pypdfium2.PdfDocument, composed: Composed, span: Span) -> Iterator[Box]:
    from pactgraph.reading.pdf_pages import char_box

    for page in composed.pages:
        if page.start >= span.end or page.end <= span.start:
            continue
        opened = pdf[page.number - 1]
        pieces = [piece for piece in composed.pieces if piece.page == page.number]
        if not pieces:
            yield Box(page.number, 0.0, 0.0, *opened.get_size())
        words = opened.get_textpage()
        for piece in pieces:
            first = max(span.start - piece.offset, 0)
            last = min(span.end - piece.offset, piece.length)
            found = [box for at in range(first, last) if (box := char_box(words, piece.index + at))]
            if found:
                left, bottom, right, top = zip(*found, strict=True)
                yield Box(page.number, min(left), min(bottom), max(right), max(top))
        words.close()
        opened.close()


@dataclass(slots=True)
class _Blank:
    """The pages without text, by number, and those that were not recognised: for want of the extra, or why."""

    numbers: list[int]
    unread: list[int]
    reason: str = ""
    missing: bool = False


_Sheets = list["tuple[PageLine, ...] | str"]


def _composed(sheets: _Sheets) -> Composed:
    from pactgraph.reading.pdf_text import compose

    return compose(sheets)


def _sheets(data: bytes, name: str, limits: Limits, until: float) -> tuple[_Sheets, list[str], pypdfium2.PdfDocument]:
    """Return the pages' lines in reading order, or their text as recognised; warnings; and the open PDF."""
    from pactgraph.reading.pdf_opening import is_cut, mended, opened

    found = opened(data, name)
    _count(found.pdf, name, limits)
    pages = _read_pages(found.pdf, name)
    if pages.damaged and not found.repaired:
        with suppress(SourceError):  # not worse than before
            found = mended(data, name)
            _count(found.pdf, name, limits)
            pages = _read_pages(found.pdf, name)
    warnings = []
    if found.repaired:
        warnings.append(f"{name}: the file was damaged and has been repaired; pages may be missing.")
    elif is_cut(data):
        warnings.append(f"{name}: the file lacks its end; pages may be missing.")
    if pages.damaged:
        listed = ", ".join(map(str, pages.damaged[:_FEW]))
        warnings.append(f"{name}: {len(pages.damaged)} of {len(pages.sheets)} pages could not be read: {listed}.")
    if pages.images:
        blank = _recognised(found.pdf, pages.images, pages.sheets, until)
        warnings += _told(name, blank, len(pages.sheets))
    return pages.sheets, warnings, found.pdf


def _count(pdf: pypdfium2.PdfDocument, name: str, limits: Limits) -> None:
    if len(pdf) > limits.pages:
        raise SourceError(
            f"{name}: has {len(pdf):,} pages, more than the limit of {limits.pages:,}; "
            "raise the limit or split the file."
        )


@dataclass(frozen=True, slots=True)
class _Pages:
    """What each page holds, the indices of those that show something but hold no text, and damaged ones' numbers."""

    sheets: _Sheets
    images: list[int]
    damaged: list[int]


def _read_pages(pdf: pypdfium2.PdfDocument, name: str) -> _Pages:
    import pypdfium2

    from pactgraph.reading.pdf_columns import in_reading_order
    from pactgraph.reading.pdf_pages import sheet

    pages = _Pages([], [], [])
    total = 0
    for index in range(len(pdf)):
        try:
            page = pdf[index]
            lines = in_reading_order(sheet(page).lines)
            if not lines and next(page.get_objects(max_depth=3), None) is not None:
                pages.images.append(index)
            page.close()
        except pypdfium2.PdfiumError:
            lines = ()
            pages.damaged.append(index + 1)
        pages.sheets.append(lines)
        total += sum(len(line.text) for line in lines)
        if total > _MOST_CHARACTERS:
            raise SourceError(f"{name}: holds more than {_MOST_CHARACTERS:,} characters; split the file.")
    return pages


def _recognised(pdf: pypdfium2.PdfDocument, images: Sequence[int], sheets: _Sheets, until: float) -> _Blank:
    """Put the recognised text of pages that are images into `sheets`, as far as there is time."""
    from pactgraph.reading import ocr

    blank = _Blank([index + 1 for index in images], [])
    for index in images:
        left = until - time.monotonic()
        try:
            if left < _FEWEST_SECONDS:
                raise SourceError("the time that reading may last was over; raise that limit")
            sheets[index] = ocr.recognise(pdf[index], left)
        except MissingExtraError:
            blank.unread, blank.missing = blank.numbers, True
            break
        except SourceError as error:
            blank.unread.append(index + 1)
            blank.reason = str(error)
    return blank


_RECOGNISED = "whose text was recognised"
"""What is said of pages that were read after all."""


def _told(name: str, blank: _Blank, count: int) -> Iterator[str]:
    """Yield what a user should know of pages without text."""
    done, unread = len(blank.numbers) - len(blank.unread), len(blank.unread)
    if done:
        yield (f"{name}: {_images(done, count)}, {_RECOGNISED} by tesseract; check what matters against the page.")
    if unread and blank.missing:
        yield f"{name}: {_images(unread, count)}; {INSTALL} {'it' if unread == 1 else 'them'}."
    elif unread:
        yield f"{name}: {_images(unread, count)} that {'was' if unread == 1 else 'were'} not read: {blank.reason}."


def _images(some: int, count: int) -> str:
    return f"{some} of {count} page{'' if count == 1 else 's'} {'is an image' if some == 1 else 'are images'}"
