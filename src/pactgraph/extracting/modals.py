"""Finds the words that oblige, forbid or permit: modal verbs, other turns of phrase, and imperatives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pactgraph.extracting.subjects import TOKEN
from pactgraph.extracting.views import CUSTOMER, PROVIDER, fold

MODAL = re.compile(
    r"\b(?:(?<!at )(?<!free )(?:shall|will|must|(?<!\bin )may(?! \d)|can(?:not)?\b(?! be (?:found|reached|viewed)))\b"
    r"|(?:agrees?|undertakes?|covenants?|commits?|promises?)(?:,[^,;]{1,60},| itself)? (?:not )?to(?:"
    r"(?=:(?: |$)|, nor )"
    r"| (?!th(?:e|is|ese)\b|all\b|any\b|such\b|our\b|an?\b|(?!\((?:a|i|1)\))\W))"
    r"|(?:is|are|remains?)(?: also| always| therefore| itself| not| hereby| \w+ly| at all times){0,2} "
    r"(?:required|obliged|obligated|entitled|permitted|allowed|authori[sz]ed|free|committed|bound|at liberty"
    r"|under an? (?:obligation|duty))(?: at any time| at all times)? to\b"
    r"|(?:is|are) to (?!an?\b|the\b|be (?!made|given|paid|sent|carried|done)|blame\b|date\b)(?=[a-z]+ )|agrees?(?=:)"
    r"|(?:is|are|remains?)(?: also| always| therefore| itself| \w+ly| at all times|, \w+(?: \w+)?,){0,2} "
    r"(?:responsible|liable)(?: and (?:\w+ly )?(?:responsible|liable))? (?:for|to|towards?)\b"
    r"|(?:do|does) not have (?:the|any) (?:right|authority|permission) to\b"
    r"|(?:has|have|needs?) to (?!be (?!sure|careful|responsible|bound)|do (?:with|so)\b|say\b|offer\b)"
    r"|(?:please )?(?=keep (?!in mind|an eye|track|up\b)|make sure|be sure to "
    rf"|(?:never|always) (?!\w+ing\b)[a-z]+ |(?:notify|inform|tell|alert) {PROVIDER}|let {PROVIDER} know)"
    r"|(?:is|are)(?: \w+ly| further| also)? (?:prohibited|barred|precluded|forbidden) from\b"
    r"|(?:is|are)(?: \w+ly| also)? (?:prohibited|forbidden|disallowed|not (?:\w+ly )?(?:permitted|allowed))"
    r"(?=[.,;:]| (?:without|unless|except|under|and|on|in|if)\b)"
    r"|(?:(?<=, )|(?<= and ))(?:then )?(?:please )?do not "
    r"(?=(?:use|access|download|install|click|accept|register|proceed|order)\b)"
    r"|(?<=[.:!?*] )(?:please )?do not (?!hesitate|worry|forget|track|you\b|we\b|have\b)(?=[a-z]+ )"
    rf"|(?<=it )is (?:\w+ly )?(?:prohibited|forbidden)(?: for {CUSTOMER})? to\b"
    rf"|authori[sz]es?(?:,? and \w+)? {TOKEN} to\b"
    r"|(?:has|have) (?:no (?:\w+ )?(?:right|authority|power)s?(?:,? (?:or|nor|and) \w+){0,2}"
    r"|an? (?:\w+ )?(?:duty|obligation|responsibility)) to\b"
    rf"|is (?:{TOKEN}'s|the) (?:sole )?(?:responsibility|obligation|duty|job)(?: of {TOKEN})? to\b"
    rf"|(?:has|have|retains?|reserves?)(?: also| itself)? (?:the|a|its|their|{TOKEN}'s) "
    r"(?:[\w-]+ ){0,2}?(?:right|option)s?"
    r"(?: \([^()]{1,60}\)| but (?:not the|does not have (?:the|an)|has no) obligation,?)?"
    r"(?:,[^;]{1,80}?,"
    r"| (?:in|at) \S+ (?:(?:own|sole|absolute|and) ){0,3}discretion| for any reason| at (?:any time|all times)"
    r"| from time to time"
    r"| without notice){0,2}"
    r" to\b)",
    re.IGNORECASE,
)
_MODAL_WORD = re.compile(
    "[^a-z0-9_](?:shall|will|must|may|can|then (?:please )?do not|please do not|"
    "(?:agree|undertake|covenant|commit|promise)s?[ ,:]|is[ ,]|are[ ,]|remains?[ ,]|authori[sz]es? |"
    "ha(?:s|ve) |re(?:tain|serve)s? |do(?:es)? not |needs? to|"
    "(?:(?<=^ )|(?<=[.!?,] ))(?:please |keep|make sure|be sure|never|always|notify|inform|tell|alert|let ))"
)
"""How all that MODAL matches begins, in small letters and after another sign: these are found much faster."""

IMPERATIVE = re.compile(r"(?:then )?(?:please )?do not |is (?:\w+ly )?(?:prohibited|forbidden)(?: for \S+)? to ", re.I)
"""A ban that names nobody: 'if you do not agree, do not use the oven'. It is told to the customer."""

_TOLD = re.compile(r"(?:please )?(?:keep|make|be sure|never|always|notify|inform|tell|alert|let) ", re.IGNORECASE)
"""What the customer is told to do, in the imperative: 'keep the key in a safe'."""

_CONDITION = re.compile(r"(?:if|upon|in the event|when|where|unless|until|provided|except)\b", re.IGNORECASE)


def modals(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the modal verbs of `text[start:end]`."""
    last = start
    for word in _MODAL_WORD.finditer(fold(f" {text[start:end]}")):
        modal = MODAL.match(text, start + word.start(), end) if start + word.start() >= last else None
        if modal:
            yield modal
            last = modal.end()


def is_told(text: str, start: int, pivot: int) -> bool:
    """Whether an imperative opens its sentence, or follows 'please' or the condition that opens it."""
    if pivot == start or text[pivot - 2] in ".!?":
        return text[pivot].isupper()
    return text[pivot : pivot + 1].casefold() == "p" or _CONDITION.match(text, start) is not None


def is_positive_imperative(text: str, pivot: int) -> bool:
    """Return whether the modal at `pivot` is no verb of its own but an act that the customer is told to do."""
    return _TOLD.match(text, pivot) is not None
