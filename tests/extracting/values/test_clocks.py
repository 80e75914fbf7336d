"""Times are HH:MM on the 24-hour clock; time zones stay as written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.errors import ValueParseError
from pactgraph.extracting.values import Fields, parse_time, parse_timezone

Read = Callable[[str, str], Fields | None]

TIMES = {
    "8 am": "08:00",
    "8am": "08:00",
    "9:00 a.m.": "09:00",
    "9.30 am": "09:30",
    "12:01am": "00:01",
    "12 am": "00:00",
    "12 p.m.": "12:00",
    "12:00 PM": "12:00",
    "11:59 p.m.": "23:59",
    "5pm": "17:00",
    "17:00": "17:00",
    "7:30": "07:30",
    "17:00 hours": "17:00",
    "1700 hours": "17:00",
    "9h30": "09:30",
    "24:00": "24:00",
    "noon": "12:00",
    "12 noon": "12:00",
    "midnight": "00:00",
}

NO_TIMES = ["", "8", "13 pm", "25:00", "24:30", "17:60", "afternoon", "8 a man", "1:2", "0 am"]

ZONES = [
    "Eastern Time",
    "Eastern Standard Time",
    "U.S. Eastern Time",
    "Pacific Time",
    "Central European Summer Time",
    "Greenwich Mean Time",
    "New York time",
    "local time",
    "ET",
    "EST",
    "EST/EDT",
    "CET",
    "GMT",
    "UTC",
    "UTC+1",
    "UTC +05:30",
    "Pacific",
    "Europe/Paris",
]

NO_ZONES = ["", "time", "et", "set time", "from time to time", "XYZ", "Central Bank", "pacific"]


@pytest.mark.parametrize(("words", "value"), TIMES.items())
def test_times_are_read(read: Read, words: str, value: str) -> None:
    assert read("time", words) == {"": value}


@pytest.mark.parametrize("words", NO_TIMES)
def test_near_misses_are_no_times(words: str) -> None:
    with pytest.raises(ValueParseError, match="states no time of day"):
        parse_time(words)


@pytest.mark.parametrize("words", ZONES)
def test_time_zones_stay_as_written(read: Read, words: str) -> None:
    assert read("timezone", words) == {"": words}


@pytest.mark.parametrize("words", NO_ZONES)
def test_near_misses_are_no_time_zones(words: str) -> None:
    with pytest.raises(ValueParseError, match="states no time zone"):
        parse_timezone(words)


@given(st.times())
def test_every_minute_is_read_back_from_both_clocks(moment: time) -> None:
    value = f"{moment:%H:%M}"
    assert parse_time(value) == parse_time(f"{moment:%I:%M %p}") == value
