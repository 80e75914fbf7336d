"""pactgraph turns a folder of agreements into a knowledge graph of contract terms.

The stages, in order: reading (file to Document), segmenting (Document to clauses and sentences),
extracting (clauses to Findings, by the mappings), correcting (Findings as people decided), assembling
(Findings to quads), storing, validating (SHACL), querying (named questions), exporting.

    >>> import pactgraph
    >>> pactgraph.Graph.questions()["uptime"].asks
    'What uptime is promised, measured over what?'

Open a graph with `Graph.open(folder, writing=True)`, then `build` agreements into it, `ask` it a named
question, `query` it with SPARQL, iterate over its `terms`, `validate` and `export` it.
"""

from pactgraph.building import BuildSummary, Progress
from pactgraph.errors import (
    CorrectionError,
    DefinitionError,
    EvidenceError,
    MappingError,
    MissingExtraError,
    OntologyError,
    PactgraphError,
    PlaybookError,
    QueryError,
    ShapeError,
    SlugClashError,
    SourceError,
    StoreError,
    ValueParseError,
)
from pactgraph.graph import Graph
from pactgraph.model import Agreement, Answer, Evidence, Report, Result, Row, Verdict
from pactgraph.querying import QueryResult, Question, Record

__version__ = "0.1.0"

__all__ = [
    "Agreement",
    "Answer",
    "BuildSummary",
    "CorrectionError",
    "DefinitionError",
    "Evidence",
    "EvidenceError",
    "Graph",
    "MappingError",
    "MissingExtraError",
    "OntologyError",
    "PactgraphError",
    "PlaybookError",
    "Progress",
    "QueryError",
    "QueryResult",
    "Question",
    "Record",
    "Report",
    "Result",
    "Row",
    "ShapeError",
    "SlugClashError",
    "SourceError",
    "StoreError",
    "ValueParseError",
    "Verdict",
]
