"""Money is an amount with its currency; a bare dollar is American."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.errors import ValueParseError
from pactgraph.extracting.values import Fields, parse_money

Read = Callable[[str, str], Fields | None]

MONEY = {
    "$1,000": ("1000", "USD"),
    "$ 39,000": ("39000", "USD"),
    "$0.05": ("0.05", "USD"),
    "$1.125": ("1.125", "USD"),
    "US$1,000.00": ("1000.00", "USD"),
    "U.S. $250": ("250", "USD"),
    "USD 5,000": ("5000", "USD"),
    "5,000 USD": ("5000", "USD"),
    "$100 (USD)": ("100", "USD"),
    "$100 CAD": ("100", "CAD"),
    "one thousand dollars ($1,000)": ("1000", "USD"),
    "one thousand and 50/100 dollars ($1,000.50)": ("1000.5", "USD"),
    "five thousand ($5,000)": ("5000", "USD"),
    "one million U.S. Dollars (US$1,000,000)": ("1000000", "USD"),
    "one hundred (100) Canadian dollars": ("100", "CAD"),
    "$50 (FIFTY) US DOLLARS": ("50", "USD"),
    "two thousand dollars (A$2,000)": ("2000", "AUD"),
    "€ 250": ("250", "EUR"),
    "100 €": ("100", "EUR"),
    "EUR 100": ("100", "EUR"),
    "100 euros": ("100", "EUR"),
    "EUR 1.000": ("1000", "EUR"),
    "1.000,50 EUR": ("1000.50", "EUR"),
    "10 000 EUR": ("10000", "EUR"),
    "9,99 €": ("9.99", "EUR"),
    "GBP 1m": ("1000000", "GBP"),
    "£5": ("5", "GBP"),
    "five thousand pounds sterling (£5,000)": ("5000", "GBP"),
    "ten pounds (£10)": ("10", "GBP"),
    "$1.5 million": ("1500000", "USD"),
    "$5M": ("5000000", "USD"),
    "$10k": ("10000", "USD"),
    "CHF 1'000.50": ("1000.50", "CHF"),
    "CHF 100.--": ("100", "CHF"),
    "Rs. 10,00,000": ("1000000", "INR"),
    "A$5": ("5", "AUD"),
    "C$5": ("5", "CAD"),
    "Cdn$ 100": ("100", "CAD"),
    "RMB 300": ("300", "CNY"),
    "USD one hundred": ("100", "USD"),
    "ONE HUNDRED U.S. DOLLARS ($100)": ("100", "USD"),
    "one hundred dollars ($200)": ("100", "USD"),
}

NO_MONEY = [
    "",
    "$",
    "1,000",
    "one thousand",
    "ten pounds",
    "dollars",
    "5 try",
    "$[***]",
    "100 users",
    "one thousand (1,000)",
]


@pytest.mark.parametrize(("words", "value"), MONEY.items())
def test_amounts_are_read_with_their_currency(read: Read, words: str, value: tuple[str, str]) -> None:
    amount, currency = value
    assert read("money", words) == {"": Decimal(amount), "currency": currency}


@pytest.mark.parametrize("words", NO_MONEY)
def test_near_misses_are_no_money(words: str) -> None:
    with pytest.raises(ValueParseError, match="states no amount of money"):
        parse_money(words)


def test_a_number_before_an_amount_is_left_alone(read: Read) -> None:
    assert read("money", "5 $100") is None
    assert read("money", "$100") == {"": Decimal(100), "currency": "USD"}


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["USD", "EUR", "GBP", "CHF"]))
def test_figures_are_read_back(amount: Decimal, currency: str) -> None:
    assert parse_money(f"{currency} {amount:,}") == (amount, currency)
