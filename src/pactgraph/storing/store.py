"""The store: named graphs of agreements in an embedded Oxigraph, and the texts they came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple, Variable

from pactgraph.errors import QueryError, StoreError, unknown
from pactgraph.model import Agreement
from pactgraph.storing import guard, kept, layout, publishing
from pactgraph.vocabulary import (
    DCTERMS,
    ONTOLOGY_GRAPH,
    PGV,
    PREFIXES,
    agreement_iri,
    graph_iri,
    inferred_iri,
    report_iri,
    slug_of,
)

Answers = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
"""What a query gives: rows (SELECT), a truth value (ASK) or triples (CONSTRUCT, DESCRIBE)."""

_Fixed = dict[Variable, NamedNode | BlankNode | Literal | Triple]
_SHA256 = re.compile(r"[0-9a-f]{64}")
_AGREEMENTS = """
SELECT ?slug ?title ?kind ?vendor ?begins WHERE {
  ?agreement a pg:Agreement ; pg:slug ?slug .
  OPTIONAL { ?agreement dcterms:title ?title }
  OPTIONAL { ?agreement pg:agreementKind ?kind }
  OPTIONAL { ?agreement pg:vendor ?vendor }
  OPTIONAL { ?agreement pg:begins ?begins }
} ORDER BY ?slug
"""


class Store:
    """The graph in a folder, open for reading, or for reading and writing.

    Each agreement has a graph of facts and a graph of what follows from them; their union over all
    agreements is also kept as the default graph, so that plain queries meet every triple once. The
    ontology and the validation reports stand in named graphs of their own, outside of that union.

    Use it as a context manager; any number of readers may have the folder open, or one writer.
    """

    def __init__(self, folder: Path, rdf: ox.Store, lock: layout.Lock) -> None:
        """Take over an open folder; use `Store.open`."""
        self.folder = folder
        self._open_rdf: ox.Store | None = rdf
        self._lock = lock
        self._marked = False

    @classmethod
    def open(cls, folder: Path, *, writing: bool = False) -> Self:
        """Open the graph in `folder`; with `writing`, make it where the folder is absent or empty.

        Opening for reading creates nothing. Beside a writer, readers get what was published last.

        Raises StoreError where the folder is no graph folder,
        has a layout of another version, cannot be read, or is in use by another process.
        """
        if writing:
            layout.prepare(folder)
        else:
            layout.check(folder)
        try:
            lock = layout.Lock(folder, writing=writing)
        except StoreError:
            snapshot = None if writing else publishing.current(folder)
            if snapshot is None:
                raise
            try:
                return cls.open(snapshot)
            except StoreError:
                if snapshot == publishing.current(folder):
                    raise
                return cls.open(folder)  # another one was published, and this one went, in between
        path = str(folder / layout.QUADS_FOLDER)
        try:
            return cls(folder, ox.Store(path) if writing else ox.Store.read_only(path), lock)
        except FileNotFoundError as error:
            lock.release()
            raise StoreError(f"{folder}: the graph is empty; run 'pactgraph build PATH --graph {folder}'.") from error
        except OSError as error:
            lock.release()
            if "lock" in str(error):
                raise StoreError(
                    f"{folder}: another pactgraph process is using this graph; try again later."
                ) from error
            raise StoreError(f"{folder}: cannot be opened: {_one_line(error)}") from error

    def close(self) -> None:
        """Close the folder, so that others may use it; does nothing the second time."""
        self._open_rdf = None  # Oxigraph closes its files when the last reference goes
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _rdf(self) -> ox.Store:
        if self._open_rdf is None:
            raise StoreError(f"{self.folder}: the graph was closed; open it again.")
        return self._open_rdf

    # --- agreements ------------------------------------------------------------------------------

    def replace(self, slug: str, quads: Iterable[Quad]) -> bool:
        """Make `quads` the facts and inferences of the agreement `slug`; return whether that changed anything.

        One transaction: on failure, and for readers, the graphs are the old ones or the new ones. The
        text of a source that no agreement is read from any more is removed. So is the validation report where
        something changed: a report that is there is one on the facts that are there.

        Raises StoreError where a quad lies outside of the agreement's two graphs.
        """
        graphs = (graph_iri(slug), inferred_iri(slug))
        stored = _as_stored(quads)
        wanted = set(stored)
        for quad in wanted:
            if quad.graph_name not in graphs:
                raise StoreError(f"agreement '{slug}': a quad lies outside of its graphs, in {quad.graph_name}")
        held = {quad for graph in graphs for quad in self._rdf.quads_for_pattern(None, None, None, graph)}
        if wanted == held:
            return False
        sources = self._sources_of(slug)
        gone, come = held - wanted, wanted - held
        still = {_triple(quad) for quad in wanted}
        gone_union = {t for t in map(_triple, gone) if t not in still and not self._elsewhere(t, graphs)}
        union = {_in_union(t) for t in gone_union}, {_in_union(_triple(quad)) for quad in come}
        if self._lock.writing:
            self._guarded(lambda: kept.drop(kept.place(self.folder, slug)))
        self._update(gone | union[0], come | union[1], report_iri(slug))
        if wanted:
            kept.put(kept.place(self.folder, slug), _facts(stored, slug))
        self._drop_unused(sources)
        return True

    def remove(self, slug: str) -> bool:
        """Remove all that is held of an agreement: its graphs, its report, its source; return whether there was any.

        The text of a source that another agreement is read from stays.
        """
        changed = self.replace(slug, ())
        return self._put(report_iri(slug), ()) or changed

    def slugs(self) -> tuple[str, ...]:
        """Return the slugs of all agreements, sorted."""
        return tuple(sorted(slug for graph in self._rdf.named_graphs() if (slug := slug_of(graph)) is not None))

    def agreements(self) -> tuple[Agreement, ...]:
        """Return what is known of each agreement as a whole, sorted by slug; '' where it is not known."""
        rows = self.query(_AGREEMENTS)
        assert isinstance(rows, ox.QuerySolutions)
        return tuple(sorted((_agreement(row) for row in rows), key=lambda found: found.slug))

    def _elsewhere(self, triple: Triple, graphs: tuple[NamedNode, NamedNode]) -> bool:
        """Whether an agreement's graph other than `graphs` says `triple` as well."""
        found = self._rdf.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return any(quad.graph_name not in graphs and _counts(quad.graph_name) for quad in found)

    # --- graphs ----------------------------------------------------------------------------------

    def quads(self, *graphs: NamedNode) -> Iterator[Quad]:
        """Yield the quads of the named `graphs`, or of all facts and inferences, graph by graph, sorted.

        Raises StoreError where the store was closed.
        """
        chosen = graphs or tuple(graph for slug in self.slugs() for graph in (graph_iri(slug), inferred_iri(slug)))
        for graph in chosen:
            yield from sorted(self._rdf.quads_for_pattern(None, None, None, graph), key=str)

    def facts(self, slug: str) -> bytes:
        """Return the facts and inferences of an agreement as N-Triples: the quickest way to hand them on."""
        copy = kept.read(kept.place(self.folder, slug))
        return _facts(self._rdf, slug) if copy is None else copy

    def kept_facts(self, slug: str) -> Path | None:
        """Return where another process may read what `facts` returns, by `read_facts`; nothing where it is not kept."""
        path = kept.place(self.folder, slug)
        return path if path.is_file() else None

    def put_report(self, slug: str, quads: Iterable[Quad]) -> bool:
        """Make `quads` the validation report of an agreement, whatever graph they name; return whether it changed."""
        return self._put(report_iri(slug), quads)

    def report(self, slug: str) -> tuple[Quad, ...]:
        """Return the validation report of an agreement, in no order; empty where it was not validated."""
        return tuple(self._rdf.quads_for_pattern(None, None, None, report_iri(slug)))

    def report_head(self, slug: str) -> tuple[Quad, ...]:
        """Return what the validation report of an agreement says of itself, not of its results."""
        graph = report_iri(slug)
        return tuple(self._rdf.quads_for_pattern(graph, None, None, graph))

    def put_ontology(self, quads: Iterable[Quad]) -> bool:
        """Make `quads` the ontology that queries reach as GRAPH <urn:pactgraph:ontology>; return whether it changed."""
        return self._put(ONTOLOGY_GRAPH, quads)

    def optimize(self) -> None:
        """Compact the files: worth its while after a large build, queries are faster by half."""
        self._guarded(self._rdf.optimize)

    def publish(self) -> None:
        """Make what the graph holds now what readers see while others write to it; nothing where they see it already.

        Raises StoreError where the folder cannot be written.
        """
        if publishing.is_due(self.folder):
            publishing.publish(self.folder, self._rdf.backup)
            self._marked = False

    def _put(self, graph: NamedNode, quads: Iterable[Quad]) -> bool:
        """Replace a graph that stands outside of the union; return whether that changed anything."""
        wanted = set(_as_stored(Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads))
        held = set(self._rdf.quads_for_pattern(None, None, None, graph))
        if wanted == held:
            return False
        if not held:
            self._guarded(lambda: self._rdf.extend(wanted))  # one transaction as well, without SPARQL to parse
            return True
        insert = f"; INSERT DATA {{ {_blocks(wanted)} }}" if wanted else ""
        self._guarded(lambda: self._rdf.update(f"DROP SILENT GRAPH {graph}{insert}"))
        return True

    def _update(self, gone: set[Quad], come: set[Quad], dropped: NamedNode) -> None:
        """Delete, insert and drop a graph in one transaction, and forget named graphs that it leaves empty."""
        if not gone and not self._rdf.contains_named_graph(dropped):
            self._guarded(lambda: self._rdf.extend(come))  # one transaction as well, without SPARQL to parse
            return
        parts = [f"{verb} DATA {{\n{_blocks(quads)}}}" for verb, quads in (("DELETE", gone), ("INSERT", come)) if quads]
        parts.insert(0, f"DROP SILENT GRAPH {dropped}")
        filled = {quad.graph_name for quad in come}
        for graph in sorted({quad.graph_name for quad in gone} - filled - {DefaultGraph()}, key=str):
            remaining = set(self._rdf.quads_for_pattern(None, None, None, graph)) - gone
            if not remaining:
                parts.append(f"DROP SILENT GRAPH {graph}")
        self._guarded(lambda: self._rdf.update(";\n".join(parts)))

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            if self._lock.writing and not self._marked:
                publishing.mark(self.folder)
                self._marked = True
            work()
        except RuntimeError as error:
            raise StoreError(f"{self.folder}: open for reading only; open it with writing=True.") from error
        except OSError as error:
            raise StoreError(f"{self.folder}: cannot be written: {_one_line(error)}") from error

    # --- sources ---------------------------------------------------------------------------------

    def put_source(self, sha256: str, text: str) -> None:
        """Keep the exact decoded text of the source document with this hash; put it before `replace`."""
        path = self._source_path(sha256)
        content = text.encode("utf-8", "surrogatepass")
        if not path.is_file() or path.read_bytes() != content:
            layout.write_atomically(path, content)

    def source_text(self, sha256: str) -> str:
        """Return the exact decoded text of a source document; raises StoreError where it is not kept."""
        path = self._source_path(sha256)
        try:
            return path.read_bytes().decode("utf-8", "surrogatepass")
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"{path}: the source text cannot be read; build the graph again.") from error

    def text(self, slug: str) -> str:
        """Return the exact decoded text that the agreement `slug` was read from.

        Raises StoreError where there is no such agreement, or its text is not kept.
        """
        for sha256 in self._sources_of(slug):
            return self.source_text(sha256)
        raise StoreError(f"{self.folder}: {unknown('agreement', slug, self.slugs())}")

    def _source_path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise StoreError(f"'{sha256}' is no SHA-256 hash; give 64 hexadecimal digits in lower case.")
        return self.folder / layout.SOURCES_FOLDER / f"{sha256}.txt"

    def _sources_of(self, slug: str) -> list[str]:
        found = self._rdf.quads_for_pattern(agreement_iri(slug), DCTERMS("source"), None, graph_iri(slug))
        return sorted(quad.object.value.rpartition(":")[2] for quad in found if isinstance(quad.object, NamedNode))

    def _drop_unused(self, sources: Iterable[str]) -> None:
        for sha256 in sources:
            source = NamedNode(f"urn:sha256:{sha256}")
            used = self._rdf.quads_for_pattern(None, DCTERMS("source"), source, DefaultGraph())
            if next(iter(used), None) is None:
                self._source_path(sha256).unlink(missing_ok=True)

    # --- questions -------------------------------------------------------------------------------

    def query(
        self,
        text: str,
        *,
        graphs: Iterable[NamedNode] | None = None,
        named: Iterable[NamedNode] | None = None,
        values: Mapping[str, NamedNode | Literal] | None = None,
        place: str = "query",
    ) -> Answers:
        """Answer SPARQL over the union of all facts and inferences, or over `graphs` alone.

        Named graphs are reached with GRAPH as usual, all of them or `named` alone. The prefixes of
        `vocabulary.PREFIXES` need no declaration. `values` fixes selected variables by name; `place` (a file's
        name) heads the message of an error.

        Raises QueryError where the text is not a SPARQL query, changes the graph, or asks a SERVICE.
        """
        reason = guard.forbidden(text)
        if reason:
            raise QueryError(f"{place}:{reason}.")
        chosen: list[NamedNode | BlankNode | DefaultGraph] | None = None if graphs is None else [*graphs]
        reached: list[NamedNode | BlankNode] | None = None if named is None else [*named]
        fixed: _Fixed | None = None if values is None else {Variable(name): node for name, node in values.items()}
        try:
            return self._rdf.query(
                text, prefixes=dict(PREFIXES), default_graph=chosen, named_graphs=reached, substitutions=fixed
            )
        except SyntaxError as error:
            raise QueryError(f"{place}:{guard.explain(text, error)}.") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"{place}: cannot be answered: {_one_line(error)}") from error


