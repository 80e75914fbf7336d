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


def test_the_body_goes_before_a_cover_that_says_who_entered_into_it() -> None:
    cover = 'SUPPLY AGREEMENT entered into by and between QUILLON FREIGHT and OAKLINE (the "Mill"). Contents 1 Goods '
    assert found(f"{cover}{MADE} WHEREAS they trade.") == MADE


def test_an_agreement_without_this_may_begin_it() -> None:
    made = 'Agreement made this 3rd day of May, 2011 Between: Quillon Co. ("Quillon") And Oakline Ltd. ("Oakline").'
    assert found(f"CARRIAGE {made} WHEREAS they trade.") == made


def test_numbers_of_the_parties_do_not_end_it() -> None:
    made = 'This Agreement is made on 3 May 2011 BETWEEN 1. Quillon Ltd ("Quillon") AND 2. Oakline Ltd ("Oakline").'
    assert found(f"{made} WHEREAS they trade.") == made


@pytest.mark.parametrize(
    "said",
    [
        'This Agreement supersedes all that was entered into between the parties and all "Talks" of the company.',
        'The parties have caused this Agreement to be executed by /s/ Ann Quill and Bo Oak (the "Signers").',
        'This Agreement speaks of the time at which the plan was declared effective by the office (the "Office").',
    ],
)
def test_words_about_the_parties_or_their_signatures_are_none(said: str) -> None:
    assert preamble(said) is None
