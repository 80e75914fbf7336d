"""Which files can be read, by suffix: the one place where a format is added."""

from __future__ import annotations

from collections.abc import Callable

from pactgraph.model import Document
from pactgraph.reading.docx import read_docx
from pactgraph.reading.html import read_html
from pactgraph.reading.pdf import PRELOAD, read_pdf
from pactgraph.reading.text import read_text

Reader = Callable[[bytes, str, str, str], Document]
"""Takes the file's bytes, the agreement's slug, the file's name and its media type."""

FORMATS: dict[str, tuple[str, Reader]] = {
    ".txt": ("text/plain", read_text),
    ".text": ("text/plain", read_text),
    ".md": ("text/markdown", read_text),
    ".markdown": ("text/markdown", read_text),
    ".pdf": ("application/pdf", read_pdf),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", read_docx),
    ".docm": ("application/vnd.ms-word.document.macroEnabled.12", read_docx),
    ".html": ("text/html", read_html),
    ".htm": ("text/html", read_html),
    ".xhtml": ("application/xhtml+xml", read_html),
}

GUARDED: dict[str, tuple[str, ...]] = {
    ".pdf": PRELOAD,
    ".docx": (),
    ".docm": (),
    ".html": (),
    ".htm": (),
    ".xhtml": (),
}
"""The suffixes whose files are read in a child process with limits, and the modules that it loads first."""

PAGED = frozenset({".pdf"})
"""The suffixes whose readers take the limits too, because they count pages."""

TRACKED: dict[str, Callable[..., Document]] = {".docx": read_docx, ".docm": read_docx}
"""The readers of formats with tracked changes: they take `view` too."""
