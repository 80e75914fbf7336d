"""Stage 9: the graph in the formats of others, whole or as a picture of agreements and their terms.

`export` writes a file, `write` a stream, in one of FORMATS; `project` gives the networkx graph that
drawings are made of, `View` says which part of it they show. `without_words` leaves out what agreements
say, to share the rest; `write_calendar` writes days to note. `to_rdflib` and `to_owlready2` give the
graph as objects of those libraries.
"""

from __future__ import annotations

from pactgraph.exporting.calendaring import Event, write_calendar
from pactgraph.exporting.converting import to_owlready2, to_rdflib
from pactgraph.exporting.projection import project
from pactgraph.exporting.sharing import WITHOUT_WORDS, are_without_words, without_words
from pactgraph.exporting.views import VIEWS, View
from pactgraph.exporting.writers import ENDINGS, FORMATS, export, place, write

__all__ = [
    "ENDINGS",
    "FORMATS",
    "VIEWS",
    "WITHOUT_WORDS",
    "Event",
    "View",
    "are_without_words",
    "export",
    "place",
    "project",
    "to_owlready2",
    "to_rdflib",
    "without_words",
    "write",
    "write_calendar",
]
