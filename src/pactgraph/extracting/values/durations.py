"""Lengths of time ('thirty (30) days', 'at once') and recurring periods ('per month', 'annually')."""

from __future__ import annotations

import re

from pactgraph.extracting.values.numbers import BELOW_1000, parse_words, spells_number
from pactgraph.extracting.values.slots import END, START, Fields, Slot, no_value, one_of, unnamed, whole

_UNITS = {
    "year": ("P", 1, "Y"), "yr": ("P", 1, "Y"), "anniversary": ("P", 1, "Y"), "quarter": ("P", 3, "M"),
    "month": ("P", 1, "M"), "mo": ("P", 1, "M"), "fortnight": ("P", 2, "W"), "week": ("P", 1, "W"),
    "wk": ("P", 1, "W"), "day": ("P", 1, "D"), "hour": ("PT", 1, "H"), "hr": ("PT", 1, "H"), "h": ("PT", 1, "H"),
    "minute": ("PT", 1, "M"), "min": ("PT", 1, "M"), "second": ("PT", 1, "S"), "sec": ("PT", 1, "S"),
}  # fmt: skip
"""Unit -> (ISO prefix, how many of the ISO unit, ISO unit)."""

_HALVES = {"year": ("P", 12, "M"), "day": ("PT", 24, "H"), "hour": ("PT", 60, "M")}
"""Unit -> the smaller unit in which its half is a whole number."""

_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "twelfth": 12, "fourteenth": 14, "fifteenth": 15, "twentieth": 20, "thirtieth": 30,
    "forty-fifth": 45, "sixtieth": 60, "ninetieth": 90,
}  # fmt: skip

_COUNT = (
    rf"(?:(?P<words>{BELOW_1000})(?P<half_words>[ -]and[ -](?:a|one)[ -]half)?(?:[ -]?\( ?\d[\d.,]* ?\))?"
    r"|(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,4})(?P<half>\.50?| ?½| 1/2)?(?: ?\( ?(?P<spelt>[a-z][a-z -]{2,40}) ?\))?"
    r"|\( ?(?P<enclosed>\d{1,4}) ?\))"
)
_QUALIFIER = (
    r"(?:calendar|business|working|banking|work|consecutive|successive|continuous|contiguous|full|whole|complete|"
    r"entire|additional|further|more|fiscal|contract|natural|trading|prior|previous|preceding|normal|regular|clock|"
    r"billing|U\.S\.)"
)
_COUNTED = (
    rf"{_COUNT}(?: or more)?[ -]{{0,2}}(?P<kind>(?:{_QUALIFIER}[ -]){{0,3}})"
    r"(?P<unit>year|yr|quarter|month|fortnight|week|wk|day|hour|hr|minute|min|second|sec|h)(?:s\b'?|\b(?:'s\b)?)"
)
_SINGLE = (
    r"an? (?P<kind1>(?:(?:full|whole|single|calendar|fiscal|business|working) )?)"
    r"(?P<unit1>year|quarter|month|week|day|hour)\b"
    r"|(?:calendar|fiscal|contract) (?P<unit2>year|quarter|month)\b|(?:preceding|previous|prior) (?P<unit5>year)\b"
    r"|(?:next|following) (?P<kind3>(?:(?:full|calendar|business|working|banking) )?)(?P<unit3>day)\b"
    r"|(?:half|one[ -]half)[ -](?:of )?(?:an? |one )?(?P<halved>year|day|hour)\b"
)
_NTH = (
    rf"(?:(?P<nth>{one_of(_ORDINALS)})(?: ?\( ?\d{{1,3}} ?(?:st|nd|rd|th) ?\))?"
    r"|(?P<nth_digits>\d{1,3}) ?(?:st|nd|rd|th))"
    r" ?(?P<kind4>(?:(?:calendar|business|working|banking|consecutive) ){0,2})(?P<unit4>day\b(?! of )|anniversary\b)"
)
_DURATION = rf"{START}(?<!\d[.,])(?:{_COUNTED}|{_SINGLE}|{_NTH})"

