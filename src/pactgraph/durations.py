"""How many calendar days a duration can last, and its form as an XML Schema duration.

A month is 28 to 31 days and a year 365 or 366; the bounds say what the calendar allows and no more,
so that a comparison which depends on the date can be told from one that does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import accumulate

from pactgraph.errors import ValueParseError

_FORM = re.compile(
    r"P(?=[\dT])(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)
_CYCLE_MONTHS = 4800  # the Gregorian calendar repeats after 400 years,
_CYCLE_DAYS = 146_097  # which are this many days
_FINEST = Decimal("0.000001")  # of a day: a tenth of a second


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a duration that differ in kind: months, whole days, and seconds below a day."""

    months: int
    days: int
    seconds: Decimal


def day_bounds(duration: str, *, business: bool = False) -> tuple[Decimal, Decimal]:
    """Return the least and the greatest number of calendar days that an ISO 8601 duration can last.

    >>> [str(day) for day in day_bounds("P12M")], [str(day) for day in day_bounds("P1M")]
    (['365', '366'], ['28', '31'])
    >>> [str(day) for day in day_bounds("PT72H")], [str(day) for day in day_bounds("PT36H")]
    (['3', '3'], ['1.5', '1.5'])

    With `business`, the days of the duration are business days (see `business_day_bounds`); its
    weeks, months, years and hours are what they are.

    >>> [str(day) for day in day_bounds("P10D", business=True)]
    ['12', '21']

    Raises ValueParseError where `duration` is none.
    """
    parts = _parse(duration)
    least, greatest = _month_bounds(parts.months)
    first, last = business_day_bounds(parts.days) if business else (parts.days, parts.days)
    rest = (parts.seconds / 86_400).quantize(_FINEST)
    return _plain(least + first + rest), _plain(greatest + last + rest)


def business_day_bounds(count: int) -> tuple[int, int]:
    """Return the least and the greatest number of calendar days until `count` business days have passed.

    Business days are Monday to Friday without public holidays; the day of the event is not counted.

    The least: from a Sunday, the first business day is the next day, and each further five bring one
    weekend more: n + 2 * ((n - 1) // 5). Holidays only add to it.

    The greatest: holidays push the count along. Two in every started five business days are allowed
    for, and one more, which is what Easter and the days from Christmas to New Year need. So n + h days
    must be Mondays to Fridays, h = 2 * ceil(n / 5) + 1; from a Friday, every started five of them bring
    a weekend.

    >>> business_day_bounds(1), business_day_bounds(5), business_day_bounds(0)
    ((1, 6), (5, 12), (0, 0))
    """
    if count == 0:
        return 0, 0
    weekdays = count + 2 * -(-count // 5) + 1
    return count + 2 * ((count - 1) // 5), weekdays + 2 * -(-weekdays // 5)


def xsd_duration(duration: str) -> str:
    """Return the lexical form of xsd:duration, which knows no weeks.

    >>> xsd_duration("P2W"), xsd_duration("P12M")
    ('P14D', 'P12M')

    Raises ValueParseError where `duration` is none.
    """
    _parse(duration)
    weeks = re.search(r"(\d+)W(?:(\d+)D)?", duration)
    if not weeks:
        return duration
    days = 7 * int(weeks[1]) + int(weeks[2] or 0)
    return f"{duration[: weeks.start()]}{days}D{duration[weeks.end() :]}"


def _parse(duration: str) -> _Parts:
    found = _FORM.fullmatch(duration)
    if not found:
        raise ValueParseError(f"'{duration}' is no ISO 8601 duration; write it like P30D, P12M, P1Y or PT72H.")
    years, months, weeks, days, hours, minutes = (
        int(found[name] or 0) for name in ("years", "months", "weeks", "days", "hours", "minutes")
    )
    seconds = Decimal(found["seconds"] or 0) + 60 * minutes + 3_600 * hours
    return _Parts(12 * years + months, 7 * weeks + days, seconds)


@cache
def _month_bounds(months: int) -> tuple[int, int]:
    """Return the least and the greatest number of days that this many consecutive months can have.

    A day that the last month lacks (31 January and one month) moves to its end, which stays inside
    of these bounds.
    """
    cycles, rest = divmod(months, _CYCLE_MONTHS)
    ends = _month_ends()
    spans = [ends[start + rest] - ends[start] for start in range(_CYCLE_MONTHS)]
    return cycles * _CYCLE_DAYS + min(spans), cycles * _CYCLE_DAYS + max(spans)


@cache
def _month_ends() -> tuple[int, ...]:
    """Return the running total of days at each end of month, over two cycles of the calendar."""

    def length(month: int) -> int:
        year, place = divmod(month, 12)
        if place == 1:
            return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
        return 30 if place in (3, 5, 8, 10) else 31

    return (0, *accumulate(length(month) for month in range(2 * _CYCLE_MONTHS)))


def _plain(days: Decimal) -> Decimal:
    """Return the number without an exponent or trailing zeros."""
    return Decimal(format(days.normalize(), "f"))
