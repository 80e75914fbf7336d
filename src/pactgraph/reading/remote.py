"""Documents at URLs, by fsspec: file, zip, memory; http(s), s3 and others by the extra `remote`.

Nothing is fetched unless a URL was given.
"""

from __future__ import annotations

import importlib
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import ModuleType
from typing import IO, TypeVar, cast
from urllib.parse import urlsplit

from pactgraph.errors import MissingExtraError, PactgraphError, SourceError

INSTALL = "pip install 'pactgraph[remote]'"

_Result = TypeVar("_Result")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:://|::)")
_MAGIC = re.compile(r"[*?\[]")
_WEB = frozenset({"http", "https"})
_SECRETS = re.compile(r"(?<=://)[^/@]*@|[?#][^:]*")


@dataclass(frozen=True, slots=True)
class Found:
    """A file at a URL: the URL that opens it, its path relative to what was given, its media type if known."""

    url: str
    relative: PurePosixPath
    media_type: str = ""


def is_url(text: str) -> bool:
    """Whether `text` is a URL rather than a path.

    >>> is_url("s3://deals/2031/"), is_url("zip://a.txt::https://acme.example/d.zip"), is_url("C:\\\\deals")
    (True, True, False)
    """
    return bool(_URL.match(text))


def shown(url: str) -> str:
    """Return a URL without user names, passwords, queries and fragments.

    >>> shown("https://ann:secret@acme.example/msa.html?key=1")
    'https://acme.example/msa.html'
    """
    return _SECRETS.sub("", url)


def found(url: str, seconds: float) -> list[Found]:
    """Return the files at `url`, by name: itself, those below it, or those that its pattern matches.

    A web address is one document. Raises SourceError where nothing is there, it cannot be reached, or
    `seconds` are over, and MissingExtraError where the library for it is not installed.
    """
    return within(seconds, shown(url), lambda: _found(url))


def _found(url: str) -> list[Found]:
    if urlsplit(url).scheme in _WEB:
        path = PurePosixPath(urlsplit(url).path)
        return [Found(url, PurePosixPath(path.name or urlsplit(url).hostname or "page"), _media_type(url))]
    with _translated(url):
        files, path = _fsspec().core.url_to_fs(url)
        if _MAGIC.search(path):
            paths = [each for each in files.glob(path) if files.isfile(each)]
            base = _MAGIC.split(path)[0].rpartition("/")[0]
        elif files.isdir(path):
            paths, base = files.find(path), path.rstrip("/")
        else:
            files.info(path)
            paths, base = [path], path.rpartition("/")[0]
    return [
        Found(_whole(url, files, each), PurePosixPath(each[len(base) if each.startswith(base) else 0 :].lstrip("/")))
        for each in sorted(paths)
    ]


def _whole(url: str, files: object, path: str) -> str:
    """Return the URL of one file of those that `url` stands for; what it is chained to stays."""
    head, chained, rest = url.partition("::")
    if not chained:
        return str(files.unstrip_protocol(path))  # type: ignore[attr-defined]
    return f"{head.partition('://')[0]}://{path.lstrip('/')}{chained}{rest}"


def _media_type(url: str) -> str:
    with _translated(url):
        files, path = _fsspec().core.url_to_fs(url)
        return str(files.info(path).get("mimetype") or "").partition(";")[0].strip().lower()


@contextmanager
def opened(url: str) -> Iterator[IO[bytes]]:
    """Give the binary stream of the file at `url`.

    Raises SourceError where it cannot be reached, MissingExtraError where its library is not installed.
    """
    with _translated(url), _fsspec().open(url, "rb") as stream:
        yield cast("IO[bytes]", stream)


def within(seconds: float, place: str, work: Callable[[], _Result]) -> _Result:
    """Return what `work` does, or raise SourceError where it takes longer: some libraries wait for ever."""
    results: list[_Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # handed on to the thread that waits
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise SourceError(f"{place}: takes more than the {seconds:g} s that reading may last; raise the limit.")
    return results[0]


def _fsspec() -> ModuleType:
    try:
        importlib.import_module("fsspec.core")
        return importlib.import_module("fsspec")
    except ImportError as error:
        raise MissingExtraError(f"URLs are read by fsspec, which is not installed; run: {INSTALL}") from error


@contextmanager
def _translated(url: str) -> Iterator[None]:
    """Turn what fsspec and the libraries below it raise into errors of our own, without secrets."""
    place = shown(url)
    try:
        yield
    except PactgraphError:
        raise
    except ImportError as error:
        raise MissingExtraError(f"{place}: {_line(error, url)}; run: {INSTALL}") from error
    except FileNotFoundError as error:
        raise SourceError(f"{place}: no such file; check the URL.") from error
    except Exception as error:  # each of the many libraries has errors of its own
        raise SourceError(f"{place}: cannot be fetched ({type(error).__name__}: {_line(error, url)}).") from error


def _line(error: Exception, url: str) -> str:
    return shown(" ".join(str(error).replace(url, shown(url)).split()))[:200]
