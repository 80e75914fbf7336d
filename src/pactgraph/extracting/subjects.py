"""Who a modal verb speaks of: the subject at the end of the words before it."""

from __future__ import annotations

import re

from pactgraph.extracting.views import BOTH, COUNTERPARTY, CUSTOMER, EITHER, PROVIDER, fold

PARTIES = (PROVIDER, CUSTOMER, EITHER, BOTH, COUNTERPARTY)
TOKEN = f"[{''.join(PARTIES)}]"
"""Any party token, as a pattern."""

LABEL = r"\(?(?:[ivx]{1,5}|[a-z]|\d{1,2})[.)]"
"""The label of a list item, as a pattern."""

REACH = 1500
"""How many characters before a modal verb can tell of its subject."""

SAID = re.compile(
    r".*\b(?:agree(?!ment)|acknowledge|warrant|represent|covenant|undertake|accept|understand|confirm|guarantee|provide"
    r"|except|save|require|promise|pledge|note|recogni[sz]e|certif|signif|affirm|attest|declare|consent)\w*"
    rf"(?: and understood)?(?: to {TOKEN})?,?(?: however,?| further,?)?(?: \w{{1,4}}\))? that,? ?",
    re.IGNORECASE,
)
"""What introduces a statement of its own: 'the customer agrees that …'."""

INSERTED = re.compile(
    r"(?:and/or|and|n?or|at|in|on|upon|by|as|for|with|within|without|subject|if|unless|except|during|to|from|through|"
    r"including|where|when|after|before|following|notwithstanding|its|their|his|her|acting|whether|prior|while|should|"
    r"until|under|pursuant|despite|provided|once|whichever|however|therefore|furthermore|additionally|accordingly|"
    r"otherwise|thereafter|other|since|because|given|having|using|but|not|then|be|solely|respectively|represented|"
    r"directly|moreover|finally|likewise|similarly|consequently|thus|hence|(?:further|also|again)$)\b",
    re.IGNORECASE,
)
"""How phrases begin that stand between commas and are no subject."""

_PARENTHESIS = re.compile(r" ?\([^()]*\)")
_LABELLED = re.compile(rf"^(?:{LABEL}|[-*•]) ")
_JOINED = re.compile(r"^(?:and|but|or)\b,? ?", re.IGNORECASE)
_ADVERB = (
    *("hereby", "also", "further", "then", "therefore", "thus", "each", "both", "all", "only", "instead", "however"),
    *("always", "at all times", "in turn", "otherwise", "either", "alone", "itself", "themselves", "yourself"),
    *("yourselves", "in any event", "in no event", "under no circumstances", "at no time", "in its sole discretion"),
    *("at its sole discretion", "in its discretion", "at its own expense", "at its option"),
)
_ADVERB_ENDS = (*_ADVERB, "ly")
_ADVERBS = re.compile(rf"(?:,? ?\b(?:{'|'.join(_ADVERB)}|\w+ly)\b,?)+ ?$", re.IGNORECASE)
_EXAMPLES = re.compile(
    r",? (?:including|such as|regardless of|whether or not|irrespective of|excluding)\b", re.IGNORECASE
)
_THEN = re.compile(
    r"^(?:then|(?:and )?thereafter|and then|in addition|also|in which (?:case|event)|(?:after|failing) which) ",
    re.IGNORECASE,
)
_FIRST = re.compile(r"^(?:that|and|but|or) ", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|they|he or she|he/she|the same|s/he)$", re.IGNORECASE)
_LONGEST_NUMBER = 12
_LONGEST_PRONOUN = len("he or she")
_WINDOW = 80
"""In so many characters at the end of some words all adverbs stand that end them."""

_LONGEST_ADVERB = 40
_ANEW = re.compile(
    rf"\b(?:has|have|had|is|are|was|were|do|does|(?:shall|will|must) be|belongs?"
    rf"|agrees?|grants?|retains?|owns?|acknowledges?|understands?|"
    rf"accepts?|represents?|warrants?|reserves?|provides?|appoints?"
    rf"|authori[sz]es?|consents?|assigns?|waives?|directs?|please"
    rf"|^(?:contact|e-?mail|write|send|call|ask))\b.* (?:and|but|or) (?:that )?(?P<party>{TOKEN})$",
    re.IGNORECASE,
)
"""A statement that ends before 'and' and a party: 'you have no other rights and you'."""

