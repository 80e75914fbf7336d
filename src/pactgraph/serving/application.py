"""HTTP to questions and back: paths, who may ask, what may be read from where. An ASGI application."""

from __future__ import annotations

import asyncio
import hmac
import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import unquote

from pactgraph.serving import describing
from pactgraph.serving.answering import Reply
from pactgraph.serving.pool import Pool
from pactgraph.serving.protocol import Asked, asked, parameters
from pactgraph.serving.refusing import RefusalError
from pactgraph.serving.settings import Settings

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = dict[bytes, bytes]

_BODY_SECONDS = 10.0
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[\w.-]+)?(?::\d{1,5})?", re.ASCII)
_METHODS = "GET, HEAD, OPTIONS"
_SPARQL_METHODS = "GET, HEAD, POST, OPTIONS"


class Application:
    """Answers HTTP requests from a pool of workers."""

    def __init__(self, settings: Settings, pool: Pool) -> None:
        self._settings = settings
        self._pool = pool
        self._token = f"Bearer {settings.token}".encode() if settings.token else b""

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it with the reason as plain text."""
        if scope["type"] != "http":
            return
        headers: Headers = dict(scope["headers"])
        more: dict[str, str] = {}
        try:
            self._admit(scope, headers)
            reply = await self._reply(scope, headers, receive)
        except RefusalError as refused:
            reply = Reply(refused.status, "text/plain", f"{refused.reason}\n".encode("utf-8", "replace"))
            more = refused.headers
        await self._send(scope["method"], reply, {**more, **self._shared(headers)}, send)

    def _admit(self, scope: MutableMapping[str, Any], headers: Headers) -> None:
        """Raise RefusalError for a request to another host's name or to none, or without the token."""
        host = headers.get(b"host", b"").decode("latin-1")
        if not _HOST.fullmatch(host):
            raise RefusalError(400, "the Host header is no name with a port.")
        if not self._settings.admits(host):
            raise RefusalError(
                421, f"this server is not '{host}'; start it with --allow-host to serve under that name."
            )
        open_to_all = scope["method"] == "OPTIONS" or scope["path"] == "/"
        if self._token and not open_to_all and not hmac.compare_digest(headers.get(b"authorization", b""), self._token):
            raise RefusalError(401, "a token is needed: Authorization: Bearer TOKEN.", {"WWW-Authenticate": "Bearer"})

    async def _reply(self, scope: MutableMapping[str, Any], headers: Headers, receive: Receive) -> Reply:
        path, method = scope["path"], scope["method"]
        if path == "/sparql":
            if method == "OPTIONS":
                raise RefusalError(204, "", {"Allow": _SPARQL_METHODS, **self._preflight(headers, _SPARQL_METHODS)})
            body = await self._body(receive) if method == "POST" else b""
            content_type = headers.get(b"content-type", b"").decode("latin-1")
            wanted = asked(method, scope["query_string"], content_type, body)
            return await self._query(wanted, scope, headers, receive)
        known = path in ("/", "/ask", "/openapi.json") or path.startswith("/ask/")
        if not known:
            raise RefusalError(404, "nothing here; there are /sparql, /ask, /ask/NAME, /openapi.json and /.")
        if method == "OPTIONS":
            raise RefusalError(204, "", {"Allow": _METHODS, **self._preflight(headers, _METHODS)})
        if method not in ("GET", "HEAD"):
            raise RefusalError(405, f"{method} is not allowed here; use GET.", {"Allow": _METHODS})
        if path.startswith("/ask/"):
            return await self._question(unquote(path[5:]), scope, headers, receive)
        if path == "/ask":
            return _json(describing.listing())
        return _json({"status": "ok"} if path == "/" else describing.openapi(_base(scope, headers)))

    async def _query(
        self, wanted: Asked | None, scope: MutableMapping[str, Any], headers: Headers, receive: Receive
    ) -> Reply:
        accept = headers.get(b"accept", b"").decode("latin-1")
        if wanted is None:
            return describing.service(f"{_base(scope, headers)}/sparql", accept)
        request = {"text": wanted.text, "graphs": wanted.graphs, "named": wanted.named, "accept": accept}
        return await self._pool.answer(request, lambda: _gone(receive))

    async def _question(self, name: str, scope: MutableMapping[str, Any], headers: Headers, receive: Receive) -> Reply:
        given = parameters(scope["query_string"])
        accept = headers.get(b"accept", b"").decode("latin-1")
        request = {"question": name, "given": given, "accept": accept}
        return await self._pool.answer(request, lambda: _gone(receive))

    async def _body(self, receive: Receive) -> bytes:
        """Return the body of a request. Raises RefusalError where it is too long, or too long in coming."""
        most = self._settings.limits.request_megabytes << 20
        parts: list[bytes] = []
        size, more = 0, True
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise RefusalError(499, "the caller hung up.")
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    if size > most:
                        raise RefusalError(413, f"the request is larger than {most >> 20} MB.", {"Connection": "close"})
                    more = message.get("more_body", False)
        except TimeoutError as error:
            raise RefusalError(408, "the request does not come to its end.", {"Connection": "close"}) from error
        return b"".join(parts)

    # --- what goes back ----------------------------------------------------------------------------

    def _shared(self, headers: Headers) -> dict[str, str]:
        """Return the headers that say which other web pages may read this answer."""
        origin = headers.get(b"origin", b"").decode("latin-1")
        origins = self._settings.origins
        if not origins:
            return {}
        if "*" in origins:
            return {"Access-Control-Allow-Origin": "*"}
        allowed = {"Access-Control-Allow-Origin": origin} if origin in origins else {}
        return {**allowed, "Vary": "Accept, Origin"}

    def _preflight(self, headers: Headers, methods: str) -> dict[str, str]:
        if "Access-Control-Allow-Origin" not in self._shared(headers):
            return {}
        allowed = "Authorization, Content-Type, Accept"
        return {
            "Access-Control-Allow-Methods": methods,
            "Access-Control-Allow-Headers": allowed,
            "Access-Control-Max-Age": "600",
        }

    @staticmethod
    async def _send(method: str, reply: Reply, more: dict[str, str], send: Send) -> None:
        charset = "; charset=utf-8" if reply.media.startswith("text/") else ""
        headers = [
            (b"content-type", f"{reply.media}{charset}".encode("latin-1")),
            (b"content-length", str(len(reply.body)).encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'"),
        ]
        if reply.status == 204:
            headers = []
        if "Vary" not in more:
            headers.append((b"vary", b"Accept"))
        headers += [(name.lower().encode(), value.encode("latin-1")) for name, value in more.items()]
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        body = b"" if method == "HEAD" or reply.status == 204 else reply.body
        await send({"type": "http.response.body", "body": body})


async def _gone(receive: Receive) -> None:
    """Wait until the caller has hung up."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _base(scope: MutableMapping[str, Any], headers: Headers) -> str:
    return f"{scope['scheme']}://{headers.get(b'host', b'localhost').decode('latin-1')}"


def _json(value: object) -> Reply:
    return Reply(200, "application/json", (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())
