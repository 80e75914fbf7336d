"""The command that sends the graph to another's SPARQL store, and the options that name such a store."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pactgraph.cli.group import graph_option, output, progress, reading
from pactgraph.endpoint import Endpoint
from pactgraph.graph import Graph
from pactgraph.querying import shown
from pactgraph.storing import PRODUCTS, Publication, bare

product_option = click.option(
    "--product",
    type=click.Choice(list(PRODUCTS)),
    default="sparql",
    show_default=True,
    help="The make of the store; sparql is any that takes queries and updates at the address itself.",
)
insecure_option = click.option("--insecure", is_flag=True, help="Let http, unencrypted, go beyond this machine.")


@click.command(epilog="Example: pactgraph publish http://127.0.0.1:7878 --graph graph --product oxigraph --dry-run")
@click.argument("url", metavar="URL")
@graph_option
@product_option
@click.option(
    "--by",
    type=click.Choice(["graphs", "updates"]),
    default="graphs",
    show_default=True,
    help="Send whole graphs to the Graph Store where one is known, or chunks by SPARQL updates.",
)
@click.option("--update-url", default="", help="The address that takes updates, where it is another one.")
@click.option("--store-url", default="", help="The address of the Graph Store, where it is another one.")
@click.option("--graph-parameter", default="", metavar="NAME", help="What names a graph at the Graph Store.")
@click.option("--reports", is_flag=True, help="Send the validation reports too.")
@click.option("--drop-missing", is_flag=True, help="Drop graphs that were published before and are here no more.")
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=60.0,
    show_default=True,
    help="Seconds that one request may take.",
)
@insecure_option
@click.option("--dry-run", is_flag=True, help="Say what would be sent where, and send nothing.")
def publish(
    url: str,
    folder: Path,
    product: str,
    by: str,
    update_url: str,
    store_url: str,
    graph_parameter: str,
    reports: bool,
    drop_missing: bool,
    timeout: float,
    insecure: bool,
    dry_run: bool,
) -> None:
    """Send the graphs of all agreements, and the ontology, to the SPARQL store at URL.

    A graph that is there with the same content is not sent again, so after a failure the same command goes on. Every
    graph is counted at the store when it is there.

    Credentials come from the environment only: PACTGRAPH_ENDPOINT_USER and PACTGRAPH_ENDPOINT_PASSWORD, or
    PACTGRAPH_ENDPOINT_TOKEN.
    """
    endpoint = Endpoint(
        url,
        product=product,
        update=update_url,
        store=store_url,
        parameter=graph_parameter,
        by_updates=by == "updates",
        seconds=timeout,
        insecure=insecure,
        environment=os.environ,
    )
    with reading(folder) as graph:
        if dry_run:
            _print(_planned(graph.publish(endpoint, reports=reports, dry_run=True), endpoint))
        else:
            _print(_told(_published(graph, endpoint, reports=reports, drop_missing=drop_missing), endpoint))


def _published(graph: Graph, endpoint: Endpoint, *, reports: bool, drop_missing: bool) -> Publication:
    done = 0
    with progress("Publishing") as advance:

        def count(name: str, number: int, total: int) -> None:
            nonlocal done
            done = number
            advance(name.removeprefix("urn:pactgraph:"), number, total)

        try:
            return graph.publish(endpoint, reports=reports, drop_missing=drop_missing, progress=count)
        except KeyboardInterrupt as error:
            kept = f"{done} graph{'' if done == 1 else 's'} of this run"
            raise KeyboardInterrupt(f"{kept} arrived, each whole; publish again to go on.") from error


def _planned(plan: Publication, endpoint: Endpoint) -> str:
    there = endpoint.target
    way = f"to the Graph Store {bare(there.store)}" if there.store else f"by updates to {bare(there.update)}"
    return f"Would send {_graphs(len(plan.sent))}, {plan.triples:,} triples, {way}. Nothing was sent."


def _told(done: Publication, endpoint: Endpoint) -> str:
    whole = len(done.sent) + len(done.unchanged)
    parts = [f"{len(done.sent)} sent", f"{len(done.unchanged)} there already"]
    parts += [f"{len(done.dropped)} dropped"] if done.dropped else []
    return f"{_graphs(whole)}, {done.triples:,} triples, at {bare(endpoint.target.query)}: {', '.join(parts)}."


def _graphs(number: int) -> str:
    return f"{number} graph{'' if number == 1 else 's'}"


def _print(line: str) -> None:
    with output("text") as console:
        console.print(shown(line), soft_wrap=True)
