"""Names of documents that name no document beside the agreement: the agreement itself, and short names of another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pactgraph.extracting.views import ascii_form
from pactgraph.model import Finding

DOCUMENT, DEFINITION = "IncorporatedDocument", "DefinedTerm"
_THIS = re.compile(r"[tT](?:his|hese|HIS|HESE) ")


def without_second_names(findings: Iterable[Finding], text: str) -> list[Finding]:
    """Return the findings without documents that are the agreement, or that another one names in full.

    The agreement is what `text` calls 'this' or 'these': of 'these Harbor Terms' it does not speak as of another
    document. Where it says 'the Data Processing Agreement ("DPA")', the DPA is no second document.
    """
    found = list(findings)
    names = {_name(finding) for finding in found if finding.term == DOCUMENT}
    needless = {name for name in names if _is_itself(name, text)}
    for finding in found:
        if finding.term == DEFINITION and _name(finding) in names:
            meaning = str(finding.fields.get("definition", "")).casefold()
            if any(name != _name(finding) and _ends(meaning, name) for name in names - needless):
                needless.add(_name(finding))
    return [finding for finding in found if finding.term != DOCUMENT or _name(finding) not in needless]


def _name(finding: Finding) -> str:
    return str(finding.fields.get("name", "")).casefold()


def _is_itself(name: str, text: str) -> bool:
    words = r"\W+".join(re.escape(word) for word in ascii_form(name).split())
    itself = re.compile(rf"(?:this|these) (?:(?-i:[A-Z])[\w-]* ){{0,3}}?{words}(?!\w)", re.IGNORECASE)
    return any(itself.match(text, hit.start()) for hit in _THIS.finditer(text))


def _ends(meaning: str, name: str) -> bool:
    """Whether a meaning is no more than a document's name, perhaps with the vendor's before it."""
    return meaning.endswith(name) and len(meaning) - len(name) <= _OWNER


_OWNER = 40
"""How many characters of the vendor's name may stand before a document's."""
