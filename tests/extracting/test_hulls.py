"""Hulls match wherever the expressions do for which they stand, and seldom elsewhere."""

from __future__ import annotations

import re

import pytest

from pactgraph.extracting.hulls import Hull, Screened, hull, hull_within

TEXTS = (
    "keep copies, including old ones, of all files",
    "If the kiln fails, the potter may wait 12 days (or 3 weeks).",
    "the café's owner shall, at any time, close it",
    "",
)
EXPRESSIONS = (
    r"(?<=,) including [^,]*,",
    r"\b(?:if|when)\b.{5,40}?, (?=the)",
    r"(?>\d{1,3}) (?!weeks)(?:days|weeks)",
    r"\w+ (?=owner|kiln)",
)


@pytest.mark.parametrize("source", EXPRESSIONS)
def test_a_screened_expression_finds_what_the_expression_finds(source: str) -> None:
    plain, screened = re.compile(source, re.IGNORECASE), Screened(source, re.IGNORECASE)
    for text in TEXTS:
        assert [m.span() for m in screened.finditer(text)] == [m.span() for m in plain.finditer(text)]
        assert screened.sub("-", text) == plain.sub("-", text)
        assert (screened.search(text) is None) == (plain.search(text) is None)
    assert any(plain.search(text) for text in TEXTS)


def test_what_is_looked_ahead_for_at_the_end_is_a_part_of_the_hull() -> None:
    assert not Hull(lambda: hull("oven(?= closes)")).may_match("the oven is open")
    assert Hull(lambda: hull_within("oven(?= closes)")).may_match("the oven is open")


def test_letters_beyond_ascii_leave_a_hull_undecided() -> None:
    assert Hull(lambda: hull("oven")).may_match("the café")
    assert not Hull(lambda: hull("oven")).may_match("the cafe")


def test_an_expression_that_re2_does_not_know_is_never_screened_out() -> None:
    assert Hull(lambda: hull(r"(a)\1")).may_match("b")
