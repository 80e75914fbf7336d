"""Lengths of time ('thirty (30) days', 'at once') and recurring periods ('per month', 'annually')."""

from __future__ import annotations

import re

from pactgraph.extracting.values.numbers import BELOW_1000, parse_words
from pactgraph.extracting.values.slots import Fields, Slot, no_value, one_of, tidy, unnamed

_UNITS = {
    "year": ("", 1, "Y"), "yr": ("", 1, "Y"), "anniversary": ("", 1, "Y"),
    "quarter": ("", 3, "M"), "month": ("", 1, "M"), "mo": ("", 1, "M"),
    "fortnight": ("", 2, "W"), "week": ("", 1, "W"), "wk": ("", 1, "W"), "day": ("", 1, "D"),
    "hour": ("T", 1, "H"), "hr": ("T", 1, "H"),
    "minute": ("T", 1, "M"), "min": ("T", 1, "M"), "second": ("T", 1, "S"), "sec": ("T", 1, "S"),
}  # fmt: skip
"""Unit -> (time marker, how many of the ISO unit, ISO unit)."""

_HALVES = {"year": "P6M", "day": "PT12H", "hour": "PT30M"}
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "twelfth": 12, "fourteenth": 14, "fifteenth": 15, "twentieth": 20, "thirtieth": 30,
    "forty-fifth": 45, "sixtieth": 60, "ninetieth": 90,
}  # fmt: skip

_COUNT = (
    rf"(?:(?P<words>{BELOW_1000})(?:[ -]?\( ?\d[\d,]* ?\))?"
    rf"|(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}})(?P<half>\.50?)?(?: ?\( ?(?P<spelt>{BELOW_1000}) ?\))?"
    r"|\( ?(?P<enclosed>\d{1,4}) ?\))"
)
_QUALIFIER = (
    r"(?:calendar|business|working|banking|work|consecutive|successive|continuous|contiguous|full|whole|complete|"
    r"entire|additional|further|more|fiscal|contract|normal|regular|clock|billing|U\.S\.)"
)
_PLURAL = r"(?:s\b'?|\b(?:'s\b)?)"
_UNIT = r"(?P<unit>year|yr|quarter|month|fortnight|week|wk|day|hour|hr|minute|min|second|sec)" + _PLURAL
_COUNTED = rf"{_COUNT}[ -]{{0,2}}(?P<kind>(?:{_QUALIFIER}[ -]){{0,3}}){_UNIT}"
_SINGLE = (
    r"an? (?P<kind1>(?:(?:full|whole|single|calendar|fiscal|business|working) )?)(?P<unit1>year|quarter|month|week|day|hour)\b"
    r"|(?:calendar|fiscal|contract) (?P<unit2>year|quarter|month)\b"
    r"|(?:next|following) (?P<kind3>(?:(?:full|calendar|business|working|banking) )?)(?P<unit3>day)\b"
)
_HALF = r"(?:half|one[ -]half)[ -](?:of )?(?:an? |one )?(?P<halved>year|day|hour)\b"
_NTH = (
    rf"(?:(?P<nth>{one_of(_ORDINALS)})(?: ?\( ?\d{{1,3}} ?(?:st|nd|rd|th) ?\))?|(?P<nth_digits>\d{{1,3}}) ?(?:st|nd|rd|th))"
    r" (?P<kind4>(?:(?:calendar|business|working|banking|consecutive) ){0,2})"
    r"(?P<unit4>day\b(?! of )|anniversary\b)"
)
_DURATION = rf"(?<!\w)(?<!\d[.,])(?:{_COUNTED}|{_HALF}|{_SINGLE}|{_NTH})"
_PARSER = re.compile(_DURATION, re.IGNORECASE)

_ADVERBS = {
    "hourly": "PT1H", "daily": "P1D", "weekly": "P1W", "fortnightly": "P2W", "biweekly": "P2W", "bi-weekly": "P2W",
    "monthly": "P1M", "quarterly": "P3M", "semi-annually": "P6M", "semiannually": "P6M", "semi-annual": "P6M",
    "biannually": "P6M", "half-yearly": "P6M", "annually": "P1Y", "annual": "P1Y", "yearly": "P1Y", "per annum": "P1Y",
    "p.a.": "P1Y", "biennially": "P2Y",
    "month-to-month": "P1M", "month to month": "P1M", "year-to-year": "P1Y", "year to year": "P1Y",
    "week-to-week": "P1W", "week to week": "P1W", "day-to-day": "P1D",
}  # fmt: skip
_EACH = r"(?:per ?|/ ?|(?:(?:in|during|within|over|for|once|twice) )?(?:an?|each|every|any|one) )"
_PERIOD = (
    rf"(?<!\w)(?:(?P<adverb>{one_of(_ADVERBS)})(?!\w)"
    rf"|{_EACH}(?:given |one |single |rolling |consecutive |preceding |successive )?(?:"
    rf"(?P<counted>{unnamed(_COUNTED)})"
    rf"|(?:(?:calendar|fiscal|contract|full|billing|business|working|service|subscription) )?"
    r"(?P<each>year|yr|quarter|month|mo|week|day|hour|hr|minute|min|second)\b)(?:[ -]period\b)?)"
)
_PERIOD_PARSER = re.compile(_PERIOD, re.IGNORECASE)
_IMMEDIATE = r"\b(?:immediately|at once|forthwith|with immediate effect|instantly)\b"
_IMMEDIATE_PARSER = re.compile(_IMMEDIATE, re.IGNORECASE)


