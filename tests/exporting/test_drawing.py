"""Every drawing can be read back, by networkx or another reader, and shows what its view says."""

from __future__ import annotations

import io
import json
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pydot
import pytest
from PIL import Image
from pyoxigraph import Quad

from pactgraph.errors import DefinitionError, OntologyError
from pactgraph.exporting import VIEWS, View, export, project, write

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
        assert min(image.size) > 500


@pytest.mark.parametrize("form", ["graphml", "gexf", "cytoscape", "node-link", "dot", "svg", "png"])
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
