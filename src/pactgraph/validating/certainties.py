"""Tests of single values that only pass what certainly keeps a constraint of SHACL; what is doubtful does not pass.

A test is made for the data that it is used on, because some look a value up there. Values are bytes, see `Statements`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import product
from types import MappingProxyType

from pactgraph.validating.statements import Statements

Test = Callable[[bytes], object]
Maker = Callable[[Statements], Test]

_XSD = rb'"\^\^<http://www\.w3\.org/2001/XMLSchema#'
_DURATION = rb"P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?"
_FORMS: Mapping[str, bytes] = MappingProxyType(
    {
        "boolean": rb"true|false",
        "date": rb"[1-9]\d{3}-\d\d-\d\d",
        "decimal": rb"-?\d{1,15}(?:\.\d{1,9})?",
        "duration": _DURATION,
        "gYearMonth": rb"[1-9]\d{3}-(?:0[1-9]|1[0-2])",
        "integer": rb"-?\d{1,15}",
    }
)
_NUMBER = re.compile(rb'"(-?\d{1,15}(?:\.\d{1,9})?)' + _XSD + rb"(?:integer|decimal)>")
_ESCAPE = re.compile(rb"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_NODE = re.compile(rb"<[!-;=?-~]+>")
_PLAIN = re.compile(rb"[ !#-\[\]-~]*")
"""Characters that no regular expression engine sees otherwise than another."""


def of_class(name: bytes) -> Maker:
    """Return a test for members of a class."""
    return lambda data: data.members.get(name, frozenset[bytes]()).__contains__


def one_of(values: Iterable[bytes]) -> Maker:
    """Return a test for these values."""
    known = frozenset(values)
    return lambda _: known.__contains__


def none_of(nodes: Iterable[bytes]) -> Maker | None:
    """Return a test for nodes with an IRI that are none of these; nothing where one of these is a literal."""
    known = frozenset(nodes)
    if not all(map(_NODE.fullmatch, known)):
        return None
    return lambda _: lambda value: _NODE.fullmatch(value) and value not in known


def any_of(makers: Iterable[Maker]) -> Maker:
    """Return a test that one of several passes."""
    all_makers = tuple(makers)

    def make(data: Statements) -> Test:
        tests = [maker(data) for maker in all_makers]
        return lambda value: any(test(value) for test in tests)

    return make


def all_of(makers: Iterable[Maker]) -> Maker:
    """Return a test that all of several pass."""
    all_makers = tuple(makers)
    if len(all_makers) == 1:
        return all_makers[0]

    def make(data: Statements) -> Test:
        tests = [maker(data) for maker in all_makers]
        return lambda value: all(test(value) for test in tests)

    return make


def is_node(_: Statements) -> Test:
    """Return a test for nodes with an IRI."""
    return _NODE.fullmatch


def of_datatype(local: str) -> Maker | None:
    """Return a test for well-formed literals of a datatype of XML Schema, nothing for one that is not known here."""
    if local == "string":
        return lambda _: lambda value: value[-1:] == b'"'
    if local not in _FORMS:
        return None
    form = re.compile(rb'"(' + _FORMS[local] + rb")" + _XSD + local.encode() + rb">").fullmatch
    if local == "date":
        return lambda _: lambda value: (found := form(value)) and _is_day(found[1])
    return lambda _: form


def _is_day(written: bytes) -> bool:
    try:
        date.fromisoformat(written.decode("ascii"))
    except ValueError:
        return False
    return True


def matching(pattern: str) -> Maker | None:
    """Return a test for literals and nodes that a regular expression finds something in."""
    try:
        find = re.compile(pattern).search
    except re.error:
        return None

    @lru_cache(maxsize=2**10)
    def test(value: bytes) -> bool:
        inner = value[1:-1] if value[:1] == b"<" else _between_quotes(value)
        return inner is not None and bool(_PLAIN.fullmatch(inner)) and find(inner.decode("ascii")) is not None

    return lambda _: test


def at_least_long(least: int) -> Maker:
    """Return a test for literals of at least so many characters."""
    if least == 1:
        return lambda _: lambda value: value[:1] == b'"' != value[1:2]
    return lambda _: lambda value: (inner := _between_quotes(value)) is not None and _length(inner) >= least


def at_most_long(most: int) -> Maker:
    """Return a test for literals of at most so many characters."""
    return lambda _: lambda value: (inner := _between_quotes(value)) is not None and _length(inner) <= most


def _between_quotes(value: bytes) -> bytes | None:
    return value[1 : value.rindex(b'"')] if value[:1] == b'"' else None


def _length(inner: bytes) -> int:
    return len(_ESCAPE.sub(b"-", inner).decode("utf-8")) if b"\\" in inner else len(inner.decode("utf-8"))


@lru_cache(maxsize=2**14)
def number(value: bytes) -> Decimal | None:
    """Return the number that an integer or decimal is, nothing for any other term."""
    found = _NUMBER.fullmatch(value)
    return None if found is None else Decimal(found[1].decode("ascii"))


def at_least(bound: bytes) -> Maker | None:
    """Return a test for numbers from a bound upwards; nothing where the bound is none."""
    least = number(bound)
    if least is None:
        return None
    return lambda _: lambda value: (found := number(value)) is not None and found >= least


def at_most(bound: bytes) -> Maker | None:
    """Return a test for numbers up to a bound; nothing where the bound is none."""
    most = number(bound)
    if most is None:
        return None
    return lambda _: lambda value: (found := number(value)) is not None and found <= most


def before(data: Statements, subject: bytes, path: Sequence[bytes], other: bytes, *, same: bool) -> bool:
    """Whether numbers at the end of a path are certainly less than those of another property, or `same` as those."""
    for mine, yours in product(data.values(subject, path), data.values(subject, (other,))):
        low, high = number(mine), number(yours)
        if low is None or high is None or low > high or (low == high and not same):
            return False
    return True
