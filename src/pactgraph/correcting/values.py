"""Field values as people write them become field values of the model, checked against the ontology."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from pactgraph.durations import xsd_duration
from pactgraph.errors import OntologyError, ValueParseError, unknown
from pactgraph.model import FieldValue
from pactgraph.vocabulary import FieldType, Kind, schema

_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?", re.ASCII)
_TRUTH: Mapping[str, bool] = {"true": True, "yes": True, "false": False, "no": False}
_DETAILS = ("anchor", "direction")


def parse(kind: Kind, name: str, given: str | Iterable[str]) -> FieldValue:
    """Return what `given`, a text or several, states as the field `name` of a kind; 'notice.anchor' is a field, too.

    >>> parse(schema().kind("NonRenewalNotice"), "duration", "P30D")
    'P30D'

    Raises OntologyError for a field or value that the ontology does not know, ValueParseError for a text that is
    no value of the field, or for several where it takes one.
    """
    field, detail = field_of(kind, name)
    members = [given] if isinstance(given, str) else list(given)
    if detail:
        return _detail(name, detail, _only(name, members))
    if field.many:
        return tuple(dict.fromkeys(str(_value(field, member)) for member in members))
    return _value(field, _only(name, members))


def field_of(kind: Kind, name: str) -> tuple[FieldType, str]:
    """Return the field that a name leads to, and what it says of its period: anchor, direction or ''.

    Raises OntologyError, listing the known ones, where there is no such field.
    """
    base, _, detail = name.partition(".")
    field = kind.fields.get(base)
    if field is None or (detail and (detail not in _DETAILS or field.kind != "duration")):
        details = [f"{f.name}.{d}" for f in kind.fields.values() if f.kind == "duration" for d in _DETAILS]
        raise OntologyError(unknown(f"field of {kind.name}", name, [*kind.fields, *details]))
    return field, detail


def _only(name: str, members: list[str]) -> str:
    if len(members) != 1:
        raise ValueParseError(f"field '{name}' takes one value, not {len(members)}.")
    return members[0]


def _detail(name: str, detail: str, text: str) -> str:
    known = schema().values("PeriodDirection")
    if detail == "direction" and text not in known:
        raise OntologyError(unknown(f"value of field '{name}'", text, known))
    return text


def _value(field: FieldType, text: str) -> FieldValue:
    if not text.strip():
        raise ValueParseError(f"field '{field.name}' is empty; leave it out, or write null to take it away.")
    if field.kind in ("enum", "party"):
        if text not in field.values:
            raise OntologyError(unknown(f"value of field '{field.name}'", text, field.values))
    elif field.kind == "duration":
        xsd_duration(text)
    elif field.kind == "bool":
        if text.lower() not in _TRUTH:
            raise ValueParseError(f"field '{field.name}': '{text}' is neither true nor false.")
        return _TRUTH[text.lower()]
    elif field.kind == "decimal":
        return _number(field, text)
    elif field.kind == "date" and not _is_date(text):
        raise ValueParseError(f"field '{field.name}': '{text}' is no date; write it like 2031-05-31 or 2031-05.")
    return text


def _number(field: FieldType, text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueParseError(f"field '{field.name}': '{text}' is no number; write it like 1250.50.") from error
    if not number.is_finite():
        raise ValueParseError(f"field '{field.name}': '{text}' is no number; write it like 1250.50.")
    return number


def _is_date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    try:
        return bool(found and date.fromisoformat(text if found[1] else f"{text}-01"))
    except ValueError:
        return False


def written(value: FieldValue) -> str:
    """Return a value as people read it.

    >>> written(Decimal("9.50")), written(("we", "Brindle")), written(True)
    ('9.50', 'we; Brindle', 'true')
    """
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else value


def ordered(kind: Kind, fields: Mapping[str, FieldValue | None]) -> dict[str, FieldValue | None]:
    """Return fields in the order of the ontology, what describes a period after the period."""
    order = {name: number for number, name in enumerate(kind.fields)}

    def rank(name: str) -> tuple[int, str]:
        return order.get(name.partition(".")[0], len(order)), name

    return {name: fields[name] for name in sorted(fields, key=rank)}


def same(one: FieldValue, other: FieldValue | None) -> bool:
    """Whether two values of a field say the same: lists in any order, 9.50 like 9.5."""
    return other is not None and _members(one) == _members(other)


def _members(value: FieldValue) -> frozenset[str]:
    members: Iterable[FieldValue] = value if isinstance(value, tuple) else (value,)
    return frozenset(format(m.normalize(), "f") if isinstance(m, Decimal) else written(m) for m in members)
