"""Stage 3: a segmented document to findings, by the mappings.

views (readings that map back) -> units (what rules look at) -> prefilter -> matching -> resolving.
"""

from pactgraph.extracting.borrowing import lending_kinds
from pactgraph.extracting.describing import describe
from pactgraph.extracting.expressions import keep_expressions
from pactgraph.extracting.extractor import Examined, Extractor, examine, extract
from pactgraph.extracting.mapping import load_rules, mapping_files, own_references
from pactgraph.extracting.rules import Example, Rule, RuleSet
from pactgraph.extracting.scaffolding import scaffold
from pactgraph.extracting.states import states

__all__ = [
    "Examined",
    "Example",
    "Extractor",
    "Rule",
    "RuleSet",
    "describe",
    "examine",
    "extract",
    "keep_expressions",
    "lending_kinds",
    "load_rules",
    "mapping_files",
    "own_references",
    "scaffold",
    "states",
]
