"""The clause tree: which clauses there are, below which, and where they end."""

from __future__ import annotations

import pytest

from pactgraph.model import Document, Outline
from pactgraph.reading.furniture import furniture
from pactgraph.segmenting import segment

PROSE = "Acme shall keep the records of every order for as long as the law of its seat asks it to do so."


def outline(text: str, media_type: str = "text/plain") -> Outline:
    return segment(Document("acme", "acme.txt", text, "0" * 64, media_type, furniture=furniture(text)))


def keys(text: str, media_type: str = "text/plain") -> list[str]:
    return [clause.key for clause in outline(text, media_type).clauses]


def headings(text: str, media_type: str = "text/plain") -> list[str]:
    return [clause.heading for clause in outline(text, media_type).clauses]


def test_decimal_numbers_make_a_tree() -> None:
    text = f"1. Fees\n\n1.1 Rates. {PROSE}\n\n1.2 Taxes. {PROSE}\n\n2. Term\n\n2.1 {PROSE}"
    found = outline(text)
    assert [c.key for c in found.clauses] == ["1", "1.1", "1.2", "2", "2.1"]
    assert [c.parent for c in found.clauses] == [None, 0, 0, None, 3]
    assert [c.heading for c in found.clauses] == ["Fees", "Rates", "Taxes", "Term", ""]


def test_a_clause_ends_before_its_first_child_and_whole_after_its_last() -> None:
    text = f"1. Fees\n\n1.1 {PROSE}\n\n1.2 {PROSE}"
    first, _, last = outline(text).clauses
    assert text[first.start : first.end] == "1. Fees"
    assert first.whole_end == last.end == len(text)


def test_a_missing_space_after_the_number_is_allowed() -> None:
    assert keys(f"1.Fees\n\n1.1.{PROSE}\n\n2.Term\n\n2.1.{PROSE}") == ["1", "1.1", "2", "2.1"]


def test_letters_and_roman_numbers_are_told_apart_by_the_sibling_before() -> None:
    letters = "".join(f"({char}) {PROSE}\n\n" for char in "abcdefghij")
    found = outline(f"1. Duties\n\n{letters}")
    assert [c.kind for c in found.clauses[1:]] == ["lettered"] * 10
    nested = outline(f"1. Duties\n\n(a) Acme shall:\n\n(i) {PROSE}\n\n(ii) {PROSE}\n\n(b) {PROSE}")
    assert [c.key for c in nested.clauses] == ["1", "1/(a)", "1/(a)/(i)", "1/(a)/(ii)", "1/(b)"]
    assert [c.kind for c in nested.clauses[2:4]] == ["roman", "roman"]


def test_a_numbered_list_after_a_colon_is_part_of_its_numbered_section() -> None:
    bans = "2. Bans. Guests must not:\n\n1. swim in the harbor;\n\n2. sell fish."
    text = f"1. Berths. {PROSE}\n\n{bans}\n\n3. Fees. {PROSE}"
    assert keys(text) == ["1", "2", "2/1", "2/2", "3"]
    assert headings(text) == ["Berths", "Bans", "", "", "Fees"]


def test_a_numbered_list_after_an_open_sentence_is_part_of_its_heading() -> None:
    bans = "# Bans\n\nWe may send a guest away if:\n\n1. He swims.\n2. She sells fish."
    text = f"# Berths\n\n{PROSE}\n\n{bans}\n\n# Fees\n\n{PROSE}"
    assert keys(text) == ["Berths", "Bans", "Bans/1", "Bans/2", "Fees"]


def test_what_the_parties_agree_are_sections_and_no_list() -> None:
    text = f"# Berths\n\nThe parties agree:\n\n1. Fees. {PROSE}\n\n2. Term. {PROSE}"
    assert keys(text) == ["Berths", "1", "2"]


