"""What an agreement's graphs hold, kept once more as one packed text: it is read twenty times faster than the quads.

A copy is there only while it says what the quads say: the writer takes it away before it changes them, and puts the new
one after. Where there is none, or a damaged one, the quads are read.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from contextlib import suppress
from pathlib import Path

from pactgraph.storing import layout

_QUICKEST = 1
"""The level of packing: a higher one takes five times as long and saves a fifth."""


def place(folder: Path, slug: str) -> Path:
    """Return where the copy of an agreement lies in a graph folder; a slug may be longer than a file name."""
    return folder / layout.FACTS_FOLDER / f"{hashlib.sha256(slug.encode('utf-8')).hexdigest()}.nt.z"


def put(path: Path, facts: bytes) -> None:
    """Keep facts, as N-Triples; where they cannot be written nothing is kept, for it is but a copy."""
    making = path.with_suffix(".making")
    try:
        path.parent.mkdir(exist_ok=True)
        making.write_bytes(zlib.compress(facts, _QUICKEST))
        making.replace(path)
    except OSError:
        with suppress(OSError):
            making.unlink()


def drop(path: Path) -> None:
    """Take a copy away, for good before this returns: a power failure must not bring it back beside other quads.

    Raises OSError where it stays.
    """
    if not path.exists():
        return
    path.unlink()
    if os.name == "posix":
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def read(path: Path) -> bytes | None:
    """Return the facts that were kept, nothing where there are none, or where they were damaged."""
    try:
        return zlib.decompress(path.read_bytes())
    except (OSError, zlib.error):
        return None
