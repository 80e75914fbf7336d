"""Writers of drawings: a projection as a file that a drawing program or a spreadsheet reads, or as a picture.

Each node has `pg_color` and `pg_size` by its class: agreements are largest, then parties, terms and
clauses; terms are coloured by what they are about (a duration, a price, a remedy ...).
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any

from pactgraph.errors import DefinitionError
from pactgraph.exporting.picturing import picture
from pactgraph.exporting.projection import PREFIX
from pactgraph.exporting.tabling import write_csv, write_xlsx
from pactgraph.exporting.views import face

if TYPE_CHECKING:
    import networkx

Drawer = Callable[["networkx.MultiDiGraph[str]", IO[bytes]], None]

_EXTRA = "install what draws it: pip install 'pactgraph[pictures]'"
_SIZES = {"Agreement": 30.0, "Party": 20.0, "Clause": 6.0}
_COLORS = {
    "Agreement": "#1f3a5f",
    "Party": "#c1553b",
    "Clause": "#b8b8b8",
    "Duration": "#3b8ea5",
    "Price": "#7a9e3e",
    "Remedy": "#d98c2b",
    "Protection": "#8a5fa8",
    "ServiceLevel": "#2f9e77",
    "Norm": "#d4b13f",
    "Term": "#6f7f8f",
}


def styled(graph: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    """Return the projection with a colour and a size on each node."""
    for _, data in graph.nodes(data=True):
        kind = str(data[f"{PREFIX}type"])
        data[f"{PREFIX}color"] = _COLORS.get(face(kind), _COLORS["Term"])
        data[f"{PREFIX}size"] = _SIZES.get(kind, 10.0)
    return graph


def _graphml(graph: networkx.MultiDiGraph[str], stream: IO[bytes]) -> None:
    import networkx  # takes a while to load, and only drawings need it

    networkx.write_graphml_xml(graph, stream)


def _gexf(graph: networkx.MultiDiGraph[str], stream: IO[bytes]) -> None:
    """Write GEXF, with colours and sizes in the way of Gephi."""
    import networkx

    drawn: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        red, green, blue = (int(data[f"{PREFIX}color"][place : place + 2], 16) for place in (1, 3, 5))
        viz = {"color": {"r": red, "g": green, "b": blue, "a": 1.0}, "size": data[f"{PREFIX}size"]}
        texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in data.items()}
        drawn.add_node(node, **texts, viz=viz)
    for source, target, key, data in graph.edges(keys=True, data=True):
        drawn.add_edge(source, target, key=key, label=data["label"])
    for line in networkx.generate_gexf(drawn):
        stream.write(f"{_undated(line)}\n".encode())


def _undated(line: str) -> str:
    """Leave out the day of writing: the same graph is the same file."""
    before, found, after = line.partition(' lastmodifieddate="')
    return before + after.partition('"')[2] if found else line


def _cytoscape(graph: networkx.MultiDiGraph[str], stream: IO[bytes]) -> None:
    import networkx

    _json(networkx.cytoscape_data(graph), stream)


def _node_link(graph: networkx.MultiDiGraph[str], stream: IO[bytes]) -> None:
    import networkx

    _json(networkx.node_link_data(graph, edges="edges"), stream)


def _json(data: object, stream: IO[bytes]) -> None:
    stream.write((json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def _dot(graph: networkx.MultiDiGraph[str], stream: IO[bytes]) -> None:
    """Write DOT: nodes are numbered, because their IRIs have colons, and carry the IRI as `URL`."""
    pydot = _library("pydot", "dot")
    drawn = pydot.Dot("pactgraph", graph_type="digraph", rankdir="LR")
    numbers = {node: f"n{number}" for number, node in enumerate(graph, 1)}
    for node, data in graph.nodes(data=True):
        words: dict[str, Any] = {
            "label": data["label"],
            "URL": node,
            "tooltip": data.get(f"{PREFIX}quote", data["label"]),
            "fillcolor": data[f"{PREFIX}color"],
        }
        look: dict[str, Any] = {"style": "filled", "fontcolor": "white", "shape": "box"}
        drawn.add_node(pydot.Node(numbers[node], None, **look, **{name: _quoted(text) for name, text in words.items()}))
    for source, target, data in graph.edges(data=True):
        drawn.add_edge(pydot.Edge(numbers[source], numbers[target], label=_quoted(data["label"])))
    stream.write(drawn.to_string().encode("utf-8"))


def _library(name: str, form: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise DefinitionError(f"the format {form} needs {name.split('.')[0]}; {_EXTRA}") from error


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _picture(form: str) -> Drawer:
    def draw(graph: networkx.MultiDiGraph[str], stream: IO[bytes]) -> None:
        shown = {face(str(data[f"{PREFIX}type"])) for _, data in graph.nodes(data=True)}
        colors = {name: color for name, color in _COLORS.items() if name in shown}
        picture(graph, stream, form, colors, lambda name: _library(name, form))

    return draw


DRAWINGS: Mapping[str, Drawer] = MappingProxyType(
    {
        "graphml": _graphml,
        "gexf": _gexf,
        "cytoscape": _cytoscape,
        "node-link": _node_link,
        "dot": _dot,
        "svg": _picture("svg"),
        "png": _picture("png"),
        "csv": write_csv,
        "xlsx": write_xlsx,
    }
)
"""What writes each drawing, by the name of its format."""
