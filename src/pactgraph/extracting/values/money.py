"""Amounts of money: 'one thousand dollars ($1,000)', 'US$1,000.00', '€ 250'."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from pactgraph.extracting.values.numbers import WORDS, parse_words
from pactgraph.extracting.values.slots import START, Fields, Slot, one_of, unnamed, whole

_CODES = {
    code: code
    for code in (
        "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "AUD", "CAD", "NZD", "HKD", "SGD", "SEK", "NOK", "DKK", "ISK", "INR",
        "BRL", "MXN", "ZAR", "ILS", "PLN", "CZK", "HUF", "RON", "BGN", "AED", "SAR", "QAR", "KWD", "KRW", "THB", "MYR",
        "IDR", "PHP", "TWD", "VND", "TRY", "RUB", "UAH", "NGN", "KES", "EGP", "CLP", "COP", "ARS", "PEN",
    )
} | {"RMB": "CNY", "NIS": "ILS"}  # fmt: skip

_SYMBOLS = {
    "$": "USD", "us$": "USD", "us $": "USD", "u.s.$": "USD", "u.s. $": "USD", "usd$": "USD", "usd $": "USD",
    "a$": "AUD", "au$": "AUD", "aud$": "AUD", "c$": "CAD", "ca$": "CAD", "cdn$": "CAD", "cdn $": "CAD", "cad$": "CAD",
    "cad $": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "sg$": "SGD", "r$": "BRL", "nt$": "TWD", "mx$": "MXN",
    "€": "EUR", "£": "GBP", "gbp£": "GBP", "¥": "JPY", "₹": "INR", "rs.": "INR", "rs": "INR", "₪": "ILS", "₩": "KRW",
    "sfr.": "CHF",
}  # fmt: skip
_DOLLARS = {
    "us": "USD", "u.s.": "USD", "u.s": "USD", "usd": "USD", "united states": "USD", "american": "USD",
    "canadian": "CAD", "australian": "AUD", "new zealand": "NZD", "hong kong": "HKD", "singapore": "SGD",
}  # fmt: skip
_NAMES = {
    "dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR", "pounds sterling": "GBP",
    "pound sterling": "GBP", "british pounds": "GBP", "pounds": "GBP", "swiss francs": "CHF", "yen": "JPY",
    "japanese yen": "JPY", "rupees": "INR", "indian rupees": "INR", "renminbi": "CNY", "yuan": "CNY",
    "shekels": "ILS", "swedish kronor": "SEK", "norwegian kroner": "NOK", "danish kroner": "DKK", "zloty": "PLN",
}  # fmt: skip
_SCALES = {
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "million": 10**6, "bn": 10**9,
    "billion": 10**9,
}  # fmt: skip

_SIGN = rf"(?:{one_of(_SYMBOLS)}|(?-i:{one_of(_CODES)}))"
# Pounds without 'sterling' may be a weight.
_NAME = (
    rf"(?:(?:lawful )?(?:{one_of(_DOLLARS)}) dollars?\b|{one_of(set(_NAMES) - {'pounds'})}\b|pounds(?= ?\((?:£|GBP)))"
)
_FIGURE = (
    r"(?:\d{1,3}(?:\.\d{3})+,\d{2}|\d{1,3}(?:[,']\d{2,3})*[,']\d{3}(?:\.\d{1,4})?|\d{1,3}(?: \d{3})+(?:[.,]\d{2})?"
    r"|\d+(?:[.,]\d{1,4})?|\.\d{1,4})(?:[.,]-{1,2})?"
)
_AMOUNT = rf"{_FIGURE}(?!\d)(?: ?{one_of(_SCALES)}\b)?"
_ENCLOSED = r"\([^()]{0,12}\d[^()]{0,30}\)"
_CENTS = r"(?:,? and (?:no|zero|\d\d)/100(?:'?s)?)?"
_SPELT_TOO = r"(?: ?\([a-z -]{3,80}\))?"
_MONEY = (
    rf"{START}(?<!\d[.,])(?:"
    rf"{_SIGN} ?(?P<amount>{_AMOUNT})(?:{_SPELT_TOO} ?\(?(?:(?-i:{one_of(_CODES)})\b|{_NAME}|U\.S\.(?= ?\)))\)?)?"
    rf"|(?P<plain>{_AMOUNT}){_SPELT_TOO} ?(?:{_SIGN}(?!\w)(?! ?\d)|{_NAME})"
    rf"|(?:{_SIGN} ?)?(?P<words>{WORDS})\b{_CENTS}(?:(?: ?{_ENCLOSED})? ?(?:{_NAME}|(?-i:{one_of(_CODES)})\b){_CENTS}"
    rf"(?: ?\( ?(?:US|USD|USA) ?\))?(?: ?{_ENCLOSED})?| ?\( ?{_SIGN} ?{_AMOUNT} ?\))"
    rf"|(?-i:{one_of(_CODES)}) (?P<words_after>{WORDS})\b(?: ?{_ENCLOSED})?"
    r")"
)


def parse_money(text: str) -> tuple[Decimal, str]:
    """Return the amount and the ISO 4217 currency that `text` states.

    A bare '$' or 'dollars' is taken for US dollars. Where words and figures disagree the words count.

    >>> parse_money("one thousand dollars ($1,000)")
    (Decimal('1000'), 'USD')
    >>> parse_money("€ 1.5 million")
    (Decimal('1500000'), 'EUR')

    Raises ValueParseError where `text` is not one amount with its currency.
    """
    match = whole(_MONEY, text, "amount of money", "US$1,000")
    currency = _currency(match[0])
    spelt = match["words"] or match["words_after"]
    if spelt:
        return parse_words(spelt) + _cents(match[0]), currency
    return _amount(match["amount"] or match["plain"], currency), currency


def _currency(words: str) -> str:
    """Return the most telling currency named: '$100 CAD' and 'dollars (C$100)' are Canadian."""
    marks = [mark[0] for mark in _marks().finditer(words)]
    telling = [mark for mark in marks if mark.lower() not in ("$", "dollar", "dollars")]
    return _code((telling or marks)[0])


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z]){_SIGN}(?![A-Za-z])|{_NAME}", re.IGNORECASE)


def _code(mark: str) -> str:
    known = _CODES.get(mark) or _SYMBOLS.get(mark.lower()) or _NAMES.get(mark.lower())
    return known or _DOLLARS[mark.lower().removeprefix("lawful ").rpartition(" ")[0]]


def _cents(words: str) -> Decimal:
    match = re.search(r"(\d\d)/100", words)
    return Decimal(match[1]) / 100 if match else Decimal(0)


def _amount(written: str, currency: str) -> Decimal:
    match = whole(r"(?P<figure>[\d.,' ]*\d)(?:[.,]-{1,2})? ?(?P<scale>[a-z]*)", written, "amount", "1,000.00")
    figure = match["figure"].replace("'", "").replace(" ", "")
    # A point before three digits groups thousands where commas mark decimals, never in '$1.125'.
    grouped = re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", figure) and ("," in figure or currency == "EUR")
    if grouped or re.fullmatch(r"\d+,\d{1,2}", figure):
        figure = figure.replace(".", "").replace(",", ".")
    amount = Decimal(figure.replace(",", ""))
    if not match["scale"]:
        return amount
    scaled = amount * _SCALES[match["scale"].lower()]
    return scaled.to_integral_value() if scaled == scaled.to_integral_value() else scaled


def _fields(words: str) -> Fields:
    amount, currency = parse_money(words)
    return {"": amount, "currency": currency}


MONEY = Slot("money", unnamed(_MONEY), _fields)
