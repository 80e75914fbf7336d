"""Percentages: 'one and one-half percent (1.5%)', '99.9 %'."""

from __future__ import annotations

import re
from decimal import Decimal

from pactgraph.extracting.values.numbers import BELOW_1000, parse_words
from pactgraph.extracting.values.slots import Fields, Slot, no_value, one_of, tidy, unnamed

_VULGAR = {"¼": Decimal("0.25"), "½": Decimal("0.5"), "¾": Decimal("0.75")}
_FRACTIONS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.75")}
_DIGIT_WORDS = {w: str(i) for i, w in enumerate("zero one two three four five six seven eight nine".split())}

_FIGURE = r"(?:\d{1,4}[ -]\d/\d\b|\d/\d\b|\d{0,4} ?[¼½¾]|\d{1,4}(?:[.,]\d{1,5})?|\.\d{1,5})"
_PART = r"(?:(?:a|one)[ -]half|(?:a|one)[ -]quarter|three[ -]quarters)"
_SPELT = rf"(?:{_PART}(?:(?: of)?(?: one| an?| 1))?|{BELOW_1000}(?:(?: and |-and-){_PART}|(?: point(?: {one_of(_DIGIT_WORDS)}\b)+))?)"
_SIGN = r"(?:%|per ?cent(?:um|age points?)?\b)"
_PERCENT = (
    r"(?<!\w)(?<!\d[.,])(?:"
    rf"(?P<words>{_SPELT})(?: ?\( ?{_FIGURE} ?{_SIGN} ?\)(?: ?{_SIGN})?"
    rf"|(?: ?\( ?{_FIGURE} ?\))?[ -]?{_SIGN}(?: ?\( ?{_FIGURE} ?{_SIGN}? ?\))?)"
    rf"|(?P<figure>{_FIGURE})(?: ?\( ?(?P<spelt>{_SPELT}) ?\))?[ -]?{_SIGN}(?: ?\( ?(?P<spelt_after>{_SPELT})(?: ?{_SIGN})? ?\))?"
    r")"
)
_PARSER = re.compile(_PERCENT, re.IGNORECASE)


def parse_percent(text: str) -> Decimal:
    """Return the percentage that `text` states, in percent: 1.5 means 1.5 %.

    Where words and figures disagree the words count, as they do in contract law.

    >>> parse_percent("one and one-half percent (1.5%)")
    Decimal('1.5')
    >>> parse_percent("99.90 %")
    Decimal('99.90')

    Raises ValueParseError where `text` is not one percentage.
    """
    match = _PARSER.fullmatch(tidy(text))
    if match is None:
        raise no_value("percentage", text, "1.5%")
    spelt = match["words"] or match["spelt"] or match["spelt_after"]
    return _spelt(spelt.lower()) if spelt else _figure(match["figure"])


def _spelt(words: str) -> Decimal:
    whole, _, digits = words.partition(" point ")
    if digits:
        return Decimal(f"{parse_words(whole)}." + "".join(_DIGIT_WORDS[word] for word in digits.split()))
    part = re.search(_PART, words)
    if part is None:
        return Decimal(parse_words(words))
    share = _FRACTIONS[re.split("[ -]", part[0])[-1]]
    before = re.sub("(?: and |-and-)$", "", words[: part.start()])
    return share + (parse_words(before) if before else 0)


def _figure(figure: str) -> Decimal:
    if figure[-1] in _VULGAR:
        return Decimal(figure[:-1].strip() or 0) + _VULGAR[figure[-1]]
    if "/" not in figure:
        return Decimal(figure.replace(",", "."))
    *whole, fraction = re.split("[ -]", figure)
    above, below = fraction.split("/")
    if below == "0":
        raise no_value("percentage", figure, "1 1/2 %")
    return Decimal(whole[0] if whole else 0) + Decimal(above) / Decimal(below)


def _fields(words: str) -> Fields:
    return {"": parse_percent(words)}


PERCENT = Slot("percent", unnamed(_PERCENT), _fields)