def parse_duration(text: str) -> str:
    """Return the ISO 8601 duration that `text` states, in its own unit.

    Twelve months stay P12M: the unit is part of what was agreed. Quarters are months (P3M). Where
    words and digits disagree the words count, as they do in contract law.

    >>> parse_duration("thirty (30) days")
    'P30D'
    >>> parse_duration("48 (forty-eight) hours")
    'PT48H'

    Raises ValueParseError where no single duration is stated.
    """
    return _read_duration(text)[0]


def parse_day_kind(text: str) -> str | None:
    """Return which days the duration `text` counts: business, calendar, or None where it does not say.

    >>> parse_day_kind("ten (10) working days")
    'business'

    Raises ValueParseError where `text` is no duration.
    """
    return _read_duration(text)[1]


def parse_period(text: str) -> str:
    """Return the ISO 8601 duration after which `text` recurs.

    >>> parse_period("per month"), parse_period("annually"), parse_period("in any 12-month period")
    ('P1M', 'P1Y', 'P12M')

    Raises ValueParseError where `text` states no recurrence.
    """
    match = _PERIOD_PARSER.fullmatch(tidy(text))
    if match is None:
        raise no_value("recurring period", text, "per month")
    if match["adverb"]:
        return _ADVERBS[match["adverb"].lower()]
    if match["counted"]:
        return parse_duration(match["counted"])
    return _iso(1, match["each"])


def parse_immediate(text: str) -> str:
    """Return PT0S for words that mean 'at once'.

    >>> parse_immediate("forthwith")
    'PT0S'

    Raises ValueParseError for other words.
    """
    if not _IMMEDIATE_PARSER.fullmatch(tidy(text)):
        raise no_value("immediacy", text, "immediately")
    return "PT0S"


def _read_duration(text: str) -> tuple[str, str | None]:
    match = _PARSER.fullmatch(tidy(text))
    if match is None:
        raise no_value("duration", text, "thirty (30) days")
    if match["halved"]:
        return _HALVES[match["halved"].lower()], None
    unit = next(filter(None, match.group("unit", "unit1", "unit2", "unit3", "unit4"))).lower()
    kind = "".join(filter(None, match.group("kind", "kind1", "kind3", "kind4"))).lower()
    count = _count(match)
    if match["half"]:
        return _with_half(count, unit, text), None
    return _iso(count, unit), _day_kind(kind) if unit == "day" else None


def _count(match: re.Match[str]) -> int:
    spelt = match["words"] or match["spelt"]
    if spelt:
        return parse_words(spelt)
    if match["nth"]:
        return _ORDINALS[match["nth"].lower()]
    digits = match["digits"] or match["enclosed"] or match["nth_digits"]
    return int(digits.replace(",", "")) if digits else 1


def _with_half(count: int, unit: str, text: str) -> str:
    smaller = {"year": ("P", 12, "M"), "day": ("PT", 24, "H"), "hour": ("PT", 60, "M")}
    if unit not in smaller:
        raise no_value("duration in whole units", text, "18 months")
    prefix, size, letter = smaller[unit]
    return f"{prefix}{count * size + size // 2}{letter}"


def _iso(count: int, unit: str) -> str:
    marker, size, letter = _UNITS[unit.lower()]
    return f"P{marker}{count * size}{letter}"


def _day_kind(qualifiers: str) -> str | None:
    if re.search("business|work|bank", qualifiers):
        return "business"
    return "calendar" if "calendar" in qualifiers else None


def _duration_fields(words: str) -> Fields:
    duration, kind = _read_duration(words)
    return {"": duration, "dayKind": kind} if kind else {"": duration}


DURATION = Slot("duration", unnamed(_DURATION), _duration_fields)
PERIOD = Slot("period", unnamed(_PERIOD), lambda words: {"": parse_period(words)})
IMMEDIATE = Slot("immediate", _IMMEDIATE, lambda words: {"": parse_immediate(words)})
