"""A noun that names an act becomes a verb phrase, other nouns none."""

from __future__ import annotations

import pytest

from pactgraph.extracting.nominalizations import named_act


@pytest.mark.parametrize(
    ("subject", "act"),
    [
        ("Any use of the oven by guests", "use the oven by guests"),
        ("Any unauthorized copying or resale of loaves", "copy or resell loaves"),
        ("Smoking in the bakery", "smoke in the bakery"),
        ("filming", "film"),
        ("Participation in two auctions", "participate in two auctions"),
        ("Any other use", ""),
        ("The following words", ""),
        ("Anything", ""),
        ("The kiln", ""),
    ],
)
def test_a_noun_of_action_becomes_a_verb_phrase(subject: str, act: str) -> None:
    assert named_act(subject) == act
