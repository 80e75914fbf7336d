"""Pages that are images are recognised where tesseract is installed, and told of in any case."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable

import pytest

from pactgraph.errors import MissingExtraError, SourceError
from pactgraph.model import Document
from pactgraph.reading import ocr
from pactgraph.reading.pdf import read_pdf

MakeFile = Callable[..., bytes]
Read = Callable[..., Document]

INSTALLED = shutil.which("tesseract") and importlib.util.find_spec("PIL")
WITH_OCR = pytest.mark.skipif(not INSTALLED, reason="tesseract or Pillow is not installed")
SENTENCE = "Fees are due within thirty days."


@pytest.fixture(scope="module")
def scanned(pdf_pages: MakeFile, pdf_file: MakeFile) -> bytes:
    """Return a PDF of three pages, the second of which is an image of words."""
    import pypdfium2

    page = pypdfium2.PdfDocument(pdf_pages([[(60, 700, SENTENCE)]]))[0]
    bitmap = page.render(scale=300 / 72, grayscale=True)
    rows, stride = bytes(bitmap.buffer), bitmap.stride
    pixels = b"".join(rows[y * stride : y * stride + bitmap.width] for y in range(bitmap.height))
    image = (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Length %d >>\nstream\n%s\nendstream" % (bitmap.width, bitmap.height, len(pixels), pixels)
    )
    return pdf_pages(
        [[(60, 700, "Page one.")], b"612 0 0 792 0 0 cm /Im0 Do", [(60, 700, "Page three.")]],
        resources=b"/XObject << /Im0 5 0 R >>",
        extra={5: image},
    )


@WITH_OCR
def test_a_page_that_is_an_image_is_recognised_and_told_of(scanned: bytes, read_bytes: Read) -> None:
    document = read_bytes(scanned)
    assert document.text == f"Page one.\f{SENTENCE}\fPage three."
    (warning,) = document.warnings
    assert "1 of 3 pages is an image, whose text was recognised by tesseract" in warning


def test_without_tesseract_the_page_is_told_of_with_what_to_install(
    scanned: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    document = read_pdf(scanned, "deed", "deed.pdf", "application/pdf")
    assert document.text == "Page one.\f\fPage three."
    (warning,) = document.warnings
    assert "1 of 3 pages is an image; install pactgraph[ocr] and tesseract to read it" in warning


def test_a_file_of_images_only_is_refused_with_what_to_install(
    pdf_pages: MakeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    data = pdf_pages([b"10 10 100 100 re f"] * 2)
    with pytest.raises(SourceError, match=r"no page holds text.*2 of 2 pages are images; install pactgraph\[ocr\]"):
        read_pdf(data, "deed", "deed.pdf", "application/pdf")


@WITH_OCR
def test_a_recognition_that_takes_too_long_is_told_of(scanned: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object) -> str:
        raise SourceError("tesseract took more than 3 s")

    monkeypatch.setattr(ocr, "recognise", late)
    document = read_pdf(scanned, "deed", "deed.pdf", "application/pdf")
    assert "1 of 3 pages is an image that was not read: tesseract took more than 3 s" in document.warnings[0]


def test_a_missing_extra_names_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL.Image", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'pactgraph\[ocr\]'"):
        ocr.require()


def test_a_missing_program_names_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("PIL", reason="Pillow is not installed")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(MissingExtraError, match="apt-get install tesseract-ocr"):
        ocr.require()
