"""Days to note as an iCalendar file (RFC 5545) that calendar programs import, by icalendar of the extra `calendar`."""

from __future__ import annotations

import hashlib
import importlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import IO, Any

from pactgraph.errors import MissingExtraError

_UNPRINTABLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff]+"
)
_LONGEST_SUMMARY = 120


@dataclass(frozen=True, slots=True)
class Event:
    """A day to note: what is due on it, and why.

    `identity` is what makes it the same event in another export, whatever its day is then: a changed start moves
    it, and makes no second one. `noted` is a day that stands for when it was written, so that the same graph gives
    the same file. With `remind`, programs remind of it that many days before.
    """

    identity: tuple[str, ...]
    day: date
    summary: str
    description: str
    noted: date
    kind: str
    remind: int = 0


def write_calendar(events: Iterable[Event], stream: IO[bytes]) -> None:
    """Write events as one calendar: whole days, in order, with texts escaped and lines folded.

    The same events give the same bytes. Raises MissingExtraError where icalendar is not installed.
    """
    try:
        icalendar = importlib.import_module("icalendar")
    except ImportError as error:
        raise MissingExtraError("a calendar takes an extra: pip install 'pactgraph[calendar]'") from error
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//pactgraph//pactgraph//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for event in sorted(events, key=lambda one: (one.day, one.identity)):
        calendar.add_component(_component(icalendar, event))
    stream.write(calendar.to_ical())


def _component(icalendar: Any, event: Event) -> Any:
    noted = icalendar.Event()
    noted.add("uid", _uid(event))
    noted.add("dtstamp", datetime.combine(event.noted, time(), UTC))
    noted.add("dtstart", event.day)
    noted.add("dtend", event.day + timedelta(days=1))
    noted.add("summary", _line(event.summary))
    noted.add("description", _clean(event.description))
    noted.add("categories", [event.kind])
    noted.add("transp", "TRANSPARENT")
    if event.remind:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _line(event.summary))
        alarm.add("trigger", timedelta(days=-event.remind))
        noted.add_component(alarm)
    return noted


def _uid(event: Event) -> str:
    """Return the identifier of an event, the same in every export."""
    digest = hashlib.sha256(json.dumps(event.identity).encode()).hexdigest()
    return f"{digest[:32]}@pactgraph"


def _line(text: str) -> str:
    line = " ".join(_clean(text).split())
    return line if len(line) <= _LONGEST_SUMMARY else f"{line[: _LONGEST_SUMMARY - 1]}…"


def _clean(text: str) -> str:
    r"""Return text without what steers a program that shows it; lines stay lines.

    >>> _clean("a\r\nBEGIN:VALARM\x1b[2J")
    'a\nBEGIN:VALARM [2J'
    """
    return _UNPRINTABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
