"""Subjects listed in running text: 'payment, confidentiality and limitation of liability'."""

from __future__ import annotations

import re

from pactgraph.extracting.values.slots import Slot, no_value

_JOINT = re.compile(
    r"\s*(?:[,;/]|\b(?:and|or|as well as)\b)\s*(?:(?:and|or|the|any|all|your|our|its)\b\s*)*", re.IGNORECASE
)

_QUOTED = re.compile(r'["“]([^"“”]+)(?:["”]|$)')
_NAMED = re.compile(r"\b(?:sections|clauses|provisions|headings)\b", re.IGNORECASE)
_QUOTE_ENDS_FIRST = re.compile(r'^[^"“”]{2,80}["”](?!\w)')


def parse_listing(text: str) -> tuple[str, ...]:
    """Return the listed subjects in their order, each once, without articles.

    >>> parse_listing("payment, the confidentiality duties and limitation of liability")
    ('payment', 'confidentiality duties', 'limitation of liability')

    Quoted headings are kept whole, also where the quotation mark before the first is left out:

    >>> parse_listing('Licences,” “Repair and Return,” and “Payment” clauses, and indemnities')
    ('Licences', 'Repair and Return', 'Payment', 'indemnities')

    Raises ValueParseError where `text` lists nothing, as 'no such duties' does.
    """
    if _QUOTE_ENDS_FIRST.search(text):
        text = f'"{text}'
    headings = [heading.strip(" ,.") for heading in _QUOTED.findall(text)]
    rest = _NAMED.sub("", _QUOTED.sub(",", text)) if len(headings) > 1 else text
    subjects = tuple(
        dict.fromkeys(
            [
                *(headings if len(headings) > 1 else ()),
                *(part for part in _JOINT.split(f",{rest}") if part and re.search(r"\w", part)),
            ]
        )
    )
    if not subjects or re.match(r"(?:no|none|nothing)\b", subjects[0], re.IGNORECASE):
        raise no_value("listing", text, "payment, ownership and confidentiality")
    return subjects


LISTING = Slot("listing", r"\w[^.;:()]{2,400}?(?![\w])", lambda words: {"": parse_listing(words)})
