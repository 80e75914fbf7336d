"""Numbers in words and digits: 'one hundred and twenty (120)'."""

from __future__ import annotations

import re
from decimal import Decimal

from pactgraph.extracting.values.slots import Fields, Slot, no_value, one_of, tidy, unnamed

_UNITS = {word: value for value, word in enumerate("one two three four five six seven eight nine".split(), start=1)}
_TEENS = {
    word: value
    for value, word in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), start=10
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
} | {"fourty": 40, "ninty": 90}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_SMALL = _UNITS | _TEENS | _TENS | {"zero": 0, "a": 1}

_BELOW_100 = rf"(?:{one_of(_TENS)}(?:[ -]{one_of(_UNITS)}\b)?|{one_of((_UNITS | _TEENS))})"
_JOINT = r"(?:,? and |-and-|, |[ -])"

BELOW_1000 = rf"(?:(?:{one_of(_UNITS)}|a)[ -]hundred(?:{_JOINT}{_BELOW_100}\b)?|{_BELOW_100})"
"""Pattern of a number in words from one to nine hundred ninety-nine; ends where the caller says."""

WORDS = rf"(?:zero|(?:{BELOW_1000}|a)(?:[ -]{one_of(_SCALES)}\b(?:{_JOINT}{BELOW_1000}\b)?){{1,3}}|{BELOW_1000})"
"""Pattern of any number in words; ends where the caller says."""

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
"""Pattern of a number in digits, with thousands in commas."""

_NUMBER = (
    r"(?<!\w)(?<!\d[.,])(?:"
    rf"(?P<words>{WORDS})\b(?: ?\( ?{DIGITS} ?\))?"
    rf"|(?P<digits>{DIGITS})(?!\d|[.,]\d|(?:st|nd|rd|th)\b)(?: ?\( ?(?P<spelt>{WORDS}) ?\))?"
    r")"
)
_PARSER = re.compile(_NUMBER, re.IGNORECASE)
_WHOLE_WORDS = re.compile(WORDS, re.IGNORECASE)


def parse_words(text: str) -> int:
    """Return the number that `text` spells.

    >>> parse_words("one hundred and twenty-five thousand")
    125000

    Raises ValueParseError for anything but one spelt number.
    """
    words = tidy(text)
    if not _WHOLE_WORDS.fullmatch(words):
        raise no_value("number in words", text, "forty-five")
    total = part = 0
    for word in re.findall("[a-z]+", words.lower()):
        if word in _SCALES:
            if total % (1000 * _SCALES[word]):
                raise no_value("number in words", text, "one million two thousand")
            total += part * _SCALES[word]
            part = 0
        elif word == "hundred":
            part *= 100
        elif word != "and":
            part += _SMALL[word]
    return total + part


def parse_number(text: str) -> Decimal:
    """Return the number that `text` states in words, in digits or in both.

    Where words and digits disagree the words count, as they do in contract law.

    >>> parse_number("one hundred twenty (120)")
    Decimal('120')
    >>> parse_number("1,250")
    Decimal('1250')

    Raises ValueParseError where `text` is not one number.
    """
    match = _PARSER.fullmatch(tidy(text))
    if match is None:
        raise no_value("number", text, "forty-five (45)")
    spelt = match["words"] or match["spelt"]
    if spelt:
        return Decimal(parse_words(spelt))
    return Decimal(match["digits"].replace(",", ""))


def _fields(words: str) -> Fields:
    return {"": parse_number(words)}


NUMBER = Slot("number", unnamed(_NUMBER), _fields)
