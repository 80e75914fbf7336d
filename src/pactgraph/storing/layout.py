"""The graph folder on disk: what lies where, which version of the layout, and who may use it now.

GRAPH/
├── format.json          {"layout": 1}: marks the folder as ours
├── lock                 held shared by readers, alone by a writer
├── oxigraph/            the quads
├── sources/{sha256}.txt the exact decoded text of each source document, UTF-8
├── facts/{sha256}.nt.z  a packed copy of each agreement's quads, by the hash of its slug, see kept.py
└── published/           snapshots for those who read while it is written to, see publishing.py
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from pactgraph.errors import StoreError

LAYOUT = 1
FORMAT_FILE = "format.json"
LOCK_FILE = "lock"
QUADS_FOLDER = "oxigraph"
SOURCES_FOLDER = "sources"
FACTS_FOLDER = "facts"


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old content or the new one, never a part.

    Raises StoreError where the folder cannot be written.
    """
    temporary = ""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = file.name
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error


def prepare(folder: Path) -> None:
    """Make `folder` a graph folder where it is absent or empty; check it where it is one.

    Raises StoreError where it holds something else, or a layout that this version does not know.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            # The mark comes first: a crash right after it leaves a folder that the next build completes.
            write_atomically(folder / FORMAT_FILE, (json.dumps({"layout": LAYOUT}) + "\n").encode())
        check(folder)
        (folder / SOURCES_FOLDER).mkdir(exist_ok=True)
        (folder / LOCK_FILE).touch(exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be made a graph folder: {error.strerror or error}") from error


def check(folder: Path) -> None:
    """Raise StoreError where `folder` is no graph folder of a layout that this version knows."""
    if not folder.exists():
        raise StoreError(f"{folder}: no graph here; make one with 'pactgraph build PATH --graph {folder}'.")
    mark = folder / FORMAT_FILE
    if not mark.is_file():
        raise StoreError(f"{folder}: not a pactgraph graph folder (it has no {FORMAT_FILE}); choose another folder.")
    try:
        layout = json.loads(mark.read_text(encoding="utf-8"))["layout"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{mark}: cannot be read; remove the folder and build the graph again.") from error
    if layout != LAYOUT:
        raise StoreError(
            f"{mark}: made by another version of pactgraph (layout {layout!r}, this one knows {LAYOUT}); "
            f"upgrade pactgraph, or build the graph again in another folder."
        )


class Lock:
    """A hold on a graph folder: shared among readers, exclusive for a writer.

    The quads' own lock would keep readers apart from one another, and opening them read-only beside
    a writer is undefined behaviour; so readers and writers meet here first.
    """

    def __init__(self, folder: Path, *, writing: bool) -> None:
        """Take the hold at once; raises StoreError where another process is in the way."""
        self._descriptor = -1
        self.writing = writing
        if sys.platform == "win32":  # pragma: no cover - there the quads' own lock keeps everyone apart
            return
        import fcntl

        try:
            self._descriptor = os.open(folder / LOCK_FILE, os.O_RDONLY)
            fcntl.flock(self._descriptor, (fcntl.LOCK_EX if writing else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self.release()
            other = "using" if writing else "writing to"
            raise StoreError(
                f"{folder}: another pactgraph process is {other} this graph; wait for it to end and try again."
            ) from error
        except OSError as error:
            self.release()
            raise StoreError(f"{folder / LOCK_FILE}: cannot be locked: {error.strerror or error}") from error

    def release(self) -> None:
        """Let go; does nothing the second time."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
