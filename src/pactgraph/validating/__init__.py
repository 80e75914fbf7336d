"""Stage 7: one agreement's graph and the shapes give results: what is wrong, what is missing.

    load_shapes   shapes/*.ttl, completed by what follows from the ontology
    validate      the quads of one agreement -> results, worst first, with evidence
    report_quads  results -> the SHACL report graph of the agreement; kept_report, results_of keep and read them
    render        a Report for people (text) or programs (json)

    load_playbooks    a company's positions, written in YAML or as shapes
    judge             the quads of one agreement -> Verdicts: ideal, acceptable, walk-away, or silent
    render_verdicts   Verdicts for people (text) or programs (json)

What is broken is a violation, what is missing a warning.
"""

from pactgraph.validating.engines import ENGINES, PYSHACL, engine_name
from pactgraph.validating.judging import validate, validate_facts
from pactgraph.validating.loading import Shapes, load_shapes
from pactgraph.validating.playbook_turtle import Playbook, load_playbooks, sample_playbook
from pactgraph.validating.report_graph import is_judged_with, judged_with, kept_report, report_quads, results_of
from pactgraph.validating.reporting import FORMATS, render
from pactgraph.validating.verdicts import judge
from pactgraph.validating.verdicts_rendering import FAILING, VERDICT_FORMATS, fails, render_verdicts

__all__ = [
    "ENGINES",
    "FAILING",
    "FORMATS",
    "PYSHACL",
    "VERDICT_FORMATS",
    "Playbook",
    "Shapes",
    "engine_name",
    "fails",
    "is_judged_with",
    "judge",
    "judged_with",
    "kept_report",
    "load_playbooks",
    "load_shapes",
    "render",
    "render_verdicts",
    "report_quads",
    "results_of",
    "sample_playbook",
    "validate",
    "validate_facts",
]
