"""A condition ends before the act that is done on it."""

from __future__ import annotations

import pytest

from pactgraph.extracting.conditions import before_act


@pytest.mark.parametrize(
    ("condition", "action", "kept"),
    [
        ("prior to the fair, hire another baker", "hire another baker", "prior to the fair"),
        ("if it rains, then the Seller shall wait", "wait", "if it rains"),
        (
            "during the fair (or, if it rains, a day later), close the oven",
            "close the oven",
            "during the fair (or, if it rains, a day later)",
        ),
        ("if, after the fair, payment is late", "pay", "if, after the fair, payment is late"),
        ("If you wish to end your lease", "end your lease", "If you wish to end your lease"),
        ("if: (a) the ferry sinks", "leave the harbor", "if: (a) the ferry sinks"),
        ("shall keep the Buyer advised", "keep the Buyer advised", ""),
    ],
)
def test_a_condition_ends_before_the_act(condition: str, action: str, kept: str) -> None:
    assert before_act(condition, action) == kept
