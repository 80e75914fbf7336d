"""What is known of each kind of term in each agreement, from the receipts of the search for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from pactgraph.querying.cells import written
from pactgraph.querying.drafts import Draft


def silences(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield a draft for each agreement and kind, from the lines of its receipt (see pg:receipt) or from its state."""
    for draft in drafts:
        if not (receipt := draft.text("receipt")):
            clauses, rules = (written(draft.cells.get(name)) for name in ("clauses", "rules"))
            yield _known(draft.agreement, draft.evidence, draft.text("kind"), draft.text("status"), clauses, rules)
        for line in receipt.splitlines():
            kind, status, clauses, rules, *proofs = line.split(" ")
            yield _known(draft.agreement, tuple(map(NamedNode, proofs)), kind, status, clauses, rules)


def _known(agreement: str, evidence: tuple[NamedNode, ...], kind: str, status: str, clauses: str, rules: str) -> Draft:
    searched = f"{clauses} clauses, {rules} rules"
    return Draft(agreement, evidence, {"kind": kind, "status": status, "searched": searched})
