"""Party tokens: which words of a text stand for a party."""

from __future__ import annotations

from pactgraph.extracting.parties import Names, token_edits
from pactgraph.extracting.views import COUNTERPARTY, CUSTOMER

NAMES = Names(provider=("Kiln Works",), customer=("Buyer",))


def test_a_name_is_known_where_the_source_lost_the_space_beside_it() -> None:
    flat = "The Buyermay ask the otherParty for tiles."
    edits = token_edits(flat, NAMES, (flat.index("may"), flat.index("Party")))
    assert {flat[e.start : e.end]: e.words for e in edits} == {"The Buyer": CUSTOMER, "the otherParty": COUNTERPARTY}


def test_a_pronoun_is_known_in_italics_but_not_within_a_word_with_underscores() -> None:
    flat = "_You may leave._ my_you stays. _Buyer pays._"
    assert [flat[e.start : e.end] for e in token_edits(flat, NAMES)] == ["Buyer", "You"]


def test_a_part_of_a_word_is_no_name() -> None:
    assert token_edits("Buyermax sells tiles.", NAMES) == []
