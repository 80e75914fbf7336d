"""Tables for spreadsheets, as CSV and as Excel workbooks, in which what agreements say is text and never a formula."""

from __future__ import annotations

import csv
import importlib
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import IO, Any

from pactgraph.errors import MissingExtraError

Value = str | bool | int | float | Decimal | None
"""What a cell holds; None is an empty one."""

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet takes for a formula."""

_LONGEST = 32_767
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def csv_text(head: Iterable[str], lines: Iterable[Iterable[Value]]) -> str:
    r"""Return lines of cells as CSV with a heading, safe to open in a spreadsheet.

    >>> csv_text(["a", "b"], [["=1+1", None], [True, 1.5]])
    "a,b\r\n'=1+1,\r\ntrue,1.5\r\n"
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([csv_cell(value) for value in line] for line in lines)
    return out.getvalue()


def csv_cell(value: Value) -> str:
    """Return a value as a CSV cell; text that a spreadsheet would take for a formula gets an apostrophe.

    >>> csv_cell("@cmd"), csv_cell(False), csv_cell(Decimal("18.0")), csv_cell(-2)
    ("'@cmd", 'false', '18', '-2')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}" if value.startswith(RISKY) else value
    return str(_plain(value))


def write_book(sheets: Sequence[tuple[str, Sequence[Sequence[Value]]]], out: IO[bytes]) -> None:
    """Write a workbook of named sheets, whose first lines are headings that stay in sight.

    Texts that begin like formulas get an apostrophe before them, and are marked as text. Characters that a workbook
    cannot hold become U+FFFD; a cell holds 32,767 characters.

    Raises MissingExtraError where openpyxl is not installed.
    """
    try:
        openpyxl = importlib.import_module("openpyxl")
    except ImportError as error:
        raise MissingExtraError("writing workbooks needs an extra: pip install 'pactgraph[xlsx]'") from error
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in sheets:
        sheet = book.create_sheet(_ILLEGAL.sub("", name)[:31])
        for number, line in enumerate(lines, 1):
            _put(sheet, number, line)
        sheet.freeze_panes = "A2"
    book.save(out)


def _put(sheet: Any, line: int, values: Iterable[Value]) -> None:
    for column, value in enumerate(values, 1):
        if value is None or value == "":
            continue
        cell = sheet.cell(line, column)
        if isinstance(value, str):
            cell.value = _safe(value)
            cell.data_type = "s"
        else:
            cell.value = value if isinstance(value, bool) else _plain(value)


def _safe(text: str) -> str:
    """Return text that no spreadsheet takes for a formula, nor chokes on.

    >>> _safe("=1+1"), _safe("a" + chr(7))
    ("'=1+1", 'a\ufffd')
    """
    held = _ILLEGAL.sub("\ufffd", text)[: _LONGEST - 1]
    return f"'{held}" if held.startswith(RISKY) else held


def _plain(value: float | Decimal) -> int | float:
    """Return a number without the digits that say nothing."""
    return int(value) if value == int(value) else float(value)
