"""Find the agreements among files, folders, patterns, archives and URLs, and name them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import TypeVar
from urllib.parse import urlsplit
from urllib.request import url2pathname

from pactgraph.errors import PactgraphError, SlugClashError, SourceError
from pactgraph.reading import archives, remote
from pactgraph.reading.formats import FORMATS
from pactgraph.reading.guarding import LIMITS, Limits
from pactgraph.reading.sources import Source, opened, slug_of
from pactgraph.reading.walking import Skipped, files_in, is_hidden, is_pattern, matching

_Item = TypeVar("_Item")
_NO_MATCH = "the pattern matches no file; '*' stands within one name, '**' for folders too: check it."
_NEITHER = "is neither a file nor a folder; name a file or a folder of agreements."


@dataclass(frozen=True, slots=True)
class Discovery:
    """The sources found, by slug, and what was skipped: (name, reason) in the order met."""

    sources: tuple[Source, ...]
    skipped: tuple[tuple[str, str], ...] = ()


def discover(given: Sequence[Path | str | Source], limits: Limits = LIMITS) -> Discovery:
    """Return the agreements among what is `given`, sorted by slug.

    That may be files, folders, patterns ('deals/**/*.pdf'), zip archives, URLs, and sources made
    before. Folders are walked to any depth; hidden files, locks of office programs and what systems
    leave behind are left out in silence, links that lead back are walked once, and a file reached twice
    counts once. An archive is a folder named after it; those below folders are opened, too, but none
    inside another. Files of unknown types, and paths or folders with nothing in them, are reported as
    skipped while something else is found.

    Raises SourceError where nothing at all can be read, MissingExtraError where only a library is
    missing for that, and SlugClashError where two files would get the same name.
    """
    if not given:
        raise SourceError("no path given; name at least one file or folder of agreements.")
    finding = _Finding(limits)
    for each in given:
        finding.add(each)
    if not finding.found:
        if finding.refused and len(finding.skipped) == 1:
            raise finding.refused
        raise SourceError("; ".join(f"{name}: {reason}" for name, reason in finding.skipped[:3]))
    return Discovery(tuple(finding.found[slug] for slug in sorted(finding.found)), tuple(finding.skipped))


class _Finding:
    """One search under way: what was found so far, and what was skipped."""

    def __init__(self, limits: Limits) -> None:
        self.found: dict[str, Source] = {}
        self.skipped: Skipped = []
        self.refused: PactgraphError | None = None
        self._seen: set[tuple[str, ...]] = set()
        self._limits = limits

    def add(self, given: Path | str | Source) -> None:
        for source in [given] if isinstance(given, Source) else self._sources(given):
            key = _key(source)
            if key in self._seen:
                continue
            self._seen.add(key)
            other = self.found.setdefault(source.slug, source)
            if other is not source:
                raise SlugClashError(
                    f"{source.place}: would be named '{source.slug}' like {other.place}; rename one of them."
                )

    def _sources(self, given: Path | str) -> Iterator[Source]:
        text = str(given)
        if not text:
            self.skipped.append(("''", "the path is empty; name a file or a folder of agreements."))
        elif remote.is_url(text) and urlsplit(text).scheme != "file":
            yield from self._at_url(text)
        else:
            yield from self._at_path(Path(_local(text)))

    def _at_path(self, path: Path) -> Iterator[Source]:
        if path.is_dir():
            yield from self._below(path, files_in(path, self.skipped), f"{path}: the folder")
        elif path.is_file():
            yield from self._file(path, PurePath(path.name))
        elif os.path.lexists(path):
            leads = "is a link that leads nowhere; name the file itself." if path.is_symlink() else _NEITHER
            self.skipped.append((str(path), leads))
        elif is_pattern(str(path)):
            base, files = matching(str(path), self.skipped)
            matched = list(files) if base.is_dir() else []
            if matched:
                yield from self._below(base, matched, f"{path}: the pattern")
            else:
                self.skipped.append(
                    (str(path), _NO_MATCH if base.is_dir() else f"no such folder: {base}; check the path.")
                )
        else:
            self.skipped.append((str(path), "no such file or folder; check the path."))

    def _below(self, folder: Path, files: Iterable[Path], what: str) -> Iterator[Source]:
        count = 0
        for path in files:
            for source in self._file(path, path.relative_to(folder)):
                count += 1
                yield source
        if not count:
            name, _, noun = what.rpartition(": ")
            verb = "holds" if noun.endswith("folder") else "matches"
            self.skipped.append((name, f"{noun} {verb} no agreement; known types: {', '.join(FORMATS)}."))

    def _file(self, path: Path, relative: PurePath) -> Iterator[Source]:
        name = relative.as_posix()
        if path.suffix.lower() in archives.ARCHIVES:
            yield from self._members(path, "", relative)
        elif path.suffix.lower() not in FORMATS:
            self.skipped.append((name, _unknown_type(path.suffix)))
        elif path.exists() and not path.is_file():
            self.skipped.append((name, _NEITHER))
        else:
            yield Source(path, slug_of(relative), name)

    def _members(self, path: Path, url: str, relative: PurePath) -> Iterator[Source]:
        name = relative.as_posix()
        count = len(self.skipped)
        listed = self._tried(lambda: self._listed(path, url, name), name)
        for inside, inner in listed:
            if any(map(is_hidden, inner.parts)):
                continue
            if inner.suffix.lower() not in FORMATS:
                self.skipped.append((f"{name}/{inner}", _unknown_type(inner.suffix)))
                continue
            count = -1
            slug = slug_of(relative.with_suffix("") / inner)
            yield Source(path, slug, f"{name}/{inner}", member=inside, url=url)
        if count == len(self.skipped):
            self.skipped.append((name, f"the archive holds no agreement; known types: {', '.join(FORMATS)}."))

    def _listed(self, path: Path, url: str, name: str) -> list[tuple[str, PurePosixPath]]:
        with opened(path, url) as stream:
            return list(archives.members(stream, self.skipped, name))

    def _at_url(self, url: str) -> Iterator[Source]:
        place = remote.shown(url)
        for each in self._tried(lambda: remote.found(url, self._limits.seconds), place):
            relative = _typed(each)
            if any(map(is_hidden, relative.parts)):
                continue
            if relative.suffix.lower() in archives.ARCHIVES:
                yield from self._members(Path(), each.url, relative)
            elif relative.suffix.lower() in FORMATS:
                yield Source(Path(), slug_of(relative), relative.as_posix(), url=each.url)
            else:
                self.skipped.append((relative.as_posix(), _unknown_type(relative.suffix)))

    def _tried(self, work: Callable[[], list[_Item]], name: str) -> list[_Item]:
        """Return what `work` lists; where that fails, nothing, and note the reason."""
        try:
            return work()
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            self.skipped.append((name, f"cannot be opened ({reason}); check the file and its permissions."))
        except PactgraphError as error:
            self.refused = error
            self.skipped.append((name, str(error).removeprefix(f"{name}: ")))
        return []


def _key(source: Source) -> tuple[str, ...]:
    """Return what tells whether two sources are the same file, whatever way it was reached."""
    if source.data is not None:
        return ("", source.slug)
    return (source.url or os.path.realpath(source.path), source.member)


def _local(text: str) -> str:
    return url2pathname(urlsplit(text).path) if remote.is_url(text) else text


def _typed(found: remote.Found) -> PurePosixPath:
    """Return the relative name of a file at a URL; a page without a suffix gets that of its media type."""
    relative = PurePosixPath(archives.harmless(found.relative.as_posix()))
    if relative.suffix.lower() in FORMATS or relative.suffix.lower() in archives.ARCHIVES:
        return relative
    suffix = next((s for s, (media_type, _) in FORMATS.items() if media_type == found.media_type), "")
    return relative.with_name(relative.name + suffix)


def _unknown_type(suffix: str) -> str:
    what = f"files of type '{suffix}'" if suffix else "files without a type"
    return f"{what} cannot be read; known types: {', '.join((*FORMATS, *sorted(archives.ARCHIVES)))}."
