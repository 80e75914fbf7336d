"""Serve a graph over HTTP: SPARQL 1.1 Protocol and named questions, read only.

serve      run the server until it is stopped
Settings   where it listens, whom it answers
Limits     what one query may cost

The server process takes requests apart (protocol, application) and hands them to workers (pool, workers), which are
processes without network (nursery, confining) that answer from a published snapshot of the graph (answering).
"""

from __future__ import annotations

from pactgraph.serving.server import serve
from pactgraph.serving.settings import TOKEN_VARIABLE, Limits, Settings

__all__ = ["TOKEN_VARIABLE", "Limits", "Settings", "serve"]
