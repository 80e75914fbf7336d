"""One source through the stages: read, segment, extract, assemble, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Quad

from pactgraph.assembling import assemble
from pactgraph.extracting import RuleSet, describe, examine, states
from pactgraph.model import Document, Extraction, Outline
from pactgraph.reading import FINAL, LIMITS, Limits, Source, read
from pactgraph.segmenting import segment


@dataclass(frozen=True, slots=True)
class Processed:
    """What one source yielded: its extraction, and the same as quads."""

    extraction: Extraction
    quads: tuple[Quad, ...]


def process(
    source: Source,
    rules: RuleSet,
    tool_version: str,
    row: Mapping[str, str] | None = None,
    limits: Limits = LIMITS,
    view: str = FINAL,
) -> Processed:
    """Return all that `source` yields; `row` is what a manifest says of it, `limits` and `view` are those of `read`.

    Pure but for reading the file: the same bytes, rules, version and row give the same quads, so
    sources may be processed in any order and in other processes.

    Raises SourceError where the file cannot be read.
    """
    document = read(source, limits, view)
    outline = segment(document)
    examined = examine(document, outline, rules)
    findings = examined.findings
    known = states(document, outline, findings, examined.marks, rules)
    extraction = Extraction(document, outline, describe(document, findings, row), findings, known)
    return Processed(extraction, assemble(extraction, tool_version))


def outlined(source: Source, limits: Limits = LIMITS, view: str = FINAL) -> tuple[Document, Outline]:
    """Return the document at `source` and its clause tree: the first two stages alone.

    Raises SourceError where the file cannot be read.
    """
    document = read(source, limits, view)
    return document, segment(document)
