"""The name of a party, told from the words around it: its legal form, its other names, what is no part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from pactgraph.extracting.rules import Lexicon
from pactgraph.extracting.units import Units
from pactgraph.extracting.views import ascii_form
from pactgraph.model import FieldValue, Finding

_AFTER = 260
"""How many characters after a name are read for its other names."""

_USES = 4
"""So often at least is a name without quotation marks used where it stands for a party."""

_BARE = re.compile(r"(?:,? (?:an? )?[\w ,.]{0,80}?)? ?\((?:the |as )?([A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,2}) ?\)")
_ENDING = re.compile(r"\((?:the |as |The )?([A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,2}) ?\)$")
_TRAILING = re.compile(r"(?<=[a-zA-Z.]) \(([A-Z][\w&.-]*)\)$")
_NEXT_PARTY = re.compile(r"\b(?:[Aa]nd|AND|[Bb]etween|BETWEEN|WHEREAS|Party [A-Z1-9])\b|[();:]")
_CALLED = re.compile(r"\"(?:the )?([A-Z][^\"()]{1,40})\"")
_TRADING = re.compile(
    r"[ ,(]{1,3}(?:(?:d/b/a|D/B/A|dba|DBA|t/a|doing business as|trading as)\b:?\.? ?"
    r"\"?((?:[A-Z][\w&'-]*)(?: [A-Z][\w&'-]*){0,4})"
    r"|DBA([A-Z]\w+))"
)
_NEEDLESS = re.compile(
    r"^(?:between|among|you and|and|(?:offered|provided|operated) by,|messrs\.?|\d+/\d+/\d+|\d{1,2}[.)](?= [a-z])) "
    r"|^(?-i:[A-Z][a-z][\w -]{0,60}, AND )|,? and its affiliates$",
    re.IGNORECASE,
)
_LOST_SPACE = re.compile(r",(?=[A-Z])")
_STOP = re.compile(
    r"(?<=\b(?:LLC|LLP|PLC|plc))\.$|(?<=\b(?:LP|AG|SE|SA|AB|AS|BV|NV))\.$"
    r"|(?<=(?:mbH|ted|any|ion|hip))\.$"
)
_YOU = re.compile(r"[Yy]ou,? ?\(")
_PLACE = re.compile(
    r"\b(?:located (?:at|in)|offices? (?:is |are )?(?:at|in)|laws? of|business (?:is )?(?:at|in)|province of"
    r"|address(?: is)?(?: at)?)\b[^();\"\d]{0,60}$"
)


def introduced(finding: Finding, units: Units, lexicon: Lexicon, *, preamble: bool) -> Finding | None:
    """Return a Party finding whose name is the name and no more, with the names that stand beside it; None for a place.

    'Oakline GmbH (Carrier)' is 'Oakline GmbH', also called Carrier. A city between 'located in' and the name
    in parentheses names no person. In a `preamble` a name may follow that no parentheses hold.
    """
    start, end = units.reading.slice(finding.start, finding.end)
    text = units.reading.text
    fields: dict[str, FieldValue] = {k: v for k, v in finding.fields.items() if k not in ("alias", "legalForm")}
    name = _NEEDLESS.sub("", str(finding.fields.get("name", "")))
    legal_form = _form(lexicon.words.phrases["legal-form"])
    form = legal_form.search(name)
    if form is None and (whole := _whole(lexicon.words.phrases["legal-form"]).match(name)):
        name, form = whole[1], whole
    if form is None and _PLACE.search(text[max(0, start - 120) : start]):
        return None
    aliases = list(listed(finding.fields.get("alias")))
    bare = _TRAILING.search(name)
    if bare and form is None and (form := legal_form.search(name[: bare.start()])):
        name, aliases = name[: bare.start()], [*aliases, bare[1]]
    if form:
        fields["legalForm"] = _STOP.sub("", form["form"])
    else:
        name = name.rstrip(" .")
    fields["name"] = name = _STOP.sub("", name)
    if "address" in fields:
        fields["address"] = _LOST_SPACE.sub(", ", str(fields["address"]))
    ending = _ENDING.search(text, start, end) if preamble and form and not aliases else None
    if ending and ending[1].casefold() in (
        *lexicon.provider_words,
        *lexicon.customer_words,
        *lexicon.other_words,
    ):
        aliases.append(ending[1])
    at = text.find(ascii_form(name), start, end + 1)
    if at >= 0:
        aliases += _beside(text, at + len(name), known=bool(aliases) or not preamble)
    if _YOU.search(text, max(0, start - 6), end) and re.search(
        rf"\b[Yy]ou,? ?\([^()\"]{{0,20}}\"(?:the )?{re.escape(name)}\"", text[max(0, start - 6) : end]
    ):
        aliases.append("you")
    aliases = [alias.strip("_* ") for alias in aliases]
    others = tuple(dict.fromkeys(a for a in aliases if a and a.casefold() != name.casefold()))
    return replace(finding, fields={**fields, "alias": others} if others else fields)


@lru_cache(maxsize=4)
def _form(legal_form: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?P<form>{legal_form})$")


@lru_cache(maxsize=4)
def _whole(legal_form: str) -> re.Pattern[str]:
    """The pattern of a name with its legal form and an address or a description after it."""
    return re.compile(rf"(.{{2,60}}?(?<![\w.])(?P<form>{legal_form}))(?:, | (?=\d))")


def _beside(text: str, at: int, *, known: bool) -> Iterator[str]:
    """Yield the other names of the person whose name ends at `at`; unless one is `known`, also those without marks."""
    trading = _TRADING.match(text, at, at + _AFTER)
    if trading:
        yield (trading[1] or trading[2]).strip()
    if known:
        return
    bare = _BARE.match(text, at, at + _AFTER)
    if bare and len(re.findall(rf"\b{re.escape(bare[1])}\b", text)) > _USES:
        yield bare[1]
    stop = _NEXT_PARTY.search(text, at, at + _AFTER)
    called = _CALLED.search(text, at, stop.start() if stop else at + _AFTER)
    if called:
        yield called[1]


def listed(value: FieldValue | None) -> tuple[str, ...]:
    """Return the values of a list field, none where it is absent."""
    return value if isinstance(value, tuple) else ()
