"""A graph without words is asked, and gets its words back from the sources, and from nothing else."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Quad

from pactgraph import Graph
from pactgraph.cli import main
from pactgraph.errors import EvidenceError, SourceError
from pactgraph.exporting import are_without_words
from pactgraph.vocabulary import OA, graph_iri


@pytest.fixture(scope="module")
def built(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    with Graph.open(folder / "graph", writing=True) as graph:
        graph.build([examples], examples.parent / "manifest.csv", validate=False)
        graph.export(folder / "whole.nq", "nquads")
        graph.export(folder / "shared.nq.gz", "nquads", without_quotes=True)
    return folder


@pytest.fixture
def received(built: Path, tmp_path: Path) -> Path:
    """Return a graph that holds nothing but what was shared."""
    with Graph.open(tmp_path / "received", writing=True) as graph:
        assert graph.import_shared(built / "shared.nq.gz").taken == ("brackenholt", "havelsteg", "quillmere")
    return tmp_path / "received"


def test_the_same_graph_is_shared_as_the_same_bytes(built: Path, received: Path, tmp_path: Path) -> None:
    with Graph.open(received) as graph:
        graph.export(tmp_path / "again.nq.gz", "nquads", without_quotes=True)
    assert (tmp_path / "again.nq.gz").read_bytes() == (built / "shared.nq.gz").read_bytes()


def test_an_answer_says_where_the_words_stand_and_that_they_are_not_attached(built: Path, received: Path) -> None:
    with Graph.open(built / "graph") as graph:
        wanted = graph.ask("liability-caps")
    with Graph.open(received) as graph:
        answer = graph.ask("liability-caps")
        records = [record.as_json() for record in graph.terms("Uptime")]
    assert [row.cells for row in answer.rows] == [row.cells for row in wanted.rows]
    assert [[(e.start, e.end) for e in row.evidence] for row in answer.rows] == [
        [(e.start, e.end) for e in row.evidence] for row in wanted.rows
    ]
    assert {e.quote for row in answer.rows for e in row.evidence} == {""}
    assert [record["quote"] for record in records] == [None, None]
    for form, said in (("table", "words not attached (clause 9.3"), ("html", "words not attached"), ("json", "null")):
        result = CliRunner().invoke(main, ["ask", "liability-caps", "--graph", str(received), "--format", form])
        assert result.exit_code == 0, result.output
        assert said in result.stdout
        assert "“”" not in result.stdout


def test_every_question_has_the_rows_and_the_silence_that_it_has_with_words(built: Path, received: Path) -> None:
    with Graph.open(built / "graph") as graph:
        wanted = {name: graph.ask(name) for name in graph.questions()}
    with Graph.open(received) as graph:
        answers = {name: graph.ask(name) for name in graph.questions()}
    assert len(answers) >= 50
    for name, answer in answers.items():
        assert len(answer.rows) == len(wanted[name].rows), name
        assert answer.silent == wanted[name].silent, name
        assert answer.excluded == wanted[name].excluded, name
    assert answers["breach-notice"].silent == ("quillmere",)


def test_only_what_is_missing_is_judged(received: Path) -> None:
    result = CliRunner().invoke(main, ["validate", "--graph", str(received), "--format", "json"])
    assert result.exit_code == 0, result.output
    assert '"violation": 0' in result.stdout
    assert '"shape": "states-' in result.stdout
    assert result.stdout.count("words-not-attached") == 3


def test_a_row_without_words_is_an_error_where_the_graph_was_not_shared(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built / "graph", tmp_path / "torn")
    with Graph.open(tmp_path / "torn", writing=True) as graph:
        quads = [quad for quad in graph._store.quads(graph_iri("quillmere")) if quad.predicate != OA("exact")]
        graph._store.replace("quillmere", quads)
        with pytest.raises(EvidenceError, match="names no words"):
            graph.ask("late-interest")


def test_attaching_gives_the_very_graph_that_was_shared(built: Path, received: Path, examples: Path) -> None:
    sources = received.parent / "elsewhere"
    sources.mkdir()
    for number, path in enumerate(sorted(examples.iterdir())):
        shutil.copy(path, sources / f"{number}{path.suffix}")
    with Graph.open(received, writing=True) as graph:
        assert graph.attach([sources]).whole == ("brackenholt", "havelsteg", "quillmere")
        assert graph.attach([sources]).whole == ()
        graph.export(received.parent / "whole.nq", "nquads")
        assert graph.ask("late-interest").rows[0].evidence[0].quote.startswith("If the Customer fails to make")
    names = {str(n): path.name for n, path in enumerate(sorted(examples.iterdir()))}
    written = (received.parent / "whole.nq").read_text("utf-8").splitlines()
    wanted = (built / "whole.nq").read_text("utf-8").splitlines()
    assert set(wanted) ^ set(written) == {line for line in (*wanted, *written) if "fileName" in line}
    assert names


def test_a_source_of_another_hash_is_not_attached(received: Path, examples: Path) -> None:
    sources = received.parent / "changed"
    sources.mkdir()
    for path in examples.iterdir():
        shutil.copy(path, sources)
    (sources / "quillmere.md").write_bytes((sources / "quillmere.md").read_bytes() + b"\n")
    result = CliRunner().invoke(main, ["attach", str(sources), "--graph", str(received)])
    assert result.exit_code == 2
    assert "3 agreements: 2 with all their words, 1 without." in result.stdout
    digest = hashlib.sha256((examples / "quillmere.md").read_bytes()).hexdigest()
    assert f"quillmere: no file has its hash, {digest}" in result.stderr


def test_where_other_rules_find_other_terms_the_quotes_come_back_all_the_same(
    built: Path, received: Path, examples: Path
) -> None:
    with Graph.open(received, writing=True) as graph:
        fewer = [q for q in graph._store.quads(graph_iri("quillmere")) if ":term:Uptime" not in str(q)]
        more = [Quad(q.subject, q.predicate, q.object, q.graph_name) for q in fewer if "BackupFrequency" not in str(q)]
        graph._store.replace("quillmere", more)
        done = graph.attach([examples])
        assert (done.whole, done.partly) == (("brackenholt", "havelsteg"), ("quillmere",))
        assert graph.ask("late-interest").rows[-1].evidence[0].quote.startswith("If you pay late")
        assert not are_without_words(graph._store.quads(graph_iri("quillmere")))
        definitions = [row for row in graph.ask("definitions").rows if row.agreement == "quillmere"]
    assert definitions
    assert all(row.cells["definition"] for row in definitions)


def test_an_agreement_that_has_its_words_is_not_replaced(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built / "graph", tmp_path / "mine")
    with Graph.open(tmp_path / "mine", writing=True) as graph:
        assert graph.import_shared(built / "shared.nq.gz").kept == ("brackenholt", "havelsteg", "quillmere")
        assert graph.ask("late-interest").rows[0].evidence[0].quote


def test_words_in_a_file_are_not_believed(built: Path, tmp_path: Path) -> None:
    with Graph.open(tmp_path / "graph", writing=True) as graph:
        graph.import_shared(built / "whole.nq")
        assert {e.quote for row in graph.ask("late-interest").rows for e in row.evidence} == {""}


HOSTILE = {
    "of.txt": (b"", "what is imported ends in"),
    "torn.nq": (b"<urn:a> <urn:b> ", "torn.nq:1: not N-Quads"),
    "cut.nq.gz": (gzip.compress(b"<urn:a> <urn:b> <urn:c> <urn:d> .\n")[:-9], "cannot be read"),
    "noise.nq.gz": (b"\x1f\x8bnoise", "cannot be read"),
    "empty.nq": (b"", "holds no agreement"),
    "other.nq": (b"<urn:a> <urn:b> <urn:c> <urn:d> .\n", "<urn:d>, which is no graph of an agreement"),
    "bare.nq": (b"<urn:a> <urn:b> <urn:c> .\n", "which is no graph of an agreement"),
    "foreign.nq": (
        b"<urn:pactgraph:agreement:acme-2> <urn:b> <urn:c> <urn:pactgraph:graph:acme> .\n",
        "speaks of <urn:pactgraph:agreement:acme-2>",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_export_is_refused_in_a_line(name: str, tmp_path: Path) -> None:
    content, said = HOSTILE[name]
    (tmp_path / name).write_bytes(content)
    with Graph.open(tmp_path / "graph", writing=True) as graph:
        with pytest.raises(SourceError) as caught:
            graph.import_shared(tmp_path / name)
        assert said in str(caught.value)
        assert "\n" not in str(caught.value)
        assert graph.agreements() == ()


def test_the_commands_tell_what_they_did(built: Path, tmp_path: Path, examples: Path) -> None:
    graph = str(tmp_path / "graph")
    first = CliRunner().invoke(main, ["import", str(built / "shared.nq.gz"), "--graph", graph])
    assert "3 agreements: 3 imported." in first.stdout
    second = CliRunner().invoke(main, ["attach", str(examples), "--graph", graph])
    assert second.stdout == "3 agreements: 3 with all their words.\n"
    third = CliRunner().invoke(main, ["attach", str(examples), "--graph", graph])
    assert third.stdout == "No agreement of the graph lacks its words.\n"
    asked = CliRunner().invoke(main, ["ask", "uptime", "--graph", graph, "--format", "json"])
    assert all(proof["quote"] for row in json.loads(asked.stdout)["rows"] for proof in row["evidence"])
