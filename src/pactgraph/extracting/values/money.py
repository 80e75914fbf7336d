"""Amounts of money: 'one thousand dollars ($1,000)', 'US$1,000.00', '€ 250'."""

from __future__ import annotations

import re
from decimal import Decimal

from pactgraph.extracting.values.numbers import WORDS, parse_words
from pactgraph.extracting.values.slots import Fields, Slot, no_value, one_of, tidy, unnamed

_CODES = (
    "USD EUR GBP CHF JPY CNY RMB AUD CAD NZD HKD SGD SEK NOK DKK ISK INR BRL MXN ZAR ILS NIS PLN CZK HUF RON BGN "
    "AED SAR QAR KWD KRW THB MYR IDR PHP TWD VND TRY RUB UAH NGN KES EGP CLP COP ARS PEN"
).split()
_OTHER_CODES = {"RMB": "CNY", "NIS": "ILS"}

_SYMBOLS = {
    "US$": "USD", "US $": "USD", "U.S.$": "USD", "U.S. $": "USD", "USD$": "USD", "USD $": "USD", "$": "USD",
    "A$": "AUD", "AU$": "AUD", "AUD$": "AUD", "C$": "CAD", "CA$": "CAD", "Cdn$": "CAD", "Cdn $": "CAD", "CAD$": "CAD",
    "CAD $": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "SG$": "SGD", "R$": "BRL", "NT$": "TWD", "MX$": "MXN",
    "€": "EUR", "£": "GBP", "GBP£": "GBP", "¥": "JPY", "₹": "INR", "Rs.": "INR", "Rs": "INR", "₪": "ILS", "₩": "KRW",
    "Fr.": "CHF", "SFr.": "CHF",
}  # fmt: skip

_NAMES = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "swiss franc": "CHF", "franc": "CHF", "yen": "JPY", "rupee": "INR",
    "renminbi": "CNY", "yuan": "CNY", "shekel": "ILS", "swedish kronor": "SEK", "norwegian kroner": "NOK",
    "danish kroner": "DKK", "rand": "ZAR", "reais": "BRL", "real": "BRL", "zloty": "PLN",
}  # fmt: skip
_DOLLARS = {
    "us": "USD", "u.s.": "USD", "u.s": "USD", "united states": "USD", "american": "USD", "canadian": "CAD",
    "australian": "AUD", "new zealand": "NZD", "hong kong": "HKD", "singapore": "SGD",
}  # fmt: skip
_SCALES = {"k": 10**3, "thousand": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "million": 10**6,
           "bn": 10**9, "billion": 10**9}  # fmt: skip

_SYMBOL = one_of(_SYMBOLS)
_CODE = rf"(?-i:{one_of(_CODES)})"
_NAME = rf"(?:(?:{one_of(_DOLLARS)}) dollars?|(?:lawful )?(?:pounds? sterling|{one_of(_NAMES)}s?))"
_FIGURE = (
    r"(?:\d{1,3}(?:\.\d{3})+,\d{2}|\d{1,3}(?:[,']\d{2,3})*[,']\d{3}(?:\.\d{1,4})?|\d{1,3}(?: \d{3})+(?:[.,]\d{2})?"
    r"|\d+(?:[.,]\d{1,4})?|\.\d{1,2})(?:,?(?:-|--)(?!\w))?"
)
_SCALE = r"(?: ?(?:thousand|million|billion|bn|mm|mn|m|k)\b)?"
_AMOUNT = rf"{_FIGURE}(?!\d){_SCALE}"
_ENCLOSED = rf"\( ?(?:(?:{_SYMBOL}|{_CODE}) ?{_AMOUNT}(?: ?{_CODE}\b)?|{_AMOUNT}(?: ?(?:{_SYMBOL}|{_CODE}))?(?: ?{_NAME}\b)?) ?\)"
_CENTS = r"(?:,? and (?:no|zero|\d\d)/100(?:'?s)?)?"
_MONEY = (
    r"(?<!\w)(?<!\d[.,])(?:"
    rf"(?P<before>{_SYMBOL}|{_CODE}) ?(?P<amount>{_AMOUNT})(?: ?\(?(?P<after_too>{_CODE}|U\.S\.)\b\)?|(?: ?\(?)(?P<name_too>{_NAME})\b\)?)?"
    rf"|(?P<plain>{_AMOUNT})(?: ?\( ?{WORDS} ?\))? ?(?:(?P<after>{_CODE}\b|{_SYMBOL})|(?P<name>{_NAME})\b)"
    rf"|(?:(?P<before_words>{_SYMBOL}|{_CODE}) ?)?(?P<words>{WORDS})\b{_CENTS}"
    rf"(?:(?P<unit>(?: ?{_ENCLOSED})? ?(?:{_NAME}\b|{_CODE}\b){_CENTS}(?: ?\( ?US(?:D|A)? ?\))?(?: ?{_ENCLOSED})?)|(?P<enclosed> ?{_ENCLOSED}))"
    r")"
)
_PARSER = re.compile(_MONEY, re.IGNORECASE)
_CURRENCY = re.compile(rf"{_CODE}(?![A-Za-z])|{_SYMBOL}|{_NAME}\b", re.IGNORECASE)
_CENTS_FIGURE = re.compile(r"(\d\d)/100")


