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

import typing as _typing
from importlib import import_module as _import_module

from pactgraph.errors import PactgraphError

if _typing.TYPE_CHECKING:
    from pactgraph.building import BuildSummary
    from pactgraph.endpoint import Endpoint
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

_PLACES = {
    "Agreement": "model",
    "Answer": "model",
    "BuildSummary": "building",
    "Endpoint": "endpoint",
    "Evidence": "model",
    "Graph": "graph",
    "Publication": "storing",
    "QueryResult": "querying",
    "Question": "querying",
    "Record": "querying",
    "Report": "model",
    "Result": "model",
    "Row": "model",
    "Verdict": "model",
}
"""Where the other public names are defined: they are imported when first asked for, as a command may need few."""


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(_import_module(f"{__name__}.{_PLACES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
