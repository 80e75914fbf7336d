"""Open a PDF: tell what is wrong with one that cannot be, and try once to repair it."""

from __future__ import annotations

import contextlib
import importlib
import io
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw

from pactgraph.errors import SourceError

_HEAD = 1024
_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
)
_REPAIR = "pip install 'pactgraph[repair]'"


@dataclass(frozen=True, slots=True)
class Opened:
    """A PDF that PDFium has opened; `repaired` where its file had to be mended first."""

    pdf: pypdfium2.PdfDocument
    repaired: bool = False


def opened(data: bytes, name: str) -> Opened:
    """Return the PDF that `data`, a file called `name`, holds; one that is damaged is mended if it can be.

    Raises SourceError where it is empty, no PDF, protected by a password, or damaged past repair.
    """
    if not data:
        raise SourceError(f"{name}: the file is empty; put the agreement's PDF there, or leave it out.")
    if b"%PDF-" not in data[:_HEAD]:
        raise SourceError(f"{name}: the file is {_kind(data)}, not a PDF; give it the suffix of what it is.")
    try:
        return _checked(Opened(pypdfium2.PdfDocument(data)), name)
    except pypdfium2.PdfiumError as error:
        _refuse_locked(error, name)
    return mended(data, name)


def mended(data: bytes, name: str) -> Opened:
    """Return the PDF that `data` holds after one try to repair its file.

    Raises SourceError where it is damaged past repair, or where the extra for repairing is not installed.
    """
    rebuilt = _rebuilt(data, name)
    try:
        return _checked(Opened(pypdfium2.PdfDocument(rebuilt), repaired=True), name)
    except pypdfium2.PdfiumError as error:
        raise _damaged(name) from error


def is_cut(data: bytes) -> bool:
    """Whether the file lacks the mark that ends every PDF, so that its last pages may be missing."""
    return b"%%EOF" not in data[-_HEAD:]


def _kind(data: bytes) -> str:
    head = data[:_HEAD].lstrip().lower()
    known = next((what for mark, what in _SIGNATURES if head.startswith(mark.lower())), None)
    if known:
        return known
    with contextlib.suppress(UnicodeDecodeError):
        data.decode("utf-8")
        if b"\0" not in data:
            return "plain text"
    return "something else"


def _checked(found: Opened, name: str) -> Opened:
    if len(found.pdf) == 0:
        raise SourceError(f"{name}: the PDF has no pages; check the file.")
    return found


def _refuse_locked(error: pypdfium2.PdfiumError, name: str) -> None:
    if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
        raise SourceError(f"{name}: the PDF is protected by a password; save a copy without one.") from error
    if error.err_code == pypdfium2.raw.FPDF_ERR_SECURITY:
        raise SourceError(f"{name}: the PDF is encrypted in an unknown way; save a copy without it.") from error


def _damaged(name: str) -> SourceError:
    return SourceError(f"{name}: the PDF is truncated or damaged, and repair did not help; get the file again.")


def _rebuilt(data: bytes, name: str) -> bytes:
    """Return `data` as pikepdf saves it, which rebuilds the table of objects of a truncated file."""
    try:
        pikepdf = importlib.import_module("pikepdf")
    except ImportError as error:
        raise SourceError(
            f"{name}: the PDF is truncated or damaged; get the file again, or let it be repaired: {_REPAIR}"
        ) from error
    target = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pdf.save(target)
    except Exception as error:  # pikepdf's own errors, and what damaged objects make it stumble over
        raise _damaged(name) from error
    return target.getvalue()
