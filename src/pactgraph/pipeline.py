"""One source through the stages: read, segment, extract, correct, assemble, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Quad

from pactgraph.assembling import assemble
from pactgraph.correcting import Correction, correct, restated
from pactgraph.extracting import RuleSet, describe, examine, states
from pactgraph.model import Document, Extraction, Outline
from pactgraph.reading import FINAL, LIMITS, Limits, Source, read
from pactgraph.segmenting import segment


@dataclass(frozen=True, slots=True)
class Processed:
    """What one source yielded: its extraction, the same as quads, and remarks on decisions about it."""

    extraction: Extraction
    quads: tuple[Quad, ...]
    notes: tuple[str, ...] = ()


def process(
    source: Source,
    rules: RuleSet,
    tool_version: str,
    row: Mapping[str, str] | None = None,
    limits: Limits = LIMITS,
    view: str = FINAL,
    corrections: Sequence[Correction] = (),
) -> Processed:
    """Return all that `source` yields; `row` is what a manifest says of it, `limits` and `view` are those of `read`.

    Of `corrections` those are applied that are about this source. Pure but for reading the file: the same bytes,
    rules, version, row and corrections give the same quads, so sources may be processed in any order and in
    other processes.

    Raises SourceError where the file cannot be read.
    """
    document = read(source, limits, view)
    outline = segment(document)
    examined = examine(document, outline, rules)
    decided = correct(document, outline, examined.findings, corrections)
    findings = decided.findings
    known = restated(states(document, outline, findings, examined.marks, rules), decided.reviews)
    agreement = describe(document, findings, row)
    extraction = Extraction(document, outline, agreement, findings, known, decided.reviews)
    return Processed(extraction, assemble(extraction, tool_version), decided.notes)


def outlined(source: Source, limits: Limits = LIMITS, view: str = FINAL) -> tuple[Document, Outline]:
    """Return the document at `source` and its clause tree: the first two stages alone.

    Raises SourceError where the file cannot be read.
    """
    document = read(source, limits, view)
    return document, segment(document)