def parse_money(text: str) -> tuple[Decimal, str]:
    """Return the amount and the ISO 4217 currency that `text` states.

    A bare '$' or 'dollars' is taken for US dollars. Where words and figures disagree the words count.

    >>> parse_money("one thousand dollars ($1,000)")
    (Decimal('1000'), 'USD')
    >>> parse_money("€ 1.5 million")
    (Decimal('1500000'), 'EUR')

    Raises ValueParseError where `text` is not one amount with its currency.
    """
    words = tidy(text)
    match = _PARSER.fullmatch(words)
    if match is None:
        raise no_value("amount of money", text, "US$1,000")
    currency = _currency(words)
    if match["words"]:
        return parse_words(match["words"]) + _cents(words), currency
    return _amount(match["amount"] or match["plain"], currency), currency


def _currency(words: str) -> str:
    """Return the most telling currency named: '$100 CAD' and 'dollars (C$100)' are Canadian."""
    found = [_code(match[0]) for match in _CURRENCY.finditer(words)]
    plain = {"$", "dollar", "dollars"}
    telling = [_code(m[0]) for m in _CURRENCY.finditer(words) if m[0].lower() not in plain]
    return (telling or found)[0]


def _code(mark: str) -> str:
    if mark.upper() in _CODES:
        return _OTHER_CODES.get(mark.upper(), mark.upper())
    symbols = {symbol.lower(): code for symbol, code in _SYMBOLS.items()}
    name = mark.lower()
    if name in symbols:
        return symbols[name]
    name = name.removeprefix("lawful ").removesuffix(" sterling")
    qualifier, _, last = name.rpartition(" ")
    if last.startswith("dollar") and qualifier:
        return _DOLLARS[qualifier]
    return _NAMES.get(name) or _NAMES[name.removesuffix("s")]


def _cents(words: str) -> Decimal:
    match = _CENTS_FIGURE.search(words)
    return Decimal(match[1]) / 100 if match else Decimal(0)


def _amount(written: str, currency: str) -> Decimal:
    match = re.fullmatch(r"(?P<figure>[\d.,' ]*\d)(?:,?-{1,2})? ?(?P<scale>[a-z]*)", written, re.IGNORECASE)
    if match is None:
        raise no_value("amount", written, "1,000.00")
    figure = match["figure"].replace("'", "").replace(" ", "")
    european = re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", figure) and ("," in figure or currency == "EUR")
    if european or re.fullmatch(r"\d+,\d{1,2}", figure):
        figure = figure.replace(".", "").replace(",", ".")
    amount = Decimal(figure.replace(",", ""))
    scale = _SCALES.get(match["scale"].lower())
    if scale is None:
        return amount
    scaled = amount * scale
    return scaled.to_integral_value() if scaled == scaled.to_integral_value() else scaled


def _fields(words: str) -> Fields:
    amount, currency = parse_money(words)
    return {"": amount, "currency": currency}


MONEY = Slot("money", unnamed(_MONEY), _fields)
