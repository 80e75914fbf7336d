"""Times of day and time zones: '9:00 a.m.', 'noon', 'Eastern Time'."""

from __future__ import annotations

from pactgraph.extracting.values.slots import Slot, no_value, one_of, unnamed, whole

_TIME = (
    r"(?<![\w:])(?<!\d[.,])(?:"
    r"(?:12(?:[:.]00)? ?)?(?P<word>noon|midnight|midday)\b"
    r"|(?P<hour12>0?[1-9]|1[0-2])(?:[:.](?P<minute12>[0-5]\d))?(?::[0-5]\d)? ?(?P<half>[ap])(?:m\b|\. ?m\b\.?)"
    r"|(?P<hour24>[01]?\d|2[0-4])[:h](?P<minute24>[0-5]\d)(?::[0-5]\d)?(?![\w:])(?: ?(?:hours|hrs|h)\b)?"
    r"|(?P<hour>[01]\d|2[0-4])\.?(?P<minute>[0-5]\d) ?(?:hours|hrs|h)\b"
    r"|(?P<hour_dot>[01]\d|2[0-4])\.(?P<minute_dot>[0-5]\d)(?![\d.]| ?(?:%|per ?cent))"
    r")"
)

_ZONES = (
    "ET", "EST", "EDT", "CT", "CST", "CDT", "MT", "MST", "MDT", "PT", "PST", "PDT", "AKST", "HST", "GMT", "UTC", "WET",
    "CET", "CEST", "EET", "EEST", "MEZ", "BST", "MSK", "IST", "PKT", "SGT", "HKT", "JST", "KST", "AWST",
    "ACST", "AEST", "AEDT", "AET", "NZST", "NZDT", "SAST", "BRT",
)  # fmt: skip
_REGIONS = (
    "eastern", "central", "mountain", "pacific", "alaska", "hawaii", "atlantic", "central european",
    "eastern european", "western european", "greenwich mean", "british summer", "coordinated universal", "universal",
    "japan", "korea", "india", "indian", "singapore", "hong kong", "china", "israel", "moscow", "gulf",
    "australian eastern", "australian western", "new zealand", "new york", "london", "paris", "berlin", "zurich",
    "madrid", "amsterdam", "sydney", "los angeles", "san francisco", "local",
)  # fmt: skip
_TIMEZONE = (
    rf"(?<!\w)(?:(?-i:{one_of(_ZONES)})\b(?: ?[+-] ?\d{{1,2}}(?::?\d\d)?(?!\d))?(?:/(?-i:{one_of(_ZONES)})\b)?"
    rf"|(?:U\.?S\.? )?{one_of(_REGIONS)} (?:(?:standard|daylight|summer|prevailing|savings?) ){{0,2}}time\b"
    r"|(?-i:(?:Eastern|Central|Mountain|Pacific)\b(?! [A-Z]))"
    r"|(?-i:(?:America|Europe|Asia|Australia|Africa|Pacific|Atlantic)/[A-Z][A-Za-z_]+))"
)


def parse_time(text: str) -> str:
    """Return the time of day that `text` states, as HH:MM on the 24-hour clock.

    >>> parse_time("12:01am"), parse_time("8 p.m."), parse_time("noon"), parse_time("07.30")
    ('00:01', '20:00', '12:00', '07:30')

    Raises ValueParseError where `text` is no time of day.
    """
    match = whole(_TIME, text, "time of day", "9:00 a.m.")
    if match["word"]:
        return "00:00" if match["word"].lower() == "midnight" else "12:00"
    if match["hour12"]:
        hour = int(match["hour12"]) % 12 + (12 if match["half"].lower() == "p" else 0)
        return f"{hour:02}:{match['minute12'] or '00'}"
    hour = int(match["hour24"] or match["hour"] or match["hour_dot"])
    minute = match["minute24"] or match["minute"] or match["minute_dot"]
    if hour == 24 and minute != "00":
        raise no_value("time of day", text, "9:00 a.m.")
    return f"{hour:02}:{minute}"


def parse_timezone(text: str) -> str:
    """Return the time zone as written.

    >>> parse_timezone("Eastern Time"), parse_timezone("UTC+1")
    ('Eastern Time', 'UTC+1')

    Raises ValueParseError where `text` names no time zone.
    """
    return whole(_TIMEZONE, text, "time zone", "Eastern Time")[0]


TIME = Slot("time", unnamed(_TIME), lambda words: {"": parse_time(words)})
TIMEZONE = Slot("timezone", _TIMEZONE, lambda words: {"": parse_timezone(words)})
