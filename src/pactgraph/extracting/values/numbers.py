"""Numbers in words and digits: 'one hundred and twenty (120)'."""

from __future__ import annotations

import re
from decimal import Decimal

from pactgraph.extracting.values.slots import START, Fields, Slot, no_value, one_of, unnamed, whole

_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "ninty": 90,
}  # fmt: skip
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_SMALL = _ONES | _TEENS | _TENS | {"zero": 0, "a": 1}

_BELOW_100 = rf"(?:{one_of(_TENS)}(?:[ -]{one_of(_ONES)}\b)?|{one_of(_ONES | _TEENS)})"
_JOINT = r"(?:,? and |-and-|, |[ -])"

BELOW_1000 = rf"(?:(?:{one_of(_ONES)}|a)[ -]hundred(?:{_JOINT}{_BELOW_100}\b)?|{_BELOW_100})"
"""Pattern of a number in words from one to nine hundred ninety-nine; the caller sees to the word's end."""

WORDS = (
    rf"(?:zero|(?:{BELOW_1000}|a)(?:[ -]{one_of(_SCALES)}\b(?:{_JOINT}{BELOW_1000}\b)?){{1,3}}|{BELOW_1000})"
)  # fmt: skip
"""Pattern of any number in words; the caller sees to the word's end."""

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
"""Pattern of a number in digits, with thousands in commas."""

_NUMBER = (
    rf"{START}(?<!\d[.,])(?:"
    rf"(?P<words>{WORDS})\b(?: ?\( ?{DIGITS} ?\))?"
    rf"|(?P<digits>{DIGITS})(?!\d|[.,]\d|(?:st|nd|rd|th)\b)"
    rf"(?: (?P<scale>{one_of(_SCALES)})\b| ?\((?P<spelt>[a-z][a-z -]{{2,60}})\))?"
    r")"
)


def parse_words(text: str) -> int:
    """Return the number that `text` spells.

    >>> parse_words("one hundred and twenty-five thousand")
    125000

    Raises ValueParseError for anything but one spelt number.
    """
    total = part = 0
    for word in re.findall("[a-z]+", whole(WORDS, text, "number in words", "forty-five")[0].lower()):
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


def spells_number(text: str) -> bool:
    """Return whether `text` is one number in words.

    >>> spells_number("forty-five"), spells_number("or more")
    (True, False)
    """
    return bool(re.fullmatch(WORDS, text.strip(), re.IGNORECASE))


def parse_number(text: str) -> Decimal:
    """Return the number that `text` states in words, in digits or in both.

    Where words and digits disagree the words count, as they do in contract law.

    >>> parse_number("one hundred twenty (120)")
    Decimal('120')
    >>> parse_number("1,250"), parse_number("2.5 million")
    (Decimal('1250'), Decimal('2500000'))

    Raises ValueParseError where `text` is not one number.
    """
    match = whole(_NUMBER, text, "number", "forty-five (45)")
    spelt = match["words"] or match["spelt"]
    if spelt and spells_number(spelt):
        return Decimal(parse_words(spelt))
    number = Decimal(match["digits"].replace(",", ""))
    return Decimal(int(number * _SCALES[match["scale"].lower()])) if match["scale"] else number


def _fields(words: str) -> Fields:
    return {"": parse_number(words)}


NUMBER = Slot("number", unnamed(_NUMBER), _fields)
