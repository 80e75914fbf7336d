"""The agreements of one deal (master, order form, service levels, data processing), from their texts to the answer.

Lighthouse Freight is made up. What its papers contradict each other in was written down by hand, with which prevails.
"""

from __future__ import annotations

import pytest

from pactgraph import Graph
from pactgraph.model import Row

PAPERS = {
    "master": """MASTER SERVICES AGREEMENT

This Master Services Agreement (the "Agreement") is made between Lighthouse Freight Ltd ("Provider") and the customer
("Customer").

1. Term. The initial term of this Agreement is twelve (12) months.

2. Payment. Customer shall pay each invoice within thirty (30) days of receipt of the invoice.

3. Security. Provider will notify Customer of any security breach within 72 hours after becoming aware of it.

4. Late payment. Late payments bear interest at 1% per month.

5. Law. This Agreement is governed by the laws of England and Wales.

6. Precedence. In the event of any conflict between the Order Form and this Agreement, the Order Form shall prevail.
In the event of any conflict between this Agreement and the Data Processing Agreement, the Data Processing Agreement
shall prevail.
""",
    "order": """ORDER FORM

This Order Form is made between Lighthouse Freight Ltd ("Provider") and the customer ("Customer").

1. Term. The initial term of this Order Form is twenty-four (24) months.

2. Payment. Customer shall pay each invoice within thirty (30) days of receipt of the invoice.
""",
    "levels": """SERVICE LEVEL AGREEMENT

This Service Level Agreement is made between Lighthouse Freight Ltd ("Provider") and the customer ("Customer").

1. Availability. Provider guarantees that the Service is available 99.9% of the time in each calendar month.

2. Late payment. Late payments bear interest at 2% per month.
""",
    "processing": """DATA PROCESSING AGREEMENT

This Data Processing Agreement is made between Lighthouse Freight Ltd ("Processor") and the customer ("Controller").

1. Processor processes personal data only on documented instructions from the Controller.

2. Processor will notify Controller of any personal data breach within 24 hours after becoming aware of it.
""",
}
EXPECTED = {
    ("master", "order", "InitialTerm", "duration", "P12M", "P24M", "P24M"),
    ("levels", "master", "LatePaymentInterest", "percent", "2", "1", None),
    ("master", "processing", "BreachNotice", "duration", "PT72H", "PT24H", "PT24H"),
}
"""Agreement and other agreement, what they state, and the value that is effective, if an order of precedence says."""


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    folder = tmp_path_factory.mktemp("deal")
    for slug, text in PAPERS.items():
        (folder / f"{slug}.txt").write_text(text, encoding="utf-8")
    manifest = ["file,vendor", *(f"{slug}.txt,Lighthouse Freight" for slug in PAPERS), ""]
    (folder / "list.csv").write_text("\n".join(manifest), encoding="utf-8")
    with Graph.open(folder / "graph", writing=True) as graph:
        summary = graph.build([folder / f"{slug}.txt" for slug in PAPERS], folder / "list.csv", validate=False)
        assert not summary.skipped
        return list(graph.ask("contradictions").rows)


def test_the_papers_contradict_each_other_as_read_by_hand(rows: list[Row]) -> None:
    names = ("otherAgreement", "kind", "field", "value", "other", "effective")
    found = {(row.agreement, *(None if row.cells[n] is None else str(row.cells[n]) for n in names)) for row in rows}
    assert found == EXPECTED


def test_both_quotes_and_the_order_of_precedence_are_shown(rows: list[Row]) -> None:
    (breach,) = (row for row in rows if row.cells["kind"] == "BreachNotice")
    assert [proof.agreement for proof in breach.evidence] == ["master", "processing", "master"]
    assert "72 hours" in breach.evidence[0].quote
    assert "24 hours" in breach.evidence[1].quote
    assert "Data Processing Agreement" in breach.evidence[2].quote