_HEADED = re.compile(
    rf"(?:\d[\d.]*[.)-]? ?)?[\w' /&-]{{2,60}}: \"?$"
    rf"|(?:\d[\d.]*[.)]? )?(?!NEITHER )(?:(?:[A-Z][A-Z&/,'-]+|{TOKEN}(?:'s)?) )+$"
)
_CAPITALS = re.compile(rf"(?:[A-Z][A-Z,'-]+ (?:(?:&|/|AND|OR|OF) )?)+(?P<rest>(?:Neither |No ){TOKEN})$")
"""A heading in capitals that runs into its clause: 'SECRECY Neither party'."""

_EACH = re.compile(r"\beach,? $", re.IGNORECASE)
_AND_PARTY = re.compile(rf"{TOKEN},? and $", re.IGNORECASE)
_STATED = re.compile(
    r"\b(?:is|are|was|were|has|have|do|does|includes?|starts?|begins?|ends?|remains?|becomes?|appl(?:y|ies)|contains?"
    rf"|expires?|governs?|describes?|provides?|requires?|controls?|gives?|grants?|sets?)\b[^;]*$"
    rf"|{TOKEN} (?!and\b|or\b|nor\b|shall\b|will\b)[a-z]+ [^;]*$"
)
"""What stands before a party that is a subject of its own: a heading, or a statement that 'and' follows."""

_OBJECT = re.compile(rf"\b[a-z]+ [^,]*\b(?:to|of|by|from|with) {TOKEN}, (?:and|but) $")
"""What ends with a party that is no subject: 'send it to the seller, and'."""

_JOINED_BY = (", and ", ", but ", ", so ")
_SAID_AND = re.compile(
    rf"(?:^|, |\b(?:and|but) )(?P<party>{TOKEN}),? (?:(?:also|further|hereby|\w+ly) )?"
    r"(?:(?!is\b|as\b|has been\b)[a-z]{2,}s"
    r"|accept|acknowledge|agree|recogni[sz]e|understand|grant|assign|waive|consent|confirm|authori[sz]e|own|retain"
    r"|reserve|represent|do not)"
    r" (?!and\b)[^;:]*? (?:and|but)$"
    rf"|(?:^|, |\b(?:and|but) )(?P<bearer>{TOKEN}) (?:(?:(?:ha(?:ve|s)|was|were),?"
    r"|(?:are|is|do(?:es)?)(?: [^;:]{1,80}?)?,?)|ha(?:ve|s) (?:\w+ )?(?:read|reviewed)\b[^;:]{0,120}?) (?:and|but)$"
)
"""A statement about a party that 'and' goes on with: 'the seller knows the mark and will not …'."""

_SAYING = re.compile(rf"(?:^|, |\b(?:and|but) )(?={TOKEN})", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:^|[\s(])\d[\d.]*[.)]? $")
"""The number of a clause, also of one referred to, before a party that is a subject: '… under clause 4.2 you'."""

_ENDED = re.compile(rf"(?:(?!Inc|Ltd|Corp|etc)[A-Za-z]{{3,}}|[)\"]|{TOKEN})\. $")
"""The end of a sentence, or of a heading that runs into its clause, before a party whose name begins small."""

_AGREEING = re.compile(
    rf"(?<!\bas )(?P<party>{TOKEN})(?:, as (?:the |a )?{TOKEN})?,? (?:\w+,? )?"
    r"(?:agree(?!ment)|represent|warrant|covenant|undertake|acknowledge)\w*\b(?=.* that\b)",
    re.IGNORECASE,
)
"""Who promises what a pronoun goes on with: 'because of the seller's trade the buyer agrees that it will not'."""

_OF_TOKEN = re.compile(r"\b(?:to|of|by|with|from|for|against|in|and|or|n?either|nor?|between|upon|than|on) $", re.I)
"""Words after which a party is no subject."""


