"""What names a document to read, and where its bytes come from: a file, an archive's member, a URL, memory."""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath
from typing import IO

from pactgraph.errors import SourceError, unknown
from pactgraph.reading import archives, remote
from pactgraph.reading.formats import FORMATS
from pactgraph.reading.guarding import LIMITS, Limits

_OTHER = re.compile(r"[^a-z0-9]+")
_CHUNK = 1 << 20
_BYTES_PER_CHARACTER = 4


@dataclass(frozen=True, slots=True)
class Source:
    """A document to read: where it is, the agreement's slug, and its name relative to what was given.

    `name` ends in the suffix that decides how it is read, and says nothing of folders above what was
    given. The bytes are those of the file `path`, or of what is at `url`; with `member`, those of that
    member of the archive there; `data` holds them itself, as for standard input.
    """

    path: Path
    slug: str
    name: str
    member: str = ""
    url: str = ""
    data: bytes | None = field(default=None, repr=False)

    @property
    def suffix(self) -> str:
        """The suffix of its name in small letters: a key of FORMATS."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def place(self) -> str:
        """Where it is, for people: without what a URL holds of passwords and keys."""
        if self.data is not None:
            return self.name
        whole = remote.shown(self.url) if self.url else str(self.path)
        return f"{whole}/{archives.harmless(self.member)}" if self.member else whole


def slug_of(relative: PurePath) -> str:
    """Return the agreement's name for a file at `relative` to the folder that was given.

    >>> slug_of(PurePath("Acme Cloud.md")), slug_of(PurePath("acme/DPA_2.txt"))
    ('acme-cloud', 'acme--dpa-2')
    """
    parts = [*relative.parent.parts, relative.stem]
    return "--".join(slug for slug in map(_slug, parts) if slug) or "agreement"


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode("ascii")
    return _OTHER.sub("-", plain).strip("-")


def from_stream(stream: IO[bytes], name: str = "", form: str = "", limits: Limits = LIMITS) -> Source:
    """Return the source that a binary stream holds, such as standard input, read to its end.

    `name` is what the document is called, 'stdin' if it is not said; its suffix, or `form`, decides how it
    is read.

    >>> import io
    >>> from_stream(io.BytesIO(b"1. Fees."), "Acme Cloud", "md").name
    'Acme Cloud.md'

    Raises SourceError where the format is unknown, or the stream holds more than may be read.
    """
    name = PurePosixPath((name or "stdin").replace("\\", "/")).name or "stdin"
    suffix = f".{form.lower().lstrip('.')}" if form else PurePosixPath(name).suffix.lower()
    if not suffix:
        raise SourceError(f"{name}: its format is not known; name it with a suffix or say its format, such as 'txt'.")
    if suffix not in FORMATS:
        raise SourceError(f"{name}: {unknown('format', suffix.lstrip('.'), (known.lstrip('.') for known in FORMATS))}")
    if PurePosixPath(name).suffix.lower() != suffix:
        name += suffix
    source = Source(Path(), slug_of(PurePosixPath(name)), name, data=b"")
    return Source(Path(), source.slug, name, data=_read(stream, source, limits))


def content(source: Source, limits: Limits = LIMITS) -> bytes:
    """Return the bytes of `source`, read in pieces so that no more than `limits` allows comes into memory.

    Raises SourceError where it cannot be opened, is no regular file, or is too large, and
    MissingExtraError where a library for its URL is not installed.
    """
    if source.data is not None:
        return source.data
    if source.url:
        return remote.within(limits.seconds, source.place, lambda: _content(source, limits))
    return _content(source, limits)


def _content(source: Source, limits: Limits) -> bytes:
    try:
        with opened(source.path, source.url) as stream:
            if not source.member:
                return _read(stream, source, limits)
            with archives.member(stream, source.member, source.name) as inside:
                return _read(inside, source, limits)
    except OSError as error:
        reason = " ".join((error.strerror or type(error).__name__).lower().split())
        raise SourceError(f"{source.name}: cannot be opened ({reason}); check the file and its permissions.") from error


@contextmanager
def opened(path: Path, url: str) -> Iterator[IO[bytes]]:
    """Give the binary stream of a file or URL. Raises OSError where it cannot be opened or is no regular file."""
    if url:
        with remote.opened(url) as stream:
            yield stream
        return
    # A pipe or a device would keep the reader waiting for ever.
    if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116  Path.stat has its own ideas of odd names
        raise OSError(errno.EINVAL, "no regular file")
    with path.open("rb") as file:
        yield file


def _read(stream: IO[bytes], source: Source, limits: Limits) -> bytes:
    most = _most(source.suffix, limits)
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > most:
            raise SourceError(too_large(source, limits))
    return b"".join(parts)


def _most(suffix: str, limits: Limits) -> int:
    """Return how many bytes may be read: a text is never longer than the characters that it may have."""
    most = limits.megabytes << 20
    textual = FORMATS.get(suffix, ("", None))[0] in ("text/plain", "text/markdown")
    return min(most, _BYTES_PER_CHARACTER * limits.characters) if textual else most


def too_large(source: Source, limits: Limits) -> str:
    """Return the line that says that a source is larger than may be read."""
    if _most(source.suffix, limits) < limits.megabytes << 20:
        return (
            f"{source.name}: holds more than the {limits.characters:,} characters that an agreement may have; "
            "raise the limit or split the file."
        )
    return (
        f"{source.name}: is larger than the {limits.megabytes} MB of memory that reading may use; "
        "raise the limit or split the file."
    )
