"""Tables typed with blanks: lines one after another whose cells begin in the same columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pactgraph.segmenting.lines import Line
from pactgraph.segmenting.markers import marker

# It begins with plain characters, which is what makes looking for it fast.
_GAP = re.compile(r"   +(?=\S)")
_DIGIT = re.compile(r"\d")
_SIGNED = re.compile(r"\b(?:By|Name|Title|Date|Signature|Signed) ?:", re.IGNORECASE)
_FEWEST = 3
"""So many lines make a table: a heading and two rows, or three rows."""


def typed_rows(found: Sequence[Line], *, aligned: bool = True) -> frozenset[int]:
    """Return the indexes of the lines in `found` that are rows of a typed table.

    Most rows of a table state a number; signatures side by side do not. Cells need not begin in the same
    columns where the text is not `aligned`.
    """
    return frozenset(
        index
        for run in _runs(found, aligned=aligned)
        if _is_table([found[index].text for index in run])
        for index in run
    )


def _is_table(rows: Sequence[str]) -> bool:
    return len(rows) >= _FEWEST and 2 * sum(bool(_DIGIT.search(row)) for row in rows) > len(rows)


def _runs(found: Sequence[Line], *, aligned: bool) -> Iterator[list[int]]:
    run: list[int] = []
    columns: tuple[int, ...] = ()
    for index, line in enumerate(found):
        cells = _columns(line)
        cells = cells if aligned else (0,) * len(cells)
        if run and (cells != columns or line.gap > 1):
            yield run
            run = []
        if cells:
            run.append(index)
        columns = cells
    yield run


def _columns(line: Line) -> tuple[int, ...]:
    """Return where the cells of a line after its first begin; none where it is no row."""
    text = line.text
    if "   " not in text or line.depth or "___" in text or "...." in text or marker(text):
        return ()
    if ":" in text and _SIGNED.search(text):
        return ()
    return tuple(line.indent + gap.end() for gap in _GAP.finditer(text))
