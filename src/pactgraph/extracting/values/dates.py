"""Dates, clock times and time zones."""

from __future__ import annotations

import re
from datetime import date

from pactgraph.extracting.values.slots import Fields, Slot, no_value, one_of, tidy, unnamed

_MONTHS = {
    name: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), start=1
    )
}
_SHORT = {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_DAYS = (
    {name: day for day, name in enumerate(_ORDINALS, start=1)}
    | {f"twenty{joint}{name}": 21 + i for joint in "- " for i, name in enumerate(_ORDINALS[:9])}
    | {"thirtieth": 30, "thirty-first": 31, "thirty first": 31}
)

_MONTH = rf"(?:{one_of(_MONTHS)}\b|{one_of(_SHORT)}\b\.?)"
_YEAR = r"(?:19|20)\d ?\d(?!\d)"
_SUFFIX = r"(?: ?(?:s ?t|n ?d|r ?d|t ?h)\b)"
_DAY = r"[0-3]?\d"
_BLANK = r"(?:_+|\[ ?[_. *●•-]{0,12} ?\]|\*{2,}|\.{3,})"
_GAP = r"(?:, ?|,? of | )"
_NAMED_DAY = rf"(?:(?P<ordinal>{one_of(_DAYS)})(?: ?\( ?\d{{1,2}} ?(?:st|nd|rd|th)? ?\))?)"
_DATE = (
    r"(?<![\w/])(?:"
    rf"(?P<month1>{_MONTH}) ?(?P<day1>{_DAY})(?!\d){_SUFFIX}?{_GAP}?(?P<year1>{_YEAR})"
    rf"|(?:the )?(?P<day2>{_DAY}){_SUFFIX}?(?: ?\( ?{_DAY}{_SUFFIX} ?\))?[ .-]{{0,2}}(?:(?:day )?of )?(?:the month of )?(?P<month2>{_MONTH})(?:{_GAP}|-)?(?P<year2>{_YEAR})"
    rf"|(?:the )?{_NAMED_DAY} (?:day of |of )?(?P<month3>{_MONTH}){_GAP}?(?P<year3>{_YEAR})"
    r"|(?P<iso>(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.][0-3]?\d)(?![\d/])"
    r"|(?P<numeric>\d{1,2}(?:/\d{1,2}/|-\d{1,2}-|\.\d{1,2}\.)(?:(?:19|20)\d\d|\d\d))(?![\d/])"
    rf"|(?:{_BLANK}{_SUFFIX}? ?(?:day )?(?:of )?)?(?P<month4>{_MONTH})(?: ?{_BLANK})?{_GAP}?(?P<year4>{_YEAR})"
    r")(?!\w)"
)
_PARSER = re.compile(_DATE, re.IGNORECASE)

_CLOCK = (
    r"(?<![\w:])(?<!\d[.,])(?:"
    r"(?:12(?::00)? ?)?(?P<word>noon|midnight|midday)\b"
    r"|(?P<hour12>0?[1-9]|1[0-2])(?:[:.](?P<minute12>[0-5]\d))?(?:[:.][0-5]\d)? ?(?P<half>[ap])\.? ?m\b\.?"
    r"|(?P<hour24>[01]?\d|2[0-4])[:h](?P<minute24>[0-5]\d)(?::[0-5]\d)?(?![\d:])(?: ?(?:hours|hrs|h)\b)?"
    r"|(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d) ?(?:hours|hrs)\b"
    r")"
)
_CLOCK_PARSER = re.compile(_CLOCK, re.IGNORECASE)

_ZONES = (
    "ET EST EDT CT CST CDT MT MST MDT PT PST PDT AKST HST GMT UTC WET WEST CET CEST EET EEST MEZ BST MSK IST PKT SGT "
    "HKT JST KST AWST ACST AEST AEDT AET NZST NZDT SAST GST BRT"
).split()
_REGIONS = (
    "eastern", "central", "mountain", "pacific", "alaska", "hawaii", "atlantic", "central european",
    "eastern european", "western european", "greenwich mean", "british summer", "coordinated universal", "universal",
    "japan", "korea", "india", "indian", "singapore", "hong kong", "china", "israel", "moscow",
    "australian eastern", "australian western", "new zealand", "gulf", "new york", "london", "paris", "berlin",
    "zurich", "madrid", "amsterdam", "sydney", "los angeles", "san francisco", "local",
)  # fmt: skip
_TIMEZONE = (
    rf"(?<!\w)(?:(?-i:{one_of(_ZONES)})\b(?: ?[+-] ?\d{{1,2}}(?::?\d\d)?(?!\d))?(?:/(?-i:{one_of(_ZONES)})\b)?"
    rf"|(?:U\.?S\.? )?{one_of(_REGIONS)} (?:(?:standard|daylight|summer|prevailing|savings?) ){{0,2}}time\b"
    r"|(?-i:(?:Eastern|Central|Mountain|Pacific)\b(?! [A-Z]))"
    r"|(?-i:(?:America|Europe|Asia|Australia|Africa|Pacific|Atlantic)/[A-Z][A-Za-z_]+))"
)
_TIMEZONE_PARSER = re.compile(_TIMEZONE, re.IGNORECASE)


def parse_date(text: str) -> str:
    """Return the ISO 8601 date that `text` states, or the year and month where it gives no day.

    All-digit dates are read month first, as in the United States, unless only day first is possible;
    dotted ones are read day first.

    >>> parse_date("23rd day of April, 2021")
    '2021-04-23'
    >>> parse_date("May 2022")
    '2022-05'

    Raises ValueParseError where `text` is no date of the calendar.
    """
    match = _PARSER.fullmatch(tidy(text))
    if match is None:
        raise no_value("date", text, "April 23, 2021")
    try:
        return _iso_date(match)
    except ValueError as error:
        raise no_value("date of the calendar", text, "April 23, 2021") from error


def parse_time(text: str) -> str:
    """Return the time of day that `text` states, as HH:MM on the 24-hour clock.

    >>> parse_time("12:01am"), parse_time("8 p.m."), parse_time("noon")
    ('00:01', '20:00', '12:00')

    Raises ValueParseError where `text` is no time of day.
    """
    match = _CLOCK_PARSER.fullmatch(tidy(text))
    if match is None:
        raise no_value("time of day", text, "9:00 a.m.")
    if match["word"]:
        return "00:00" if match["word"].lower() == "midnight" else "12:00"
    if match["hour12"]:
        hour = int(match["hour12"]) % 12 + (12 if match["half"].lower() == "p" else 0)
        return f"{hour:02}:{match['minute12'] or '00'}"
    hour, minute = int(match["hour24"] or match["hour"]), match["minute24"] or match["minute"]
    if hour == 24 and minute != "00":
        raise no_value("time of day", text, "9:00 a.m.")
    return f"{hour:02}:{minute}"


def parse_timezone(text: str) -> str:
    """Return the time zone as written.

    >>> parse_timezone("Eastern Time"), parse_timezone("UTC+1")
    ('Eastern Time', 'UTC+1')

    Raises ValueParseError where `text` names no time zone.
    """
    words = tidy(text)
    if not _TIMEZONE_PARSER.fullmatch(words):
        raise no_value("time zone", text, "Eastern Time")
    return words


def _iso_date(match: re.Match[str]) -> str:
    if match["iso"]:
        year, month, day = map(int, re.split(r"[-/.]", match["iso"]))
        return date(year, month, day).isoformat()
    if match["numeric"]:
        return _numeric_date(match["numeric"])
    month = _month(next(filter(None, match.group("month1", "month2", "month3", "month4"))))
    year = int(next(filter(None, match.group("year1", "year2", "year3", "year4"))).replace(" ", ""))
    if match["month4"]:
        return f"{year}-{month:02}"
    day = _DAYS[match["ordinal"].lower()] if match["ordinal"] else int(match["day1"] or match["day2"])
    return date(year, month, day).isoformat()


def _numeric_date(digits: str) -> str:
    first, second, year = map(int, re.split(r"[-/.]", digits))
    year += 0 if year > 99 else 1900 if year > 69 else 2000
    day_first = "." in digits or first > 12
    month, day = (second, first) if day_first else (first, second)
    return date(year, month, day).isoformat()


def _month(name: str) -> int:
    key = name.lower().rstrip(".")
    return _MONTHS.get(key) or _SHORT[key]


def _date_fields(words: str) -> Fields:
    return {"": parse_date(words)}


DATE = Slot("date", unnamed(_DATE), _date_fields)
TIME = Slot("time", unnamed(_CLOCK), lambda words: {"": parse_time(words)})
TIMEZONE = Slot("timezone", _TIMEZONE, lambda words: {"": parse_timezone(words)})
