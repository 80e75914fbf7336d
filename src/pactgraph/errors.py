"""The exceptions that pactgraph raises, drawn as a tree.

    PactgraphError
    ├── SourceError          an agreement cannot be read
    │   └── SlugClashError   two sources would get the same name
    ├── DefinitionError      a mapping, shape, query or the ontology is wrong
    │   ├── OntologyError
    │   ├── MappingError
    │   ├── ShapeError
    │   │   └── PlaybookError
    │   ├── CorrectionError  also: a decision that contradicts the ontology
    │   └── QueryError       also: text that is not SPARQL, or not a query
    ├── ValueParseError      words that state no value of the wanted type
    ├── StoreError           the graph folder cannot be opened, read or written
    ├── ServingError         the graph cannot be served as was asked
    ├── EndpointError        another's store cannot be reached, refuses, or answers something else
    ├── EvidenceError        a quote is not the source's own words at its place
    └── MissingExtraError    an optional dependency is not installed

Every message is one line that names the place (`file:line:` where there is one), the offending value
and the fix. Errors of other libraries are translated into these where they enter.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class PactgraphError(Exception):
    """Base of all errors that pactgraph raises on purpose."""


class SourceError(PactgraphError):
    """An agreement cannot be read."""


class SlugClashError(SourceError):
    """Two sources would get the same agreement name."""


class DefinitionError(PactgraphError):
    """A mapping, a shape, a query, a correction or the ontology is wrong."""


class OntologyError(DefinitionError):
    """The ontology cannot be read, or lacks what is asked of it."""


class MappingError(DefinitionError):
    """A mapping file is malformed or contradicts the ontology."""


class ShapeError(DefinitionError):
    """A shapes file is malformed."""


class PlaybookError(ShapeError):
    """A playbook is malformed or contradicts the ontology."""


class CorrectionError(DefinitionError):
    """A file of corrections is malformed, or contradicts the ontology."""


class QueryError(DefinitionError):
    """A query is malformed, is unknown, or does more than read."""


class ValueParseError(PactgraphError):
    """Words that state no single value of the wanted type."""


class StoreError(PactgraphError):
    """The graph folder cannot be opened, read or written."""


class ServingError(PactgraphError):
    """The graph cannot be served as was asked."""


class EndpointError(PactgraphError):
    """Another's store cannot be reached, refuses what was asked, or answers something else."""


class EvidenceError(PactgraphError):
    """A quote is not the source's own words at its place."""


class MissingExtraError(PactgraphError):
    """An optional dependency is not installed."""


def unknown(what: str, value: str, known: Iterable[str]) -> str:
    """Return a message for an unknown name that lists the known ones and suggests the nearest.

    >>> unknown("slot type", "duratoin", ["date", "duration", "money"])
    "unknown slot type 'duratoin'. Known: date, duration, money. Did you mean 'duration'?"
    """
    names = sorted(known)
    near = difflib.get_close_matches(value, names, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return f"unknown {what} '{value}'. Known: {', '.join(names)}.{hint}"
