"""Rules read the cells of a typed table parted as those of any other."""

from __future__ import annotations

import pytest

from pactgraph.extracting import RuleSet, extract, load_rules
from pactgraph.extracting.cells import cell_edits
from pactgraph.extracting.views import apply
from pactgraph.model import Document
from pactgraph.resources import folder
from pactgraph.segmenting import segment

TYPED = """
    Availability in the month     Service credit
    below 99.5%                   10% of the monthly fee
    below 98%                     25% of the monthly fee
"""
LEAD = "1. Credits. If the availability in a month is lower than promised, the Customer gets a service credit:\n"


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules(folder("mappings"))


def document(text: str, suffix: str = "txt") -> Document:
    return Document("harbor", f"harbor.{suffix}", text, "0", "text/markdown" if suffix == "md" else "text/plain")


def test_a_typed_table_says_what_one_in_markdown_says(rules: RuleSet) -> None:
    rows = [line.split("   ") for line in TYPED.strip().splitlines()]
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    marked = "\n".join((LEAD, lines[0], "|---|---|", *lines[1:], ""))
    found = []
    for made in (document(LEAD + TYPED), document(marked, "md")):
        credited = [f for f in extract(made, segment(made), rules) if f.term == "ServiceCredit"]
        found.append([dict(f.fields) for f in credited])
        assert all("\n" not in made.text[f.start : f.end] for f in credited)
    assert len(found[0]) == 2
    assert found[0] == found[1]


def test_only_the_gaps_of_rows_are_parted() -> None:
    text = f"{LEAD}{TYPED}\n2. Notice.     Notices go to the harbor master.\n"
    made = document(text)
    read = apply(text, cell_edits(made, segment(made))).text
    assert read.count(" | ") == 3
    assert "    below 98% | 25% of the monthly fee" in read
    assert "2. Notice.     Notices" in read
