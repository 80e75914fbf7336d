"""One record for one fact: which of several findings of the same kind stays.

The order, stated: a finding of an earlier rule in a mapping file goes before one of a later rule; of one
rule, the one with more fields, then the one that stands first. A later finding is dropped where an
earlier one has the same key and says at least as much, or proves its fact with the same words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pactgraph.extracting.rules import RuleSet
from pactgraph.model import FieldValue, Finding

OTHER = "other"
"""The value of a field for what its list does not name; of two such things nothing says that they are the same."""


def resolve(findings: Iterable[Finding], rules: RuleSet) -> tuple[Finding, ...]:
    """Return the findings that stay, in text order."""
    rank = {rule.name: index for index, rule in enumerate(rules.rules)}
    by_kind: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_kind[finding.term].append(finding)
    kept: list[Finding] = []
    for term in sorted(by_kind):
        order = sorted(
            by_kind[term],
            key=lambda f: (
                f.certainty != "certain",
                rank.get(f.rule, -1),
                -len(f.fields),
                f.start,
                f.end,
                str(f.fields),
            ),
        )
        field = rules.single.get(term)
        if field is not None:
            alone = [f for f in order if not field or field in f.fields]
            order = [f for f in order if f not in alone[1:]]
        kept += _of_one_kind(order, rules.keys.get(term, ()), local=term in rules.local)
    return tuple(sorted(kept, key=lambda f: (f.start, f.end, f.term, str(sorted(f.fields.items())))))


def _of_one_kind(order: Sequence[Finding], keys: tuple[str, ...], *, local: bool = False) -> list[Finding]:
    kept: list[Finding] = []
    for finding in order:
        rivals = [k for k in kept if _same_fact(k, finding, keys, local=local)]
        if any(_covers(rival, finding) for rival in rivals):
            continue
        kept = [k for k in kept if not (k in rivals and _says_less(k.fields, finding.fields))]
        kept.append(finding)
    return kept


def _same_fact(a: Finding, b: Finding, keys: tuple[str, ...], *, local: bool) -> bool:
    """Whether the keys agree; things that are each 'other', or `local`, are one only where the same words say them."""
    if any(a.fields.get(key) != b.fields.get(key) for key in keys):
        return False
    local = local or any(a.fields.get(key) == OTHER for key in keys)
    return not local or min(a.end, b.end) > max(a.start, b.start)


def _covers(kept: Finding, new: Finding) -> bool:
    """Whether `kept` makes `new` needless: it says as much, or speaks of the same words."""
    if _says_less(new.fields, kept.fields, or_same=True):
        return True
    if kept.rule == new.rule and (kept.start, kept.end) == (new.start, new.end):
        return False  # one rule says several things of the same words on purpose
    overlap = min(kept.end, new.end) - max(kept.start, new.start)
    return overlap > 0.5 * min(kept.end - kept.start, new.end - new.start) and not _says_less(kept.fields, new.fields)


def _says_less(a: Mapping[str, FieldValue], b: Mapping[str, FieldValue], *, or_same: bool = False) -> bool:
    """Whether all that `a` says, `b` says too; and more, unless `or_same`."""
    return all(b.get(name) == value for name, value in a.items()) and (or_same or len(a) < len(b))
