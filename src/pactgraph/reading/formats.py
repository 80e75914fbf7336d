"""Which files can be read, by suffix: the one place where a format is added."""

from __future__ import annotations

from collections.abc import Callable

from pactgraph.model import Document
from pactgraph.reading.text import read_text

Reader = Callable[[bytes, str, str, str], Document]
"""Takes the file's bytes, the agreement's slug, the file's name and its media type."""

FORMATS: dict[str, tuple[str, Reader]] = {
    ".txt": ("text/plain", read_text),
    ".text": ("text/plain", read_text),
    ".md": ("text/markdown", read_text),
    ".markdown": ("text/markdown", read_text),
}
