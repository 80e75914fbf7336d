"""Dates, with or without their day: 'the 23rd day of April, 2021', '04/23/2021', 'May 2022'."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from pactgraph.extracting.values.slots import END, START, Slot, no_value, one_of, unnamed, whole

_MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12,
}  # fmt: skip
_SHORT = {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_FIRST_NINE = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
}  # fmt: skip
_ORDINALS = (
    _FIRST_NINE
    | {
        "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
        "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
        "thirtieth": 30, "thirty-first": 31, "thirty first": 31,
    }
    | {f"twenty{joint}{name}": 20 + day for joint in "- " for name, day in _FIRST_NINE.items()}
)  # fmt: skip

_MONTH = rf"(?:{one_of(_MONTHS)}\b\.?|{one_of(_SHORT)}\b\.?)"
_YEAR = r"(?:19|20)\d ?\d(?!\d)"
_DAY = r"[0-3]?\d(?!\d)"
# Scanned texts split ordinals: '5t h'.
_SUFFIX = r"(?: ?(?:s ?t|n ?d|r ?d|t ?h)\b)"
_BLANK = r"(?:_{2,}|\[ ?[_. *●•-]{0,12} ?\]|\*{2,}|\.{3,})"
_GAP = r"(?: ?, ?|\. |,? of |,? A\.D\.,? | )"
_DATE = (
    rf"{START}(?<!/)(?:"
    rf"(?P<month1>{_MONTH}) ?(?P<day1>{_DAY}){_SUFFIX}?{_GAP}?(?P<year1>{_YEAR})"
    rf"|(?:the )?(?:(?P<day2>{_DAY}){_SUFFIX}?(?: ?\( ?{_DAY}{_SUFFIX} ?\))?"
    rf"|(?P<ordinal>{one_of(_ORDINALS)})(?: ?\( ?\d{{1,2}}{_SUFFIX}? ?\))?)"
    rf"[ .-]{{0,2}}(?:day )?(?:of )?(?:the month of )?(?P<month2>{_MONTH})(?:{_GAP}|-)?(?P<year2>{_YEAR})"
    r"|(?P<iso>(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.][0-3]?\d)(?![\d/])"
    r"|(?P<digits>\d{1,2}(?:/\d{1,2}/(?:(?:19|20)\d\d|\d\d)|-\d{1,2}-(?:(?:19|20)\d\d|\d\d(?!-))"
    r"|\.\d{1,2}\.(?:19|20)\d\d))(?![\d/])"
    rf"|(?:the )?last (?:calendar )?day (?:of|in) (?:the month of )?(?P<month4>{_MONTH}){_GAP}?(?P<year4>{_YEAR})"
    rf"|(?:{_BLANK}{_SUFFIX}? ?(?:day )?(?:of )?)?(?P<month3>{_MONTH})(?: ?{_BLANK})?{_GAP}?(?P<year3>{_YEAR})"
    rf"){END}"
)


def parse_date(text: str) -> str:
    """Return the ISO 8601 date that `text` states, or the year and month where it gives no day.

    All-digit dates are read month first, as in the United States, dotted ones day first, unless only
    the other is possible. A blank in the place of the day leaves the year and month.

    >>> parse_date("23rd day of April, 2021")
    '2021-04-23'
    >>> parse_date("the last day of February 2024")
    '2024-02-29'
    >>> parse_date("May 2022")
    '2022-05'

    Raises ValueParseError where `text` is no date of the calendar.
    """
    match = whole(_DATE, text, "date", "April 23, 2021")
    try:
        return _iso(match)
    except ValueError as error:
        raise no_value("date of the calendar", text, "April 23, 2021") from error


def _iso(match: re.Match[str]) -> str:
    if match["iso"]:
        return date(*map(int, re.split(r"[-/.]", match["iso"]))).isoformat()
    if match["digits"]:
        return _from_digits(match["digits"])
    month = _month(next(filter(None, match.group("month1", "month2", "month3", "month4"))))
    year = int(next(filter(None, match.group("year1", "year2", "year3", "year4"))).replace(" ", ""))
    if match["month3"]:
        return f"{year}-{month:02}"
    if match["month4"]:
        return date(year, month, monthrange(year, month)[1]).isoformat()
    day = _ORDINALS[match["ordinal"].lower()] if match["ordinal"] else int(match["day1"] or match["day2"])
    return date(year, month, day).isoformat()


def _from_digits(digits: str) -> str:
    first, second, year = map(int, re.split(r"[-/.]", digits))
    if year < 100:
        year += 1900 if year > 69 else 2000
    day_first = first > 12 or ("." in digits and second <= 12)
    return date(year, second if day_first else first, first if day_first else second).isoformat()


def _month(name: str) -> int:
    key = name.lower().rstrip(".")
    return _MONTHS.get(key) or _SHORT[key]


DATE = Slot("date", unnamed(_DATE), lambda words: {"": parse_date(words)})
