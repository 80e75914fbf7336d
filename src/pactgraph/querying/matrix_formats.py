"""Show a matrix of agreements and kinds of term: as a table, CSV, JSON, Markdown, HTML or workbook."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import IO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pactgraph.errors import QueryError, unknown
from pactgraph.model import Evidence
from pactgraph.querying.formats import NO_WORDS
from pactgraph.querying.markup import STYLE, place, plain_markdown
from pactgraph.querying.matrix import Cell, Matrix
from pactgraph.querying.tables import shown, trimmed
from pactgraph.querying.workbook import PROOF, bytes_behind
from pactgraph.spreadsheets import Value, csv_text, write_book

_LEGEND = "(best) and (worst) mark what is so for the customer, among the agreements that state a number to compare."
_NARROWEST_TERM, _NARROWEST_CELL = 14, 20
_MARKS = {"best": "green", "worst": "red"}
_STYLE = STYLE + (
    "td.best { background: #dff3e0 } td.worst { background: #fbe3e1 } td.none { color: #888 }\n"
    "td p { margin: 0 0 .3rem } thead th { position: sticky; top: 0; background: #fff }\n"
    "@media (prefers-color-scheme: dark) { td.best { background: #1e3b22 } td.worst { background: #4a2320 }\n"
    "thead th { background: #1b1b1b } }\n"
)


def matrix_table(matrix: Matrix, console: Console, *, notes: bool = False) -> None:
    """Print a matrix with the kinds down and the agreements across, in blocks of as many as fit the terminal.

    With `notes`, the words that prove each line are numbered and printed below.
    """
    numbers = numbered(matrix) if notes else {}
    fitting = max(1, (console.width - _NARROWEST_TERM) // (_NARROWEST_CELL + 2))
    with trimmed(console):
        for first in range(0, len(matrix.agreements), fitting):
            block = matrix.agreements[first : first + fitting]
            table = Table(box=None, padding=(0, 2, 1, 0), pad_edge=False, expand=False)
            table.add_column("", min_width=_NARROWEST_TERM, overflow="fold", style="bold")
            for slug, _ in block:
                table.add_column(Text(shown(slug)), min_width=_NARROWEST_CELL, overflow="fold")
            for kind in matrix.kinds:
                cells = (matrix.cells[kind.name, slug] for slug, _ in block)
                table.add_row(kind.label, *(_painted(cell, numbers) for cell in cells))
            console.print(table)
        if any(line.mark for cell in matrix.cells.values() for line in cell.lines):
            console.print(Text(_LEGEND, style="dim"))
        for proof, number in numbers.items():
            console.print(Text(f"[{number}] {shown(_words(proof))}"))


def _painted(cell: Cell, numbers: Mapping[Evidence, int]) -> Text:
    """Return a cell as text, a line a term."""
    if not cell.lines:
        marks = f" {_footnotes(cell.evidence, numbers)}" if numbers and cell.evidence else ""
        return Text(f"{cell.status}{marks}", style="dim" if cell.status == "silent" else "italic")
    lines = []
    for line in cell.lines:
        marks = f" {_footnotes(line.evidence, numbers)}" if numbers else ""
        words = shown(f"{line.text} ({line.mark})" if line.mark else line.text)
        lines.append(Text(f"{words}{marks}", style=_MARKS.get(line.mark, "")))
    return Text("\n").join(lines)


def matrix_json(matrix: Matrix) -> str:
    """Return a matrix as JSON: the agreements, and for each kind a cell of each, with its evidence."""
    kinds = [
        {
            "kind": kind.name,
            "label": kind.label,
            "cells": {slug: _object(matrix.cells[kind.name, slug]) for slug, _ in matrix.agreements},
        }
        for kind in matrix.kinds
    ]
    agreements = [{"agreement": slug, "vendor": vendor} for slug, vendor in matrix.agreements]
    return json.dumps({"agreements": agreements, "kinds": kinds}, ensure_ascii=False, indent=2) + "\n"


def _object(cell: Cell) -> dict[str, object]:
    terms = [
        {"text": line.text, "mark": line.mark or None, "evidence": [_proof(proof) for proof in line.evidence]}
        for line in cell.lines
    ]
    found: dict[str, object] = {"status": cell.status, "terms": terms}
    if not cell.lines:
        found |= {"reason": cell.reason or None, "evidence": [_proof(proof) for proof in cell.evidence]}
    return found


def _proof(proof: Evidence) -> dict[str, object]:
    return {name: getattr(proof, name) for name in PROOF} | {"quote": proof.quote or None}


def matrix_csv(matrix: Matrix) -> str:
    """Return a matrix as CSV: a row for each kind, a column for each agreement, in a cell a line for each term."""
    lines = [
        [kind.label, *(_flat(matrix.cells[kind.name, slug]) for slug, _ in matrix.agreements)] for kind in matrix.kinds
    ]
    return csv_text(["term", *(slug for slug, _ in matrix.agreements)], lines)


def _flat(cell: Cell, numbers: Mapping[Evidence, int] | None = None) -> str:
    if not cell.lines:
        return f"{cell.status} {_footnotes(cell.evidence, numbers or {})}".strip()
    marked = (f"{line.text} ({line.mark})" if line.mark else line.text for line in cell.lines)
    return "\n".join(
        f"{text} {_footnotes(line.evidence, numbers or {})}".strip()
        for text, line in zip(marked, cell.lines, strict=True)
    )


def matrix_markdown(matrix: Matrix) -> str:
    """Return a matrix as Markdown: a table, then the numbered words that prove it."""
    numbers = numbered(matrix)
    head = ["term", *(slug for slug, _ in matrix.agreements)]
    lines = [f"| {' | '.join(map(plain_markdown, head))} |", f"|{' --- |' * len(head)}"]
    for kind in matrix.kinds:
        cells = (_flat(matrix.cells[kind.name, slug], numbers).split("\n") for slug, _ in matrix.agreements)
        joined = ("<br>".join(map(plain_markdown, cell)) for cell in cells)
        lines.append(f"| {plain_markdown(kind.label)} | {' | '.join(joined)} |")
    lines += ["", *(f"{number}. {plain_markdown(_words(proof))}" for proof, number in numbers.items())]
    return "\n".join(lines).rstrip() + "\n"


def matrix_html(matrix: Matrix) -> str:
    """Return a matrix as one HTML page without scripts: a table whose cells lead to the words that prove them."""
    return "\n".join(_page(matrix)) + "\n"


def _page(matrix: Matrix) -> Iterator[str]:
    numbers = numbered(matrix)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Agreements compared</title>'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<style>{_STYLE}</style>\n</head>\n<body>'
    yield f"<h1>Agreements compared</h1>\n<p>{_LEGEND}</p>\n<table>\n<thead><tr><th>term</th>"
    yield "".join(
        f"<th>{escape(shown(vendor or slug))}<br><small>{escape(shown(slug))}</small></th>"
        for slug, vendor in matrix.agreements
    )
    yield "</tr></thead>"
    for kind in matrix.kinds:
        cells = "".join(_html(matrix.cells[kind.name, slug], numbers) for slug, _ in matrix.agreements)
        yield f'<tr><th title="{escape(kind.definition)}">{escape(kind.label)}</th>{cells}</tr>'
    yield "</table>\n<ol>"
    for proof, number in numbers.items():
        quote = f"<q>{escape(shown(proof.quote))}</q>" if proof.quote else f"<em>{NO_WORDS}</em>"
        yield f'<li id="e{number}">{escape(shown(place(proof)))}: {quote}</li>'
    yield "</ol>\n</body>\n</html>"


def _html(cell: Cell, numbers: Mapping[Evidence, int]) -> str:
    if not cell.lines:
        title = f' title="{escape(shown(cell.reason))}"' if cell.reason else ""
        return f'<td class="none"{title}>{cell.status} {_links(cell.evidence, numbers)}</td>'
    marks = {line.mark for line in cell.lines} - {""}
    several = "".join(
        f"<p>{escape(shown(line.text))}{f' <strong>({line.mark})</strong>' if line.mark else ''} "
        f"{_links(line.evidence, numbers)}</p>"
        for line in cell.lines
    )
    return f'<td class="{marks.pop() if len(marks) == 1 else "stated"}">{several}</td>'


def _links(proofs: tuple[Evidence, ...], numbers: Mapping[Evidence, int]) -> str:
    return " ".join(f'<a href="#e{numbers[proof]}">[{numbers[proof]}]</a>' for proof in proofs)


def matrix_workbook(matrix: Matrix, out: IO[bytes]) -> None:
    """Write a matrix as a workbook of two sheets: the cells, and the numbered words that prove them.

    Raises MissingExtraError where openpyxl is not installed.
    """
    numbers = numbered(matrix)
    rows: list[list[Value]] = [["term", *(slug for slug, _ in matrix.agreements)]]
    for kind in matrix.kinds:
        rows.append([kind.label, *(_flat(matrix.cells[kind.name, slug], numbers) for slug, _ in matrix.agreements)])
    rows += [[], [_LEGEND]]
    proofs: list[list[Value]] = [["number", *PROOF]]
    proofs += [[number, *(getattr(proof, name) for name in PROOF)] for proof, number in numbers.items()]
    write_book([("terms", rows), ("evidence", proofs)], out)


def numbered(matrix: Matrix) -> dict[Evidence, int]:
    """Return the evidence of a matrix with the numbers of its footnotes, from 1, kind by kind."""
    cells = (matrix.cells[kind.name, slug] for kind in matrix.kinds for slug, _ in matrix.agreements)
    return {proof: number for number, proof in enumerate(dict.fromkeys(p for cell in cells for p in cell.proofs), 1)}


def _footnotes(proofs: tuple[Evidence, ...], numbers: Mapping[Evidence, int]) -> str:
    return " ".join(f"[{numbers[proof]}]" for proof in proofs if proof in numbers)


def _words(proof: Evidence) -> str:
    return f"{place(proof)}: {f'“{proof.quote}”' if proof.quote else NO_WORDS}"


def _text(write: Callable[[Matrix], str]) -> Callable[[Matrix, Console, bool], object]:
    return lambda matrix, console, _: console.file.write(write(matrix))


MATRIX_FORMATS: Mapping[str, Callable[[Matrix, Console, bool], object]] = {
    "table": lambda matrix, console, notes: matrix_table(matrix, console, notes=notes),
    "json": _text(matrix_json),
    "csv": _text(matrix_csv),
    "markdown": _text(matrix_markdown),
    "html": _text(matrix_html),
    "xlsx": lambda matrix, console, _: matrix_workbook(matrix, bytes_behind(console, "--out matrix.xlsx")),
}
"""The writers of matrices, by name."""


def show_matrix(matrix: Matrix, form: str, console: Console, *, notes: bool = False) -> None:
    """Print a matrix in the format `form`, one of MATRIX_FORMATS; `notes` prints the evidence below a table.

    Raises QueryError, listing the formats, where there is no such one.
    """
    if form not in MATRIX_FORMATS:
        raise QueryError(unknown("format of a matrix", form, MATRIX_FORMATS))
    MATRIX_FORMATS[form](matrix, console, notes)
