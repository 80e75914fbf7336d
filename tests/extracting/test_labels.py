"""A list reads the same whether its numbers are typed or derived, and a definition ends before the next label."""

from __future__ import annotations

import pytest

from pactgraph.extracting import RuleSet, extract, load_rules
from pactgraph.extracting.labels import label_edits
from pactgraph.extracting.views import apply
from pactgraph.model import Document, Finding, Mark
from pactgraph.resources import folder
from pactgraph.segmenting import segment

ITEMS = (
    '"Berth" means a place for one boat;',
    '"Harbor Rules" means the rules of the harbor;',
    '"Season" means the months from May to October.',
)


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules(folder("mappings"))


def document(labels: tuple[str, ...], *, derived: bool) -> Document:
    """Terms of a harbor: a list of definitions whose labels are typed, or derived beside the words."""
    lines = [("", "HARBOR TERMS"), ("", "In these terms:"), *zip(labels, ITEMS, strict=True)]
    text, marks = "", []
    for label, words in lines:
        start = len(text)
        text += words if derived or not label else f"{label} {words}"
        marks.append(Mark(start, len(text), "item" if label else "paragraph", 1 if label else 0, label))
        text += "\n\n"
    return Document("harbor", "harbor.docx", text, "0", "text/plain", marks=tuple(marks) if derived else ())


def definitions(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(str(f.fields["name"]), str(f.fields["definition"])) for f in found if f.term == "DefinedTerm"]


@pytest.mark.parametrize("labels", [("(a)", "(b)", "(c)"), ("1.", "2.", "3."), ("-", "-", "-"), ("•", "•", "•")])
@pytest.mark.parametrize("derived", [False, True])
def test_each_definition_of_a_list_ends_before_the_next_label(
    labels: tuple[str, ...], derived: bool, rules: RuleSet
) -> None:
    made = document(labels, derived=derived)
    found = extract(made, segment(made), rules)
    assert definitions(found) == [
        ("Berth", "a place for one boat"),
        ("Harbor Rules", "the rules of the harbor"),
        ("Season", "the months from May to October"),
    ]
    proofs = [made.text[f.start : f.end] for f in found if f.term == "DefinedTerm"]
    assert all(item.rstrip(";.") in proof for item, proof in zip(ITEMS, proofs, strict=True))
    assert all(len(proof) < 60 for proof in proofs)


def test_derived_labels_are_read_and_typed_ones_not_twice() -> None:
    marks = (Mark(0, 4, "item", 1, "2.1"), Mark(5, 10, "bullet", 1, "•"), Mark(11, 18, "item", 1, "(a)"))
    text = "Fees\nFirst\n(a) One"
    made = Document("harbor", "harbor.docx", text, "0", "text/plain", marks=marks)
    assert apply(text, label_edits(made)).text == "2.1 Fees\n- First\n(a) One"
