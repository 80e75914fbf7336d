"""An agreement of a vendor that does not exist, as the stages before assembling would hand it over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from decimal import Decimal

import pytest

from pactgraph.model import Agreement, Clause, Document, Extraction, FieldValue, Finding, Outline

TEXT = """Brindle Cloud Terms

1. Term. These terms run for twelve (12) months. Either party may stop the renewal by notice ten (10)
business days before the end of the then-current term.

2. Fees. The customer pays EUR 9.50 per month within thirty (30) days.
2.1 Brindle Cloud Ltd ("Brindle", "we") indemnifies the customer against claims of third parties.
"""


def finding(term: str, words: str, clause: int | None = None, **fields: FieldValue) -> Finding:
    """A finding whose evidence is `words`; a double underscore in a field's name stands for a dot."""
    start = TEXT.index(words)
    named = {name.replace("__", "."): value for name, value in fields.items()}
    return Finding(term, named, start, start + len(words), f"{term.lower()}/sample", clause=clause)


FINDINGS = (
    finding("InitialTerm", "These terms run for twelve (12) months.", 0, duration="P12M"),
    finding(
        "NonRenewalNotice",
        "Either party may stop the renewal by notice ten (10)\nbusiness days before the end",
        0,
        party="Either",
        duration="P10D",
        dayKind="business",
        duration__anchor="end of the then-current term",
        duration__direction="before",
    ),
    finding("Fee", "The customer pays EUR 9.50 per month", 1, amount=Decimal("9.50"), currency="EUR", per="P1M"),
    finding("PaymentDue", "within thirty (30) days", 1, duration="P30D", dueFrom="invoice"),
    finding(
        "Party",
        'Brindle Cloud Ltd ("Brindle", "we")',
        2,
        role="Provider",
        name="Brindle Cloud Ltd",
        alias=("we", "Brindle"),
    ),
    finding(
        "Indemnity",
        "indemnifies the customer against claims of third parties",
        2,
        indemnitor="Provider",
        indemnitee="Customer",
        ground="thirdPartyClaims",
    ),
)


def extraction(*findings: Finding, slug: str = "brindle", begins: str | None = "2024-05-31") -> Extraction:
    """The sample agreement with `findings`, or with all of them."""
    first, second, sub = TEXT.index("1. Term"), TEXT.index("2. Fees"), TEXT.index("2.1")
    clauses = (
        Clause("1", "1.", "numbered", 1, "Term", first, second, second),
        Clause("2", "2.", "numbered", 1, "Fees", second, sub, len(TEXT)),
        Clause("2/2.1", "2.1", "numbered", 2, "", sub, len(TEXT), len(TEXT), parent=1),
    )
    document = Document(slug, f"{slug}.txt", TEXT, hashlib.sha256(TEXT.encode()).hexdigest(), "text/plain")
    agreement = Agreement(slug, "Brindle Cloud Terms", "termsOfService", "Brindle", begins)
    return Extraction(document, Outline(clauses, ()), agreement, findings or FINDINGS)


@pytest.fixture
def extract() -> Callable[..., Extraction]:
    """Make the sample agreement: `extract(*findings, slug=..., begins=...)`."""
    return extraction


@pytest.fixture
def find() -> Callable[..., Finding]:
    """Make a finding of the sample agreement: `find(term, words, clause, **fields)`."""
    return finding
