"""Stage 5: findings become quads, one named graph of facts and one of what follows per agreement.

`assemble` does both; `quoted` gives evidence its words again; `ontology_quads` gives the ontology for the
graph it stands in. What is inferred is written down in rules/*.rq, one concern a file.
"""

from __future__ import annotations

from pactgraph.assembling.assembler import assemble
from pactgraph.assembling.evidencing import quoted
from pactgraph.assembling.inferring import ontology_quads

__all__ = ["assemble", "ontology_quads", "quoted"]
