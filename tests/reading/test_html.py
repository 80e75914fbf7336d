"""Web pages: what of them is text, what stands beside it, and where it stands in the source."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactgraph.errors import SourceError
from pactgraph.model import Document
from pactgraph.reading.html import read_html
from pactgraph.reading.html_charset import decode_page

ReadPage = Callable[[str | bytes], Document]


def marks(document: Document) -> list[tuple[str, int, str, str]]:
    return [(m.kind, m.level, m.label, document.text[m.start : m.end]) for m in document.marks if m.kind != "emphasis"]


def labels(document: Document) -> list[str]:
    return [mark.label for mark in document.marks]


# Words ------------------------------------------------------------------------------------------


def test_white_space_is_single_and_blocks_are_parted(read_page: ReadPage) -> None:
    document = read_page("<p>One\n  two <b> three</b>\t.</p>\n<div>Four<p>five</div>six")
    assert document.text == "One two three .\n\nFour\n\nfive\n\nsix"


def test_character_references_are_characters(read_page: ReadPage) -> None:
    assert read_page("<p>R&amp;D &ldquo;x&#8221; &#x20AC;5&nbsp;m &copy2031 &unknown; A & B").text == (
        "R&D “x” €5\u00a0m ©2031 &unknown; A & B"
    )


def test_a_line_break_is_kept_and_two_part_paragraphs(read_page: ReadPage) -> None:
    document = read_page("<p>Acme <br> Street 5<br><br>Next <br/>\n<br/> Last")
    assert [text for *_, text in marks(document)] == ["Acme\nStreet 5", "Next", "Last"]


def test_preformatted_lines_stay_as_they_are(read_page: ReadPage) -> None:
    assert read_page("<pre>1. Fees\n   You pay.</pre>").text == "1. Fees\n   You pay."


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>no</p>",
        '<p aria-hidden="true">no</p>',
        '<p style="color:red; DISPLAY : none">no</p>',
        '<p style="visibility:hidden">no</p>',
        "<script>no</script>",
        "<style>.no{}</style>",
        "<template><p>no</p></template>",
        "<noscript>no</noscript>",
        "<nav><ul><li>no</ul></nav>",
        "<aside>no</aside>",
        "<header><p>no</header>",
        "<footer>no</footer>",
        '<div role="navigation">no</div>',
        '<div role="dialog">no</div>',
        "<dialog>no</dialog>",
        "<button>no</button>",
        "<select><option>no<option>no</select>",
        "<!-- no -->",
        "<del>no</del>",
        "<s>no</s>",
        '<span style="text-decoration: line-through">no</span>',
        "<title>no</title>",
        '<sup><a href="#fn1">no</a></sup>',
    ],
)
def test_what_is_not_content_is_left_out(hidden: str, read_page: ReadPage) -> None:
    assert read_page(f"<body><p>yes</p>{hidden}<p>yes</p></body>").text == "yes\n\nyes"


def test_insertions_stay_and_deletions_go(read_page: ReadPage) -> None:
    assert read_page("<p>within <del>30</del><ins>60</ins> days").text == "within 60 days"


def test_the_main_element_is_the_content(read_page: ReadPage) -> None:
    page = (
        "<body><div>Sign up now</div><main><header><h1>Terms</h1></header><p>You pay the fees.</main><div>Imprint</div>"
    )
    assert read_page(page).text == "Terms\n\nYou pay the fees."


def test_a_main_element_with_next_to_nothing_is_not_the_content(read_page: ReadPage) -> None:
    page = "<body><main>Hi</main><div>The Customer shall pay all fees within thirty days.</div>"
    assert "shall pay" in read_page(page).text


def test_a_form_around_the_page_hides_nothing(read_page: ReadPage) -> None:
    assert read_page("<form><p>Terms <input value=no><textarea>no</textarea></form>").text == "Terms"


def test_a_page_without_end_tags_is_read_as_browsers_do(read_page: ReadPage) -> None:
    page = "<html><head><title>no<body><p>One<p>Two<ul><li>a<li>b<p>c</ul><table><tr><td>d<td>e<tr><td>f<td>g</table>"
    page = page.replace("<title>no", "<title>no</title>")
    assert [text for *_, text in marks(read_page(page))] == ["One", "Two", "a", "b", "c", "d | e", "f | g"]


def test_stray_end_tags_end_nothing(read_page: ReadPage) -> None:
    assert read_page("<div>One</p></span></td> two</div></div><p>three").text == "One two\n\nthree"


# Structure --------------------------------------------------------------------------------------


def test_headings_have_their_rank(read_page: ReadPage) -> None:
    page = '<h1>Terms</h1><h3>Fees</h3><div role="heading" aria-level="2">Term</div><p>Text'
    assert marks(read_page(page)) == [
        ("heading", 1, "", "Terms"),
        ("heading", 3, "", "Fees"),
        ("heading", 2, "", "Term"),
        ("paragraph", 0, "", "Text"),
    ]


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("<ol>", ["1.", "2.", "3."]),
        ("<ol start=5>", ["5.", "6.", "7."]),
        ("<ol start=-1>", ["-1.", "0.", "1."]),
        ("<ol start=x>", ["1.", "2.", "3."]),
        ("<ol type=a>", ["a.", "b.", "c."]),
        ("<ol type=A start=26>", ["Z.", "AA.", "AB."]),
        ("<ol type=i start=8>", ["viii.", "ix.", "x."]),
        ("<ol type=I>", ["I.", "II.", "III."]),
        ("<ol type=a start=0>", ["0.", "a.", "b."]),
        ("<ol reversed>", ["3.", "2.", "1."]),
        ("<ol reversed start=10>", ["10.", "9.", "8."]),
        ('<ol style="list-style-type: lower-roman">', ["i.", "ii.", "iii."]),
        ('<ol style="list-style: upper-alpha inside">', ["A.", "B.", "C."]),
        ('<ol style="list-style: none">', ["", "", ""]),
        ('<ol type="1" style="list-style-type: decimal-leading-zero" start="9">', ["09.", "10.", "11."]),
        ("<ul>", ["•", "•", "•"]),
        ('<ul style="list-style:none">', ["", "", ""]),
    ],
)
def test_list_labels_are_those_that_browsers_show(opening: str, expected: list[str], read_page: ReadPage) -> None:
    document = read_page(f"{opening}<li>One<li>Two<li>Three")
    assert labels(document) == expected
    assert document.text == "One\n\nTwo\n\nThree"


@pytest.mark.parametrize(("opening", "expected"), [("<ol>", ["1.", "7.", "8."]), ("<ol reversed>", ["3.", "7.", "6."])])
def test_an_item_may_state_its_own_number(opening: str, expected: list[str], read_page: ReadPage) -> None:
    assert labels(read_page(f"{opening}<li>One<li value=7>Two<li>Three")) == expected


def test_an_item_may_have_a_type_of_its_own(read_page: ReadPage) -> None:
    assert labels(read_page("<ol><li>One<li type=a>Two<li>Three</ol>")) == ["1.", "b.", "3."]


def test_lists_in_lists_have_their_depth(read_page: ReadPage) -> None:
    page = "<ol><li>One<ol type=a><li>in<p>more</ol>flush<li><p>Two</ol>after"
    assert marks(read_page(page)) == [
        ("item", 1, "1.", "One"),
        ("item", 2, "a.", "in"),
        ("paragraph", 2, "", "more"),
        ("paragraph", 1, "", "flush"),
        ("item", 1, "2.", "Two"),
        ("paragraph", 0, "", "after"),
    ]


def test_a_heading_in_an_item_has_the_label(read_page: ReadPage) -> None:
    assert marks(read_page("<ol><li><h2>Fees</h2>You pay.</ol>")) == [
        ("heading", 2, "1.", "Fees"),
        ("paragraph", 1, "", "You pay."),
    ]


def test_a_table_row_is_a_line_of_cells(read_page: ReadPage) -> None:
    page = "<table><caption>Credits</caption><thead><tr><th>Level<th>Credit</thead>"
    page += "<tr><td>99<br>%<td><p>5%<p>or 6%</table>"
    assert marks(read_page(page)) == [
        ("paragraph", 0, "", "Credits"),
        ("row", 0, "", "Level | Credit"),
        ("row", 0, "", "99 % | 5% or 6%"),
    ]


def test_a_table_for_layout_is_read_as_its_contents(read_page: ReadPage) -> None:
    page = "<table><tr><td>Menu<td><h1>Terms</h1><p>You pay.<table><tr><td>a<td>b</table></table>"
    assert [text for *_, text in marks(read_page(page))] == ["Menu", "Terms", "You pay.", "a | b"]


def test_bold_words_that_lead_a_block_are_marked(read_page: ReadPage) -> None:
    page = '<p><b>Term.</b> One year.<p><span style="font-weight:700">Fees:</span> none.<p><b>All</b><p>not <b>this</b>'
    document = read_page(page)
    assert [document.text[m.start : m.end] for m in document.marks if m.kind == "emphasis"] == ["Term.", "Fees:"]


@pytest.mark.parametrize(
    "page",
    [
        "<style>li::before{content:counter(n) '.'}</style><p>x",
        "<style>ol{counter-reset: n}</style><p>x",
        '<p style="counter-increment: n">x',
    ],
)
def test_css_counters_are_reported_and_nothing_is_invented(page: str, read_page: ReadPage) -> None:
    document = read_page(page)
    assert document.text == "x"
    assert "CSS counters" in document.warnings[0]


def test_a_page_without_counters_warns_of_nothing(read_page: ReadPage) -> None:
    assert read_page("<style>p{content:'counter'}</style><p>x").warnings == ()


# Places -----------------------------------------------------------------------------------------


def test_every_character_is_found_in_the_source(read_page: ReadPage) -> None:
    source = (
        "<html>\r\n<body>\n<p>One\r\n   two <b>th</b>ree&amp;\tfour &#8220;q&rdquo;</p>\n"
        "<ol><li>a  b<li>c</ol><table><tr><td> x <td>y</table><p>é € 𝔸 end"
    )
    document = read_page(source)
    found = 0
    for offset, char in enumerate(document.text):
        at = document.origin(offset)
        if char in "\n|" or (char == " " and not source[at].isspace()):
            continue
        found += 1
        if source[at] == "&":
            assert char in "&“”"
        else:
            assert source[at] == char or (char == " " and source[at].isspace())
    assert found > 35


# Characters -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("<p>café".encode(), "utf-8"),
        (b"\xef\xbb\xbf" + "<meta charset=latin1><p>café".encode(), "utf-8"),
        ("<p>café".encode("utf-16"), "utf-16"),
        ('<meta charset="windows-1250"><p>café'.encode("cp1250"), "cp1250"),
        ("<meta charset=iso-8859-1><p>café".encode("cp1252"), "cp1252"),
        (
            "<META http-equiv=Content-Type content='text/html; charset=ISO-8859-15'><p>café".encode("iso8859-15"),
            "iso8859-15",
        ),
        ('<?xml version="1.0" encoding="windows-1252"?><p>café'.encode("cp1252"), "cp1252"),
        ("<meta charset=Shift_JIS><p>café".replace("é", "カ").encode("shift_jis"), "shift_jis"),
        ("<meta charset=utf-16><p>café".encode(), "utf-8"),
        ("<!-- <meta charset=koi8-r> --><p>café".encode(), "utf-8"),
    ],
)
def test_the_encoding_is_taken_as_browsers_take_it(data: bytes, encoding: str, read_page: ReadPage) -> None:
    document = read_page(data)
    assert document.encoding == encoding
    assert document.text in ("café", "cafカ")
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<p>caf\xe9", "not UTF-8"),
        (b"<meta charset=utf-8><p>caf\xe9", "not UTF-8"),
        (b"<meta charset=big5><p>caf\xff", "declares big5"),
        (b"<meta charset=x-nonsense><p>cafe", "unknown encoding 'x-nonsense'"),
        (b"<meta charset=rot13><p>cafe", "unknown encoding 'rot13'"),
    ],
)
def test_a_guessed_encoding_is_reported(data: bytes, words: str, read_page: ReadPage) -> None:
    document = read_page(data)
    assert words in " ".join(document.warnings)
    assert document.text.startswith("caf")


def test_a_declaration_far_down_is_no_declaration() -> None:
    assert decode_page(b" " * 5000 + b"<meta charset=koi8-r>", "a.html").encoding == "utf-8"


# Bad input --------------------------------------------------------------------------------------


def refusal(data: bytes, largest: int = 1000) -> str:
    with pytest.raises(SourceError) as caught:
        read_html(data, "a", "a.html", "text/html", largest=largest)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "is empty"),
        (b" \n ", "only white space"),
        (b"<p>a\0b", "is binary"),
        (b"%PDF-1.7", "is a PDF"),
        (b"PK\x03\x04", "ZIP archive or an Office document"),
        (b"<html><body><script>x</script></body></html>", "shows no text"),
        (b"<p>" + b"x" * 1000, "more than 0 MB"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(data: bytes, expected: str) -> None:
    assert expected in refusal(data)


def test_a_page_of_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pactgraph.reading.html_tree._MOST", 100)
    assert "more than 100 elements and texts" in refusal(b"<i>" * 101)


def test_deep_nesting_is_read(read_page: ReadPage) -> None:
    assert read_page("<div>" * 20000 + "deep" + "</div>" * 20000).text == "deep"
    assert read_page("<ol><li>" * 5000 + "deep").text == "deep"


def test_one_long_line_is_read(read_page: ReadPage) -> None:
    page = "<p>" + "words and <b>more</b> &amp; " * 10000
    assert len(read_page(page).text) > 150_000


@pytest.mark.parametrize(
    "piece", ["<", "&", "<!--", "<![CDATA[", "</", "<a href='", "<!", "&#", "<?", "<p ", "<table>", "]]>"]
)
def test_unfinished_markup_ends_in_bounded_time(piece: str) -> None:
    read_html(b"<p>words</p>" + piece.encode() * 20000, "a", "a.html", "text/html")


PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<ol>",
            "<ol type=a start=3 reversed>",
            "</ol>",
            "<li>",
            "<li value=4>",
            "<ul>",
            "</ul>",
            "<b>",
        ),
        *(
            "</b>",
            "<table>",
            "</table>",
            "<tr>",
            "<td>",
            "<br>",
            "<h2>",
            "</h2>",
            "words ",
            "  ",
            "\n",
            "&amp;",
            "&#0;",
        ),
        *(
            "&lt",
            "<",
            "<!--",
            "-->",
            "<del>",
            "</del>",
            "<pre>",
            "</pre>",
            "<header>",
            "<main>",
            "é",
            "\u2028",
            "<![CDATA[",
        ),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_page_is_read_or_refused_with_true_offsets(pieces: list[str]) -> None:
    source = "".join(pieces)
    try:
        document = read_html(source.encode(), "a", "a.html", "text/html")
    except SourceError:
        return
    blocks = [mark for mark in document.marks if mark.kind != "emphasis"]
    assert all(document.text[mark.start : mark.end].strip() for mark in blocks)
    assert all(a.end <= b.start for a, b in pairwise(blocks))
    assert all(0 <= document.origin(offset) < len(source) + 3 for offset in range(len(document.text)))
    for match in re.finditer("words", document.text):
        at = document.origin(match.start())
        assert source[at : at + 5] == "words"


def test_a_blank_line_parts_a_table_from_the_one_before_it(read_page: ReadPage) -> None:
    one = "<table><thead><tr><th>Plan<th>Fee</thead><tbody><tr><td>Full<td>$2</tbody></table>"
    assert read_page(f"{one}<table><tr><td>Level<td>Credit</table>").text == ("Plan | Fee\nFull | $2\n\nLevel | Credit")
