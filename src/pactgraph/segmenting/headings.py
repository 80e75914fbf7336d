"""Tell headings from sentences."""

from __future__ import annotations

import re
from functools import lru_cache

_FEW = 5
_LEAST = 3
LONGEST = 100
"""No heading is longer, in characters."""

_WORD = re.compile(r"[^\W\d_][\w’'&/.-]*")
_SMALL = frozenset(
    """of and the to for in or on by with a an as from at your our not upon into via per under its between through is
    """.split()  # noqa: SIM905
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|will|shall|may|must|can|cannot|has|have|had|do|does|did|agrees?|means?|appl(?:y|ies)"
    r"|includes|grants|waives|represents|warrants|acknowledges|remains|should|would|hereby)\b",
)
_PREDICATE = re.compile(
    r"\b(?:requires|provides|contains|governs|constitutes|obligates|obliges|supersedes|entitles|expires|terminates"
    r"|survives|begins|becomes|owns|retains|reserves|complies|prohibits|consists|defines|describes|incorporates|refers|replaces"
    r"|binds|prevails|excludes|allows|enables|gives|pays|receives|relates|pertains|commences|continues|fails|exceeds"
    r"|occurs|arises|undertakes|accepts|confirms|understands|recogni[sz]es|appoints|authori[sz]es|disclaims"
    r"|indemnifies|ensures|renews|specifies|establishes|creates|takes|makes|follows|states(?= the\b)"
    r"|maintains|operates|performs|holds(?! (?:and|or)\b)|(?:rests|lies)(?= with\b)|belongs(?= to\b))\b"
)
"""Verbs in small letters that no title has, unless it asks: 'How this plan renews'."""

_DATE = re.compile(
    r"(?:(?:last\s+)?(?:updated|revised|modified)|effective|version|date)\b.*\d|.*\b(?:19|20)\d\d\.?$|\W*\d[\d./-]*\W*$",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"(?:by|name|title|date|signed|signature|address|email|e-mail|tel|fax|attn|phone)\s*[:_]", re.IGNORECASE
)
_NEVER = re.compile(
    r"(?:and|or|between|by and (?:between|among)|among|dated(?: as of)?\b.{0,40}|with (?:a )?cop(?:y|ies) to"
    r"|if to .{1,60}|\[?confidential(?: treatment)?(?: requested.{0,60})?\]?"
    r"|[\[(].{0,40}\b(?:signatures?|logo|graphic|attached|left blank|follows)\b.{0,60}[\])]"
    r"|(?:execution|final|conformed|redacted) (?:copy|version))",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r",?\s(?:Inc|INC|Ltd|LTD|L\.?L\.?C|Corp|CORP|GmbH|GMBH|PLC|plc|L\.?L\.?P|S\.A|N\.V|B\.V|LIMITED)$"
)
_QUESTION = re.compile(r"(?:who|what|how|when|where|why|which|if)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:this|these|the|you|we|it|each|all|any|no|either|neither|please|in no)\b", re.IGNORECASE)
_ACTING = re.compile(
    r"(?:you|we|each party|neither party|both parties|the parties) (?!and\b|or\b|in\b|of\b|to\b)[a-z]+ .*\.$"
)
_INTRODUCING = re.compile(
    r"\b(?:that|to|by|follows|following|for)\s*:$|^(?:nothing in|neither|in no event|under no)\b.*:$"
)
_MOST_VERBLESS = 3
_RUN_IN = re.compile(
    r"[^\w“\"]{0,3}([^\W\d_][^.:;“”\"\n]{0,90}?(?:[(\s][“\"][^“”\"\n]{1,40}[”\"]\)?)?)\s{0,3}([.:])(?=\s|$)"
)
_RUN_IN_SIGN = re.compile(r'[^.:“"]{0,99}[.:“"]')
"""All that _RUN_IN matches begins so; whether a text does is told much faster."""

_ABBREVIATED = re.compile(r"\b(?:Inc|Corp|Ltd|Pvt|Pte|Pty|Rs|Co|LLC|No|Mr|Ms|Dr|e\.g|i\.e|etc|Sec|Art|vs|v|[A-Z])$")


def is_title(text: str) -> bool:
    """Whether most words of `text` are capitalised, small ones aside.

    >>> is_title("Limitation of Liability"), is_title("You must pay")
    (True, False)
    """
    words = _WORD.findall(text)
    if not words or len(words) > 14 or not words[0][0].isupper():
        return False
    capital = sum(word[0].isupper() or word.lower() in _SMALL for word in words)
    return bool(capital >= 0.75 * len(words))


