"""A table typed with blanks is cut into its rows; gaps elsewhere are none."""

from __future__ import annotations

import pytest

from pactgraph.model import Document
from pactgraph.segmenting import segment
from pactgraph.segmenting.lines import lines
from pactgraph.segmenting.typed_rows import typed_rows

TABLE = """
    Moored for             Charge
    up to 3 nights         EUR 20 a night
    4 to 10 nights         EUR 15 a night
"""


def rows(text: str, *, aligned: bool = True) -> list[str]:
    found = lines(text)
    return [found[index].text for index in sorted(typed_rows(found, aligned=aligned))]


def test_lines_whose_cells_begin_in_the_same_columns_are_rows() -> None:
    assert len(rows(f"Charges are:\n{TABLE}\nThey are due on arrival.\n")) == 3


@pytest.mark.parametrize(
    "text",
    [
        TABLE.replace("    4 to", "\n    4 to"),
        TABLE.replace("nights         EUR 20", "nights      EUR 20"),
        "\n".join(TABLE.strip("\n").split("\n")[1:]),
        "Ada Quay       Ole Berg\nDirector       Member of the Board\nof a Harbor    of a Harbor\n",
        "By: 1                 By: 2\nName: 3               Name: 4\nDate: 5               Date: 6\n",
        "1.   Fees 10          see page 3\n2.   Term 11          see page 4\n3.   Law 12           see page 5\n",
    ],
)
def test_other_lines_with_gaps_are_no_rows(text: str) -> None:
    assert rows(text) == []


def test_the_columns_of_a_page_need_not_be_those_of_its_text() -> None:
    text = "up to 3 nights   EUR 20\n4 to 10 nights   EUR 15\nlonger than 10 nights   EUR 9\n"
    assert rows(text) == []
    assert len(rows(text, aligned=False)) == 3


def test_each_row_is_a_sentence_led_by_the_first() -> None:
    text = (
        f"1. Charges. Charges for a place in the harbor are as follows:\n{TABLE}\n2. Law. The law of Malta governs.\n"
    )
    outline = segment(Document("harbor", "harbor.txt", text, "0", "text/plain"))
    found = [(text[s.start : s.end].split("   ")[0], s.lead) for s in outline.sentences]
    head = next(k for k, (words, _) in enumerate(found) if words == "Moored for")
    assert found[head + 1 : head + 3] == [("up to 3 nights", head), ("4 to 10 nights", head)]
