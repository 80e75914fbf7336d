"""The façade: a graph in a folder, opened once, then built, asked, validated and exported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

import pyoxigraph
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad

import pactgraph
from pactgraph import exporting, querying, validating
from pactgraph.assembling import ontology_quads
from pactgraph.correcting import addressed, gather, unmatched
from pactgraph.errors import PactgraphError
from pactgraph.exporting import View
from pactgraph.model import Agreement, Answer, Report, Result, State, Verdict
from pactgraph.pipeline import Processed
from pactgraph.querying import Given, QueryResult, Question, Record
from pactgraph.reading import FINAL, LIMITS, Limits, Source, discover
from pactgraph.reading.manifest import Manifest, read_manifest
from pactgraph.resources import mapping_folders
from pactgraph.storing import Store
from pactgraph.validating import Playbook, Shapes, load_playbooks, load_shapes, report_quads
from pactgraph.vocabulary import ONTOLOGY_GRAPH, SH, graph_iri, inferred_iri, schema
from pactgraph.working import Task, Work, process_all, workers_for

if TYPE_CHECKING:
    import networkx
    import owlready2
    import rdflib

Progress = Callable[[str, int, int], None]
"""Told after each agreement: its name, how many are done, how many there are."""


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did, by agreement.

    `added`, `changed` and `unchanged` name the agreements that are now in the graph; `skipped` holds
    (name, reason) for what could not be used, `notes` (name, remark) for what was used with a doubt.
    `found` counts the terms of each kind over all agreements of this build. `severities` counts
    validation results by agreement and severity; an agreement that was never validated is missing.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    found: Mapping[str, int] = field(default_factory=dict)
    severities: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def used(self) -> tuple[str, ...]:
        """The agreements that this build read, sorted."""
        return tuple(sorted((*self.added, *self.changed, *self.unchanged)))


class Graph:
    """The graph in a folder; a context manager that closes the folder at its end.

    Any number of readers may have a folder open, or one writer.
    """

    def __init__(self, store: Store, *, writing: bool) -> None:
        """Take over an open store; use `Graph.open`."""
        self._store = store
        self._writing = writing

    @classmethod
    def open(cls, folder: Path | str, *, writing: bool = False) -> Self:
        """Open the graph in `folder`; with `writing`, make it where the folder is absent or empty.

        Raises StoreError where the folder is no graph folder, or is in use by another process.
        """
        return cls(Store.open(Path(folder), writing=writing), writing=writing)

    def close(self) -> None:
        """Close the folder, so that others may write to it."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def folder(self) -> Path:
        """Where the graph is."""
        return self._store.folder

    # --- making it -------------------------------------------------------------------------------

    def build(
        self,
        paths: Sequence[Path | str | Source],
        manifest: Path | str | None = None,
        *,
        validate: bool = True,
        progress: Progress | None = None,
        limits: Limits = LIMITS,
        view: str = FINAL,
        workers: int | None = None,
        mappings: Path | str | None = None,
        corrections: Path | str | None = None,
    ) -> BuildSummary:
        """Read the agreements among `paths` into the graph, and validate those that changed.

        `paths` may be files, folders, patterns, zip archives and URLs. `limits` says what one document may
        cost, `view` how tracked changes are read, `workers` how many processes read (by default one a core
        where there are many agreements). `mappings` is a folder of one's own mappings, laid over those of
        pactgraph: a file of the same name stands in for the one there. `corrections` is a file of decisions on
        what is found, in place of those called corrections.yaml that lie in a folder given or beside an
        agreement. Two files of the same bytes are two agreements, and noted.

        Each agreement is replaced in one step, so an interruption leaves whole agreements. A file that
        cannot be used is skipped with the reason, and the graph keeps what it had of it. The same input
        again changes nothing. Agreements that are not among `paths` stay.

        Raises SourceError where there is nothing to read, two files would get one name, or the manifest
        is wrong; DefinitionError where a mapping, a shape, a correction or the ontology is; StoreError where the
        graph cannot be written.
        """
        found = discover(paths, limits)
        listed = read_manifest(Path(manifest)) if manifest is not None else Manifest(Path())
        building = _Building(self._store, load_shapes() if validate else None)
        building.skipped += found.skipped
        building.notes += listed.unused(found.sources)
        names = [source.name for source in found.sources]
        file = None if corrections is None else Path(corrections)
        decided = addressed(gather(_beside(paths, found.sources), file), names)
        self._put_ontology()
        tasks = [Task(source, listed.row(source)) for source in found.sources]
        work = Work(mapping_folders(mappings), pactgraph.__version__, limits, view, decided)
        outcomes = process_all(tasks, work, workers_for(len(tasks), workers))
        for number, (task, outcome) in enumerate(outcomes, 1):
            building.add(task.source, outcome)
            if progress is not None:
                progress(task.source.name, number, len(tasks))
        building.notes += unmatched(decided, names, building.hashes)
        if len(building.added) + len(building.changed) > _MANY:
            self._store.optimize()
        self._store.publish()
        return building.summary()

    def _put_ontology(self) -> None:
        """Keep the installed ontology beside the agreements; the same one again is not written."""
        wanted = ontology_quads()
        if _canonical(wanted) != _canonical(self._store.quads(ONTOLOGY_GRAPH)):
            self._store.put_ontology(wanted)

    def validate(self, progress: Progress | None = None) -> Report:
        """Return what the shapes find in every agreement; a graph open for writing keeps the report.

        Raises ShapeError where a shape cannot be applied.
        """
        shapes, slugs = load_shapes(), self._store.slugs()
        results: list[Result] = []
        for number, slug in enumerate(slugs, 1):
            found = _judged(self._store, slug, shapes, keep=self._writing)
            results += found
            if progress is not None:
                progress(slug, number, len(slugs))
        if self._writing:
            self._store.publish()
        return Report(tuple(results), slugs)

    def source_text(self, sha256: str) -> str:
        """Return the exact text of the source with this hash. Raises StoreError where the graph has none."""
        return self._store.source_text(sha256)

    def publish_snapshot(self) -> None:
        """Make what the graph holds now what is served, and what readers see beside a writer; builds do so too."""
        self._store.publish()

    def verdicts(
        self, playbook: Path | str | Sequence[Playbook], progress: Progress | None = None
    ) -> tuple[Verdict, ...]:
        """Return how each point of a playbook comes out in each agreement, by agreement and in its order.

        `playbook` is a file, a folder of files, or what `load_playbooks` returned. Raises PlaybookError and
        ShapeError where it is malformed, with file and line.
        """
        books = load_playbooks(Path(playbook)) if isinstance(playbook, Path | str) else playbook
        found: list[Verdict] = []
        slugs = self._store.slugs()
        for number, slug in enumerate(slugs, 1):
            found += validating.judge(self._store.quads(graph_iri(slug), inferred_iri(slug)), books)
            if progress is not None:
                progress(slug, number, len(slugs))
        return tuple(found)

    # --- asking it -------------------------------------------------------------------------------

    def agreements(self) -> tuple[Agreement, ...]:
        """Return what is known of each agreement as a whole, sorted by slug."""
        return self._store.agreements()

    @staticmethod
    def questions() -> Mapping[str, Question]:
        """Return the named questions that `ask` answers, by name."""
        return querying.questions()

    def ask(self, name: str, *, agreements: Collection[str] = (), **given: Given) -> Answer:
        """Return the answer to the named question over all agreements, or over some, by slug.

        `given` are values of the question's parameters: `ask("my-duties", party="Provider")`.

        Raises QueryError where there is no such question, agreement, parameter or value, EvidenceError where
        a quote is not the source's own words at its place.
        """
        question, texts = querying.question(name), self._store.source_text
        return querying.answer(self._store.query, question, texts, agreements=agreements, given=given)

    def query(
        self,
        text: str,
        place: str = "query",
        *,
        graphs: Iterable[NamedNode] | None = None,
        named: Iterable[NamedNode] | None = None,
    ) -> QueryResult:
        """Return the result of a SPARQL query that reads; `place` heads the message of an error.

        It sees the union of all facts and what follows from them, or `graphs` alone; GRAPH reaches all named
        graphs, or `named` alone. Raises QueryError where the text is no such query.
        """
        return self._store.query(text, graphs=graphs, named=named, place=place)

    def terms(self, kind: str | None = None) -> Iterator[Record]:
        """Yield the records of all agreements, or those of one kind, by agreement and in text order.

        Raises OntologyError where there is no such kind.
        """
        known = schema()
        wanted = known.kind(kind).name if kind is not None else None
        for slug in self._store.slugs():
            for record in querying.records(self._store.query, slug, known):
                if wanted is None or record.term == wanted:
                    yield record

    def states(self) -> Mapping[str, tuple[State, ...]]:
        """Return, by agreement, what is known of each kind of term: stated, excluded, unknown, or silent."""
        return {slug: tuple(querying.states(self._store.query, slug)) for slug in self._store.slugs()}

    def export(self, path: Path | str, form: str, view: View | None = None) -> None:
        """Write all facts and what follows from them to the file `path`, in a format of `exporting.FORMATS`.

        A `view` chooses what a drawing shows: agreements and their terms, one agreement, one kind of term.

        Raises DefinitionError, listing the formats or views, where there is no such one, and StoreError
        where the file cannot be written.
        """
        exporting.export(self._store.quads(), Path(path), form, view)

    def write(self, stream: IO[bytes], form: str, view: View | None = None) -> None:
        """Write to a binary stream what `export` writes to a file."""
        exporting.write(self._store.quads(), stream, form, view)

    # --- as objects of other libraries -----------------------------------------------------------

    def to_rdflib(self) -> rdflib.Dataset:
        """Return all facts and inferences as an rdflib dataset of named graphs; its default graph is their union."""
        return exporting.to_rdflib(self._store.quads())

    def to_networkx(self, *, clauses: bool = False) -> networkx.MultiDiGraph[str]:
        """Return agreements, parties and terms as a networkx graph, with their clauses where `clauses` is set."""
        return exporting.project(self._store.quads(), clauses=clauses)

    def to_owlready2(self) -> owlready2.World:
        """Return a world of owlready2: the ontology's classes, with agreements and terms as their individuals."""
        return exporting.to_owlready2(self._store.quads(), ontology_quads())


