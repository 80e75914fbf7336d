"""The graph of an agreement of a vendor that does not exist, with words that exporters choke on."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pyoxigraph import Quad

from pactgraph.assembling import assemble
from pactgraph.model import Agreement, Clause, Document, Extraction, FieldValue, Finding, Outline

TEXT = (
    "1. Fees\r\n"
    "The customer pays EUR 9.50 per month for the plan “Corner \x0c & <Cellar>” — each year \U0001f600.\r\n"
    "2. Liability\r\nNeither party is liable for more than the fees of twelve months.\r\n"
    "Harrow Ltd (“Harrow”, “we”) and the Customer agree. This lasts seventy-two hours or two weeks.\r\n"
)


def _find(term: str, words: str, clause: int, **fields: FieldValue) -> Finding:
    start = TEXT.index(words)
    return Finding(term, fields, start, start + len(words), "sample/rule", clause=clause)


@pytest.fixture(scope="session")
def quads() -> tuple[Quad, ...]:
    second = TEXT.index("2. Liability")
    clauses = (
        Clause("1", "1.", "numbered", 1, "Fees", 0, second, second),
        Clause("2", "2.", "numbered", 1, "Liability", second, len(TEXT), len(TEXT)),
    )
    pays = TEXT[TEXT.index("The customer pays") : TEXT.index("\r\n2.")]
    plan = "Corner \x0c & <Cellar>"
    findings = (
        _find("Fee", pays, 0, amount=Decimal("9.50"), currency="EUR", per="P1M", plan=plan),
        _find("LiabilityCap", "Neither party is liable", 1, party="Both", basis="feesPaid", lookback="P12M"),
        _find("Party", "Harrow Ltd", 1, role="Provider", name="Harrow Ltd", alias=("we", "Harrow")),
        _find("Party", "the Customer", 1, role="Customer", name="Customer"),
        _find("TrialPeriod", "seventy-two hours", 1, duration="PT72H"),
        _find("InitialTerm", "two weeks", 1, duration="P2W"),
        _find("RenewalTerm", "This lasts", 1, automatic=False),
        _find("VersionDate", "each year", 0, date="2024-05"),
    )
    document = Document("harrow", "harrow.txt", TEXT, "c" * 64, "text/plain")
    agreement = Agreement("harrow", "Harrow Terms", "subscription", "Harrow", "2024-05-31")
    return assemble(Extraction(document, Outline(clauses, ()), agreement, findings), "1.0")
