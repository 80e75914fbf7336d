"""What is comparable between agreements, and which way is better for the customer, as ontology/measures.ttl says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from pactgraph.durations import day_bounds
from pactgraph.errors import OntologyError, ValueParseError
from pactgraph.resources import folder
from pactgraph.vocabulary import PG, schema

UNSTATED = "unstated"
_DIRECTIONS = ("more", "less")
_TIMES_A_YEAR = {"P1D": 365, "P7D": 52, "P1W": 52, "P1M": 12, "P3M": 4, "P6M": 2, "P12M": 1, "P1Y": 1}

Bounds = tuple[Decimal, Decimal]
"""The least and the greatest number that a value can stand for: a month is 28 to 31 days."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A comparison of one field of a kind of term, for terms of some parties ('' for those that name none)."""

    name: str
    kind: str
    field: str
    more_is_better: bool
    parties: frozenset[str]


@cache
def measures() -> tuple[Measure, ...]:
    """Return all measures, by name.

    Raises OntologyError where one names no kind, field or direction that there is.
    """
    path = folder("ontology") / "measures.ttl"
    said: dict[NamedNode, dict[str, list[str]]] = {}
    for quad in parse(path=str(path), format=RdfFormat.TURTLE):
        name = PG.local(quad.predicate)
        if name and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            text = PG.local(quad.object) or quad.object.value
            said.setdefault(quad.subject, {}).setdefault(name, []).append(text)
    return tuple(_measure(f"{path}: {node.value}", node, facts) for node, facts in said.items())


def _measure(place: str, node: NamedNode, facts: Mapping[str, list[str]]) -> Measure:
    try:
        (kind,), (field,), (better,) = facts["measures"], facts["measuredField"], facts["betterForCustomer"]
        parties = frozenset("" if party == UNSTATED else party for party in facts["measuredParty"])
    except (KeyError, ValueError) as error:
        raise OntologyError(f"{place}: a measure has one kind, field and direction, and parties") from error
    if better not in _DIRECTIONS:
        raise OntologyError(f"{place}: '{better}' is no direction; write more or less")
    schema().kind(kind).field(field)
    return Measure(node.value.rpartition("/")[2], kind, field, better == "more", parties)


def comparable(
    kind: str, value: object, *, business: bool = False, per: str = "", above_base: bool = False
) -> Bounds | None:
    """Return the bounds of a field's value by which it compares with others of its measure, None where it does not.

    Lengths of time are bounded in days. Interest is that of a year, and none above a base rate, which changes.

    >>> [str(bound) for bound in comparable("PaymentDue", "P1M") or ()]
    ['28', '31']
    """
    if isinstance(value, Decimal):
        if kind != "LatePaymentInterest":
            return value, value
        times = _TIMES_A_YEAR.get(per)
        return None if times is None or above_base else (value * times, value * times)
    try:
        return day_bounds(str(value), business=business)
    except ValueParseError:
        return None


def ranked(bounds: Iterable[Bounds], *, more_is_better: bool) -> list[str]:
    """Return 'best', 'worst' or '' for each of the values of a measure.

    A value is better than another where the bounds leave no doubt. Best is what nothing beats and what beats something;
    where all may be equal, nothing is best.

    >>> one, two, month = (Decimal(30),) * 2, (Decimal(60),) * 2, (Decimal(28), Decimal(31))
    >>> ranked([one, two, month], more_is_better=True)
    ['worst', 'best', 'worst']
    """
    held = list(bounds)
    marks = []
    for least, greatest in held:
        beats = any((least > other[1]) if more_is_better else (greatest < other[0]) for other in held)
        beaten = any((greatest < other[0]) if more_is_better else (least > other[1]) for other in held)
        marks.append("" if beats == beaten else "best" if beats else "worst")
    return marks
