"""The reader of plain text and Markdown."""

from __future__ import annotations

import hashlib

from pactgraph.model import Document
from pactgraph.reading.decoding import decode
from pactgraph.reading.furniture import furniture


def read_text(data: bytes, slug: str, name: str, media_type: str) -> Document:
    """Return the document that `data`, a plain text or Markdown file called `name`, holds.

    Raises SourceError where `data` is binary, empty, blank or in no known encoding.
    """
    decoded = decode(data, name)
    return Document(
        slug=slug,
        source=name,
        text=decoded.text,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        encoding=decoded.encoding,
        furniture=furniture(decoded.text),
        warnings=decoded.warnings,
    )
