"""Many sources through the pipeline, in several processes where that pays."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from pactgraph.correcting import Correction
from pactgraph.errors import DefinitionError, PactgraphError, SourceError, StoreError
from pactgraph.extracting import RuleSet, keep_expressions, load_rules
from pactgraph.pipeline import Processed, process
from pactgraph.reading import FINAL, LIMITS, Limits, Source

FEW = 12
"""Fewer sources than this are processed in the calling process: starting others would take longer."""

_AHEAD = 4
"""How many sources each worker may be ahead of what has been taken from it, so that memory stays bounded."""


_WORTH_KEEPING = 200
"""After a source a worker keeps the expressions that it compiled, if there are so many new ones."""


@dataclass(frozen=True, slots=True)
class Task:
    """A source and what a manifest says of it."""

    source: Source
    row: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What is the same for all tasks: mappings folders, the tool's version, limits and view of the reader, corrections.

    `mappings` are folders as `load_rules` takes them: the first one, and those that lie over it.
    """

    mappings: tuple[Path, ...]
    tool_version: str
    limits: Limits = LIMITS
    view: str = FINAL
    corrections: tuple[Correction, ...] = ()


def workers_for(tasks: int, wanted: int | None = None) -> int:
    """Return how many processes to use for so many tasks: `wanted`, by default one a core, 1 for few tasks."""
    if wanted is not None:
        return max(1, min(wanted, tasks))
    return 1 if tasks < FEW else max(1, min(os.cpu_count() or 1, tasks))


def process_all(
    tasks: Sequence[Task], work: Work, workers: int = 1
) -> Iterator[tuple[Task, Processed | PactgraphError]]:
    """Yield each task with what it yielded, or with the error that kept it from that, in order.

    Raises DefinitionError where a mapping or the ontology is wrong.
    """
    rules = load_rules(*work.mappings)  # also where others do the work: a broken mapping is told at once
    if workers == 1:
        for task in tasks:
            yield task, _attempt(task, work, rules)
        keep_expressions()
        return
    left = list(tasks)
    while left:
        try:
            for outcome in _in_pool(tuple(left), work, workers):
                yield outcome
                del left[0]
        except BrokenProcessPool:
            yield left.pop(0), SourceError("the process that read it was ended, perhaps for lack of memory.")


def _in_pool(tasks: Sequence[Task], work: Work, workers: int) -> Iterator[tuple[Task, Processed | PactgraphError]]:
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _start, (work,))
    waiting: list[Future[Processed | PactgraphError]] = []
    try:
        for number, task in enumerate(tasks):
            while len(waiting) < len(tasks) - number and len(waiting) < workers * _AHEAD:
                waiting.append(pool.submit(_run, tasks[number + len(waiting)]))
            yield task, waiting.pop(0).result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


_started: tuple[Work, RuleSet] | None = None


def _start(work: Work) -> None:
    """Make a worker ready: an interrupt is for the process that waits for it, not for the worker."""
    global _started
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _started = (work, load_rules(*work.mappings))


def _run(task: Task) -> Processed | PactgraphError:
    assert _started is not None
    outcome = _attempt(task, *_started)
    keep_expressions(least=_WORTH_KEEPING)
    return outcome


def _attempt(task: Task, work: Work, rules: RuleSet) -> Processed | PactgraphError:
    try:
        return process(task.source, rules, work.tool_version, task.row, work.limits, work.view, work.corrections)
    except (DefinitionError, StoreError):
        raise
    except PactgraphError as error:
        return error
