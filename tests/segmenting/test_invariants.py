"""What holds of every outline, whatever the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pactgraph.model import Clause, Document, Outline
from pactgraph.reading.furniture import furniture
from pactgraph.segmenting import segment

_PARTS = (
    "1. 1.1 1.2. 2. (a) (b) (i) (ii) a) I. II. • - * # ## | ** Fees Term. Schedule A ARTICLE Exhibit 1 – You may not: "
    "pay; and or it ends. “Acme” Inc. (the the. --- === [x](y) <b> Page 1 of 2 12 theService ﬀ İ"
)
_SNIPPETS = st.sampled_from(
    [*_PARTS.split(), "\n", "\n\n", "\r\n", "\f", "\ufeff", "\u00a0", "1. Fees\n\n1.1 Rates. You pay."]
)
_TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(_SNIPPETS, max_size=80).map(" ".join),
    st.lists(_SNIPPETS, max_size=60).map("\n".join),
)
_TYPES = st.sampled_from(["text/plain", "text/markdown"])


def outline(text: str, media_type: str) -> Outline:
    return segment(Document("acme", "acme.txt", text, "0" * 64, media_type, furniture=furniture(text)))


@settings(max_examples=200, deadline=None)
@given(_TEXTS, _TYPES)
def test_sentences_are_ordered_inside_the_text_and_apart(text: str, media_type: str) -> None:
    found = outline(text, media_type)
    last = 0
    for index, sentence in enumerate(found.sentences):
        assert last <= sentence.start < sentence.end <= sentence.whole_end <= len(text)
        last = sentence.end
        assert sentence.lead is None or sentence.lead < index
        for item in sentence.items:
            assert sentence.start <= item.start < item.end <= sentence.end


@settings(max_examples=200, deadline=None)
@given(_TEXTS, _TYPES)
def test_clauses_are_ordered_nested_and_uniquely_named(text: str, media_type: str) -> None:
    found = outline(text, media_type)
    for index, clause in enumerate(found.clauses):
        assert 0 <= clause.start <= clause.end <= clause.whole_end <= len(text)
        assert not index or found.clauses[index - 1].start <= clause.start
        if clause.parent is not None:
            _assert_nested(found.clauses[clause.parent], clause)
            assert clause.parent < index
    assert len({clause.key for clause in found.clauses}) == len(found.clauses)
    for sentence in found.sentences:
        clause = found.clauses[sentence.clause]
        assert clause.start <= sentence.start
        assert sentence.end <= clause.whole_end


def _assert_nested(parent: Clause, child: Clause) -> None:
    assert parent.start <= child.start
    assert child.whole_end <= parent.whole_end
    assert child.level == parent.level + 1


@settings(max_examples=100, deadline=None)
@given(_TEXTS, _TYPES)
def test_no_sentence_begins_or_ends_in_furniture_or_blanks(text: str, media_type: str) -> None:
    document = Document("acme", "acme.txt", text, "0" * 64, media_type, furniture=furniture(text))
    for sentence in segment(document).sentences:
        words = text[sentence.start : sentence.end]
        assert words == words.strip()
        for span in document.furniture:
            assert not span.start <= sentence.start < span.end
            assert not span.start < sentence.end <= span.end


def test_long_lines_without_breaks_are_segmented() -> None:
    for text in ("a" * 1_000_000, "(" * 300_000, "It pays. " * 50_000, "." + "\n" * 300_000 + "x", "[" * 200_000):
        found = outline(text, "text/markdown")
        assert all(sentence.end <= len(text) for sentence in found.sentences)
