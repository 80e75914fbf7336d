"""Where an agreement introduces its parties: 'This Agreement is made on ... between ... and ...'."""

from __future__ import annotations

import re

from pactgraph.extracting.views import begins_word, fold

REACH = 40_000
"""How far into a document, in characters, its preamble may begin: after a cover page and a table of contents."""

LONGEST = 3000
"""How many characters a preamble may take."""

_EARLY, _BEFORE, _CANDIDATES, _LEAST, _ENOUGH = 8000, 500, 25, 5, 10
"""An early place counts; how far back its sentence may begin; how many places are judged; the points that make
a preamble, and those at which no better one is looked for."""

_JOINT = re.compile(r"(?:between|among|amongst|by|parties)\b")
"""What stands before the parties, in small letters: without a sign before its first letter it is found much faster."""

_AGREEMENT = re.compile(
    r"\b(?:this|the)\b[^.;]{0,160}?\b(?:agreement|contract|amendment|addendum|deed|license|letter|joint filing"
    r"|charter party|undertaking)\b"
    r"|\b(?-i:Agreement|AGREEMENT|Contract|CONTRACT|Deed|DEED)\W{1,3}"
    r"(?:(?:is )?(?:made|entered into|dated)\b[^.;]{0,60})?$",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"\b(?:made(?! available)|entered|dated|(?<!declared )effective|executed|concluded|as of)\b", re.IGNORECASE
)
_MAKING = re.compile(r"\b(?:is|are|hereby|agreement) (?:hereby )?(?:made|entered|executed|concluded)\b", re.IGNORECASE)
_OF_NOBODY = re.compile(
    r" ?/| (?:the|such|both|these) part(?:y|ies)\b(?! (?:listed|named|identified|set|signing|whose))", re.IGNORECASE
)
_BY_SOMEBODY = re.compile(
    r" (?:and (?:between|among)|the (?:following|undersigned)|you\b|us\b|(?-i:[A-Z\d]))| ?[:(\"]", re.IGNORECASE
)
_NUMBER = 6
"""So many characters after a joint may number the first party: 'between 1. Ada Ltd'."""

_ALIAS = re.compile(r'\([^()]{0,60}"[^()"]{1,50}"|\((?:hereinafter|the |as [A-Z]|[A-Z][a-z]+\))')
_JOIN = re.compile(r"\band\b|; ", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:relationship|disputes?|conflicts?|inconsistenc\w+|differences?|communications?|allocat\w+|divided"
    r"|understandings?|arising|terms|transactions?|negotiations?|discrepanc\w+|intent) $",
    re.IGNORECASE,
)
_OF_PERSONS = re.compile(
    r"\b(?:corporation|company|limited|Inc\b|LLC\b|L\.L\.C|Ltd|partnership|individual|organi[sz]ed|office)",
    re.IGNORECASE,
)
# Each alternative begins with a plain character, which is what makes looking for it fast.
_RECITALS = re.compile(
    r"W(?:HEREAS|hereas| ?I ?T ?N ?E ?S ?S ?E ?T ?H|itnesseth)|R(?:ECITALS?|ecitals?)"
    r"|N(?:OW,? THEREFORE|ow,? therefore)|B(?:ACKGROUND|ackground)\b|PREAMBLE|INTRODUCTION"
    r"|P(?:reliminary Statements?|RELIMINARY STATEMENTS?)"
    r"|hereby agrees? (?:as follows|to the following|that)|mutually agrees? (?:as follows|to the following|that)"
    r"|agrees? (?:as follows|to the following|that)|AGREED?:? AS FOLLOWS"
    r"|In consideration of|in consideration of|IN CONSIDERATION OF|ARTICLE (?:1|I|ONE)\b|S(?:ection|ECTION) 1\b"
    r"|\(A\) (?=[A-Z])|A\.(?<![\w.]A\.) (?=[A-Z])|1\.(?<!\w1\.)(?:0|1)? (?=[A-Z])"
)
_BORDER = re.compile(r"\b")
_ABBREVIATED = (
    *("Inc", "INC", "Corp", "CORP", "\\bCo", "CO", "Ltd", "LTD", "LLC", "Bhd", "Sdn", "Pvt", "Pte", "Pty", "Messrs"),
    *("No", "St", "Ave", "Blvd", "Rd", "Dr", "Mr", "Ms", "Jr", "Dept", "Ste", "ul", "Str", "str"),
)
_SENTENCE_END = re.compile(
    "".join(f"(?<!{word})" for word in _ABBREVIATED)
    + r"(?<![. ][A-Z])(?<!(?i: and )\d)\.\)?"
    + r"(?= (?!AND\b|And\b|Hereinafter\b|HEREINAFTER\b|Party [A-Z1-9]\b)[A-Z][a-z]* (?!Ltd|LTD))"
)
_LONGEST_TOPIC = 30


