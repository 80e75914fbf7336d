"""Places whose law governs, and countries: 'the State of California', 'Spanish', 'England and Wales'.

Codes are ISO 3166-1 and 3166-2. Places with a code of their own in ISO 3166-1 (Hong Kong, Puerto
Rico) take that one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

import pycountry

from pactgraph.extracting.values import place_names as names
from pactgraph.extracting.values.slots import Slot, no_value, one_of, tidy

_DESIGNATION = (
    r"(?:(?:(?:federal|federative|islamic|people's|democratic|socialist|plurinational|arab|sovereign) )*"
    r"(?:state|commonwealth|province|territory|republic|kingdom|country|nation|principality|grand duchy|duchy|sultanate|"
    r"federation|union|confederation|canton|emirate|city|city-state|bailiwick) of (?:the )?)"
)


def parse_law(text: str) -> str:
    """Return the ISO 3166 code of the place whose law `text` names.

    >>> parse_law("the State of California"), parse_law("Spanish"), parse_law("England and Wales")
    ('US-CA', 'ES', 'GB-EAW')

    Raises ValueParseError where `text` names no such place.
    """
    words = tidy(text)
    match = _law_parser().fullmatch(words)
    if match is None:
        raise no_value("place with a law of its own", text, "the State of California")
    return _code(match["place"])


def parse_country(text: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of the country that `text` names or lies in.

    >>> parse_country("Delaware"), parse_country("Swiss"), parse_country("CA 94105")
    ('US', 'CH', 'US')

    Raises ValueParseError where `text` names no country.
    """
    words = tidy(text)
    if _POSTAL_PARSER.fullmatch(words):
        return "US"
    match = _law_parser().fullmatch(words)
    if match is None:
        raise no_value("country", text, "Switzerland")
    return _code(match["place"])[:2]


def _code(place: str) -> str:
    key = _key(place)
    if place in names.ABBREVIATIONS:
        return names.ABBREVIATIONS[place]
    return _codes().get(key) or _codes()[re.sub(f"^{_DESIGNATION}", "", key)]


def _key(name: str) -> str:
    """Return `name` without accents, case and a leading article."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return plain.casefold().removeprefix("the ")


@cache
def _codes() -> Mapping[str, str]:
    """Return the code of every name, by its key; the house's own tables go before ISO's names."""
    listed = {_key(name): code for name, code in _listed_countries()}
    own = {_key(name): code for code, line in names.NAMES.items() for name in line.split("|")}
    return listed | own


def _listed_countries() -> Iterator[tuple[str, str]]:
    for country in pycountry.countries:
        for attribute in ("official_name", "common_name", "name"):
            name = getattr(country, attribute, None)
            if isinstance(name, str) and not set(",(") & set(name):
                yield name, str(country.alpha_2)


def _accented_names() -> Iterator[str]:
    for name, _ in _listed_countries():
        yield name.lower()
    for line in names.NAMES.values():
        yield from line.lower().split("|")


@cache
def _place_pattern() -> str:
    every = {form.removeprefix("the ") for name in _accented_names() for form in (name, _key(name))}
    return rf"(?:{_DESIGNATION}?{one_of(every)}|(?-i:{one_of(names.ABBREVIATIONS)}))"


@cache
def _law_pattern() -> str:
    parents = rf"(?:{one_of(names.PARENTS)}|(?-i:{one_of(names.PARENT_ABBREVIATIONS)}))"
    return rf"(?<!\w)(?:the )?(?P<place>{_place_pattern()})(?!\w)(?:,? (?:in )?(?:the )?{parents}(?!\w))?"


@cache
def _law_parser() -> re.Pattern[str]:
    return re.compile(_law_pattern(), re.IGNORECASE)


_POSTAL = rf"(?<!\w)(?-i:{one_of(names.POSTAL)}),? \d{{5}}(?:-\d{{4}})?(?!\w)"
_POSTAL_PARSER = re.compile(_POSTAL, re.IGNORECASE)
_UNNAMED_LAW = _law_pattern().replace("(?P<place>", "(?:")

LAW = Slot("law", _UNNAMED_LAW, lambda words: {"": parse_law(words)})
COUNTRY = Slot("country", f"(?:{_POSTAL}|{_UNNAMED_LAW})", lambda words: {"": parse_country(words)})
