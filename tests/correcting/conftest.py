"""An agreement of a vendor that does not exist, what rules found in it, and decisions on that."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from pactgraph.correcting import Correction
from pactgraph.model import Clause, Document, FieldValue, Finding, Outline

TEXT = """Tallow Ridge Hosting Terms

1. Term. Either party may end these terms for convenience by thirty (30) days' notice.
The provider keeps a copy of
all data for ninety days.
1.1 Neither party insures the other. Fees are due on receipt.

2. Fees. Fees are due on receipt. The customer waives a jury.
"""
HASH = hashlib.sha256(TEXT.encode()).hexdigest()
OTHER_HASH = "0" * 64


def sample(text: str = TEXT) -> Document:
    return Document("tallow", "tallow.txt", text, hashlib.sha256(text.encode()).hexdigest(), "text/plain")


def outline() -> Outline:
    first, sub, second = TEXT.index("1. Term"), TEXT.index("1.1 "), TEXT.index("2. Fees")
    return Outline(
        (
            Clause("1", "1.", "numbered", 1, "Term", first, sub, second),
            Clause("1.1", "1.1", "numbered", 2, "", sub, second, second, parent=0),
            Clause("2", "2.", "numbered", 1, "Fees", second, len(TEXT), len(TEXT)),
        ),
        (),
    )


def finding(term: str, words: str, certainty: str = "likely", **fields: FieldValue) -> Finding:
    """A finding whose evidence is `words`; a double underscore in a field's name stands for a dot."""
    start = TEXT.index(words)
    named = {name.replace("__", "."): value for name, value in fields.items()}
    return Finding(term, named, start, start + len(words), f"{term.lower()}/sample", certainty, 0)


NOTICE = "Either party may end these terms for convenience by thirty (30) days' notice."


@pytest.fixture
def found() -> tuple[Finding, ...]:
    """Two findings with the same words as proof, one of which says more."""
    less = finding("TerminationRight", NOTICE, party="Either")
    more = finding(
        "TerminationRight", NOTICE, party="Either", ground="convenience", notice="P30D", notice__anchor="notice"
    )
    return less, more


@pytest.fixture
def decision() -> Callable[..., Correction]:
    """Make a decision on the words `quote`, by default on the notice; other keys as in the file."""

    def made(verdict: str, quote: str = NOTICE, **told: object) -> Correction:
        start = TEXT.find(quote)
        keys: dict[str, object] = {
            "file": "tallow.txt",
            "sha256": HASH,
            "quote": quote,
            "kind": "TerminationRight",
            "verdict": verdict,
            "who": "R. Ode",
            "when": "2031-05-01",
            "start": start if start >= 0 else None,
            "end": start + len(quote) if start >= 0 else None,
            "place": "corrections.yaml:2",
        }
        return Correction(**{**keys, **told})  # type: ignore[arg-type]

    return made
