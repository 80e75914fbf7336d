"""Dates are ISO dates, or year and month where no day is given; impossible ones are refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.errors import ValueParseError
from pactgraph.extracting.values import SLOTS, Fields, parse_date

Read = Callable[[str, str], Fields | None]

DATES = {
    "April 23, 2021": "2021-04-23",
    "April 23 2021": "2021-04-23",
    "April 23rd, 2021": "2021-04-23",
    "23 April, 2021": "2021-04-23",
    "23. April 2021": "2021-04-23",
    "the 23rd day of April 2021": "2021-04-23",
    "23rd of April, 2021": "2021-04-23",
    "twenty-third (23rd) day of April, 2021": "2021-04-23",
    "the first day of January, 2001": "2001-01-01",
    "thirty-first day of May 2001": "2001-05-31",
    "1st of May 2020": "2020-05-01",
    "Jan. 5th 2020": "2020-01-05",
    "5-Sep-2019": "2019-09-05",
    "Sept. 5, 2019": "2019-09-05",
    "May 5t h, 2014": "2014-05-05",
    "May 9t h , 2014": "2014-05-09",
    "JUNE 1, 1999": "1999-06-01",
    "2021-04-23": "2021-04-23",
    "04/23/2021": "2021-04-23",
    "4/5/2021": "2021-04-05",
    "23/04/2021": "2021-04-23",
    "4/23/21": "2021-04-23",
    "4-23-21": "2021-04-23",
    "1/2/98": "1998-01-02",
    "23.04.2021": "2021-04-23",
    "04.23.2021": "2021-04-23",
    "May 2022": "2022-05",
    "May, 2022": "2022-05",
    "May of 2022": "2022-05",
    "____ day of May, 2010": "2010-05",
    "[●] day of May 2010": "2010-05",
    "May __, 2010": "2010-05",
    "29 February 2024": "2024-02-29",
    "last day of February, 2023": "2023-02-28",
    "the last day in December 2005": "2005-12-31",
}

NO_DATES = [
    "",
    "April 23",
    "2021",
    "April 31, 2021",
    "29 February 2023",
    "13/13/2021",
    "2021-13-01",
    "2021-02-30",
    "12.3.20",
    "the 45 April 2021",
    "[●]",
    "____ day of ____, 2010",
    "Mayor 5, 2020",
    "May 5, 20201",
    "the end of 2022",
]


@pytest.mark.parametrize(("words", "value"), DATES.items())
def test_dates_are_read(read: Read, words: str, value: str) -> None:
    assert read("date", words) == {"": value}


@pytest.mark.parametrize("words", NO_DATES)
def test_near_misses_and_impossible_days_are_no_dates(words: str) -> None:
    with pytest.raises(ValueParseError, match="states no date"):
        parse_date(words)


def test_emphasis_does_not_hide_a_date(read: Read) -> None:
    pattern = re.compile(SLOTS["date"].pattern, re.IGNORECASE)
    assert pattern.findall("_Last updated: 30 May 2024_ _May 2022_") == ["30 May 2024", "May 2022"]
    assert read("date", "xMay 2022") is None


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_date_is_read_back(day: date) -> None:
    iso = day.isoformat()
    assert parse_date(iso) == iso
    assert parse_date(f"{day:%B} {day.day}, {day.year}") == iso
    assert parse_date(f"the {day.day}th day of {day:%B}, {day.year}") == iso
    assert parse_date(f"{day:%m/%d/%Y}") == iso
    assert parse_date(f"{day:%d.%m.%Y}") == iso
