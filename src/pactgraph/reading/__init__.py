"""Stage 1: from files to Documents with their exact text.

`discover` finds and names the agreements, `content` gives the bytes of one, `read` turns it into a
Document. FORMATS maps each known suffix to its media type and reader.
"""

from __future__ import annotations

from functools import partial

from pactgraph.errors import SourceError
from pactgraph.model import Box, Document, Span
from pactgraph.reading.discovery import Discovery, discover
from pactgraph.reading.docx_runs import FINAL, VIEWS
from pactgraph.reading.formats import FORMATS, GUARDED, PAGED, TRACKED
from pactgraph.reading.guarding import LIMITS, Limits, guarded
from pactgraph.reading.pdf import PRELOAD, pdf_boxes
from pactgraph.reading.sources import Source, content, from_stream, slug_of

__all__ = [
    "FINAL",
    "FORMATS",
    "LIMITS",
    "VIEWS",
    "Discovery",
    "Limits",
    "Source",
    "boxes",
    "content",
    "discover",
    "from_stream",
    "read",
    "slug_of",
]


def read(source: Source, limits: Limits = LIMITS, view: str = FINAL) -> Document:
    """Return the document at `source`, its text exactly as the file's bytes say.

    For UTF-8 files `text` equals `bytes.decode("utf-8")`, byte order mark and newlines included. Formats
    that hold more than text are read in a child process, within `limits`. `view` says how tracked
    changes are read: as if all were accepted (final), rejected (original), or with all words (all).

    Raises SourceError where the file cannot be opened, holds no text, or reaches a limit.
    """
    data = content(source, limits)
    media_type, reader = FORMATS[source.suffix]
    arguments: tuple[object, ...] = (data, source.slug, source.name, media_type)
    if source.suffix in PAGED:
        arguments = (*arguments, limits)
    if source.suffix in GUARDED:
        tracked = TRACKED.get(source.suffix)
        if tracked:
            reader = partial(tracked, view=view)
        document = guarded(reader, arguments, limits, source.name, GUARDED[source.suffix])
    else:
        document = reader(data, source.slug, source.name, media_type)
    if len(document.text) > limits.characters:
        raise SourceError(
            f"{source.name}: holds more than the {limits.characters:,} characters that an agreement may have; "
            "raise the limit or split the file."
        )
    return document


def boxes(source: Source, span: Span, limits: Limits = LIMITS) -> tuple[Box, ...]:
    """Return where the words at `span` of the document's text stand in a PDF: one box for each line.

    The file is read again, so that a Document need not carry its boxes. Other formats have none.

    Raises SourceError as `read` does.
    """
    if source.suffix not in PAGED:
        return ()
    arguments = (content(source, limits), source.name, span, limits)
    return guarded(pdf_boxes, arguments, limits, source.name, PRELOAD)
