"""Party tokens: which words of a text stand for a party."""

from __future__ import annotations

import pytest

from pactgraph.extracting import load_rules
from pactgraph.extracting.parties import Names, names_of, token_edits, trading_name
from pactgraph.extracting.views import BOTH, COUNTERPARTY, CUSTOMER, EITHER, apply
from pactgraph.model import Finding
from pactgraph.resources import folder

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


def test_a_short_name_in_capitals_is_also_known_as_a_word_where_that_acts() -> None:
    party = Finding("Party", {"role": "Provider", "name": "KILN"}, 0, 4, "party/between")
    lexicon = load_rules(folder("mappings")).lexicon
    acting = "KILN and you agree. Kiln may fire. Kiln's glaze stays. Kiln will not sell it."
    assert "Kiln" in names_of([party], acting, lexicon).provider
    assert "Kiln" not in names_of([party], "KILN and you agree. The Kiln is hot.", lexicon).provider


def test_the_customers_of_a_reseller_are_third_persons() -> None:
    lexicon = load_rules(folder("mappings")).lexicon
    text = (
        "The Reseller shall sell tiles. The Customer shall pay. The Customer may leave. The Customer's tiles stay. "
        * 40
    )
    reseller = Finding("Party", {"role": "Customer", "name": "Oakline", "alias": ("Reseller",)}, 0, 4, "party/between")
    assert "Customer" not in names_of([reseller], text, lexicon).customer


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("it'll", "it will"),
        ("they're", "they are"),
        ("DON'T", "DO not"),
        ("won't", "will not"),
        ("Can't", "cannot"),
        ("they've", "they have"),
        ("kiln's", "kiln's"),
    ],
)
def test_short_forms_of_verbs_are_read_in_full(short: str, long: str) -> None:
    assert apply(f"So {short} fire.", token_edits(f"So {short} fire.", NAMES)).text == f"So {long} fire."


def test_contracting_parties_are_both_parties() -> None:
    flat = "Each of the contracting parties shall wait. The contracting parties may leave."
    assert [flat[e.start : e.end] for e in sorted(token_edits(flat, NAMES))] == [
        "Each of the contracting parties",
        "The contracting parties",
    ]


def test_no_party_means_neither_and_that_party_the_one_spoken_of() -> None:
    flat = "No party may sell it. If a party moves, that party shall say so."
    assert [(flat[e.start : e.end], e.words) for e in sorted(token_edits(flat, NAMES))] == [
        ("party", BOTH),
        ("a party", EITHER),
        ("that party", EITHER),
    ]


def test_the_one_other_name_of_which_duties_are_told_is_served_where_no_noun_tells() -> None:
    lexicon = load_rules(folder("mappings")).lexicon
    provider = Finding("Party", {"role": "Provider", "name": "Quillon"}, 0, 4, "party/between")
    told = "Quillon shall provide tiles. Quillon will use clay. Quillon may charge it. "
    text = f"{told}QBX shall pay. QBX will notify them. " * 5
    assert "QBX" in names_of([provider], text, lexicon).customer
    assert names_of([provider], text + "OTR shall pay. OTR will notify. " * 5, lexicon).customer == ()


def test_a_name_is_in_use_also_where_it_acts_with_its_affiliates() -> None:
    text = (
        "Quillon and its affiliates may use clay. Quillon will charge it. Quillon or its agents may change it. Quillon."
    )
    assert trading_name(text) == ("Quillon", 3)


def test_a_name_is_known_behind_a_full_stop_but_not_in_an_address() -> None:
    flat = "Tiles wait.Buyer pays. See www.Buyer.com and 5.Buyer."
    assert [(e.start, e.words) for e in token_edits(flat, NAMES)] == [(11, CUSTOMER)]
