"""Rows to be: what a query bound, before computations and before its evidence is looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from pactgraph.model import FieldValue


@dataclass(frozen=True, slots=True)
class Draft:
    """A row to be: its agreement, the nodes of its evidence, and its cells by column."""

    agreement: str
    evidence: tuple[NamedNode, ...]
    cells: Mapping[str, FieldValue | None]

    def text(self, name: str) -> str:
        """Return a cell as text, '' where it is empty."""
        value = self.cells.get(name)
        return value if isinstance(value, str) else ""


def merged(drafts: Iterable[Draft]) -> tuple[NamedNode, ...]:
    """Return the evidence of all of `drafts`, each once, in their order."""
    return tuple(dict.fromkeys(node for draft in drafts for node in draft.evidence))
