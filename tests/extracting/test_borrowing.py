"""A record may take a value from the record of another kind that its words refer to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pactgraph.errors import MappingError
from pactgraph.extracting import RuleSet, extract, lending_kinds, load_rules
from pactgraph.model import Document
from pactgraph.resources import folder
from pactgraph.segmenting import segment

HEAD = (
    'This Ferry Agreement is made on 3 May 2011 by and between Tarn Ferries Ltd ("Tarn") and Holm Mills Ltd ("Holm").'
)
REFERS = "1. Term. This Agreement takes effect on the date hereof."

MAPPING = """
term: EffectiveDate
rules:
  borrowed:
    find: 'takes effect on the date hereof'
    fields: {{date: {{of: {lender}}}}}
    examples: [{{text: "It takes effect on the date hereof."}}]
"""


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules(folder("mappings"))


def effective(text: str, rules: RuleSet) -> list[object]:
    document = Document("ferry", "ferry.txt", text, "0", "text/plain")
    found = extract(document, segment(document), rules)
    return [f.fields["date"] for f in found if f.term == "EffectiveDate" and "date" in f.fields]


def test_a_date_that_stands_elsewhere_is_taken_from_there(rules: RuleSet) -> None:
    assert effective(f"{HEAD}\n\n{REFERS}", rules) == ["2011-05-03"]


def test_without_the_record_referred_to_there_is_none_that_refers(rules: RuleSet) -> None:
    assert effective(f"{HEAD.replace(' on 3 May 2011', '')}\n\n{REFERS}", rules) == []


def test_without_rules_of_the_lending_kind_nothing_is_borrowed(rules: RuleSet) -> None:
    assert lending_kinds(rules.rules) == {"AgreementDate"}
    alone = replace(rules, rules=tuple(rule for rule in rules.rules if rule.term != "AgreementDate"))
    assert effective(f"{HEAD}\n\n{REFERS}", alone) == []


@pytest.mark.parametrize(("lender", "fault"), [("AgreementDay", "AgreementDay"), ("GoverningLaw", "date")])
def test_a_lender_that_does_not_exist_or_has_no_such_field_is_refused(tmp_path: Path, lender: str, fault: str) -> None:
    (tmp_path / "_lexicon.yaml").write_text("phrases: {}\nslots: {}\nroles: {provider: [], customer: [], other: []}\n")
    (tmp_path / "own.yaml").write_text(MAPPING.format(lender=lender))
    with pytest.raises(MappingError, match=f"own.yaml:6: .*'{fault}'"):
        load_rules(tmp_path)
