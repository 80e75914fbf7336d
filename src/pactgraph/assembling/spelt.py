"""Numbers that are written twice, in words and in digits, and disagree: 'thirty (60) days'."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNITS = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
)
_DECADES = re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety")
_SMALL = {word: number for number, word in enumerate(_UNITS)}
_SMALL |= {word: 10 * number for number, word in enumerate(_DECADES, 2)}
_TENS = range(20, 100)
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_ONE = "|".join(sorted((*_SMALL, *_SCALES, "hundred"), key=len, reverse=True))
_WORDS = rf"(?:{_ONE})(?:[\s-]+(?:and[\s-]+)?(?:{_ONE}))*"
_UNIT = r"(?:\s+(?:per\s?cent|percent|(?:US\s+)?dollars|euros?|pounds))?"
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d{1,9}"
_WORDS_FIRST = re.compile(
    rf"(?<![\w.-])(?P<words>{_WORDS}){_UNIT}\s*\(\s*(?:US)?[$€£]?\s*(?P<digits>{_DIGITS})(?:\.0+)?\s*(?:%|percent)?\s*\)",
    re.IGNORECASE,
)
_DIGITS_FIRST = re.compile(rf"(?<![\w.,-])(?P<digits>{_DIGITS})\s*\(\s*(?P<words>{_WORDS})\s*\)", re.IGNORECASE)
_PART_OF_MORE = re.compile(r"(?:\bpoint|\bhalf|\bquarters?|\band|\d)[\s-]*$", re.IGNORECASE)
_BEFORE = 12
_LIST = 600
"""How far on the second item of a list may stand whose first one is '(1)'."""


def mismatches(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a number stands whose words and digits disagree, in the order of the text.

    Only whole numbers that are spelt in full are compared. A number before the first item of a list ('the following
    two (1) oars, (2) sails') is no such pair.

    >>> text = "Pay in thirty (60) days, or in ten (10)."
    >>> [text[start:end] for start, end in mismatches(text)]
    ['thirty (60)']
    """
    found = []
    for pattern in (_WORDS_FIRST, _DIGITS_FIRST):
        for match in pattern.finditer(text):
            number = _value(match["words"])
            written = int(match["digits"].replace(",", ""))
            before = text[max(0, match.start() - _BEFORE) : match.start()]
            if number is None or number == written or _PART_OF_MORE.search(before):
                continue
            if not _is_label(text, match.end(), written):
                found.append((match.start(), match.end()))
    yield from sorted(found)


def _value(words: str) -> int | None:
    """Return the number that words spell, or None where they are several numbers beside one another."""
    total = part = 0
    last = 1000
    for word in re.findall("[a-z]+", words.casefold()):
        if word == "and":
            continue
        if word in _SCALES:
            total, part, last = total + (part or 1) * _SCALES[word], 0, 1000
        elif word == "hundred":
            part, last = (part or 1) * 100, 100
        elif _SMALL[word] >= last:
            return None
        else:
            part, last = part + _SMALL[word], 10 if _SMALL[word] in _TENS else 1
    return total + part


def _is_label(text: str, end: int, number: int) -> bool:
    return number == 1 and "(2)" in text[end : end + _LIST]
