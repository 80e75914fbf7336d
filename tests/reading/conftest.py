"""Word files and web pages made by script, so that tests show what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import pytest

from pactgraph.model import Document
from pactgraph.reading.docx import read_docx
from pactgraph.reading.html import read_html

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
COMPATIBLE = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
ROOTS = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes", "comments": "comments"}

Word = Callable[..., bytes]
ReadWord = Callable[..., Document]
ReadPage = Callable[..., Document]


def make_word(body: str, files: Mapping[str, str | bytes] | None = None, **parts: str) -> bytes:
    """Return a Word file with this body; `parts` are the insides of its numbering, styles, footnotes, comments."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {W} {COMPATIBLE}><w:body>{body}</w:body></w:document>")
        for name, inside in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{ROOTS[name]} {W}>{inside}</w:{ROOTS[name]}>")
        for path, content in (files or {}).items():
            archive.writestr(path, content)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def word() -> Word:
    return make_word


@pytest.fixture(scope="session")
def read_word() -> ReadWord:
    def read(body: str, view: str = "final", **parts: str) -> Document:
        return read_docx(make_word(body, None, **parts), "a", "a.docx", "x", view=view)

    return read


@pytest.fixture(scope="session")
def read_page() -> ReadPage:
    def read(source: str | bytes) -> Document:
        data = source.encode() if isinstance(source, str) else source
        return read_html(data, "a", "a.html", "text/html")

    return read
