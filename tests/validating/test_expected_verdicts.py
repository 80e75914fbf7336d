"""The sample playbook on the seed agreements: the verdict on each point that a reader of the five came to.

`expected_verdicts.csv` was judged against the texts: whether the verdict is right, where the words stand that prove it,
and whether the smallest change would do.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pactgraph import Graph
from pactgraph.model import Verdict
from pactgraph.validating import sample_playbook

TABLE = Path(__file__).with_name("expected_verdicts.csv")
Point = tuple[str, str]

UNREAD: dict[Point, str] = {("weareexams", "infringement-indemnity"): "walk-away"}
"""Verdicts that are wrong because the extraction misses the term, and what they are; to be empty one day.

The indemnity is for the breach of a warranty by its number, and only that warranty speaks of the rights of others.
"""


def expected() -> dict[Point, dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row["agreement"], row["point"]): row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def verdicts(seeds: Path) -> dict[Point, Verdict]:
    with Graph.open(seeds) as graph:
        found = graph.verdicts(sample_playbook())
    return {(verdict.agreement, verdict.point): verdict for verdict in found}


def test_verdicts_on_the_seeds_are_those_of_a_reader(verdicts: dict[Point, Verdict]) -> None:
    wrong = {point: verdict.verdict for point, verdict in verdicts.items()}
    assert wrong.keys() == expected().keys()
    assert {point: said for point, said in wrong.items() if said != expected()[point]["verdict"]} == UNREAD


def test_verdicts_are_proven_by_the_words_that_a_reader_found(verdicts: dict[Point, Verdict]) -> None:
    places = {point: int(row["at"]) for point, row in expected().items() if row["at"] and point not in UNREAD}
    assert len(places) > 50
    for point, place in places.items():
        assert [e for e in verdicts[point].evidence if e.start <= place < e.end], point
    without = {point for point, row in expected().items() if not row["at"] and row["verdict"] != "unknown"}
    assert not [point for point in without if verdicts[point].evidence]


def test_smallest_changes_are_those_that_a_reader_would_ask_for(verdicts: dict[Point, Verdict]) -> None:
    table = {point: row["change"] for point, row in expected().items() if point not in UNREAD}
    assert not [point for point, change in table.items() if change not in verdicts[point].change]
    assert not [point for point, change in table.items() if verdicts[point].change and not change]
    assert sum(map(bool, table.values())) > 40


def test_every_expected_verdict_has_its_reason() -> None:
    assert len(expected()) == 79
    assert all(len(row["reason"]) > 6 for row in expected().values())
