"""One way to read words with a slot, as a rule's pattern does."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from pactgraph.extracting.values import SLOTS, Fields

Read = Callable[[str, str], Fields | None]


@pytest.fixture(scope="session")
def read() -> Read:
    """Return a function that reads words in the middle of a sentence: their fields, or None without a whole match."""

    def fields(slot: str, words: str) -> Fields | None:
        pattern = re.compile(SLOTS[slot].pattern, re.IGNORECASE)
        before = "it is "
        for match in pattern.finditer(f"{before}{words} then"):
            if match.span() == (len(before), len(before) + len(words)):
                return SLOTS[slot].parse(match[0])
        return None

    return fields
