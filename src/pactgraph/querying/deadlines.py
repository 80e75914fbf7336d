"""The last safe day to give notice that an agreement shall not renew.

A term of 12 months that begins on 1 March ends on the last day of February, at its end. Notice of 30 days
leaves 30 whole days between the day on which it is given and that end.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pactgraph.errors import ValueParseError

IsWorkday = Callable[[date], bool]
"""Says whether a day is a business day."""

_FORM = re.compile(
    r"P(?=\d|T)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:\d+M)?(?:\d+S)?)?", re.ASCII
)
_MOST_RENEWALS = 10_000


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agreement says of its term: ISO 8601 durations, '' where it states none.

    `day_kind` is that of the days of notice: calendar, business, or '' where the agreement does not say.
    """

    initial: str
    renewal: str
    notice: str
    day_kind: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A computed deadline: the last day of the term, and the last safe day to give notice.

    `calendar_day` and `business_day` are the last days by either way of counting; None where that way
    is not meant. `renewal` is 0 for the initial term, 1 for the first renewal, and so on.
    """

    ends: date
    last_day: date
    calendar_day: date | None
    business_day: date | None
    renewal: int


def monday_to_friday(day: date) -> bool:
    """Return whether a day is none of a weekend; knows no holidays."""
    return day.weekday() < 5


def deadline(
    begins: date, terms: Terms, is_workday: IsWorkday = monday_to_friday, after: date | None = None
) -> Deadline | None:
    """Return the deadline of the initial term; with `after`, the first one on that day or later.

    Where days of notice may be calendar or business days, the earlier day is the safe one. None where
    `after` is later than all deadlines of an agreement that states no length of a renewal.

    >>> deadline(date(2031, 3, 1), Terms("P12M", "", "P30D", "calendar")).last_day.isoformat()
    '2032-01-30'

    Raises ValueParseError where a duration has not the form of one.
    """
    return next(deadlines(begins, terms, is_workday, after), None)


def deadlines(
    begins: date, terms: Terms, is_workday: IsWorkday = monday_to_friday, after: date | None = None
) -> Iterator[Deadline]:
    """Yield the deadlines of the initial term and of each renewal, those on the day `after` or later.

    Raises ValueParseError where a duration has not the form of one.
    """
    for renewal in range(_MOST_RENEWALS if terms.renewal else 1):
        following = _moved(begins, terms.initial, 1)
        if renewal:
            following = _repeated(following, terms.renewal, renewal)
        found = _notice(following - timedelta(days=1), renewal, terms, is_workday)
        if after is None or found.last_day >= after:
            yield found


def _notice(ends: date, renewal: int, terms: Terms, is_workday: IsWorkday) -> Deadline:
    """Return the deadline for a term that ends on `ends`."""
    days = re.fullmatch(r"P(\d+)D", terms.notice)
    calendar_day = _moved(ends, terms.notice, -1) if not days or terms.day_kind != "business" else None
    business_day = _before(ends, int(days[1]), is_workday) if days and terms.day_kind != "calendar" else None
    last_day = min(day for day in (calendar_day, business_day) if day is not None)
    return Deadline(ends, last_day, calendar_day, business_day, renewal)


def claim_day(incident: date, duration: str, is_workday: IsWorkday | None = None) -> date:
    """Return the last safe day to claim what happened on `incident`, which may have been at the day's beginning.

    Days are business days where `is_workday` is given.

    >>> claim_day(date(2031, 5, 3), "P30D").isoformat(), claim_day(date(2031, 5, 3), "PT48H").isoformat()
    ('2031-06-02', '2031-05-04')

    Raises ValueParseError where `duration` has not the form of one.
    """
    days = re.fullmatch(r"P(\d+)D", duration)
    if is_workday is None or not days:
        months, count = _parts(duration)
        return _by_months(incident, months) + timedelta(days=count - ("T" in duration))
    day, left = incident, int(days[1])
    while left > 0:
        day += timedelta(days=1)
        left -= is_workday(day)
    return day


def _before(ends: date, count: int, is_workday: IsWorkday) -> date:
    """Return the last day after which `count` business days pass by the end of `ends`."""
    day = ends
    while count > 0:
        count -= is_workday(day)
        day -= timedelta(days=1)
    return day


def _moved(day: date, duration: str, sign: int) -> date:
    """Return the day that lies `duration` after `day`, or before it where `sign` is -1.

    A day that the month lacks becomes its last one. Hours count as started days.
    """
    months, days = _parts(duration)
    return _by_months(day, sign * months) + timedelta(days=sign * days)


def _repeated(day: date, duration: str, times: int) -> date:
    """Return the day that lies `duration` `times` over after `day`; months do not drift at short ones."""
    months, days = _parts(duration)
    return _by_months(day, times * months) + timedelta(days=times * days)


def _parts(duration: str) -> tuple[int, int]:
    found = _FORM.fullmatch(duration)
    if not found:
        raise ValueParseError(f"'{duration}' is no ISO 8601 duration; write it like P30D, P12M or P1Y.")
    years, months, weeks, days, hours = (int(part or 0) for part in found.groups())
    return 12 * years + months, 7 * weeks + days - (-hours // 24)


def _by_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
