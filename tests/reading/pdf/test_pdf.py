"""PDF files become text with pages, furniture and places, in reading order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.extracting import extract, load_rules
from pactgraph.graph import Graph
from pactgraph.model import Document, Mark, Page, Span
from pactgraph.reading import Source, boxes, read
from pactgraph.reading.pdf import read_pdf
from pactgraph.resources import folder
from pactgraph.segmenting import segment
from pactgraph.segmenting.lines import legible

MakeFile = Callable[..., bytes]
Read = Callable[..., Document]

FIRST = "The Customer shall pay the fees of each month of the term in which it"
SECOND = "uses the service, and pay late interest on what it has not paid by then."


def words(document: Document) -> str:
    return " ".join(document.text.split())


def column(x: float, lines: int, word: str) -> list[tuple[float, float, str]]:
    return [(x, 700 - 13 * at, f"{word} line {at} is filled with more words") for at in range(lines)]


def test_pages_are_kept_and_parted_by_form_feeds(read_bytes: Read, pdf_pages: MakeFile) -> None:
    document = read_bytes(pdf_pages([[(60, 700, "One.")], [], [(60, 700, "Three.")]]))
    assert document.text == "One.\f\fThree."
    assert [document.text[page.start : page.end] for page in document.pages] == ["One.", "", "Three."]
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert (document.page(0), document.page(6), document.page(99)) == (1, 3, 3)
    assert document.media_type == "application/pdf"
    assert document.warnings == ()


def test_lines_stay_and_space_between_paragraphs_is_a_blank_line(read_bytes: Read, pdf_pages: MakeFile) -> None:
    lines = [FIRST, SECOND, FIRST, SECOND]
    page = [(60, y, line) for y, line in zip((700, 687, 660, 647), lines, strict=True)]
    assert read_bytes(pdf_pages([page])).text == f"{FIRST}\n{SECOND}\n\n{FIRST}\n{SECOND}"


def test_an_indented_line_begins_with_spaces(read_bytes: Read, pdf_pages: MakeFile) -> None:
    text = read_bytes(pdf_pages([[(60, 700, FIRST), (84, 687, SECOND)]])).text
    assert text.splitlines()[1].strip() == SECOND
    assert 3 <= len(text.splitlines()[1]) - len(SECOND) <= 6


def test_a_hyphen_at_a_line_end_stays_without_the_line_break(read_bytes: Read, pdf_pages: MakeFile) -> None:
    page = [
        (60, 700, "This letter states the terms of non-"),
        (60, 687, "renewal and of the termi\xad"),
        (60, 674, "nation."),
    ]
    text = read_bytes(pdf_pages([page])).text
    assert "terms of non-renewal and" in text
    assert "\ufffe" not in text


def test_headers_footers_and_page_numbers_are_furniture_and_stay_in_the_text(
    read_bytes: Read, pdf_pages: MakeFile
) -> None:
    pages = [
        [
            (60, 760, "Terms of Service"),
            (60, 748, f"Version 4, page {number}"),
            (60, 700, f"{body} is due on demand."),
            (60, 30, f"- {number} -" if number > 1 else "1"),
            (300, 18, "Acme"),
        ]
        for number, body in enumerate(("Rent", "Interest", "A deposit", "The fee"), start=1)
    ]
    document = read_bytes(pdf_pages(pages))
    marked = [document.text[span.start : span.end] for span in document.furniture]
    assert marked == [
        part
        for number in range(1, 5)
        for part in ("Terms of Service", f"Version 4, page {number}", f"- {number} -" if number > 1 else "1", "Acme")
    ]


def test_a_line_that_only_two_of_many_pages_begin_with_is_no_furniture(read_bytes: Read, pdf_pages: MakeFile) -> None:
    tops = ("Fees", "Term", "Fees", "Notices", "Law")
    assert read_bytes(pdf_pages([[(60, 700, top)] for top in tops])).furniture == ()


@pytest.mark.parametrize("interleaved", [False, True], ids=["column-by-column", "line-by-line"])
def test_columns_are_read_one_after_the_other(read_bytes: Read, pdf_pages: MakeFile, interleaved: bool) -> None:
    left, right = column(50, 20, "Left"), column(330, 20, "Right")
    page = [run for pair in zip(left, right, strict=True) for run in pair] if interleaved else left + right
    page = [(50, 740, "A title that runs over both of the columns of this page, from left to right"), *page]
    text = words(read_bytes(pdf_pages([page])))
    expected = " ".join(run[2] for run in [page[0], *left, *right])
    assert text == expected


def test_a_page_whose_file_draws_it_upwards_is_read_downwards(read_bytes: Read, pdf_pages: MakeFile) -> None:
    lines = column(60, 12, "This")
    assert words(read_bytes(pdf_pages([lines[::-1]]))) == " ".join(run[2] for run in lines)


def test_cells_of_a_table_are_read_row_by_row(read_bytes: Read, pdf_pages: MakeFile) -> None:
    rows = [
        ("Priority", "Response"),
        ("Critical", "1 hour"),
        ("High", "4 hours"),
        ("Low", "2 days"),
        ("Other", "never"),
    ]
    runs = [(x, 700 - 20 * at, cell) for at, row in enumerate(rows * 3) for x, cell in zip((60, 330), row, strict=True)]
    assert words(read_bytes(pdf_pages([runs]))) == " ".join(cell for row in rows * 3 for cell in row)


def test_boxes_lead_from_words_to_their_place_on_the_page(tmp_path: Path, pdf_pages: MakeFile) -> None:
    path = tmp_path / "deed.pdf"
    path.write_bytes(pdf_pages([[(60, 700, "One.")], [(60, 700, FIRST), (60, 687, SECOND)]]))
    source = Source(path, "deed", "deed.pdf")
    text = read(source).text
    start, end = text.index("which it"), text.index("uses") + len("uses")
    first, second = boxes(source, Span(start, end))
    assert (first.page, second.page) == (2, 2)
    assert first.left == pytest.approx(60 + 6 * FIRST.index("which it"), abs=1)
    assert first.right == pytest.approx(60 + 6 * len(FIRST), abs=1)
    assert first.bottom < 700 < first.top
    assert second.left == pytest.approx(60, abs=1)
    assert second.right == pytest.approx(84, abs=1)
    assert second.bottom < 687 < second.top < first.top


def test_a_text_file_has_no_boxes(tmp_path: Path) -> None:
    path = tmp_path / "deed.txt"
    path.write_text("Fees are due.")
    assert boxes(Source(path, "deed", "deed.txt"), Span(0, 4)) == ()


def test_bold_words_that_open_a_line_are_marked_without_their_number(read_bytes: Read, pdf_pages: MakeFile) -> None:
    page = [(60, 700, "**4.2 Late fees.** You pay them"), (60, 670, "You pay **all** of them")]
    document = read_bytes(pdf_pages([page]))
    (mark,) = document.marks
    assert (mark.kind, document.text[mark.start : mark.end]) == ("emphasis", "Late fees.")


@given(st.lists(st.text(alphabet="aB \n.1", max_size=12), min_size=1, max_size=6), st.booleans())
def test_page_breaks_are_blanked_without_moving_an_offset(sheets: list[str], bold: bool) -> None:
    text = "\f".join(sheets)
    starts = [sum(len(sheet) + 1 for sheet in sheets[:number]) for number in range(len(sheets))]
    pages = tuple(Page(at + 1, start, start + len(sheets[at])) for at, start in enumerate(starts))
    marks = tuple(Mark(page.start, page.end, "emphasis") for page in pages if bold and page.end > page.start)
    read_as = legible(Document("a", "a.pdf", text, "", "application/pdf", marks=marks, pages=pages))
    assert len(read_as) == len(text)
    assert "\f" not in read_as
    assert all(there in (here, " ", "\n") for here, there in zip(text, read_as, strict=True))


def test_reading_twice_gives_the_same_document(read_bytes: Read, pdf_agreement: MakeFile, examples: Path) -> None:
    data = pdf_agreement((examples / "havelsteg.txt").read_text("utf-8"))
    assert read_bytes(data) == read_bytes(data)


@pytest.mark.parametrize("columns", [76, 80, 84, 88])
@pytest.mark.parametrize("name", ["brackenholt.txt", "havelsteg.txt", "quillmere.md"])
def test_an_example_has_the_same_outline_and_terms_as_pdf(
    examples: Path, pdf_agreement: MakeFile, name: str, columns: int
) -> None:
    rules = load_rules(folder("mappings"))
    path = examples / name
    text = read(Source(path, "deed", name))
    pdf = read_pdf(pdf_agreement(path.read_text("utf-8"), columns), "deed", "deed.pdf", "application/pdf")
    assert len(pdf.pages) >= 5
    assert len(pdf.furniture) == 2 * len(pdf.pages)
    outlines = [segment(document) for document in (text, pdf)]
    trees = [[(c.key, c.number, c.kind, c.level, c.heading) for c in outline.clauses] for outline in outlines]
    assert len(trees[0]) >= 50
    assert trees[1] == trees[0]
    found = [extract(document, outline, rules) for document, outline in zip((text, pdf), outlines, strict=True)]
    terms = [[(each.term, dict(each.fields)) for each in findings] for findings in found]
    assert len(terms[0]) >= 40
    assert terms[1] == terms[0]


def test_answers_tell_the_page_of_their_quotes(tmp_path: Path, pdf_agreement: MakeFile, examples: Path) -> None:
    path = tmp_path / "brackenholt.pdf"
    path.write_bytes(pdf_agreement((examples / "brackenholt.txt").read_text("utf-8")))
    document = read(Source(path, "brackenholt", path.name))
    with Graph.open(tmp_path / "graph", writing=True) as graph:
        graph.build([path], validate=True)
        rows = graph.ask("auto-renewal").rows
        assert not [result for result in graph.validate().results if result.severity == "violation"]
    proofs = [proof for row in rows for proof in row.evidence]
    assert proofs
    assert all(proof.page == document.page(proof.start) and proof.page for proof in proofs)
