"""Snapshots of a graph that readers see while a writer works: graph folders of their own, in the graph folder.

GRAPH/
├── unpublished          there while the graph holds what no snapshot does
└── published/
    ├── current          the name of the snapshot to read
    └── 000007/          a graph folder: hard links to the quads' files and to the sources' texts

A snapshot never changes. It is complete before `current` names it, and goes once another one is named and
nobody reads it, so that a process that is killed at any point leaves the old snapshot or the new one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from pactgraph.errors import StoreError
from pactgraph.storing import layout

PUBLISHED_FOLDER = "published"
POINTER = "current"
MARK = "unpublished"
_MAKING = ".making"
_GOING = ".going"


def current(folder: Path) -> Path | None:
    """Return the snapshot of the graph in `folder` that is to be read now, None where none was published."""
    top = folder / PUBLISHED_FOLDER
    try:
        name = (top / POINTER).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return top / name if name.isdigit() and (top / name).is_dir() else None


def mark(folder: Path) -> None:
    """Note, before the first change, that the graph is to be published again."""
    (folder / MARK).touch()


def is_due(folder: Path) -> bool:
    """Whether the graph in `folder` was changed since it was published, or never was."""
    return (folder / MARK).exists() or current(folder) is None


def publish(folder: Path, backup: Callable[[str], None]) -> Path:
    """Make what the graph holds now the snapshot to read, and return it; only the writer may call this.

    `backup` copies the quads into a folder that does not exist yet. Raises StoreError where it cannot be written.
    """
    top = folder / PUBLISHED_FOLDER
    try:
        top.mkdir(exist_ok=True)
        _drop_leftovers(top)
        name = f"{max(_numbers(top), default=0) + 1:06d}"
        making = top / f"{_MAKING}-{name}"
        making.mkdir()
        backup(str(making / layout.QUADS_FOLDER))
        _link_all(folder / layout.SOURCES_FOLDER, making / layout.SOURCES_FOLDER)
        (making / layout.LOCK_FILE).touch()
        shutil.copyfile(folder / layout.FORMAT_FILE, making / layout.FORMAT_FILE)
        making.rename(top / name)
        layout.write_atomically(top / POINTER, f"{name}\n".encode("ascii"))
        (folder / MARK).unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{top}: the graph cannot be published: {error.strerror or error}") from error
    _drop_unread(top, top / name)
    return top / name


def _numbers(top: Path) -> list[int]:
    return [int(path.name) for path in top.iterdir() if path.name.isdigit()]


def _link_all(source: Path, target: Path) -> None:
    """Give every file of `source` a second name in `target`; copy it where the file system has no links."""
    target.mkdir()
    for path in source.iterdir():
        if path.name.startswith("."):
            continue  # a text that was being written when its writer was killed
        try:
            os.link(path, target / path.name)
        except OSError:
            shutil.copyfile(path, target / path.name)


def _drop_leftovers(top: Path) -> None:
    for path in top.iterdir():
        if path.name.startswith((_MAKING, _GOING)):
            shutil.rmtree(path, ignore_errors=True)


def _drop_unread(top: Path, kept: Path) -> None:
    """Remove the snapshots before `kept` that nobody has open."""
    for number in _numbers(top):
        path = top / f"{number:06d}"
        if path == kept:
            continue
        try:
            lock = layout.Lock(path, writing=True)
        except StoreError:
            continue  # somebody reads it; the next one to publish tries again
        try:
            going = top / f"{_GOING}-{path.name}"
            path.rename(going)
            shutil.rmtree(going, ignore_errors=True)
        except OSError:
            continue
        finally:
            lock.release()