def test_text_below_a_number_in_bold_is_part_of_that_clause() -> None:
    text = f"1\\. Berths\n---------\n\n**1.1 Bans**\n\nNo swimming. {PROSE}\n\n**1.2 Fees**\n\n{PROSE}\n"
    found = outline(text, "text/markdown")
    assert {found.clauses[s.clause].key for s in found.sentences if not s.is_heading} == {"1.1", "1.2"}


def test_articles_hold_their_sections() -> None:
    text = f"ARTICLE I - FEES\n\nSection 1.1 {PROSE}\n\nARTICLE II - TERM\n\nSection 2.1 {PROSE}"
    assert keys(text) == ["Article I", "Article I/1.1", "Article II", "Article II/2.1"]
    assert headings(text)[::2] == ["FEES", "TERM"]


def test_numbering_may_restart_in_a_schedule() -> None:
    text = f"1. Fees\n\n{PROSE}\n\nSchedule A\n\nPrices\n\n1. Seats\n\n{PROSE}\n\n1.1 {PROSE}"
    assert keys(text) == ["1", "Schedule A", "Schedule A/1", "Schedule A/1.1"]
    assert headings(text)[1] == "Prices"


def test_a_heading_below_which_numbers_restart_is_a_part_of_its_own() -> None:
    text = f"1. Fees\n\n1.1 {PROSE}\n\nService Level Agreement\n\n{PROSE}\n\n1. Uptime\n\n1.1 {PROSE}"
    part = "Service Level Agreement"
    assert keys(text) == ["1", "1.1", part, f"{part}/1", f"{part}/1.1"]


def test_a_heading_without_a_number_stays_below_its_number() -> None:
    text = f"1. Fees\n\nEarly Payment\n\n{PROSE}\n\nLate Payment\n\n{PROSE}\n\n2. Term\n\n{PROSE}"
    assert keys(text) == ["1", "1/Early Payment", "1/Late Payment", "2"]


def test_bullets_are_counted_below_what_they_belong_to() -> None:
    assert keys(f"1. Duties\n\nAcme shall:\n\n• {PROSE}\n\n• {PROSE}") == ["1", "1/•1", "1/•2"]


def test_text_after_a_list_belongs_to_the_clause_with_the_list() -> None:
    text = f"1. Duties\n\nAcme shall:\n\n• pay;\n\n• deliver.\n\n{PROSE}"
    found = outline(text)
    last = found.sentences[-1]
    assert found.clauses[last.clause].key == "1"
    assert last.end <= found.clauses[0].whole_end


def test_text_after_a_complete_item_belongs_to_the_item() -> None:
    text = f"1. Duties\n\n(a) {PROSE}\n\n{PROSE}\n\n(b) {PROSE}"
    found = outline(text)
    assert [found.clauses[s.clause].key for s in found.sentences] == ["1", "1/(a)", "1/(a)", "1/(b)"]


def test_numbers_inside_a_line_open_clauses_when_in_sequence() -> None:
    text = f"1. Fees\n\n1.1 {PROSE} 1.2 {PROSE} See section 9.9 there. 1.3 {PROSE}"
    assert keys(text) == ["1", "1.1", "1.2", "1.3"]


def test_wrapped_references_open_no_clause() -> None:
    line = "The party that is named in the order shall keep its records as set forth in Section\n"
    text = (
        "1. Records\n" + line + "7.3 of the terms, and any other party may ask for them within twelve\n(12) months.\n"
    )
    text += "".join(
        f"{n}. Duty {n}\n{line}{n}.7 above and shall tell the other party of it without delay.\n" for n in range(2, 9)
    )
    assert keys(text) == [str(n) for n in range(1, 9)]


