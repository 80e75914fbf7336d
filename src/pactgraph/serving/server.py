"""Run the endpoint until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from pactgraph.errors import MissingExtraError, ServingError
from pactgraph.graph import Graph
from pactgraph.serving.application import Application
from pactgraph.serving.pool import Pool
from pactgraph.serving.settings import Settings
from pactgraph.storing import snapshot

_BACKLOG = 2048
_SHUTDOWN_SECONDS = 5


def serve(settings: Settings, started: Callable[[str], None]) -> None:
    """Serve the graph of `settings` until the process is interrupted or terminated.

    `started` is told the URL once requests are answered. A graph that was never published is published first.

    Raises ServingError where nothing can be served from there, MissingExtraError where the extra is not installed,
    StoreError where there is no graph.
    """
    if not hasattr(os, "fork"):
        raise ServingError("serving needs a system that can fork processes, such as Linux or macOS.")
    server = _library("uvicorn")
    _library("httptools")
    _publish(settings.folder)
    with _listening(settings) as listener:
        loops = _loops()
        with asyncio.Runner(loop_factory=loops) as runner:
            runner.run(_serve(settings, server, listener, started))


async def _serve(
    settings: Settings, uvicorn: ModuleType, listener: socket.socket, started: Callable[[str], None]
) -> None:
    pool = Pool(settings.folder, settings.limits)
    await pool.start()
    try:
        config = uvicorn.Config(
            Application(settings, pool),
            http="httptools",
            ws="none",
            lifespan="off",
            access_log=False,
            log_level="error",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
        )
        server = uvicorn.Server(config)
        server.capture_signals = contextlib.nullcontext  # ours end the loop; uvicorn's would raise them again

        def stop() -> None:
            server.should_exit = True

        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop)
        address, port = listener.getsockname()[:2]
        started(f"http://{f'[{address}]' if ':' in address else address}:{port}")
        await server.serve(sockets=[listener])
    finally:
        await pool.close()


def _publish(folder: Path) -> None:
    """Publish a graph that never was, as one that an older version built. Raises StoreError where there is none."""
    if snapshot(folder) is None:
        Graph.open(folder).close()
        with Graph.open(folder, writing=True) as graph:
            graph.publish_snapshot()


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=_BACKLOG)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ServingError(f"{settings.host} port {settings.port}: cannot listen there: {reason}.") from error


def _library(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise MissingExtraError(
            f"serving needs {name}, which is not installed: pip install 'pactgraph[serve]'"
        ) from error


def _loops() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return what makes the event loop: uvloop's where it is installed, else Python's."""
    try:
        made: Callable[[], asyncio.AbstractEventLoop] = importlib.import_module("uvloop").new_event_loop
    except ImportError:
        return None
    return made
