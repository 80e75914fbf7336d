"""Why a rule found something or nothing: each condition is judged, the part of a pattern that fails is named."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pactgraph.extracting import RuleSet, extract, load_rules
from pactgraph.extracting.explaining import Explainer, Trace
from pactgraph.extracting.patterns import compile_pattern
from pactgraph.extracting.reaching import alternatives, reach
from pactgraph.model import Document
from pactgraph.reading import discover, read
from pactgraph.resources import folder
from pactgraph.segmenting import segment

TEXT = """\
Terms of Halvern Cloud

1. Law. This Agreement is ruled by the laws of Norway, and the courts of Oslo decide.

2. Renewal. The Agreement renews for one year unless a party says no thirty days before its end.

3. Scope. This contract is governed by the rules of chess.
"""
RULES = """\
term: GoverningLaw
rules:
  ruled-by:
    needs: ['agreement|contract']
    unless: ['\\bchess\\b']
    find: '(?:ruled|governed) by the (?:laws? of <law>|rules of)'
  under-law:
    under: '\\blaw\\b'
    find: 'courts of (?:{city}|Bergen) decide'
  laws-of:
    find: 'laws of <law>'
    certainty: likely
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    own = tmp_path_factory.mktemp("own")
    (own / "governing-law.yaml").write_text(RULES)
    (own / "_lexicon.yaml").write_text("phrases:\n  city: 'Tromso|Oslo Town'\n")
    return load_rules(folder("mappings"), own)


@pytest.fixture(scope="module")
def explainer(rules: RuleSet) -> Explainer:
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    document = Document("halvern", "halvern.txt", TEXT, digest, "text/plain")
    return Explainer(document, segment(document), rules)


def at(explainer: Explainer, words: str, rule: str) -> Trace:
    (trace,) = (t for t in explainer.at(TEXT.index(words), "GoverningLaw") if t.rule.name == f"governing-law/{rule}")
    return trace


def test_what_was_found_names_its_words_and_what_it_was_chosen_over(explainer: Explainer) -> None:
    trace = at(explainer, "Norway", "ruled-by")
    assert trace.found
    assert all(step.passed for step in trace.steps)
    (fate,) = trace.fates
    assert fate.finding.fields == {"law": "NO"}
    assert fate.finding.overrode == ("governing-law/laws-of",)
    slot = next(step for step in trace.steps if step.part == "slot")
    assert (slot.words, slot.detail) == ("Norway", "<law:law> gives law NO")


def test_what_was_dropped_names_the_rule_that_was_chosen(explainer: Explainer) -> None:
    trace = at(explainer, "Norway", "laws-of")
    assert not trace.found
    (fate,) = trace.fates
    assert (fate.winner, fate.because) == ("governing-law/ruled-by", "it says as much")


def test_a_pattern_that_fails_names_the_part(explainer: Explainer) -> None:
    trace = at(explainer, "Norway", "under-law")
    find = next(step for step in trace.steps if step.part == "find")
    assert not find.passed
    assert find.detail == "courts of matches, (?:{city}|Bergen) does not follow"
    assert find.words == "'courts of', then: Oslo decide."
    assert next(step for step in trace.steps if step.part == "under").passed


def test_a_condition_that_bars_names_the_words_in_the_way(explainer: Explainer) -> None:
    trace = at(explainer, "chess", "ruled-by")
    failed = [step for step in trace.steps if not step.passed]
    assert [(step.part, step.words) for step in failed] == [("unless", "chess")]
    heading = next(step for step in at(explainer, "chess", "under-law").steps if step.part == "under")
    assert not heading.passed
    assert "Scope" in heading.words


def test_a_rule_that_lacks_a_word_did_not_look(explainer: Explainer) -> None:
    trace = at(explainer, "renews", "laws-of")
    assert not trace.read
    assert "governing-law/laws-of" not in {t.rule.name for t in explainer.at(TEXT.index("renews"))}


def test_every_rule_of_a_kind_is_counted_over_the_document(explainer: Explainer) -> None:
    tallies = {tally.rule.name: tally for tally in explainer.of("GoverningLaw")}
    assert list(tallies) == [f"governing-law/{name}" for name in ("ruled-by", "under-law", "laws-of")]
    assert len(tallies["governing-law/ruled-by"].fates) == 1
    assert tallies["governing-law/ruled-by"].nearest is None
    nearest = tallies["governing-law/under-law"].nearest
    assert nearest is not None
    assert nearest.start <= TEXT.index("Oslo") < nearest.end


def test_what_is_explained_is_what_is_found(examples: Path) -> None:
    rules = load_rules(folder("mappings"))
    (document,) = (read(source) for source in discover([examples / "quillmere.md"]).sources)
    outline = segment(document)
    explainer = Explainer(document, outline, rules)
    found = extract(document, outline, rules)
    assert [(f.rule, f.fields, f.start) for f in explainer.kept] == [(f.rule, f.fields, f.start) for f in found]
    asked = [f for f in found if f.term not in ("Party", "AgreementTitle")][::8]
    assert len(asked) >= 5
    for finding in asked:
        fates = [fate for trace in explainer.at(finding.start, finding.term) for fate in trace.fates if fate.kept]
        assert finding.rule in {fate.finding.rule for fate in fates}


@pytest.mark.parametrize(
    ("source", "text", "matched", "failing"),
    [
        ("by the law of <law>", "by the law of physics", "by the law of ", "<law>"),
        ("(?:ends|renews for (?:one|two) years?)", "it renews for two days", "renews for (?:one|two)", "years?"),
        ("x{2,3}y|a b c", "a b d", "a b", "c"),
        ("…zebra", "no such beast", "", "…zebra"),
        (r"\bcap\b [\])]end", "the cap (end", r"\bcap", r"\b [\])]"),
    ],
)
def test_reach_names_the_longest_beginning_that_matches(
    rules: RuleSet, source: str, text: str, matched: str, failing: str
) -> None:
    words = rules.lexicon.words
    got = reach(compile_pattern(source, words, "test"), words, text)
    assert (got.matched.strip(), got.failing) == (matched.strip(), failing)


def test_alternatives_and_parts_make_up_every_pattern(rules: RuleSet) -> None:
    sources = [pattern.source for rule in rules.rules for pattern in rule.find]
    assert len(sources) > 200
    for source in sources:
        assert "|".join("".join(parts) for parts in alternatives(source)) == source
