"""Find the agreements among files and folders, and name them."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from pactgraph.errors import SlugClashError, SourceError
from pactgraph.reading.formats import FORMATS

_OTHER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: where it is, the agreement's slug, and its name relative to what was given."""

    path: Path
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """The sources found, by slug, and what was skipped: (name, reason) in the order met."""

    sources: tuple[Source, ...]
    skipped: tuple[tuple[str, str], ...] = ()


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


def discover(paths: Sequence[Path | str]) -> Discovery:
    """Return the agreements among `paths`, files and folders, sorted by slug.

    Folders are walked to any depth; hidden files and folders are left out in silence, links that
    lead back are walked once, and a file reached twice counts once. Files of unknown types, and
    paths or folders with nothing in them, are reported as skipped while something else is found.

    Raises SourceError where nothing at all can be read, and SlugClashError where two files would
    get the same name.
    """
    if not paths:
        raise SourceError("no path given; name at least one file or folder of agreements.")
    skipped: list[tuple[str, str]] = []
    found: dict[str, Source] = {}
    seen: set[Path] = set()
    for path in paths:
        for source in _sources(path, skipped):
            real = source.path.resolve()
            if real in seen:
                continue
            seen.add(real)
            _add(found, source)
    if not found:
        raise SourceError("; ".join(f"{name}: {reason}" for name, reason in skipped[:3]))
    return Discovery(tuple(found[slug] for slug in sorted(found)), tuple(skipped))


def _add(found: dict[str, Source], source: Source) -> None:
    other = found.setdefault(source.slug, source)
    if other is not source:
        raise SlugClashError(f"{source.path}: would be named '{source.slug}' like {other.path}; rename one of them.")


def _sources(path: Path | str, skipped: list[tuple[str, str]]) -> Iterator[Source]:
    if not str(path):
        skipped.append(("''", "the path is empty; name a file or a folder of agreements."))
        return
    path = Path(path)
    if path.is_dir():
        yield from _in_folder(path, skipped)
    elif path.is_file():
        yield from _source(path, PurePath(path.name), skipped)
    elif path.exists():
        skipped.append((str(path), "is neither a file nor a folder; name a file or a folder of agreements."))
    else:
        skipped.append((str(path), "no such file or folder; check the path."))


def _in_folder(folder: Path, skipped: list[tuple[str, str]]) -> Iterator[Source]:
    count = 0
    for path in _files(folder):
        for source in _source(path, path.relative_to(folder), skipped):
            count += 1
            yield source
    if not count:
        skipped.append((str(folder), f"the folder holds no agreement; known types: {', '.join(FORMATS)}."))


def _source(path: Path, relative: PurePath, skipped: list[tuple[str, str]]) -> Iterator[Source]:
    if path.suffix.lower() in FORMATS:
        yield Source(path, slug_of(relative), relative.as_posix())
    else:
        what = f"files of type '{path.suffix}'" if path.suffix else "files without a type"
        skipped.append((relative.as_posix(), f"{what} cannot be read; known types: {', '.join(FORMATS)}."))


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files below `folder` in a fixed order; each real folder is entered once."""
    entered = {folder.resolve()}
    for root, folders, files in os.walk(folder, followlinks=True):
        kept = []
        for name in sorted(folders):
            real = Path(root, name).resolve()
            if not name.startswith(".") and real not in entered:
                entered.add(real)
                kept.append(name)
        folders[:] = kept
        yield from (Path(root, name) for name in sorted(files) if not name.startswith("."))
