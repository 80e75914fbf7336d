"""Bounds in days hold for every start date, and are reached by some."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

import pytest

from pactgraph.durations import business_day_bounds, day_bounds, xsd_duration
from pactgraph.errors import ValueParseError

_HOLIDAYS = frozenset(
    {date(year, month, day) for year in range(2022, 2029) for month, day in ((1, 1), (5, 1), (12, 25), (12, 26))}
    | {
        sunday + timedelta(days=n)
        for sunday in (date(2023, 4, 9), date(2024, 3, 31), date(2025, 4, 20))
        for n in (-2, 1)
    }
)
FOUR_YEARS = [date(2023, 1, 1) + timedelta(days=n) for n in range(4 * 365 + 1)]


@pytest.mark.parametrize(
    ("duration", "least", "greatest"),
    [
        ("P30D", "30", "30"),
        ("P2W", "14", "14"),
        ("P1M", "28", "31"),
        ("P2M", "59", "62"),
        ("P3M", "89", "92"),
        ("P6M", "181", "184"),
        ("P12M", "365", "366"),
        ("P1Y", "365", "366"),
        ("P2Y", "730", "731"),
        ("P4Y", "1460", "1461"),
        ("P400Y", "146097", "146097"),
        ("P1Y6M", "546", "550"),
        ("P1M15D", "43", "46"),
        ("PT72H", "3", "3"),
        ("PT24H", "1", "1"),
        ("PT4H", "0.166667", "0.166667"),
        ("PT90M", "0.0625", "0.0625"),
        ("P1DT12H", "1.5", "1.5"),
        ("PT0S", "0", "0"),
        ("P0D", "0", "0"),
        ("P100D", "100", "100"),
    ],
)
def test_bounds_are_the_calendars(duration: str, least: str, greatest: str) -> None:
    assert day_bounds(duration) == (Decimal(least), Decimal(greatest))
    assert [str(day) for day in day_bounds(duration)] == [least, greatest]


@pytest.mark.parametrize("months", [1, 2, 3, 6, 11, 12, 18])
def test_no_start_date_leaves_the_bounds_of_months(months: int) -> None:
    least, greatest = day_bounds(f"P{months}M")
    lengths = {(_months_later(start, months) - start).days for start in FOUR_YEARS}
    assert min(lengths) >= least
    assert max(lengths) == greatest


@pytest.mark.parametrize("count", range(1, 61))
def test_no_start_date_leaves_the_bounds_of_business_days(count: int) -> None:
    least, greatest = business_day_bounds(count)
    plain = {_business_days_later(start, count, frozenset()) for start in FOUR_YEARS[:400]}
    festive = {_business_days_later(start, count, _HOLIDAYS) for start in FOUR_YEARS}
    assert min(plain) == least
    assert max(plain | festive) <= greatest


def test_christmas_to_new_year_reaches_the_bound_of_five_business_days() -> None:
    reached = max(_business_days_later(start, 5, _HOLIDAYS) for start in FOUR_YEARS)
    assert reached == business_day_bounds(5)[1] == 12


def test_business_days_widen_days_only() -> None:
    assert day_bounds("P10D", business=True) == (Decimal(12), Decimal(21))
    assert day_bounds("P1M", business=True) == day_bounds("P1M")
    assert day_bounds("PT48H", business=True) == day_bounds("PT48H")
    assert day_bounds("P0D", business=True) == (Decimal(0), Decimal(0))


@pytest.mark.parametrize(
    ("duration", "form"),
    [("P1W", "P7D"), ("P2W3D", "P17D"), ("P1M1W", "P1M7D"), ("P12M", "P12M"), ("PT72H", "PT72H")],
)
def test_weeks_become_days_in_xml_schema(duration: str, form: str) -> None:
    assert xsd_duration(duration) == form


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1", "30D", "P1DT", "P1.5M", "-P1D", "P1D ", "p1d", "P1H", "thirty days", "P١D"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    for function in (day_bounds, xsd_duration):
        with pytest.raises(ValueParseError, match="no ISO 8601 duration"):
            function(text)


def _months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _business_days_later(start: date, count: int, holidays: frozenset[date]) -> int:
    day = start
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and day not in holidays
    return (day - start).days
