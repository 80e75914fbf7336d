"""How values and names of the ontology are said to people; records and data formats keep their exact forms."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from pactgraph.vocabulary import schema

_LENGTH = re.compile(r"P(?=[\dT])(?:\d+[YMWD])*(?:T(?:\d+(?:\.\d+)?[HMS])+)?")
_PARTS = re.compile(r"(\d+(?:\.\d+)?)([YMWDHS])")
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour", "S": "second"}


def length_words(duration: str, *, business: bool = False) -> str:
    """Return an ISO 8601 duration in words.

    >>> length_words("P12M"), length_words("PT72H"), length_words("P10D", business=True), length_words("PT0S")
    ('12 months', '72 hours', '10 business days', 'immediately')
    """
    date, _, time = duration.partition("T")
    named = [(n, _UNITS[u]) for n, u in _PARTS.findall(date)]
    named += [(n, "minute" if u == "M" else _UNITS[u]) for n, u in _PARTS.findall(time)]
    if not any(Decimal(n) for n, _ in named):
        return "immediately" if named else duration
    parts = ((n, f"business {unit}" if business and unit == "day" else unit) for n, unit in named if Decimal(n))
    return " and ".join(f"{n} {unit}{'' if n == '1' else 's'}" for n, unit in parts)


def spaced(name: str) -> str:
    """Return a name in words.

    >>> spaced("maxPercent"), spaced("LiabilityCap")
    ('max percent', 'liability cap')
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()


def spoken(text: str) -> str:
    """Return the text of a cell as it is said: durations and values of the ontology in words, all else as it is.

    >>> spoken("PT72H"), spoken("materialBreach"), spoken("Provider"), spoken("iPhone"), spoken("Part 2")
    ('72 hours', 'material breach', 'Provider', 'iPhone', 'Part 2')
    """
    if _LENGTH.fullmatch(text):
        return length_words(text)
    return spaced(text) if text in _values() and not text[:1].isupper() else text


@cache
def _values() -> frozenset[str]:
    return frozenset().union(*schema().value_classes.values())