_MANY = 20
"""A build that changes more agreements than this compacts the store's files at its end."""


class _Building:
    """One build under way: what it has done so far."""

    def __init__(self, store: Store, shapes: Shapes | None) -> None:
        self._store = store
        self._shapes = shapes
        self._held = frozenset(store.slugs())
        self.added: list[str] = []
        self.changed: list[str] = []
        self.unchanged: list[str] = []
        self.skipped: list[tuple[str, str]] = []
        self.notes: list[tuple[str, str]] = []
        self.found: Counter[str] = Counter()
        self._names: dict[str, str] = {}

    def add(self, source: Source, processed: Processed | PactgraphError) -> None:
        """Take what one source yielded into the graph, or note why it is skipped."""
        if isinstance(processed, PactgraphError):
            kept = " The graph keeps what it had." if source.slug in self._held else ""
            self.skipped.append((source.name, f"{str(processed).removeprefix(f'{source.name}: ')}{kept}"))
            return
        self._keep(source.slug, processed)
        document = processed.extraction.document
        self.notes += [(source.name, warning.removeprefix(f"{source.name}: ")) for warning in document.warnings]
        self.notes += [(source.name, note) for note in processed.notes]
        first = self._names.setdefault(document.sha256, source.name)
        if first != source.name:
            self.notes.append(
                (source.name, f"the same bytes as {first}; both are built, leave one out to count it once.")
            )
        self.found.update(finding.term for finding in processed.extraction.findings)

    def _keep(self, slug: str, processed: Processed) -> None:
        document = processed.extraction.document
        self._store.put_source(document.sha256, document.text)
        if self._store.replace(slug, processed.quads):
            (self.changed if slug in self._held else self.added).append(slug)
            self._store.put_report(slug, ())  # the old one judges facts that are gone
        else:
            self.unchanged.append(slug)
        if self._shapes is not None and not self._store.report(slug):
            _judged(self._store, slug, self._shapes, keep=True)

    @property
    def hashes(self) -> frozenset[str]:
        """The hashes of all sources that were used."""
        return frozenset(self._names)

    def summary(self) -> BuildSummary:
        used = sorted((*self.added, *self.changed, *self.unchanged))
        counts = {slug: _severities(self._store.report(slug)) for slug in used if self._store.report(slug)}
        return BuildSummary(
            added=tuple(self.added),
            changed=tuple(self.changed),
            unchanged=tuple(self.unchanged),
            skipped=tuple(self.skipped),
            notes=tuple(self.notes),
            found=dict(sorted(self.found.items())),
            severities=counts,
        )


def _judged(store: Store, slug: str, shapes: Shapes, *, keep: bool) -> tuple[Result, ...]:
    """Validate one agreement; keep its report in the store where asked to."""
    results = validating.validate(tuple(store.quads(graph_iri(slug), inferred_iri(slug))), shapes)
    if keep:
        store.put_report(slug, report_quads(slug, results))
    return results


def _beside(paths: Sequence[Path | str | Source], sources: Iterable[Source]) -> set[Path]:
    """Return the folders that may hold decisions on sources: those given, and those in which the sources lie."""
    given = {Path(path) for path in paths if not isinstance(path, Source) and Path(path).is_dir()}
    return given | {source.path.parent for source in sources if not source.url and source.data is None}


def _canonical(quads: Iterable[Quad]) -> Dataset:
    """Return quads such that equal ones compare equal, whatever their blank nodes are called."""
    passing = pyoxigraph.Store()  # gives literals the form in which the graph's store holds them
    passing.extend(quads)
    found = Dataset(passing)
    found.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return found


def _severities(report: Sequence[Quad]) -> Mapping[str, int]:
    found = Counter(SH.local(quad.object) or "" for quad in report if quad.predicate == SH("resultSeverity"))
    return {name.lower(): number for name, number in sorted(found.items())}
