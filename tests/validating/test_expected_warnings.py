"""The seed agreements: no violation, and exactly the warnings that a reader of the five came to.

`expected_warnings.csv` was written by reading the agreements, not from what the shapes report.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest

from pactgraph import Graph
from pactgraph.model import Report

TABLE = Path(__file__).with_name("expected_warnings.csv")
Pairs = set[tuple[str, str]]

UNREAD: Pairs = {("openware", "states-response-time")}
"""Warnings that are false because the extraction misses the term; to be empty one day.

The response times of that agreement are glued to the word before them, and so are not read.
"""


def expected() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def reported(report: Report, severity: str, prefixes: Iterable[str] = ("",)) -> Pairs:
    return {
        (result.agreement, result.shape)
        for result in report.results
        if result.severity == severity and result.shape.startswith(tuple(prefixes))
    }


@pytest.fixture(scope="module")
def report(seeds: Path) -> Report:
    with Graph.open(seeds) as graph:
        return graph.validate()


def test_seeds_have_no_violation(report: Report) -> None:
    assert len(report.agreements) == 5
    assert reported(report, "violation") == set()


def test_seeds_are_warned_of_what_a_reader_misses_and_of_nothing_else(report: Report) -> None:
    found = reported(report, "warning", ("states-",))
    table = {(row["agreement"], row["shape"]) for row in expected()}
    assert found - UNREAD - table == set(), "false warnings"
    assert table - found == set(), "missing warnings"
    assert found >= UNREAD, "a term is read now: take it out of UNREAD"


def test_every_expected_warning_has_its_reason() -> None:
    rows = expected()
    assert len(rows) == 18
    assert all(len(row["reason"]) > 20 for row in rows)