def preamble(text: str) -> tuple[int, int] | None:
    """Return the bounds in the reading `text` of the words that say who makes the agreement, or None.

    The place with the most signs of a preamble counts; of equals the first.

    >>> text = 'Cover. This Agreement is made between Ada Ltd ("Ada") and Bo AG ("Bo"). WHEREAS Ada sells'
    >>> start, end = preamble(text)
    >>> text[start:end]
    'This Agreement is made between Ada Ltd ("Ada") and Bo AG ("Bo"). '
    """
    best: tuple[int, int] | None = None
    tried = 0
    for hit in _JOINT.finditer(fold(text[:REACH])):
        points = _points(text, hit) if begins_word(text, hit.start()) else 0
        if points < _LEAST:
            continue
        tried += 1
        if best is None or points > best[0]:
            best = (points, hit.start())
        if tried >= _CANDIDATES or points >= _ENOUGH:
            break
    if best is None:
        return None
    start = _start(text, best[1])
    return start, _end(text, best[1] + 10, min(len(text), start + LONGEST))


def _points(text: str, hit: re.Match[str]) -> int:
    """Return how many signs of a preamble stand around a joint; 'by' and 'parties' count only where it is made."""
    joint = hit[0]
    before = text[max(0, hit.start() - 300) : hit.start()]
    if _OF_NOBODY.match(text, hit.end()):
        return 0
    if joint in ("by", "parties") and not (_BY_SOMEBODY.match(text, hit.end()) and _MADE.search(before[-60:])):
        return 0
    after = text[hit.end() : hit.end() + 1100]
    points = 2 * bool(_AGREEMENT.search(before)) + bool(_MADE.search(before[-150:])) + (hit.start() < _EARLY)
    points += 2 * bool(joint != "by" and _MAKING.search(before[-80:])) - 3 * bool(
        _ABOUT.search(before[-_LONGEST_TOPIC:])
    )
    if points < 0:
        return 0
    after = after[: _end(after, _NUMBER, len(after))]
    aliases = len(_ALIAS.findall(after))
    return (
        points + 2 * bool(aliases) + (aliases > 1) + bool(_OF_PERSONS.search(after[:250])) + bool(_JOIN.search(after))
    )


def _end(text: str, start: int, end: int) -> int:
    """Return where the recitals or the next sentence begin, between `start` and `end`; there, if they do not."""
    recitals = (r.start() for r in _RECITALS.finditer(text, start, end) if _BORDER.match(text, r.start()))
    least = next(recitals, end)
    stop = text.find(".", start, least)
    while stop >= 0 and not _SENTENCE_END.match(text, stop, end):
        stop = text.find(".", stop + 1, least)
    return stop if stop >= 0 else least


def _start(text: str, joint: int) -> int:
    """Return where the sentence of a joint begins: at the last 'This Agreement', or after the last full stop."""
    least = max(0, joint - _BEFORE)
    opening = None
    for opening in _AGREEMENT.finditer(text, least, joint):
        if opening[0][:4].lower() == "this":
            break
    if opening:
        return opening.start()
    stop = text.rfind(". ", least, joint)
    return stop + 2 if stop >= 0 else least
