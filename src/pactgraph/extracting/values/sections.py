"""References to an agreement's own clauses: 'Sections 1.4, 2 and 9 through 12'."""

from __future__ import annotations

import re

from pactgraph.extracting.values.slots import Slot, unnamed, whole

_LETTER = r"\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)"
_NUMBERED = rf"\d{{1,3}}(?:\.\d{{1,3}}){{0,5}}(?-i:[A-Z]|\.[a-z](?!\.))?(?: ?{_LETTER}){{0,4}}(?![\w%$])(?!\.\d)"
_LETTERED = rf"{_LETTER}(?: ?{_LETTER}){{0,3}}"
_ROMAN = r"(?-i:[IVXLC]{1,7})(?:\.\d{1,3}){0,4}(?:\((?-i:[A-Z])\)|\b)"
_CAPITAL = r"(?-i:[A-Z])(?:[.-]?\d{1,3}(?:\.\d{1,3}){0,4})?\b"
_TITLE = rf"""(?: ?(?!{_LETTER})\([^()]{{2,100}}\)| ?"[^"]{{2,100}}")"""
_WORD = (
    r"(?:sub-?sections?|sections?|sects?\.|secs?\.|sub-?clauses?|clauses?|articles?|arts?\.|(?:sub-?)?paragraphs?|"
    r"paras?\.|§§?)"
)
_THROUGH = r"(?: ?- ?|,? (?:through(?: and including)?|thru|to|until) )"
_AND = r"(?: ?[,;/&] ?(?:and |or |& )?| (?:and|or|and/or|as well as) )"
_JOINT = rf"(?:{_THROUGH}|{_AND})"
# '5 and 30 days' refers to one section only.
_NO_QUANTITY = r"(?! ?(?:\(\d|days?|months?|years?|hours?|calendar|business|per ?cent))"
_NUMBERS = rf"{_NUMBERED}{_TITLE}?(?:{_JOINT}(?:{_NUMBERED}{_NO_QUANTITY}|{_LETTERED}){_TITLE}?){{0,60}}"
_ROMANS = rf"{_ROMAN}{_TITLE}?(?:{_JOINT}{_ROMAN}{_TITLE}?){{0,30}}"
_WORDED = (
    rf"{_WORD} ?(?:{_WORD} )?(?:nos?\. )?"
    rf"(?:{_NUMBERS}|{_LETTERED}{_TITLE}?(?:{_JOINT}{_LETTERED}){{0,20}}|{_ROMANS}|{_CAPITAL})"
)
_BARE = (
    rf"(?<![\w.]){_NUMBERED}(?:{_TITLE}|{_JOINT}{_NUMBERED}{_NO_QUANTITY}{_TITLE}?)"
    rf"(?:{_JOINT}(?:{_NUMBERED}{_NO_QUANTITY}|{_LETTERED}){_TITLE}?){{0,60}}"
)
_SECTIONS = rf"(?:(?<!\w){_WORDED}(?:{_JOINT}{_WORDED}){{0,20}}|{_BARE})"
_TOKEN = re.compile(
    rf"(?P<label>{_NUMBERED}|{_LETTERED}|{_ROMAN}|{_CAPITAL})|{_TITLE}|(?P<through>{_THROUGH})|{_WORD}", re.IGNORECASE
)
_LAST = re.compile(r"(?P<head>.*?)(?P<last>\d+|[IVXLC]+|\([a-z]\)|\([ivx]+\))$")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_PARTS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def parse_sections(text: str) -> tuple[str, ...]:
    """Return the labels of the clauses that `text` refers to, in its order, each once.

    Ranges between labels of one form are filled in; a lone '(b)' continues the label before it.

    >>> parse_sections("Sections 1.4, 2 and 9 through 11")
    ('1.4', '2', '9', '10', '11')
    >>> parse_sections("Clause 5(a) and (b)")
    ('5(a)', '5(b)')

    Raises ValueParseError where `text` names no clause by its number.
    """
    words = whole(_SECTIONS, text, "sections", "Sections 2, 3 and 7")[0]
    labels: list[str] = []
    through = False
    for token in _TOKEN.finditer(words):
        if token["label"]:
            label = _complete(token["label"].replace(" ", ""), labels)
            labels += [*_between(labels[-1], label), label] if through and labels else [label]
        through = bool(token["through"])
    return tuple(dict.fromkeys(labels))


def _complete(label: str, before: list[str]) -> str:
    """Give a lone '(b)' the number of the label before it."""
    if not label.startswith("(") or not before:
        return label
    depth = label.count("(")
    shared = re.fullmatch(rf"(?P<head>.*?)(?:\([^)]*\)){{{depth}}}", before[-1])
    return (shared["head"] if shared else before[-1]) + label


def _between(first: str, last: str) -> list[str]:
    """Return the labels strictly between two of the same form, none where the forms differ."""
    start, end = _LAST.match(first), _LAST.match(last)
    if not start or not end or start["head"] != end["head"]:
        return []
    head, low, high = start["head"], start["last"], end["last"]
    if low.isdigit() and high.isdigit():
        return [f"{head}{number}" for number in range(int(low) + 1, min(int(high), int(low) + 100))]
    if re.fullmatch(r"\([ivx]+\)", low) and re.fullmatch(r"\([ivx]+\)", high):
        between = range(_roman_value(low[1:-1].upper()) + 1, _roman_value(high[1:-1].upper()))
        return [f"{head}({_roman(number).lower()})" for number in between]
    if low.startswith("(") and high.startswith("("):
        return [f"{head}({chr(code)})" for code in range(ord(low[1]) + 1, ord(high[1]))]
    if low.isalpha() and high.isalpha():
        return [head + _roman(number) for number in range(_roman_value(low) + 1, _roman_value(high))]
    return []


def _roman(number: int) -> str:
    numeral = ""
    for value, letters in _ROMAN_PARTS:
        numeral += letters * (number // value)
        number %= value
    return numeral


def _roman_value(numeral: str) -> int:
    values = [_ROMAN_DIGITS[letter] for letter in numeral]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


SECTIONS = Slot("sections", unnamed(_SECTIONS), lambda words: {"": parse_sections(words)})
