"""What notebooks show and compute with: tables in HTML, and data frames of pandas, which the extra `pandas` installs.

What agreements say is untrusted: all of it is escaped, and cannot steer a page.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING

from pactgraph.errors import MissingExtraError

if TYPE_CHECKING:
    import pandas

_MOST = 100
"""So many lines a table shows; the rest are counted."""

_LONGEST = 300
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\s]+")


def html_table(
    head: Sequence[str], lines: Iterable[Sequence[object]], title: str = "", notes: Sequence[str] = ()
) -> str:
    """Return a table of HTML with a heading, the first hundred lines, and notes below it.

    >>> html_table(["law"], [["<b>"]])
    '<table><thead><tr><th>law</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table><p>1 row</p>'
    """
    every = list(lines)
    parts = [f"<p><b>{_said(title)}</b></p>"] if title else []
    parts += ["<table><thead>", _line("th", head), "</thead><tbody>"]
    parts += [_line("td", line) for line in every[:_MOST]]
    more = f", the first {_MOST} shown" if len(every) > _MOST else ""
    parts += ["</tbody></table>", f"<p>{len(every)} row{'' if len(every) == 1 else 's'}{more}</p>"]
    parts += [f"<p>{_said(note)}</p>" for note in notes]
    return "".join(parts)


def data_frame(head: Sequence[str], lines: Iterable[Sequence[object]]) -> pandas.DataFrame:
    """Return lines of cells as a data frame; decimals become numbers.

    Raises MissingExtraError where pandas is not installed.
    """
    try:
        library = importlib.import_module("pandas")
    except ImportError as error:
        raise MissingExtraError("data frames need an extra: pip install 'pactgraph[pandas]'") from error
    frame: pandas.DataFrame = library.DataFrame([list(map(_number, line)) for line in lines], columns=list(head))
    return frame


def _number(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _line(tag: str, cells: Iterable[object]) -> str:
    return f"<tr>{''.join(f'<{tag}>{_said(cell)}</{tag}>' for cell in cells)}</tr>"


def _said(value: object) -> str:
    """Return a cell as text of HTML that shows it and nothing else."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "; ".join(map(str, value)) if isinstance(value, tuple) else str(_number(value))
    line = _UNPRINTABLE.sub(" ", text).strip()
    return escape(line if len(line) <= _LONGEST else f"{line[:_LONGEST]} …")