def test_double_spaced_lines_are_joined() -> None:
    body = (
        "Acme shall keep the records of every order for as long as the law of its\n"
        "seat asks it to do so, and shall show them.\n"
    )
    text = "".join(f"{n}. Duty\n{n}.1. {body}" for n in range(1, 9)).replace("\n", "\n\n")
    found = outline(text)
    assert [c.key for c in found.clauses] == [key for n in range(1, 9) for key in (str(n), f"{n}.1")]
    assert len(found.sentences) == 16


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "# Terms\n\n## Fees\n\nYou pay.\n\n### Late Fees\n\nYou pay more.\n\n## Term\n\nIt ends.",
            ["Terms", "Fees", "Fees/Late Fees", "Term"],
        ),
        ("Terms\n=====\n\nFees\n----\n\nYou pay.\n\nTerm\n----\n\nIt ends.", ["Terms", "Fees", "Term"]),
        (
            "## Fees\n\n1. You pay.\n2. You pay more.\n\n## Term\n\n1. It ends.",
            ["Fees", "Fees/1", "Fees/2", "Term", "Term/1"],
        ),
        ("1\\. Fees\n-------\n\n### 1.1 Rates\n\nYou pay.\n\n2\\. Term\n-------\n\nIt ends.", ["1", "1.1", "2"]),
        (
            "1.  **Fees**\n\n    1.  **Rates:** Pay.\n\n    2.  **Tax:** Pay.\n\n2.  **Term**\n\n    1.  **End:** No",
            ["1", "1.1", "1.2", "2", "2.1"],
        ),
        (
            "##### **A. Fees**\n\n##### **1\\. Rates**\n\n1.1) You pay.\n\n**1.2) Taxes.** You pay.",
            ["A", "A/1", "A/1.1", "A/1.2"],
        ),
        ("1.  ### Fees\n\n    You pay.\n\n2.  ### Term\n\n    It ends.", ["1", "2"]),
        ("> 1. Fees\n>\n> You pay.\n>\n> 2. Term\n>\n> It ends.", ["1", "2"]),
        ("---\ntitle: Terms\n---\n\n# Terms\n\n## Fees\n\nYou pay.", ["preamble", "Terms", "Fees"]),
    ],
)
def test_markdown_structure_is_read(text: str, expected: list[str]) -> None:
    assert keys(text, "text/markdown") == expected


def test_a_heading_in_a_list_item_is_the_heading_of_its_number() -> None:
    assert headings("1.  ### Fees\n\n    You pay.\n\n2.  ### Term\n\n    It ends.", "text/markdown") == ["Fees", "Term"]


def test_a_sentence_of_capitals_after_bold_words_is_no_part_of_the_heading() -> None:
    text = "**Safety.** We follow the Heron Ferry Rules and hold a Gull Harbour Badge.\n\nYou must pay."
    assert headings(text, "text/markdown") == ["Safety"]


def test_bold_words_that_run_in_are_headings() -> None:
    text = "**Fees.** You pay them.\n\n**Late fees**: You pay more.\n\nYou **must** pay."
    assert headings(text, "text/markdown") == ["Fees", "Late fees"]


def test_one_long_paragraph_is_parted_at_its_headings() -> None:
    body = f"{PROSE} " * 9
    text = f"Acme welcomes you. Fees. {body}Limits of Use. {body}Support Terms: {body}"
    text += f"Exhibit 1 – Data Terms Purpose This Exhibit adds. {body}"
    assert headings(text) == ["", "Fees", "Limits of Use", "Support Terms", "Data Terms", "Purpose"]
    assert keys(text)[-1] == "Exhibit 1/Purpose"


def test_lines_of_a_table_are_no_headings() -> None:
    text = (
        f"1. Plans\n\n{PROSE}\n\nPlan Basic\n\nResponse Slow\n\nBackups Daily\n\nUpdates Weekly\n\n2. Term\n\n{PROSE}"
    )
    assert keys(text) == ["1", "2"]


