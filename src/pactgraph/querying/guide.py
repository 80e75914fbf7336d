"""Say in words what a question asks, answers and may be told: the help of a question, and the list of all."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pactgraph.querying.headers import GROUPS, Question, questions
from pactgraph.vocabulary import FieldType, schema

_FORMS = {
    "duration": "a duration such as P30D",
    "text": "text",
    "decimal": "a number",
    "bool": "yes or no",
    "date": "a day such as 2031-05-31",
}
_GIVEN = {"party": " --param {}=Provider", "date": " --param {}=2031-05-31", "dates": " --param {}=days.csv"}
_TOLD = {
    "party": "Provider, Customer",
    "date": "a day such as 2031-05-31",
    "dates": "a CSV file of agreement,date",
    "days": "a CSV file of agreement,date, an agreement as often as there are days",
    "number": "a number",
    "calendar": "law (that of the governing law), weekdays (Monday to Friday), or a place such as GB-ENG, US-CA, DE",
}


def listing() -> Iterator[str]:
    """Yield the questions by subject, a line each: the name and what it asks."""
    width = max(map(len, questions()))
    for group in GROUPS:
        members = [question for question in questions().values() if question.group == group]
        if members:
            yield f"\n{group}" if group != GROUPS[0] else group
        for question in members:
            yield f"  {question.name:{width}}  {question.asks}"


def guide(question: Question) -> Iterator[str]:
    """Yield the help of a question, line by line: what it asks, its columns, kinds and parameters, an example."""
    yield f"{question.name}: {question.asks}"
    yield "\nColumns, after agreement and vendor, with the evidence of each row:"
    width = max(map(len, question.columns))
    for column in question.columns:
        yield f"  {column:{width}}  {_form(question, column)}".rstrip()
    if question.how:
        yield f"\n{question.how}"
    yield f"\nReads: {', '.join(question.kinds) or 'all kinds of term'}"
    if question.parameters:
        yield "\nParameters, as --param NAME=VALUE:"
    for one in question.parameters:
        default = f" [default: {one.default}]" if one.default else ""
        yield f"  {one.name}: {one.meaning}; {_TOLD[one.kind]}{default}"
    yield f"\nExample of a row: {json.dumps(question.example, ensure_ascii=False)}"
    given = "".join(_GIVEN.get(one.kind, "").format(one.name) for one in question.parameters[:1])
    yield f"Example: pactgraph ask {question.name} --graph graph{given}"


def _form(question: Question, column: str) -> str:
    """Return what a column holds: the values of the fields that it shows, '' where it is computed."""
    if column == "kind" and len(question.kinds) > 1:
        return "one of the kinds below"
    known = schema()
    fields = [known.kind(kind).fields[column] for kind in question.kinds if column in known.kind(kind).fields]
    told = list(dict.fromkeys(map(_values, fields)))
    listed = "a list of: " if column in question.lists else ""
    return listed + "; or ".join(told)


def _values(field: FieldType) -> str:
    return ", ".join(sorted(field.values)) or _FORMS.get(field.kind, field.kind)
