"""The smallest change to an agreement that would pass a point of a playbook, in a sentence for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pactgraph.validating.playbook import ABSENT, ACCEPTABLE, IDEAL, Point, Position
from pactgraph.validating.playbook_demands import (
    AT_LEAST,
    EXACTLY,
    LESS,
    MORE,
    NONE_OF,
    NOT_STATED,
    ONE_OF,
    STATED,
    Demand,
    Value,
    holds,
)
from pactgraph.validating.verdicts_facts import Term
from pactgraph.wording import length_words, spaced


def change(point: Point, term: Term) -> str:
    """Return the smallest change by which a term would be acceptable, or ideal where nothing else passes.

    Of several ways to pass, the one with the fewest demands that are not met; of equal ones the one that adds least,
    then the first acceptable.
    """
    ways = [way for position in _passing(point) for way in position.ways]
    if not ways:
        return _without_ways(point, term)
    unmet = min(([asked for asked in way if holds(asked, term.values) is not True] for way in ways), key=_size(term))
    if not unmet:  # it passes, but is a walk-away for another reason
        return _without_ways(point, term)
    return _sentence(" and ".join(_step(point, asked, term.values) for asked in unmet))


def _size(term: Term) -> Callable[[Sequence[Demand]], tuple[int, int]]:
    return lambda unmet: (len(unmet), sum(asked.field.name not in term.values for asked in unmet))


def addition(point: Point, *, unknown: bool = False) -> str:
    """Return what to add to an agreement that has no term for the point, or where to look first if that is unknown.

    '' where no such term is wanted and there is nothing to look up.
    """
    look = "Look it up where the agreement leaves it. " if unknown else ""
    passing = _passing(point)
    if not passing or all(position.presence == ABSENT for position in passing):
        return look.strip()
    if point.clause:
        return f"{look}{'Failing that, add' if look else 'Add'} a clause: '{point.clause}'"
    demanded = next((p.words for p in passing if p.ways), "")
    add = f"add a clause on {_named(point)}{f', with {demanded}' if demanded else ''}"
    return look + _sentence(f"failing that, {add}" if look else add)


def wanted(point: Point) -> str:
    """Return in words what would pass: 'lookback at least 12 months; acceptable: lookback at least 6 months'."""
    positions = point.positions
    ideal = [positions[IDEAL].words] if IDEAL in positions else []
    others = [f"{name}: {position.words}" for name, position in positions.items() if name != IDEAL]
    return "; ".join([*ideal, *others])


def _passing(point: Point) -> list[Position]:
    """Return the positions that pass, the least demanding first."""
    return [point.positions[name] for name in (ACCEPTABLE, IDEAL) if name in point.positions]


def _without_ways(point: Point, term: Term) -> str:
    """Return the change where no demand says how to pass: strike the clause, or what the shape says."""
    passing = _passing(point)
    if all(position.presence == ABSENT for position in passing):
        clause = next((f" (clause {e.clause})" for e in term.evidence if e.clause), "")
        return _sentence(f"strike {_named(point)}{clause}")
    return f"Change it so that it is {passing[0].name}: {passing[0].words}."


def _named(point: Point) -> str:
    """Return what the point is about: 'the cap', or the kind with what it is narrowed to."""
    narrowed = [a.words for a in point.where if a.relation == ONE_OF and a.field.kind != "party"]
    only = f" ({', '.join(narrowed)})" if narrowed else ""
    return point.what or f"the {point.kind.label}{only}"


def _sentence(words: str) -> str:
    ended = words if words.endswith((".", "'")) else f"{words}."
    return ended[:1].upper() + ended[1:]


def _step(point: Point, asked: Demand, stated: Mapping[str, tuple[Value, ...]]) -> str:
    """Return how one demand would be met: 'raise the cap from 3 to 6 months of fees'."""
    what = _measured(point, asked)
    found = stated.get(asked.field.name, ())
    if asked.relation == NOT_STATED:
        return f"strike {what}"
    if asked.relation == STATED:
        return f"state {what}"
    if asked.relation in (ONE_OF, NONE_OF):
        return _choice(what, asked, found)
    of = f" {point.of}" if point.of else ""
    other = asked.currency and [value.written for value in stated.get("currency", ())] != [asked.currency]
    if not found or other:
        return f"state {what}: {asked.words}{of}"
    if asked.relation == EXACTLY:
        return f"change {what} {_from_to(found[0].words, _bound(asked))}{of}"
    more = asked.relation in (AT_LEAST, MORE)
    lengths = asked.field.kind == "duration" and not point.of
    verb = ("lengthen" if more else "shorten") if lengths else "raise" if more else "lower"
    bound = f"{asked.relation} {_bound(asked)}" if asked.relation in (MORE, LESS) else _bound(asked)
    return f"{verb} {what} {_from_to(found[0].words, bound)}{of}"


def _from_to(found: str, bound: str) -> str:
    """Return the way from one measure to another, the unit once where both have it.

    >>> _from_to("3 months", "6 months"), _from_to("2 days", "72 hours"), _from_to("immediately", "30 days")
    ('from 3 to 6 months', 'from 2 days to 72 hours', 'from immediately to 30 days')
    """
    number, _, unit = found.partition(" ")
    same = unit.rstrip("s") == bound.partition(" ")[2].rstrip("s") and unit
    return f"from {number if same else found} to {bound}"


def _bound(asked: Demand) -> str:
    """Return what is compared with, in words: '6 months', '5 %', '1,000 EUR'."""
    if asked.field.kind == "duration":
        return length_words(asked.values[0], business=asked.business)
    number = f"{asked.bounds()[0].normalize():,f}"
    return f"{number} {asked.currency}" if asked.currency else f"{number} %" if _is_percent(asked) else number


def _is_percent(asked: Demand) -> bool:
    return "percent" in asked.field.name.lower()


def _measured(point: Point, asked: Demand) -> str:
    """Return what a demand is on: the words of the point for what it measures, else the field of the kind."""
    measures = {a.field.name for p in point.positions.values() for way in p.ways for a in way if _compares(a)}
    if point.what and _compares(asked) and len(measures) == 1:
        return point.what
    if spaced(asked.field.name) in point.kind.label.split():
        return f"the {point.kind.label}"
    return f"the {spaced(asked.field.name)} of {point.what or f'the {point.kind.label}'}"


def _compares(asked: Demand) -> bool:
    return asked.field.kind in ("duration", "decimal")


def _choice(what: str, asked: Demand, found: Sequence[Value]) -> str:
    if asked.relation == NONE_OF:
        return f"change {what} from {', '.join(v.words for v in found)} to another" if found else f"state {what}"
    if asked.field.many or not found:
        return f"state {what}: {asked.words}"
    return f"change {what} from {', '.join(v.words for v in found)} to {asked.words}"
