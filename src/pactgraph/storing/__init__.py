"""Stage 6: the graph in a folder, beside the texts it was read from.

`Store` is the one door: it opens the folder for reading or for writing, replaces an agreement's graphs
in one step, and answers SPARQL that only reads. `snapshot` is what readers see while somebody writes.
"""

from __future__ import annotations

from pactgraph.storing.publishing import current as snapshot
from pactgraph.storing.store import Answers, Store

__all__ = ["Answers", "Store", "snapshot"]
