from __future__ import annotations

import pytest
import re2

from pactgraph.errors import MappingError
from pactgraph.extracting.patterns import Words, compile_pattern
from pactgraph.extracting.views import CUSTOMER, PROVIDER

WORDS = Words(
    {"notice": "(?:notice|notification)", "give": "gives? {notice}", "round": "{round}"}, {"colour": "(?:red|blue)"}
)


@pytest.mark.parametrize(
    ("pattern", "text", "fields"),
    [
        ("within <notice:duration>", "within thirty (30) days", {"notice": "thirty (30) days"}),
        (
            "<party> {give} of <duration>",
            f"{CUSTOMER} gives notice of 3 months",
            {"party": CUSTOMER, "duration": "3 months"},
        ),
        ("pay … within <duration>", "pay the invoice in full within 10 days", {"duration": "10 days"}),
        ("pay … within <duration>", "pay within 10 days", {"duration": "10 days"}),
        ("<colour> car", "a Red car", {"colour": "Red"}),
        ("by {provider}", f"by {PROVIDER}", {}),
    ],
)
def test_pattern_matches_and_captures(pattern: str, text: str, fields: dict[str, str]) -> None:
    compiled = compile_pattern(pattern, WORDS, "file:1")
    hit = compiled.search(text)
    assert hit is not None
    assert {c.field: text[slice(*hit.span(c.group))] for c in compiled.captures} == fields


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("within <:duration>", "within reason"),
        ("pay … within <duration>", "pay " + "very " * 30 + "soon within 10 days"),
        ("{customer} pays", f"{PROVIDER} pays"),
        ("neither {noparty}{2,9} pays", f"neither {PROVIDER} ever pays"),
    ],
)
def test_pattern_does_not_match(pattern: str, text: str) -> None:
    assert compile_pattern(pattern, WORDS, "file:1").search(text) is None


def test_a_pattern_that_has_searched_much_finds_the_same() -> None:
    compiled = compile_pattern("boils? (?=the glue).{2,9}glue", WORDS, "file:1")
    text, other = "A joiner boils the glue. " * 5, "A joiner boils the kettle. " * 5
    found = [len(list(compiled.finditer(words))) for _ in range(200) for words in (text, other)]
    assert found == [5, 0] * 200


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("<fee:monye>", "file:1: unknown slot type 'monye'.*Did you mean 'money'"),
        ("{notise}", "file:1: unknown phrase 'notise'.*Did you mean 'notice'"),
        ("(unclosed", "file:1: pattern '\\(unclosed' is no regular expression"),
        ("{round}", "file:1: phrases refer to each other in a circle"),
    ],
)
def test_broken_pattern_names_place_and_fix(pattern: str, message: str) -> None:
    with pytest.raises(MappingError, match=message):
        compile_pattern(pattern, WORDS, "file:1")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(?<!not )liable … <amount:money>", "liable for at most $ 5,000"),
        ("<party>(?! may) shall …… pay", f"{CUSTOMER} shall {'x ' * 50}pay"),
        ("interest of <percent> <per:period>", "interest of 2% per month"),
        ("[^.;]{0,40}? by <date>", "to be paid by 1 May 2024"),
    ],
)
def test_loose_form_matches_wherever_the_pattern_does(pattern: str, text: str) -> None:
    compiled = compile_pattern(pattern, WORDS, "file:1")
    options = re2.Options()
    options.case_sensitive = False
    assert compiled.search(text)
    assert re2.compile(compiled.loose, options).search(text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(?<!not )liable … <amount:money>", "liable for at most $ 5,000"),
        (r"<party>(?! may) \bshall …… pay", f"{CUSTOMER} shall {'x ' * 50}pay"),
        (r"\w+ \d{2,40} (?-i:[A-Z]\w+)$", f"Seção {'7' * 30} Café"),
        (r"\bélan\b", "with élan"),
    ],
)
def test_text_that_matches_passes_what_is_asked_first(pattern: str, text: str) -> None:
    compiled = compile_pattern(pattern, WORDS, "file:1")
    assert len(list(compiled.finditer(text))) == 1
    assert compiled.search(f"{'- ' * 400}{text}")
