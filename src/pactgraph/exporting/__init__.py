"""Stage 9: the graph in the formats of others, whole or as a picture of agreements and their terms.

`export` writes a file, `write` a stream, in one of FORMATS; `project` gives the networkx graph that
drawings are made of, `View` says which part of it they show. `to_rdflib` and `to_owlready2` give the
graph as objects of those libraries.
"""

from __future__ import annotations

from pactgraph.exporting.converting import to_owlready2, to_rdflib
from pactgraph.exporting.projection import project
from pactgraph.exporting.views import VIEWS, View
from pactgraph.exporting.writers import FORMATS, export, write

__all__ = ["FORMATS", "VIEWS", "View", "export", "project", "to_owlready2", "to_rdflib", "write"]
