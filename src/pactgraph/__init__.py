"""pactgraph turns a folder of agreements into a knowledge graph of contract terms.

The stages, in order: reading (file to Document), segmenting (Document to clauses and sentences),
extracting (clauses to Findings, by the mappings), assembling (Findings to quads), storing,
validating (SHACL), querying (named questions), exporting.
"""

__version__ = "0.1.0"
