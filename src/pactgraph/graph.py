"""The façade: a graph in a folder, opened once, then built, asked, validated and exported."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

from pyoxigraph import NamedNode, Quad

import pactgraph
from pactgraph import exporting, querying, validating
from pactgraph.assembling import ontology_quads
from pactgraph.assessing import assess
from pactgraph.building import BuildSummary, Progress, Request, build
from pactgraph.calendars import Days, events
from pactgraph.endpoint import Endpoint
from pactgraph.exporting import View
from pactgraph.model import Agreement, Answer, Report, Result, State, Verdict
from pactgraph.notebooks import html_table
from pactgraph.querying import Given, Matrix, QueryResult, Question, Record
from pactgraph.reading import FINAL, LIMITS, Limits, Source
from pactgraph.sharing import Attached, Imported, attach, take_in
from pactgraph.storing import Publication, Store
from pactgraph.validating import PYSHACL, Playbook, engine_name, load_playbooks
from pactgraph.vocabulary import graph_iri, inferred_iri, schema

if TYPE_CHECKING:
    import networkx
    import owlready2
    import rdflib


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

    def _repr_html_(self) -> str:
        lines = ([one.slug, one.vendor, one.kind, one.title, one.begins] for one in self.agreements())
        return html_table(["agreement", "vendor", "kind", "title", "begins"], lines, f"The graph in {self.folder}")

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
        request = Request(
            paths,
            manifest,
            validate=validate,
            progress=progress,
            limits=limits,
            view=view,
            workers=workers,
            mappings=mappings,
            corrections=corrections,
        )
        return build(self._store, request, pactgraph.__version__)

    def validate(
        self, progress: Progress | None = None, *, engine: str = PYSHACL, workers: int | None = None
    ) -> Report:
        """Return what the shapes find in every agreement; a graph open for writing keeps the reports.

        What an earlier report tells is read from it: only agreements that changed since are judged, and all where the
        shapes did, or where the `engine` is another one. `workers` is the number of processes, by default one a core
        where many agreements changed.

        Raises ShapeError where a shape cannot be applied, DefinitionError where there is no such engine.
        """
        slugs, results = self._store.slugs(), list[Result]()
        for number, (slug, found) in enumerate(assess(self._store, slugs, engine, workers, keep=self._writing), 1):
            results += found
            if progress is not None:
                progress(slug, number, len(slugs))
        if self._writing:
            self._store.publish()
        return Report(tuple(results), slugs, engine_name(engine))

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

    def compare(self, kinds: Sequence[str] = (), *, agreements: Collection[str] = ()) -> Matrix:
        """Return what agreements (all, or some by slug) state of `kinds`, best and worst for the customer marked.

        `kinds` are kinds of term or classes of them, such as Remedy; by default all that an agreement states.

        Raises OntologyError where a kind is not known, QueryError where an agreement is not.
        """
        return querying.compare(self._store.query, self._store.source_text, kinds, agreements)

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

    def import_shared(self, path: Path | str) -> Imported:
        """Take in the agreements of a file that `export` wrote, without the words in it; what has its words stays.

        Raises SourceError where the file cannot be read or is no such file.
        """
        return take_in(self._store, Path(path))

    def attach(
        self,
        paths: Sequence[Path | str],
        *,
        mappings: Path | str | None = None,
        progress: Progress | None = None,
    ) -> Attached:
        """Put the words back into agreements that lack them, from the files among `paths` that are their sources.

        Raises SourceError where there is nothing to read, DefinitionError where a mapping is wrong.
        """
        return attach(self._store, paths, pactgraph.__version__, mappings, progress)

    def publish(
        self,
        endpoint: Endpoint | str,
        *,
        reports: bool = False,
        drop_missing: bool = False,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> Publication:
        """Make another's SPARQL store hold the graphs of all agreements and the ontology; what it has is not resent.

        Each graph is replaced whole and counted there, so what breaks off goes on where it stopped when it is
        published again. With `reports` the validation reports go too; with `drop_missing` graphs go from there
        that were published before and are here no more. A `dry_run` asks and sends nothing, and tells what an empty
        store would be sent.

        Raises EndpointError where the store cannot be reached, refuses, or has not what was sent.
        """
        there = Endpoint(endpoint) if isinstance(endpoint, str) else endpoint
        if dry_run:
            return there.planned(self._store, reports=reports)
        return there.receive(self._store, reports=reports, drop_missing=drop_missing, progress=progress)

    def export(self, path: Path | str, form: str, view: View | None = None, *, without_quotes: bool = False) -> None:
        """Write all facts and what follows from them to the file `path`, in a format of `exporting.FORMATS`.

        A `view` chooses what a drawing shows: agreements and their terms, one agreement, one kind of term. With
        `without_quotes` all words of the agreements are left out but the parties' names and the title. A path that
        ends in .gz is compressed.

        Raises DefinitionError, listing the formats or views, where there is no such one, and StoreError
        where the file cannot be written.
        """
        exporting.export(self._shown(without_quotes), Path(path), form, view)

    def write(self, stream: IO[bytes], form: str, view: View | None = None, *, without_quotes: bool = False) -> None:
        """Write to a binary stream what `export` writes to a file."""
        exporting.write(self._shown(without_quotes), stream, form, view)

    def _shown(self, without_quotes: bool) -> Iterable[Quad]:
        quads = self._store.quads()
        return exporting.without_words(quads) if without_quotes else quads

    def export_calendar(
        self,
        path: Path | str | IO[bytes],
        *,
        begins: Days | None = None,
        incidents: Days | None = None,
        after: str | date | None = None,
        calendar: str = "law",
    ) -> int:
        """Write notice days, renewals, ends and last days to claim as an iCalendar file or stream; return how many.

        `begins` tells when the agreements began, `incidents` when something went wrong: each a CSV file of
        agreement,date, or days by agreement; `begins` may be one day for all. `after` leaves out days before it,
        `calendar` says whose holidays count, by default those of the law that governs.

        Raises QueryError where an agreement, a day or a calendar is not known, MissingExtraError without the extra.
        """
        found = events(self.ask, begins=begins, incidents=incidents, after=after, calendar=calendar)
        if isinstance(path, Path | str):
            exporting.place(Path(path), lambda file: exporting.write_calendar(found, file))
        else:
            exporting.write_calendar(found, path)
        return len(found)

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
