"""What all commands share: how errors end, where output goes, how progress is shown."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from pactgraph.building import Progress
from pactgraph.errors import PactgraphError, StoreError, unknown
from pactgraph.graph import Graph
from pactgraph.querying import shown

BAD_INPUT = 2
INTERRUPTED = 130
BROKEN_PIPE = 141

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


class Commands(click.Group):
    """A group of commands whose errors are one line each, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; end with the exit code that its error stands for."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            path = error.ctx.command_path if error.ctx else ctx.command_path
            complain(f"{error.format_message()} See '{path} --help'.")
            ctx.exit(BAD_INPUT)
        except PactgraphError as error:
            complain(str(error))
            ctx.exit(BAD_INPUT)
        except KeyboardInterrupt as error:
            complain(f"Interrupted. {error}".strip())
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # Whatever reads our output has enough; leave Python nothing to complain about at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
            ctx.exit(BROKEN_PIPE)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that `args` begin with; a wrong name gets a suggestion."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            raise click.UsageError(unknown("command", args[0], self.commands), ctx)
        return super().resolve_command(ctx, args)


def complain(message: str) -> None:
    """Say on standard error, in one line, what is wrong."""
    click.echo(f"pactgraph: {shown(message)}", err=True)


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
