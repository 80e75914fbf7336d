"""Places are read from names, adjectives and states; codes are those of ISO 3166."""

from __future__ import annotations

from collections.abc import Callable

import pycountry
import pytest

from pactgraph.errors import ValueParseError
from pactgraph.extracting.values import Fields, parse_country, parse_law
from pactgraph.extracting.values.place_names import ABBREVIATIONS, POSTAL, own

Read = Callable[[str, str], Fields | None]

LAWS = {
    "State of California": "US-CA",
    "California": "US-CA",
    "CALIFORNIA": "US-CA",
    "the State of New York": "US-NY",
    "New York": "US-NY",
    "State of New York, USA": "US-NY",
    "New Jersey": "US-NJ",
    "New Mexico": "US-NM",
    "West Virginia": "US-WV",
    "Commonwealth of Massachusetts": "US-MA",
    "Delaware": "US-DE",
    "Washington": "US-WA",
    "District of Columbia": "US-DC",
    "Washington, D.C.": "US-DC",
    "Georgia": "US-GA",
    "State of Georgia": "US-GA",
    "Republic of Georgia": "GE",
    "country of Georgia": "GE",
    "United States": "US",
    "the United States of America": "US",
    "Puerto Rico": "PR",
    "Province of Ontario": "CA-ON",
    "Ontario, Canada": "CA-ON",
    "Quebec": "CA-QC",
    "Québec": "CA-QC",
    "Canada": "CA",
    "New South Wales": "AU-NSW",
    "State of Victoria, Australia": "AU-VIC",
    "England and Wales": "GB-EAW",
    "England & Wales": "GB-EAW",
    "England": "GB-EAW",
    "English": "GB-EAW",
    "Scotland": "GB-SCT",
    "Scots": "GB-SCT",
    "Northern Ireland": "GB-NIR",
    "Republic of Ireland": "IE",
    "Irish": "IE",
    "United Kingdom": "GB",
    "UK": "GB",
    "Spanish": "ES",
    "Spain": "ES",
    "Swiss": "CH",
    "French": "FR",
    "Federal Republic of Germany": "DE",
    "the Netherlands": "NL",
    "Dutch": "NL",
    "Czech Republic": "CZ",
    "Turkey": "TR",
    "Türkiye": "TR",
    "State of Israel": "IL",
    "Hong Kong": "HK",
    "Hong Kong SAR": "HK",
    "People's Republic of China": "CN",
    "PRC": "CN",
    "P.R.C.": "CN",
    "mainland China": "CN",
    "Republic of China": "TW",
    "Taiwan": "TW",
    "Republic of Korea": "KR",
    "South Korea": "KR",
    "Viet Nam": "VN",
    "Vietnam": "VN",
    "Côte d'Ivoire": "CI",
    "Cote d'Ivoire": "CI",
    "British Virgin Islands": "VG",
    "Cayman Islands": "KY",
    "Dubai": "AE-DU",
    "Bolivia": "BO",
    "Russian Federation": "RU",
}

NO_LAWS = ["", "us", "uk", "the State", "polish", "turkey", "Indianapolis", "Atlantis", "State of", "prc", "Franceland"]

COUNTRIES = {
    "Spanish": "ES",
    "Delaware": "US",
    "the State of Delaware": "US",
    "Scotland": "GB",
    "England": "GB",
    "Ontario": "CA",
    "Hong Kong": "HK",
    "USA": "US",
    "U.S.A.": "US",
    "the United Kingdom": "GB",
    "Germany": "DE",
    "Swiss": "CH",
    "Dubai, United Arab Emirates": "AE",
    "CA 94105": "US",
    "NY 10001-1234": "US",
    "Japan": "JP",
}


@pytest.mark.parametrize(("words", "value"), LAWS.items())
def test_places_of_law_are_read(read: Read, words: str, value: str) -> None:
    assert read("law", words) == {"": value}


@pytest.mark.parametrize("words", NO_LAWS)
def test_near_misses_are_no_places(words: str) -> None:
    with pytest.raises(ValueParseError, match="states no place"):
        parse_law(words)


@pytest.mark.parametrize(("words", "value"), COUNTRIES.items())
def test_countries_are_read(read: Read, words: str, value: str) -> None:
    assert read("country", words) == {"": value}


@pytest.mark.parametrize("words", ["", "us", "CA", "CA 941", "Europe", "nowhere"])
def test_near_misses_are_no_countries(words: str) -> None:
    with pytest.raises(ValueParseError, match="states no country"):
        parse_country(words)


def test_every_country_is_read_from_its_iso_name() -> None:
    listed = [c for c in pycountry.countries if not set(",(") & set(c.name)]
    assert len(listed) > 225
    other = {"GE": "US-GA"}  # 'Georgia' alone is the American state.
    assert {c.name: parse_law(c.name) for c in listed} == {c.name: other.get(c.alpha_2, c.alpha_2) for c in listed}


def _reads(name: str) -> bool:
    try:
        return bool(parse_country(name))
    except ValueParseError:
        return False


def test_every_country_is_read_from_some_name() -> None:
    read_codes = {code[:2] for _, code in own()} | {
        c.alpha_2 for c in pycountry.countries if not set(",(") & set(c.name)
    }
    assert {c.alpha_2 for c in pycountry.countries} - read_codes == set()


def test_own_codes_are_codes_of_iso_3166() -> None:
    countries = {c.alpha_2 for c in pycountry.countries}
    # England and Wales is a code of ISO 3166-2 that pycountry lists under another type.
    parts = {s.code for s in pycountry.subdivisions} | {"GB-EAW"}
    codes = {code for _, code in own()} | set(ABBREVIATIONS.values())
    assert len(codes) > 200
    assert {code for code in codes if code not in countries | parts} == set()


def test_no_name_stands_for_two_places() -> None:
    names = [name.casefold() for name, _ in own()]
    assert len(names) > 350
    assert sorted({name for name in names if names.count(name) > 1}) == []
    assert len(POSTAL) == len(set(POSTAL)) == 51