def test_keys_are_unique_even_where_numbers_repeat() -> None:
    found = keys(f"1. Fees\n\n1.1 {PROSE}\n\n1.1 {PROSE}\n\n1. Fees\n\n{PROSE}")
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    "words",
    [
        "THE SERVICE IS PROVIDED AS IT IS.",
        "YOU MAY NOT USE THE SERVICE FOR ANY OTHER PURPOSE",
        "Acme Holdings, Inc.",
        "BY AND BETWEEN",
        "[Signature Page Follows]",
        "EXECUTION COPY",
        "With a copy to:",
        "The Supplier holds Silver Whistle Certification and Lantern Essentials.",
        "Ownership of the Anchor rests with the Harbor Master.",
    ],
)
def test_what_stands_alone_on_a_line_but_names_nothing_is_no_heading(words: str) -> None:
    assert keys(f"1. Fees\n\n{PROSE}\n\n{words}\n\n{PROSE}\n\n2. Term\n\n{PROSE}") == ["1", "2"]


@pytest.mark.parametrize("words", ["WHAT IS COVERED BY THE SERVICE", "LIMITS OF LIABILITY.", "Fees of the Company"])
def test_words_that_name_what_follows_are_a_heading(words: str) -> None:
    assert words.strip(".") in headings(f"{PROSE}\n\n{words}\n\n{PROSE}")


def test_a_sentence_in_capitals_is_no_heading_of_the_next() -> None:
    capitals = PROSE.upper()
    assert headings(f"4. THE SERVICE IS SOLD AS IT IS. {capitals}\n\n5. {PROSE}") == ["", ""]
    assert headings(f"4. NO OTHER WARRANTY. {capitals}\n\n5. {PROSE}")[0] == "NO OTHER WARRANTY"


def test_clauses_after_the_recitals_are_no_part_of_the_last_of_them() -> None:
    recitals = f"RECITALS\n\nA. {PROSE}\n\nB. {PROSE}\n\n"
    assert keys(f"{recitals}1. Fees\n\n{PROSE}") == ["RECITALS", "A", "B", "1"]
    agreed = f"A. {PROSE}\n\nB. {PROSE}\n\nThe parties agree as follows:\n\n1. Fees\n\n{PROSE}"
    assert keys(agreed) == ["A", "B", "1"]


def test_the_place_of_an_agreement_in_a_filing_is_no_part_of_it() -> None:
    assert keys(f"Exhibit 10.26\n\n1. Fees\n\n{PROSE}\n\nExhibit 2.1\n\n{PROSE}") == ["preamble", "1", "Exhibit 2.1"]


def test_the_line_after_an_article_is_its_heading() -> None:
    found = outline(f"ARTICLE I\n\nGENERAL TERMS\n\n1.01 {PROSE}\n\nARTICLE II\n\nFEES\n\n2.01 See Section 1.01.")
    assert [c.key for c in found.clauses] == ["Article I", "Article I/1.1", "Article II", "Article II/2.1"]
    assert [c.heading for c in found.clauses][::2] == ["GENERAL TERMS", "FEES"]
    assert [reference.target for reference in found.references] == [1]


def test_headings_below_which_numbers_restart_are_of_one_rank() -> None:
    part = f"1. {PROSE}\n\n2. {PROSE}\n\n"
    found = keys(f"Holidays\n\n{part}Weights\n\n{part}Pallets\n\n{part}")
    assert found[3:] == ["Weights", "Weights/1", "Weights/2", "Pallets", "Pallets/1", "Pallets/2"]


def test_pages_on_one_line_are_read_by_the_blanks_that_were_breaks() -> None:
    body = f"{PROSE} {PROSE}"
    one = f"1. Fees     1.1. Rates.   (a) {body}   (b) {body}   1.2. Taxes. {body} See   Section 1.1.     "
    two = f"2. Term     2.1. {body}     LIABILITY     {body}     {body}     2.2. {body}"
    assert keys(f"{one}\n\n{two}") == ["1", "1.1", "1.1/(a)", "1.1/(b)", "1.2", "2", "2.1", "LIABILITY", "2.2"]


def test_blanks_inside_sentences_are_no_breaks() -> None:
    wide = PROSE.upper().replace(" ", "   ")
    assert keys("1. " + " ".join([wide] * 9)) == ["1"]
