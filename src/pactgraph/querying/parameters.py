"""What a question may be told: a party, a calendar, a number, a day, or days for each agreement.

A header's `params` line declares parameters, parted by ';', each as 'name kind [= default]: meaning'. A query
that selects ?askedParty is given the value of the parameter 'party' as a bound variable; values never become
part of its text. Computations read the others.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from pactgraph.errors import QueryError, unknown
from pactgraph.vocabulary import PGV, XSD, schema

Given = str | int | date | Path | Mapping[str, str | date] | Mapping[str, Sequence[str | date]]
"""A value as a caller gives it: text, a number, a day, a CSV file of days, or one or several days by agreement."""

Value = str | int | date | Mapping[str, date] | Mapping[str, tuple[date, ...]]
"""A value that was understood: the name of a party or a calendar, a number, a day, or days by agreement."""

KINDS = ("party", "date", "dates", "days", "calendar", "number")
_DECLARED = re.compile(r"(?P<name>[a-z][A-Za-z]*) (?P<kind>[a-z]+)(?: = (?P<default>\S+))?: (?P<meaning>.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question; `default` is '' where it may stay open, `variable` the name in the query."""

    name: str
    kind: str
    default: str
    meaning: str

    @property
    def variable(self) -> str:
        """The variable that stands for the value in the query.

        >>> Parameter("party", "party", "Customer", "whose duties").variable
        'askedParty'
        """
        return f"asked{self.name[0].upper()}{self.name[1:]}"


def read_parameters(text: str) -> tuple[Parameter, ...]:
    """Return the parameters that a header's `params` line declares.

    >>> [(one.name, one.default) for one in read_parameters("party party = Customer: who; after date: from when")]
    [('party', 'Customer'), ('after', '')]

    Raises QueryError for a declaration of another form.
    """
    found = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        declared = _DECLARED.fullmatch(part)
        if declared is None:
            raise QueryError(f"the parameter '{part}' is not declared as 'name kind [= default]: meaning'.")
        if declared["kind"] not in KINDS:
            raise QueryError(unknown("kind of parameter", declared["kind"], KINDS))
        found.append(Parameter(declared["name"], declared["kind"], declared["default"] or "", declared["meaning"]))
    return tuple(found)


def understood(question: str, declared: tuple[Parameter, ...], given: Mapping[str, Given]) -> Mapping[str, Value]:
    """Return the values of a question's parameters by name: what is given, else the defaults.

    Raises QueryError where a parameter is not declared or its value has not the form of its kind.
    """
    known = {parameter.name: parameter for parameter in declared}
    for name in given:
        if not known:
            raise QueryError(f"'{question}' takes no parameter '{name}'; it takes none.")
        if name not in known:
            raise QueryError(f"{question}: {unknown('parameter', name, known)}")
    values = {name: given.get(name, parameter.default) for name, parameter in known.items()}
    return {name: _value(question, known[name], value) for name, value in values.items() if value != ""}


def bound(declared: tuple[Parameter, ...], values: Mapping[str, Value]) -> Mapping[str, NamedNode | Literal]:
    """Return the variables of the query that stand for `values`, with their nodes."""
    found: dict[str, NamedNode | Literal] = {}
    for parameter in declared:
        value = values.get(parameter.name)
        if isinstance(value, date):
            found[parameter.variable] = Literal(value.isoformat(), datatype=XSD("date"))
        elif isinstance(value, str) and parameter.kind == "party":
            found[parameter.variable] = PGV(value)
    return found


def _value(question: str, parameter: Parameter, given: Given) -> Value:
    place = f"{question}: parameter '{parameter.name}'"
    if parameter.kind == "party":
        known = {value.lower(): value for value in schema().values("PartyValue")}
        if str(given).lower() not in known:
            raise QueryError(f"{place}: {unknown('party', str(given), known.values())}")
        return known[str(given).lower()]
    if parameter.kind == "calendar":
        return str(given)
    if parameter.kind == "date":
        return _day(place, given)
    if parameter.kind == "number":
        if not str(given).isdecimal() or not int(str(given)):
            raise QueryError(f"{place}: '{given}' is no number; write one from 1 on.")
        return int(str(given))
    listed = _listed(place, given) if isinstance(given, Mapping) else _days(place, Path(str(given)))
    if parameter.kind == "days":
        return listed
    for slug, days in listed.items():
        if len(days) > 1:
            raise QueryError(f"{place}: '{slug}' has {len(days)} days; give it one.")
    return {slug: days[0] for slug, days in listed.items()}


def _listed(place: str, given: Mapping[str, Any]) -> Mapping[str, tuple[date, ...]]:
    """Return the days of each agreement, of which a caller may give one or several."""
    several = {slug: (days,) if isinstance(days, str | date) else tuple(days) for slug, days in given.items()}
    return {slug: tuple(_day(place, day) for day in days) for slug, days in several.items() if days}


def _day(place: str, given: Given) -> date:
    """Return a day; raises QueryError that begins with `place` for anything else."""
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(str(given).strip())
    except ValueError as error:
        raise QueryError(f"{place}: '{given}' is no day; write it like 2031-05-31.") from error


def _days(place: str, path: Path) -> Mapping[str, tuple[date, ...]]:
    """Return the days of a CSV file with the columns agreement and date."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            lines = list(enumerate(table, 2))
            head = set(table.fieldnames or ())
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise QueryError(f"{place}: {path}: no CSV file that can be read: {error}.") from error
    if missing := sorted({"agreement", "date"} - head):
        raise QueryError(f"{place}: {path}:1: the column '{missing[0]}' is missing; write 'agreement,date'.")
    found: dict[str, tuple[date, ...]] = {}
    for number, line in lines:
        slug = str(line["agreement"])
        found[slug] = (*found.get(slug, ()), _day(f"{path}:{number}", line["date"] or ""))
    return found
