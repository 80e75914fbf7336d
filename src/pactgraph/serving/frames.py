"""Messages between the server and its workers: a JSON object and bytes, each with its length before it."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import IO, Any

HEAD = struct.Struct(">II")


def packed(fields: Mapping[str, object], body: bytes = b"") -> bytes:
    """Return a message as bytes.

    >>> unpacked(packed({"status": 200}, b"yes"))
    ({'status': 200}, b'yes')
    """
    told = json.dumps(fields).encode("ascii")
    return b"".join((HEAD.pack(len(told), len(body)), told, body))


def unpacked(message: bytes | bytearray) -> tuple[dict[str, Any], bytes]:
    """Return what a whole message says."""
    told, _ = HEAD.unpack_from(message)
    return json.loads(bytes(message[HEAD.size : HEAD.size + told])), bytes(message[HEAD.size + told :])


def length(message: bytes | bytearray) -> int:
    """Return how long the message is that begins so; 0 where that cannot be told yet."""
    return HEAD.size + sum(HEAD.unpack_from(message)) if len(message) >= HEAD.size else 0


def received(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Return the next message of a stream, None at its end."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    wanted = sum(HEAD.unpack(head))
    rest = stream.read(wanted)
    return unpacked(head + rest) if len(rest) == wanted else None