def subject_of(zone: str, context: str = "") -> str:
    """Return the subject at the end of the words before a modal; '' where they name none.

    A pronoun stands for the first party named before it, in `zone` or else in `context`.

    >>> subject_of("If the licence ends, the licensee, at its own cost, ")
    'the licensee'
    """
    words = _plain(zone[-REACH:])
    said = SAID.match(words) if "that" in fold(words) else None
    inner = words[said.end() :] if said else words
    if said and not inner:
        return _agreed(words, zone) or (_antecedent(words, context) if zone.rstrip().endswith(":") else "")
    if words[:2].isupper() and (headed := _CAPITALS.match(words)):
        return headed["rest"]
    examples = _EXAMPLES.search(inner)
    if examples and examples.start() > 0 and not inner.endswith(PARTIES):
        inner = inner[: examples.start()]
    if inner.endswith(PARTIES) and _is_alone(inner[:-1]):
        return inner[-1]
    if inner.endswith((" and", " but")) and (party := _going_on(inner)):
        return party
    parts = [_without(_THEN, part.strip()) for part in inner.split(",") if part.strip()]
    chosen = next((part for part in reversed(parts) if not INSERTED.match(part)), parts[-1] if parts else "")
    chosen = _without(_FIRST, chosen).rstrip(".")
    if chosen.endswith(PARTIES):
        anew = _ANEW.search(chosen)
        if anew:
            return anew["party"]
        if INSERTED.match(chosen) or (INSERTED.match(inner) and not _OF_TOKEN.search(chosen[:-1])):
            chosen = chosen[-1]
    elif _PRONOUN.search(chosen, max(0, len(chosen) - _LONGEST_PRONOUN)):
        return _antecedent(words, context)
    return chosen


def _agreed(words: str, zone: str) -> str:
    """Return BOTH where both parties agree that each does something, '' for other words."""
    agreeing = _AGREEING.search(words) if _EACH.search(zone) else None
    if agreeing is None:
        return ""
    return BOTH if agreeing["party"] == BOTH or _AND_PARTY.search(words, 0, agreeing.start()) else ""


def _going_on(words: str) -> str:
    """Return the party of the last statement that a final 'and' goes on with, '' where there is none."""
    for begin in reversed([match.start() for match in _SAYING.finditer(words)]):
        if said := _SAID_AND.match(words, begin):
            return said["party"] or said["bearer"]
    return ""


def agreeing(zone: str) -> str:
    """Return the party that goes on to agree after it has acknowledged something, '' where the words are no such.

    >>> agreeing("The guest accepts that the oven is old and ")
    ''
    """
    if not zone.endswith((" and ", " and further ", " and hereby ", ", and ")):
        return ""
    said = _AGREEING.search(zone)
    return said["party"] if said else ""


def _antecedent(words: str, context: str) -> str:
    """Return the party that a pronoun stands for: who agrees to something, or the first one named, '' where none is."""
    agreeing = _AGREEING.search(words)
    if agreeing:
        return agreeing["party"]
    token = re.search(TOKEN, words) or re.search(TOKEN, context)
    return token[0] if token else ""


def _is_alone(before: str) -> bool:
    """Whether a party is a subject of its own, whatever stands before it."""
    if before.endswith(_JOINED_BY):
        return _STATED.search(before) is not None or _OBJECT.search(before) is not None
    if _NUMBERED.search(before, max(0, len(before) - _LONGEST_NUMBER)) or _ENDED.search(before):
        return True
    return _HEADED.match(before) is not None and not _OF_TOKEN.search(before)


def _plain(words: str) -> str:
    """Return the words without parentheses, the label before them and the adverbs after them."""
    while "(" in words and (shorter := _PARENTHESIS.sub("", words)) != words:
        words = shorter
    return _without(_JOINED, _without_adverbs(_without(_LABELLED, words)).strip(' ,:;("'))


def _without(first: re.Pattern[str], words: str) -> str:
    """Return the words without what a pattern finds at their beginning."""
    match = first.match(words)
    return words[match.end() :] if match else words


def _without_adverbs(words: str) -> str:
    """Return the words without the adverbs with which they end; they are looked for from the end, which is faster."""
    if not fold(words[-_LONGEST_ADVERB:].removesuffix(" ").removesuffix(",")).endswith(_ADVERB_ENDS):
        return words
    least = max(0, len(words) - _WINDOW)
    adverbs = _ADVERBS.search(words, least)
    if adverbs and least and adverbs.start() < least + _LONGEST_ADVERB:
        adverbs = _ADVERBS.search(words)
    return words[: adverbs.start()] if adverbs else words
