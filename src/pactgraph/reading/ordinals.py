"""Counting numbers as labels: roman, letters, words, as word processors and browsers write them."""

from __future__ import annotations

from collections.abc import Callable

_ROMANS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN = 3999
_MOST_LETTERS = 26 * 30
_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


def roman(number: int) -> str:
    """Return `number` in small Roman numerals; outside 1 to 3999, in digits.

    >>> roman(14), roman(0)
    ('xiv', '0')
    """
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    found = ""
    for value, sign in _ROMANS:
        while number >= value:
            found += sign
            number -= value
    return found


def doubled(number: int) -> str:
    """Return `number` in small letters as word processors count: z, aa, bb. Out of range, in digits.

    >>> doubled(3), doubled(28)
    ('c', 'bb')
    """
    if not 0 < number <= _MOST_LETTERS:
        return str(number)
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)


def alphabetic(number: int) -> str:
    """Return `number` in small letters as browsers count: z, aa, ab. Out of range, in digits.

    >>> alphabetic(3), alphabetic(28)
    ('c', 'ab')
    """
    if not 0 < number <= _MOST_LETTERS:
        return str(number)
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(97 + rest) + found
    return found


def cardinal(number: int) -> str:
    """Return `number` in words up to 99, with a capital; beyond, in digits.

    >>> cardinal(21)
    'Twenty-one'
    """
    if not 0 <= number < 100:
        return str(number)
    tens, unit = divmod(number, 10)
    words = _UNITS[number] if number < 20 else _TENS[tens - 2] + (f"-{_UNITS[unit]}" if unit else "")
    return words.capitalize()


def ordinal_word(number: int) -> str:
    """Return the ordinal of `number` in words up to 99, with a capital; beyond, in digits.

    >>> ordinal_word(3), ordinal_word(20), ordinal_word(34)
    ('Third', 'Twentieth', 'Thirty-fourth')
    """
    words = cardinal(number)
    if words.isdigit():
        return ordinal(number)
    head, dash, last = words.rpartition("-")
    low = last.lower()
    form = _ORDINALS.get(low) or (low[:-1] + "ieth" if low.endswith("y") else low + "th")
    return f"{head}{dash}{form}" if dash else form.capitalize()


def ordinal(number: int) -> str:
    """Return the ordinal of `number` in digits.

    >>> ordinal(2), ordinal(11), ordinal(23)
    ('2nd', '11th', '23rd')
    """
    teen = 10 <= number % 100 <= 20
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


WORD_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "lowerLetter": doubled,
    "upperLetter": lambda number: doubled(number).upper(),
    "ordinal": ordinal,
    "cardinalText": cardinal,
    "ordinalText": ordinal_word,
    "none": lambda _: "",
    "bullet": lambda _: "",
}
"""How Word writes a number, by w:numFmt; formats of other scripts are not listed."""

CSS_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimal-leading-zero": lambda number: f"{number:02d}",
    "lower-roman": roman,
    "upper-roman": lambda number: roman(number).upper(),
    "lower-alpha": alphabetic,
    "lower-latin": alphabetic,
    "upper-alpha": lambda number: alphabetic(number).upper(),
    "upper-latin": lambda number: alphabetic(number).upper(),
}
"""How browsers write a number, by CSS list-style-type."""
