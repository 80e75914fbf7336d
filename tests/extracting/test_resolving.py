"""Of several findings one record stays, by a stated order, and it tells what it was chosen over."""

from __future__ import annotations

import pytest

from pactgraph.extracting import RuleSet, load_rules
from pactgraph.extracting.resolving import ONLY_ONE, SAME_WORDS, SAYS_AS_MUCH, SAYS_MORE, Dropped, resolution
from pactgraph.extracting.rules import Rule
from pactgraph.model import FieldValue, Finding
from pactgraph.resources import folder


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules(folder("mappings"))


@pytest.fixture(scope="module")
def uptime(rules: RuleSet) -> tuple[Rule, ...]:
    found = tuple(rule for rule in rules.rules if rule.term == "Uptime")
    assert len(found) >= 2
    return found


def found(rule: Rule, start: int, certainty: str = "certain", **fields: FieldValue) -> Finding:
    return Finding(rule.term, fields, start, start + 50, rule.name, certainty)


def test_the_same_fact_twice_stays_once(rules: RuleSet, uptime: tuple[Rule, ...]) -> None:
    first, second = found(uptime[0], 200, percent="99.9"), found(uptime[1], 10, percent="99.9")
    (kept,), (lost,) = _parts([second, first], rules)
    assert (kept.start, kept.overrode) == (200, (uptime[1].name,))
    assert (lost.finding, lost.winner, lost.because) == (second, first, SAYS_AS_MUCH)


def test_of_the_same_words_a_certain_reading_stays(rules: RuleSet, uptime: tuple[Rule, ...]) -> None:
    likely, certain = found(uptime[0], 10, "likely", window="P1M"), found(uptime[1], 12, percent="99.9")
    (kept,), (lost,) = _parts([likely, certain], rules)
    assert kept.rule == uptime[1].name
    assert lost.because == SAME_WORDS


def test_what_says_more_is_chosen_over_all_that_what_it_replaced_was(rules: RuleSet, uptime: tuple[Rule, ...]) -> None:
    same = [found(uptime[0], start, percent="99.9") for start in (10, 500)]
    more = found(uptime[1], 900, percent="99.9", window="P1M")
    (kept,), lost = _parts([*same, more], rules)
    assert kept.overrode == (uptime[0].name,)
    assert {loss.because for loss in lost} == {SAYS_AS_MUCH, SAYS_MORE}


def test_a_duty_within_the_words_of_another_stays(rules: RuleSet) -> None:
    rule = next(rule for rule in rules.rules if rule.term == "Obligation")
    outer = Finding("Obligation", {"party": "Customer", "action": "keep it"}, 10, 200, rule.name)
    inner = Finding("Obligation", {"party": "Customer", "action": "wait", "condition": "if"}, 100, 150, rule.name)
    kept, lost = _parts([outer, inner], rules)
    assert ([finding.start for finding in kept], lost) == ([10, 100], ())


@pytest.mark.parametrize(("term", "clauses", "kept"), [("Indemnity", (4, 4), 1), ("Indemnity", (4, 9), 2),
    ("Warranty", (4, 4), 2)])  # fmt: skip
def test_what_is_said_again_is_one_record_in_the_extent_that_its_mapping_states(
    rules: RuleSet, term: str, clauses: tuple[int, int], kept: int
) -> None:
    rule = next(rule for rule in rules.rules if rule.term == term)
    fields: dict[str, FieldValue] = dict.fromkeys(rules.keys[term], "other")
    items = [
        Finding(term, fields, at, at + 50, rule.name, clause=clause)
        for at, clause in zip((10, 90), clauses, strict=True)
    ]
    stay, lost = _parts(items, rules)
    assert (len(stay), len(lost)) == (kept, 2 - kept)
    assert stay[0] == items[0]


def test_a_finding_that_met_no_other_rule_names_none(rules: RuleSet, uptime: tuple[Rule, ...]) -> None:
    kept, lost = _parts([found(uptime[0], 10, percent="99"), found(uptime[0], 500, percent="99")], rules)
    assert [finding.overrode for finding in kept] == [()]
    assert len(lost) == 1


def test_of_a_kind_that_a_document_states_once_equal_findings_leave_one(rules: RuleSet) -> None:
    assert rules.single.get("AgreementTitle") == ""
    rule = next(rule for rule in rules.rules if rule.term == "AgreementTitle")
    kept, lost = _parts([found(rule, 0, title="Terms"), found(rule, 0, title="Terms")], rules)
    assert len(kept) == 1
    assert [loss.because for loss in lost] == [ONLY_ONE]


def _parts(findings: list[Finding], rules: RuleSet) -> tuple[tuple[Finding, ...], tuple[Dropped, ...]]:
    outcome = resolution(findings, rules)
    return outcome.kept, outcome.dropped


def test_of_a_name_that_a_document_defines_twice_the_definition_that_goes_before_stays(rules: RuleSet) -> None:
    assert rules.single.get("DefinedTerm") == "name"
    listed, inline = (
        next(rule for rule in rules.rules if rule.name == f"defined-term/{name}").name
        for name in ("quoted-means", "in-parentheses")
    )
    given = [
        Finding("DefinedTerm", {"name": "Order", "definition": "a form"}, 0, 20, inline),
        Finding("DefinedTerm", {"name": "Order", "definition": "a form that both sign"}, 100, 150, listed),
        Finding("DefinedTerm", {"name": "Berth", "definition": "a place"}, 30, 50, inline),
    ]
    assert [(f.fields["name"], f.start) for f in resolution(given, rules).kept] == [("Berth", 30), ("Order", 100)]
