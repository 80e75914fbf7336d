from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pactgraph.extracting.views import PROVIDER, Edit, apply, ascii_form, noise, read, read_named
from pactgraph.model import Span

_PIECES = st.lists(
    st.sampled_from(
        ["the fee", "“Data”", "  ", "\n\n", "**bold**", "[page](https://a.example/b)", "we", "\u00a0", "’s", "."]
    ),
    max_size=30,
).map("".join)


def test_ascii_form_keeps_every_offset() -> None:
    text = "“Fees” – the vendor’s\tprice\u00a0list"
    assert len(ascii_form(text)) == len(text)
    assert ascii_form(text) == '"Fees" - the vendor\'s price list'


def test_words_of_a_reading_keep_typographic_signs_but_not_line_breaks() -> None:
    text = "All “Fees”\n\n  are due."
    reading = read(text, noise(ascii_form(text)))
    assert reading.text == 'All "Fees" are due.'
    assert reading.words(Span(0, len(text))) == "All “Fees” are due."


def test_furniture_inside_a_sentence_leaves_one_space() -> None:
    text = "The fees\n\n  - 3 -\fTerms of Acme\n\nare due."
    furniture = [Span(text.index(words), text.index(words) + len(words)) for words in ("- 3 -", "Terms of Acme")]
    assert read(text, noise(ascii_form(text), furniture)).text == "The fees are due."


def test_a_token_stands_for_all_the_words_it_replaced() -> None:
    text = "Harbor Cloud, Inc. shall pay."
    reading = read_named(text, [], [Edit(0, 18, PROVIDER)], read(text, []))
    assert reading.text == f"{PROVIDER} shall pay."
    assert reading.to_source(0, 1) == Span(0, 18)
    assert reading.to_source(2, 7) == Span(19, 24)


def test_a_lost_space_is_back_in_the_reading_only() -> None:
    text = "governthe use"
    reading = read(text, noise(text, joints=(6,)))
    assert reading.text == "govern the use"
    assert text[slice(*_bounds(reading.to_source(7, 10)))] == "the"


def test_links_and_marks_are_left_out() -> None:
    text = "See the **[price list](https://a.example/prices)** \\(new\\)."
    assert read(text, noise(text)).text == "See the price list (new)."


def test_marks_of_italics_are_left_out_but_not_underscores_within_words() -> None:
    text = "_Berth_ is a place (the _quay wall_) of dock_no_5; date: _ May."
    assert read(text, noise(text)).text == "Berth is a place (the quay wall) of dock_no_5; date: _ May."


def test_of_overlapping_edits_the_first_counts() -> None:
    assert apply("abcdef", [Edit(1, 4, "X"), Edit(3, 5, "Y")]).text == "aXef"


@given(_PIECES)
def test_every_position_maps_back_into_the_source_in_order(text: str) -> None:
    reading = read(text, noise(ascii_form(text)))
    last = 0
    for position in range(len(reading.text)):
        span = reading.to_source(position, position + 1)
        assert 0 <= span.start <= span.end <= len(text)
        assert span.start >= last
        last = span.start


@given(_PIECES)
def test_an_unchanged_character_maps_to_itself(text: str) -> None:
    flat = ascii_form(text)
    reading = read(text, noise(flat))
    for position, sign in enumerate(reading.text):
        span = reading.to_source(position, position + 1)
        if sign != " ":
            assert flat[span.start : span.end] == sign


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end
