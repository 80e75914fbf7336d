"""Stage 4: what a person decided goes before what the rules found.

A decision confirms, rejects or corrects a finding, or adds one; it stands in a text file beside the
agreements, `corrections.yaml`, and is applied at every build.

gather                     the decisions of all files that a build concerns, checked against the ontology
addressed, unmatched       which file of a build each decision is about, and which is about none
correct, restated          the findings of one document as decided, and the states that follow
append                     one decision more at the end of a file, all else in it as it was
"""

from __future__ import annotations

from pactgraph.correcting.addressing import addressed, unmatched
from pactgraph.correcting.applying import Corrected, correct, fitting, restated
from pactgraph.correcting.decisions import ADD, FILE_NAME, OWN_RULES, VERDICTS, Correction
from pactgraph.correcting.loading import gather, read
from pactgraph.correcting.values import ordered, parse, written
from pactgraph.correcting.writing import append

__all__ = [
    "ADD",
    "FILE_NAME",
    "OWN_RULES",
    "VERDICTS",
    "Corrected",
    "Correction",
    "addressed",
    "append",
    "correct",
    "fitting",
    "gather",
    "ordered",
    "parse",
    "read",
    "restated",
    "unmatched",
    "written",
]
