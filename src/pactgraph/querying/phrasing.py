"""Say a term in words that fit a cell: '60 days before end of term', 'Provider: fees paid, lookback 12 months'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pactgraph.model import FieldValue
from pactgraph.querying.cells import number
from pactgraph.vocabulary import FieldType, Kind
from pactgraph.wording import length_words, spaced, spoken

_LONGEST = 70
_LONGEST_ANCHOR = 40
_BARE = frozenset(("duration", "percent", "amount", "name", "title", "place", "institution", "law", "date", "action"))
"""Fields whose values speak for themselves; what others hold is told by the field's name before it."""

_SAID_BESIDE = frozenset(("dayKind", "currency"))


@dataclass(frozen=True, slots=True)
class Said:
    """A value of a field; a period as an ISO 8601 duration, with its direction and what it is counted from."""

    value: FieldValue
    direction: str = ""
    anchor: str = ""


Facts = dict[str, list[Said]]
"""What a term says, by field."""


def phrase(kind: Kind, facts: Facts) -> str:
    """Return in words what a term of a kind says, 'stated' where it says nothing but that it is there."""
    parties = [
        _listed(facts[field.name]) for field in kind.fields.values() if field.kind == "party" and field.name in facts
    ]
    told = ", ".join(part for field in kind.fields.values() if field.name in facts for part in _told(field, facts))
    lead = " to ".join(parties) if "indemnitor" in kind.fields else ", ".join(dict.fromkeys(parties))
    if lead and told:
        return f"{lead}: {told}"
    return lead or told or "stated"


def _told(field: FieldType, facts: Facts) -> Iterator[str]:
    """Yield what a field says in words, none for what is said beside another."""
    values = facts[field.name]
    if field.kind == "party" or field.name in _SAID_BESIDE:
        return
    if field.kind == "bool":
        yield spaced(field.name) if values[0].value is True else f"not {spaced(field.name)}"
        return
    words = {
        "duration": lambda: " or ".join(_period(said, facts) for said in values),
        "decimal": lambda: _number(field.name, values[0].value, facts),
    }.get(field.kind, lambda: _listed(values))()
    if field.name == "per":
        yield f"per {words.removeprefix('1 ')}"
    elif field.kind == "enum" or field.name in _BARE:
        yield words
    else:
        yield f"{spaced(field.name)} {words}"


def _period(said: Said, facts: Facts) -> str:
    business = any(kind.value == "business" for kind in facts.get("dayKind", []))
    length = length_words(str(said.value), business=business)
    anchor = _cut(said.anchor, _LONGEST_ANCHOR)
    return " ".join(part for part in (length, said.direction if anchor else "", anchor) if part)


def _number(name: str, value: FieldValue, facts: Facts) -> str:
    """Return an amount with its currency, a percentage with its sign.

    >>> _number("maxPercent", Decimal("5.0"), {}), _number("amount", Decimal(48000), {"currency": [Said("GBP")]})
    ('5%', '48,000 GBP')
    """
    if not isinstance(value, Decimal):
        return str(value)
    if name.lower().endswith("percent"):
        return f"{number(value)}%"
    currency = "".join(f" {said.value}" for said in facts.get("currency", [])) if name == "amount" else ""
    return f"{number(value):,}{currency}"


def _listed(values: list[Said]) -> str:
    return _cut(", ".join(sorted(spoken(str(said.value)) for said in values)), _LONGEST)


def _cut(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rsplit(' ', 1)[0]} …"
