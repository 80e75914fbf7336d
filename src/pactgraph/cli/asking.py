"""Commands that read the graph: terms, query. Named questions are asked in questions.py."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO

import click

from pactgraph.cli.group import graph_option, output, reading
from pactgraph.cli.interrupting import interruptible
from pactgraph.errors import QueryError
from pactgraph.graph import Graph
from pactgraph.querying import (
    RESULT_FORMATS,
    Record,
    csv_cell,
    show_result,
)
from pactgraph.vocabulary import schema


def _format(names: Iterable[str], default: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    choice = click.Choice(list(names))
    return click.option("--format", "form", type=choice, default=default, show_default=True, help="How to print it.")


@click.command(epilog="Example: pactgraph terms --graph graph --kind LiabilityCap --format csv")
@graph_option
@click.option("--kind", help="Print the terms of this kind only, such as LiabilityCap.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "json", "csv"]),
    default="jsonl",
    show_default=True,
    help="One JSON object a line, one JSON array, or CSV.",
)
def terms(folder: Path, kind: str | None, form: str) -> None:
    """Print every contract term of the graph as a record, with the words that state it."""
    with reading(folder) as graph, output(form) as console:
        RECORD_FORMATS[form](graph.terms(kind), kind, console.file)


def _as_lines(records: Iterable[Record], _: str | None, out: IO[str]) -> None:
    for record in records:
        out.write(json.dumps(record.as_json(), ensure_ascii=False) + "\n")


def _as_array(records: Iterable[Record], _: str | None, out: IO[str]) -> None:
    before = "[\n"
    for record in records:
        out.write(before + json.dumps(record.as_json(), ensure_ascii=False))
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")


def _as_csv(records: Iterable[Record], kind: str | None, out: IO[str]) -> None:
    """Write one line a record; the columns are all fields that the kinds in question can have."""
    kinds = schema().kinds.values() if kind is None else [schema().kind(kind)]
    fields = list(dict.fromkeys(name for found in kinds for name in found.fields))
    writer = csv.writer(out)
    writer.writerow(["agreement", "term", *fields, "quote", "start", "end"])
    for record in records:
        values = [csv_cell(record.fields.get(name)) for name in fields]
        writer.writerow(
            [csv_cell(record.agreement), record.term, *values, csv_cell(record.quote), record.start, record.end]
        )


RECORD_FORMATS: Mapping[str, Callable[[Iterable[Record], str | None, IO[str]], None]] = {
    "jsonl": _as_lines,
    "json": _as_array,
    "csv": _as_csv,
}
"""The writers of records, by name."""


@click.command(
    epilog="Example: pactgraph query --graph graph 'SELECT ?law (COUNT(*) AS ?n) { ?t pg:law ?law } GROUP BY ?law'"
)
@click.argument("source", metavar="[FILE|-|TEXT]", default="-")
@graph_option
@_format(RESULT_FORMATS, "table")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), help="Seconds that the query may take.")
def query(source: str, folder: Path, form: str, timeout: float | None) -> None:
    """Run SPARQL over the graph: the text itself, a file, or - for standard input.

    The default graph is the union of all facts and what follows from them; the prefixes pg, pgv, oa,
    prov, dcterms, skos and the usual ones need no declaration. Queries only read.
    """
    text, place = _query_text(source)
    with Graph.open(folder) as graph, output(form) as console, interruptible(timeout):
        show_result(graph.query(text, place), form, console)


_SPARQL = re.compile(
    r"\s*(?:SELECT|ASK|CONSTRUCT|DESCRIBE|PREFIX|BASE|INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|WITH)\s", re.I
)


def _query_text(source: str) -> tuple[str, str]:
    """Return the query that `source` names or is, and what to call its place in messages."""
    if source == "-":
        return sys.stdin.read(), "stdin"
    if "{" in source or _SPARQL.match(source):
        return source, "query"
    try:
        return Path(source).read_text(encoding="utf-8"), source
    except UnicodeDecodeError as error:
        raise QueryError(f"{source}: the query is not UTF-8; save it as UTF-8.") from error
    except (OSError, ValueError) as error:
        raise QueryError(f"{source}: neither a SPARQL query (it has no '{{') nor a file that can be read.") from error
