"""Stage 3: a segmented document to findings, by the mappings.

views (readings that map back) -> units (what rules look at) -> prefilter -> matching -> resolving.
"""

from pactgraph.extracting.describing import describe
from pactgraph.extracting.extractor import extract, extract_raw
from pactgraph.extracting.mapping import load_rules
from pactgraph.extracting.rules import Example, Rule, RuleSet

__all__ = ["Example", "Rule", "RuleSet", "describe", "extract", "extract_raw", "load_rules"]
