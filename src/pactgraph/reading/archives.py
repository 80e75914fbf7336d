"""Documents in zip archives: which there are, and the bytes of one.

Nothing is ever unpacked to disk, so that no name inside an archive can lead anywhere. The directory of
an archive is measured before it is read, and the sizes it declares are what reading stops at.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO

from pactgraph.errors import SourceError

ARCHIVES = frozenset({".zip"})
"""The suffixes of archives whose members are read."""

PACKED = frozenset({".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".jar"})
"""The suffixes of what is not opened inside an archive."""

MOST_MEMBERS = 5000
MOST_UNPACKED = 4 << 30
"""So many members may an archive have, and so many bytes may they have together."""

_DIRECTORY = MOST_MEMBERS * 512
_END, _TAIL, _LOCATOR, _END_64 = b"PK\x05\x06", 22 + 65535, b"PK\x06\x07", 56
_ENCRYPTED = 1
_DRIVE = re.compile(r"[A-Za-z]:")


def harmless(name: str) -> str:
    """Return a member's name as a relative path that leads nowhere but down.

    >>> harmless("../../etc/acme.txt"), harmless("C:\\\\deals\\\\acme.txt")
    ('etc/acme.txt', 'deals/acme.txt')
    """
    parts = _DRIVE.sub("", name).replace("\\", "/").split("/")
    return "/".join("".join(filter(str.isprintable, part)) for part in parts if part not in ("", ".", ".."))


def members(stream: IO[bytes], skipped: list[tuple[str, str]], name: str) -> Iterator[tuple[str, PurePosixPath]]:
    """Yield the members of the archive that `stream` holds: the name in the archive and a harmless one, by name.

    `name` is what the archive is called. What cannot be read is put into `skipped` with the reason.

    Raises SourceError where the archive is damaged, too large or has too many members.
    """
    with _archive(stream, name) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) > MOST_MEMBERS:
            raise SourceError(_too_many(name))
        total = sum(info.file_size for info in infos)
        if total > MOST_UNPACKED:
            raise SourceError(
                f"{name}: unpacks to {total >> 20:,} MB, more than {MOST_UNPACKED >> 20:,} MB; unpack it."
            )
    seen: set[str] = set()
    for info in sorted(infos, key=lambda each: each.filename):
        inner = harmless(info.filename)
        reason = ""
        if inner in seen:
            reason = "the archive has two members of this name; the last one counts."
        elif PurePosixPath(inner).suffix.lower() in PACKED:
            reason = "an archive within an archive is not opened; unpack the outer one first."
        elif info.flag_bits & _ENCRYPTED:
            reason = "is protected by a password; unpack the archive first."
        if reason:
            skipped.append((f"{name}/{inner}", reason))
        elif inner:
            seen.add(inner)
            yield info.filename, PurePosixPath(inner)


@contextmanager
def member(stream: IO[bytes], wanted: str, name: str) -> Iterator[IO[bytes]]:
    """Give the bytes of the member `wanted` of the archive that `stream` holds; `name` is for messages.

    Raises SourceError where it is damaged, gone or protected.
    """
    try:
        with _archive(stream, name) as archive, archive.open(wanted) as inside:
            yield inside
    except KeyError as error:
        raise SourceError(f"{name}: is no longer in the archive.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise SourceError(f"{name}: cannot be unpacked ({reason}); get the archive again.") from error


@contextmanager
def _archive(stream: IO[bytes], name: str) -> Iterator[zipfile.ZipFile]:
    if _directory_size(stream) > _DIRECTORY:
        raise SourceError(_too_many(name))
    stream.seek(0)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OverflowError) as error:
        raise SourceError(f"{name}: is damaged, or no zip archive; get it again.") from error
    with archive:
        yield archive


def _too_many(name: str) -> str:
    return f"{name}: has more than {MOST_MEMBERS:,} members; unpack it and name a folder."


def _directory_size(stream: IO[bytes]) -> int:
    """Return how many bytes the archive says that its directory has: what reading the directory costs."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL - _END_64 - 20))
    tail = stream.read()
    end = tail.rfind(_END)
    if end < 0:
        return 0
    found = int.from_bytes(tail[end + 12 : end + 16], "little")
    if end >= 20 + _END_64 and tail[end - 20 : end - 16] == _LOCATOR:
        record = end - 20 - _END_64
        found = int.from_bytes(tail[record + 40 : record + 48], "little")
    return found
