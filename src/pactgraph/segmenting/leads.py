"""Which sentence introduces a list item, and where the list it introduces ends."""

from __future__ import annotations

import re

_LEADING = re.compile(
    r"(?:[:,;–—-]|\b(?:shall|will|may|must|to|not|and|or|that|is|are|by|for|following|including|either|if|when|where|with|of))\W*$",
    re.IGNORECASE,
)
_FINAL = re.compile(r"[.!?]['\"”’)\]]*$")


def introduces(words: str) -> bool:
    """Whether a sentence that ends in `words` introduces a list.

    >>> introduces("You must not:"), introduces("Customer shall"), introduces("It ends.")
    (True, True, False)
    """
    stripped = words.rstrip()
    return bool(_LEADING.search(stripped[-20:])) or not _FINAL.search(stripped[-6:])
