"""Which days are business days: by the public holidays of a place, or Monday to Friday where none are known.

The calendars are those of the package `holidays`, which the extra `calendar` installs.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from pactgraph.errors import MissingExtraError, QueryError, unknown

BY_LAW, WEEKDAYS = "law", "weekdays"
"""Choices of a calendar that are no code: that of the governing law, and Monday to Friday."""

_INSTALL = "pip install 'pactgraph[calendar]'"
_PARTS = {"GB-EAW": "GB-ENG"}
"""Places whose law is called otherwise than their calendar."""

_FRIDAY = 5
_ENGLISH = ("en_US", "en_GB")


@dataclass(frozen=True, slots=True)
class Workdays:
    """Says of a day whether it is a business day: one by all of the calendars in `codes`.

    `doubt` says why Monday to Friday are taken where there is no calendar; '' where they are what was asked for.
    """

    codes: tuple[str, ...] = ()
    doubt: str = ""

    def __call__(self, day: date) -> bool:
        """Return whether a day is a business day."""
        if not self.codes:
            return day.weekday() < _FRIDAY
        return all(_calendar(code).is_working_day(day) for code in self.codes)

    def holidays(self, first: date, last: date) -> Iterator[tuple[date, str]]:
        """Yield the public holidays from `first` to `last` that fall on no weekend, with their names."""
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            for code in self.codes:
                calendar = _calendar(code)
                if day.weekday() not in calendar.weekend and not calendar.is_working_day(day):
                    yield day, str(calendar.get(day))
                    break


def workdays(chosen: str, laws: Sequence[str]) -> Workdays:
    """Return the business days that `chosen` names: BY_LAW, WEEKDAYS, or the code of a place such as GB-ENG or DE.

    By law they are those of each of `laws` that the agreement names; a day counts that is one by all of them, which is
    the safe reading.

    Raises QueryError where no calendar has such a code, MissingExtraError where one is named and none is installed.
    """
    if chosen == WEEKDAYS:
        return Workdays()
    if chosen != BY_LAW:
        return Workdays((_code(chosen),))
    if not laws:
        return Workdays(doubt="the agreement names no law whose public holidays count")
    if _package() is None:
        return Workdays(doubt=f"public holidays take an extra: {_INSTALL}")
    known = [code for law in sorted(laws) if (code := _known(_PARTS.get(law, law)))]
    if len(known) < len(laws):
        return Workdays(doubt=f"no public holidays are known for {' and '.join(sorted(laws))}")
    return Workdays(tuple(dict.fromkeys(known)))


def _code(chosen: str) -> str:
    """Return the code of the calendar that was named."""
    package = _package()
    if package is None:
        raise MissingExtraError(f"the calendar '{chosen}' takes an extra: {_INSTALL}")
    code = _known(_PARTS.get(chosen, chosen))
    if code == chosen or (code and chosen in _PARTS):
        return code
    supported = package.list_supported_countries(include_aliases=False)
    country, _, part = chosen.partition("-")
    if country in supported and part:
        raise QueryError(unknown(f"part of {country} with a calendar", part, supported[country] or ["none"]))
    raise QueryError(unknown("calendar", chosen, [BY_LAW, WEEKDAYS, *supported]))


def _known(law: str) -> str:
    """Return the code of the calendar for a law: that of the part of a country, else of the country; '' for none."""
    package = _package()
    supported = package.list_supported_countries(include_aliases=False) if package else {}
    country, _, part = law.partition("-")
    if country not in supported:
        return ""
    return law if part and part in supported[country] else country


@cache
def _calendar(code: str) -> Any:
    """Return a calendar that says of days what they are, in English where it can."""
    country, _, part = code.partition("-")
    package = _package()
    assert package is not None  # a code has been looked up in it
    languages = package.country_holidays(country, subdiv=part or None).supported_languages
    language = next((name for name in _ENGLISH if name in languages), None)
    return package.country_holidays(country, subdiv=part or None, language=language)


@cache
def _package() -> Any:
    """Return the package of calendars, None where it is not installed."""
    try:
        return importlib.import_module("holidays")
    except ImportError:
        return None
