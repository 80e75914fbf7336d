"""Page furniture is marked, the agreement's own lines are not."""

from __future__ import annotations

import pytest

from pactgraph.reading.furniture import furniture


def marked(text: str) -> list[str]:
    return [text[span.start : span.end].strip() for span in furniture(text)]


@pytest.mark.parametrize("line", ["Page 3 of 10", "page 3", "- 3 -", "–3–", "3 of 10", "[Page break]"])
def test_page_lines_are_marked(line: str) -> None:
    assert marked(f"Acme shall\n\n{line}\n\npay the fees.") == [line]


def test_the_spaces_around_a_page_line_are_not_marked() -> None:
    text = "Acme shall\n\n      - 3 -  \n\npay the fees."
    assert [text[span.start : span.end] for span in furniture(text)] == ["- 3 -"]


def test_filing_footers_are_marked() -> None:
    line = "Source: EXAMPLE CORP, 10-K, 3/31/2030"
    assert marked(f"Acme shall\n\n{line}\n\npay the fees.") == [line]


def test_numbers_alone_are_marked_when_they_count_upwards() -> None:
    assert marked("One.\n\n1\n\nTwo.\n\n2\n\nThree.\n\n3\n\nFour.") == ["1", "2", "3"]


def test_a_lone_number_is_not_marked() -> None:
    assert marked("Seats:\n\n12\n\nusers.") == []


def test_lines_that_recur_beside_page_numbers_are_marked() -> None:
    page = "Acme Cloud Terms\n\nPage {n} of 3\n\n{words}\n\n"
    words = ("Acme pays.", "It may end.", "Law is chosen.")
    found = marked("".join(page.format(n=n, words=each) for n, each in enumerate(words, 1)))
    assert found.count("Acme Cloud Terms") == 3
    assert len(found) == 6


def test_recurring_clause_headings_are_not_marked() -> None:
    page = "ARTICLE {n}\n\nPage {n} of 3\n\nWords of page {n}.\n\n"
    assert "ARTICLE 1" not in marked("".join(page.format(n=n) for n in (1, 2, 3)))


@pytest.mark.parametrize("line", ["Source: our price list", "10 of the users", "2.1 Fees", "Page layout"])
def test_lines_of_the_agreement_are_not_marked(line: str) -> None:
    assert marked(f"Acme shall.\n\n{line}\n\nIt pays.") == []


def contents_of(lines: list[str]) -> list[str]:
    text = "\n\n".join(lines)
    return [text[span.start : span.end] for span in furniture(text)]


ENTRIES = ["1. Fees 1", "1.1 Late fees ..... 2", "ARTICLE II", "2. Term …… 14", "Annex A   A-1"]


def test_a_table_of_contents_is_furniture_from_its_title_to_its_last_entry() -> None:
    body = ["1. Fees", "The fee of 2031 is due in May and again in June of each year.", "2. Term"]
    assert contents_of(["Supply Agreement", "TABLE OF CONTENTS", "Page", *ENTRIES, *body]) == [
        "TABLE OF CONTENTS",
        "Page",
        *ENTRIES,
    ]


def test_lines_that_end_in_numbers_without_a_title_above_them_stay() -> None:
    assert contents_of(["Prices", *ENTRIES]) == []
    assert contents_of(["Contents", "The parties agree on the following words.", *ENTRIES]) == []
    assert contents_of(["Contents", *ENTRIES[:2], "The parties agree."]) == []


def test_links_to_places_on_the_page_are_a_table_of_contents() -> None:
    links = ["* [Fees](#fees)", "* [Term](#term)", "2. [Law](#law)", "[Notices](#notices)"]
    assert contents_of(["# Terms", *links, "## Fees"]) == links
    assert contents_of(["# Terms", *links[:3], "## Fees"]) == []
    assert contents_of([f"[Fees](https://acme.example/{n})" for n in range(5)]) == []


def test_numbers_that_end_lines_before_footers_are_marked_when_they_count_upwards() -> None:
    ends = ("The heron may land 4", "on the pier, but no 5", "gull may do so 6")
    text = "\n\n".join(f"{end}\n\nSource: HERON CORP, 10-K, 3/31/2030" for end in ends)
    assert [words for words in marked(text) if len(words) == 1] == ["4", "5", "6"]


def test_a_figure_that_ends_a_line_before_a_footer_is_kept() -> None:
    assert marked("The berths that it may take number 12\n\nSource: HERON CORP, 10-K, 3/31/2030\n\nIt pays.") == [
        "Source: HERON CORP, 10-K, 3/31/2030"
    ]


def test_long_lines_that_recur_beside_footers_in_other_capitals_are_marked() -> None:
    notice = "Some words about fares were left out of this paper and sent to the harbour office under a separate cover."
    pages = [f"Ferry {n} sails.\n\nPage {n} of 3\n\n{notice.upper() if n == 2 else notice}\n\n" for n in (1, 2, 3)]
    assert sum("left out" in words.lower() for words in marked("".join(pages))) == 3
