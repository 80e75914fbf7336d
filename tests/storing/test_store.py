"""The store keeps each agreement's graphs whole, and its union free of what is not fact or inference."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions

from pactgraph.errors import QueryError, StoreError
from pactgraph.model import Agreement
from pactgraph.storing import Store
from pactgraph.vocabulary import (
    DCTERMS,
    ONTOLOGY_GRAPH,
    PG,
    PGV,
    RDFS,
    TYPE,
    XSD,
    agreement_iri,
    graph_iri,
    inferred_iri,
    report_iri,
    source_iri,
)

SHA = "a" * 64
OTHER_SHA = "b" * 64


def facts(slug: str, *, sha256: str = SHA, party: str = "Either") -> list[Quad]:
    """A small agreement: its own node, a term, a period, and an inference."""
    agreement, graph, inferred = agreement_iri(slug), graph_iri(slug), inferred_iri(slug)
    term = NamedNode(f"{agreement.value}:term:NonRenewalNotice:1")
    period = NamedNode(f"{term.value}:duration")
    said: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (agreement, TYPE, PG("Agreement")),
        (agreement, PG("slug"), Literal(slug)),
        (agreement, DCTERMS("title"), Literal(f"Terms of {slug}")),
        (agreement, PG("agreementKind"), PGV("subscription")),
        (agreement, PG("vendor"), Literal("Brindle & Söhne")),
        (agreement, DCTERMS("source"), source_iri(sha256)),
        (source_iri(sha256), PG("sha256"), Literal(sha256)),
        (term, TYPE, PG("NonRenewalNotice")),
        (term, PG("party"), PGV(party)),
        (term, PG("duration"), period),
        (period, PG("value"), Literal("P12M", datatype=XSD("duration"))),
        (period, PG("asWritten"), Literal("P12M")),
    ]
    quads = [Quad(*triple, graph) for triple in said]
    return [*quads, Quad(term, TYPE, PG("ContractTerm"), inferred)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "graph", writing=True) as opened:
        yield opened


def count(store: Store, pattern: str = "?s ?p ?o") -> int:
    rows = store.query(f"SELECT * WHERE {{ {pattern} }}")
    assert isinstance(rows, QuerySolutions)
    return len(list(rows))


class TestReplacing:
    def test_the_same_agreement_twice_changes_nothing(self, store: Store) -> None:
        assert store.replace("acme", facts("acme"))
        before = list(store.quads())
        assert not store.replace("acme", facts("acme"))
        assert not store.replace("acme", reversed(facts("acme")))
        assert list(store.quads()) == before
        assert len(before) == len(facts("acme")) == 13

    def test_a_change_replaces_both_graphs_and_the_union(self, store: Store) -> None:
        store.replace("acme", facts("acme"))
        assert store.replace("acme", facts("acme", party="Customer")[:-1])
        assert list(store.quads(inferred_iri("acme"))) == []
        assert count(store, "?t pg:party ?p") == 1
        assert count(store, "?t pg:party pgv:Customer") == 1
        assert count(store, "?t a pg:ContractTerm") == 0

    def test_other_agreements_stay_as_they_were(self, store: Store) -> None:
        store.replace("acme", facts("acme"))
        store.replace("brindle", facts("brindle"))
        brindle = list(store.quads(graph_iri("brindle"), inferred_iri("brindle")))
        store.replace("acme", facts("acme", party="Customer"))
        store.remove("acme")
        assert list(store.quads()) == brindle
        assert store.slugs() == ("brindle",)

    def test_a_triple_that_two_agreements_state_survives_the_removal_of_one(self, store: Store) -> None:
        store.replace("acme", facts("acme"))
        store.replace("copy", facts("copy"))
        assert count(store, f"?s pg:sha256 '{SHA}'") == 1
        store.remove("copy")
        assert count(store, f"?s pg:sha256 '{SHA}'") == 1
        store.remove("acme")
        assert count(store) == 0

    def test_the_union_is_exactly_the_facts_and_inferences(self, store: Store) -> None:
        store.replace("acme", facts("acme"))
        store.replace("brindle", facts("brindle"))
        store.replace("acme", facts("acme", party="Both"))
        store.put_report("acme", [Quad(NamedNode("urn:r"), PG("x"), Literal(1), DefaultGraph())])
        store.put_ontology([Quad(PG("Remedy"), TYPE, RDFS("Class"), DefaultGraph())])
        union = {quad.triple for quad in store.quads()}
        rows = store.query("SELECT ?s ?p ?o WHERE { ?s ?p ?o }")
        assert isinstance(rows, QuerySolutions)
        found = [(row["s"], row["p"], row["o"]) for row in rows]
        assert len(found) == len(set(found)) == len(union)

    def test_a_quad_outside_of_the_agreements_graphs_is_refused_and_nothing_is_written(self, store: Store) -> None:
        with pytest.raises(StoreError, match="outside of its graphs"):
            store.replace("acme", facts("brindle"))
        assert store.slugs() == ()

    def test_an_update_that_fails_leaves_the_old_graphs_whole(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store.replace("acme", facts("acme"))
        before = list(store.quads())
        import pactgraph.storing.store as module

        real = module._blocks  # the text of the transaction, to which a step that must fail is added
        broken = "}; LOAD <file:///nowhere/at/all.ttl>; INSERT DATA {"
        monkeypatch.setattr(module, "_blocks", lambda quads: real(quads) + broken)
        with pytest.raises(StoreError):
            store.replace("acme", facts("acme", party="Customer"))
        assert list(store.quads()) == before

    def test_slugs_of_any_letters_come_back(self, store: Store) -> None:
        slugs = ("acme--dpa", "brindle und söhne", "100%/x")
        for slug in slugs:
            store.replace(slug, facts(slug))
        assert store.slugs() == tuple(sorted(slugs))

    def test_words_with_quotes_and_line_breaks_come_back_exactly(self, store: Store) -> None:
        words = 'He said "no\\n",\r\nthen\tleft \u2014 \U0001f600 } ; DROP ALL'
        quad = Quad(NamedNode("urn:x"), PG("quote"), Literal(words), graph_iri("acme"))
        store.replace("acme", [quad])
        assert list(store.quads()) == [quad]

    def test_agreements_are_listed_with_what_is_known_of_them(self, store: Store) -> None:
        store.replace("brindle", facts("brindle"))
        bare = [Quad(agreement_iri("acme"), TYPE, PG("Agreement"), graph_iri("acme"))]
        store.replace("acme", [*bare, Quad(agreement_iri("acme"), PG("slug"), Literal("acme"), graph_iri("acme"))])
        assert store.agreements() == (
            Agreement("acme", "", "", "", None),
            Agreement("brindle", "Terms of brindle", "subscription", "Brindle & Söhne", None),
        )


class TestOtherGraphs:
    def test_a_report_is_replaced_and_goes_with_its_agreement(self, store: Store) -> None:
        store.replace("acme", facts("acme"))
        for value in (1, 2):
            store.put_report("acme", [Quad(NamedNode("urn:r"), PG("x"), Literal(value), DefaultGraph())])
        assert store.report("acme") == (Quad(NamedNode("urn:r"), PG("x"), Literal(2), report_iri("acme")),)
        assert store.remove("acme")
        assert store.report("acme") == ()
        assert not store.remove("acme")

    def test_the_ontology_is_reached_by_its_graph_only(self, store: Store) -> None:
        quads = [Quad(PG("Uptime"), RDFS("label"), Literal("uptime"), DefaultGraph())]
        assert [store.put_ontology(quads) for _ in range(2)] == [True, False]
        assert count(store, "?c rdfs:label ?l") == 0
        assert count(store, f"GRAPH {ONTOLOGY_GRAPH} {{ ?c rdfs:label ?l }}") == 1


class TestSources:
    def test_a_text_comes_back_to_the_character(self, store: Store) -> None:
        text = "1.\tTerm\r\nThe “Term” is\u00a0one year.\rEnd\n\ufeff"
        store.put_source(SHA, text)
        assert store.source_text(SHA) == text

    def test_a_text_is_found_by_its_agreement(self, store: Store) -> None:
        store.put_source(SHA, "Terms.")
        store.replace("acme", facts("acme"))
        assert store.text("acme") == "Terms."
        with pytest.raises(StoreError, match=r"unknown agreement 'acne'\. Known: acme\. Did you mean 'acme'"):
            store.text("acne")

    def test_a_text_that_no_agreement_needs_any_more_goes(self, store: Store) -> None:
        store.put_source(SHA, "old")
        store.replace("acme", facts("acme"))
        store.put_source(OTHER_SHA, "new")
        store.replace("acme", facts("acme", sha256=OTHER_SHA))
        assert [path.name for path in (store.folder / "sources").iterdir()] == [f"{OTHER_SHA}.txt"]

    def test_a_text_that_another_agreement_needs_stays(self, store: Store) -> None:
        store.put_source(SHA, "shared")
        for slug in ("acme", "copy"):
            store.replace(slug, facts(slug))
        store.remove("copy")
        assert store.source_text(SHA) == "shared"

    @pytest.mark.parametrize("name", ["../../etc/passwd", "", SHA.upper(), SHA + "\n"])
    def test_a_name_that_is_no_hash_is_refused(self, store: Store, name: str) -> None:
        with pytest.raises(StoreError, match="no SHA-256"):
            store.put_source(name, "x")

    def test_a_missing_text_says_so(self, store: Store) -> None:
        with pytest.raises(StoreError, match="source text cannot be read"):
            store.source_text(SHA)


class TestQuerying:
    def test_an_agreed_duration_is_found_as_written(self, store: Store) -> None:
        store.replace("acme", facts("acme"))
        answer = store.query("ASK { ?p pg:asWritten 'P12M' }")
        assert isinstance(answer, QueryBoolean)
        assert answer

    def test_a_query_can_be_confined_to_graphs(self, store: Store) -> None:
        for slug in ("acme", "brindle"):
            store.replace(slug, facts(slug))
        rows = store.query("SELECT ?a { ?a a pg:Agreement }", graphs=[graph_iri("acme")])
        assert [row["a"] for row in rows] == [agreement_iri("acme")]  # type: ignore[union-attr]

    def test_variables_can_be_fixed(self, store: Store) -> None:
        store.replace("acme", facts("acme"))
        query = "SELECT ?t ?party { ?t pg:party ?party }"
        found = [len(list(store.query(query, values={"party": PGV(p)}))) for p in ("Either", "Customer")]  # type: ignore[arg-type]
        assert found == [1, 0]

    def test_an_error_names_place_and_line(self, store: Store) -> None:
        with pytest.raises(QueryError, match=r"^exits\.rq:2: not a SPARQL query near 'WHER") as caught:
            store.query("SELECT ?x\nWHER { ?x ?p ?o }", place="exits.rq")
        assert "\n" not in str(caught.value)

    def test_an_undeclared_prefix_is_named(self, store: Store) -> None:
        with pytest.raises(QueryError, match=r"^query:3: the prefix of 'foo:bar' is not declared"):
            store.query("SELECT ?x\nWHERE {\n  ?x foo:bar ?o }")


class TestOpening:
    def test_reading_where_nothing_is_creates_nothing(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="pactgraph build"):
            Store.open(tmp_path / "graph")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("writing", [True, False])
    def test_a_folder_of_something_else_is_left_alone(self, tmp_path: Path, writing: bool) -> None:
        (tmp_path / "letter.txt").write_text("Dear Sir")
        with pytest.raises(StoreError, match="not a pactgraph graph folder"):
            Store.open(tmp_path, writing=writing)
        assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]

    def test_a_file_in_the_folders_place_is_one_line(self, tmp_path: Path) -> None:
        (tmp_path / "graph").write_text("x")
        with pytest.raises(StoreError, match="cannot be made a graph folder"):
            Store.open(tmp_path / "graph", writing=True)

    @pytest.mark.parametrize("writing", [True, False])
    def test_a_newer_layout_is_refused(self, tmp_path: Path, writing: bool) -> None:
        Store.open(tmp_path, writing=True).close()
        (tmp_path / "format.json").write_text(json.dumps({"layout": 2}))
        with pytest.raises(StoreError, match="layout 2, this one knows 1"):
            Store.open(tmp_path, writing=writing)

    @pytest.mark.parametrize("mark", ["", "[]", '{"lay": 1}', "\udcff"])
    def test_a_broken_mark_is_refused(self, tmp_path: Path, mark: str) -> None:
        Store.open(tmp_path, writing=True).close()
        (tmp_path / "format.json").write_bytes(mark.encode("utf-8", "surrogateescape"))
        with pytest.raises(StoreError, match=r"format\.json: cannot be read"):
            Store.open(tmp_path)

    def test_a_graph_that_was_begun_and_never_written_is_empty(self, tmp_path: Path) -> None:
        (tmp_path / "format.json").write_text('{"layout": 1}')
        (tmp_path / "lock").touch()
        with pytest.raises(StoreError, match="the graph is empty"):
            Store.open(tmp_path)
        with Store.open(tmp_path, writing=True) as store:
            assert store.slugs() == ()

    def test_what_was_written_is_there_after_closing(self, tmp_path: Path) -> None:
        with Store.open(tmp_path, writing=True) as store:
            store.replace("acme", facts("acme"))
            before = list(store.quads())
        with Store.open(tmp_path) as store:
            assert list(store.quads()) == before

    def test_a_reader_cannot_write(self, tmp_path: Path) -> None:
        with Store.open(tmp_path, writing=True) as store:
            store.replace("acme", facts("acme"))
        with Store.open(tmp_path) as store, pytest.raises(StoreError, match="reading only"):
            store.remove("acme")

    def test_a_closed_store_says_so(self, tmp_path: Path) -> None:
        store = Store.open(tmp_path, writing=True)
        store.close()
        store.close()
        with pytest.raises(StoreError, match="was closed"):
            store.slugs()


@pytest.mark.skipif(sys.platform == "win32", reason="there one process has the folder at a time")
class TestSharing:
    def test_readers_share(self, tmp_path: Path) -> None:
        Store.open(tmp_path, writing=True).close()
        with Store.open(tmp_path):
            assert _elsewhere(tmp_path, writing=False) == "open"

    def test_a_writer_waits_for_readers(self, tmp_path: Path) -> None:
        Store.open(tmp_path, writing=True).close()
        with Store.open(tmp_path):
            assert "another pactgraph process is using this graph" in _elsewhere(tmp_path, writing=True)

    @pytest.mark.parametrize("writing", [True, False])
    def test_a_writer_keeps_others_out(self, tmp_path: Path, writing: bool) -> None:
        with Store.open(tmp_path, writing=True):
            assert "another pactgraph process is" in _elsewhere(tmp_path, writing=writing)
        assert _elsewhere(tmp_path, writing=writing) == "open"


def _elsewhere(folder: Path, *, writing: bool) -> str:
    """What another process gets that opens the folder: 'open', or its error."""
    program = """
        import sys
        from pathlib import Path
        from pactgraph.errors import StoreError
        from pactgraph.storing import Store
        try:
            Store.open(Path(sys.argv[1]), writing=sys.argv[2] == "True").close()
            print("open")
        except StoreError as error:
            print(error)
    """
    command = [sys.executable, "-c", textwrap.dedent(program), str(folder), str(writing)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return done.stdout.strip()
