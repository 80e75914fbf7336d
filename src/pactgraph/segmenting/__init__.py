"""Stage 2: from a Document to its Outline, the tree of clauses and their sentences.

Lines become blocks, blocks with their marks become the tree, the text of each clause becomes
sentences with the items enumerated inside them. All offsets are those of the document's text.
"""

from __future__ import annotations

from pactgraph.segmenting.joints import find_joints
from pactgraph.segmenting.outline import segment

__all__ = ["find_joints", "segment"]
