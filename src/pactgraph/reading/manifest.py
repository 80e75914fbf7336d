"""Read a manifest: a CSV file in which the user says what is known of each agreement.

Its first line names the columns: `file`, and any of `vendor`, `kind` and `begins` (the day the
agreement began). An empty cell says nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from pactgraph.errors import SourceError, unknown
from pactgraph.reading.sources import Source
from pactgraph.vocabulary import schema

COLUMNS = ("file", "vendor", "kind", "begins")
_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The rows of a manifest by file name, and the line of each: a row maps a column to its cell."""

    path: Path
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def row(self, source: Source) -> Mapping[str, str] | None:
        """Return the row about `source`: the one that names its relative path, else its file name."""
        return self.rows.get(source.name) or self.rows.get(PurePosixPath(source.name).name)

    def unused(self, sources: Sequence[Source]) -> tuple[tuple[str, str], ...]:
        """Return (place, reason) for each row that names none of `sources`."""
        names = {name for source in sources for name in (source.name, PurePosixPath(source.name).name)}
        return tuple(
            (f"{self.path}:{self.lines[name]}", f"names '{name}', which is not among the files read")
            for name in self.rows
            if name not in names
        )


def read_manifest(path: Path) -> Manifest:
    """Read a manifest.

    Raises SourceError that names the file, the line and what to write where it cannot be read, a column
    or a kind is unknown, a date is none, or a file is named twice.
    """
    rows: dict[str, Mapping[str, str]] = {}
    lines: dict[str, int] = {}
    for line, cells in _rows(path):
        row = {name: cell for name, cell in cells.items() if cell}
        name = row.get("file", "").removeprefix("./")
        if not name:
            raise SourceError(f"{path}:{line}: the cell under 'file' is empty; name the agreement's file.")
        if name in rows:
            raise SourceError(f"{path}:{line}: '{name}' is named twice, first in line {lines[name]}; keep one row.")
        _check(f"{path}:{line}", row)
        rows[name], lines[name] = row, line
    return Manifest(path, rows, lines)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SourceError(f"{path}: the manifest cannot be opened ({(error.strerror or 'error').lower()}).") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: the manifest is not UTF-8; save it as CSV UTF-8.") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = _head(path, next(reader, []))
        for cells in reader:
            if len(cells) > len(head):
                raise SourceError(
                    f"{path}:{reader.line_num}: {len(cells)} cells under {len(head)} columns; "
                    "quote cells that hold a comma."
                )
            if any(cell.strip() for cell in cells):
                yield reader.line_num, dict(zip(head, map(str.strip, cells), strict=False))
    except csv.Error as error:
        raise SourceError(f"{path}:{reader.line_num}: not CSV: {error}.") from error


def _head(path: Path, cells: Sequence[str]) -> list[str]:
    head = [cell.strip().lower() for cell in cells]
    for name in head:
        if name not in COLUMNS:
            raise SourceError(f"{path}:1: {unknown('column', name, COLUMNS)}")
    if "file" not in head or len(set(head)) < len(head):
        raise SourceError(f"{path}:1: the first line must name the column 'file', and no column twice.")
    return head


def _check(place: str, row: Mapping[str, str]) -> None:
    kinds = schema().values("AgreementKind")
    if "kind" in row and row["kind"] not in kinds:
        raise SourceError(f"{place}: {unknown('kind of agreement', row['kind'], kinds)}")
    if "begins" in row and not _is_date(row["begins"]):
        raise SourceError(f"{place}: '{row['begins']}' is no date; write it as 2024-05-31, or 2024-05 without a day.")


def _is_date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    try:
        return bool(found and date.fromisoformat(text if found[1] else f"{text}-01"))
    except ValueError:
        return False
