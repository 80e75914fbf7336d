"""Turn what a query binds into the values that rows and records show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple

from pactgraph.errors import QueryError
from pactgraph.model import FieldValue
from pactgraph.vocabulary import PG, PGV, XSD
from pactgraph.wording import spoken

Node = NamedNode | BlankNode | Literal | Triple
QueryResult = QuerySolutions | QueryBoolean | QueryTriples
_STRING, _BOOLEAN = XSD("string"), XSD("boolean")
_NUMBERS = (XSD("decimal"), XSD("integer"), XSD("double"), XSD("float"), XSD("int"), XSD("long"))


class Select(Protocol):
    """Whatever runs a SPARQL query over the union of all graphs, such as `Store.query`."""

    def __call__(self, text: str, /, *, values: Mapping[str, NamedNode | Literal] | None = None) -> QueryResult:
        """Return the query's result; `values` are bound to variables that it selects."""
        ...


Texts = Callable[[str], str]
"""Returns the exact text of the source document with this SHA-256 hash."""


def rows_of(select: Select, text: str, values: Mapping[str, NamedNode | Literal] | None = None) -> QuerySolutions:
    """Run a SELECT query with `values` for variables that it selects; raise QueryError for another form of query."""
    result = select(text, values=values) if values else select(text)
    if not isinstance(result, QuerySolutions):
        raise QueryError("this query answers with no rows; write it as SELECT.")
    return result


def cell(node: Node | None) -> FieldValue | None:
    """Return the value that `node` stands for, None for none."""
    return None if node is None else value_of(node)


def value_of(node: Node) -> FieldValue:
    """Return the value that `node` stands for; kinds and enumerated values are their local names.

    >>> value_of(PGV("materialBreach")), value_of(Literal("1.50", datatype=XSD("decimal"))), value_of(Literal(True))
    ('materialBreach', Decimal('1.50'), True)
    """
    if isinstance(node, NamedNode):
        return PGV.local(node) or PG.local(node) or node.value
    if isinstance(node, Literal):
        datatype = node.datatype
        if datatype == _STRING:
            return node.value
        if datatype == _BOOLEAN:
            return node.value in ("true", "1")
        return Decimal(node.value) if datatype in _NUMBERS else node.value
    return str(node)


def number(value: Decimal) -> int | float:
    """Return a decimal as the JSON number that reads the same.

    >>> number(Decimal("18.0")), number(Decimal("43.2"))
    (18, 43.2)
    """
    return int(value) if value == value.to_integral_value() else float(value)


def plain(value: FieldValue | None) -> object:
    """Return a cell as JSON holds it: lists as arrays, decimals as numbers, nothing as null."""
    if isinstance(value, Decimal):
        return number(value)
    return list(value) if isinstance(value, tuple) else value


def written(value: FieldValue | None) -> str:
    """Return a cell as one line of text: yes and no, lists joined by '; ', nothing as ''.

    >>> written(True), written(Decimal("18.0")), written(("we", "us"))
    ('yes', '18', 'we; us')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return str(number(value))
    return "; ".join(value) if isinstance(value, tuple) else value


def said(value: FieldValue | None) -> str:
    """Return a cell as `written`, for people to read: durations and values of the ontology in words.

    >>> said("PT72H"), said(("P30D", "materialBreach")), said("in Part 1")
    ('72 hours', '30 days; material breach', 'in Part 1')
    """
    if isinstance(value, tuple):
        return "; ".join(map(spoken, value))
    return spoken(value) if isinstance(value, str) else written(value)
