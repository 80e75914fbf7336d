"""The reader of web pages: their main content, with a map back to the page's source."""

from __future__ import annotations

import hashlib

from pactgraph.errors import SourceError
from pactgraph.model import Document
from pactgraph.reading.composing import Composer
from pactgraph.reading.html_charset import decode_page
from pactgraph.reading.html_tree import parse
from pactgraph.reading.html_visible import content, uses_counters
from pactgraph.reading.html_walk import Walk

LARGEST = 32 * 1024 * 1024
"""So many bytes a page may have."""


def read_html(data: bytes, slug: str, name: str, media_type: str, *, largest: int = LARGEST) -> Document:
    """Return the document that `data`, a web page called `name`, holds.

    Text is what the page shows of its main content: no navigation, page headers and footers, scripts,
    hidden or deleted words. Numbers of lists are labels of marks, not text; numbers that a style sheet
    makes by counters are not known, and a warning says so. `Document.origin` maps offsets back to
    characters of the decoded page.

    Raises SourceError where the page cannot be decoded, shows no text, or is larger than `largest`.
    """
    if len(data) > largest:
        raise SourceError(
            f"{name}: the page has more than {largest // (1024 * 1024)} MB; split it or save its text only."
        )
    decoded = decode_page(data, name)
    root = parse(decoded.text, name)
    composer = Composer()
    for block in Walk().content(content(root)):
        composer.add(block)
    if not composer.marks:
        raise SourceError(f"{name}: the page shows no text; save it from a browser once it is fully loaded.")
    warnings = list(decoded.warnings)
    if uses_counters(root):
        warnings.append(
            f"{name}: numbers by CSS counters of its style sheet are not read; check clause numbers against the page."
        )
    return Document(
        slug=slug,
        source=name,
        text=composer.text,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        encoding=decoded.encoding,
        warnings=tuple(warnings),
        marks=tuple(composer.marks),
        origins=tuple(composer.origins),
    )
