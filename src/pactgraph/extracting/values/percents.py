"""Percentages: 'one and one-half percent (1.5%)', '99.9 %'."""

from __future__ import annotations

import re
from decimal import Decimal

from pactgraph.extracting.values.numbers import BELOW_1000, parse_words
from pactgraph.extracting.values.slots import START, Fields, Slot, no_value, one_of, unnamed, whole

_VULGAR = {"¼": Decimal("0.25"), "½": Decimal("0.5"), "¾": Decimal("0.75")}
_SHARES = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.75")}
_DIGITS = {
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9",
}  # fmt: skip

_FIGURE = r"(?:\d{1,4}[ -]\d/\d\b|\d/\d\b|\d{0,4} ?[¼½¾]|\d{1,4}(?:[.,]\d{1,5})?|\.\d{1,5})"
_SHARE = r"(?:(?:a|one)[ -](?:half|quarter)|three[ -]quarters)"
_SPELT = (
    rf"(?:{_SHARE}(?:(?: of)?(?: one| an?| 1)\b)?"
    rf"|{BELOW_1000}(?:(?: and |-and-){_SHARE}|(?: point(?: {one_of(_DIGITS)}\b)+))?)"
)
_SIGN = r"(?:%|per ?cent(?:um|age points?)?\b)"
_PERCENT = (
    rf"{START}(?<!\d[.,])(?:"
    rf"(?P<words>{_SPELT})(?: ?\( ?{_FIGURE} ?{_SIGN} ?\)(?: ?{_SIGN})?"
    rf"|(?: ?\( ?{_FIGURE} ?\))?[ -]?{_SIGN}(?: ?\( ?{_FIGURE} ?{_SIGN}? ?\))?)"
    rf"|(?P<figure>{_FIGURE})(?: ?\( ?(?P<spelt>{_SPELT}) ?\))?[ -]?{_SIGN}"
    r")"
)


def parse_percent(text: str) -> Decimal:
    """Return the percentage that `text` states, in percent: 1.5 means 1.5 %.

    Where words and figures disagree the words count, as they do in contract law.

    >>> parse_percent("one and one-half percent (1.5%)")
    Decimal('1.5')
    >>> parse_percent("99.90 %")
    Decimal('99.90')

    Raises ValueParseError where `text` is not one percentage.
    """
    match = whole(_PERCENT, text, "percentage", "1.5%")
    spelt = match["words"] or match["spelt"]
    return _spelt(spelt.lower()) if spelt else _figure(match["figure"])


def _spelt(words: str) -> Decimal:
    integer, _, digits = words.partition(" point ")
    if digits:
        return Decimal(f"{parse_words(integer)}." + "".join(_DIGITS[word] for word in digits.split()))
    share = re.search(_SHARE, words)
    if share is None:
        return Decimal(parse_words(words))
    before = re.sub("(?: and |-and-)$", "", words[: share.start()])
    return _SHARES[re.split("[ -]", share[0])[-1]] + (parse_words(before) if before else 0)


def _figure(figure: str) -> Decimal:
    if figure[-1] in _VULGAR:
        return Decimal(figure[:-1].strip() or 0) + _VULGAR[figure[-1]]
    if "/" not in figure:
        return Decimal(figure.replace(",", "."))
    *integer, fraction = re.split("[ -]", figure)
    above, below = fraction.split("/")
    if below == "0":
        raise no_value("percentage", figure, "1 1/2 %")
    return Decimal(integer[0] if integer else 0) + Decimal(above) / Decimal(below)


def _fields(words: str) -> Fields:
    return {"": parse_percent(words)}


PERCENT = Slot("percent", unnamed(_PERCENT), _fields)