def is_caps(text: str) -> bool:
    """Whether `text` is written in capitals.

    >>> is_caps("FORCE MAJEURE."), is_caps("No.")
    (True, False)
    """
    if sum(map(str.islower, text)) > 0.1 * len(text):
        return False
    letters = list(filter(str.isalpha, text))
    return len(letters) >= _LEAST and sum(map(str.isupper, letters)) > 0.9 * len(letters)


def has_verb(text: str) -> bool:
    """Whether a verb of sentences stands in `text`, one that titles do without.

    >>> has_verb("The fees that it must pay"), has_verb("Fees of the Order")
    (True, False)
    """
    return bool(_VERB.search(text))


def is_dated(text: str) -> bool:
    """Whether `text` says when or in which version a document was made, which is no heading.

    >>> is_dated("Last updated: May 2031"), is_dated("Effective Date")
    (True, False)
    """
    return bool(_DATE.match(text.strip(" \t.:")))


def is_heading(text: str) -> bool:
    """Whether a paragraph of its own is a heading rather than a sentence.

    >>> is_heading("Fees and Payment"), is_heading("PAYMENT."), is_heading("Last updated: May 2031")
    (True, True, False)
    >>> is_heading("THE SERVICE IS SOLD AS IT IS."), is_heading("Acme, Inc."), is_heading("WHAT WE DO FOR YOU")
    (False, False, True)
    """
    body = text.strip(" \t.:")
    return 0 < len(body) <= LONGEST and "\n" not in body and _is_heading(text, body)


@lru_cache(maxsize=1024)
def _is_heading(text: str, body: str) -> bool:
    """Whether one line is a heading; `body` is the line without what may stand at its edges."""
    if is_dated(body) or _FORM.match(text):
        return False
    if text[-1] in ";,“(" or "|" in text or "_" in text:
        return False
    if _NEVER.fullmatch(body) or _COMPANY.search(body):
        return False
    if is_caps(body):
        return (len(body) <= 80 or len(body.split()) <= 12) and not _is_sentence_in_capitals(text)
    return is_title(body) and not _says(body)


def _says(words: str) -> bool:
    """Whether words have a predicate, as sentences do.

    >>> _says("The Harbor Lease requires Two Keys"), _says("How a Berth renews")
    (True, False)
    """
    return bool(_VERB.search(words) or (_PREDICATE.search(words) and not _QUESTION.match(words)))


def _is_sentence_in_capitals(text: str) -> bool:
    """Whether words in capitals say something, as notices and disclaimers do, rather than name what follows.

    >>> _is_sentence_in_capitals("YOU WAIVE EVERY CLASS ACTION."), _is_sentence_in_capitals("THE PARTIES TO THE LEASE.")
    (True, False)
    >>> _is_sentence_in_capitals("NOTHING IN THIS LEASE SHALL LIMIT A PARTY'S LIABILITY:")
    True
    """
    words = text.strip().lower()
    if len(words.split()) <= _MOST_VERBLESS or _QUESTION.match(words):
        return False
    if not _says(words):
        return bool(_ACTING.match(words))
    if words[-1] == ":":
        return bool(_INTRODUCING.search(words))
    return words[-1] in ".!" or bool(_SUBJECT.match(words))


def is_clause_heading(text: str) -> bool:
    """Whether the one-line body of a numbered clause is its heading: capitals are not required.

    >>> is_clause_heading("How we use data"), is_clause_heading("The term is one year.")
    (True, False)
    """
    if is_heading(text):
        return True
    body = text.strip(" \t.:")
    if not body or len(body) > 60 or text[-1] in ".;,:" or not body[0].isupper():
        return False
    return not _says(body) and len(body.split()) <= 8


def run_in(text: str, start: int, end: int, loose: bool = False) -> int | None:
    """Return where the heading that runs into the paragraph `text[start:end]` ends, stop included.

    `loose` takes a few words for a heading even if they are not capitalised, as in bold type.

    >>> run_in("Assignment. Neither party may assign.", 0, 37)
    11
    >>> run_in("Neither party may assign. It may sell.", 0, 38) is None
    True
    """
    match = _RUN_IN.match(text, start, min(end, start + 2 * LONGEST)) if _RUN_IN_SIGN.match(text, start, end) else None
    if not match or match.end() >= end:
        return None
    head = match[1].strip()
    if _ABBREVIATED.search(head) or len(head) > LONGEST or (_says(head) and not is_caps(head)):
        return None
    if is_caps(head) and _is_sentence_in_capitals(head + match[2]):
        return None
    if head.count("(") != head.count(")"):
        return None
    few = loose and head[0].isupper() and len(head.split()) <= _FEW and text[match.end() : end].lstrip()[:1].isupper()
    return match.end() if few or is_title(head) or is_caps(head) else None
