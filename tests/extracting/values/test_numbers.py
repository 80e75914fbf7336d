"""Numbers are read from words, digits and both."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.errors import ValueParseError
from pactgraph.extracting.values import Fields, parse_duration, parse_number, parse_words

Read = Callable[[str, str], Fields | None]

BELOW_TWENTY = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

NUMBERS = {
    "3": "3",
    "007": "7",
    "1,250": "1250",
    "1,250,000": "1250000",
    "2.5": "2.5",
    "twenty-four": "24",
    "twenty four": "24",
    "one hundred twenty": "120",
    "one hundred and twenty": "120",
    "a hundred": "100",
    "one thousand": "1000",
    "two hundred and five thousand": "205000",
    "one million, two hundred thousand and one": "1200001",
    "twenty (20)": "20",
    "20 (twenty)": "20",
    "zero": "0",
    "Fifty": "50",
}

NO_NUMBERS = ["", "many", "1.2.3", "12,34,5", "23rd", "twentieth", "one two", "thousand", "ten thirty", "tenfold", "v2"]


def spell(number: int, joint: str, hyphen: str) -> str:
    if number >= 100:
        rest = spell(number % 100, joint, hyphen) if number % 100 else ""
        return f"{BELOW_TWENTY[number // 100]} hundred" + (joint + rest if rest else "")
    if number < 20:
        return BELOW_TWENTY[number]
    return TENS[number // 10] + (hyphen + BELOW_TWENTY[number % 10] if number % 10 else "")


@pytest.mark.parametrize(("words", "value"), NUMBERS.items())
def test_numbers_are_read(read: Read, words: str, value: str) -> None:
    assert read("number", words) == {"": Decimal(value)}


@pytest.mark.parametrize("words", NO_NUMBERS)
def test_near_misses_are_no_numbers(words: str) -> None:
    with pytest.raises(ValueParseError, match="states no number"):
        parse_number(words)


def test_units_may_stick_to_digits_but_ordinals_are_no_numbers(read: Read) -> None:
    assert read("number", "10") == {"": Decimal(10)}
    assert read("number", "10Gb") is None
    assert read("number", "30th") is None


@pytest.mark.parametrize("joint", [" ", " and "])
@pytest.mark.parametrize("hyphen", ["-", " "])
def test_every_number_below_a_thousand_is_read_back_from_its_words(joint: str, hyphen: str) -> None:
    numbers = range(1, 1000)
    assert [parse_words(spell(number, joint, hyphen)) for number in numbers] == list(numbers)


@given(st.integers(1, 999), st.integers(1, 999))
def test_thousands_are_read_back_from_their_words(thousands: int, rest: int) -> None:
    words = f"{spell(thousands, ' and ', '-')} thousand {spell(rest, ' and ', '-')}"
    assert parse_words(words) == 1000 * thousands + rest


@given(st.integers(1, 999), st.sampled_from(["days", "months", "hours"]))
def test_counts_in_words_and_digits_give_one_duration(number: int, unit: str) -> None:
    spelt = f"{spell(number, ' ', '-')} ({number}) {unit}"
    assert parse_duration(spelt) == parse_duration(f"{number} {unit}")


@given(st.integers(0, 10**9))
def test_grouped_digits_are_read_back(number: int) -> None:
    assert parse_number(f"{number:,}") == parse_number(str(number)) == number
