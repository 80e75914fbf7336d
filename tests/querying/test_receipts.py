"""What agreements are silent on comes from their receipts, and says the same as their states one by one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyoxigraph import Literal, Quad

from pactgraph import Graph
from pactgraph.querying import answer, question
from pactgraph.vocabulary import PG, agreement_iri, evidence_iri, graph_iri, term_iri


def test_a_receipt_has_a_row_for_each_line_and_states_stand_in_where_there_is_none(portfolio: Any) -> None:
    text = "No copy is kept in escrow. Oars are sold."
    portfolio.add("rill", text, [("Escrow", "No copy is kept in escrow", {})])
    portfolio.add("brook", text, [])
    portfolio.state("brook", "Fee", "unknown", "Oars are sold")
    term = term_iri("rill", "Escrow", {}, 0, len("No copy is kept in escrow"))
    receipt = f"Escrow excluded 12 3 {evidence_iri(term).value}\nFee silent 12 7"
    portfolio.store.add(Quad(agreement_iri("rill"), PG("receipt"), Literal(receipt), graph_iri("rill")))
    found = answer(portfolio.select, question("silences"), portfolio.texts, agreements=("rill", "brook"))
    assert [
        (row.agreement, row.cells["kind"], row.cells["status"], row.cells["searched"], [e.quote for e in row.evidence])
        for row in found.rows
    ] == [
        ("brook", "Fee", "unknown", "41 clauses, 2 rules", ["Oars are sold"]),
        ("rill", "Escrow", "excluded", "12 clauses, 3 rules", ["No copy is kept in escrow"]),
        ("rill", "Fee", "silent", "12 clauses, 7 rules", []),
    ]


def test_the_receipts_of_the_examples_say_what_their_states_say(built: Path) -> None:
    with Graph.open(built) as graph:
        told = {(row.agreement, row.cells["kind"], row.cells["status"]) for row in graph.ask("silences").rows}
        states = {(slug, state.kind, state.status) for slug, known in graph.states().items() for state in known}
    assert len(told) > 200
    assert told == states
