"""The preamble is found behind a cover, ends before the recitals, and is not made up."""

from __future__ import annotations

import pytest

from pactgraph.extracting.preamble import REACH, preamble

MADE = (
    "This Supply Agreement is made on 3 May 2011 by and between "
    'Quillon Freight, Inc. ("Quillon") and Oakline Ltd. ("Oakline").'
)


def found(text: str) -> str:
    bounds = preamble(text)
    return "" if bounds is None else text[slice(*bounds)].strip()


@pytest.mark.parametrize(
    "after", ["WHEREAS Quillon moves goods.", "RECITALS A. Oakline buys.", "NOW, THEREFORE they agree."]
)
def test_it_ends_before_the_recitals(after: str) -> None:
    assert found(f"{MADE} {after}") == MADE


def test_it_is_found_behind_a_cover_that_names_the_parties() -> None:
    cover = "SUPPLY AGREEMENT between Quillon and Oakline. Contents 1 Goods 2 Price 3 Term of the relation. "
    assert found(f"{cover}{MADE} WHEREAS they trade.") == MADE


def test_abbreviations_do_not_end_it() -> None:
    made = 'This Agreement is made between Quillon Co. Ltd. of 5 Dock St. Albany ("Quillon") and Oakline ("Oakline").'
    assert found(f"{made} Goods are sold.") == made.removesuffix(".")


@pytest.mark.parametrize(
    "text",
    [
        "The relationship between the parties is that of independent contractors.",
        "A dispute between the Customer and the Provider is settled by arbitration.",
        "Welcome to Harbor. By using our service you agree to these terms.",
        "",
    ],
)
def test_without_one_nothing_is_found(text: str) -> None:
    assert preamble(text) is None


def test_a_place_far_into_the_document_is_not_looked_at() -> None:
    assert preamble("word " * (REACH // 5) + MADE) is None
