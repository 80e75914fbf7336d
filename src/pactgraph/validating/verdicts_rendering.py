"""Verdicts for people and for programs: worst agreement first, and within it the worst point first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from pactgraph.errors import DefinitionError, unknown
from pactgraph.model import Evidence, Verdict
from pactgraph.validating.junit import verdicts_junit
from pactgraph.validating.pages import verdicts_page
from pactgraph.validating.playbook import ACCEPTABLE, IDEAL, WALK_AWAY
from pactgraph.validating.verdicts import VERDICTS

PASSING = (ACCEPTABLE, IDEAL)
UNSETTLED = "unsettled"
FAILING: Mapping[str, frozenset[str]] = MappingProxyType(
    {WALK_AWAY: frozenset({WALK_AWAY}), UNSETTLED: frozenset(VERDICTS) - frozenset(PASSING), "none": frozenset()}
)
"""The verdicts that fail at each level of strictness: unsettled is all that is not known to pass."""

_QUOTE_LENGTH = 160
"""How many characters of a quote the text shows; the JSON has all of it."""
_INDENT = " " * 14


def fails(verdicts: Iterable[Verdict], level: str) -> bool:
    """Tell whether a verdict fails at a level of `FAILING`. Raises DefinitionError for another level."""
    if level not in FAILING:
        raise DefinitionError(unknown("level of failing", level, FAILING))
    return any(verdict.verdict in FAILING[level] for verdict in verdicts)


def grouped(verdicts: Iterable[Verdict]) -> list[tuple[str, list[Verdict]]]:
    """Return the verdicts of each agreement, worst first; of equal ones in the order of the playbook."""
    groups: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        groups.setdefault(verdict.agreement, []).append(verdict)
    for own in groups.values():
        own.sort(key=lambda verdict: VERDICTS.index(verdict.verdict))
    return sorted(groups.items(), key=lambda group: (*(-n for n in counts(group[1]).values()), group[0]))


def counts(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """Return how many verdicts there are of each sort, worst first."""
    found = Counter(verdict.verdict for verdict in verdicts)
    return {name: found[name] for name in VERDICTS}


def counted(verdicts: Iterable[Verdict]) -> str:
    """Return the counts in words: '2 walk-away, 1 silent, 3 ideal'."""
    return ", ".join(f"{number} {name}" for name, number in counts(verdicts).items() if number) or "nothing judged"


def render_verdicts(verdicts: Sequence[Verdict], form: str = "text", *, quotes: bool = False) -> str:
    """Return the verdicts in one of VERDICT_FORMATS; `quotes` gives the quotes of the text in full.

    Raises DefinitionError for an unknown format.
    """
    if form not in VERDICT_FORMATS:
        raise DefinitionError(unknown("format of verdicts", form, VERDICT_FORMATS))
    return _text(verdicts, quotes=quotes) if form == "text" else VERDICT_FORMATS[form](verdicts)


def _text(verdicts: Sequence[Verdict], *, quotes: bool = False) -> str:
    groups = grouped(verdicts)
    lines: list[str] = []
    for slug, own in groups:
        lines.append(f"{slug}: {counted(own)}")
        lines += [line for verdict in own for line in _lines(verdict, quotes=quotes)]
    lines.append(f"{len(groups)} agreement{'' if len(groups) == 1 else 's'}: {counted(verdicts)}")
    return "\n".join(lines) + "\n"


def _lines(verdict: Verdict, *, quotes: bool) -> Iterator[str]:
    yield f"  {verdict.verdict:<10}  {verdict.point}: {verdict.title}"
    if verdict.found:
        yield f"{_INDENT}found: {verdict.found}"
    if verdict.verdict not in PASSING or not verdict.found:
        state = f" ({verdict.state})" if verdict.state not in ("stated", verdict.verdict) else ""
        if verdict.reason:
            yield f"{_INDENT}{verdict.reason}{state}"
        if verdict.change:
            yield f"{_INDENT}change: {verdict.change}"
    yield from (f"{_INDENT}{placed(evidence, whole=quotes)}" for evidence in verdict.evidence)


def placed(evidence: Evidence, *, whole: bool = False) -> str:
    """Return a quote with its place, on one line: 'clause 9.3, page 4 [102:230] "..."'."""
    words = " ".join((evidence.reading or evidence.quote).split())
    short = words if whole or len(words) <= _QUOTE_LENGTH else words[: _QUOTE_LENGTH - 3] + "..."
    places = [f"clause {evidence.clause}"] if evidence.clause else []
    places += [f"page {evidence.page}"] if evidence.page is not None else []
    return f'{", ".join(places) or "-"} [{evidence.start}:{evidence.end}] "{short}"'


def _html(verdicts: Sequence[Verdict]) -> str:
    return verdicts_page(grouped(verdicts), counted(verdicts), VERDICTS)


def _junit(verdicts: Sequence[Verdict]) -> str:
    return verdicts_junit(grouped(verdicts))


def _json(verdicts: Sequence[Verdict]) -> str:
    document = {
        "playbooks": list(dict.fromkeys(verdict.playbook for verdict in verdicts)),
        "counts": counts(verdicts),
        "agreements": [
            {"agreement": slug, "counts": counts(own), "verdicts": [fields(verdict) for verdict in own]}
            for slug, own in grouped(verdicts)
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def fields(verdict: Verdict) -> dict[str, object]:
    """Return a verdict as JSON values, its evidence with the whole quotes."""
    names = ("playbook", "point", "title", "verdict", "state", "found", "wanted", "reason", "change")
    places = ("agreement", "quote", "start", "end", "clause", "page")
    evidence = [{name: getattr(found, name) for name in places} for found in verdict.evidence]
    return {**{name: getattr(verdict, name) for name in names}, "evidence": evidence}


VERDICT_FORMATS: Mapping[str, Callable[[Sequence[Verdict]], str]] = MappingProxyType(
    {"text": _text, "json": _json, "html": _html, "junit": _junit}
)
"""The forms that verdicts can be rendered in."""
