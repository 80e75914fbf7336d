"""Loose ends are found with the words that show them, and what only looks like one is left alone."""

from __future__ import annotations

import hashlib
import re

import pytest

from pactgraph.assembling import assemble
from pactgraph.assembling.documents import key, own_keys, ranked
from pactgraph.assembling.loose_ends import loose_ends
from pactgraph.assembling.spelt import mismatches
from pactgraph.assembling.usages import usages
from pactgraph.model import Agreement, Clause, Document, Extraction, FieldValue, Finding, Outline, Reference
from pactgraph.vocabulary import PG, PGV

SECTIONS = re.compile(r"^(\d+(?:\.\d+)?)\. .*?(?=^\d+(?:\.\d+)?\. |\Z)", re.MULTILINE | re.DOTALL)
REFERENCES = re.compile(r"(?<!\w)(?:Section|Annex|SECTION) [\dA-Z][\d.]*(?:\([a-z]\))?(?<!\.)")


def extraction(text: str, *findings: Finding, title: str = "Harbor Terms") -> Extraction:
    """An agreement whose sections stand in `text` at the start of lines, as the stages before would hand it over."""
    clauses = tuple(
        Clause(f"{m[1]}-{n}", f"{m[1]}.", "numbered", 1, "", m.start(), m.end(), m.end())
        for n, m in enumerate(SECTIONS.finditer(text))
    )
    numbers = {clause.number.rstrip("."): index for index, clause in enumerate(clauses)}
    references = tuple(
        Reference(m.start(), m.end(), m[0], 0, numbers.get(m[0].partition(" ")[2])) for m in REFERENCES.finditer(text)
    )
    document = Document("harbor", "harbor.txt", text, hashlib.sha256(text.encode()).hexdigest(), "text/plain")
    agreement = Agreement("harbor", title, "termsOfService", "Harbor")
    return Extraction(document, Outline(clauses, (), (), references), agreement, findings)


def finding(text: str, term: str, words: str, **fields: FieldValue) -> Finding:
    start = text.index(words)
    return Finding(term, fields, start, start + len(words), f"{term.lower()}/sample")


def found(text: str, *findings: Finding, title: str = "Harbor Terms") -> list[tuple[str, str]]:
    sample = extraction(text, *findings, title=title)
    ends = loose_ends(sample, [used for used, _ in usages(sample)])
    assert all(text[end.start : end.end].strip() for end in ends)
    return [(end.kind, end.text) for end in ends]


# --- references -------------------------------------------------------------------------------------


def test_a_reference_to_no_clause_is_a_loose_end_once() -> None:
    text = "1. Boats are moored by Section 7.2 and Section 2.\n2. See Section 7.2 again.\n"
    assert found(text) == [("danglingReference", "Section 7.2")]


@pytest.mark.parametrize(
    "words",
    [
        "Annex 1 of the Data Processing Agreement",
        "Section 4 of the Harbor Act",
        "Section 4 of the HBC",
        "Section 2.7 of the Sale of Boats Code",
        "Section 227 as amended",
        "Section 9 thereof",
        "Section 2(a) where the owner agrees",
    ],
)
def test_a_reference_into_another_document_a_law_or_an_item_is_none(words: str) -> None:
    assert found(f"1. Boats are moored under {words}.\n2. Owners (a) pay and (b) leave.\n") == []


def test_a_reference_into_the_agreement_by_its_own_title_is_one() -> None:
    text = "1. Boats are moored under Section 9 of the Harbor Terms.\n"
    assert found(text) == [("danglingReference", "Section 9")]


def test_where_numbers_were_not_read_no_reference_is_reported() -> None:
    assert found("".join(f"We apply Section {number}.4 here.\n" for number in range(3, 20))) == []


def test_an_amendment_refers_to_what_it_amends() -> None:
    assert found("1. Section 7.2 is replaced.\n", title="First Amendment to the Harbor Terms") == []


# --- terms ------------------------------------------------------------------------------------------


def test_a_term_that_stands_in_its_definition_alone_is_unused() -> None:
    text = '1. "Mooring Day" means any day. "Berth" means a place. Guests leave the berth at noon.\n'
    day = finding(text, "DefinedTerm", '"Mooring Day" means any day.', name="Mooring Day")
    berth = finding(text, "DefinedTerm", '"Berth" means a place.', name="Berth")
    assert found(text, day, berth) == [("unusedTerm", "Mooring Day")]


def test_forms_of_a_word_that_one_definition_gives_are_one_term() -> None:
    said = '"Repaired" and "Repairing" mean that the hull holds water.'
    names = ("Repaired", "Repairing")
    unused = f"1. {said} Guests leave at noon.\n"
    forms = [finding(unused, "DefinedTerm", said, name=name, definition="the hull holds") for name in names]
    assert found(unused, *forms) == [("unusedTerm", "Repaired")]
    used = f"1. {said} Whoever is repairing a hull is paid.\n"
    forms = [finding(used, "DefinedTerm", said, name=name, definition="the hull holds") for name in names]
    assert found(used, *forms) == []


@pytest.mark.parametrize("name", ["Guest(s)", "sail", "Skipper or Mate", "™"])
def test_a_name_that_is_no_plain_capitalised_name_is_not_judged(name: str) -> None:
    text = f'1. "{name}" means what it says.\n'
    assert found(text, finding(text, "DefinedTerm", f'"{name}" means what it says.', name=name)) == []


