"""Files in which every visible line is a paragraph: read as lines, behind a gate; real paragraphs stay apart."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from pactgraph.model import Document, Mark
from pactgraph.segmenting import segment
from pactgraph.segmenting.visual_lines import wrapped_layout

DUTY = "Acme shall keep the records of every order for as long as the law of its seat asks it to do so."
TEXT = [
    "1. Records",
    f"1.1 {DUTY} {DUTY}",
    f"1.2 {DUTY} It may keep them at any place that the other party has agreed to in writing before.",
    "2. Notices",
    f"2.1 {DUTY} {DUTY} {DUTY}",
    f"(a) {DUTY}",
    f"(b) {DUTY} {DUTY}",
    f"2.2 {DUTY}",
]


def document(paragraphs: list[str]) -> Document:
    text, marks = "", []
    for words in paragraphs:
        text += "\n\n" if text else ""
        marks.append(Mark(len(text), len(text) + len(words), "paragraph"))
        text += words
    return Document("acme", "acme.docx", text, "", "x", marks=tuple(marks))


def outlined(paragraphs: list[str]) -> tuple[list[str], list[str]]:
    made = document(paragraphs)
    found = segment(made)
    words = [" ".join(made.text[each.start : each.end].split()) for each in found.sentences]
    return [clause.key for clause in found.clauses], words


def wrapped(paragraphs: list[str], width: int) -> list[str]:
    return [line for words in paragraphs for line in textwrap.wrap(words, width)]


@pytest.mark.parametrize("width", [60, 72, 84, 96])
def test_lines_that_are_paragraphs_are_read_as_what_they_were_broken_from(width: int) -> None:
    assert outlined(wrapped(TEXT, width)) == outlined(TEXT)


@pytest.mark.parametrize("width", [60, 84])
def test_lines_parted_by_breaks_are_read_as_their_paragraph(width: int) -> None:
    assert outlined(["\n".join(textwrap.wrap(words, width)) for words in TEXT]) == outlined(TEXT)


@pytest.mark.parametrize(
    "paragraphs",
    [
        TEXT * 3,
        [f"Feature {number} of the plan with its price per seat" for number in range(40)],
        [f"access the records of order {number} or copy these in any way;" for number in range(40)],
        [f"use {'of it ' * (number % 9)}for the plan {number}" for number in range(40)],
        [f"Line {number} of a notice that ends here." for number in range(40)],
    ],
)
def test_real_paragraphs_and_lists_are_not_joined(paragraphs: list[str]) -> None:
    made = document(paragraphs)
    assert wrapped_layout(made.marks, made.text) is None


def test_derived_numbers_open_clauses_among_the_lines() -> None:
    lines = wrapped([f"{DUTY} {DUTY}"] * 6, 72)
    made = document(lines)
    items = {at for at, line in enumerate(lines) if line.startswith("Acme shall keep the records of every order")}
    starts = sorted(items)[::2]
    marks = [
        Mark(mark.start, mark.end, "item", 1, f"{starts.index(at) + 1}.") if at in starts else mark
        for at, mark in enumerate(made.marks)
    ]
    found = segment(Document("acme", "acme.docx", made.text, "", "x", marks=tuple(marks)))
    assert [clause.key for clause in found.clauses] == [str(number + 1) for number in range(len(starts))]


def test_the_examples_keep_their_outline_line_by_line(root: Path) -> None:
    path = root / "examples" / "agreements" / "havelsteg.txt"
    chunks = [" ".join(chunk.split()) for chunk in re.split(r"\n\s*\n", path.read_text("utf-8")) if chunk.strip()]
    assert len(chunks) > 40
    assert outlined(wrapped(chunks, 80))[0] == outlined(chunks)[0]
