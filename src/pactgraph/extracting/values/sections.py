"""References to an agreement's own clauses ('Sections 1.4, 2 and 9 through 12'), e-mail and web addresses."""

from __future__ import annotations

import re

from pactgraph.extracting.values.slots import Slot, no_value, tidy, unnamed

_LETTERED = r"(?: ?\([a-z0-9]{1,5}\))"
_NUMBERED = rf"\d{{1,3}}(?:\.\d{{1,3}}){{0,5}}(?:\.(?=[ ,;(]))?{_LETTERED}{{0,4}}(?![\w%])"
_ROMAN = r"(?-i:[IVXLC]{1,7})(?:\.\d{1,3}){0,4}\b"
_CAPITAL = r"(?-i:[A-Z])(?:[.-]?\d{1,3}(?:\.\d{1,3}){0,4})?\b"
_LABEL = rf"(?:{_NUMBERED}|{_ROMAN}|{_CAPITAL}|\([a-z0-9]{{1,5}}\){_LETTERED}{{0,3}})"
_TITLE = r"""(?: ?\((?![a-z0-9]{1,5}\))[^()]{2,100}\)| ?"[^"]{2,100}")?"""
_WORD = r"(?:sub-?sections?|sections?|sects?\.|secs?\.|sub-?clauses?|clauses?|articles?|arts?\.|(?:sub-?)?paragraphs?|paras?\.|§§?)"
_RANGE = r"(?: ?- ?|,? (?:through(?: and including)?|thru|to|until) )"
_AND = r"(?: ?[,;/&] ?(?:and |or |& )?| (?:and|or|and/or|as well as) )"
_NEXT = rf"(?:{_RANGE}|{_AND})(?:{_WORD} ?)?{_LABEL}{_TITLE}"
_LIST = rf"{_LABEL}{_TITLE}(?:{_NEXT}){{0,60}}"
_BARE = rf"(?<![\w.]){_NUMBERED}(?:{_TITLE[:-1]}|(?:{_AND}{_NUMBERED}{_TITLE}){{1,60}}(?:{_NEXT}){{0,60}})"
_SECTIONS = rf"(?:(?<!\w){_WORD} ?(?:nos?\. )?{_LIST}|{_BARE})"
_PARSER = re.compile(_SECTIONS, re.IGNORECASE)
_TOKEN = re.compile(
    rf"(?P<title>{_TITLE[:-1]})|(?P<range>{_RANGE})|(?P<word>{_WORD})|(?P<label>{_LABEL})", re.IGNORECASE
)
_TAIL = re.compile(r"(?P<head>.*?)(?P<number>\d+|[IVXLC]+|\([a-z]\))$")

_EMAIL = r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b"
_EMAIL_PARSER = re.compile(_EMAIL)
_URL = (
    r"(?<![@\w.])(?:https?://|www\.)[^\s<>\"'()\[\]*]{2,300}[\w/]"
    r"|(?<![@\w./-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|io|eu|co|ai|app|dev|cloud|info)(?:/[^\s<>\"'()\[\]*]{0,300}[\w/])?(?![\w@-]|\.\w)"
)
_URL_PARSER = re.compile(_URL, re.IGNORECASE)


def parse_sections(text: str) -> tuple[str, ...]:
    """Return the labels of the clauses that `text` refers to, in its order.

    Ranges of like labels are filled in; a lone '(b)' continues the label before it.

    >>> parse_sections("Sections 1.4, 2 and 9 through 11")
    ('1.4', '2', '9', '10', '11')
    >>> parse_sections("Clause 5(a) and (b)")
    ('5(a)', '5(b)')

    Raises ValueParseError where `text` names no clause by number.
    """
    words = tidy(text)
    if not _PARSER.fullmatch(words):
        raise no_value("sections", text, "Sections 2, 3 and 7")
    labels: list[str] = []
    ranged = False
    for token in _TOKEN.finditer(words):
        if token["range"]:
            ranged = True
        elif token["label"]:
            label = _complete(token["label"].replace(" ", "").rstrip("."), labels)
            labels += _between(labels[-1], label) if ranged and labels else []
            labels.append(label)
            ranged = False
    return tuple(dict.fromkeys(labels))


def parse_email(text: str) -> str:
    """Return the e-mail address.

    >>> parse_email("legal@example.com")
    'legal@example.com'

    Raises ValueParseError where `text` is none.
    """
    words = tidy(text)
    if not _EMAIL_PARSER.fullmatch(words):
        raise no_value("e-mail address", text, "legal@example.com")
    return words


def parse_url(text: str) -> str:
    """Return the web address as written.

    >>> parse_url("www.example.com/terms")
    'www.example.com/terms'

    Raises ValueParseError where `text` is none.
    """
    words = tidy(text)
    if not _URL_PARSER.fullmatch(words):
        raise no_value("web address", text, "https://example.com/terms")
    return words


def _complete(label: str, before: list[str]) -> str:
    """Give a lone '(b)' the number of the label before it."""
    if not label.startswith("(") or not before:
        return label
    head = re.sub(r"(?:\([^)]*\))+$", "", before[-1])
    return head + label


def _between(first: str, last: str) -> list[str]:
    """Return the labels strictly between two of the same form, none where the form differs."""
    start, end = _TAIL.match(first), _TAIL.match(last)
    if not start or not end or start["head"] != end["head"]:
        return []
    if start["number"].isdigit() and end["number"].isdigit():
        low, high = int(start["number"]), int(end["number"])
        return [f"{start['head']}{n}" for n in range(low + 1, high)] if high - low < 100 else []
    if start["number"].startswith("(") and end["number"].startswith("("):
        letters = range(ord(start["number"][1]) + 1, ord(end["number"][1]))
        return [f"{start['head']}({chr(code)})" for code in letters]
    if start["number"].isalpha() and end["number"].isalpha():
        low, high = _roman_value(start["number"]), _roman_value(end["number"])
        return [start["head"] + _roman(n) for n in range(low + 1, high)]
    return []


_ROMANS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def _roman(number: int) -> str:
    numeral = ""
    for value, letters in _ROMANS:
        numeral += letters * (number // value)
        number %= value
    return numeral


def _roman_value(numeral: str) -> int:
    values = [dict((letters, value) for value, letters in _ROMANS if len(letters) == 1)[letter] for letter in numeral]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


SECTIONS = Slot("sections", unnamed(_SECTIONS), lambda words: {"": parse_sections(words)})
EMAIL = Slot("email", _EMAIL, lambda words: {"": parse_email(words)})
URL = Slot("url", f"(?:{_URL})", lambda words: {"": parse_url(words)})
