"""Words that a line end parted are one word to the rules, and to the reading of what they find."""

from __future__ import annotations

import pytest

from pactgraph.extracting import extract, load_rules
from pactgraph.extracting.hyphens import hyphen_edits
from pactgraph.extracting.views import apply
from pactgraph.model import Document
from pactgraph.resources import folder
from pactgraph.segmenting import segment


def document(text: str, media_type: str = "text/plain") -> Document:
    return Document("quayline", "quayline.txt", text, "0", media_type)


def joined(text: str, media_type: str = "text/plain") -> str:
    return apply(text, hyphen_edits(document(text, media_type))).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Notice of termi-\nnation. A termination ends it.", "Notice of termination. A termination ends it."),
        ("Quayline will indem-\r\n    nify you.", "Quayline will indemnify you."),
        ("On non-\nrenewal, a non-renewal fee is due.", "On non-renewal, a non-renewal fee is due."),
        ("A long-\nterm plan for a term.", "A long-term plan for a term."),
        ("The value-\nadded tax is a tax on value.", "The value-added tax is a tax on value."),
        ("A non-\ntaxable sum.", "A non-taxable sum."),
        ("The agree\u00adment and the agree\u00ad\n  ment.", "The agreement and the agreement."),
        ("Our know\u00adhow, and how we know.", "Our know-how, and how we know."),
        ("The ter\u00admi\u00adna\u00adtion.", "The termination."),
        ("Call 44\u00ad77.", "Call 44\u00ad77."),
        ("pages 3 -\n5 and a list:\n- one\n- two", "pages 3 -\n5 and a list:\n- one\n- two"),
        ("A follow-up well-known to all.", "A follow-up well-known to all."),
    ],
)
def test_a_word_is_joined_and_a_hyphen_of_its_own_stays(text: str, expected: str) -> None:
    assert joined(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Notice of termi-nation. A termination ends it.", "Notice of termination. A termination ends it."),
        (
            "A sub-processor and its subprocessor, a sub-processor.",
            "A sub-processor and its subprocessor, a sub-processor.",
        ),
        ("On non-renewal, nothing is due.", "On non-renewal, nothing is due."),
    ],
)
def test_a_page_that_joined_its_lines_needs_the_whole_word_elsewhere(text: str, expected: str) -> None:
    assert joined(text, "application/pdf") == expected
    assert joined(text) == text


def test_rules_find_what_a_line_end_parted_and_the_quote_stays_as_it_is() -> None:
    text = (
        "QUAYLINE TERMS\n\n1. Law. This Agreement is gov-\nerned by the laws\nof Germany. Fees are governed by it.\n\n"
        "2. Confidentiality lasts three (3) years.\n"
    )
    found = extract(document(text), segment(document(text)), load_rules(folder("mappings")))
    (law,) = [finding for finding in found if finding.term == "GoverningLaw"]
    assert text[law.start : law.end].startswith("This Agreement is gov-\nerned by the laws\nof Germany")
    assert law.reading.startswith("This Agreement is governed by the laws of Germany")
    assert "" in {finding.reading for finding in found}
