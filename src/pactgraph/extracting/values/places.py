"""Places whose law governs, and countries: 'the State of California', 'Spanish', 'England and Wales'.

Codes are those of ISO 3166-1 and 3166-2. A place with a code of its own in ISO 3166-1 (Hong Kong,
Puerto Rico) takes that one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

import pycountry

from pactgraph.extracting.values import place_names as names
from pactgraph.extracting.values.slots import END, START, Slot, one_of, unnamed, whole

_DESIGNATION = (
    r"(?:mainland (?:of (?:the )?)?"
    r"|(?:(?:federal|federative|islamic|people's|democratic|socialist|plurinational|arab|sovereign) ){0,3}"
    r"(?:state|commonwealth|province|territory|republic|kingdom|country|nation|principality|grand duchy|duchy|sultanate"
    r"|federation|union|confederation|canton|emirate|city|city-state|bailiwick) of (?:the )?)"
)


def parse_law(text: str) -> str:
    """Return the ISO 3166 code of the place whose law `text` names.

    >>> parse_law("the State of California"), parse_law("Spanish"), parse_law("England and Wales")
    ('US-CA', 'ES', 'GB-EAW')

    Raises ValueParseError where `text` names no such place.
    """
    return _code(whole(_LAW, text, "place with a law of its own", "the State of California")["place"])


def parse_country(text: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of the country that `text` names or lies in.

    >>> parse_country("Delaware"), parse_country("Swiss"), parse_country("CA 94105")
    ('US', 'CH', 'US')

    Raises ValueParseError where `text` names no country.
    """
    place = whole(_COUNTRY, text, "country", "Switzerland")["place"]
    return _code(place)[:2] if place else "US"


def _code(place: str) -> str:
    if place in names.ABBREVIATIONS:
        return names.ABBREVIATIONS[place]
    key = _key(place)
    return _codes().get(key) or _codes()[re.sub(f"^{_DESIGNATION}", "", key)]


def _key(name: str) -> str:
    """Return `name` without accents, case and a leading article."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return plain.casefold().removeprefix("the ")


@cache
def _codes() -> Mapping[str, str]:
    """Return the code of every name by its key; the house's own names go before those of ISO."""
    return {_key(name): code for name, code in (*_iso_names(), *names.own())}


def _iso_names() -> Iterator[tuple[str, str]]:
    for country in pycountry.countries:
        for attribute in ("official_name", "common_name", "name"):
            name = getattr(country, attribute, None)
            if isinstance(name, str) and not set(",(") & set(name):
                yield name, str(country.alpha_2)


def _place_pattern() -> str:
    """Return the pattern of a place; names are capitalised: 'polish' and 'turkey' are no places."""
    written = {name.lower().removeprefix("the ") for name, _ in (*_iso_names(), *names.own())}
    return rf"(?:{_DESIGNATION}?(?-i:(?![a-z])){one_of(written | set(_codes()))}|(?-i:{one_of(names.ABBREVIATIONS)}))"


_PARENT = rf"(?:{one_of(names.PARENTS)}|(?-i:{one_of(names.PARENT_ABBREVIATIONS)}))"
_LAW = rf"{START}(?:the )?(?P<place>{_place_pattern()}){END}(?:,? (?:in )?(?:the )?{_PARENT}{END})?"
_COUNTRY = rf"(?:{START}(?-i:{one_of(names.POSTAL)}),? \d{{5}}(?:-\d{{4}})?{END}|{_LAW})"

LAW = Slot("law", unnamed(_LAW), lambda words: {"": parse_law(words)})
COUNTRY = Slot("country", unnamed(_COUNTRY), lambda words: {"": parse_country(words)})
