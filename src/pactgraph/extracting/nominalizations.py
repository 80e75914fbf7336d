"""Words an act that a noun names as a verb phrase: 'any resale of tickets' as 'resell tickets'."""

from __future__ import annotations

import re

from pactgraph.extracting.verbs import base_form

_VERBS = {
    "use": "use", "uses": "use", "usage": "use", "access": "access", "transfer": "transfer", "resale": "resell",
    "sale": "sell", "reproduction": "reproduce", "distribution": "distribute", "redistribution": "redistribute",
    "modification": "modify", "publication": "publish", "republication": "republish", "duplication": "duplicate",
    "transmission": "transmit", "retransmission": "retransmit", "disclosure": "disclose", "exploitation": "exploit",
    "removal": "remove", "alteration": "alter", "decompilation": "decompile", "disassembly": "disassemble",
    "assignment": "assign", "collection": "collect", "extraction": "extract", "adaptation": "adapt",
    "translation": "translate", "copy": "copy", "display": "display", "download": "download", "upload": "upload",
    "participation": "participate", "registration": "register", "storage": "store", "creation": "create",
    "sublicense": "sublicense", "dissemination": "disseminate", "misuse": "misuse", "abuse": "abuse",
    "performance": "perform", "manipulation": "manipulate", "circumvention": "circumvent", "export": "export",
}  # fmt: skip
_BEFORE = re.compile(
    r"(?:(?:any|all|the|such|other|further|each|additional|unauthori[sz]ed|commercial|public|direct|indirect"
    r"|and|or) )*",
    re.IGNORECASE,
)
_NOUN = re.compile(r"(?P<word>[\w-]+)(?P<joint>,? (?:and/or|and|or) |, |(?: of| to)? (?=\S)|$)", re.IGNORECASE)
_NO_ACT = frozenset(("anything", "nothing", "something", "everything", "following", "during", "string"))


def named_act(subject: str) -> str:
    """Return the verb phrase for the act that a subject names, '' where it names none.

    >>> named_act("Any use, modification or reselling of the tickets")
    'use, modify or resell the tickets'
    >>> named_act("The oven")
    ''
    """
    before = _BEFORE.match(subject)
    at, phrase = before.end() if before else 0, ""
    while (noun := _NOUN.match(subject, at)) is not None:
        verb = _verb(noun["word"])
        if not verb:
            break
        at, joint = noun.end(), noun["joint"]
        phrase += verb
        if joint.strip(" ,") not in ("and", "or", "and/or") and joint != ", ":
            return f"{phrase} {subject[at:]}".strip() if subject[at:] or noun["word"].endswith("ing") else ""
        phrase += joint
    return ""


def _verb(noun: str) -> str:
    """Return the verb of a noun of action or a gerund, '' for other words."""
    word = noun.casefold()
    if word in _VERBS:
        return _VERBS[word]
    return base_form(word) if word.endswith("ing") and len(word) > 5 and word not in _NO_ACT else ""
