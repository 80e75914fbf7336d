"""Typed slots: from words to the value forms of the term vocabulary."""

from __future__ import annotations

from pactgraph.extracting.values.addresses import EMAIL, URL, parse_email, parse_url
from pactgraph.extracting.values.clocks import TIME, TIMEZONE, parse_time, parse_timezone
from pactgraph.extracting.values.dates import DATE, parse_date
from pactgraph.extracting.values.durations import (
    DURATION,
    IMMEDIATE,
    PERIOD,
    parse_day_kind,
    parse_duration,
    parse_immediate,
    parse_period,
)
from pactgraph.extracting.values.listings import LISTING, parse_listing
from pactgraph.extracting.values.money import MONEY, parse_money
from pactgraph.extracting.values.numbers import NUMBER, parse_number, parse_words
from pactgraph.extracting.values.percents import PERCENT, parse_percent
from pactgraph.extracting.values.places import COUNTRY, LAW, parse_country, parse_law
from pactgraph.extracting.values.sections import SECTIONS, parse_sections
from pactgraph.extracting.values.slots import Fields, Slot

__all__ = [
    "SLOTS",
    "Fields",
    "Slot",
    "parse_country",
    "parse_date",
    "parse_day_kind",
    "parse_duration",
    "parse_email",
    "parse_immediate",
    "parse_law",
    "parse_listing",
    "parse_money",
    "parse_number",
    "parse_percent",
    "parse_period",
    "parse_sections",
    "parse_time",
    "parse_timezone",
    "parse_url",
    "parse_words",
]

_ALL = (
    COUNTRY, DATE, DURATION, EMAIL, IMMEDIATE, LAW, LISTING, MONEY, NUMBER, PERCENT, PERIOD, SECTIONS, TIME, TIMEZONE,
    URL,
)  # fmt: skip

SLOTS: dict[str, Slot] = {slot.name: slot for slot in _ALL}
"""Every slot by its name, as mappings write it."""
