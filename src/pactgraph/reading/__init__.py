"""Stage 1: from files to Documents with their exact text.

`discover` finds and names the agreements, `read` turns one into a Document. FORMATS maps each known
suffix to its media type and reader.
"""

from __future__ import annotations

from pactgraph.errors import SourceError
from pactgraph.model import Box, Document, Span
from pactgraph.reading.discovery import Discovery, Source, discover, slug_of
from pactgraph.reading.formats import FORMATS, GUARDED, PAGED
from pactgraph.reading.guarding import LIMITS, Limits, guarded
from pactgraph.reading.pdf import PRELOAD, pdf_boxes

__all__ = ["FORMATS", "LIMITS", "Discovery", "Limits", "Source", "boxes", "discover", "read", "slug_of"]


def read(source: Source, limits: Limits = LIMITS) -> Document:
    """Return the document at `source`, its text exactly as the file's bytes say.

    For UTF-8 files `text` equals `bytes.decode("utf-8")`, byte order mark and newlines included. Formats
    that hold more than text are read in a child process, within `limits`.

    Raises SourceError where the file cannot be opened, holds no text, or reaches a limit.
    """
    data = _data(source, limits)
    suffix = source.path.suffix.lower()
    media_type, reader = FORMATS[suffix]
    arguments: tuple[object, ...] = (data, source.slug, source.name, media_type)
    if suffix in PAGED:
        arguments = (*arguments, limits)
    if suffix in GUARDED:
        return guarded(reader, arguments, limits, source.name, GUARDED[suffix])
    return reader(data, source.slug, source.name, media_type)


def boxes(source: Source, span: Span, limits: Limits = LIMITS) -> tuple[Box, ...]:
    """Return where the words at `span` of the document's text stand in a PDF: one box for each line.

    The file is read again, so that a Document need not carry its boxes. Other formats have none.

    Raises SourceError as `read` does.
    """
    if source.path.suffix.lower() not in PAGED:
        return ()
    arguments = (_data(source, limits), source.name, span, limits)
    return guarded(pdf_boxes, arguments, limits, source.name, PRELOAD)


def _data(source: Source, limits: Limits) -> bytes:
    try:
        if source.path.stat().st_size > limits.megabytes << 20:
            raise SourceError(
                f"{source.name}: is larger than the {limits.megabytes} MB of memory that reading may use; "
                "raise the limit or split the file."
            )
        return source.path.read_bytes()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise SourceError(f"{source.name}: cannot be opened ({reason}); check the file and its permissions.") from error
