"""What a server is told: where it listens, who may ask, and what one query may cost."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field, fields
from pathlib import Path

from pactgraph.errors import ServingError

TOKEN_VARIABLE = "PACTGRAPH_TOKEN"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may cost, and how many run: wall time, memory of its process, rows and bytes of its answer.

    A query that runs for `patience` seconds is slow: it goes on at the lowest priority, `slow` of them at a
    time, while `quick` processes stand by for others. `waiting` requests may wait for a process.
    """

    seconds: float = 10.0
    megabytes: int = 2048
    rows: int = 100_000
    answer_megabytes: int = 64
    request_megabytes: int = 1
    quick: int = max(2, os.cpu_count() or 1) + 2
    slow: int = 8
    patience: float = 0.1
    waiting: int = 256

    def __post_init__(self) -> None:
        for each in fields(self):
            if getattr(self, each.name) <= 0:
                raise ServingError(f"the limit of {each.name} must be positive, not {getattr(self, each.name)}.")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a server listens and what it serves to whom.

    `token` is what a caller must bear, '' for none; `hosts` are names under which it may be reached beside
    those of the machine itself; `origins` are web pages that may read its answers, '*' for all.
    """

    folder: Path
    host: str = "127.0.0.1"
    port: int = 8377
    token: str = field(default="", repr=False)
    hosts: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()
    insecure: bool = False
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if not is_loopback(self.host) and not self.token and not self.insecure:
            raise ServingError(
                f"{self.host} can be reached from other machines, and nobody would be asked for a token; "
                f"set {TOKEN_VARIABLE}, or say --insecure."
            )
        if self.token and not (self.token.isascii() and self.token.isprintable() and " " not in self.token):
            raise ServingError(f"{TOKEN_VARIABLE} must be printable ASCII without blanks, as a header can carry it.")

    def admits(self, host: str) -> bool:
        """Whether a request may name this server `host` (with or without a port).

        A page of a stranger whose name was made to point at this machine still sends the stranger's name;
        a bare address cannot be made to point elsewhere.

        >>> settings = Settings(Path("graph"), hosts=frozenset({"terms.example"}))
        >>> [settings.admits(name) for name in ("localhost:8377", "[::1]:80", "terms.example", "stranger.example")]
        [True, True, True, False]
        """
        name = _without_port(host).lower().rstrip(".")
        if name in ("localhost", self.host.lower(), *self.hosts):
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or not is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens on `host`.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0] if host.count(":") == 1 else host
