"""One writer a format, and one way to put a file in place."""

from __future__ import annotations

import gzip
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import IO, cast

import pyoxigraph as ox
from pyoxigraph import Quad, RdfFormat, Triple

from pactgraph.errors import DefinitionError, StoreError, unknown
from pactgraph.exporting.drawing import DRAWINGS, styled
from pactgraph.exporting.projection import project
from pactgraph.exporting.views import View, seen
from pactgraph.vocabulary import PREFIXES, TYPE

Writer = Callable[[Iterable[Quad], IO[bytes]], None]


def export(quads: Iterable[Quad], path: Path, form: str, view: View | None = None) -> None:
    """Write `quads` to the file `path` in one of FORMATS; an older file stays until the new one is whole.

    Equal quads give equal bytes, whatever their order. A `view` chooses what a drawing shows. Where the path ends in
    .gz, the file is compressed.

    Raises DefinitionError that lists the formats where `form` is none, where a view is asked for that
    is none or of a format that has none, or where a drawing needs what is not installed; StoreError
    where the file cannot be written.
    """
    writer = _writer(form, view)
    place(path, lambda file: writer(quads, file))


def place(path: Path, put: Callable[[IO[bytes]], object]) -> None:
    """Make a file of what `put` writes, compressed where its name ends in .gz; an older one stays until it is whole.

    Raises StoreError where the file cannot be written.
    """
    temporary = ""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = file.name
            _put(put, file, compressed=path.suffix.lower() == ".gz")
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode(path))
        Path(temporary).replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _put(put: Callable[[IO[bytes]], object], file: IO[bytes], *, compressed: bool) -> None:
    if not compressed:
        put(file)
        return
    with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as stream:  # no time, no name: equal bytes for equal quads
        put(cast(IO[bytes], stream))


def write(quads: Iterable[Quad], stream: IO[bytes], form: str, view: View | None = None) -> None:
    """Write to a binary stream what `export` writes to a file.

    Raises DefinitionError as `export` does.
    """
    _writer(form, view)(quads, stream)


def _writer(form: str, view: View | None) -> Writer:
    if form in DRAWINGS:
        return partial(_drawing, form, view or View())
    if form not in _RDF:
        raise DefinitionError(unknown("export format", form, FORMATS))
    if view is not None:
        raise DefinitionError(f"a view is for drawings: {', '.join(DRAWINGS)}; the format {form} has the whole graph.")
    return _RDF[form]


def _drawing(form: str, view: View, quads: Iterable[Quad], stream: IO[bytes]) -> None:
    DRAWINGS[form](styled(seen(project(quads, clauses=view.clauses), view)), stream)


def _mode(path: Path) -> int:
    """Return the permissions for the file at `path`: its own, or what a new file here gets."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _triples(form: RdfFormat, quads: Iterable[Quad], stream: IO[bytes]) -> None:
    """Write the union of all graphs; each triple once, by subject."""
    triples = sorted({quad.triple for quad in quads}, key=_by_subject)
    ox.serialize(triples, stream, form, prefixes=dict(PREFIXES))


def _dataset(form: RdfFormat, quads: Iterable[Quad], stream: IO[bytes]) -> None:
    """Write each graph under its name, graph by graph."""
    ordered = sorted(set(quads), key=lambda quad: (str(quad.graph_name), *_by_subject(quad.triple)))
    ox.serialize(ordered, stream, form, prefixes=dict(PREFIXES))


def _by_subject(triple: Triple) -> tuple[str, bool, str]:
    """Order triples by subject, its classes first: what a thing is comes before what is said of it."""
    return str(triple.subject).rstrip(">"), triple.predicate != TYPE, str(triple)


def _jsonld(quads: Iterable[Quad], stream: IO[bytes]) -> None:
    """Write each graph under its name, with a context that shortens classes and properties."""
    expanded = io.BytesIO()
    _dataset(RdfFormat.JSON_LD, quads, expanded)
    graphs = [
        {**graph, "@graph": [_shortened(node) for node in graph["@graph"]]} for graph in json.loads(expanded.getvalue())
    ]
    document = {"@context": dict(PREFIXES), "@graph": graphs}
    stream.write((json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def _shortened(node: Mapping[str, object]) -> dict[str, object]:
    """Return a JSON-LD node with prefixed names for keys, and its classes as '@type'."""
    found = {_short(key): _compact(value) for key, value in node.items()}
    classes = node.get(TYPE.value)
    if not isinstance(classes, list):
        return found
    del found[_short(TYPE.value)]
    return {"@id": found.pop("@id"), "@type": [_short(entry["@id"]) for entry in classes], **found}


def _compact(value: object) -> object:
    """Return a JSON-LD value without what its context makes needless: lists of one, wrapped texts."""
    if isinstance(value, list):
        members = [_compact(member) for member in value]
        return members[0] if len(members) == 1 else members
    if isinstance(value, dict) and "@type" in value:
        return {**value, "@type": _short(value["@type"])}
    return value["@value"] if isinstance(value, dict) and value.keys() == {"@value"} else value


def _short(iri: str) -> str:
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


def _nquads(quads: Iterable[Quad], stream: IO[bytes]) -> None:
    """Write canonical N-Quads: one line a quad, the lines sorted."""
    ox.serialize(sorted(set(quads), key=str), stream, RdfFormat.N_QUADS)


_RDF: Mapping[str, Writer] = MappingProxyType(
    {
        "turtle": partial(_triples, RdfFormat.TURTLE),
        "nquads": _nquads,
        "trig": partial(_dataset, RdfFormat.TRIG),
        "jsonld": _jsonld,
    }
)

FORMATS = (*_RDF, *DRAWINGS)
"""The names of the formats. Turtle is the union of the graphs; those after JSON-LD are drawings of a projection."""

ENDINGS: Mapping[str, str] = MappingProxyType(
    {".ttl": "turtle", ".nq": "nquads", **{f".{name}": name for name in FORMATS if name not in ("turtle", "nquads")}}
)
"""The format that the ending of a file's name stands for."""
