"""Write an answer as an Excel workbook, which takes the extra `xlsx`."""

from __future__ import annotations

from typing import IO

from rich.console import Console

from pactgraph.errors import QueryError
from pactgraph.model import Answer, FieldValue
from pactgraph.querying.cells import written
from pactgraph.querying.formats import numbered, without_rows
from pactgraph.spreadsheets import Value, write_book

PROOF = ("agreement", "clause", "page", "quote", "start", "end")
"""The columns of a sheet of evidence, behind the number of the footnote."""


def write_workbook(answer: Answer, out: IO[bytes]) -> None:
    """Write an answer as a workbook of two sheets: its rows, and the numbered words that prove them.

    Raises MissingExtraError where openpyxl is not installed.
    """
    notes = numbered(answer.rows)
    rows: list[list[Value]] = [["agreement", "vendor", *answer.columns, "evidence"]]
    for row in answer.rows:
        marks = " ".join(f"[{notes[proof]}]" for proof in row.evidence)
        rows.append([row.agreement, row.vendor, *(_held(row.cells.get(name)) for name in answer.columns), marks])
    rows.append([])
    rows += [[sentence] for sentence in without_rows(answer)]
    proofs: list[list[Value]] = [["number", *PROOF]]
    proofs += [[line, *(getattr(proof, name) for name in PROOF)] for proof, line in notes.items()]
    write_book([(answer.question, rows), ("evidence", proofs)], out)


def bytes_behind(console: Console, hint: str) -> IO[bytes]:
    """Return the file that a console prints to, for bytes; `hint` is what a user would type to have one.

    Raises QueryError where it prints to a terminal.
    """
    stream: IO[bytes] | None = getattr(console.file, "buffer", None)
    if stream is None or console.is_terminal:
        raise QueryError(f"a workbook is no text; send it to a file: {hint}")
    console.file.flush()
    return stream


def _held(value: FieldValue | None) -> Value:
    return written(value) if isinstance(value, tuple) else value
