"""Marks of a format as blocks: derived labels open clauses as typed ones do, without room in the text."""

from __future__ import annotations

import pytest

from pactgraph.model import Document, Mark
from pactgraph.segmenting import segment


def outlined(*blocks: tuple[str, str, int, str]) -> list[tuple[str, str, str]]:
    """Return key, number and heading of each clause of a document with these blocks: words, kind, level, label."""
    text, marks = "", []
    for words, kind, level, label in blocks:
        text += "\n\n" if text else ""
        marks.append(Mark(len(text), len(text) + len(words), kind, level, label))
        text += words
    document = Document("a", "a.docx", text, "", "x", marks=tuple(marks))
    outline = segment(document)
    assert all(0 <= clause.start <= clause.end <= clause.whole_end <= len(text) for clause in outline.clauses)
    return [(clause.key, clause.number, clause.heading) for clause in outline.clauses]


def test_derived_labels_make_the_tree_of_typed_ones() -> None:
    assert outlined(
        ("Fees", "heading", 1, "1."),
        ("The Customer shall pay:", "item", 2, "1.1"),
        ("the set-up fee; and", "item", 3, "(a)"),
        ("the yearly fee.", "item", 3, "(b)"),
        ("Section 1.1 survives.", "item", 2, "1.2"),
    ) == [("1", "1", "Fees"), ("1.1", "1.1", ""), ("1.1/(a)", "(a)", ""), ("1.1/(b)", "(b)", ""), ("1.2", "1.2", "")]


def test_a_number_that_is_typed_as_well_counts_once() -> None:
    assert [
        key for key, *_ in outlined(("2.1 You pay us.", "item", 2, "1."), ("(a) We serve you.", "bullet", 1, "•"))
    ] == [
        "2.1",
        "2.1/(a)",
    ]


def test_a_whole_clause_in_heading_style_is_no_heading() -> None:
    words = "The Customer shall pay each invoice within thirty days of its receipt."
    assert outlined((words, "heading", 2, "4.1")) == [("4.1", "4.1", "")]


def test_a_question_in_heading_style_is_a_heading() -> None:
    assert (
        outlined(("What do you pay for?", "heading", 2, ""), ("For seats.", "paragraph", 0, ""))[0][2]
        == "What do you pay for?"
    )


def test_rows_and_notes_open_nothing() -> None:
    found = outlined(
        ("You pay us.", "item", 1, "1."),
        ("2.1 | GOLD", "row", 0, ""),
        ("See Annex", "note", 0, "1"),
        ("3. Term", "row", 0, ""),
    )
    assert [key for key, *_ in found] == ["1"]


def test_words_that_go_on_in_a_bullet_stay_with_it() -> None:
    document_text = "You must not:\n\nresell;\n\nneither in part;\n\nAll else is allowed."
    marks = (
        Mark(0, 13, "paragraph"),
        Mark(15, 22, "bullet", 1, "•"),
        Mark(24, 40, "paragraph", 1),
        Mark(42, 62, "paragraph"),
    )
    outline = segment(Document("a", "a.html", document_text, "", "x", marks=marks))
    owners = [outline.clauses[sentence.clause].kind for sentence in outline.sentences]
    assert owners == ["preamble", "bullet", "bullet", "preamble"]


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("Article IV.", "Article IV"),
        ("1.2(a)", "(a)"),
        ("SCHEDULE 2", "SCHEDULE 2"),
        ("§ 3", "§ 3"),
        ("x.", "x"),
        ("(1)", "(1)"),
    ],
)
def test_labels_of_word_are_understood(label: str, number: str) -> None:
    assert outlined(("Some words that are said here.", "item", 1, label))[0][1] in (number, "")


def test_a_paragraph_of_several_lines_is_read_by_its_lines() -> None:
    found = outlined(("1. The fee is due.\n2. The term is one year.", "paragraph", 0, ""))
    assert [key for key, *_ in found] == ["1", "2"]
