"""Sentences: where they begin and end, what introduces them, what they enumerate."""

from __future__ import annotations

import pytest

from pactgraph.model import Document, Outline
from pactgraph.reading.furniture import furniture
from pactgraph.segmenting import segment
from pactgraph.segmenting.items import items


def outline(text: str, media_type: str = "text/plain") -> Outline:
    return segment(Document("acme", "acme.txt", text, "0" * 64, media_type, furniture=furniture(text)))


def sentences(text: str, media_type: str = "text/plain") -> list[str]:
    return [" ".join(text[s.start : s.end].split()) for s in outline(text, media_type).sentences]


def led(text: str, media_type: str = "text/plain") -> list[tuple[str, str | None]]:
    """Return each sentence with the one that introduces it."""
    found = outline(text, media_type).sentences
    shown = [" ".join(text[s.start : s.end].split()) for s in found]
    return [(own, None if s.lead is None else shown[s.lead]) for own, s in zip(shown, found, strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        "Acme Inc. shall pay the fees of Beta Corp. and others.",
        "Notice goes to the U.S. office, e.g. by e-mail, i.e. in writing.",
        "It pays under No. 7 and Sec. 8 of Art. 9.",
        "The mill of Acme Pvt. Ltd. pays Rs. 12,00,000 to Beta Pty. Ltd. in May.",
        "The fee is 4.5 percent, i.e. $1,000.00 a year.",
        "It may (with notice. Or none.) end the order.",
        "It says “You pay. You stay.” in the order.",
        "See 45 C.F.R. 160 and the D.B.A. rules.",
        "The kiln was sold on April. 1st 2019 and runs until March 18. 2021 in the mill.",
        "Write to legal.Team@acme.example or www.acme.example/Terms.Html today.",
    ],
)
def test_no_break_inside(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You pay. It ends.", ["You pay.", "It ends."]),
        ("You pay immediately.Your fees are due.", ["You pay immediately.", "Your fees are due."]),
        ("It is sold by Acme Inc. The fee is due.", ["It is sold by Acme Inc.", "The fee is due."]),
        ("It is called “Acme.” You pay.", ["It is called “Acme.”", "You pay."]),
        ("It ends (if you ask). You pay.", ["It ends (if you ask).", "You pay."]),
        ("Do you pay? Yes! It ends.", ["Do you pay?", "Yes!", "It ends."]),
    ],
)
def test_break_between(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_numbers_and_headings_are_no_part_of_sentences() -> None:
    text = "1. Fees\n\n1.1 Rates. You pay the rates.\n\n1.2 You pay taxes."
    found = outline(text).sentences
    assert [(text[s.start : s.end], s.is_heading) for s in found] == [
        ("Fees", True),
        ("Rates.", True),
        ("You pay the rates.", False),
        ("You pay taxes.", False),
    ]


def test_a_sentence_runs_over_a_page_break_but_never_begins_or_ends_with_furniture() -> None:
    text = (
        "The client shall pay all of the fees that the order states and any tax that is\n\n"
        "Page 1 of 2\n\ndue on them. It may not set off.\n\nPage 2 of 2\n"
    )
    assert sentences(text) == [
        "The client shall pay all of the fees that the order states and any tax that is Page 1 of 2 due on them.",
        "It may not set off.",
    ]


def test_an_open_sentence_runs_over_a_page_break_before_a_capital() -> None:
    text = (
        "Once the ferry season is over, each of the captains that signed this\n\nPage 1 of 2\n\n"
        "Charter shall hand back all keys to the Harbour at once and without being asked.\n\nPage 2 of 2\n"
    )
    assert len(sentences(text)) == 1


def test_an_address_does_not_run_over_a_page_break() -> None:
    text = (
        "Heron Ferries Limited, Attention of the Harbour Master, 14 Quay Road, Old Town\n\nPage 1 of 2\n\n"
        "The captains keep copies of all letters that they send to the Harbour.\n\nPage 2 of 2\n"
    )
    assert len(sentences(text)) == 2


def test_a_byte_order_mark_is_white_space() -> None:
    found = outline("\ufeffYou pay.").sentences
    assert [(s.start, s.end) for s in found] == [(1, 9)]


def test_links_hide_their_addresses() -> None:
    text = "See [our policy](https://acme.example/Some. Page) for this. You pay."
    assert len(sentences(text, "text/markdown")) == 2


def test_list_items_point_to_the_sentence_that_introduces_them() -> None:
    text = "1. Duties\n\nIt is agreed. You must not:\n\n(a) copy it;\n\n(b) sell it.\n\n2. Term\n\nIt ends."
    lead = "You must not:"
    assert led(text) == [
        ("Duties", None),
        ("It is agreed.", None),
        (lead, None),
        ("copy it;", lead),
        ("sell it.", lead),
        ("Term", None),
        ("It ends.", None),
    ]


@pytest.mark.parametrize("ending", ["shall", "may not", "agrees to", "as follows:", "including,", "the following -"])
def test_open_sentences_introduce_what_follows(ending: str) -> None:
    lead = f"The client {ending}"
    assert led(f"{lead}\n\n• pay the fees\n\n• tell us")[1:] == [("pay the fees", lead), ("tell us", lead)]


def test_closed_sentences_introduce_nothing() -> None:
    assert [lead for _, lead in led("The client pays.\n\n• It pays fees.\n\n• It tells us.")] == [None, None, None]


def test_a_lead_ends_where_its_list_ends() -> None:
    text = "You must not:\n\n(a) copy it;\n\n(b) sell it.\n\nThat is all there is to say."
    found = outline(text).sentences
    assert text[found[0].start : found[0].whole_end].endswith("sell it.")
    assert all(s.whole_end == s.end for s in found[1:])


def test_text_that_resumes_after_a_list_points_to_the_lead() -> None:
    text = "1. You get credit:\n\n(a) of two percent; and\n\n(b) of four percent;\n\nprovided, however, that you ask."
    assert led(text)[-1] == ("provided, however, that you ask.", "You get credit:")


def test_rows_of_a_table_are_sentences_led_by_the_header() -> None:
    text = "Plans:\n\n| Plan | Fee |\n| --- | --- |\n| Basic | $1 |\n| Full | $2 |\n\nIt ends."
    header = "Plan | Fee"
    assert led(text, "text/markdown") == [
        ("Plans:", None),
        (header, None),
        ("Basic | $1", header),
        ("Full | $2", header),
        ("It ends.", None),
    ]


def test_a_table_after_a_table_has_a_header_of_its_own() -> None:
    one, two = "| Plan | Fee |\n| --- | --- |\n| Basic | $1 |", "| Level | Credit |\n| --- | --- |\n| 99% | 5% |"
    found = led(f"{one}\n\n{two}", "text/markdown")
    assert [lead for _, lead in found] == [None, "Plan | Fee", None, "Level | Credit"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("You may (a) copy it, (b) sell it, or (c) keep it.", ["(a)", "(b)", "(c)"]),
        ("You may (i) copy it; and (ii) sell it.", ["(i)", "(ii)"]),
        ("You may not: (1) copy it, (2) sell it.", ["(1)", "(2)"]),
        ("You may A) copy it or B) sell it.", ["A)", "B)"]),
        ("You may (a) copy (i) all or (ii) some; (b) sell it.", ["(a)", "(i)", "(ii)", "(b)"]),
        ("You may if:(i)you ask;(ii)you pay.", ["(i)", "(ii)"]),
        ("You (a) ask or (b) pay, and Acme (a) tells or (b) gives.", ["(a)", "(b)", "(a)", "(b)"]),
    ],
)
def test_items_inside_a_sentence_are_found(text: str, labels: list[str]) -> None:
    found = items(text, 0, len(text))
    assert [item.label for item in found] == labels
    assert all(text[item.start :].startswith(item.label) for item in found)


