"""Stage 1: from files to Documents with their exact text.

`discover` finds and names the agreements, `read` turns one into a Document. FORMATS maps each known
suffix to its media type and reader.
"""

from __future__ import annotations

from pactgraph.errors import SourceError
from pactgraph.model import Document
from pactgraph.reading.discovery import Discovery, Source, discover, slug_of
from pactgraph.reading.formats import FORMATS

__all__ = ["FORMATS", "Discovery", "Source", "discover", "read", "slug_of"]


def read(source: Source) -> Document:
    """Return the document at `source`, its text exactly as the file's bytes say.

    For UTF-8 files `text` equals `bytes.decode("utf-8")`, byte order mark and newlines included.

    Raises SourceError where the file cannot be opened or holds no text.
    """
    try:
        data = source.path.read_bytes()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise SourceError(f"{source.name}: cannot be opened ({reason}); check the file and its permissions.") from error
    media_type, reader = FORMATS[source.path.suffix.lower()]
    return reader(data, source.slug, source.name, media_type)
