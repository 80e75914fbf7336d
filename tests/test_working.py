"""The same results, in the same order, however many processes work."""

from __future__ import annotations

import os
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from pactgraph import working
from pactgraph.errors import MappingError, PactgraphError, SourceError
from pactgraph.pipeline import Processed
from pactgraph.reading import discover
from pactgraph.resources import folder
from pactgraph.working import FEW, Task, Work, process_all, workers_for


@pytest.fixture
def work() -> Work:
    return Work((folder("mappings"),), "1.0")


@pytest.fixture
def tasks(examples: Path, tmp_path: Path) -> list[Task]:
    """The examples, with an empty file among them."""
    for path in examples.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "empty.txt").write_bytes(b"")
    return [Task(source) for source in discover([tmp_path]).sources]


def _outcomes(tasks: list[Task], work: Work, workers: int) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for task, outcome in process_all(tasks, work, workers):
        told = outcome.quads if isinstance(outcome, Processed) else str(outcome)
        found.append((task.source.slug, told))
    return found


def test_two_processes_yield_what_one_does_in_the_same_order(tasks: list[Task], work: Work) -> None:
    alone = _outcomes(tasks, work, 1)
    assert [slug for slug, _ in alone] == ["brackenholt", "empty", "havelsteg", "quillmere"]
    assert _outcomes(tasks, work, 2) == alone


def test_a_source_that_cannot_be_read_does_not_stop_the_others(tasks: list[Task], work: Work) -> None:
    outcomes = [outcome for _, outcome in process_all(tasks, work, 1)]
    assert [isinstance(outcome, PactgraphError) for outcome in outcomes] == [False, True, False, False]


def test_a_worker_that_dies_costs_one_source(tasks: list[Task], work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    real = working._in_pool
    died: list[bool] = []

    def dying(left, work, workers):  # type: ignore[no-untyped-def]
        if not died:
            died.append(True)
            raise BrokenProcessPool
        yield from real(left, work, workers)

    monkeypatch.setattr(working, "_in_pool", dying)
    outcomes = [outcome for _, outcome in process_all(tasks, work, 2)]
    assert [type(outcome) for outcome in outcomes] == [SourceError, SourceError, Processed, Processed]


def test_a_broken_mapping_is_told_before_any_work(tasks: list[Task], tmp_path: Path) -> None:
    mappings = tmp_path / "broken"
    mappings.mkdir()
    (mappings / "_lexicon.yaml").write_bytes((folder("mappings") / "_lexicon.yaml").read_bytes())
    (mappings / "law.yaml").write_text("term: GoverningLore\nrules: {}\n")
    with pytest.raises(MappingError, match="Did you mean 'GoverningLaw'"):
        list(process_all(tasks, Work((mappings,), "1.0"), 1))


def test_few_tasks_stay_in_this_process() -> None:
    assert workers_for(FEW - 1) == 1
    assert workers_for(FEW) == min(os.cpu_count() or 1, FEW)
    assert workers_for(3, wanted=8) == 3
    assert workers_for(0, wanted=2) == 1
