"""Files in folders, and those that a pattern matches, in a fixed order and without walking in circles."""

from __future__ import annotations

import fnmatch
import glob
import os
from collections.abc import Iterator
from pathlib import Path

Skipped = list[tuple[str, str]]
"""(name, reason) of what cannot be used, in the order met."""

_JUNK = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_OURS = frozenset({"corrections.yaml"})
"""What lies beside agreements and tells pactgraph of them: it is read elsewhere."""

_ALL = "**"


def is_hidden(name: str) -> bool:
    """Whether a file or folder is no agreement: hidden, a lock of an office program, a system's leftover, or ours.

    >>> [is_hidden(name) for name in (".git", "~$acme.docx", ".~lock.acme.odt#", "Thumbs.db", "acme.txt")]
    [True, True, True, True, False]
    """
    return name.startswith((".", "~$")) or name.lower() in _JUNK or name in _OURS


def is_pattern(text: str) -> bool:
    """Whether `text` is a glob: 'contracts/*.txt', 'deals/**/msa.pdf'."""
    return glob.has_magic(text)


def matching(pattern: str, skipped: Skipped) -> tuple[Path, Iterator[Path]]:
    """Return the folder that a pattern begins with, and the files that it matches, all folders below it walked.

    '*' and '?' match within a name, '**' any folders. A folder that matches stands for all files in it.
    """
    parts = Path(pattern).parts
    fixed = next(k for k, part in enumerate(parts) if glob.has_magic(part))
    base = Path(*parts[:fixed])
    return base, _matching(base, parts[fixed:], skipped)


def _matching(folder: Path, parts: tuple[str, ...], skipped: Skipped) -> Iterator[Path]:
    first, rest = parts[0], parts[1:]
    if first == _ALL:
        if not rest:
            yield from files_in(folder, skipped)
        elif rest[0] == _ALL:
            yield from _matching(folder, rest, skipped)
        else:
            for below in [folder, *(each for each, _ in _walk(folder, skipped) if each != folder)]:
                yield from _matching(below, rest, skipped)
        return
    for name in _names(folder, first, skipped):
        path = folder / name
        if path.is_dir():
            yield from _matching(path, rest, skipped) if rest else files_in(path, skipped)
        elif not rest:
            yield path


def _names(folder: Path, pattern: str, skipped: Skipped) -> list[str]:
    """Return the names in a folder that match; hidden ones only where the pattern asks for them."""
    if not glob.has_magic(pattern):
        return [pattern] if os.path.lexists(folder / pattern) else []
    try:
        names = os.listdir(folder)  # noqa: PTH208  plain names are all that is needed
    except OSError as error:
        skipped.append((_told(folder), _refused(error)))
        return []
    return sorted(
        name for name in fnmatch.filter(names, pattern) if pattern.startswith((".", "~")) or not is_hidden(name)
    )


def files_in(folder: Path, skipped: Skipped) -> Iterator[Path]:
    """Yield the files below `folder` in a fixed order; each real folder is entered once."""
    for root, files in _walk(folder, skipped):
        yield from (root / name for name in files)


def _walk(folder: Path, skipped: Skipped) -> Iterator[tuple[Path, list[str]]]:
    # realpath, not resolve: that raises where links lead in a circle.
    entered = {os.path.realpath(folder)}

    def refused(error: OSError) -> None:
        skipped.append((os.path.relpath(error.filename or folder, folder), _refused(error)))

    for root, folders, files in os.walk(folder, followlinks=True, onerror=refused):
        kept = []
        for name in sorted(folders):
            real = os.path.realpath(Path(root, name))
            if not is_hidden(name) and real not in entered:
                entered.add(real)
                kept.append(name)
        folders[:] = kept
        yield Path(root), [name for name in sorted(files) if not is_hidden(name)]


def _told(folder: Path) -> str:
    return folder.name or str(folder)


def _refused(error: OSError) -> str:
    reason = (error.strerror or type(error).__name__).lower()
    return f"the folder cannot be opened ({reason}); check its permissions."
