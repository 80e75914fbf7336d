"""Stage 7: one agreement's graph and the shapes give results: what is wrong, what is missing.

    load_shapes   shapes/*.ttl, completed by what follows from the ontology
    validate      the quads of one agreement -> results, worst first, with evidence
    report_quads  results -> the SHACL report graph of the agreement
    render        a Report for people (text) or programs (json)

What is broken is a violation, what is missing a warning.
"""

from pactgraph.validating.judging import validate
from pactgraph.validating.loading import Shapes, load_shapes
from pactgraph.validating.reporting import FORMATS, render, report_quads

__all__ = ["FORMATS", "Shapes", "load_shapes", "render", "report_quads", "validate"]
