"""Every drawing can be read back, by networkx or another reader, and shows what its view says."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import networkx
import openpyxl
import pydot
import pytest
from PIL import Image
from pyoxigraph import Literal, NamedNode, Quad

from pactgraph.errors import DefinitionError, OntologyError
from pactgraph.exporting import VIEWS, View, export, project, write
from pactgraph.exporting.drawing import styled
from pactgraph.exporting.picturing import _places

Quads = tuple[Quad, ...]
GRAPH = {"graphml", "gexf", "cytoscape", "node-link"}
STYLE = {"pg_color", "pg_size"}


@pytest.mark.parametrize("form", sorted(GRAPH))
def test_networkx_reads_back_nodes_edges_and_attributes(quads: Quads, tmp_path: Path, form: str) -> None:
    export(quads, tmp_path / "out", form)
    back, graph = _read(tmp_path / "out", form), project(quads)
    assert _nodes(back, form) == _nodes(graph, form)
    assert _edges(back) == _edges(graph)
    assert len(_edges(graph)) == 10
    for _, data in back.nodes(data=True):
        assert form == "gexf" or set(data) >= STYLE


def test_gexf_carries_colours_and_sizes_as_gephi_reads_them_and_no_day(quads: Quads) -> None:
    text = _bytes(quads, "gexf")
    tree = ElementTree.fromstring(text)
    drawn = [node for node in tree.iter() if node.tag.endswith("}color")]
    assert len(drawn) == len(project(quads))
    assert b"lastmodifieddate" not in text


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")
def test_dot_is_read_by_pydot_with_hostile_labels(quads: Quads) -> None:
    graphs = pydot.graph_from_dot_data(_bytes(quads, "dot").decode())
    assert graphs is not None
    graph = graphs[0]
    nodes = [node for node in graph.get_nodes() if node.get_name().startswith("n")]
    assert len(nodes) == len(project(quads))
    assert len(graph.get_edges()) == 10
    assert any("Corner & <Cellar>" in node.get("label") for node in nodes)


def test_pictures_are_pictures(quads: Quads) -> None:
    assert ElementTree.fromstring(_bytes(quads, "svg")).tag.endswith("}svg")
    with Image.open(io.BytesIO(_bytes(quads, "png"))) as image:
        assert image.format == "PNG"
        assert min(image.size) > 250


@pytest.mark.parametrize("form", ["graphml", "gexf", "cytoscape", "node-link", "dot", "svg", "png", "csv", "xlsx"])
def test_an_empty_graph_can_be_drawn(form: str) -> None:
    assert len(_bytes((), form)) > 20


def test_views_show_what_they_say(quads: Quads) -> None:
    seen = {
        name: {str(data["pg_type"]) for _, data in _seen(quads, View(name, "harrow", "LiabilityCap")).nodes(data=True)}
        for name in VIEWS
    }
    assert seen["kind"] == {"Agreement", "Party", "LiabilityCap"}
    assert seen["obligations"] == {"Agreement"}
    assert "Clause" in seen["agreement"]
    assert seen["overview"] == seen["all"] == seen["agreement"] - {"Clause"}


@pytest.mark.parametrize(
    ("view", "message"),
    [
        (View("overvew"), r"unknown view 'overvew'\. Known: .*Did you mean 'overview'"),
        (View("agreement"), "give one, such as --agreement"),
        (View("agreement", "harow"), "Did you mean 'harrow'"),
        (View("kind"), "give one, such as --kind"),
    ],
)
def test_a_view_that_cannot_be_shown_says_why(quads: Quads, view: View, message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        write(quads, io.BytesIO(), "graphml", view)


def test_a_kind_that_is_none_and_a_view_of_turtle_are_refused(quads: Quads) -> None:
    with pytest.raises(OntologyError, match="Did you mean 'LiabilityCap'"):
        write(quads, io.BytesIO(), "graphml", View("kind", kind="LiabilityCup"))
    with pytest.raises(DefinitionError, match="a view is for drawings"):
        write(quads, io.BytesIO(), "turtle", View("overview"))


def _seen(quads: Quads, view: View) -> networkx.Graph[str]:
    stream = io.BytesIO()
    write(quads, stream, "node-link", view)
    return networkx.node_link_graph(json.loads(stream.getvalue()), edges="edges")


def _read(path: Path, form: str) -> networkx.Graph[str]:
    if form == "graphml":
        return networkx.read_graphml(path, force_multigraph=True)
    if form == "gexf":
        return networkx.read_gexf(path)
    data = json.loads(path.read_text(encoding="utf-8"))
    return networkx.cytoscape_graph(data) if form == "cytoscape" else networkx.node_link_graph(data, edges="edges")


def _nodes(graph: networkx.Graph[str], form: str) -> dict[str, dict[str, object]]:
    """Return what is said of each node; GEXF says all as text, and the readers add what they need."""
    leave = {*STYLE, "viz", "id", "name", "value"}
    return {
        node: {
            name: value if form != "gexf" or isinstance(value, str) else json.dumps(value)
            for name, value in data.items()
            if name not in leave
        }
        for node, data in graph.nodes(data=True)
    }


def _edges(graph: networkx.Graph[str]) -> list[tuple[str, str, str]]:
    return sorted((source, target, str(data["label"])) for source, target, data in graph.edges(data=True))


def _bytes(quads: object, form: str) -> bytes:
    stream = io.BytesIO()
    write(quads, stream, form)  # type: ignore[arg-type]
    return stream.getvalue()


def test_tables_have_a_line_for_each_node_and_no_formula(quads: Quads) -> None:
    graph = project(quads)
    lines = list(csv.DictReader(io.StringIO(_bytes(quads, "csv").decode("utf-8"), newline="")))
    assert {line["node"] for line in lines} == set(graph)
    assert {line["label"].removeprefix("'") for line in lines} == {data["label"] for _, data in graph.nodes(data=True)}
    nodes, edges = openpyxl.load_workbook(io.BytesIO(_bytes(quads, "xlsx"))).worksheets
    assert nodes.max_row == len(graph) + 1
    assert edges.max_row == graph.number_of_edges() + 1
    assert [cell.value for cell in nodes[1]][:3] == ["agreement", "type", "label"]


def test_what_agreements_say_is_no_formula_in_a_table(quads: Quads) -> None:
    exact = NamedNode("http://www.w3.org/ns/oa#exact")
    bad = [
        Quad(q.subject, q.predicate, Literal("=cmd|'/c calc'!A1"), q.graph_name) if q.predicate == exact else q
        for q in quads
    ]
    lines = list(csv.DictReader(io.StringIO(_bytes(tuple(bad), "csv").decode("utf-8"), newline="")))
    quotes = [line["quote"] for line in lines if line["quote"]]
    assert quotes
    assert all(quote.startswith("'=cmd") for quote in quotes)
    sheet = openpyxl.load_workbook(io.BytesIO(_bytes(tuple(bad), "xlsx"))).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if "cmd" in str(cell.value)]
    assert cells
    assert all(cell.data_type == "s" and str(cell.value).startswith("'=") for cell in cells)


def test_a_picture_shows_every_label_and_none_over_another(quads: Quads) -> None:
    graph = styled(project(quads))
    places, width, height = _places(graph)
    assert {placed.node for placed in places} == set(graph)
    assert all(0 < placed.x < width and 0 < placed.y < height for placed in places)
    spots = [(round(placed.x, 2), round(placed.y, 2)) for placed in places]
    assert len(set(spots)) == len(spots)
