"""The command that serves the graph over HTTP."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pactgraph.cli.group import graph_option
from pactgraph.serving import TOKEN_VARIABLE, Limits, Settings
from pactgraph.serving import serve as run

_DEFAULT = Limits()


@click.command(epilog="Example: pactgraph serve --graph graph --port 8377")
@graph_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8377, show_default=True, help="The port; 0 takes a free one."
)
@click.option(
    "--timeout", type=float, default=_DEFAULT.seconds, show_default=True, help="Seconds that a query may take."
)
@click.option(
    "--memory",
    type=int,
    default=_DEFAULT.megabytes,
    show_default=True,
    help="Megabytes that a query's process may take.",
)
@click.option("--rows", type=int, default=_DEFAULT.rows, show_default=True, help="The most rows of an answer.")
@click.option(
    "--cors",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Let web pages of ORIGIN read answers; * for all. Repeatable.",
)
@click.option(
    "--allow-host", "hosts", multiple=True, metavar="NAME", help="Serve under this host name too. Repeatable."
)
@click.option("--insecure", is_flag=True, help="Listen beyond this machine without asking for a token.")
def serve(
    folder: Path,
    host: str,
    port: int,
    timeout: float,
    memory: int,
    rows: int,
    origins: tuple[str, ...],
    hosts: tuple[str, ...],
    insecure: bool,
) -> None:
    """Serve the graph: SPARQL at /sparql, named questions at /ask/NAME, both read only.

    Builds go on meanwhile: requests are answered from what was built last, then from the new graph. Where the
    environment has PACTGRAPH_TOKEN, callers must send it as a bearer token.
    """
    settings = Settings(
        folder=folder,
        host=host,
        port=port,
        token=os.environ.get(TOKEN_VARIABLE, ""),
        hosts=frozenset(name.lower() for name in hosts),
        origins=frozenset(origins),
        insecure=insecure,
        limits=Limits(seconds=timeout, megabytes=memory, rows=rows),
    )
    run(settings, lambda url: click.echo(f"Serving {folder} at {url}/sparql and {url}/ask; Ctrl-C stops.", err=True))