_ADVERBS = {
    "hourly": "PT1H", "daily": "P1D", "weekly": "P1W", "fortnightly": "P2W", "biweekly": "P2W", "bi-weekly": "P2W",
    "monthly": "P1M", "quarterly": "P3M", "semi-annually": "P6M", "semiannually": "P6M", "semi-annual": "P6M",
    "biannually": "P6M", "half-yearly": "P6M", "annually": "P1Y", "annual": "P1Y", "yearly": "P1Y",
    "per annum": "P1Y", "p.a.": "P1Y", "biennially": "P2Y", "month-to-month": "P1M", "month to month": "P1M",
    "month by month": "P1M", "year by year": "P1Y",
    "year-to-year": "P1Y", "year to year": "P1Y", "week-to-week": "P1W", "week to week": "P1W", "day-to-day": "P1D",
}  # fmt: skip
_PERIOD = (
    rf"(?:{START}(?P<adverb>{one_of(_ADVERBS)}){END}"
    rf"|(?:/ ?|{START}(?:per ?|(?:(?:in|during|within|over|for|once|once in) )?(?:an?|each|every|any|one) ))"
    r"(?:given |one |single |rolling |consecutive |preceding |successive )?(?:"
    rf"(?P<counted>{unnamed(_COUNTED)})"
    r"|(?:(?:calendar|fiscal|contract|full|billing|business|working|service|subscription) )?"
    r"(?P<each>year|yr|quarter|month|mo|week|day|hour|hr|minute|min|second|anniversary)\b)(?:[ -]period\b)?)"
)
_IMMEDIATE = r"\b(?:immediately|instantly|at once|forthwith|with immediate effect)\b"


def parse_duration(text: str) -> str:
    """Return the ISO 8601 duration that `text` states, in its own unit.

    Twelve months stay P12M: the unit is part of what was agreed. Quarters are months (P3M), halves
    the next smaller unit. Where words and digits disagree the words count, as they do in contract law.

    >>> parse_duration("thirty (30) days")
    'P30D'
    >>> parse_duration("48 (forty-eight) hours")
    'PT48H'

    Raises ValueParseError where no single duration is stated.
    """
    return _read(text)[0]


def parse_day_kind(text: str) -> str | None:
    """Return which days the duration `text` counts: business, calendar, or None where it does not say.

    >>> parse_day_kind("ten (10) working days")
    'business'

    Raises ValueParseError where `text` is no duration.
    """
    return _read(text)[1]


def parse_period(text: str) -> str:
    """Return the ISO 8601 duration after which `text` recurs.

    >>> parse_period("per month"), parse_period("annually"), parse_period("in any 12-month period")
    ('P1M', 'P1Y', 'P12M')

    Raises ValueParseError where `text` states no recurrence.
    """
    match = whole(_PERIOD, text, "recurring period", "per month")
    if match["adverb"]:
        return _ADVERBS[match["adverb"].lower()]
    return parse_duration(match["counted"]) if match["counted"] else _iso(1, match["each"])


def parse_immediate(text: str) -> str:
    """Return PT0S for words that mean 'at once'.

    >>> parse_immediate("forthwith")
    'PT0S'

    Raises ValueParseError for other words.
    """
    whole(_IMMEDIATE, text, "immediacy", "immediately")
    return "PT0S"


def _read(text: str) -> tuple[str, str | None]:
    match = whole(_DURATION, text, "duration", "thirty (30) days")
    if match["halved"]:
        return _with_half(0, match["halved"].lower(), text), None
    unit = next(filter(None, match.group("unit", "unit1", "unit2", "unit3", "unit4", "unit5"))).lower()
    if match["half"] or match["half_words"]:
        return _with_half(_count(match), unit, text), None
    kind = "".join(filter(None, match.group("kind", "kind1", "kind3", "kind4"))).lower()
    return _iso(_count(match), unit), _day_kind(kind, unit)


def _count(match: re.Match[str]) -> int:
    spelt = match["words"] or match["spelt"]
    if spelt and spells_number(spelt):
        return parse_words(spelt)
    if match["nth"]:
        return _ORDINALS[match["nth"].lower()]
    digits = match["digits"] or match["enclosed"] or match["nth_digits"]
    return int(digits.replace(",", "")) if digits else 1


def _with_half(count: int, unit: str, text: str) -> str:
    if unit not in _HALVES:
        raise no_value("duration in whole units", text, "18 months")
    prefix, size, letter = _HALVES[unit]
    return f"{prefix}{count * size + size // 2}{letter}"


def _iso(count: int, unit: str) -> str:
    prefix, size, letter = _UNITS[unit.lower()]
    return f"{prefix}{count * size}{letter}"


def _day_kind(qualifiers: str, unit: str) -> str | None:
    """Say which days count; business hours run on business days only."""
    if unit in ("day", "hour", "hr") and re.search("business|work|bank", qualifiers):
        return "business"
    # Natural days are the calendar days of civil-law drafting.
    return "calendar" if unit == "day" and re.search("calendar|natural", qualifiers) else None


def _duration_fields(words: str) -> Fields:
    duration, kind = _read(words)
    return {"": duration, "dayKind": kind} if kind else {"": duration}


DURATION = Slot("duration", unnamed(_DURATION), _duration_fields)
PERIOD = Slot("period", unnamed(_PERIOD), lambda words: {"": parse_period(words)})
IMMEDIATE = Slot("immediate", _IMMEDIATE, lambda words: {"": parse_immediate(words)})
