"""What a worker does with one request: run it over the graph and write the whole answer, within limits."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, cast

import pyoxigraph
from pyoxigraph import NamedNode, QueryResultsFormat, QueryTriples, RdfFormat, Triple
from rich.console import Console

from pactgraph.errors import MissingExtraError, PactgraphError, QueryError
from pactgraph.graph import Graph
from pactgraph.querying import ANSWER_FORMATS, Given, QueryResult, Question, question, questions, show_answer
from pactgraph.serving.negotiating import chosen
from pactgraph.serving.protocol import Asked
from pactgraph.serving.refusing import RefusalError, not_acceptable
from pactgraph.serving.settings import Limits
from pactgraph.vocabulary import PREFIXES

RESULTS: Mapping[str, QueryResultsFormat] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
"""How rows and yes-or-no answers are written, by media type."""

TRIPLES: Mapping[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/trig": RdfFormat.TRIG,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "text/plain": RdfFormat.N_TRIPLES,
    "application/json": RdfFormat.JSON_LD,
}
"""How triples are written, by media type."""

_ANSWER_MEDIA = {
    "json": "application/json",
    "csv": "text/csv",
    "html": "text/html",
    "markdown": "text/markdown",
    "jsonl": "application/jsonl",
    "table": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ANSWERS: Mapping[str, str] = {media: form for form, media in _ANSWER_MEDIA.items() if form in ANSWER_FORMATS}
"""How answers to named questions are written: the name of the format by media type."""

_SHORTEST_ROW = 2
"""No row takes fewer bytes in any format, so that most answers need no counting."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer as HTTP sends it."""

    status: int
    media: str
    body: bytes


class _Bounded(io.BytesIO):
    """Takes an answer up to a size; raises RefusalError beyond."""

    def __init__(self, megabytes: int) -> None:
        super().__init__()
        self._megabytes = megabytes

    def write(self, data: object) -> int:
        """Take more of the answer."""
        if self.tell() + len(cast(bytes, data)) > self._megabytes << 20:
            raise RefusalError(
                422, f"the answer is larger than {self._megabytes} MB; ask for less, with LIMIT or a filter."
            )
        return super().write(cast(bytes, data))


def answer_query(graph: Graph, wanted: Asked, accept: str, limits: Limits) -> Reply:
    """Return the answer to a SPARQL query in the format that `accept` likes best.

    Raises RefusalError where the query does not read this graph alone, or its answer is too large.
    """
    try:
        graphs = None if wanted.graphs is None else [NamedNode(iri) for iri in wanted.graphs]
        named = None if wanted.named is None else [NamedNode(iri) for iri in wanted.named]
    except ValueError as error:
        raise RefusalError(400, f"the dataset: {_one_line(error)}.") from error
    try:
        return _written(graph.query(wanted.text, graphs=graphs, named=named), accept, limits)
    except QueryError as error:
        raise RefusalError(400, str(error)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise RefusalError(400, f"query: cannot be answered: {_one_line(error)}") from error


def _written(result: QueryResult, accept: str, limits: Limits) -> Reply:
    offers = tuple(TRIPLES if isinstance(result, QueryTriples) else RESULTS)
    media = chosen(accept, offers)
    if media is None:
        raise not_acceptable(offers)
    out = _Bounded(limits.answer_megabytes)
    if isinstance(result, QueryTriples):
        triples = _counted(result, limits.rows)
        pyoxigraph.serialize(triples, cast("IO[bytes]", out), format=TRIPLES[media], prefixes=dict(PREFIXES))
    else:
        result.serialize(cast("IO[bytes]", out), format=RESULTS[media])
        if out.tell() > limits.rows * _SHORTEST_ROW and _rows(out.getvalue(), media) > limits.rows:
            raise _too_many(limits.rows)
    return Reply(200, media, out.getvalue())


def _counted(triples: Iterable[Triple], most: int) -> Iterator[Triple]:
    for number, triple in enumerate(triples):
        if number >= most:
            raise _too_many(most)
        yield triple


def _rows(written: bytes, media: str) -> int:
    """Return how many rows an answer holds, counted as its readers would."""
    if media == "text/csv":
        csv.field_size_limit(len(written) + 1)
        return sum(1 for _ in csv.reader(io.StringIO(written.decode("utf-8"), newline=""))) - 1
    parsed = pyoxigraph.parse_query_results(written, format=RESULTS[media])
    return 1 if isinstance(parsed, pyoxigraph.QueryBoolean) else sum(1 for _ in parsed)


def _too_many(most: int) -> RefusalError:
    return RefusalError(422, f"the answer has more than {most} rows; ask for less, with LIMIT, OFFSET or a filter.")


def answer_question(graph: Graph, name: str, given: Iterable[tuple[str, str]], accept: str, limits: Limits) -> Reply:
    """Return the answer to a named question, told the parameters `given`, in the format that is asked for.

    The parameter `format` outdoes `accept`. Raises RefusalError where there is no such question, parameter or format.
    """
    if name not in questions():
        raise RefusalError(404, f"there is no question '{name}'; GET /ask lists them.")
    plain: dict[str, str] = {}
    agreements: list[str] = []
    for key, value in given:
        if key == "agreement":
            agreements.append(value)
        elif key in plain:
            raise RefusalError(400, f"the parameter '{key}' is given twice.")
        else:
            plain[key] = value
    form = _form(plain.pop("format", ""), accept)
    try:
        answer = graph.ask(name, agreements=agreements, **_values(question(name), plain))
    except QueryError as error:
        raise RefusalError(400, str(error)) from error
    except PactgraphError as error:
        raise RefusalError(500, str(error)) from error
    if len(answer.rows) > limits.rows:
        raise _too_many(limits.rows)
    held = io.BytesIO()
    out = io.TextIOWrapper(held, "utf-8", "replace", newline="", write_through=True)
    try:
        show_answer(answer, form, Console(file=out, width=120), "full" if form == "html" else "short")
    except MissingExtraError as error:
        raise RefusalError(406, f"this server cannot write that format: {error}") from error
    return Reply(200, _ANSWER_MEDIA[form], held.getvalue())


def _form(name: str, accept: str) -> str:
    if name:
        if name not in ANSWERS.values():
            raise RefusalError(400, f"there is no format '{name}'; one of: {', '.join(ANSWERS.values())}.")
        return name
    media = chosen(accept, tuple(ANSWERS))
    if media is None:
        raise not_acceptable(tuple(ANSWERS))
    return ANSWERS[media]


def _values(asked: Question, given: Mapping[str, str]) -> dict[str, Given]:
    """Return the values of parameters; days by agreement are written out, never read from a file of the server."""
    kinds = {parameter.name: parameter.kind for parameter in asked.parameters}
    return {name: _days(name, value) if kinds.get(name) == "dates" else value for name, value in given.items()}


def _days(name: str, value: str) -> Mapping[str, str]:
    pairs = [part.strip().rpartition(":") for part in value.split(",")]
    if not all(slug and day for slug, _, day in pairs):
        raise RefusalError(
            400, f"the parameter '{name}' is no list of days; write it like harbour:2031-05-31,lantern:2031-06-30."
        )
    return {slug: day for slug, _, day in pairs}


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
