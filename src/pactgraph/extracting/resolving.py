"""One record for one fact: which of several findings of the same kind stays, and what it went before.

The order, stated: a certain finding goes before a likely one, then one of an earlier rule in a mapping file
before one of a later rule; of one rule, the one with more fields, then the one that stands first. A later
finding is dropped where an earlier one has the same key and says at least as much, or proves its fact with
the same words; an earlier one where a later one says all that it says, and more. What stays names the rules
of all that it was chosen over, in `Finding.overrode`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pactgraph.extracting.rules import Extent, RuleSet
from pactgraph.model import FieldValue, Finding

OTHER = "other"
"""The value of a field for what its list does not name; of two such things nothing says that they are the same."""

SAYS_AS_MUCH = "it says as much"
SAYS_MORE = "it says the same and more"
SAME_WORDS = "it goes before, and the same words prove it"
ONLY_ONE = "a document has one record of this kind"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A finding that does not stay: which finding was chosen over it, and why."""

    finding: Finding
    winner: Finding
    because: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of the findings of one document: those that stay, in text order, and those that do not."""

    kept: tuple[Finding, ...]
    dropped: tuple[Dropped, ...]


def resolve(findings: Iterable[Finding], rules: RuleSet) -> tuple[Finding, ...]:
    """Return the findings that stay, in text order."""
    return resolution(findings, rules).kept


def resolution(findings: Iterable[Finding], rules: RuleSet) -> Resolution:
    """Return the findings that stay and those that do not, each of these with what was chosen over it."""
    rank = {rule.name: (index, rule.latest) for index, rule in enumerate(rules.rules)}
    by_kind: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_kind[finding.term].append(finding)
    kept: list[Finding] = []
    dropped: list[Dropped] = []
    for term in sorted(by_kind):
        order = sorted(by_kind[term], key=lambda f: _rank(f, rank))
        field = rules.single.get(term)
        if field is not None:
            order, others = _one(order, field, each=field in rules.keys.get(term, ()))
            dropped += others
        of_kind = _of_one_kind(order, rules.keys.get(term, ()), local=rules.local.get(term))
        kept += of_kind.kept
        dropped += of_kind.dropped
    beaten: dict[int, list[Finding]] = defaultdict(list)
    for loss in dropped:
        beaten[id(loss.winner)].append(loss.finding)
    stay = [_crediting(finding, beaten) for finding in kept]
    return Resolution(
        tuple(sorted(stay, key=lambda f: (f.start, f.end, f.term, str(sorted(f.fields.items()))))), tuple(dropped)
    )


def _rank(
    finding: Finding, rank: Mapping[str, tuple[int, bool]]
) -> tuple[bool, int, int, tuple[int, ...], int, int, str]:
    rule, latest = rank.get(finding.rule, (-1, False))
    age = tuple(-int(part) for part in str(finding.fields.get("date", 0)).split("-")) if latest else ()
    place = finding.start, finding.end, str(finding.fields)
    return finding.certainty != "certain", rule, -len(finding.fields), age, *place


def _one(order: Sequence[Finding], field: str, *, each: bool = False) -> tuple[list[Finding], list[Dropped]]:
    """Part the findings of a kind of which a document has one record, or one with `field`, into those left and not.

    With `each` it has one for each value of the field, in whatever letters.
    """
    first: dict[str, Finding] = {}
    dropped: list[Dropped] = []
    for finding in order:
        if not field or field in finding.fields:
            winner = first.setdefault(str(finding.fields[field]).casefold() if each else "", finding)
            if winner is not finding:
                dropped.append(Dropped(finding, winner, ONLY_ONE))
    needless = {id(loss.finding) for loss in dropped}
    return [f for f in order if id(f) not in needless], dropped


def _of_one_kind(order: Sequence[Finding], keys: tuple[str, ...], *, local: Extent | None = None) -> Resolution:
    kept: list[Finding] = []
    alike: dict[tuple[FieldValue | None, ...], list[Finding]] = defaultdict(list)
    dropped: list[Dropped] = []
    for finding in order:
        same = alike[tuple([finding.fields.get(key) for key in keys])]
        rivals = [k for k in same if _same_fact(k, finding, keys, local=local)]
        winner = next((rival for rival in rivals if _covers(rival, finding, local=local is not None)), None)
        if winner is not None:
            dropped.append(Dropped(finding, winner, _reason(winner, finding)))
            continue
        less = [k for k in kept if k in rivals and _says_less(k.fields, finding.fields)]
        dropped += [Dropped(k, finding, SAYS_MORE) for k in less]
        if less:
            kept = [k for k in kept if k not in less]
            same[:] = [k for k in same if k not in less]
        kept.append(finding)
        same.append(finding)
    return Resolution(tuple(kept), tuple(dropped))


def _crediting(finding: Finding, beaten: Mapping[int, Sequence[Finding]]) -> Finding:
    """Return the finding with the other rules whose findings it was chosen over, by itself or by what it replaced."""
    chain = [finding]
    for winner in chain:
        chain += beaten.get(id(winner), ())
    names = {loser.rule for loser in chain} - {finding.rule}
    return replace(finding, overrode=tuple(sorted(names))) if names else finding


def _same_fact(a: Finding, b: Finding, keys: tuple[str, ...], *, local: Extent | None) -> bool:
    """Whether the keys agree; things that are each 'other', or `local`, are one only where the same words say them.

    Those local to a clause are also one where several items or sentences of it say the same.
    """
    if any(a.fields.get(key) != b.fields.get(key) for key in keys):
        return False
    if local == "clause" and a.clause is not None and a.clause == b.clause:
        return True
    apart = local is not None or any(a.fields.get(key) == OTHER for key in keys)
    return not apart or min(a.end, b.end) > max(a.start, b.start)


def _covers(kept: Finding, new: Finding, *, local: bool = False) -> bool:
    """Whether `kept` makes `new` needless: it says as much, or speaks of the same words.

    `local` things that stand within one another, as a duty in a list item of another duty, do not speak of the same.
    """
    if _says_less(new.fields, kept.fields, or_same=True):
        return True
    if kept.rule == new.rule and (kept.start, kept.end) == (new.start, new.end):
        return False  # one rule says several things of the same words on purpose
    overlap = min(kept.end, new.end) - max(kept.start, new.start)
    lengths = (kept.end - kept.start, new.end - new.start)
    same = overlap > 0.5 * (max(lengths) if local else min(lengths))
    return same and not _says_less(kept.fields, new.fields)


def _reason(kept: Finding, new: Finding) -> str:
    return SAYS_AS_MUCH if _says_less(new.fields, kept.fields, or_same=True) else SAME_WORDS


def _says_less(a: Mapping[str, FieldValue], b: Mapping[str, FieldValue], *, or_same: bool = False) -> bool:
    """Whether all that `a` says, `b` says too; and more, unless `or_same`."""
    return all(b.get(name) == value for name, value in a.items()) and (or_same or len(a) < len(b))
