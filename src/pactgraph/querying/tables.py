"""Show answers and query results as tables that fit the terminal."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pactgraph.model import Answer, Evidence
from pactgraph.querying.cells import said
from pactgraph.querying.formats import NO_WORDS, numbered, without_rows
from pactgraph.wording import spaced

QUOTES = ("short", "full", "none", "footnotes")
"""How a table shows quotes: cut, whole, not at all, or whole and numbered at its end."""

_SHORT = 200
_NARROWEST = 6
_LONG = 20
_GAP = 2
_CELLS = "  "
"""What stands before cells; what proves a row is indented twice as far."""

_WORDS = re.compile(r"\w+")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\s]+")


def answer_table(answer: Answer, console: Console, quotes: str = "short") -> None:
    """Print an answer by agreement: its rows, the words that prove them, and who has none.

    `quotes` is one of QUOTES; 'full' prints whole quotes, 'none' only where they stand, 'footnotes' numbers
    them and prints them at the end. Where headings or words would break, each row is a record.
    """
    lines = [[shown(said(row.cells.get(name))) for name in answer.columns] for row in answer.rows]
    head = [spaced(name) for name in answer.columns]
    notes = numbered(answer.rows) if quotes == "footnotes" else {}
    if notes:
        head.append("evidence")
        for row, line in zip(answer.rows, lines, strict=True):
            line.append(" ".join(f"[{notes[proof]}]" for proof in row.evidence))
    widths = fitted(head, lines, console.width - len(_CELLS))
    folded = any(map(operator.lt, widths, _floors(head, lines)))
    with trimmed(console):
        console.print(Text(f"{answer.asks}\n", style="bold"))
        if lines and not folded:
            _print_line(console, head, widths, "bold")
        agreement = ""
        for row, line in zip(answer.rows, lines, strict=True):
            if row.agreement != agreement:
                agreement = row.agreement
                vendor = f" ({shown(row.vendor)})" if row.vendor else ""
                console.print(Text(f"\n{shown(agreement)}{vendor}", style="bold"))
            if folded:
                _print_record(console, head, line)
            else:
                _print_line(console, line, widths)
            for proof in row.evidence if not notes else ():
                console.print(Padding(Text(_proof(proof, quotes), style="dim"), (0, 0, 0, len(_CELLS) * 2)))
        _print_end(console, answer, notes)


def _print_end(console: Console, answer: Answer, notes: Mapping[Evidence, int]) -> None:
    """Print the footnotes, how many rows there are, and the agreements that have none."""
    if notes:
        console.print()
    for proof, number in notes.items():
        console.print(Text(f"[{number}] {shown(proof.agreement)}: {_proof(proof, 'full')}"))
    said = len({row.agreement for row in answer.rows})
    console.print(Text(f"\n{_count(len(answer.rows), 'row')} from {_count(said, 'agreement')}."))
    for sentence in without_rows(answer):
        console.print(Text(shown(sentence)))


def _print_record(console: Console, columns: Sequence[str], cells: Sequence[str]) -> None:
    """Print the cells of a row that are not empty, one a line."""
    for name, value in zip(columns, cells, strict=True):
        if value:
            console.print(Padding(Text.assemble((f"{name}: ", "bold"), value), (0, 0, 0, len(_CELLS))))


def show_rows(console: Console, head: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Print lines of cells under a heading, folded to the terminal."""
    cells = [[shown(cell) for cell in line] for line in lines]
    widths = fitted(head, cells, console.width - len(_CELLS))
    with trimmed(console):
        if head:
            _print_line(console, head, widths, "bold")
        for line in cells:
            _print_line(console, line, widths)
        console.print(Text(f"\n{_count(len(cells), 'row')}."))


def shown(text: str) -> str:
    """Return text as one printable line: what an agreement says cannot steer the terminal.

    >>> shown("Order\\n  means\\x1b[2J all")
    'Order means [2J all'
    """
    return _UNPRINTABLE.sub(" ", text).strip()


def fitted(head: Sequence[str], lines: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return column widths that fit `width` characters in all, taking from the widest first.

    Headings and words stay whole as long as other cells can give way.

    >>> fitted(["agreement", "b"], [["cccc", "d" * 90]], 40)
    [9, 29]
    """
    floors = _floors(head, lines)
    widths = [max(map(cell_len, column)) for column in zip(head, *lines, strict=True)]
    room = width - _GAP * (len(widths) - 1)
    for least in (floors, [_NARROWEST] * len(widths)):
        while sum(widths) > room and any(map(operator.gt, widths, least)):
            spare = [width if width > floor else 0 for width, floor in zip(widths, least, strict=True)]
            widths[spare.index(max(spare))] -= 1
    return widths


def _floors(head: Sequence[str], lines: Sequence[Sequence[str]]) -> list[int]:
    """Return the widths below which columns break headings, or words that are not too long."""
    columns = list(zip(head, *lines, strict=True))
    words = [max((cell_len(word) for cell in column for word in cell.split()), default=0) for column in columns]
    return [max(cell_len(name), min(_LONG, word)) for name, word in zip(head, words, strict=True)]


def _print_line(console: Console, cells: Sequence[str], widths: Sequence[int], style: str = "") -> None:
    table = Table(box=None, show_header=False, show_edge=False, pad_edge=False, padding=(0, _GAP, 0, 0))
    for width in widths:
        table.add_column(width=width, overflow="fold")
    table.add_row(*(Text(cell, style=style) for cell in cells))
    console.print(Padding(table, (0, 0, 0, len(_CELLS))))


@contextmanager
def trimmed(console: Console) -> Iterator[None]:
    """Take the blanks off line ends, which rich fills up to the width, where no terminal shows them."""
    with console.capture() as captured:
        yield
    text = captured.get()
    console.file.write(text if console.is_terminal else re.sub(r" +$", "", text, flags=re.MULTILINE))


def _proof(proof: Evidence, quotes: str) -> str:
    place = f"{proof.start}-{proof.end}"
    if proof.page is not None:
        place = f"page {proof.page}, {place}"
    if proof.clause:
        place = f"clause {shown(proof.clause)}, {place}"
    if quotes == "none":
        return place
    if not proof.quote:
        return f"{NO_WORDS} ({place})"
    quote, reading = _cut(proof.quote, quotes), _cut(proof.reading, quotes)
    # Lines joined and marks left out are nothing to show twice; words taken apart or joined are.
    other = reading and _WORDS.findall(reading) != _WORDS.findall(quote)
    return f"“{quote}” ({place})" + (f" read as “{reading}”" if other else "")


def _cut(words: str, quotes: str) -> str:
    line = shown(words)
    return f"{line[:_SHORT].rsplit(' ', 1)[0]} …" if quotes == "short" and len(line) > _SHORT else line


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
