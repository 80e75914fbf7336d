"""A SPARQL store of any make, reached over HTTP: queries, updates and whole graphs, with clear errors.

Passwords and tokens go into headers only; no message, no URL and no representation of an object shows them.
"""

from __future__ import annotations

import base64
import http.client
import ipaddress
import json
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import NoReturn
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit

import pyoxigraph
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions

from pactgraph.errors import EndpointError

USER, PASSWORD, TOKEN = "PACTGRAPH_ENDPOINT_USER", "PACTGRAPH_ENDPOINT_PASSWORD", "PACTGRAPH_ENDPOINT_TOKEN"
"""The environment variables that hold credentials for another's store."""

_ROWS = "application/sparql-results+json"
_LARGEST = 256 << 20
"""No answer of more bytes is read."""

_REASON = 200
_NO_CREDENTIALS = f"asks for credentials (401); set {USER} and {PASSWORD}, or {TOKEN}, in the environment."
_REFUSALS = {
    403: "does not allow this (403); the credentials in the environment may not write, or not here.",
    404: "there is nothing (404); give the address of the store's SPARQL endpoint, and --product.",
    405: "does not take this kind of request (405); give the address that takes it, or --product.",
    413: "finds the request too large (413); send by updates (--by updates).",
    415: "does not take this format (415); is it a Graph Store or a SPARQL endpoint? See --product.",
}


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks: a user and a password (HTTP Basic or Digest, as the server wants), or a bearer token."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Credentials:
        """Return the credentials that an environment holds; empty ones where it has none.

        >>> Credentials.of({"PACTGRAPH_ENDPOINT_USER": "ada", "PACTGRAPH_ENDPOINT_PASSWORD": "secret"})
        Credentials(user='ada')
        """
        return cls(environment.get(USER, ""), environment.get(PASSWORD, ""), environment.get(TOKEN, ""))


class Remote:
    """What sends requests to one server, and knows how it wants to be shown credentials."""

    def __init__(self, credentials: Credentials, *, seconds: float = 60.0, insecure: bool = False) -> None:
        """Take credentials, the time that one request may take, and whether http beyond this machine is fine."""
        self._credentials = credentials
        self._seconds = seconds
        self._insecure = insecure
        self._challenge = ""
        self._digest = urllib.request.AbstractDigestAuthHandler(_Everywhere(credentials))

    def select(self, url: str, text: str, graphs: Iterable[str] = (), named: Iterable[str] = ()) -> QuerySolutions:
        """Return all rows of a SELECT query, asked of the default graph, or of the union of `graphs`.

        Raises EndpointError where the server refuses, answers something else, or cuts the rows short.
        """
        found = self._answer(url, text, graphs, named)
        if not isinstance(found, QuerySolutions):
            raise EndpointError(f"{bare(url)}: answers a SELECT query with no rows; is this a SPARQL endpoint?")
        return found

    def holds(self, url: str, text: str) -> bool:
        """Return the answer to an ASK query. Raises EndpointError as `select` does."""
        found = self._answer(url, text, (), ())
        if not isinstance(found, QueryBoolean):
            raise EndpointError(f"{bare(url)}: answers an ASK query with rows; is this a SPARQL endpoint?")
        return bool(found)

    def update(self, url: str, text: str) -> None:
        """Run a SPARQL update. Raises EndpointError where the server refuses it."""
        self.send("POST", url, text.encode("utf-8"), "application/sparql-update")

    def send(self, method: str, url: str, body: bytes | None = None, media: str = "", accept: str = "*/*") -> _Got:
        """Send a request, with credentials where the server asks for them, and return the answer of status 2xx.

        Raises EndpointError for every other status, and where there is no answer.
        """
        check(url, insecure=self._insecure)
        headers = {"Accept": accept, "User-Agent": "pactgraph"} | ({"Content-Type": media} if media else {})
        for last in (False, True):
            request = urllib.request.Request(url, body, headers, method=method)
            if authorization := self._authorization(request):
                request.add_unredirected_header("Authorization", authorization)
            try:
                return _sent(request, self._seconds)
            except HTTPError as error:
                with error:
                    if last or not self._learnt(error):
                        _refuse(url, error, given=bool(self._credentials.user or self._credentials.token))
        raise AssertionError("a second refusal raises")

    def _authorization(self, request: urllib.request.Request) -> str:
        if self._credentials.token:
            return f"Bearer {self._credentials.token}"
        if self._challenge.lower().startswith("digest "):
            parts = urllib.request.parse_http_list(self._challenge.partition(" ")[2])
            return f"Digest {self._digest.get_authorization(request, urllib.request.parse_keqv_list(parts))}"
        if self._challenge:
            pair = f"{self._credentials.user}:{self._credentials.password}"
            return f"Basic {base64.b64encode(pair.encode('utf-8')).decode('ascii')}"
        return ""

    def _learnt(self, error: HTTPError) -> bool:
        """Whether a refusal tells how to show the credentials at hand; remembers it."""
        if error.code != http.HTTPStatus.UNAUTHORIZED or not self._credentials.user:
            return False
        offers = error.headers.get_all("WWW-Authenticate") or []
        known = [offer for name in ("digest ", "basic") for offer in offers if offer.lower().startswith(name)]
        self._challenge = known[0] if known else ""
        return bool(known)

    def _answer(
        self, url: str, text: str, graphs: Iterable[str], named: Iterable[str]
    ) -> QuerySolutions | QueryBoolean:
        pairs = [("query", text)]
        pairs += [("default-graph-uri", graph) for graph in graphs] + [("named-graph-uri", graph) for graph in named]
        got = self.send("POST", url, urlencode(pairs).encode("ascii"), "application/x-www-form-urlencoded", _ROWS)
        media = got.headers.get_content_type()
        if media not in (_ROWS, "application/json"):
            raise EndpointError(
                f"{bare(url)}: answers with {media}, not with SPARQL results; is this its SPARQL endpoint?"
            )
        try:
            rows = _count(got.body)
        except (ValueError, SyntaxError, RecursionError) as error:
            raise EndpointError(
                f"{bare(url)}: the answer is cut short, or no SPARQL results; it may be a time limit."
            ) from error
        most = got.headers.get("X-SPARQL-MaxRows", "")
        if most.isdecimal() and rows >= int(most) > 0:
            raise EndpointError(f"{bare(url)}: gives {most} rows at most, and this answer has more; raise its limit.")
        return pyoxigraph.parse_query_results(got.body, format=QueryResultsFormat.JSON)


