"""Stage 3: a segmented document to findings, by the mappings.

views (readings that map back) -> units (what rules look at) -> prefilter -> matching -> resolving.
"""

from pactgraph.extracting.describing import describe
from pactgraph.extracting.extractor import Extractor, extract, extract_raw
from pactgraph.extracting.mapping import load_rules, mapping_files
from pactgraph.extracting.rules import Example, Rule, RuleSet
from pactgraph.extracting.scaffolding import scaffold

__all__ = [
    "Example",
    "Extractor",
    "Rule",
    "RuleSet",
    "describe",
    "extract",
    "extract_raw",
    "load_rules",
    "mapping_files",
    "scaffold",
]
