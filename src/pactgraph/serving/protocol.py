"""The query operation of the SPARQL 1.1 Protocol (W3C Recommendation, section 2.1): requests in, questions out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from pactgraph.serving.refusing import RefusalError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
METHODS = "GET, HEAD, POST, OPTIONS"
_MOST_PARAMETERS = 200
_READ_ONLY = "this endpoint only reads; updates are refused. Build the graph to change it."


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the dataset that the request chose for it; both None where it chose none."""

    text: str
    graphs: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


def asked(method: str, query_string: bytes, content_type: str, body: bytes) -> Asked | None:
    """Return what a request asks, None where it asks for the description of the service.

    Raises RefusalError, with the status of the recommendation, for all other requests.
    """
    given = parameters(query_string)
    if method in ("GET", "HEAD"):
        return _from_parameters(given) if given else None
    if method != "POST":
        raise RefusalError(405, f"{method} is not allowed here; use GET or POST.", {"Allow": METHODS})
    media, charset = _media(content_type)
    if media == UPDATE:
        raise RefusalError(403, _READ_ONLY)
    if media not in (FORM, QUERY):
        raise RefusalError(415, f"the body is '{media or 'nothing said'}'; send {QUERY} or {FORM}.")
    if charset not in ("", "utf-8", "utf8"):
        raise RefusalError(415, f"the body is in {charset}; send it in UTF-8.")
    if media == FORM:
        return _from_parameters(parameters(body))
    if any(name in ("query", "update") for name, _ in given):
        raise RefusalError(400, "the query stands in the body and in the URL; send it once.")
    return _chosen(_decoded(body), given)


def parameters(encoded: bytes) -> list[tuple[str, str]]:
    """Return the parameters of a URL or a form, decoded. Raises RefusalError where they cannot be."""
    if not encoded:
        return []
    try:
        text = encoded.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except ValueError as error:
        raise RefusalError(400, "the parameters are not percent-encoded UTF-8, or too many.") from error


def _from_parameters(given: Iterable[tuple[str, str]]) -> Asked:
    pairs = list(given)
    texts = [value for name, value in pairs if name == "query"]
    if any(name == "update" for name, _ in pairs):
        raise RefusalError(403, _READ_ONLY)
    if len(texts) != 1:
        raise RefusalError(400, f"there are {len(texts)} parameters 'query'; give one.")
    return _chosen(texts[0], pairs)


def _chosen(text: str, given: Iterable[tuple[str, str]]) -> Asked:
    """Return the query with its dataset: who names a part of one names all of it."""
    pairs = list(given)
    graphs = tuple(value for name, value in pairs if name == "default-graph-uri")
    named = tuple(value for name, value in pairs if name == "named-graph-uri")
    return Asked(text, graphs, named) if graphs or named else Asked(text)


def _media(content_type: str) -> tuple[str, str]:
    media, *rest = (part.strip() for part in content_type.split(";"))
    charsets = [part.partition("=")[2].strip('" ').lower() for part in rest if part.lower().startswith("charset=")]
    return media.lower(), charsets[0] if charsets else ""


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusalError(400, "the body is not UTF-8.") from error
