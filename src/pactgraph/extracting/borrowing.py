"""Values that a record takes from the document's record of another kind: 'effective as of the date hereof'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pactgraph.extracting.resolving import resolve
from pactgraph.extracting.rules import FieldRule, Rule, RuleSet
from pactgraph.model import FieldValue, Finding

BORROWED = "of"
"""The kind of a field rule whose `value` names the kind of term that lends its field of the same name."""


def lenders(rules: Iterable[Rule]) -> Mapping[str, tuple[FieldRule, ...]]:
    """Return by the names of rules the fields that they borrow."""
    borrowing = {rule.name: tuple(spec for spec in rule.fields if spec.kind == BORROWED) for rule in rules}
    return {name: specs for name, specs in borrowing.items() if specs}


def lending_kinds(rules: Iterable[Rule]) -> frozenset[str]:
    """Return the kinds of term from whose records the rules borrow."""
    return frozenset(str(spec.value) for specs in lenders(rules).values() for spec in specs)


def with_borrowed(
    found: Sequence[Finding], borrowing: Mapping[str, tuple[FieldRule, ...]], rules: RuleSet
) -> list[Finding]:
    """Return the findings with what they borrow; without those that refer to what the document does not state once."""
    if not any(finding.rule in borrowing for finding in found):
        return list(found)
    lent: dict[tuple[str, str], FieldValue | None] = {}
    kept: list[Finding] = []
    for finding in found:
        fields = dict(finding.fields)
        for spec in borrowing.get(finding.rule, ()):
            key = str(spec.value), spec.name
            if key not in lent:
                lent[key] = _lent(found, *key, rules)
            value = lent[key]
            if value is None:
                break
            fields[spec.name] = value
        else:
            kept.append(finding if fields == finding.fields else replace(finding, fields=fields))
    return kept


def _lent(found: Sequence[Finding], kind: str, field: str, rules: RuleSet) -> FieldValue | None:
    """Return the field's value in the records of `kind` that stay, None where there is none, or more than one."""
    records = resolve((finding for finding in found if finding.term == kind), rules)
    values = {record.fields[field] for record in records if field in record.fields}
    return values.pop() if len(values) == 1 else None
