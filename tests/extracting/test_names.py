"""A party's name is the name and no more; what stands beside it becomes an alias."""

from __future__ import annotations

import pytest

from pactgraph.extracting import extract, load_rules
from pactgraph.model import Document, Finding
from pactgraph.resources import folder
from pactgraph.segmenting import segment


def parties(text: str) -> dict[str, Finding]:
    document = Document("harbor", "harbor.txt", text, "0", "text/plain")
    found = extract(document, segment(document), load_rules(folder("mappings")))
    return {str(f.fields["name"]): f for f in found if f.term == "Party"}


def test_a_role_in_parentheses_without_marks_is_an_alias() -> None:
    text = (
        "This Freight Agreement is entered into by Quillon Freight Limited Partnership (Carrier) and OAKLINE COMPANY"
        " (Shipper).\n\n" + "Carrier shall move the goods. Shipper shall pay Carrier. " * 4
    )
    found = parties(text)
    assert found["OAKLINE COMPANY"].fields["alias"] == ("Shipper",)
    assert "Quillon Freight Limited Partnership" in found


def test_a_trading_name_is_an_alias() -> None:
    text = 'You contract with Tidewater Tools LLC d/b/a Quayside, a Delaware company ("Provider", "we").'
    assert parties(text)["Tidewater Tools LLC"].fields["alias"] == ("Provider", "we", "Quayside")


def test_a_city_between_address_and_alias_is_no_party() -> None:
    text = (
        'This Agreement is made between Quillon Freight, Inc., a Delaware corporation ("Quillon"), and Oakline AG,'
        ' a company with its registered offices located at Bern and Zug ("Oakline"). WHEREAS they trade.'
    )
    assert set(parties(text)) == {"Quillon Freight, Inc.", "Oakline AG"}


def test_the_second_half_of_a_country_is_no_party() -> None:
    text = (
        "This Agreement is made between (1) OAKLINE LIMITED, incorporated in England and Wales with number 99014427,"
        ' whose office is at 7 Yard, Leeds ("Oakline" or the "Supplier"); and (2) QUILLON LIMITED, incorporated in'
        ' England and Wales with number 99020651, whose office is at 12 Dock, Hull ("Quillon" or the "Customer").'
    )
    found = parties(text)
    assert {name: found[name].fields["role"] for name in found} == {
        "OAKLINE LIMITED": "Provider",
        "QUILLON LIMITED": "Customer",
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("This is an agreement between YOU AND TIDEWATER INC. on your use.", "TIDEWATER INC."),
        ("This Agreement is a contract between you and Tidewater. You may use it. Tidewater may end it.", "Tidewater"),
    ],
)
def test_whoever_stands_opposite_you_is_the_provider(text: str, name: str) -> None:
    assert parties(text)[name].fields["role"] == "Provider"


def test_a_company_that_is_merely_mentioned_is_not_the_customer() -> None:
    text = (
        'The maps are offered by Tidewater Tools LLC ("Tidewater"). Some data comes from Oakline, Inc. ("Oakline"). '
        + "You may use the maps as you like. You must not copy them. " * 6
    )
    found = parties(text)
    assert "Oakline, Inc." not in found
    assert found["you"].fields["role"] == "Customer"
