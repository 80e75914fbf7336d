"""Every rule proves itself: its examples are found, its near-misses are not."""

from __future__ import annotations

import pytest

from pactgraph.extracting import RuleSet, load_rules
from pactgraph.proving import Inspection, inspect
from pactgraph.resources import folder


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules(folder("mappings"))


@pytest.fixture(scope="module")
def inspection(rules: RuleSet) -> Inspection:
    return inspect(rules)


def test_every_example_and_near_miss_holds_and_no_rule_is_superfluous(inspection: Inspection) -> None:
    faults = [f"{p.place}: {p.kind}: {p.rule} {p.message}" for p in inspection.problems]
    assert not faults, "\n".join(faults)


def test_every_example_is_run(rules: RuleSet, inspection: Inspection) -> None:
    every = (*rules.rules, *rules.state_rules)
    written = sum(len(rule.examples) + len(rule.near_misses) for rule in every)
    assert inspection.examples == written >= 800


def test_every_rule_has_an_example(rules: RuleSet) -> None:
    assert [rule.place for rule in (*rules.rules, *rules.state_rules) if not rule.examples] == []


def test_every_mapping_has_a_near_miss(rules: RuleSet) -> None:
    proven = {rule.term for rule in rules.rules if rule.near_misses}
    assert {rule.term for rule in rules.rules} - proven == set()


def test_every_rule_about_a_state_has_a_near_miss_and_says_what_it_finds(rules: RuleSet) -> None:
    assert len(rules.state_rules) >= 30
    assert [rule.place for rule in rules.state_rules if not rule.near_misses or not rule.about.endswith(".")] == []