def _agreement(row: ox.QuerySolution) -> Agreement:
    def text(name: str) -> str:
        value = row[name]
        if isinstance(value, NamedNode):
            return PGV.local(value) or value.value
        return value.value if isinstance(value, Literal) else ""

    return Agreement(text("slug"), text("title"), text("kind"), text("vendor"), text("begins") or None)


def _as_stored(quads: Iterable[Quad]) -> ox.Store:
    """Return `quads` with the literals in the form that Oxigraph gives back ('P12M' becomes 'P1Y')."""
    passing = ox.Store()
    passing.extend(quads)
    return passing


def _facts(rdf: ox.Store, slug: str) -> bytes:
    graphs = (graph_iri(slug), inferred_iri(slug))
    return b"".join(rdf.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b"" for graph in graphs)


def _triple(quad: Quad) -> Triple:
    return quad.triple


def _in_union(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())


def _counts(graph: object) -> bool:
    """Whether a graph belongs to the union: it holds facts or inferences of an agreement."""
    return isinstance(graph, NamedNode) and graph.value.startswith((graph_iri("").value, inferred_iri("").value))


def _ntriples(triples: Iterable[Triple]) -> str:
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode("utf-8")


def _blocks(quads: Iterable[Quad]) -> str:
    """Return `quads` as SPARQL quad data: one GRAPH block a named graph, the rest bare."""
    by_graph: dict[object, list[Triple]] = {}
    for quad in sorted(quads, key=str):
        by_graph.setdefault(quad.graph_name, []).append(quad.triple)
    bodies = ((graph, _ntriples(triples)) for graph, triples in by_graph.items())
    return "".join(
        body if isinstance(graph, DefaultGraph) else f"GRAPH {graph} {{\n{body}}}\n" for graph, body in bodies
    )


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
