"""Say in words how a deadline was computed, so that a person can check it with a calendar on the wall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pactgraph.querying.deadlines import Deadline, Terms
from pactgraph.querying.workdays import Workdays
from pactgraph.wording import length_words

_TEENS = (11, 12, 13)
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def told(begins: date, terms: Terms, found: Deadline, workdays: Workdays) -> str:
    """Return how the days of `found` come about, in sentences."""
    return " ".join(_sentences(begins, terms, found, workdays))


def claim_told(incident: date, duration: str, last: date, workdays: Workdays | None) -> str:
    """Return how the last safe day of a claim comes about, in sentences."""
    length = length_words(duration, business=workdays is not None)
    said = (
        f"A claim within {length}, counted from {day_words(incident)} itself to be safe, is made by {day_words(last)}."
    )
    return f"{said} {_counted(incident, last, workdays)}" if workdays is not None else said


def _sentences(begins: date, terms: Terms, found: Deadline, workdays: Workdays) -> Iterator[str]:
    initial = f"initial term of {length_words(terms.initial)} from {day_words(begins)}"
    if found.renewal:
        renewal = f"{_ordinal(found.renewal)} renewal, of {length_words(terms.renewal)} after the {initial},"
        yield f"The {renewal} ends on {day_words(found.ends)}."
    else:
        yield f"The {initial} ends on {day_words(found.ends)}."
    business = found.business_day is not None
    notice = length_words(terms.notice, business=terms.day_kind == "business")
    if found.calendar_day is not None and not business:
        yield f"Notice of {notice} must have run by then, so it is given by {day_words(found.calendar_day)}."
        return
    if found.business_day is None:
        return
    if found.calendar_day is not None:
        yield f"Notice of {notice} must have run by then: by {day_words(found.calendar_day)} if they are calendar days,"
        yield f"by {day_words(found.business_day)} if they are business days. The agreement does not say which, so"
        yield "the earlier day is the safe one."
    else:
        yield f"Notice of {notice} must have run by then, so it is given by {day_words(found.business_day)}."
    yield _counted(found.business_day, found.ends, workdays)


def _counted(after: date, ends: date, workdays: Workdays) -> str:
    """Return which days were counted as business days between a notice and the end."""
    if not workdays.codes:
        doubt = f"; {workdays.doubt}" if workdays.doubt else ""
        return f"Business days are Monday to Friday{doubt}."
    skipped = [f"{name} ({day_words(day)})" for day, name in workdays.holidays(after + timedelta(days=1), ends)]
    without = f", without {_listed(skipped)}" if skipped else "; no public holiday falls in between"
    return f"Business days are those of {_listed(workdays.codes)}{without}."


def _listed(names: tuple[str, ...] | list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def day_words(day: date) -> str:
    """Return a day as it is said.

    >>> day_words(date(2032, 1, 30))
    '30 January 2032'
    """
    return f"{day.day} {day:%B} {day.year}"


def _ordinal(number: int) -> str:
    """Return a number as a place in a row.

    >>> _ordinal(1), _ordinal(12), _ordinal(22)
    ('1st', '12th', '22nd')
    """
    ending = "th" if number % 100 in _TEENS else _ORDINALS.get(number % 10, "th")
    return f"{number}{ending}"
