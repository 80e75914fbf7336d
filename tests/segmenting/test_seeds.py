"""The five agreements that the graph is for: how many clauses, of which kind, where."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pactgraph.model import Outline
from pactgraph.reading import discover, read
from pactgraph.segmenting import segment


def seed(shared: Path, name: str) -> Outline:
    return segment(read(discover([shared / "agreements" / "seeds" / f"{name}.txt"]).sources[0]))


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("expertrec", {"preamble": 1, "numbered": 26}),
        ("aperia", {"preamble": 1, "numbered": 30}),
        ("openware", {"heading": 6, "numbered": 36, "lettered": 3, "bullet": 12}),
        ("solver", {"preamble": 1, "heading": 42, "attachment": 2}),
    ],
)
def test_each_seed_has_its_clauses(shared: Path, name: str, kinds: dict[str, int]) -> None:
    assert Counter(clause.kind for clause in seed(shared, name).clauses) == kinds


def test_the_hard_wrapped_seed_has_its_clauses(shared: Path) -> None:
    clauses = seed(shared, "weareexams").clauses
    kinds = Counter(clause.kind for clause in clauses)
    letters = Counter(clause.number[0] == "(" for clause in clauses if clause.kind == "lettered")
    assert kinds["numbered"] + kinds["roman"] + letters[False] == 87
    assert letters[True] == 4
    assert kinds["bullet"] == 21


@pytest.mark.parametrize(("name", "count"), [("expertrec", 8), ("aperia", 7), ("openware", 15), ("weareexams", 11)])
def test_top_level_numbers_are_whole(shared: Path, name: str, count: int) -> None:
    found = [c.key for c in seed(shared, name).clauses if c.kind == "numbered" and c.key.isdigit()]
    assert found == [str(number) for number in range(1, count + 1)]


def test_the_last_headings_of_the_unbroken_seed_are_in_their_places(shared: Path) -> None:
    starts = [c.start for c in seed(shared, "solver").clauses if c.kind == "attachment"]
    assert starts == [17287, 26408]


def test_an_introduced_list_is_whole(shared: Path) -> None:
    found = seed(shared, "openware").sentences
    leads = Counter(s.lead for s in found if s.lead is not None)
    assert sorted(leads.values()) == [3, 3, 3, 3]
    spans = {(found[lead].start, found[lead].whole_end) for lead in leads}
    assert (2575, 2854) in spans


def test_no_agreement_at_hand_breaks_the_segmenter(shared: Path) -> None:
    sources = discover([shared / "agreements" / "others"]).sources
    assert len(sources) == 7
    for source in sources:
        document = read(source)
        found = segment(document)
        lengths = sorted(s.end - s.start for s in found.sentences)
        assert 60 < lengths[len(lengths) // 2] < 250, source.slug
        assert sum(lengths) > 0.8 * len(" ".join(document.text.split())) or source.slug == "common-paper-csa"
