from __future__ import annotations

import pytest

from pactgraph.extracting.literals import Need, required


def _anything(_: str) -> Need:
    return Need(None)


@pytest.mark.parametrize(
    ("pattern", "clauses"),
    [
        (r"\bauto-?renews?\b", [["auto-renew", "autorenew"]]),
        ("shall not be", [[" not "], ["shall "], [" be"]]),
        ("(?:early )?termination", [["termination"]]),
        ("(?:fee|charge)s? of <amount:money>", [["charge ", "charges ", "fee ", "fees "], [" of "]]),
        (r"\d+ days(?! prior)", [["0"], [" days"]]),
        ("(?=section)<sections> survive", [["section"], [" survive"]]),
        ("a|.*", []),
        ("notice{0,3}", [["notic"]]),
        ("[$€£¥₹] ?[.,;:!]", [["$", "£", "¥", "€", "₹"]]),
        ("(?P<a>oven|kiln) (?P=a)?s", [["kiln ", "oven "]]),
    ],
)
def test_pattern_needs_the_pieces_of_its_words(pattern: str, clauses: list[list[str]]) -> None:
    assert sorted(map(sorted, required(pattern, _anything))) == sorted(clauses)


def test_phrase_brings_what_it_needs() -> None:
    parts = {"{prior}": Need(frozenset(["prior", "advance"]))}
    assert required("{prior} notice", parts.__getitem__) == {
        frozenset(["advance ", "prior "]),
        frozenset([" notice"]),
    }