USES = "1. We repair any Hull Part. Each Hull Part is weighed; the Hull Part is cleaned, and no Hull Part is sold.\n"


def test_a_capitalised_name_without_a_meaning_is_undefined() -> None:
    assert found(USES) == [("undefinedTerm", "Hull Part")]


@pytest.mark.parametrize(
    "more",
    ['2. "Hull Part" is wood.', "**Hull Part**", "Hull Part", "# Hull Part"],
    ids=["quoted", "bold", "line of its own", "heading"],
)
def test_a_name_that_is_marked_somewhere_is_not_undefined(more: str) -> None:
    assert found(f"{USES}{more}\n") == []


def test_proper_names_and_rare_names_are_not_undefined() -> None:
    assert found("1. We sail the Baltic to the Baltic and the Baltic from the Baltic. Any Boat may come.\n") == []
    assert found("1. A Danish company, a Danish company, any Danish company and each Danish company sail.\n") == []


# --- numbers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("within thirty (60) days", "thirty (60)"),
        ("pay 45 (fifty-four) euros", "45 (fifty-four)"),
        ("one hundred and twenty (102) days", "one hundred and twenty (102)"),
        ("five percent (15%) of the fees", "five percent (15%)"),
        ("two thousand dollars ($2,500)", "two thousand dollars ($2,500)"),
    ],
)
def test_a_number_that_differs_in_words_and_digits_is_found(text: str, words: str) -> None:
    assert [text[start:end] for start, end in mismatches(text)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "within thirty (30) days",
        "two hundred and fifty thousand (250,000)",
        "ninety-nine point nine (99.9%) percent",
        "one and one-half (1.5%) percent",
        "the following two (1) oars and (2) sails",
        "twenty-four (24) hours a day, seven (7) days a week",
        "one hundred twenty-five thousand dollars ($125,000)",
        "in two thousand twenty (2020)",
        "Section four (b)",
    ],
)
def test_numbers_that_agree_or_cannot_be_compared_are_not_found(text: str) -> None:
    assert list(mismatches(text)) == []


def test_the_second_of_two_clauses_of_one_number_is_found() -> None:
    assert found("1. Boats.\n2. Oars.\n2. Sails.\n3. Ropes.\n") == [("repeatedNumber", "2")]


def test_counting_anew_is_no_repetition() -> None:
    assert found("1. Boats.\n2. Oars.\n1. Sails.\n2. Ropes.\n") == []


# --- documents --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Harbor's Privacy Notice", "privacyPolicy"),
        ("the applicable Order Form", "order"),
        ("DPA", "dataProcessingAgreement"),
        ("Data Protection Addendum", "dataProcessingAgreement"),
        ("SLA", "serviceLevelAgreement"),
        ("Terms of Use", "termsOfService"),
        ("Guest Safety Rulebook", "guest safety rulebook"),
        ("Additional Terms and Conditions", ""),
        ("Policies", ""),
    ],
)
def test_a_name_has_the_key_of_its_sort_or_its_own_words(name: str, expected: str) -> None:
    assert key(name, "Harbor") == expected


def test_a_document_that_is_no_part_of_the_agreement_is_absent_once() -> None:
    text = "1. The Privacy Policy, the Privacy Notice, these Harbor Terms and the Rules of Arbitration apply.\n"
    names = ("Privacy Policy", "Privacy Notice", "Harbor Terms", "Rules of Arbitration")
    documents = [finding(text, "IncorporatedDocument", name, name=name) for name in names]
    assert found(text, *documents) == [("absentDocument", "Privacy Policy")]


@pytest.mark.parametrize(
    ("words", "absent"),
    [("set forth above", False), ("below", False), ("on our site", True), ("described on the page above", True)],
)
def test_a_document_whose_words_stand_above_is_not_absent(words: str, absent: bool) -> None:
    text = f"1. Guests keep to the Mooring Policy {words}.\n"
    document = finding(text, "IncorporatedDocument", "Guests keep to the Mooring Policy", name="Mooring Policy")
    assert found(text, document) == ([("absentDocument", "Mooring Policy")] if absent else [])


def test_an_order_of_precedence_names_documents_by_their_keys() -> None:
    text = "The Order Form prevails over this Agreement.\n"
    order = finding(
        text, "OrderOfPrecedence", "The Order Form prevails", prevails="The Order Form", over="this Agreement"
    )
    sample = extraction(text, order)
    assert "termsOfService" in own_keys(sample.agreement)
    assert ranked(sample, order, "prevails") == {"order"}
    assert ranked(sample, order, "over") == own_keys(sample.agreement)


# --- the graph --------------------------------------------------------------------------------------


def test_a_loose_end_is_a_node_with_its_words_and_no_term() -> None:
    quads = assemble(extraction("1. Boats are moored by Section 7.2.\n"), "0")
    (node,) = {quad.subject for quad in quads if quad.object == PG("LooseEnd")}
    said = {quad.predicate: quad.object for quad in quads if quad.subject == node}
    assert said[PG("looseEndKind")] == PGV("danglingReference")
    assert PG("evidence") not in said
    words = [quad.object for quad in quads if str(quad.predicate).endswith("exact>")]
    assert [getattr(word, "value", "") for word in words] == ["Section 7.2"]
