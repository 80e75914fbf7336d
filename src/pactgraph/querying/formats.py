"""Write answers as JSON, JSON Lines or CSV; the tables are in tables.py."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from pactgraph import spreadsheets
from pactgraph.model import Answer, Evidence, FieldValue, Row
from pactgraph.querying.cells import plain, written

_PROOF = ("quote", "start", "end", "clause", "page")

NO_WORDS = "words not attached"
"""Stands for a quote where a graph was shared without words, and the sources are not attached."""


def answer_json(answer: Answer) -> str:
    """Return an answer as a JSON object: question, rows with their evidence, agreements without a row by why."""
    rows = [_object(answer, row) for row in answer.rows]
    without = {"silent": answer.silent, "excluded": answer.excluded, "unknown": answer.unknown}
    whole = {"question": answer.question, "rows": rows, **{name: list(slugs) for name, slugs in without.items()}}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def answer_lines(answer: Answer) -> str:
    """Return the rows of an answer as JSON Lines: each row as in `answer_json`, with the question's name before it.

    Agreements without a row do not appear; `without_rows` tells them.
    """
    rows = ({"question": answer.question, **_object(answer, row)} for row in answer.rows)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _object(answer: Answer, row: Row) -> dict[str, object]:
    """Return a row as JSON values."""
    cells = {name: plain(row.cells.get(name)) for name in answer.columns}
    proofs = [_proof(proof) for proof in row.evidence]
    return {"agreement": row.agreement, "vendor": row.vendor, **cells, "evidence": proofs}


def _proof(proof: Evidence) -> dict[str, object]:
    """Return evidence as JSON values; 'reading' only where it differs from the quote, null for words not attached."""
    found = asdict(proof) | {"quote": proof.quote or None}
    return found if proof.reading else {name: value for name, value in found.items() if name != "reading"}


def answer_csv(answer: Answer) -> str:
    """Return the rows of an answer as CSV, one line a row.

    A row with several proofs has columns quote, start, ... and quote2, start2, ... for them. Agreements without a row
    do not appear; `without_rows` tells them, and why.
    """
    most = max((len(row.evidence) for row in answer.rows), default=1)
    proofs = [f"{name}{number if number > 1 else ''}" for number in range(1, most + 1) for name in _PROOF]
    lines = [
        [row.agreement, row.vendor, *(row.cells.get(name) for name in answer.columns), *_proofs(row.evidence, most)]
        for row in answer.rows
    ]
    return csv_text(["agreement", "vendor", *answer.columns, *proofs], lines)


def numbered(rows: Iterable[Row]) -> dict[Evidence, int]:
    """Return the evidence of `rows` with the numbers of its footnotes, from 1, in the order of the rows."""
    return {proof: number for number, proof in enumerate(dict.fromkeys(p for row in rows for p in row.evidence), 1)}


def without_rows(answer: Answer) -> list[str]:
    """Return a sentence for each sort of agreements that have no row, so that silence is not taken for a 'no'.

    >>> without_rows(Answer("escrow", "", (), silent=("acme",), unknown=("brindle", "corvid")))
    ['Silent on this: acme.', 'Unknown, as the matter is left to what is not here or was not read: brindle, corvid.']
    """
    told = (
        ("Silent on this", answer.silent),
        ("Expressly excluded", answer.excluded),
        ("Unknown, as the matter is left to what is not here or was not read", answer.unknown),
    )
    return [f"{what}: {', '.join(slugs)}." for what, slugs in told if slugs]


def _proofs(evidence: Iterable[Evidence], most: int) -> list[FieldValue | int | None]:
    cells = [getattr(proof, name) for proof in evidence for name in _PROOF]
    return cells + [None] * (most * len(_PROOF) - len(cells))


def csv_text(head: Iterable[str], lines: Iterable[Iterable[FieldValue | int | None]]) -> str:
    r"""Return lines of cells as CSV with a heading, safe to open in a spreadsheet.

    >>> csv_text(["a", "b"], [["=1+1", None], [True, ("x", "y")]])
    "a,b\r\n'=1+1,\r\ntrue,x; y\r\n"
    """
    return spreadsheets.csv_text(head, ([_held(value) for value in line] for line in lines))


def csv_cell(value: FieldValue | int | None) -> str:
    """Return a value as a CSV cell; text that a spreadsheet would take for a formula gets an apostrophe.

    >>> csv_cell("@cmd"), csv_cell(False), csv_cell(12)
    ("'@cmd", 'false', '12')
    """
    return spreadsheets.csv_cell(_held(value))


def _held(value: FieldValue | int | None) -> spreadsheets.Value:
    return written(value) if isinstance(value, tuple) else value
