"""Names that no sentence introduces are given to the party that they stand for, and to none in doubt."""

from __future__ import annotations

import pytest

from pactgraph.extracting.standins import is_short_for, stand_ins, told_noun


def no_deeds(text: str, names: object) -> int:
    return 0


def found(provider: str, customer: str) -> dict[str, list[str]]:
    return {"Provider": [provider], "Customer": [customer]}


def test_the_first_word_of_a_party_stands_for_it() -> None:
    text = "Oakline shall pay the freight. " * 6
    assert stand_ins(text, found("Quillon Inc.", "Oakline Partners, Ltd."), [], no_deeds) == [("Customer", "Oakline")]


def test_a_noun_of_which_every_duty_is_told_stands_for_the_party_of_which_none_is() -> None:
    text = "The Shipper shall load the cart. The Shipper may wait. Quillon shall move it. " * 5
    assert stand_ins(text, found("Quillon", "Oakline Partners, Ltd."), [], no_deeds) == [("Customer", "Shipper")]


def test_a_noun_with_an_adjective_stands_for_a_party_as_the_noun_does() -> None:
    text = "The Contractual Partner shall load the cart. The Contractual Partner may wait. Quillon shall move it. " * 5
    owners = stand_ins(text, found("Quillon", "Oakline Partners, Ltd."), [], no_deeds)
    assert owners == [("Customer", "Contractual Partner")]


def test_both_sorts_of_customers_of_a_network_are_served() -> None:
    told = "The Advertiser shall pay. The Advertiser may wait. The Publisher shall show it. Quillon will sell it. "
    owners = stand_ins(told * 5, found("Quillon", "you"), [], no_deeds)
    assert owners == [("Customer", "Advertiser"), ("Customer", "Publisher")]


def test_a_noun_beside_a_party_of_which_much_is_told_stands_for_nobody() -> None:
    text = "Oakline shall pay. Oakline may wait. The Shipper shall load the cart. Quillon will move it. " * 9
    assert stand_ins(text, found("Quillon", "Oakline"), [], no_deeds) == []


def test_a_noun_stands_for_nobody_where_the_text_speaks_to_you() -> None:
    text = "You may sell goods. The Merchant shall ship them. We may help. " * 9
    assert stand_ins(text, found("Quillon", "you"), [], no_deeds) == []


def test_a_common_word_of_a_name_is_no_name() -> None:
    assert not is_short_for("Services", ["Quillon Services LLC"])
    assert is_short_for("Quillon", ["Quillon Services LLC"])


@pytest.mark.parametrize(("subject", "noun"), [("The User", "User"), ("User", "User"), ("the user", "user")])
def test_a_noun_told_throughout_what_to_do_stands_for_the_customer(subject: str, noun: str) -> None:
    text = f"Tiles wait and {subject} shall pay. Clay dries and {subject} may not wait. "
    assert told_noun(text * 3) == (noun, 6)
    assert told_noun(text * 2) is None


def test_a_provider_is_told_what_to_do_by_its_noun_too() -> None:
    text = "The Service Provider will fire tiles. The Service Provider may wait. The Customer shall pay. " * 3
    assert told_noun(text, "Provider") == ("Service Provider", 6)
