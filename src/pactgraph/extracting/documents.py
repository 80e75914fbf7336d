"""Names of documents that name no document beside the agreement: the agreement itself, and short names of another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pactgraph.extracting.names import listed
from pactgraph.extracting.views import ascii_form
from pactgraph.model import Finding

DOCUMENT, DEFINITION, PARTY = "IncorporatedDocument", "DefinedTerm", "Party"
_LONGEST = 300
"""How many characters 'this' and a name with three words before it take at most."""

_THIS = re.compile(r"[tT](?:his|hese|HIS|HESE) ")


def without_second_names(findings: Iterable[Finding], text: str) -> list[Finding]:
    """Return the findings without documents that are the agreement, or that another one names in full.

    The agreement is what `text` calls 'this' or 'these': of 'these Harbor Terms' it does not speak as of another
    document. Where it says 'the Data Processing Agreement ("DPA")', the DPA is no second document.
    """
    found = list(findings)
    names = {_name(finding) for finding in found if finding.term == DOCUMENT}
    spoken_of = {text[hit.start() : hit.start() + _LONGEST] for hit in _THIS.finditer(text)} if names else ()
    needless = {name for name in names if name.strip() and _is_itself(name, spoken_of)}
    needless |= {f"{party} {name}" for party in _parties(found) for name in names} & names
    for finding in found:
        if finding.term == DEFINITION and _name(finding) in names:
            meaning = str(finding.fields.get("definition", "")).casefold()
            if any(_is_short(_name(finding), name, meaning) for name in names - needless):
                needless.add(_name(finding))
    return [finding for finding in found if finding.term != DOCUMENT or _name(finding) not in needless]


def _parties(findings: Iterable[Finding]) -> set[str]:
    """Return the names of the parties, with which 'the Harborside Quay Policy' is their Quay Policy."""
    parties = [finding for finding in findings if finding.term == PARTY]
    names = {alias.casefold() for party in parties for alias in listed(party.fields.get("alias"))}
    return names | {_name(party) for party in parties}


def _is_short(short: str, name: str, meaning: str) -> bool:
    """Whether what `short` means is the document `name`, perhaps with the vendor's name before it."""
    if short == name or name not in meaning:
        return False
    return name.endswith(f" {short}") or (meaning.endswith(name) and len(meaning) - len(name) <= _OWNER)


def _name(finding: Finding) -> str:
    return str(finding.fields.get("name", "")).casefold()


def _is_itself(name: str, spoken_of: Iterable[str]) -> bool:
    first, *others = ascii_form(name).split()
    near = [words for words in spoken_of if first in words.lower()]
    if not near:
        return False
    words = r"\W+".join(map(re.escape, (first, *others)))
    itself = re.compile(rf"(?:this|these) (?:(?-i:[A-Z])[\w-]* ){{0,3}}?{words}(?!\w)", re.IGNORECASE)
    return any(map(itself.match, near))


_OWNER = 40
"""How many characters of the vendor's name may stand before a document's."""
