"""Durations keep the unit that was agreed; days say which days only where the words do."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from pactgraph.errors import ValueParseError
from pactgraph.extracting.values import SLOTS, Fields, parse_day_kind, parse_duration, parse_immediate, parse_period

Read = Callable[[str, str], Fields | None]

DURATIONS = {
    "thirty (30) days": "P30D",
    "30 days": "P30D",
    "thirty (30) or more days": "P30D",
    "thirty (30) days'": "P30D",
    "30-day": "P30D",
    "sixty-day": "P60D",
    "fifteen(15) days": "P15D",
    "twelve (12) month": "P12M",
    "twelve-(12)-month": "P12M",
    "one (1) year": "P1Y",
    "1 year": "P1Y",
    "one-year": "P1Y",
    "a year": "P1Y",
    "seventy-two (72) hours": "PT72H",
    "seventy two (72) hours": "PT72H",
    "24 hours": "PT24H",
    "24h": "PT24H",
    "15 mins": "PT15M",
    "two weeks": "P2W",
    "a fortnight": None,
    "two fortnights": "P4W",
    "48 (forty-eight) hours": "PT48H",
    "ninety calendar days": "P90D",
    "one hundred and eighty (180) days": "P180D",
    "one-hundred-twenty (120) days": "P120D",
    "18 months": "P18M",
    "half a year": "P6M",
    "half an hour": "PT30M",
    "1.5 hours": "PT90M",
    "two and a half years": "P30M",
    "2 1/2 years": "P30M",
    "six-month": "P6M",
    "three (3) consecutive months": "P3M",
    "12 prior months": "P12M",
    "fiscal quarter": "P3M",
    "two (2) calendar quarters": "P6M",
    "twelve full calendar months": "P12M",
    "one (1) calendar month": "P1M",
    "1,000 hours": "PT1000H",
    "thirtieth (30th) day": "P30D",
    "5th business day": "P5D",
    "fifth (5th)business day": "P5D",
    "third anniversary": "P3Y",
    "the third anniversary": None,
    "next business day": "P1D",
    "(30) days": "P30D",
    "THIRTY (30) DAYS": "P30D",
    "30 (or more) days": "P30D",
}

DAY_KINDS = {
    "five business days": "business",
    "ten (10) working days": "business",
    "3 banking days": "business",
    "next business day": "business",
    "ninety calendar days": "calendar",
    "7 natural days": "calendar",
    "thirty (30) days": None,
    "thirty (30) consecutive days": None,
    "one (1) calendar month": None,
    "four business hours": "business",
    "6 Business Hours": "business",
    "one business month": None,
}

NO_DURATIONS = [
    "days",
    "thirty",
    "many days",
    "30 dayss",
    "2.5 seconds",
    "1.5 months",
    "the year",
    "thirty (30) dollars",
    "someone year",
    "in 30 days",
    "____ days",
    "23rd day of April",
    "",
]

PERIODS = {
    "per month": "P1M",
    "monthly": "P1M",
    "each month": "P1M",
    "a month": "P1M",
    "/month": "P1M",
    "/ mo": "P1M",
    "per annum": "P1Y",
    "p.a.": "P1Y",
    "annually": "P1Y",
    "annual": "P1Y",
    "per year": "P1Y",
    "yearly": "P1Y",
    "each calendar month": "P1M",
    "in any given month": "P1M",
    "every twelve months": "P12M",
    "once every six (6) months": "P6M",
    "quarterly": "P3M",
    "semi-annually": "P6M",
    "daily": "P1D",
    "per day": "P1D",
    "weekly": "P1W",
    "per hour": "PT1H",
    "in any 12-month period": "P12M",
    "any rolling twelve (12) month period": "P12M",
    "once a year": "P1Y",
    "each anniversary": "P1Y",
    "month-to-month": "P1M",
    "month by month": "P1M",
    "year to year": "P1Y",
    "percalendar month": "P1M",
}


@pytest.mark.parametrize(("words", "value"), DURATIONS.items())
def test_durations_are_read_in_their_own_unit(read: Read, words: str, value: str | None) -> None:
    fields = read("duration", words)
    assert (fields or {}).get("") == value


@pytest.mark.parametrize(("words", "kind"), DAY_KINDS.items())
def test_only_days_that_say_so_are_business_or_calendar_days(read: Read, words: str, kind: str | None) -> None:
    assert parse_day_kind(words) == kind
    assert (read("duration", words) or {}).get("dayKind") == kind


@pytest.mark.parametrize("words", NO_DURATIONS)
def test_near_misses_are_no_durations(words: str) -> None:
    with pytest.raises(ValueParseError, match="states no duration"):
        parse_duration(words)


@pytest.mark.parametrize("words", ["thirty (60) days", "60 (thirty) days"])
def test_words_prevail_over_digits(words: str) -> None:
    assert parse_duration(words) == "P30D"


@pytest.mark.parametrize(("words", "value"), PERIODS.items())
def test_periods_are_read(read: Read, words: str, value: str) -> None:
    assert read("period", words) == {"": value}
    assert parse_period(words) == value


def test_a_slash_begins_a_period_right_after_a_figure() -> None:
    assert [found[0] for found in re.finditer(SLOTS["period"].pattern, "$9/month, 4 / year, 5per day")] == [
        "/month",
        "/ year",
    ]


@pytest.mark.parametrize("words", ["month", "the month", "semiannual meeting", "dailyish", "perhaps", "per user", ""])
def test_near_misses_are_no_periods(words: str) -> None:
    with pytest.raises(ValueParseError):
        parse_period(words)


def test_at_once_is_a_duration_of_nothing(read: Read) -> None:
    for words in ("immediately", "at once", "forthwith", "with immediate effect", "Immediately"):
        assert read("immediate", words) == {"": "PT0S"}
    for words in ("immediate", "promptly", "at one", "soon"):
        with pytest.raises(ValueParseError):
            parse_immediate(words)


def test_decimals_and_words_are_not_entered_in_their_middle(read: Read) -> None:
    assert read("duration", "1.25 days") is None
    assert read("duration", "often days") is None
