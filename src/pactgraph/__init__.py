"""pactgraph turns a folder of agreements into a knowledge graph of contract terms.

The stages, in order: reading (file to Document), segmenting (Document to clauses and sentences),
extracting (clauses to Findings, by the mappings), correcting (Findings as people decided), assembling
(Findings to quads), storing, validating (SHACL), querying (named questions), exporting.

    >>> import pactgraph
    >>> pactgraph.Graph.questions()["uptime"].asks
    'What uptime is promised, measured over what?'

Open a graph with `Graph.open(folder, writing=True)`, then `build` agreements into it, `ask` it a named
question, `query` it with SPARQL, iterate over its `terms`, `validate`, `export` and `publish` it. All that is
raised on purpose is a `PactgraphError`; `pactgraph.errors` has the tree. docs/python.md is the guide.
"""

from pactgraph.building import BuildSummary
from pactgraph.endpoint import Endpoint
from pactgraph.errors import PactgraphError
from pactgraph.graph import Graph
from pactgraph.model import Agreement, Answer, Evidence, Report, Result, Row, Verdict
from pactgraph.querying import QueryResult, Question, Record
from pactgraph.storing import Publication

__version__ = "0.1.0"

__all__ = [
    "Agreement",
    "Answer",
    "BuildSummary",
    "Endpoint",
    "Evidence",
    "Graph",
    "PactgraphError",
    "Publication",
    "QueryResult",
    "Question",
    "Record",
    "Report",
    "Result",
    "Row",
    "Verdict",
]
