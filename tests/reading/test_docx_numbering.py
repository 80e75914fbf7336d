"""Word's automatic numbers: each rule of the numbering of paragraphs, by the labels that it makes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pactgraph.model import Document

ReadWord = Callable[..., Document]


def level(place: int, form: str = "decimal", words: str = "", start: int = 1, more: str = "") -> str:
    words = words or f"%{place + 1}."
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{words}"/></w:lvl>'
    )


def lists(*levels: str, instances: str = "") -> str:
    """Return numbering with one abstract list and its instance 1."""
    abstract = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
    return f'{abstract}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{instances}'


def item(place: int = 0, number: int = 1, words: str = "Words.") -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{words}</w:t></w:r></w:p>"
    )


def styled(style: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr><w:r><w:t>Words.</w:t></w:r></w:p>'


def style(identifier: str, inside: str = "", based: str = "", name: str = "") -> str:
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name or identifier}"/>{base}'
        f"<w:pPr>{inside}</w:pPr></w:style>"
    )


def labels(document: Document) -> list[str]:
    return [mark.label for mark in document.marks]


LEGAL = lists(level(0, words="Article %1"), level(1, words="%1.%2"), level(2, "lowerLetter", "(%3)"))


def test_levels_count_on_and_restart_below_the_next_higher(read_word: ReadWord) -> None:
    body = "".join(item(place) for place in (0, 1, 1, 2, 2, 1, 2, 0, 1, 2))
    expected = ["Article 1", "1.1", "1.2", "(a)", "(b)", "1.3", "(a)", "Article 2", "2.1", "(a)"]
    assert labels(read_word(body, numbering=LEGAL)) == expected


def test_labels_are_no_part_of_the_text(read_word: ReadWord) -> None:
    document = read_word(item() + item(1), numbering=LEGAL)
    assert document.text == "Words.\n\nWords."
    assert [(mark.kind, mark.level) for mark in document.marks] == [("item", 1), ("item", 2)]


@pytest.mark.parametrize(
    ("form", "start", "expected"),
    [
        ("decimal", 9, ["9.", "10."]),
        ("decimalZero", 9, ["09.", "10."]),
        ("lowerRoman", 3, ["iii.", "iv."]),
        ("upperRoman", 89, ["LXXXIX.", "XC."]),
        ("lowerLetter", 26, ["z.", "aa."]),
        ("upperLetter", 27, ["AA.", "BB."]),
        ("ordinal", 2, ["2nd.", "3rd."]),
        ("cardinalText", 20, ["Twenty.", "Twenty-one."]),
        ("ordinalText", 1, ["First.", "Second."]),
        ("aiueo", 4, ["4.", "5."]),
        ("lowerRoman", 2147483, ["2147483.", "2147484."]),
    ],
)
def test_numbers_are_written_in_their_format(form: str, start: int, expected: list[str], read_word: ReadWord) -> None:
    assert labels(read_word(item() * 2, numbering=lists(level(0, form, start=start)))) == expected


def test_a_bullet_is_a_bullet_whatever_its_font_shows(read_word: ReadWord) -> None:
    document = read_word(item(), numbering=lists(level(0, "bullet", "\uf0b7")))
    assert [(mark.kind, mark.label) for mark in document.marks] == [("bullet", "•")]


def test_a_level_without_words_counts_but_shows_nothing(read_word: ReadWord) -> None:
    numbering = lists(level(0, "none", " "), level(1, words="%2)"))
    assert labels(read_word(item() + item(1) * 2, numbering=numbering)) == ["", "1)", "2)"]


def test_a_start_override_begins_a_list_anew(read_word: ReadWord) -> None:
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/>'
        "</w:lvlOverride></w:num>"
    )
    body = item() * 2 + item(0, 2) * 2
    assert labels(read_word(body, numbering=lists(level(0), instances=again))) == ["1.", "2.", "4.", "5."]


def test_instances_of_one_list_without_override_count_on(read_word: ReadWord) -> None:
    same = '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    body = item() * 2 + item(0, 2)
    assert labels(read_word(body, numbering=lists(level(0), instances=same))) == ["1.", "2.", "3."]


def test_an_override_may_replace_a_whole_level(read_word: ReadWord) -> None:
    other = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "[%1]")}</w:lvlOverride></w:num>'
    )
    assert labels(read_word(item(0, 2) * 2, numbering=lists(level(0), instances=other))) == ["[A]", "[B]"]


@pytest.mark.parametrize(("restart", "expected"), [("0", ["(a)", "(b)", "(c)"]), ("1", ["(a)", "(b)", "(a)"])])
def test_a_level_restarts_only_after_the_level_that_it_names(
    restart: str, expected: list[str], read_word: ReadWord
) -> None:
    inner = level(2, "lowerLetter", "(%3)", more=f'<w:lvlRestart w:val="{restart}"/>')
    numbering = lists(level(0), level(1, words="%1.%2"), inner)
    document = read_word("".join(item(p) for p in (0, 1, 2, 1, 2, 0, 1, 2)), numbering=numbering)
    assert [label for label in labels(document) if label[0] == "("] == expected


def test_legal_numbering_writes_all_levels_in_digits(read_word: ReadWord) -> None:
    numbering = lists(level(0, "upperRoman", "Article %1."), level(1, words="%1.%2", more="<w:isLgl/>"))
    assert labels(read_word(item() + item(1) * 2, numbering=numbering)) == ["Article I.", "1.1", "1.2"]


def test_a_level_that_was_skipped_shows_where_it_starts(read_word: ReadWord) -> None:
    numbering = lists(level(0), level(1, words="%1.%2"))
    assert labels(read_word(item(1) + item(1) + item(0), numbering=numbering)) == ["1.1", "1.2", "1."]


def test_numbering_comes_through_the_chain_of_styles(read_word: ReadWord) -> None:
    in_list = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = (
        style("Base", in_list)
        + style("Clause", based="Base")
        + style("Sub", '<w:numPr><w:ilvl w:val="1"/></w:numPr>', "Base")
    )
    numbering = lists(level(0), level(1, words="%1.%2"))
    document = read_word(styled("Clause") + styled("Sub") * 2, numbering=numbering, styles=styles)
    assert labels(document) == ["1.", "1.1", "1.2"]


def test_a_level_may_be_linked_to_a_style(read_word: ReadWord) -> None:
    in_list = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = style("One", in_list) + style("Two", in_list)
    numbering = lists(level(0, more='<w:pStyle w:val="One"/>'), level(1, words="%1.%2", more='<w:pStyle w:val="Two"/>'))
    assert labels(read_word(styled("One") + styled("Two"), numbering=numbering, styles=styles)) == ["1.", "1.1"]


def test_a_paragraph_may_leave_the_list_of_its_style(read_word: ReadWord) -> None:
    styles = style("One", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    out = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    document = read_word(styled("One") + styled("One", out) + styled("One"), numbering=lists(level(0)), styles=styles)
    assert labels(document) == ["1.", "", "2."]


def test_a_list_may_be_named_by_a_numbering_style(read_word: ReadWord) -> None:
    linked = '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="House"/></w:abstractNum>'
    numbering = linked + lists(
        level(0, "upperRoman"), instances='<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num>'
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="House"><w:name w:val="House"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    assert labels(read_word(item(0, 7) * 2, numbering=numbering, styles=styles)) == ["I.", "II."]


def test_styles_that_are_based_on_each_other_end(read_word: ReadWord) -> None:
    styles = style("One", based="Two") + style("Two", based="One")
    assert labels(read_word(styled("One"), numbering=lists(level(0)), styles=styles)) == [""]


def test_unknown_lists_and_levels_number_nothing(read_word: ReadWord) -> None:
    assert labels(read_word(item(0, 99) + item(5), numbering=lists(level(0)))) == ["", ""]


def test_an_empty_numbered_paragraph_is_counted_as_word_does(read_word: ReadWord) -> None:
    assert labels(read_word(item() + item(words="") + item(), numbering=lists(level(0)))) == ["1.", "3."]


def test_headings_come_by_style_name_and_by_outline_level(read_word: ReadWord) -> None:
    styles = (
        style("berschrift1", name="heading 1")
        + style("Mine", based="berschrift1")
        + style("Out", '<w:outlineLvl w:val="2"/>')
    )
    direct = '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>Fees</w:t></w:r></w:p>'
    body_text = styled("Out", '<w:outlineLvl w:val="9"/>')
    document = read_word(styled("Mine") + styled("Out") + direct + body_text, styles=styles)
    assert [(mark.kind, mark.level) for mark in document.marks] == [
        ("heading", 1),
        ("heading", 3),
        ("heading", 2),
        ("paragraph", 0),
    ]
