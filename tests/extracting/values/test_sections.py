"""References give the labels of the clauses they name, ranges filled in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.errors import ValueParseError
from pactgraph.extracting.values import Fields, parse_sections

Read = Callable[[str, str], Fields | None]

SECTIONS: dict[str, tuple[str, ...]] = {
    "Section 5": ("5",),
    "Section 5.2": ("5.2",),
    "section 12.3(b)(ii)": ("12.3(b)(ii)",),
    "Sections 1.4, 2, 3, 4, 6, 7 and 8": ("1.4", "2", "3", "4", "6", "7", "8"),
    "Sections 2.5.1 and 9 through 11": ("2.5.1", "9", "10", "11"),
    "Sections 4.1 - 4.4": ("4.1", "4.2", "4.3", "4.4"),
    "Clauses 3(b) to 5": ("3(b)", "5"),
    "Clause 5(a), (b) and 6(c)": ("5(a)", "5(b)", "6(c)"),
    "Sections 5(a) to (c)": ("5(a)", "5(b)", "5(c)"),
    "Sections 5(i) to (iv)": ("5(i)", "5(ii)", "5(iii)", "5(iv)"),
    "Articles IV and V": ("IV", "V"),
    "Articles IV through VI": ("IV", "V", "VI"),
    "Section 5 and Article IV": ("5", "IV"),
    "Sections VI (Fees), VII(I) (Term) and Articles Article IX": ("VI", "VII(I)", "IX"),
    "Section 2.b, Section 10A and Section 11": ("2.b", "10A", "11"),
    "Sections 4 (Fees), 5 (Term) and 9": ("4", "5", "9"),
    '§ 5 "Fees"': ("5",),
    "Sec. 7; Sec. 8": ("7", "8"),
    "paragraphs (a) and (b)": ("(a)", "(b)"),
    "6 (Customer duties), 7 (Fees) and 8": ("6", "7", "8"),
    "3, 4 and 9": ("3", "4", "9"),
    "Sections 2 and 2": ("2",),
}

NO_SECTIONS = [
    "",
    "Section",
    "5",
    "Section five",
    "sections of law",
    "Section 20040.5",
    "30 days",
    "Section 5 and 30 days",
]


@pytest.mark.parametrize(("words", "labels"), SECTIONS.items())
def test_labels_are_read(read: Read, words: str, labels: tuple[str, ...]) -> None:
    assert read("sections", words) == {"": labels}


@pytest.mark.parametrize("words", NO_SECTIONS)
def test_near_misses_name_no_section(words: str) -> None:
    with pytest.raises(ValueParseError, match="states no sections"):
        parse_sections(words)


@given(st.integers(1, 60), st.integers(0, 30))
def test_ranges_are_filled_in(first: int, more: int) -> None:
    labels = tuple(str(number) for number in range(first, first + more + 1))
    assert parse_sections(f"Sections {first} through {first + more}") == labels
