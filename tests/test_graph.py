"""The façade: what builds change and keep, and what the graph then answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import pactgraph.graph
from pactgraph import Graph
from pactgraph.errors import (
    DefinitionError,
    EvidenceError,
    OntologyError,
    QueryError,
    SlugClashError,
    SourceError,
    StoreError,
)
from pactgraph.extracting import load_rules
from pactgraph.resources import folder
from pactgraph.vocabulary import ONTOLOGY_GRAPH

MAPLE = """Maple Ledger Terms of Service

Maple Ledger Inc. ("Maple") provides the service to the customer ("Customer").
1. Law. This Agreement is governed by the laws of the State of California.
2. Term. Either party may terminate this Agreement for convenience upon thirty (30) days' written notice.
"""
BIRCH = """Birch Notes License Agreement

Birch Notes GmbH ("Birch") licenses the software to the customer ("Customer").
1. Law. This Agreement is governed by the laws of Germany.
"""


@pytest.fixture(scope="module", autouse=True)
def rules_read_once() -> Iterator[None]:
    """Building reads the mappings anew each time; here once is enough."""
    rules = load_rules(folder("mappings"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pactgraph.working, "load_rules", lambda _: rules)
        yield


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    made.mkdir()
    (made / "maple.txt").write_text(MAPLE, encoding="utf-8")
    (made / "birch.md").write_text(BIRCH, encoding="utf-8")
    return made


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[Graph]:
    with Graph.open(tmp_path / "graph", writing=True) as opened:
        yield opened


def laws(graph: Graph) -> dict[str, object]:
    return {row.agreement: row.cells["law"] for row in graph.ask("governing-law").rows if row.cells["law"]}


def content(graph: Graph) -> bytes:
    return b"\n".join(sorted(str(quad).encode() for quad in graph._store.quads()))


def test_a_build_adds_what_it_reads(graph: Graph, papers: Path) -> None:
    summary = graph.build([papers], validate=False)
    assert (summary.added, summary.changed, summary.unchanged) == (("birch", "maple"), (), ())
    assert summary.used == ("birch", "maple")
    assert summary.found["GoverningLaw"] == 2
    assert summary.severities == {}
    assert laws(graph) == {"birch": "DE", "maple": "US-CA"}
    assert [agreement.slug for agreement in graph.agreements()] == ["birch", "maple"]


def test_the_same_build_again_changes_nothing(graph: Graph, papers: Path) -> None:
    first = graph.build([papers], validate=False)
    before = content(graph)
    again = graph.build([papers], validate=False)
    assert (again.added, again.changed, again.unchanged) == ((), (), ("birch", "maple"))
    assert again.found == first.found
    assert content(graph) == before


def test_the_same_files_make_the_same_graph_in_another_folder(graph: Graph, papers: Path, tmp_path: Path) -> None:
    graph.build([papers], validate=False)
    with Graph.open(tmp_path / "other", writing=True) as other:
        other.build([papers / "maple.txt"], validate=False)
        other.build([papers / "birch.md"], validate=False)
        assert content(other) == content(graph)


def test_a_changed_file_changes_its_agreement_only(graph: Graph, papers: Path) -> None:
    graph.build([papers], validate=False)
    (papers / "maple.txt").write_text(MAPLE.replace("California", "Nevada"), encoding="utf-8")
    summary = graph.build([papers], validate=False)
    assert (summary.added, summary.changed, summary.unchanged) == ((), ("maple",), ("birch",))
    assert laws(graph) == {"birch": "DE", "maple": "US-NV"}


def test_agreements_that_are_not_named_stay(graph: Graph, papers: Path) -> None:
    graph.build([papers], validate=False)
    summary = graph.build([papers / "birch.md"], validate=False)
    assert summary.used == ("birch",)
    assert set(laws(graph)) == {"birch", "maple"}


def test_a_bad_file_is_skipped_and_the_graph_keeps_what_it_had(graph: Graph, papers: Path) -> None:
    graph.build([papers], validate=False)
    (papers / "maple.txt").write_bytes(b"\x00\x01\x02" * 500)
    (papers / "fresh.txt").write_bytes(b"")
    (papers / "logo.png").write_bytes(b"\x89PNG")
    summary = graph.build([papers], validate=False)
    reasons = dict(summary.skipped)
    assert set(reasons) == {"maple.txt", "fresh.txt", "logo.png"}
    assert reasons["maple.txt"].endswith("The graph keeps what it had.")
    assert not reasons["fresh.txt"].endswith("The graph keeps what it had.")
    assert summary.unchanged == ("birch",)
    assert laws(graph) == {"birch": "DE", "maple": "US-CA"}


def test_nothing_usable_leaves_an_empty_summary(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    assert graph.build([tmp_path / "empty.txt"]).used == ()
    with pytest.raises(SourceError, match="nowhere"):
        graph.build([tmp_path / "nowhere"])


def test_two_files_of_one_name_are_refused_and_change_nothing(graph: Graph, papers: Path) -> None:
    graph.build([papers], validate=False)
    (papers / "maple.md").write_text(BIRCH, encoding="utf-8")
    with pytest.raises(SlugClashError, match=r"maple\.(md|txt).*maple\.(md|txt)"):
        graph.build([papers], validate=False)
    assert laws(graph) == {"birch": "DE", "maple": "US-CA"}


def test_a_manifest_tells_vendor_and_start_and_its_stray_rows_are_noted(graph: Graph, papers: Path) -> None:
    manifest = papers.parent / "list.csv"
    manifest.write_text("file,vendor,begins\nmaple.txt,Maple,2024-02-01\noak.txt,Oak,\n", encoding="utf-8")
    summary = graph.build([papers], manifest, validate=False)
    maple = next(agreement for agreement in graph.agreements() if agreement.slug == "maple")
    assert (maple.vendor, maple.begins) == ("Maple", "2024-02-01")
    assert summary.notes == ((f"{manifest}:3", "names 'oak.txt', which is not among the files read"),)


def test_a_build_validates_what_changed_and_keeps_the_reports(graph: Graph, papers: Path) -> None:
    summary = graph.build([papers])
    assert set(summary.severities) == {"birch", "maple"}
    assert summary.severities["birch"]["warning"] > summary.severities["maple"].get("violation", 0) == 0
    kept = graph.build([papers])
    assert kept.unchanged == ("birch", "maple")
    assert kept.severities == summary.severities
    report = graph.validate()
    assert report.agreements == ("birch", "maple")
    assert report.worst() == "warning"
    found = [result for result in report.results if result.agreement == "birch"]
    assert sum(result.severity == "warning" for result in found) == summary.severities["birch"]["warning"]


def test_facts_that_changed_without_validation_have_no_old_report(graph: Graph, papers: Path) -> None:
    graph.build([papers / "birch.md"])
    (papers / "birch.md").write_text(BIRCH.replace("Germany", "Austria"), encoding="utf-8")
    assert graph.build([papers / "birch.md"], validate=False).severities == {}


def test_an_interruption_leaves_whole_agreements(graph: Graph, papers: Path) -> None:
    def stop(name: str, done: int, total: int) -> None:
        assert (name, done, total) == ("birch.md", 1, 2)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        graph.build([papers], validate=False, progress=stop)
    assert laws(graph) == {"birch": "DE"}
    assert graph.build([papers], validate=False).added == ("maple",)


def test_queries_reach_facts_inferences_and_the_ontology(graph: Graph, papers: Path) -> None:
    graph.build([papers], validate=False)
    rows = graph.query("SELECT ?term { ?term a pg:ContractTerm ; pg:law ?law }")
    assert len(list(rows)) == 2  # type: ignore[arg-type]
    label = f"ASK {{ GRAPH {ONTOLOGY_GRAPH} {{ pg:GoverningLaw rdfs:label ?label }} }}"
    assert graph.query(label)
    with pytest.raises(QueryError, match=r"mine\.rq:1"):
        graph.query("SELEKT", place="mine.rq")


def test_terms_come_by_agreement_and_by_kind(graph: Graph, papers: Path) -> None:
    graph.build([papers], validate=False)
    everything = list(graph.terms())
    assert [record.agreement for record in everything] == sorted(record.agreement for record in everything)
    texts = {"maple": MAPLE, "birch": BIRCH}
    assert all(texts[record.agreement][record.start : record.end] == record.quote for record in everything)
    found = list(graph.terms("GoverningLaw"))
    assert [(record.agreement, record.fields) for record in found] == [
        ("birch", {"law": "DE"}),
        ("maple", {"law": "US-CA"}),
    ]
    with pytest.raises(OntologyError, match="Did you mean 'GoverningLaw'"):
        list(graph.terms("GovernigLaw"))


def test_a_source_text_that_was_altered_is_noticed(graph: Graph, papers: Path) -> None:
    graph.build([papers / "birch.md"], validate=False)
    (source,) = (graph.folder / "sources").glob("*.txt")
    source.write_bytes(source.read_bytes().replace(b"Germany", b"Austria"))
    with pytest.raises(EvidenceError, match="birch: the quote"):
        graph.ask("governing-law")


def test_a_graph_is_exported(graph: Graph, papers: Path, tmp_path: Path) -> None:
    graph.build([papers], validate=False)
    graph.export(tmp_path / "all.nq", "nquads")
    assert b"urn:pactgraph:agreement:maple" in (tmp_path / "all.nq").read_bytes()
    with pytest.raises(DefinitionError, match="Did you mean 'turtle'"):
        graph.export(tmp_path / "all.ttl", "turtel")


def test_a_reader_changes_nothing(graph: Graph, papers: Path) -> None:
    graph.build([papers], validate=False)
    graph.close()
    with Graph.open(graph.folder) as reader:
        assert laws(reader) == {"birch": "DE", "maple": "US-CA"}
        assert reader.validate().agreements == ("birch", "maple")
        with pytest.raises(StoreError, match="reading only"):
            reader.build([papers.parent / "papers" / "birch.md"])


def test_there_is_nothing_to_read_where_nothing_was_built(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph here; make one with 'pactgraph build PATH"):
        Graph.open(tmp_path / "none")


def test_the_questions_are_listed_with_what_they_ask() -> None:
    assert Graph.questions()["exits"].asks.startswith("Who may end the agreement")