@pytest.mark.parametrize(
    "text",
    [
        "It ends under Section 7(a) and Section 7(b).",
        "It ends within thirty (30) days or one (1) year or two (2) years.",
        "It ends as set out in (a) and (b) above.",
        "It ends under sections 3.2 (a) and (b).",
        "The schedule(s) and party(ies) are named.",
        "It ends (a) at once.",
        "It ends (b) at once or (d) later.",
    ],
)
def test_references_and_numbers_are_no_items(text: str) -> None:
    assert items(text, 0, len(text)) == ()


def test_an_open_sentence_does_not_lead_sections_with_headings_of_markdown() -> None:
    text = "### Rules\n\nThese are banned:\n\n* spam\n\n#### 2. Fees\n\nWe may raise fees."
    found = dict(led(text, "text/markdown"))
    assert found["spam"] == "These are banned:"
    assert found["We may raise fees."] is None


def test_items_reach_to_the_next_one_of_their_level() -> None:
    text = "You may (a) copy (i) all or (ii) some; (b) sell it."
    assert [text[i.start : i.end] for i in items(text, 0, len(text))] == [
        "(a) copy (i) all or (ii) some;",
        "(i) all or",
        "(ii) some;",
        "(b) sell it.",
    ]


@pytest.mark.parametrize("text", ["0\x1f>", "> Fees\x0b*", "\u2003* It ends.\u3000|"])
def test_blanks_of_any_kind_beside_marks_of_markdown_are_no_words(text: str) -> None:
    assert [words for words, _ in led(text)] in (["0"], ["Fees"], ["It ends."])
