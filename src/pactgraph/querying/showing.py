"""Show answers to named questions, and what SPARQL of the user's own returns, in every format."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    serialize,
)
from rich.console import Console

from pactgraph.errors import QueryError, unknown
from pactgraph.model import Answer
from pactgraph.querying.cells import Node, QueryResult
from pactgraph.querying.formats import answer_csv, answer_json, answer_lines, csv_text
from pactgraph.querying.markup import answer_html, answer_markdown
from pactgraph.querying.tables import answer_table, show_rows
from pactgraph.querying.workbook import bytes_behind, write_workbook
from pactgraph.vocabulary import PREFIXES


def result_table(result: QueryResult, console: Console) -> None:
    """Print rows as a table, a yes-or-no answer as true or false, and triples as Turtle."""
    if isinstance(result, QuerySolutions):
        names = [variable.value for variable in result.variables]
        show_rows(console, names, [[compact(found[name]) for name in names] for found in result])
    elif isinstance(result, QueryBoolean):
        console.print("true" if result else "false")
    else:
        console.file.write(_triples(result))


def result_json(result: QueryResult, console: Console) -> None:
    """Print rows and yes-or-no answers as SPARQL 1.1 Query Results JSON (W3C), triples as JSON-LD."""
    if isinstance(result, QueryTriples):
        console.file.write(_triples(result, RdfFormat.JSON_LD))
        return
    data = result.serialize(format=QueryResultsFormat.JSON)
    console.file.write(json.dumps(json.loads(data or b"{}"), ensure_ascii=False, indent=2) + "\n")


def result_csv(result: QueryResult, console: Console) -> None:
    """Print rows as CSV, with cells that a spreadsheet would take for formulas made safe.

    Raises QueryError for queries that return no rows.
    """
    if not isinstance(result, QuerySolutions):
        raise QueryError("CSV holds the rows of a SELECT query only; use --format json or table.")
    names = [variable.value for variable in result.variables]
    lines = [[_value(found[name]) for name in names] for found in result]
    console.file.write(csv_text(names, lines))


def _text(write: Callable[[Answer], str]) -> Callable[[Answer, Console, str], object]:
    return lambda answer, console, _: console.file.write(write(answer))


ANSWER_FORMATS: Mapping[str, Callable[[Answer, Console, str], object]] = {
    "table": answer_table,
    "json": _text(answer_json),
    "jsonl": _text(answer_lines),
    "csv": _text(answer_csv),
    "markdown": _text(answer_markdown),
    "html": _text(answer_html),
    "xlsx": lambda answer, console, _: write_workbook(answer, bytes_behind(console, "--format xlsx > answer.xlsx")),
}
"""The writers of answers, by name."""

RESULT_FORMATS: Mapping[str, Callable[[QueryResult, Console], None]] = {
    "table": result_table,
    "json": result_json,
    "csv": result_csv,
}
"""The writers of query results, by name."""


def show_answer(answer: Answer, form: str, console: Console, quotes: str = "short") -> None:
    """Print an answer in the format `form`, one of ANSWER_FORMATS; `quotes` is one of QUOTES, for tables.

    Raises QueryError, listing the formats, where there is no such one.
    """
    if form not in ANSWER_FORMATS:
        raise QueryError(unknown("answer format", form, ANSWER_FORMATS))
    ANSWER_FORMATS[form](answer, console, quotes)


def show_result(result: QueryResult, form: str, console: Console) -> None:
    """Print a query's result in the format `form`, one of RESULT_FORMATS.

    Raises QueryError, listing the formats, where there is no such one.
    """
    if form not in RESULT_FORMATS:
        raise QueryError(unknown("result format", form, RESULT_FORMATS))
    RESULT_FORMATS[form](result, console)


def compact(node: Node | None) -> str:
    """Return a node as a reader wants it: literals as their text, IRIs with a known prefix shortened.

    >>> compact(NamedNode("https://w3id.org/pactgraph/value/Either")), compact(Literal("P30D"))
    ('pgv:Either', 'P30D')
    """
    if isinstance(node, NamedNode):
        for prefix, iri in PREFIXES.items():
            if node.value.startswith(iri):
                return f"{prefix}:{node.value[len(iri) :]}"
    return _value(node)


def _value(node: Node | None) -> str:
    if node is None:
        return ""
    return node.value if isinstance(node, NamedNode | Literal | BlankNode) else str(node)


def _triples(triples: QueryTriples, form: RdfFormat = RdfFormat.TURTLE) -> str:
    data = serialize(triples, format=form, prefixes=dict(PREFIXES))
    return (data or b"").decode("utf-8")
