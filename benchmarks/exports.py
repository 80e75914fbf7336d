"""How long exports take, and how large they are, as the agreements grow.

    python benchmarks/exports.py           10 and 100 agreements
    python benchmarks/exports.py 50 500    others

The agreements are made from the examples, copied under other names. Prints a table for benchmarks/results.md.
Seconds are those of the processor, for the whole export to a file.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from questions import ROOT, multiplied

from pactgraph import Graph
from pactgraph.exporting import View
from pactgraph.storing import Store

WHOLE = ("nquads", "turtle", "trig", "jsonld", "node-link", "cytoscape", "graphml", "gexf", "dot", "csv", "xlsx")
KIND = View("kind", kind="LiabilityCap")


def main(arguments: Sequence[str]) -> None:
    sizes = [int(argument) for argument in arguments] or [10, 100]
    measured: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with Graph.open(folder / "examples", writing=True) as graph:
            graph.build([ROOT / "examples" / "agreements"], ROOT / "examples" / "manifest.csv", validate=False)
        for size in sizes:
            with Store.open(folder / "examples") as examples:
                multiplied(examples, folder / str(size), size)
            with Graph.open(folder / str(size)) as graph:
                for name, export in exports(graph, folder / "out").items():
                    measured.setdefault(name, []).append(timed(export, folder / "out"))
    print(f"| export |{''.join(f' {size} agreements, s | MB |' for size in sizes)}")
    print(f"|---|{'---|---|' * len(sizes)}")
    for name, cells in measured.items():
        print(f"| {name} | {' | '.join(cells)} |")


def exports(graph: Graph, out: Path) -> dict[str, Callable[[], object]]:
    found: dict[str, Callable[[], object]] = {form: lambda form=form: graph.export(out, form) for form in WHOLE}  # type: ignore[misc]
    found["nquads, without quotes"] = lambda: graph.export(out, "nquads", without_quotes=True)
    found["graphml, view of a kind"] = lambda: graph.export(out, "graphml", KIND)
    found["xlsx, view of a kind"] = lambda: graph.export(out, "xlsx", KIND)
    found["ics"] = lambda: graph.export_calendar(out)
    return found


def timed(export: Callable[[], object], out: Path) -> str:
    start = time.process_time()
    export()
    return f"{time.process_time() - start:.2f} | {out.stat().st_size / 1e6:.2f}"


if __name__ == "__main__":
    main(sys.argv[1:])
