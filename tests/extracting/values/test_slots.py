"""What rules may rely on in every slot."""

from __future__ import annotations

import re

import pytest

from pactgraph.errors import ValueParseError
from pactgraph.extracting import values
from pactgraph.extracting.values import SLOTS

SAMPLES = {
    "country": "Swiss",
    "date": "April 23, 2021",
    "duration": "thirty (30) days",
    "email": "legal@example.com",
    "immediate": "immediately",
    "law": "State of California",
    "money": "US$1,000.00",
    "number": "forty-five",
    "percent": "five percent",
    "period": "per month",
    "listing": "payment, ownership and confidentiality",
    "sections": "Sections 2, 3 and 7",
    "time": "9:00 am",
    "timezone": "Eastern Time",
    "url": "www.example.com/terms",
}


def test_every_slot_has_a_sample_here() -> None:
    assert SAMPLES.keys() == SLOTS.keys()
    assert len(SLOTS) == 15
    assert all(name == slot.name for name, slot in SLOTS.items())


@pytest.mark.parametrize("name", SAMPLES)
def test_patterns_embed_without_groups_of_their_own(name: str) -> None:
    pattern = re.compile(f"(?P<before>due )(?P<slot>{SLOTS[name].pattern})(?P<after> then)", re.IGNORECASE)
    assert pattern.groups == 3
    match = pattern.fullmatch(f"due {SAMPLES[name]} then")
    assert match is not None
    assert match["slot"] == SAMPLES[name]
    assert SLOTS[name].parse(match["slot"])[""] is not None


@pytest.mark.parametrize("name", SAMPLES)
def test_no_match_begins_or_ends_inside_a_word(name: str) -> None:
    pattern = re.compile(SLOTS[name].pattern, re.IGNORECASE)
    for text in (f"x{SAMPLES[name]}", f"{SAMPLES[name]}x", f"7{SAMPLES[name]}"):
        for match in pattern.finditer(text):
            around = (text[match.start() - 1 : match.start() + 1], text[match.end() - 1 : match.end() + 1])
            assert not any(re.fullmatch(r"[a-z]{2}", pair, re.IGNORECASE) for pair in around), match


@pytest.mark.parametrize("name", SAMPLES)
def test_other_words_are_refused_with_a_sample(name: str) -> None:
    with pytest.raises(ValueParseError, match=r"'no such words' states no .+; expected words like '.+'\."):
        SLOTS[name].parse("no such words")


def test_long_runs_of_near_matches_come_to_an_end() -> None:
    """Patterns that backtrack without bound would not end within the life of a test run."""
    runs = [
        "one hundred and " * 400,
        "1,000" * 800,
        "1.1, " * 800,
        "a" * 20000,
        "$1 " * 2000,
        "(" * 4000,
        "x.y@" * 2000,
    ]
    ended = []
    for slot in SLOTS.values():
        pattern = re.compile(slot.pattern, re.IGNORECASE)
        ended += [(slot.name, len(pattern.sub("", run)) <= len(run)) for run in runs]
    assert ended == [(name, True) for name in SLOTS for _ in runs]


def test_all_public_names_exist() -> None:
    assert [name for name in values.__all__ if not hasattr(values, name)] == []
    assert values.__all__ == sorted(values.__all__, key=lambda name: (name.upper() != name, name.islower(), name))
