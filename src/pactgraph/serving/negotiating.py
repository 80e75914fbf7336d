"""Choose what to answer with from what the caller accepts (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_QUALITY = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)


@lru_cache(maxsize=512)
def chosen(accept: str, offers: tuple[str, ...]) -> str | None:
    """Return the offer that `accept` likes best, the first of equals; None where it accepts none of them.

    >>> chosen("text/html, application/json;q=0.5, */*;q=0.1", ("text/csv", "application/json"))
    'application/json'
    >>> chosen("", ("text/csv",)), chosen("image/png", ("text/csv",)), chosen("*/*, text/csv;q=0", ("text/csv",))
    ('text/csv', None, None)
    """
    ranges = _ranges(accept)
    if not ranges:
        return offers[0]
    best = max(offers, key=lambda offer: _quality(offer, ranges))
    return best if _quality(best, ranges) > 0 else None


def _ranges(accept: str) -> list[tuple[str, float]]:
    """Return media ranges with their qualities; those whose quality cannot be read count as not there."""
    found = []
    for part in filter(None, (part.strip() for part in accept.split(","))):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            if parameter.lower().startswith("q="):
                stated = _QUALITY.fullmatch(parameter)
                quality = float(stated[1]) if stated else 0.0
        found.append((name.lower(), quality))
    return found


def _quality(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Return the quality of the range that fits `offer` most closely."""
    for wanted in (offer, f"{offer.partition('/')[0]}/*", "*/*"):
        if fitting := [quality for name, quality in ranges if name == wanted]:
            return max(fitting)
    return 0.0
