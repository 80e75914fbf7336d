"""Stage 9: the graph in the formats of others, whole or as a picture of agreements and their terms.

`export` writes a file, `write` a stream, in one of FORMATS; `project` gives the networkx graph that
GraphML is written from.
"""

from __future__ import annotations

from pactgraph.exporting.projection import project
from pactgraph.exporting.writers import FORMATS, export, write

__all__ = ["FORMATS", "export", "project", "write"]
