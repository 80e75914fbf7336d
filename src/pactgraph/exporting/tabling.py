"""A projection as tables: a line for each node, a column for each attribute; a workbook has the edges beside them."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from pactgraph.exporting.projection import PREFIX
from pactgraph.spreadsheets import Value, csv_text, write_book

if TYPE_CHECKING:
    import networkx

_FIRST = ("agreement", "type", "label")
_LEFT_OUT = frozenset((f"{PREFIX}type", f"{PREFIX}color", f"{PREFIX}size", "label"))


def write_csv(graph: networkx.MultiDiGraph[str], stream: IO[bytes]) -> None:
    """Write the nodes as CSV that a spreadsheet opens without taking a quote for a formula."""
    head, *lines = _nodes(graph)
    stream.write(csv_text(map(str, head), lines).encode("utf-8"))


def write_xlsx(graph: networkx.MultiDiGraph[str], stream: IO[bytes]) -> None:
    """Write a workbook of two sheets, the nodes and the edges.

    Raises MissingExtraError where openpyxl is not installed.
    """
    edges: list[list[Value]] = [["from", "edge", "to", "from node", "to node"]]
    for source, target, data in graph.edges(data=True):
        ends = [str(graph.nodes[node]["label"]) for node in (source, target)]
        edges.append([ends[0], str(data["label"]), ends[1], source, target])
    write_book([("nodes", _nodes(graph)), ("edges", edges)], stream)


def _nodes(graph: networkx.MultiDiGraph[str]) -> list[list[Value]]:
    """Return a heading, and the nodes by agreement and type; an attribute is called without its prefix."""
    names = dict.fromkeys(name for _, data in graph.nodes(data=True) for name in data if name not in _LEFT_OUT)
    lines: list[list[Value]] = []
    for node, data in graph.nodes(data=True):
        first = [_agreement(graph, node), str(data[f"{PREFIX}type"]), str(data["label"])]
        lines.append([*first, *(data.get(name) for name in names), node])
    lines.sort(key=lambda line: [str(value) for value in (*line[: len(_FIRST)], line[-1])])
    return [[*_FIRST, *(name.removeprefix(PREFIX) for name in names), "node"], *lines]


def _agreement(graph: networkx.MultiDiGraph[str], node: str) -> str:
    """Return the slug of the agreement that a node belongs to, or is."""
    for other in (node, *graph.successors(node)):
        if graph.nodes[other][f"{PREFIX}type"] == "Agreement":
            return str(graph.nodes[other].get(f"{PREFIX}slug", ""))
    return ""
