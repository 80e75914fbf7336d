"""Show answers and query results as tables that fit the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pactgraph.model import Answer, Evidence, Row
from pactgraph.querying.cells import written

QUOTES = ("short", "full", "none")
"""How much of each quote a table shows."""

_SHORT = 200
_NARROWEST = 6
_GAP = 2
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\s]+")


def answer_table(answer: Answer, console: Console, quotes: str = "short") -> None:
    """Print an answer: its rows, under each the words that prove it, and who is silent.

    `quotes` is one of QUOTES; 'full' prints whole quotes, 'none' only where they stand.
    """
    console.print(Text(answer.asks, style="bold"))
    if answer.rows:
        head = ["agreement", *(["vendor"] if any(row.vendor for row in answer.rows) else []), *answer.columns]
        lines = [[shown(_cell(row, name)) for name in head] for row in answer.rows]
        widths = fitted([head, *lines], console.width)
        console.print()
        console.print(_grid([head], widths, style="bold"))
        for row, line in zip(answer.rows, lines, strict=True):
            console.print(_grid([line], widths))
            for proof in row.evidence:
                console.print(Padding(Text(_proof(proof, quotes), style="dim"), (0, 0, 0, 4)))
    console.print()
    said = len({row.agreement for row in answer.rows})
    console.print(Text(f"{_count(len(answer.rows), 'row')} from {_count(said, 'agreement')}."))
    if answer.silent:
        console.print(Text(f"Silent on this: {', '.join(map(shown, answer.silent))}."))


def show_rows(console: Console, head: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Print lines of cells under a heading, folded to the terminal."""
    cells = [[shown(cell) for cell in line] for line in lines]
    widths = fitted([list(head), *cells], console.width)
    console.print(_grid([list(head)], widths, style="bold"))
    if cells:
        console.print(_grid(cells, widths))
    console.print(Text(f"{_count(len(cells), 'row')}."))


def shown(text: str) -> str:
    """Return text as one printable line: what an agreement says cannot steer the terminal.

    >>> shown("Order\\n  means\\x1b[2J all")
    'Order means [2J all'
    """
    return _UNPRINTABLE.sub(" ", text).strip()


def fitted(lines: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return column widths that fit `width` characters in all, taking from the widest first.

    >>> fitted([["a", "bb"], ["cccc", "d" * 90]], 40)
    [4, 32]
    """
    widths = [max(1, *(Text(line[i]).cell_len for line in lines)) for i in range(len(lines[0]))]
    room = width - _GAP * len(widths)
    while sum(widths) > room and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _grid(lines: Iterable[Sequence[str]], widths: Sequence[int], style: str = "") -> Table:
    table = Table(
        box=None, show_header=False, show_edge=False, pad_edge=False, padding=(0, _GAP, 0, 0), row_styles=[style]
    )
    for width in widths:
        table.add_column(width=width, overflow="fold")
    for line in lines:
        table.add_row(*(Text(cell) for cell in line))
    return table


def _cell(row: Row, name: str) -> str:
    if name == "agreement":
        return row.agreement
    return row.vendor if name == "vendor" else written(row.cells.get(name))


def _proof(proof: Evidence, quotes: str) -> str:
    place = f"{proof.start}-{proof.end}"
    if proof.page is not None:
        place = f"page {proof.page}, {place}"
    if proof.clause:
        place = f"clause {shown(proof.clause)}, {place}"
    if quotes == "none":
        return place
    quote = shown(proof.quote)
    if quotes == "short" and len(quote) > _SHORT:
        quote = f"{quote[:_SHORT].rsplit(' ', 1)[0]} …"
    return f"“{quote}” ({place})"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
