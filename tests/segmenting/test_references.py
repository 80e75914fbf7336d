from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pactgraph.model import Document, Outline
from pactgraph.reading import discover, read
from pactgraph.segmenting import segment

TEXT = """Harbor Cloud Agreement

1. Fees
1.1 Amount. The fees are in Exhibit A and fall due under Section 2.1.
1.2 Refunds. Refunds follow Sections 2.1 and 9.9; this Section survives.

2. Payment
2.1 Time. The Customer pays as follows:
(a) in advance; or
(b) where clause 2.1(a) cannot apply, as Section 12 of the Payment Services Act allows.

EXHIBIT A

1. Prices
1.1 List. Prices are in Section 1.2 of this Exhibit.
1.2 Currency. All prices are in euros.
"""


def _outline(text: str) -> Outline:
    return segment(Document("quay", "quay.txt", text, hashlib.sha256(text.encode()).hexdigest(), "text/plain"))


def _resolved(outline: Outline) -> list[tuple[str, str | None]]:
    keys = [clause.key for clause in outline.clauses]
    return [(r.label, None if r.target is None else keys[r.target]) for r in outline.references]


def test_references_point_to_their_clauses_or_nowhere() -> None:
    found = _resolved(_outline(TEXT))
    assert ("Section 2.1", "2.1") in found
    assert ("Sections 9.9", None) in found
    assert ("this Section", "1.2") in found
    assert ("clause 2.1(a)", "2.1/(a)") in found
    assert not [label for label, _ in found if "12" in label]


def test_numbers_in_an_attachment_are_its_own() -> None:
    outline = _outline(TEXT)
    found = dict(_resolved(outline))
    attachment = next(clause.key for clause in outline.clauses if clause.kind == "attachment")
    assert found["Exhibit A"] == attachment
    assert found["this Exhibit"] == attachment
    assert found["Section 1.2"] == f"{attachment}/1.2"


def test_each_reference_quotes_the_source() -> None:
    outline = _outline(TEXT)
    assert len(outline.references) >= 7
    for reference in outline.references:
        words = TEXT[reference.start : reference.end]
        assert words.split()[-1].strip("()").casefold() in reference.label.casefold()
        clause = outline.clauses[reference.source]
        assert clause.start <= reference.start < clause.whole_end


@pytest.mark.parametrize(
    "words", ["under 15 U.S.C. Section 45", "under Article 28 GDPR", "by Section 5 of the Data Protection Act"]
)
def test_references_to_laws_are_left_out(words: str) -> None:
    assert _outline(f"1. Law. The Provider acts {words} at all times.\n").references == ()


def test_dangling_references_of_the_seeds_are_found(shared: Path) -> None:
    sources = discover([shared / "agreements" / "seeds"]).sources
    dangling = {}
    for source in sources:
        outline = segment(read(source))
        dangling[source.slug] = {reference.label for reference in outline.references if reference.target is None}
    assert len(dangling) == 5
    assert "Section 10.4.1" in dangling["aperia"]
    assert dangling["expertrec"] == dangling["openware"] == set()
