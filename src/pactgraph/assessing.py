"""Many agreements judged by the shapes: only those that changed since, and in several processes where that pays.

A report in the store is one on the facts that are there, see `Store.replace`; where it was made with the same shapes
and engine, its results are read from it. Every shape judges one agreement by itself: the facts of others are out of
its sight, so that a change of one agreement leaves the reports of all others true. What is between agreements
(contradictions, documents that refer to each other) is a question, not a shape.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from pactgraph.errors import StoreError
from pactgraph.exporting import WITHOUT_WORDS, are_without_words
from pactgraph.model import Result
from pactgraph.storing import Store, read_facts
from pactgraph.validating import (
    PYSHACL,
    Shapes,
    is_judged_with,
    judged_with,
    kept_report,
    load_shapes,
    results_of,
    validate_facts,
)
from pactgraph.vocabulary import agreement_iri

FEW = 24
"""Fewer agreements than this are judged in the calling process: starting others would take longer."""

_AHEAD = 4
"""How many agreements each process may be ahead of what has been taken from it, so that memory stays bounded."""

_BARE = "The words of this agreement are not attached, so only what it does not state is judged. Attach its source."


def assess(
    store: Store,
    slugs: Sequence[str],
    engine: str = PYSHACL,
    workers: int | None = None,
    *,
    keep: bool,
) -> Iterator[tuple[str, tuple[Result, ...]]]:
    """Yield each agreement with its results, in order; `keep` puts the new reports into the store.

    `workers` is the number of processes, by default one a core where many agreements changed.

    Raises ShapeError where a shape cannot be applied, DefinitionError where there is no such engine, StoreError where
    a process was ended from outside.
    """
    shapes = load_shapes()
    origin = judged_with(shapes, engine)
    heads = {slug: store.report_head(slug) for slug in slugs}
    changed = [slug for slug in slugs if not is_judged_with(heads[slug], origin)]
    left = frozenset(changed)
    found = _judged(store, changed, shapes, engine, _workers_for(len(changed), workers))
    for slug in slugs:
        if slug not in left:
            yield slug, results_of(heads.pop(slug))
            continue
        results = next(found)
        if keep:
            store.put_report(slug, kept_report(slug, results, origin))
        yield slug, results
    next(found, None)  # lets the processes end


def _workers_for(changed: int, wanted: int | None) -> int:
    if wanted is not None:
        return max(1, min(wanted, changed))
    return 1 if changed < FEW else max(1, min(os.cpu_count() or 1, changed))


def _judged(
    store: Store, slugs: Iterable[str], shapes: Shapes, engine: str, workers: int
) -> Iterator[tuple[Result, ...]]:
    if workers == 1:
        for slug in slugs:
            yield _judge(slug, store.facts(slug), shapes, engine)
        return
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _start, (engine,))
    waiting: deque[tuple[str, Future[tuple[Result, ...] | None]]] = deque()

    def next_results() -> tuple[Result, ...]:
        slug, future = waiting.popleft()
        results = future.result()
        return _judge(slug, store.facts(slug), shapes, engine) if results is None else results

    try:
        for slug in slugs:
            waiting.append((slug, pool.submit(_run, slug, store.kept_facts(slug) or store.facts(slug))))
            if len(waiting) >= workers * _AHEAD:
                yield next_results()
        while waiting:
            yield next_results()
        pool.shutdown()
    except BrokenProcessPool as error:
        raise StoreError(
            f"{store.folder}: a process that validated was ended, perhaps for lack of memory; what is done is kept, "
            f"validate again with --workers 1."
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


_started: tuple[Shapes, str] | None = None


def _start(engine: str) -> None:
    """Make a process ready: an interrupt is for the process that waits for it, not for this one."""
    global _started
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _started = (load_shapes(), engine)
    gc.freeze()  # what all agreements are judged with is never garbage


def _run(slug: str, given: bytes | Path) -> tuple[Result, ...] | None:
    """Return the results on facts or on a copy that is kept of them; nothing where that is damaged."""
    assert _started is not None
    facts = read_facts(given) if isinstance(given, Path) else given
    return None if facts is None else _judge(slug, facts, *_started)


def _judge(slug: str, facts: bytes, shapes: Shapes, engine: str) -> tuple[Result, ...]:
    """Return the results on an agreement, given as N-Triples.

    Of an agreement without its words only what is missing is told: to the shapes all its evidence is broken.
    """
    results = tuple(
        result if result.agreement == slug else replace(result, agreement=slug)
        for result in validate_facts(facts, shapes, engine, slug)
    )
    if WITHOUT_WORDS.value.encode() in facts and are_without_words(parse(facts, format=RdfFormat.N_TRIPLES)):
        bare = Result(slug, "info", "words-not-attached", _BARE, agreement_iri(slug).value)
        return (*(result for result in results if result.severity != "violation"), bare)
    return results
