"""Computations that make the rows of an answer from what its query selects, by the name in its header.

Here is what SPARQL cannot say: calendars, medians, and comparisons of all terms of a kind, or of all agreements,
which as joins would grow with the square of the portfolio.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

from pactgraph.errors import QueryError, unknown
from pactgraph.model import FieldValue
from pactgraph.querying.comparing import one_sided
from pactgraph.querying.contradicting import contradictions
from pactgraph.querying.deadlines import Terms, claim_day, deadlines
from pactgraph.querying.drafts import Draft
from pactgraph.querying.medians import outliers
from pactgraph.querying.parameters import Value
from pactgraph.querying.silences import silences
from pactgraph.querying.telling import claim_told, told
from pactgraph.querying.tying import loose_ends
from pactgraph.querying.workdays import BY_LAW, workdays

Computation = Callable[[Iterable[Draft], Mapping[str, Value]], Iterable[Draft]]


def compute(name: str, drafts: Iterable[Draft], values: Mapping[str, Value]) -> Iterable[Draft]:
    """Return the rows to be that the computation `name` makes of `drafts`, given the parameters' `values`.

    Raises QueryError, listing the computations, where there is no such one.
    """
    if name not in COMPUTATIONS:
        raise QueryError(unknown("computation", name, COMPUTATIONS))
    return COMPUTATIONS[name](drafts, values)


def renewal_deadlines(drafts: Iterable[Draft], values: Mapping[str, Value]) -> Iterator[Draft]:
    """Yield the deadlines of each term and notice of the party that is asked about; bare where no start is known."""
    for draft in drafts:
        party = draft.text("noticeParty")
        if party not in ("", "Either", "Both", values.get("party", party)):
            continue
        begins = _begins(draft, values)
        cells: dict[str, FieldValue | None] = {"notice": draft.text("notice"), "dayKind": draft.cells.get("dayKind")}
        if begins is None:
            yield Draft(draft.agreement, draft.evidence, cells)
            continue
        for days in _deadlines(draft, begins, values):
            yield Draft(draft.agreement, draft.evidence, {**cells, **days})


def _deadlines(draft: Draft, begins: date, values: Mapping[str, Value]) -> Iterator[Mapping[str, FieldValue | None]]:
    """Yield the cells that tell the days, and how they come about, for as many terms in a row as are asked for."""
    renewal = draft.text("renews") or (draft.text("initial") if draft.cells.get("sameAsPrior") is True else "")
    terms = Terms(draft.text("initial"), renewal, draft.text("notice"), draft.text("dayKind"))
    business = workdays(str(values.get("calendar", BY_LAW)), draft.text("laws").split())
    after = values.get("after")
    for found in islice(deadlines(begins, terms, business, after if isinstance(after, date) else None), _count(values)):
        days = {"begins": begins, "ends": found.ends, "lastDay": found.last_day}
        if terms.day_kind == "" and found.calendar_day and found.business_day:
            days |= {"calendarDay": found.calendar_day, "businessDay": found.business_day}
        yield {
            **{name: day.isoformat() for name, day in days.items()},
            "renewal": str(found.renewal) if found.renewal else None,
            "explanation": told(begins, terms, found, business),
        }


def _count(values: Mapping[str, Value]) -> int:
    """Return how many terms in a row are asked for."""
    wanted = values.get("terms", 1)
    return wanted if isinstance(wanted, int) else 1


def claim_deadlines(drafts: Iterable[Draft], values: Mapping[str, Value]) -> Iterator[Draft]:
    """Yield the last day of each claim for each incident; bare where none is given for the agreement."""
    incidents = values.get("incidents")
    for draft in drafts:
        days: date | tuple[date, ...] = ()
        if isinstance(incidents, Mapping) and draft.text("duration"):
            days = incidents.get(draft.agreement, ())
        cells = {name: draft.cells.get(name) for name in ("kind", "party", "duration", "dayKind")}
        for incident in (days,) if isinstance(days, date) else days:
            said = draft.text("dayKind") == "business"
            business = workdays(str(values.get("calendar", BY_LAW)), draft.text("laws").split()) if said else None
            last = claim_day(incident, draft.text("duration"), business)
            dated = {
                "incident": incident.isoformat(),
                "lastDay": last.isoformat(),
                "explanation": claim_told(incident, draft.text("duration"), last, business),
            }
            yield Draft(draft.agreement, draft.evidence, cells | dated)
        if not days:
            yield Draft(draft.agreement, draft.evidence, cells)


def _begins(draft: Draft, values: Mapping[str, Value]) -> date | None:
    """Return when an agreement began: by the dates given, else by the one day given for all, else by the manifest."""
    starts, start = values.get("starts"), values.get("start")
    if isinstance(starts, Mapping) and isinstance(day := starts.get(draft.agreement), date):
        return day
    if isinstance(start, date):
        return start
    known = draft.text("begins")
    return date.fromisoformat(known) if len(known) == len("2031-05-31") else None


COMPUTATIONS: Mapping[str, Computation] = {
    "claim-deadlines": claim_deadlines,
    "contradictions": lambda drafts, _: contradictions(drafts),
    "loose-ends": lambda drafts, _: loose_ends(drafts),
    "one-sided": lambda drafts, _: one_sided(drafts),
    "outliers": lambda drafts, _: outliers(drafts),
    "silences": lambda drafts, _: silences(drafts),
    "renewal-deadlines": renewal_deadlines,
}
"""The computations, by name."""
