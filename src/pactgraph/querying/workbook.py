"""Write an answer as an Excel workbook, by openpyxl, which the extra `xlsx` installs."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import IO, Any

from pactgraph.errors import MissingExtraError
from pactgraph.model import Answer, FieldValue
from pactgraph.querying.cells import number, written
from pactgraph.querying.formats import RISKY, numbered, without_rows

_LONGEST = 32_767
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PROOF = ("agreement", "clause", "page", "quote", "start", "end")


def write_workbook(answer: Answer, out: IO[bytes]) -> None:
    """Write an answer as a workbook of two sheets: its rows, and the numbered words that prove them.

    What agreements say is text, never a formula: such cells get an apostrophe before them, and are marked as
    text. Characters that a workbook cannot hold become U+FFFD; a cell holds 32,767 characters.

    Raises MissingExtraError where openpyxl is not installed.
    """
    try:
        openpyxl = importlib.import_module("openpyxl")
    except ImportError as error:
        raise MissingExtraError("writing workbooks needs an extra: pip install 'pactgraph[xlsx]'") from error
    book = openpyxl.Workbook()
    rows = book.worksheets[0]
    rows.title = _ILLEGAL.sub("", answer.question)[:31]
    notes = numbered(answer.rows)
    _put(rows, 1, ["agreement", "vendor", *answer.columns, "evidence"])
    for line, row in enumerate(answer.rows, 2):
        marks = " ".join(f"[{notes[proof]}]" for proof in row.evidence)
        _put(rows, line, [row.agreement, row.vendor, *(row.cells.get(name) for name in answer.columns), marks])
    for line, sentence in enumerate(without_rows(answer), len(answer.rows) + 3):
        _put(rows, line, [sentence])
    proofs = book.create_sheet("evidence")
    _put(proofs, 1, ["number", *_PROOF])
    for proof, line in notes.items():
        _put(proofs, line + 1, [line, *(getattr(proof, name) for name in _PROOF)])
    for sheet in (rows, proofs):
        sheet.freeze_panes = "A2"
    book.save(out)


def _put(sheet: Any, line: int, values: Iterable[FieldValue | int | None]) -> None:
    for column, value in enumerate(values, 1):
        if value is None or value == "":
            continue
        cell = sheet.cell(line, column)
        if isinstance(value, bool | int | Decimal):
            cell.value = number(value) if isinstance(value, Decimal) else value
        else:
            cell.value = _safe(written(value))
            cell.data_type = "s"


def _safe(text: str) -> str:
    """Return text that no spreadsheet takes for a formula, nor chokes on.

    >>> _safe("=1+1"), _safe("a" + chr(7))
    ("'=1+1", 'a\ufffd')
    """
    held = _ILLEGAL.sub("\ufffd", text)[: _LONGEST - 1]
    return f"'{held}" if held.startswith(RISKY) else held
