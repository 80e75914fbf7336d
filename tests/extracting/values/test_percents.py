"""Percentages are read in percent, from words, figures and fractions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.errors import ValueParseError
from pactgraph.extracting.values import Fields, parse_percent

Read = Callable[[str, str], Fields | None]

PERCENTS = {
    "1.5%": "1.5",
    "1.5 %": "1.5",
    "one and one-half percent (1.5%)": "1.5",
    "one and one half percent": "1.5",
    "one and a half percent": "1.5",
    "one and one-half (1.5%)": "1.5",
    "five per cent (5%)": "5",
    "five (5) percent": "5",
    "five (5%) percent": "5",
    "FIVE PERCENT (5%)": "5",
    "1 1/2 %": "1.5",
    "1-1/2%": "1.5",
    "1½%": "1.5",
    "½%": "0.5",
    "one-half of one percent (0.5%)": "0.5",
    "one quarter of one percent": "0.25",
    "three-quarters of one percent": "0.75",
    "one percent": "1",
    "99.9 %": "99.9",
    "99,95 %": "99.95",
    ".5%": "0.5",
    "100%": "100",
    "ninety-nine point nine five percent (99.95%)": "99.95",
    "ten percentage points": "10",
    "10 (ten) percent": "10",
    "two percent (3%)": "2",
}

NO_PERCENTS = ["", "%", "percent", "five", "5", "1.2.3%", "many percent", "1/0%", "a percentage of 5", "5 percents"]


@pytest.mark.parametrize(("words", "value"), PERCENTS.items())
def test_percentages_are_read(read: Read, words: str, value: str) -> None:
    assert read("percent", words) == {"": Decimal(value)}


@pytest.mark.parametrize("words", NO_PERCENTS)
def test_near_misses_are_no_percentages(words: str) -> None:
    with pytest.raises(ValueParseError, match="states no percentage"):
        parse_percent(words)


@given(st.decimals(0, 100, places=2))
def test_figures_are_read_back(number: Decimal) -> None:
    assert parse_percent(f"{number}%") == parse_percent(f"{number} per cent") == number
