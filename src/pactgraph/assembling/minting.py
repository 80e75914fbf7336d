"""Field values become RDF nodes, by the kind of field that the ontology declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode

from pactgraph.errors import OntologyError, ValueParseError, unknown
from pactgraph.model import FieldValue
from pactgraph.vocabulary import PGV, XSD, FieldType

Node = NamedNode | Literal
_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?", re.ASCII)


def nodes(field: FieldType, value: FieldValue) -> tuple[Node, ...]:
    """Return the nodes of a field's value: one, or one for each member of a list; none for an empty value.

    Raises OntologyError for a value that the field's list does not know, ValueParseError for one that
    has not the field's form or where a single-valued field has several.
    """
    members: Iterable[FieldValue] = value if isinstance(value, tuple) else (value,)
    present = [member for member in members if member != ""]
    if len(present) > 1 and not field.many:
        raise ValueParseError(
            f"field '{field.name}' takes one value, not {len(present)}: {', '.join(map(str, present))}"
        )
    mint = _MINTERS[field.kind]
    return tuple(dict.fromkeys(mint(field, member) for member in present))


def text(value: str) -> Literal:
    """Return a string as a literal."""
    return Literal(value)


def integer(value: int) -> Literal:
    """Return a whole number as xsd:integer."""
    return Literal(str(value), datatype=XSD("integer"))


def date(value: str, what: str = "date") -> Literal:
    """Return an ISO 8601 date or year-month as xsd:date or xsd:gYearMonth.

    >>> date("2024-05").datatype.value
    'http://www.w3.org/2001/XMLSchema#gYearMonth'

    Raises ValueParseError for any other form.
    """
    found = _DATE.fullmatch(value)
    if not found:
        raise ValueParseError(f"{what}: '{value}' is no date; write it like 2024-05-31 or 2024-05.")
    return Literal(value, datatype=XSD("date") if found[1] else XSD("gYearMonth"))


def concept(value: str, known: Iterable[str], what: str) -> NamedNode:
    """Return the concept of an enumerated value; raises OntologyError that lists the known ones."""
    if value not in known:
        raise OntologyError(unknown(what, value, known))
    return PGV(value)


def _text(field: FieldType, value: FieldValue) -> Node:
    return text(_string(field, value))


def _concept(field: FieldType, value: FieldValue) -> Node:
    return concept(_string(field, value), field.values, f"value of field '{field.name}'")


def _date(field: FieldType, value: FieldValue) -> Node:
    return date(_string(field, value), f"field '{field.name}'")


def _decimal(field: FieldType, value: FieldValue) -> Node:
    try:
        if isinstance(value, bool | tuple):
            raise InvalidOperation
        number = Decimal(value)
    except InvalidOperation as error:
        raise ValueParseError(f"field '{field.name}': {value!r} is no decimal number.") from error
    if not number.is_finite():
        raise ValueParseError(f"field '{field.name}': {value!r} is no decimal number.")
    return Literal(format(number, "f"), datatype=XSD("decimal"))


def _bool(field: FieldType, value: FieldValue) -> Node:
    if not isinstance(value, bool):
        raise ValueParseError(f"field '{field.name}': {value!r} is neither true nor false.")
    return Literal(value)


def _string(field: FieldType, value: FieldValue) -> str:
    if not isinstance(value, str):
        raise ValueParseError(f"field '{field.name}': {value!r} is no text.")
    return value


_MINTERS: Mapping[str, Callable[[FieldType, FieldValue], Node]] = {
    "text": _text,
    "enum": _concept,
    "party": _concept,
    "date": _date,
    "decimal": _decimal,
    "bool": _bool,
    "duration": _text,  # the form as written; the period around it is the assembler's
}
