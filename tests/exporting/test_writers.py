"""Every file that is written can be read back, and says what the graph says."""

from __future__ import annotations

import io
import json
import random
import stat
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from pyoxigraph import DefaultGraph, Quad, RdfFormat

from pactgraph.errors import DefinitionError, StoreError
from pactgraph.exporting import FORMATS, export, write
from pactgraph.vocabulary import PG

RDF = ("turtle", "nquads", "trig", "jsonld")
DRAWINGS = ("graphml", "gexf", "cytoscape", "node-link", "dot", "svg", "png", "csv", "xlsx")
WITH_GRAPHS = {"nquads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD}
WRITTEN = {"P1M", "P12M", "PT72H", "P2W"}
Quads = tuple[Quad, ...]


def test_these_formats_are_offered() -> None:
    assert list(FORMATS) == [*RDF, *DRAWINGS]


@pytest.mark.parametrize("form", WITH_GRAPHS)
def test_a_format_with_graphs_gives_back_the_same_quads(quads: Quads, tmp_path: Path, form: str) -> None:
    export(quads, tmp_path / "out", form)
    back = ox.parse(path=str(tmp_path / "out"), format=WITH_GRAPHS[form])
    assert set(back) == set(quads)


def test_turtle_gives_back_the_union(quads: Quads, tmp_path: Path) -> None:
    export(quads, tmp_path / "out.ttl", "turtle")
    back = list(ox.parse(path=str(tmp_path / "out.ttl"), format=RdfFormat.TURTLE))
    assert {quad.triple for quad in back} == {quad.triple for quad in quads}
    assert {quad.graph_name for quad in back} == {DefaultGraph()}
    assert len(back) == len(set(back))


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize(
    ("form", "reader"), [("turtle", "turtle"), ("nquads", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")]
)
def test_another_library_reads_it_and_finds_durations_as_agreed(
    quads: Quads, tmp_path: Path, form: str, reader: str
) -> None:
    export(quads, tmp_path / "out", form)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(tmp_path / "out", format=reader)
    found = {str(value) for value in dataset.objects(None, rdflib.URIRef(PG("asWritten").value))}
    assert found == WRITTEN
    assert len(set(dataset.triples((None, None, None)))) == len({quad.triple for quad in quads})


def test_turtle_is_written_for_people(quads: Quads) -> None:
    text = _bytes(quads, "turtle").decode()
    assert "@prefix pg: <https://w3id.org/pactgraph/ontology#> ." in text
    assert "pg:lookback <urn:pactgraph:agreement:harrow:term:LiabilityCap:" in text
    subjects = [line.split()[0] for line in text.splitlines() if line.startswith("<urn:")]
    assert len(subjects) == len(set(subjects)) >= 20


def test_jsonld_is_json_with_a_context(quads: Quads) -> None:
    found = json.loads(_bytes(quads, "jsonld"))
    assert found["@context"]["pg"] == "https://w3id.org/pactgraph/ontology#"
    assert [graph["@id"] for graph in found["@graph"]] == [
        "urn:pactgraph:graph:harrow",
        "urn:pactgraph:inferred:harrow",
    ]
    (fee,) = (node for node in found["@graph"][0]["@graph"] if node.get("@type") == ["pg:Fee"])
    assert fee["pg:currency"] == "EUR"
    assert fee["pg:amount"] == {"@type": "xsd:decimal", "@value": "9.5"}


@pytest.mark.parametrize("form", FORMATS)
def test_the_order_of_quads_does_not_matter(quads: Quads, form: str) -> None:
    shuffled = [*quads, *quads[:5]]
    random.Random(7).shuffle(shuffled)
    assert _bytes(shuffled, form) == _bytes(quads, form)


@pytest.mark.parametrize("form", RDF)
def test_an_empty_graph_is_a_valid_file(tmp_path: Path, form: str) -> None:
    export((), tmp_path / "out", form)
    readers = {**WITH_GRAPHS, "turtle": RdfFormat.TURTLE}
    assert list(ox.parse(path=str(tmp_path / "out"), format=readers[form])) == []


def test_an_unknown_format_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"unknown export format 'grapml'\. Known: .*Did you mean 'graphml'"):
        export((), tmp_path / "out", "grapml")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_one_line(quads: Quads, tmp_path: Path) -> None:
    for path in (tmp_path / "missing" / "out.ttl", tmp_path):
        with pytest.raises(StoreError, match="cannot be written") as caught:
            export(quads, path, "turtle")
        assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.nq"
    path.write_text("old")

    def failing() -> object:
        raise OSError("no more disk")
        yield

    with pytest.raises(StoreError, match="no more disk"):
        export(failing(), path, "nquads")  # type: ignore[arg-type]
    assert [file.name for file in tmp_path.iterdir()] == ["out.nq"]
    assert path.read_text() == "old"


def test_a_new_file_has_the_usual_permissions(quads: Quads, tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("")
    export(quads, tmp_path / "out", "nquads")
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


def _bytes(quads: object, form: str) -> bytes:
    stream = io.BytesIO()
    write(quads, stream, form)  # type: ignore[arg-type]
    return stream.getvalue()
