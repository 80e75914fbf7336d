"""Building: the agreements among some files into a store, each replaced in one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad

from pactgraph.assembling import ontology_quads
from pactgraph.assessing import assess
from pactgraph.correcting import addressed, gather, unmatched
from pactgraph.errors import PactgraphError
from pactgraph.notebooks import html_table
from pactgraph.pipeline import Processed
from pactgraph.reading import FINAL, LIMITS, Limits, Source, discover
from pactgraph.reading.manifest import Manifest, read_manifest
from pactgraph.resources import mapping_folders
from pactgraph.storing import Store
from pactgraph.vocabulary import ONTOLOGY_GRAPH, SH
from pactgraph.working import Task, Work, process_all, workers_for

Progress = Callable[[str, int, int], None]
"""Told after each agreement: its name, how many are done, how many there are."""

_MANY = 20
"""A build that changes more agreements than this compacts the store's files at its end."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be built, and how; `Graph.build` says what each of them means."""

    paths: Sequence[Path | str | Source]
    manifest: Path | str | None = None
    validate: bool = True
    progress: Progress | None = None
    limits: Limits = LIMITS
    view: str = FINAL
    workers: int | None = None
    mappings: Path | str | None = None
    corrections: Path | str | None = None


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

    def _repr_html_(self) -> str:
        done = {"added": self.added, "changed": self.changed, "unchanged": self.unchanged}
        lines = [[name, state, ""] for state, names in done.items() for name in names]
        lines += [[name, "skipped", reason] for name, reason in self.skipped]
        lines += [[name, "note", remark] for name, remark in self.notes]
        return html_table(["agreement", "state", "remark"], lines, f"{sum(self.found.values())} terms")


def build(store: Store, request: Request, version: str) -> BuildSummary:
    """Read the agreements of a request into the store, noting the version of the tool, as `Graph.build` describes."""
    found = discover(request.paths, request.limits)
    listed = read_manifest(Path(request.manifest)) if request.manifest is not None else Manifest(Path())
    building = _Building(store)
    building.skipped += found.skipped
    building.notes += listed.unused(found.sources)
    names = [source.name for source in found.sources]
    file = None if request.corrections is None else Path(request.corrections)
    decided = addressed(gather(_beside(request.paths, found.sources), file), names)
    put_ontology(store)
    tasks = [Task(source, listed.row(source)) for source in found.sources]
    work = Work(mapping_folders(request.mappings), version, request.limits, request.view, decided)
    outcomes = process_all(tasks, work, workers_for(len(tasks), request.workers))
    for number, (task, outcome) in enumerate(outcomes, 1):
        building.add(task.source, outcome)
        if request.progress is not None:
            request.progress(task.source.name, number, len(tasks))
    building.notes += unmatched(decided, names, building.hashes)
    if request.validate:
        for _ in assess(store, building.used, workers=request.workers, keep=True):
            pass
    if len(building.added) + len(building.changed) > _MANY:
        store.optimize()
    store.publish()
    return building.summary()


def put_ontology(store: Store) -> None:
    """Keep the installed ontology beside the agreements; the same one again is not written."""
    wanted = ontology_quads()
    if _canonical(wanted) != _canonical(store.quads(ONTOLOGY_GRAPH)):
        store.put_ontology(wanted)


class _Building:
    """One build under way: what it has done so far."""

    def __init__(self, store: Store) -> None:
        self._store = store
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
        else:
            self.unchanged.append(slug)

    @property
    def hashes(self) -> frozenset[str]:
        """The hashes of all sources that were used."""
        return frozenset(self._names)

    @property
    def used(self) -> list[str]:
        """The agreements that are in the graph now, sorted."""
        return sorted((*self.added, *self.changed, *self.unchanged))

    def summary(self) -> BuildSummary:
        counts = {slug: _severities(report) for slug in self.used if (report := self._store.report(slug))}
        return BuildSummary(
            added=tuple(self.added),
            changed=tuple(self.changed),
            unchanged=tuple(self.unchanged),
            skipped=tuple(self.skipped),
            notes=tuple(self.notes),
            found=dict(sorted(self.found.items())),
            severities=counts,
        )


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