def _count(body: bytes) -> int:
    """Return how many rows an answer holds, having read all of it. Raises ValueError or SyntaxError where it cannot."""
    json.loads(body)
    parsed = pyoxigraph.parse_query_results(body, format=QueryResultsFormat.JSON)
    return sum(1 for _ in parsed) if isinstance(parsed, QuerySolutions) else 0


def check(url: str, *, insecure: bool = False) -> None:
    """Raise EndpointError where an address is none to send anything to: no http, a password in it, or no TLS."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise EndpointError(f"'{bare(url)}' is no address; write it like https://store.example/sparql.") from error
    if parts.scheme not in ("http", "https") or not host or not url.isascii() or not url.isprintable() or " " in url:
        raise EndpointError(f"'{bare(url)}' is no address; write it like https://store.example/sparql.")
    if parts.username is not None or parts.password is not None:
        raise EndpointError(f"{bare(url)}: the address holds credentials; set {USER} and {PASSWORD} instead.")
    if parts.scheme == "http" and not _is_loopback(host) and not insecure:
        raise EndpointError(f"{bare(url)}: not encrypted, and not this machine; use https, or say --insecure.")


def bare(url: str) -> str:
    """Return an address without what may be secret in it: credentials, parameters, fragment.

    >>> bare("https://ada:secret@store.example/sparql?key=1")
    'https://store.example/sparql'
    """
    scheme, sign, rest = url.partition("://")
    place, slash, path = (rest if sign else scheme).partition("/")
    path = path.split("?")[0].split("#")[0]
    place = place.rpartition("@")[2].split("?")[0].split("#")[0]
    return f"{scheme}://{place}{slash}{path}" if sign else f"{place}{slash}{path}"


@dataclass(frozen=True, slots=True)
class _Got:
    status: int
    headers: Message
    body: bytes


class _Everywhere(urllib.request.HTTPPasswordMgr):
    """Gives the same user and password for every realm."""

    def __init__(self, credentials: Credentials) -> None:
        super().__init__()
        self._credentials = credentials

    def find_user_password(self, *_: str) -> tuple[str | None, str | None]:
        """Return the user and the password."""
        return self._credentials.user, self._credentials.password


class _Staying(urllib.request.HTTPRedirectHandler):
    """Follows nobody elsewhere: credentials and contracts go where they were sent, or nowhere."""

    def redirect_request(self, *arguments: object) -> NoReturn:
        """Refuse to go to another address."""
        asked, elsewhere = arguments[0], arguments[-1]
        here = asked.full_url if isinstance(asked, urllib.request.Request) else ""
        raise EndpointError(f"{bare(here)}: sends on to {bare(str(elsewhere))}; give that address, if it is right.")


def _sent(request: urllib.request.Request, seconds: float) -> _Got:
    """Return the answer to a request; raises HTTPError for a refusal, EndpointError where there is no answer."""
    place = bare(request.full_url)
    handlers: list[urllib.request.BaseHandler] = [_Staying()]
    if _is_loopback(urlsplit(request.full_url).hostname or ""):
        handlers.append(urllib.request.ProxyHandler({}))
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=seconds) as answer:
            body = answer.read(_LARGEST + 1)
            status, headers = answer.status, answer.headers
    except HTTPError:
        raise
    except URLError as error:
        reason = error.reason
        if isinstance(reason, TimeoutError):
            raise EndpointError(f"{place}: no answer within {seconds:g} s; try again, or raise --timeout.") from error
        told = getattr(reason, "strerror", None) or str(reason)
        raise EndpointError(f"{place}: cannot be reached: {_line(str(told))}; does the server run there?") from error
    except TimeoutError as error:
        raise EndpointError(f"{place}: no answer within {seconds:g} s; try again, or raise --timeout.") from error
    except (OSError, http.client.HTTPException) as error:
        raise EndpointError(f"{place}: the connection broke: {_line(str(error) or type(error).__name__)}.") from error
    if len(body) > _LARGEST:
        raise EndpointError(f"{place}: the answer is larger than {_LARGEST >> 20} MB; ask for less.")
    return _Got(status, headers, body)


def _refuse(url: str, error: HTTPError, *, given: bool) -> NoReturn:
    try:
        said = _line(error.read(4096).decode("utf-8", "replace"))
    except (OSError, http.client.HTTPException):
        said = ""
    plain = (error.headers.get_content_type() or "") == "text/plain" or not said.startswith("<")
    reason = f" It says: {said}" if said and plain else ""
    if error.code == http.HTTPStatus.UNAUTHORIZED:
        told = f"does not take the credentials of the environment (401); see {USER} and {TOKEN}."
        raise EndpointError(f"{bare(url)}: {told if given else _NO_CREDENTIALS}") from None
    told = _REFUSALS.get(error.code, f"refuses ({error.code}).")
    raise EndpointError(f"{bare(url)}: {told}{reason}") from None


def _line(text: str) -> str:
    """Return what a server says as one line of bounded length."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= _REASON else f"{line[:_REASON]} …"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
