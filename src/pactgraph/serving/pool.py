"""The workers together: hand out requests, slow down and end the long ones, swap in what was published.

A request goes to an idle worker. One that runs on is slow: it gets the lowest priority, and another worker takes
its place among those that stand by, so that short queries never wait for long ones. There are places for so many
slow ones; the next is ended. At its deadline each is killed. A new snapshot gets workers of its own; once they are
open they take over, and the old ones end with the requests that they have.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from pactgraph.errors import ServingError
from pactgraph.serving import frames
from pactgraph.serving.answering import Reply
from pactgraph.serving.refusing import RefusalError
from pactgraph.serving.settings import Limits
from pactgraph.serving.workers import Nursery, Worker, WorkerDiedError, died
from pactgraph.storing import snapshot

_TICK = 0.02
_LOOK = 0.25
_START_SECONDS = 60.0
_RETRY_SECONDS = 0.5

Gone = Callable[[], Awaitable[None]]
"""Waits until the caller has hung up."""


class Pool:
    """Workers that answer requests from the snapshot of a graph that was published last."""

    def __init__(self, graph: Path, limits: Limits) -> None:
        self._graph = graph
        self._limits = limits
        self._nursery = Nursery()
        self._folder = Path()
        self._idle: list[Worker] = []
        self._busy: dict[Worker, Gone | None] = {}
        self._slow: set[Worker] = set()
        self._fresh: list[Worker] = []
        self._starting = 0
        self._queue: deque[tuple[float, asyncio.Future[Worker]]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._looked = 0.0
        self._not_before = 0.0
        self._closed = False

    @property
    def processes(self) -> tuple[int, ...]:
        """The process ids of all workers that are open."""
        return tuple(worker.process for worker in (*self._idle, *self._busy, *self._fresh))

    async def start(self) -> None:
        """Open the first workers. Raises ServingError where none can be."""
        found = snapshot(self._graph)
        if found is None:
            raise ServingError(f"{self._graph}: nothing was published; build the graph.")
        self._folder = found
        try:
            first = await asyncio.wait_for(self._born(found), _START_SECONDS)
        except (RefusalError, TimeoutError) as error:
            self._nursery.close()
            raise ServingError(f"{self._graph}: no worker starts: {error}") from error
        self._idle.append(first)
        self._spawn(self._limits.quick - 1)
        self._keep(self._watch())

    async def close(self) -> None:
        """End all workers."""
        self._closed = True
        for task in tuple(self._tasks):
            task.cancel()
        for worker in (*self._idle, *self._busy, *self._fresh):
            worker.close()
        self._nursery.close()

    async def answer(self, request: Mapping[str, object], gone: Gone | None = None) -> Reply:
        """Return the whole answer to a request; a worker that died at once is replaced and the request repeated.

        Raises RefusalError where it is refused, takes too long or too much, or too many others are waiting.
        """
        message = frames.packed(request)
        for attempt in range(3):
            worker = self._idle.pop() if self._idle else await self._next()
            self._busy[worker] = gone
            try:
                return await worker.ask(message)
            except WorkerDiedError as error:
                if attempt == 2 or worker.slow:
                    raise died(self._limits) from error
            finally:
                self._release(worker)
        raise AssertionError("the last attempt returns or raises")

    # --- workers come and go -----------------------------------------------------------------------

    async def _next(self) -> Worker:
        if len(self._queue) >= self._limits.waiting:
            raise _busy("too many requests are waiting")
        coming: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._queue.append((time.monotonic(), coming))
        return await coming

    def _release(self, worker: Worker) -> None:
        self._busy.pop(worker, None)
        if worker.slow or worker.gone or worker.folder != self._folder:
            self._slow.discard(worker)
            worker.close()
            self._spawn(self._missing())
        else:
            self._offer(worker)

    def _offer(self, worker: Worker) -> None:
        while self._queue:
            _, coming = self._queue.popleft()
            if not coming.done():
                coming.set_result(worker)
                worker.since = time.monotonic()
                self._busy[worker] = None
                return
        self._idle.append(worker)

    def _ended(self, worker: Worker) -> None:
        if worker in self._idle:
            self._idle.remove(worker)
        if not self._closed and worker.folder == self._folder:
            self._spawn(self._missing())

    def _missing(self) -> int:
        """Return how many workers lack to those that are to stand by for short queries."""
        quick = sum(1 for worker in self._busy if not worker.slow and worker.folder == self._folder)
        return self._limits.quick - quick - len(self._idle) - self._starting

    def _spawn(self, number: int) -> None:
        if self._closed or time.monotonic() < self._not_before:
            return
        for _ in range(number):
            self._starting += 1
            self._keep(self._join())

    async def _join(self) -> None:
        folder = self._folder
        try:
            worker = await asyncio.wait_for(self._born(folder), _START_SECONDS)
        except (RefusalError, TimeoutError, OSError):
            self._not_before = time.monotonic() + _RETRY_SECONDS  # the ticks try again
            return
        finally:
            self._starting -= 1
        if folder == self._folder:
            self._offer(worker)
        else:
            worker.close()

    async def _born(self, folder: Path) -> Worker:
        worker = Worker(folder, self._ended)
        opening = frames.packed({"folder": str(folder), "limits": asdict(self._limits)})
        await worker.open(opening, self._nursery.bear())
        return worker

    # --- time passes -------------------------------------------------------------------------------

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_TICK)
            now = time.monotonic()
            for worker in tuple(self._busy):
                self._judge(worker, now - worker.since)
            while self._queue and now - self._queue[0][0] > self._limits.seconds:
                _, coming = self._queue.popleft()
                if not coming.done():
                    coming.set_exception(_busy("no process became free in time"))
            if now - self._looked >= _LOOK:
                self._looked = now
                self._spawn(self._missing())
                self._look()

    def _judge(self, worker: Worker, age: float) -> None:
        if age > self._limits.seconds:
            self._end(
                worker, RefusalError(504, f"the query takes longer than {self._limits.seconds:g} s; make it simpler.")
            )
        elif age > self._limits.patience and not worker.slow:
            worker.slow = True
            if len(self._slow) >= self._limits.slow:
                self._end(worker, _busy(f"{len(self._slow)} long queries run already"))
                return
            self._slow.add(worker)
            self._nursery.nice(worker.process)
            self._spawn(self._missing())
            gone = self._busy[worker]
            if gone is not None:
                self._keep(self._until_gone(worker, gone))

    async def _until_gone(self, worker: Worker, gone: Gone) -> None:
        """End a long query that nobody waits for any more."""
        await gone()
        if worker in self._busy:
            self._end(worker, RefusalError(499, "the caller hung up."))

    def _end(self, worker: Worker, reason: RefusalError) -> None:
        self._nursery.kill(worker.process)
        worker.slow = True
        worker.fail(reason)

    def _look(self) -> None:
        """Let workers open what was published since, and take over when they are as many as must stand by."""
        found = snapshot(self._graph)
        if found is None or found == self._folder or self._fresh or self._swapping():
            return
        task = self._keep(self._swap(found))
        task.set_name("swap")

    def _swapping(self) -> bool:
        return any(task.get_name() == "swap" for task in self._tasks)

    async def _swap(self, found: Path) -> None:
        try:
            async with asyncio.timeout(_START_SECONDS):
                for _ in range(self._limits.quick):
                    self._fresh.append(await self._born(found))
        except (RefusalError, TimeoutError, OSError):
            for worker in self._fresh:
                worker.close()
            self._fresh.clear()
            return
        old, self._idle = self._idle, []
        self._folder = found
        fresh, self._fresh = self._fresh, []
        for worker in fresh:
            if not worker.gone:
                self._offer(worker)
        for worker in old:
            worker.close()

    def _keep(self, work: Awaitable[None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        assert isinstance(task, asyncio.Task)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        with contextlib.suppress(asyncio.CancelledError):
            task.exception()


def _busy(why: str) -> RefusalError:
    return RefusalError(503, f"{why}; try again later.", {"Retry-After": "1"})
