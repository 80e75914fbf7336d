"""Graphs that came from others: taken into a store without words, and the words put back from their sources."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from pactgraph.assembling import quoted
from pactgraph.building import put_ontology
from pactgraph.errors import PactgraphError, SourceError
from pactgraph.exporting import WITHOUT_WORDS, are_without_words, without_words
from pactgraph.model import Agreement, Document
from pactgraph.reading import LIMITS, Source, content, discover
from pactgraph.resources import mapping_folders
from pactgraph.storing import Store
from pactgraph.vocabulary import PG, PROV, agreement_iri, graph_iri, inferred_iri, slug_of
from pactgraph.working import Task, Work, process_all

Progress = Callable[[str, int, int], None]

_GZIP = b"\x1f\x8b"
_FORMATS = {".nq": RdfFormat.N_QUADS, ".trig": RdfFormat.TRIG, ".jsonld": RdfFormat.JSON_LD}
_OTHERS = ("urn:sha256:", "urn:pactgraph:run:", "urn:pactgraph:tool:")
_OF_THE_READING = (PG("fileName"), PROV("wasAssociatedWith"), WITHOUT_WORDS)
"""What may differ between two readings of the same bytes: the name of the file, and the version of the tool."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import, by agreement.

    `taken` are in the graph now, `unchanged` were there already, and of `kept` the graph has the words, so that what
    the file says of them was left out.
    """

    taken: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attached:
    """What came of looking for sources, by agreement.

    `whole` have all their words again; `partly` have their quotes, but words of fields only where this version finds
    the same term; of `missing`, pairs of a slug and a reason, no source was found, or it reads otherwise now.
    """

    whole: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()


def take_in(store: Store, path: Path) -> Imported:
    """Take the agreements of a file that `export` wrote into the store, without words.

    The file is N-Quads, TriG or JSON-LD, plain or compressed by gzip. Words in it are left out: no source proves
    them. Raises SourceError where the file cannot be read, or says what no export says.
    """
    held = _parsed(path)
    slugs = _checked(held, path)
    put_ontology(store)
    had = {slug: are_without_words(store.quads(graph_iri(slug))) for slug in store.slugs()}
    kept = tuple(slug for slug in slugs if not had.get(slug, True))
    changed = {}
    for slug in slugs:
        if slug not in kept:
            graphs = (graph_iri(slug), inferred_iri(slug))
            quads = (quad for graph in graphs for quad in held.quads_for_pattern(None, None, None, graph))
            changed[slug] = store.replace(slug, without_words(quads))
    store.publish()
    taken, same = (tuple(slug for slug, new in changed.items() if new == wanted) for wanted in (True, False))
    return Imported(taken, same, kept)


def attach(
    store: Store,
    paths: Sequence[Path | str],
    version: str,
    mappings: Path | str | None = None,
    progress: Progress | None = None,
) -> Attached:
    """Put the words back into the agreements of the store that lack them, from those of `paths` that are their sources.

    A source is known by the SHA-256 hash of its bytes, whatever it is called. Raises SourceError where there is
    nothing to read, DefinitionError where a mapping is wrong, StoreError where the store cannot be written.
    """
    known = {agreement.slug: agreement for agreement in store.agreements()}
    bare = {slug: _hash(store, slug) for slug in known if are_without_words(store.quads(graph_iri(slug)))}
    tasks = [_task(source, known[slug]) for source, slug in _matching(paths, bare)]
    missing = {slug: f"no file has its hash, {sha256}" for slug, sha256 in bare.items()}
    whole: list[str] = []
    partly: list[str] = []
    outcomes = process_all(tasks, Work(mapping_folders(mappings), version))
    for number, (task, outcome) in enumerate(outcomes, 1):
        slug = task.source.slug
        if progress is not None:
            progress(task.source.name, number, len(tasks))
        if isinstance(outcome, PactgraphError):
            missing[slug] = str(outcome)
            continue
        document, held = outcome.extraction.document, set(store.quads(graph_iri(slug), inferred_iri(slug)))
        if str(len(document.text)) not in _said(held, PG("length")):
            missing[slug] = f"this version reads {task.source.name} otherwise; build the agreement again"
            continue
        same = _compared(without_words(outcome.quads)) == _compared(held)
        store.put_source(document.sha256, document.text)
        store.replace(slug, outcome.quads if same else _merged(held, outcome.quads, document))
        store.put_report(slug, ())  # the old one judges other facts
        (whole if same else partly).append(slug)
        del missing[slug]
    store.publish()
    return Attached(tuple(whole), tuple(partly), tuple(missing.items()))


def _parsed(path: Path) -> ox.Store:
    """Return the quads of a file."""
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    form = _FORMATS.get(suffixes[-1] if suffixes else "")
    if form is None:
        raise SourceError(f"{path}: what is imported ends in {', '.join(_FORMATS)}, or one of them and .gz.")
    held = ox.Store()
    try:
        with _opened(path) as stream:
            held.bulk_load(stream, form)
    except SyntaxError as error:
        raise SourceError(f"{path}:{error.lineno}: not {form.name}: {error.msg}.") from error
    except (OSError, EOFError, ValueError) as error:
        raise SourceError(f"{path}: cannot be read: {error}.") from error
    return held


def _opened(path: Path) -> IO[bytes]:
    file = path.open("rb")
    if file.read(len(_GZIP)) == _GZIP:
        file.close()
        return cast(IO[bytes], gzip.open(path, "rb"))
    file.seek(0)
    return file


def _checked(held: ox.Store, path: Path) -> tuple[str, ...]:
    """Return the agreements that a file is about, sorted; raise SourceError where it is about anything else."""
    graphs = [graph for graph in held.named_graphs() if isinstance(graph, NamedNode)]
    slugs = tuple(sorted(slug for graph in graphs if (slug := slug_of(graph)) is not None))
    ours = {graph: slug for slug in slugs for graph in (graph_iri(slug), inferred_iri(slug))}
    for quad in held:
        slug = ours.get(quad.graph_name)
        if slug is None:
            raise SourceError(
                f"{path}: holds {quad.graph_name}, which is no graph of an agreement; write the file with "
                "'pactgraph export --without-quotes'."
            )
        start = agreement_iri(slug).value
        subject = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
        if subject != start and not subject.startswith((f"{start}:", *_OTHERS)):
            raise SourceError(f"{path}: the graph of '{slug}' speaks of {quad.subject}, which is no part of it.")
    if not slugs:
        raise SourceError(f"{path}: holds no agreement.")
    return slugs


def _matching(paths: Sequence[Path | str], bare: dict[str, str]) -> Iterator[tuple[Source, str]]:
    """Yield the sources among `paths` whose bytes have one of the hashes, each with its slug in the graph."""
    left = dict(bare)
    for source in discover(paths).sources if left else ():
        try:
            digest = hashlib.sha256(content(source, LIMITS)).hexdigest()
        except SourceError:
            continue  # what cannot be read is no source of the graph
        for slug in [slug for slug, sha256 in left.items() if sha256 == digest]:
            del left[slug]
            yield source, slug


def _task(source: Source, agreement: Agreement) -> Task:
    """Return the reading of a source under the name, and with what a manifest told, that the graph has."""
    told = {"vendor": agreement.vendor, "kind": agreement.kind, "begins": agreement.begins or ""}
    return Task(replace(source, slug=agreement.slug), {name: value for name, value in told.items() if value})


def _compared(quads: Iterable[Quad]) -> set[Quad]:
    """Return quads as the store holds them, without what depends on the reading."""
    passing = ox.Store()
    passing.extend(quad for quad in quads if quad.predicate not in _OF_THE_READING)
    return set(passing)


def _merged(held: set[Quad], fresh: Iterable[Quad], document: Document) -> Iterator[Quad]:
    """Yield what the graph held, with its quotes, and the words of the fields of terms that both have."""
    subjects, said = {quad.subject for quad in held}, {(quad.subject, quad.predicate) for quad in held}
    yield from (quad for quad in held if quad.predicate != WITHOUT_WORDS)
    for quad in fresh:
        if isinstance(quad.object, Literal) and quad.subject in subjects and (quad.subject, quad.predicate) not in said:
            yield quad
    yield from quoted(document, held)


def _hash(store: Store, slug: str) -> str:
    return next(_said(store.quads(graph_iri(slug)), PG("sha256")), "")


def _said(quads: Iterable[Quad], predicate: NamedNode) -> Iterator[str]:
    """Yield the literals that quads give a property, as texts."""
    return (q.object.value for q in quads if q.predicate == predicate and isinstance(q.object, Literal))
