"""What all commands share: their options, where output goes, how progress is shown."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from pactgraph.building import Progress
from pactgraph.cli.commands import BAD_INPUT, INTERRUPTED, complain
from pactgraph.errors import StoreError
from pactgraph.graph import Graph

__all__ = [
    "BAD_INPUT",
    "INTERRUPTED",
    "complain",
    "graph_option",
    "mappings_option",
    "output",
    "progress",
    "reading",
]

graph_option = click.option(
    "--graph",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("graph"),
    envvar="PACTGRAPH_GRAPH",
    show_default=True,
    show_envvar=True,
    help="The folder that holds the graph.",
)

mappings_option = click.option(
    "--mappings",
    type=click.Path(path_type=Path),
    envvar="PACTGRAPH_MAPPINGS",
    show_envvar=True,
    help="A folder of your own mappings, laid over the built-in ones: a file stands in for the one of its name.",
)


def reading(folder: Path) -> Graph:
    """Open a graph for reading. Raises StoreError where there is none, or it holds no agreement."""
    graph = Graph.open(folder)
    if not graph.agreements():
        graph.close()
        raise StoreError(f"{folder}: the graph holds no agreement; run 'pactgraph build PATH --graph {folder}'.")
    return graph


@contextmanager
def output(form: str) -> Iterator[Console]:
    """Give the console that prints in the format `form`: tables for people, all else as exact UTF-8."""
    stdout: object = sys.stdout
    if form not in ("table", "text") and isinstance(stdout, io.TextIOWrapper):
        stdout.flush()
        stream = io.TextIOWrapper(stdout.buffer, encoding="utf-8", newline="")
        try:
            yield Console(file=stream)
            stream.flush()
        finally:
            _detach(stream)
        return
    if isinstance(stdout, io.TextIOWrapper):
        stdout.reconfigure(errors="replace")
    yield Console(highlight=False, markup=False)


def _detach(stream: io.TextIOWrapper) -> None:
    """Give the binary stream back unclosed, whatever state an error left it in."""
    try:
        stream.detach()
    except (OSError, ValueError):
        return


@contextmanager
def progress(label: str) -> Iterator[Progress]:
    """Give a progress callback that draws a bar on the terminal's stderr, and nothing elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None)

        def advance(name: str, done: int, total: int) -> None:
            bar.update(task, description=f"{label} {name[:40]}", completed=done, total=total)

        yield advance
