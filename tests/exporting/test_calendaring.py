"""Calendars are read back as they were meant by a reader that is not their writer, whatever texts they hold."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
import vobject

from pactgraph.errors import MissingExtraError
from pactgraph.exporting import Event, write_calendar

HOSTILE = 'A;B,C\\n"D"\r\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:planted\x1b]0;x\x07\u202e — ' + "ü日本語😀" * 40


def event(**other: Any) -> Event:
    told: dict[str, Any] = {
        "identity": ("notice", "acme", "0"),
        "day": date(2031, 5, 31),
        "summary": "Give notice",
        "description": "Because, of; this\nand that",
        "noted": date(2030, 6, 1),
        "kind": "Notice",
    }
    return Event(**(told | other))


def written(*events: Event) -> bytes:
    out = io.BytesIO()
    write_calendar(events, out)
    return out.getvalue()


def read(data: bytes) -> list[Any]:
    (calendar,) = vobject.readComponents(data.decode("utf-8"))
    return list(calendar.contents.get("vevent", []))


def test_an_event_is_read_back() -> None:
    (found,) = read(written(event(remind=14)))
    assert (found.dtstart.value, found.dtend.value) == (date(2031, 5, 31), date(2031, 6, 1))
    assert found.summary.value == "Give notice"
    assert found.description.value == "Because, of; this\nand that"
    assert found.valarm.trigger.value.days == -14
    assert found.dtstamp.value.isoformat() == "2030-06-01T00:00:00+00:00"


def test_a_hostile_text_stays_a_text() -> None:
    data = written(event(summary=HOSTILE, description=HOSTILE))
    (found,) = read(data)
    assert set(found.contents) == {
        *("uid", "dtstamp", "dtstart", "dtend", "summary", "description", "categories", "transp")
    }
    assert found.description.value.startswith('A;B,C\\n"D"\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:planted ]0;x')
    assert found.description.value.endswith("日本語😀")
    assert "\n" not in found.summary.value
    assert not {"\x1b", "\x07", "\u202e"} & set(data.decode("utf-8"))


def test_lines_are_folded_at_75_octets_and_end_as_the_standard_says() -> None:
    data = written(event(description=HOSTILE))
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not [line for line in lines if b"\n" in line or b"\r" in line]
    for line in lines:
        line.decode("utf-8")  # no character is cut in two


def test_the_same_event_keeps_its_identifier_when_its_day_moves() -> None:
    (first,), (moved,), (other,) = (
        read(written(event(**told)))
        for told in ({}, {"day": date(2032, 5, 31), "summary": "now"}, {"identity": ("notice", "acme", "1")})
    )
    assert first.uid.value == moved.uid.value != other.uid.value


def test_the_same_events_are_the_same_bytes_in_any_order() -> None:
    one, two = event(), event(identity=("claim", "acme"), day=date(2031, 1, 1))
    assert written(one, two) == written(two, one)
    assert [found.dtstart.value.year for found in read(written(one, two))] == [2031, 2031]


def test_without_the_extra_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "icalendar", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'pactgraph\[calendar\]'"):
        written(event())
