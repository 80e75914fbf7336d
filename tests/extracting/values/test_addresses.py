"""E-mail and web addresses are taken as written, without the sentence's own stops."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from pactgraph.errors import ValueParseError
from pactgraph.extracting.values import SLOTS, Fields, parse_email, parse_url

Read = Callable[[str, str], Fields | None]

EMAILS = ["legal@example.com", "a.b+c@mail.example.co.uk", "DPO@EXAMPLE.ORG", "x_y@example-mail.eu"]
NO_EMAILS = ["", "legal@", "@example.com", "legal at example.com", "legal@example", "a b@example.com"]
URLS = [
    "https://example.com",
    "https://example.com/terms?v=2#top",
    "http://docs.example.org/a/b.html",
    "www.example.com/terms",
    "example.com",
    "shop.example.io/legal/",
]
NO_URLS = ["", "example", "https://", "legal@example.com", "example.party", "e.g. this"]


@pytest.mark.parametrize("words", EMAILS)
def test_email_addresses_are_read(read: Read, words: str) -> None:
    assert read("email", words) == {"": words}


@pytest.mark.parametrize("words", NO_EMAILS)
def test_near_misses_are_no_email_addresses(words: str) -> None:
    with pytest.raises(ValueParseError, match="states no e-mail address"):
        parse_email(words)


@pytest.mark.parametrize("words", URLS)
def test_web_addresses_are_read(read: Read, words: str) -> None:
    assert read("url", words) == {"": words}


@pytest.mark.parametrize("words", NO_URLS)
def test_near_misses_are_no_web_addresses(words: str) -> None:
    with pytest.raises(ValueParseError, match="states no web address"):
        parse_url(words)


@pytest.mark.parametrize(("slot", "text", "found"), [
    ("url", "see https://example.com/terms.", "https://example.com/terms"),
    ("url", "see (www.example.com), and", "www.example.com"),
    ("url", "[terms](https://example.com/a)", "https://example.com/a"),
    ("email", "write to legal@example.com.", "legal@example.com"),
])  # fmt: skip
def test_the_stop_of_the_sentence_is_no_part(slot: str, text: str, found: str) -> None:
    match = re.search(SLOTS[slot].pattern, text, re.IGNORECASE)
    assert match is not None
    assert match[0] == found
