"""Stage 6: the graph in a folder, beside the texts it was read from.

`Store` is the one door: it opens the folder for reading or for writing, replaces an agreement's graphs
in one step, and answers SPARQL that only reads. `snapshot` is what readers see while somebody writes.

`Remote` reaches another's store over HTTP, `target` says where it takes what, `publish` sends graphs there.
"""

from __future__ import annotations

from pactgraph.storing.kept import read as read_facts
from pactgraph.storing.products import PRODUCTS, Target, target
from pactgraph.storing.publishing import current as snapshot
from pactgraph.storing.remote import Credentials, Remote, bare
from pactgraph.storing.sending import Publication, publish
from pactgraph.storing.store import Answers, Store

__all__ = [
    "PRODUCTS",
    "Answers",
    "Credentials",
    "Publication",
    "Remote",
    "Store",
    "Target",
    "bare",
    "publish",
    "read_facts",
    "snapshot",
    "target",
]
