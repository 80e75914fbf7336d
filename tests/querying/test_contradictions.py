"""Loose ends and contradictions over a vendor's agreements, from their texts to the answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from pactgraph import Graph
from pactgraph.model import Row

MASTER = """MASTER SERVICES AGREEMENT

This Master Services Agreement (the "Agreement") is made between Tern Harbor Ltd ("Provider") and the customer
("Customer").

1. Payment. Customer shall pay each invoice within thirty (30) days of receipt of the invoice.

2. Term. The initial term of this Agreement is twelve (12) months.

3. Billing. Customer must pay all invoices within 45 days of receipt of the invoice. See Section 9.4.

4. Security. Provider will notify Customer of any security breach within 72 hours after becoming aware of it.

5. Policies. Customer shall comply with the Acceptable Use Policy.

6. Addenda. The Data Processing Agreement forms part of this Agreement.
"""
PRECEDENCE = """
7. Precedence. In the event of any conflict between this Agreement and the Data Processing Agreement, {prevails} shall
prevail.
"""
DPA = """DATA PROCESSING AGREEMENT

This Data Processing Agreement is made between Tern Harbor Ltd ("Processor") and the customer ("Controller").

1. Processor will notify Controller of any personal data breach within 24 hours after becoming aware of it.

2. Processor processes personal data only on documented instructions from the Controller.
"""


def asked(folder: Path, name: str, texts: Mapping[str, str], vendors: Mapping[str, str] | None = None) -> list[Row]:
    """Answer a question over texts by name; each is of the vendor that `vendors` names, else of Tern."""
    for slug, text in texts.items():
        (folder / f"{slug}.txt").write_text(text, encoding="utf-8")
    lines = [f"{slug}.txt,{(vendors or {}).get(slug, 'Tern')}" for slug in texts]
    (folder / "list.csv").write_text("\n".join(["file,vendor", *lines, ""]), encoding="utf-8")
    with Graph.open(folder / "graph", writing=True) as graph:
        summary = graph.build([folder / f"{slug}.txt" for slug in texts], folder / "list.csv", validate=False)
        assert not summary.skipped
        return list(graph.ask(name).rows)


def between(rows: list[Row]) -> Row:
    (row,) = (row for row in rows if row.cells["otherAgreement"] != row.agreement)
    return row


def test_a_contradiction_in_one_agreement_shows_both_quotes(tmp_path: Path) -> None:
    (row,) = asked(tmp_path, "contradictions", {"master": MASTER})
    assert (row.cells["kind"], row.cells["value"], row.cells["other"]) == ("PaymentDue", "P30D", "P45D")
    assert row.cells["effective"] is None
    assert ["thirty (30) days" in row.evidence[0].quote, "45 days" in row.evidence[1].quote] == [True, True]


@pytest.mark.parametrize(
    ("prevails", "effective"),
    [("the Data Processing Agreement", "PT24H"), ("this Agreement", "PT72H"), ("", None)],
    ids=["the other document", "this one", "no order"],
)
def test_between_two_agreements_the_order_of_precedence_tells_which_prevails(
    tmp_path: Path, prevails: str, effective: str | None
) -> None:
    order = PRECEDENCE.format(prevails=prevails) if prevails else ""
    row = between(asked(tmp_path, "contradictions", {"master": MASTER + order, "addendum": DPA}))
    assert row.cells["kind"] == "BreachNotice"
    assert {row.cells["value"], row.cells["other"]} == {"PT24H", "PT72H"}
    assert row.cells["effective"] == effective
    assert {proof.agreement for proof in row.evidence} == {"addendum", "master"}
    assert len(row.evidence) == (3 if prevails else 2)


def test_agreements_of_two_vendors_do_not_contradict_each_other(tmp_path: Path) -> None:
    rows = asked(tmp_path, "contradictions", {"master": MASTER, "addendum": DPA}, {"addendum": "Gull"})
    assert [row.cells["kind"] for row in rows] == ["PaymentDue"]


def test_two_agreements_of_one_kind_are_two_deals(tmp_path: Path) -> None:
    later = MASTER.replace("72 hours", "24 hours")
    rows = asked(tmp_path, "contradictions", {"first": MASTER, "later": later})
    assert [(row.agreement, row.cells["otherAgreement"]) for row in rows] == [("first", "first"), ("later", "later")]


def test_a_document_is_a_loose_end_until_the_vendor_has_it_in_the_graph(tmp_path: Path) -> None:
    alone = {(row.cells["kind"], row.cells["text"]) for row in asked(tmp_path, "loose-ends", {"master": MASTER})}
    assert alone == {
        ("danglingReference", "Section 9.4"),
        ("absentDocument", "Acceptable Use Policy"),
        ("absentDocument", "Data Processing Agreement"),
    }
    both = {row.cells["text"] for row in asked(tmp_path, "loose-ends", {"master": MASTER, "addendum": DPA})}
    assert both == {"Section 9.4", "Acceptable Use Policy"}


def test_the_document_of_another_vendor_does_not_tie_the_end(tmp_path: Path) -> None:
    rows = asked(tmp_path, "loose-ends", {"master": MASTER, "addendum": DPA}, {"addendum": "Gull"})
    assert "Data Processing Agreement" in {row.cells["text"] for row in rows}


def test_the_seeds_have_these_loose_ends_and_no_contradiction(shared: Path, tmp_path: Path) -> None:
    with Graph.open(tmp_path / "graph", writing=True) as graph:
        graph.build([shared / "agreements" / "seeds"], validate=False)
        ends = {(row.agreement, row.cells["kind"], row.cells["text"]) for row in graph.ask("loose-ends").rows}
        assert list(graph.ask("contradictions").rows) == []
    assert ("aperia", "danglingReference", "Section 10.4.1") in ends
    read = {end for end in ends if end[1] != "absentDocument"}
    assert read == {
        ("aperia", "danglingReference", "Section 10"),
        ("aperia", "danglingReference", "Section 10.3"),
        ("aperia", "danglingReference", "Section 10.4.1"),
        ("aperia", "unusedTerm", "ASST"),
        ("expertrec", "unusedTerm", "Expertrec Offline SDK"),
        ("solver", "danglingReference", "Section 2(a)"),
        ("solver", "danglingReference", "Section 3(c)(ii)"),
        ("solver", "danglingReference", "section 10"),
        ("weareexams", "unusedTerm", "Planned Downtime"),
        ("weareexams", "unusedTerm", "Renewal Term"),
        ("weareexams", "unusedTerm", "Support Commencement Date"),
        ("weareexams", "unusedTerm", "Support Hours"),
    }
