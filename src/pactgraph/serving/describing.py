"""Describe the service to programs: SPARQL 1.1 Service Description (W3C Recommendation), and OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

import pactgraph
from pactgraph.querying import Question, questions
from pactgraph.serving.answering import ANSWERS, RESULTS, TRIPLES, Reply
from pactgraph.serving.negotiating import chosen
from pactgraph.serving.refusing import not_acceptable
from pactgraph.vocabulary import TYPE

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_WRITTEN = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "N-Quads", "TriG", "RDF_XML",
)  # fmt: skip
_TEXT = {"type": "string"}


def service(endpoint: str, accept: str) -> Reply:
    """Return the description of the SPARQL service at the URL `endpoint`, in a format that `accept` likes.

    Raises RefusalError where it likes none.
    """
    media = chosen(accept, tuple(TRIPLES)) or ("text/turtle" if "text/html" in accept else None)
    if media is None:
        raise not_acceptable(tuple(TRIPLES))
    this, dataset, default = BlankNode("service"), BlankNode("dataset"), BlankNode("default")
    said: list[tuple[BlankNode, str, NamedNode | BlankNode | Literal]] = [
        (this, "endpoint", NamedNode(endpoint)),
        (this, "supportedLanguage", NamedNode(f"{_SD}SPARQL11Query")),
        *((this, "resultFormat", NamedNode(f"{_FORMATS}{name}")) for name in _WRITTEN),
        (this, "defaultDataset", dataset),
        (dataset, "defaultGraph", default),
    ]
    triples = [Triple(subject, NamedNode(f"{_SD}{name}"), value) for subject, name, value in said]
    kinds = ((this, "Service"), (dataset, "Dataset"), (default, "Graph"))
    triples += [Triple(node, TYPE, NamedNode(f"{_SD}{name}")) for node, name in kinds]
    body = pyoxigraph.serialize(triples, format=TRIPLES[media], prefixes={"sd": _SD})
    return Reply(200, media, body or b"")


def openapi(server: str) -> Mapping[str, object]:
    """Return the OpenAPI description of all paths, for the server at the URL `server`."""
    paths: dict[str, object] = {
        "/": {"get": _operation("Whether the server is up.", (), ["application/json"])},
        "/sparql": {"get": _sparql(_parameter("query", "A SPARQL 1.1 query; none for the service description."))},
        "/ask": {
            "get": _operation("The questions, what they ask and what they may be told.", (), ["application/json"])
        },
    }
    posted = _sparql()
    form = {"type": "object", "properties": {"query": _TEXT}, "required": ["query"]}
    posted["requestBody"] = {
        "required": True,
        "content": {
            "application/sparql-query": {"schema": _TEXT},
            "application/x-www-form-urlencoded": {"schema": form},
        },
    }
    paths["/sparql"] = {**_as_map(paths["/sparql"]), "post": posted}
    paths.update((f"/ask/{name}", {"get": _named(question)}) for name, question in questions().items())
    bearer = {"type": "http", "scheme": "bearer", "description": "Needed where the server was started with a token."}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "pactgraph",
            "version": pactgraph.__version__,
            "description": "Terms of agreements; read only.",
        },
        "servers": [{"url": server}],
        "components": {"securitySchemes": {"token": bearer}},
        "security": [{}, {"token": []}],
        "paths": paths,
    }


def listing() -> list[dict[str, object]]:
    """Return the named questions as JSON values."""
    return [
        {
            "name": name,
            "asks": question.asks,
            "columns": list(question.columns),
            "parameters": [
                {"name": one.name, "kind": one.kind, "default": one.default, "meaning": one.meaning}
                for one in question.parameters
            ],
        }
        for name, question in questions().items()
    ]


def _sparql(*more: Mapping[str, object]) -> dict[str, object]:
    graphs = _parameter("default-graph-uri", "A graph to query; several are merged.", many=True)
    named = _parameter("named-graph-uri", "A graph that GRAPH reaches.", many=True)
    return _operation("SPARQL 1.1 Protocol, queries only.", (*more, graphs, named), [*RESULTS, *TRIPLES])


def _named(question: Question) -> dict[str, object]:
    forms = {**_parameter("format", "How to write the answer."), "schema": {"enum": list(ANSWERS.values())}}
    told = [_parameter(one.name, one.meaning) for one in question.parameters]
    some = _parameter("agreement", "An agreement to ask; all where none is named.", many=True)
    return _operation(question.asks, (forms, some, *told), list(ANSWERS))


def _parameter(name: str, meaning: str, *, many: bool = False) -> dict[str, object]:
    schema: dict[str, object] = {"type": "array", "items": _TEXT} if many else dict(_TEXT)
    return {"name": name, "in": "query", "description": meaning, "schema": schema}


def _operation(summary: str, parameters: tuple[Mapping[str, object], ...], media: list[str]) -> dict[str, object]:
    refusals = {
        "400": "Malformed.", "401": "No token.", "403": "It would write.", "406": "No such format.",
        "422": "The answer is too large.", "503": "Too busy, or out of memory.", "504": "Too slow.",
    }  # fmt: skip
    answers: dict[str, object] = {
        "200": {"description": "The whole answer.", "content": {name: {} for name in dict.fromkeys(media)}}
    }
    answers.update((status, {"description": why, "content": {"text/plain": {}}}) for status, why in refusals.items())
    return {"summary": summary, "parameters": [dict(one) for one in parameters], "responses": answers}


def _as_map(value: object) -> dict[str, object]:
    assert isinstance(value, dict)
    return value
