"""One source through the stages gives quads, and the same ones every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactgraph.errors import SourceError
from pactgraph.extracting import RuleSet, load_rules
from pactgraph.pipeline import process
from pactgraph.reading import Source, discover
from pactgraph.resources import folder
from pactgraph.vocabulary import PG, TYPE, graph_iri, inferred_iri


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules(folder("mappings"))


def test_every_example_yields_findings_in_its_own_words_and_quads_in_its_own_graphs(
    examples: Path, rules: RuleSet
) -> None:
    sources = discover([examples]).sources
    assert len(sources) >= 3
    for source in sources:
        done = process(source, rules, "1.0")
        text = source.path.read_bytes().decode("utf-8")
        assert done.extraction.document.text == text
        assert len(done.extraction.findings) >= 10
        assert all(0 <= found.start < found.end <= len(text) for found in done.extraction.findings)
        assert {quad.graph_name for quad in done.quads} == {graph_iri(source.slug), inferred_iri(source.slug)}
        assert sum(quad.predicate == TYPE and quad.object == PG("Agreement") for quad in done.quads) == 1


def test_the_same_source_gives_the_same_quads(examples: Path, rules: RuleSet) -> None:
    source = discover([examples]).sources[0]
    assert process(source, rules, "1.0").quads == process(source, rules, "1.0").quads


def test_what_the_manifest_says_goes_before_the_text(examples: Path, rules: RuleSet) -> None:
    source = discover([examples]).sources[0]
    row = {"file": source.name, "vendor": "Someone Else", "kind": "support", "begins": "2020-02"}
    agreement = process(source, rules, "1.0", row).extraction.agreement
    assert (agreement.vendor, agreement.kind, agreement.begins) == ("Someone Else", "support", "2020-02")


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, rules: RuleSet) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    with pytest.raises(SourceError, match=r"empty\.txt"):
        process(Source(path, "empty", "empty.txt"), rules, "1.0")
