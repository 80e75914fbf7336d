"""Commands for graphs that came from others: import them, and attach the words of their agreements."""

from __future__ import annotations

from pathlib import Path

import click

from pactgraph.cli.group import BAD_INPUT, complain, graph_option, mappings_option, output, progress, reading
from pactgraph.graph import Graph
from pactgraph.querying import shown


@click.command("import", epilog="Example: pactgraph import examples/vendors.nq.gz --graph vendors")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@graph_option
def import_(files: tuple[Path, ...], folder: Path) -> None:
    """Take into the graph what others shared: files that 'pactgraph export --without-quotes' wrote.

    The agreements in them can be asked like any others; where their words would be quoted, it says where they
    stand, until 'pactgraph attach' finds the sources. Words in a file are left out, as no source proves them, and
    agreements that the graph has with their words stay as they are.
    """
    with Graph.open(folder, writing=True) as graph:
        for file in files:
            done = graph.import_shared(file)
            _print(f"{file}: {_told({'imported': done.taken, 'unchanged': done.unchanged})}. The graph is in {folder}.")
            if done.kept:
                _print(f"The graph has these with their words, and keeps them: {', '.join(done.kept)}.")


@click.command(epilog="Example: pactgraph attach examples/agreements --graph graph")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=str))
@graph_option
@mappings_option
@click.pass_context
def attach(context: click.Context, paths: tuple[str, ...], folder: Path, mappings: Path | None) -> None:
    """Put the words of agreements back into a graph that was shared without them, from the files among PATH....

    A source is known by the hash of its bytes, whatever it is called. Ends with code 2 where words are
    still lacking.
    """
    reading(folder).close()  # opening for writing would make a graph where there is none
    with Graph.open(folder, writing=True) as graph, progress("Attaching") as advance:
        done = graph.attach(paths, mappings=mappings, progress=advance)
    if not (done.whole or done.partly or done.missing):
        _print("No agreement of the graph lacks its words.")
        return
    _print(f"{_told({'with all their words': done.whole, 'in part': done.partly, 'without': done.missing})}.")
    if done.partly:
        _print(
            f"In part: {', '.join(done.partly)}. They have their quotes; words of fields only where this version "
            "finds the same term. Build them again to have all."
        )
    for slug, reason in done.missing:
        complain(f"{slug}: {reason}")
    if done.missing:
        context.exit(BAD_INPUT)


def _told(counts: dict[str, tuple[object, ...]]) -> str:
    number = sum(map(len, counts.values()))
    told = ", ".join(f"{len(names)} {state}" for state, names in counts.items() if names)
    return f"{number} agreement{'' if number == 1 else 's'}: {told}"


def _print(line: str) -> None:
    with output("text") as console:
        console.print(shown(line), soft_wrap=True)
