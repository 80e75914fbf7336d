"""A request that is not answered: the status that HTTP has for it, and the reason in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class RefusalError(Exception):
    """A request is refused with a status and one line that says why."""

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.headers = dict(headers or {})


def not_acceptable(offers: Sequence[str]) -> RefusalError:
    """Return the refusal of a request that accepts none of what is offered."""
    return RefusalError(406, f"none of the accepted media types can be given; accept one of: {', '.join(offers)}.")
