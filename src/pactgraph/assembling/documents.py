"""What documents are called, brought to keys, so that a name in one agreement finds the document in another.

A key is the name of a sort of document ('serviceLevelAgreement', as pg:AgreementKind has it, or 'order'), or the words
that set the document apart from others, in small letters. The vendor's name, articles and words such as
'applicable' tell no documents apart and are no part of a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pactgraph.model import Agreement, Clause, Extraction, Finding

_TAIL = r"(?:agreements?|addend(?:um|a)|terms|appendix|annex|exhibit|schedule|policy|policies|statement|notice)"
_SORTS = {
    "serviceLevelAgreement": rf"service[- ]levels?(?: {_TAIL})?(?: \(?slas?\)?)?|slas?",
    "dataProcessingAgreement": (
        rf"(?:personal )?(?:data )?(?:processing|protection) (?:and security )?{_TAIL}(?: \(?dpa\)?)?|dpa"
    ),
    "masterAgreement": rf"(?:master|framework) (?:[a-z-]+ ){{0,3}}?{_TAIL}(?: and conditions)?|msa",
    "order": r"(?:sales |subscription |service |customer )?order(?: forms?| documents?|s)?|statements? of work|sows?",
    "privacyPolicy": rf"(?:data )?privacy(?: {_TAIL})?",
    "acceptableUsePolicy": rf"(?:acceptable|fair) (?:use|usage)(?: {_TAIL})?|aup",
    "support": rf"(?:technical |customer )?support(?: and maintenance)?(?: services?)? {_TAIL}",
    "termsOfService": r"terms (?:of (?:service|use)|(?:and|&) conditions)|tos|tou",
    "subscription": rf"subscription (?:services? )?{_TAIL}",
    "license": rf"(?:end[- ]user )?(?:software )?licen[cs]e {_TAIL}|eula",
}
_SORT = {name: re.compile(pattern) for name, pattern in _SORTS.items()}
_FOUND = {name: re.compile(rf"(?<![\w-])(?<!purchase )(?:{pattern})(?!\w)") for name, pattern in _SORTS.items()}
_IDLE = frozenset(
    re.findall(
        r"[\w-]+",
        "a an the our your its their this that these those any all each such of applicable then current then- "
        "current general standard relevant respective latest online provisions terms-and-conditions-of",
    )
)
_NO_NAME = frozenset(
    re.findall(
        r"[\w-]+",
        "additional and conditions terms policies policy agreement agreements documentation documents "
        "document rules guidelines other supplemental special specific following related further instructions",
    )
)
_POSSESSIVE = re.compile(r"['’]s?\b")
_WORD = re.compile(r"[\w&-]+(?:\.\w+)*")
_OWN = re.compile(
    rf"\b(?:this|the present|these) (?:[\w-]+ ){{0,3}}?(?:{_TAIL}|document|attachment|contract|conditions)\b"
    r"|^the agreement$"
)
_PART = re.compile(r"\bthis (?:exhibit|schedule|annex|appendix|attachment|addendum)\b")
_PUBLIC = re.compile(
    r"standard contractual clauses|\brules\b|\bregulations?\b|\bgdpr\b|\blaws?\b|\bact\b|directive|incoterms|\bcode\b"
)
_HERE = re.compile(
    r"\W{0,3}(?:(?:as )?(?:set forth|set out|stated|described|contained|found|provided) "
    r"(?:above|below|herein|in this (?:agreement|document))|above|below)\b",
    re.IGNORECASE,
)
"""What stands behind the name of a document whose words are in the agreement itself."""

_BEHIND = 40
_WORDY = 700
"""So many characters at least has a part that is a document of its own, and not a few words about one."""


def key(name: str, vendor: str = "") -> str:
    """Return the key of a document's name, '' where nothing in it tells one document from another.

    >>> key("Brindle's Service Level Agreement", "Brindle"), key("the Harbor Guest Policy"), key("Additional Terms")
    ('serviceLevelAgreement', 'harbor guest policy', '')
    """
    words = _words(name, vendor)
    plain = " ".join(words)
    for sort, pattern in _SORT.items():
        if pattern.fullmatch(plain):
            return sort
    return "" if _NO_NAME.issuperset(words) else plain


def sorts(name: str) -> Iterator[str]:
    """Yield the sorts of document that a text names somewhere."""
    small = name.casefold()
    yield from (sort for sort, pattern in _FOUND.items() if pattern.search(small))


def own_keys(agreement: Agreement) -> frozenset[str]:
    """Return the keys by which another document may call this agreement."""
    named = {key(agreement.title, agreement.vendor), *sorts(agreement.title)}
    return frozenset(named | ({agreement.kind} if agreement.kind != "other" else set())) - {""}


def part_keys(clause: Clause, vendor: str) -> frozenset[str]:
    """Return the keys of a part of an agreement that is a document of its own, none for any other clause."""
    attached = clause.kind == "attachment"
    if not attached and (clause.kind not in ("heading", "article") or clause.whole_end - clause.start < _WORDY):
        return frozenset()
    named = {key(clause.heading, vendor)}
    if attached:
        named |= {clause.number.casefold(), *sorts(clause.heading)}
    return frozenset(named) - {""}


def absent(extraction: Extraction) -> Iterator[tuple[Finding, str]]:
    """Yield each document that the agreement refers to and does not contain, once, with its key.

    Whether another agreement of the graph is that document, no single agreement can tell. Public instruments
    (laws, rules of arbitration) and names that could mean anything ('additional terms') are left out.
    """
    agreement = extraction.agreement
    seen = set(own_keys(agreement))
    for clause in extraction.outline.clauses:
        seen |= part_keys(clause, agreement.vendor)
    for finding in extraction.findings:
        name = str(finding.fields.get("name", ""))
        if finding.term != "IncorporatedDocument" or _PUBLIC.search(name.casefold()):
            continue
        found = key(name, agreement.vendor)
        if found and found not in seen:
            seen.add(found)
            if not _is_here(extraction.document.text, finding, name):
                yield finding, found


def _is_here(text: str, finding: Finding, name: str) -> bool:
    """Whether the words say that the document stands in the agreement: 'the Guest Policy set forth above'."""
    quote = text[finding.start : finding.end + _BEHIND]
    named = re.search(r"\s+".join(map(re.escape, name.split())), quote, re.IGNORECASE)
    return named is not None and _HERE.match(quote, named.end()) is not None


def ranked(extraction: Extraction, finding: Finding, field: str) -> frozenset[str]:
    """Return the keys of the documents that a field of an order of precedence names; 'this agreement' is its own."""
    said = str(finding.fields.get(field, ""))
    small = " ".join(said.casefold().split())
    if not small:
        return frozenset()
    if _PART.search(small):
        return within(extraction, finding) or own_keys(extraction.agreement)
    if _OWN.search(small):
        return own_keys(extraction.agreement)
    named = frozenset(sorts(small))
    return named or frozenset((key(said, extraction.agreement.vendor),)) - {""}


def within(extraction: Extraction, finding: Finding) -> frozenset[str]:
    """Return the keys of the part of the agreement that a finding stands in, none where that is the body."""
    index, clauses = finding.clause, extraction.outline.clauses
    while index is not None:
        if found := part_keys(clauses[index], extraction.agreement.vendor):
            return found
        index = clauses[index].parent
    return frozenset()


def _words(name: str, vendor: str) -> list[str]:
    of_vendor = set(_WORD.findall(vendor.casefold()))
    words = [w for w in _WORD.findall(_POSSESSIVE.sub("", name.casefold())) if w not in of_vendor]
    while words and words[0] in _IDLE:
        words = words[1:]
    return words
