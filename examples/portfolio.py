"""Print who may leave each agreement, when notice is due, and the words that say so: python portfolio.py GRAPH."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from pactgraph import Answer, Graph, PactgraphError, Row


def line(row: Row) -> str:
    """Return a row as a line: vendor, what is told, and where it stands."""
    cells = ", ".join(f"{name} {value}" for name, value in row.cells.items() if value is not None)
    (proof, *_) = row.evidence
    return f"{row.vendor or row.agreement}: {cells} (clause {proof.clause}, {proof.start}-{proof.end})"


def told(answer: Answer) -> Iterator[str]:
    """Yield the lines of an answer, and which agreements have none."""
    yield answer.asks
    yield from (f"  {line(row)}" for row in answer.rows)
    for why, slugs in (("silent", answer.silent), ("excluded", answer.excluded), ("unknown", answer.unknown)):
        if slugs:
            yield f"  {why}: {', '.join(slugs)}"


def main(folder: str) -> int:
    """Print the answers to three questions; return the exit code."""
    try:
        with Graph.open(folder) as graph:
            for name in ("exits", "auto-renewal", "uptime"):
                print(*told(graph.ask(name)), sep="\n")
    except PactgraphError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "graph"))
