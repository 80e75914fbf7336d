"""Subjects listed in running text: 'payment, confidentiality and limitation of liability'."""

from __future__ import annotations

import re

from pactgraph.extracting.values.slots import Slot, no_value

_JOINT = re.compile(
    r"\s*(?:[,;/]|\b(?:and|or|as well as)\b)\s*(?:(?:and|or|the|any|all|your|our|its)\b\s*)*", re.IGNORECASE
)


def parse_listing(text: str) -> tuple[str, ...]:
    """Return the listed subjects in their order, each once, without articles.

    >>> parse_listing("payment, the confidentiality duties and limitation of liability")
    ('payment', 'confidentiality duties', 'limitation of liability')

    Raises ValueParseError where `text` lists nothing, as 'no such duties' does.
    """
    subjects = tuple(dict.fromkeys(part for part in _JOINT.split(f",{text}") if part and re.search(r"\w", part)))
    if not subjects or re.match(r"(?:no|none|nothing)\b", subjects[0], re.IGNORECASE):
        raise no_value("listing", text, "payment, ownership and confidentiality")
    return subjects


LISTING = Slot("listing", r"\w[^.;:()]{2,400}?(?![\w])", lambda words: {"": parse_listing(words)})
