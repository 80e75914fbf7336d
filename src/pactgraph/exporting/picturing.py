"""Pictures of a projection that a person can read: agreement by agreement, each node with its label beside it.

On the left stands the agreement, then its parties, then its terms in columns, what is about the same below each
other, and its clauses in the order of the text. No two labels meet; edges run behind them.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from pactgraph.errors import DefinitionError
from pactgraph.exporting.projection import PREFIX

if TYPE_CHECKING:
    import networkx

MOST_IN_PICTURE = 400
"""More nodes than this make no picture that a person can read."""

_ROWS = 30
_ROW, _COLUMN, _LEFT, _PARTIES, _GAP = 0.24, 3.1, 1.2, 1.9, 0.7
"""Inches: the height of a row, the width of a column, where agreements and parties stand, what parts agreements."""

_LETTERS = 52
_DPI = 110


@dataclass(frozen=True, slots=True)
class _Placed:
    """A node in its place, in inches from the picture's upper left corner."""

    node: str
    x: float
    y: float
    large: bool


def picture(
    graph: networkx.MultiDiGraph[str],
    stream: IO[bytes],
    form: str,
    colors: Mapping[str, str],
    library: Callable[[str], Any],
) -> None:
    """Write a picture as svg or png; `colors` are those of the legend by name, `library` gives modules of matplotlib.

    The same graph gives the same bytes. Raises DefinitionError where there are too many nodes to read.
    """
    if len(graph) > MOST_IN_PICTURE:
        raise DefinitionError(
            f"a picture of {len(graph)} nodes cannot be read, {MOST_IN_PICTURE} are the most; choose less with "
            "--view agreement --agreement SLUG, or --view kind --kind KIND."
        )
    places, width, height = _places(graph)
    settings = {"svg.hashsalt": "pactgraph", "font.family": "DejaVu Sans"}
    with library("matplotlib").rc_context(settings):
        figure = library("matplotlib.figure").Figure(figsize=(width, height))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, width)
        axes.set_ylim(height, 0)
        _paint(graph, places, axes)
        for name, color in colors.items():
            axes.scatter([], [], c=color, s=45, label=name)
        if places:
            axes.legend(loc="lower left", frameon=False, fontsize=7, ncols=len(colors), bbox_to_anchor=(0.005, 0.0))
        else:
            axes.text(width / 2, height / 2, "nothing to show", ha="center")
        plain = {"Date": None} if form == "svg" else {"Software": None}
        figure.savefig(stream, format=form, dpi=_DPI, metadata=plain)


def _places(graph: networkx.MultiDiGraph[str]) -> tuple[list[_Placed], float, float]:
    """Return where the nodes stand, and how wide and high the picture is."""
    found: list[_Placed] = []
    top, columns = 0.5, 1
    for members in _by_agreement(graph):
        first = [node for node in members if _kind(graph, node) == "Agreement"]
        parties = [node for node in members if _kind(graph, node) == "Party"]
        others = [node for node in members if node not in {*first, *parties}]
        used = max(1, math.ceil(len(others) / _ROWS))
        rows = max(math.ceil(len(others) / used), 3 * max(len(parties), 1))
        high, columns = rows * _ROW, max(columns, used)
        found += [_Placed(node, _LEFT, top + high / 2, large=True) for node in first]
        found += [
            _Placed(node, _LEFT + _PARTIES, top + high * (number + 0.5) / len(parties), large=True)
            for number, node in enumerate(parties)
        ]
        start = _LEFT + _PARTIES + 1.2
        found += [
            _Placed(node, start + _COLUMN * (number // rows), top + _ROW * (number % rows + 0.5), large=False)
            for number, node in enumerate(others)
        ]
        top += high + _GAP
    return found, _LEFT + _PARTIES + 1.2 + _COLUMN * columns, max(top, 2.0)


def _by_agreement(graph: networkx.MultiDiGraph[str]) -> list[list[str]]:
    """Return the nodes of each agreement in the order in which they are drawn."""
    groups: dict[str, list[str]] = {node: [node] for node in graph if _kind(graph, node) == "Agreement"}
    alone: list[str] = []
    for node in graph:
        if node not in groups:
            home = next((other for other in graph.successors(node) if other in groups), None)
            (groups[home] if home is not None else alone).append(node)
    ordered = sorted(groups.values(), key=lambda members: _label(graph, members[0]))
    return [sorted(members, key=lambda node: _rank(graph, node)) for members in (*ordered, alone) if members]


def _rank(graph: networkx.MultiDiGraph[str], node: str) -> tuple[int, int, str, str]:
    data = graph.nodes[node]
    clause = _kind(graph, node) == "Clause"
    return (
        int(clause),
        int(data.get(f"{PREFIX}order", 0)) if clause else 0,
        str(data[f"{PREFIX}color"]),
        _label(graph, node),
    )


def _paint(graph: networkx.MultiDiGraph[str], places: Sequence[_Placed], axes: Any) -> None:
    at = {placed.node: placed for placed in places}
    for source, target, data in graph.edges(data=True):
        if data["label"] != "parentClause":
            ends = at[source], at[target]
            axes.plot([end.x for end in ends], [end.y for end in ends], color="#c9ced6", linewidth=0.4, zorder=1)
    for placed in places:
        data = graph.nodes[placed.node]
        size = data[f"{PREFIX}size"] * (14 if placed.large else 3)
        axes.scatter([placed.x], [placed.y], c=data[f"{PREFIX}color"], s=size, linewidths=0, zorder=2)
        label = str(data["label"]).replace("$", r"\$")
        if placed.large:
            words = textwrap.fill(textwrap.shorten(label, 60, placeholder=" …"), 20)
            where = {"xytext": (0, -14), "ha": "center", "va": "top", "fontsize": 7.5, "fontweight": "bold"}
        else:
            words = textwrap.shorten(label, _LETTERS, placeholder=" …")
            where = {"xytext": (6, 0), "ha": "left", "va": "center", "fontsize": 6.5, "fontweight": "normal"}
        paper = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.4}
        axes.annotate(
            words, (placed.x, placed.y), textcoords="offset points", color="#222222", bbox=paper, zorder=3, **where
        )


def _kind(graph: networkx.MultiDiGraph[str], node: str) -> str:
    return str(graph.nodes[node][f"{PREFIX}type"])


def _label(graph: networkx.MultiDiGraph[str], node: str) -> str:
    return str(graph.nodes[node]["label"])
