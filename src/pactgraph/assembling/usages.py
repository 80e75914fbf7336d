"""Where the agreement uses a term that it defines: from each definition to the clauses that rest on it.

A use is the defined term itself, in its own letters and as whole words, in the singular or the plural, outside
every definition of that term and outside headings, which only name a subject. Of names that begin alike the
longest counts: 'Service Data' is no use of 'Service'.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from pactgraph.model import Clause, Extraction, Finding

_WORD = re.compile(r"\w+")
_LOOKALIKES = {"'": "['\u2018\u2019]", "-": "[-\u2010-\u2015]", " ": r"\s*"}
_Names = dict[str, list[tuple[str, re.Pattern[str]]]]


def usages(extraction: Extraction) -> Iterator[tuple[Finding, Clause]]:
    """Yield each definition with each clause that uses its term, once, in the order of the text.

    Reads the text once; the time does not grow with the number of definitions.
    """
    definitions: dict[str, list[Finding]] = {}
    for finding in extraction.findings:
        name = finding.fields.get("name")
        if finding.term == "DefinedTerm" and isinstance(name, str) and _WORD.match(name):
            definitions.setdefault(name, []).append(finding)
    clauses = extraction.outline.clauses
    if not definitions or not clauses:
        return
    starts = [clause.start for clause in clauses]
    seen: set[tuple[str, int]] = set()
    for name, start, end in _occurrences(extraction.document.text, _by_first_word(definitions)):
        index = innermost(clauses, starts, start)
        if index is None or (name, index) in seen or _is_heading(clauses[index], start):
            continue
        if not any(finding.start < end and start < finding.end for finding in definitions[name]):
            seen.add((name, index))
            yield from ((finding, clauses[index]) for finding in definitions[name])


def _by_first_word(names: Iterable[str]) -> _Names:
    """Return the patterns of the names by the word that each begins with, in the order in which to try them.

    More words come before fewer, and a name in its own number before one in the other.
    """
    forms = [(" ".join(form.split()), form != name, name) for name in names for form in _numbers(name)]
    table: _Names = {}
    for form, _, name in sorted(forms, key=lambda form: (-len(form[0].split(" ")), form[1], -len(form[0]), form)):
        if first := _WORD.match(form):
            pattern = "".join(_LOOKALIKES.get(letter) or re.escape(letter) for letter in form)
            table.setdefault(first.group(), []).append((name, re.compile(pattern + r"(?!\w)")))
    return table


def _numbers(name: str) -> tuple[str, str]:
    """Return the name as it is, and in the other number: a definition of users defines a user."""
    return name, name[:-1] if name.endswith("s") else name + "s"


def _occurrences(text: str, names: _Names) -> Iterator[tuple[str, int, int]]:
    done = 0
    for word in _WORD.finditer(text):
        if word.start() < done:
            continue
        for name, pattern in names.get(word.group(), ()):
            if match := pattern.match(text, word.start()):
                done = match.end()
                yield name, match.start(), done
                break


def innermost(clauses: Sequence[Clause], starts: Sequence[int], offset: int) -> int | None:
    """Return the index of the innermost clause that holds the character, or None outside all clauses."""
    at = bisect_right(starts, offset) - 1
    index = at if at >= 0 else None
    while index is not None and offset >= clauses[index].whole_end:
        index = clauses[index].parent
    return index


def _is_heading(clause: Clause, offset: int) -> bool:
    span = clause.heading_span
    return span is not None and span.start <= offset < span.end
