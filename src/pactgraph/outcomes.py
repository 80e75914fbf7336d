"""The frozen types that leave the pipeline: evidence, answers, verdicts, reports; notebooks show them as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from pactgraph.notebooks import data_frame, html_table

if TYPE_CHECKING:
    import pandas

FieldValue = str | bool | Decimal | tuple[str, ...]
"""A normalised field value; durations, dates, laws and enumerated values are their string forms."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that prove a row or a finding, and where they stand.

    `quote` is exactly `text[start:end]` of the source; '' where the graph was shared without its words, and no
    source is attached. `reading` is the same for people: lost spaces back, lines and hyphenated words joined, marks
    and page furniture left out; '' where it is the quote.
    """

    agreement: str
    quote: str
    start: int
    end: int
    clause: str = ""
    page: int | None = None
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result: what is wrong or missing, where, and how bad it is.

    `severity` is violation, warning or info; `shape` names the shape; `focus` is the IRI judged.
    `component` is the local name of the SHACL constraint component that was not met.
    """

    agreement: str
    severity: str
    shape: str
    message: str
    focus: str
    path: str = ""
    value: str = ""
    evidence: tuple[Evidence, ...] = ()
    component: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of validating one or more agreements."""

    results: tuple[Result, ...] = ()
    agreements: tuple[str, ...] = ()
    engine: str = "pyshacl"

    def worst(self) -> str:
        """Return the worst severity: violation, warning, info, or none."""
        found = {result.severity for result in self.results}
        return next((s for s in ("violation", "warning", "info") if s in found), "none")

    def _repr_html_(self) -> str:
        lines = ([one.agreement, one.severity, one.message, _quotes(one.evidence)] for one in self.results)
        title = f"{len(self.agreements)} agreements validated: {self.worst() if self.results else 'nothing found'}"
        return html_table(["agreement", "severity", "message", "evidence"], lines, title)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one point of a playbook comes out in one agreement.

    `verdict` is ideal, acceptable or walk-away where the agreement states the point; unclear where what it states
    cannot be compared; silent, excluded or unknown where it does not, as `State` has them. `state` is that state even
    where the playbook makes a verdict of it. `title` says what the point is about, `found` what the agreement states,
    `wanted` what would pass, `change` the smallest change that would, '' where none is needed.
    """

    agreement: str
    playbook: str
    point: str
    title: str
    verdict: str
    state: str
    found: str = ""
    wanted: str = ""
    reason: str = ""
    change: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an answer: the agreement it is about, its cells by column, and its evidence."""

    agreement: str
    vendor: str
    cells: Mapping[str, FieldValue | None]
    evidence: tuple[Evidence, ...]

    def __getitem__(self, column: str) -> FieldValue | None:
        """Return the cell of a column; None where the agreement does not say. Raises KeyError for another name."""
        return self.cells[column]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a named question: rows in a fixed order, and the agreements without a row.

    Of these, `excluded` say expressly that there is no such term; `unknown` leave it to what is not at hand, or could
    not be read whole; `silent` say nothing on it. No agreement is in two of the three, and silence is no 'no'.
    """

    question: str
    asks: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    silent: tuple[str, ...] = field(default=())
    excluded: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a data frame: agreement, vendor, the columns, and the first words that prove each row.

        Numbers are numbers, what is not said is None; `evidence` holds all of a row's evidence.

        Raises MissingExtraError where pandas is not installed.
        """
        heads = ("agreement", "vendor", *self.columns, *_PLACE, "evidence")
        return data_frame(heads, (_line(row, self.columns) for row in self.rows))

    def _repr_html_(self) -> str:
        lines = (
            [row.agreement, row.vendor, *map(row.cells.get, self.columns), _quotes(row.evidence)] for row in self.rows
        )
        without = {"silent": self.silent, "excluded": self.excluded, "unknown": self.unknown}
        notes = [f"{why}: {', '.join(slugs)}" for why, slugs in without.items() if slugs]
        return html_table(["agreement", "vendor", *self.columns, "evidence"], lines, self.asks, notes)


_PLACE = ("quote", "start", "end", "clause", "page")


def _line(row: Row, columns: tuple[str, ...]) -> list[object]:
    first = [getattr(row.evidence[0], name) for name in _PLACE] if row.evidence else [None] * len(_PLACE)
    return [row.agreement, row.vendor, *map(row.cells.get, columns), *first, row.evidence]


def _quotes(evidence: tuple[Evidence, ...]) -> str:
    places = ((f"clause {proof.clause}: " if proof.clause else "", proof.reading or proof.quote) for proof in evidence)
    return " / ".join(f"{place}“{words}”" for place, words in places)
