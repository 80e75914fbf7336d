"""Loose ends of an agreement: what points nowhere, what means nothing, what does not agree with itself.

Read from the text, the outline and the findings alone, in time that grows with their length. Precision comes before
volume: a reviewer who is sent after five ends that are none will not look at the sixth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pactgraph.assembling.documents import absent
from pactgraph.assembling.spelt import mismatches
from pactgraph.assembling.undefined import undefined
from pactgraph.assembling.usages import innermost
from pactgraph.model import Clause, Extraction, Finding, Reference

_OF_ANOTHER = re.compile(
    r"(?:(?:\s|[,–-]|\band\b|\bor\b|\bto\b|\bthrough\b|\d[\d.]*|\([\w]{1,4}\))*(?<!\w))"
    r"(?:thereof\b|therein\b|(?i:of|in|to|under|from)\s+"
    r"(?:(?i:the|our|its|such|each|any|that)\s+)?(?P<title>(?:(?:[A-Z][\w'’/-]*|of|and|&)\s+){1,7}?"
    r"(?i:agreement|addendum|terms|policy|conditions|schedule|exhibit|annex|appendix|form|provisions|warrants?)\b"
    r"|(?:[\w'’-]+\s+){0,6}?"
    r"(?i:act|code|laws?|clauses|regulations?|directive|rules|statutes?|constitution|scc|title \d+)\b"
    r"|(?i:schedule|exhibit|annex|appendix|attachment)\s|[A-Z]{2,}\b(?!\s+[A-Z])))"
)
_STATUTE = re.compile(r"(?:C\.?F\.?R|U\.?S\.?C|F\.?A\.?R|Regulation|Act|Code)\b[^;]{0,24}$")
_SUBLABEL = re.compile(r"\s?\([A-Za-z0-9]{1,4}\)")
_TITLE = re.compile(r"[A-Z][a-z]{2}")
_GOES_ON = re.compile(r"[.-]\d|\.[a-z]\b|\s?\(|[A-Za-z]")
_DECIMAL = re.compile(r"\d+(?:\.\d+)*")
_MOST_REPEATED = 3
"""More of them are a table of contents, or numbers that begin anew."""

_FIRST_NUMBER = re.compile(r"\d+")
_AHEAD = 160
_MOST_SECTIONS, _MOST_ATTACHMENTS = 99, 20
"""Sections of higher numbers are those of laws; exhibits of higher numbers are those of a filing."""

_ATTACHED = re.compile(r"(?i:schedule|exhibit|annex|append|attach)")

_NAME = re.compile(r"(?!.* or )[^\W_](?=.*[A-Z]|(?<=[A-Z]))[\w '’&-]{2,}")
"""What can be used: a name with a capital letter, without marks or alternatives in parentheses."""

_STEM = 5
"""So many letters forms of one word have in common: 'repair', 'repaired'."""

_MANY, _SHARE = 8, 0.4
"""Where so many references dangle, and so great a share, the numbers of the clauses were not read."""


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """One loose end: its kind (a pg:LooseEndKind), what it is about, the words that show it, and in which clause.

    `key` is the key of a document that is not at hand, else ''.
    """

    kind: str
    text: str
    start: int
    end: int
    clause: int | None
    key: str = ""


def loose_ends(extraction: Extraction, used: Iterable[Finding]) -> tuple[LooseEnd, ...]:
    """Return the loose ends of an agreement in the order of its text; `used` are the definitions that are used.

    The words of each are `text[start:end]`, never empty. Deterministic.
    """
    found = [
        *_dangling(extraction),
        *_unused(extraction, used),
        *_undefined(extraction),
        *_absent(extraction),
        *_mismatches(extraction),
        *_repeated(extraction),
    ]
    return tuple(sorted(found, key=lambda end: (end.start, end.end, end.kind, end.text)))


def _dangling(extraction: Extraction) -> Iterator[LooseEnd]:
    """Yield the labels that no clause has, each at its first reference."""
    references = extraction.outline.references
    if "amendment" in extraction.agreement.title.casefold():
        return  # its sections are those of the agreement that it amends
    nowhere = [r for r in references if r.target is None and not r.label.casefold().startswith("this ")]
    if len(nowhere) >= _MANY and len(nowhere) >= _SHARE * len(references):
        return
    seen: set[str] = set()
    for reference in nowhere:
        label = reference.label.partition(" ")[2].casefold()
        if label in seen or _leads_out(extraction, reference) or _unparted(extraction, reference):
            continue
        seen.add(label)
        yield LooseEnd("danglingReference", reference.label, reference.start, reference.end, reference.source)


def _leads_out(extraction: Extraction, reference: Reference) -> bool:
    """Whether a reference is into another document ('Annex 1 of the Data Processing Agreement'), or is cut short."""
    text, label = extraction.document.text, reference.label.partition(" ")[2]
    number = _FIRST_NUMBER.match(label)
    most = _MOST_ATTACHMENTS if _ATTACHED.match(reference.label) else _MOST_SECTIONS
    if label.startswith("(") or (number and int(number[0]) > most):
        return True
    after, before = text[reference.end : reference.end + _AHEAD], text[max(0, reference.start - 40) : reference.start]
    if _GOES_ON.match(after) or _STATUTE.search(before):
        return True
    match = _OF_ANOTHER.match(after)
    if match is None or match["title"] is None:
        return match is not None
    return " ".join(match["title"].split()).casefold() not in extraction.agreement.title.casefold()


def _unparted(extraction: Extraction, reference: Reference) -> bool:
    """Whether the clause is there, and its item '(c)' stands inside its sentences."""
    label = reference.label.partition(" ")[2]
    items = [item.strip() for item in _SUBLABEL.findall(label) if not _TITLE.search(item)]
    base = _SUBLABEL.sub("", label).strip()
    text = extraction.document.text
    for clause in extraction.outline.clauses if base != label else ():
        if _number(clause) == base and all(item in text[clause.start : clause.whole_end] for item in items):
            return True
    return False


def _unused(extraction: Extraction, used: Iterable[Finding]) -> Iterator[LooseEnd]:
    """Yield the terms that stand nowhere outside their definitions, in whatever letters.

    Forms of a word that one definition gives ("Repair", "Repaired") are one term, told by the first of them.
    """
    in_use = {str(finding.fields.get("name")) for finding in used}
    definitions: dict[str, list[Finding]] = {}
    for finding in extraction.findings:
        name = str(finding.fields.get("name", ""))
        if finding.term == "DefinedTerm" and _NAME.fullmatch(name):
            definitions.setdefault(name, []).append(finding)
    text = extraction.document.text
    idle = [n for n, found in definitions.items() if n not in in_use and not _stands_elsewhere(n, found, text)]
    told: list[str] = []
    for name in idle:
        forms = [other for other in definitions if other != name and _are_forms(definitions[name], definitions[other])]
        if not any(form in told or form not in idle for form in forms):
            told.append(name)
            first = definitions[name][0]
            yield LooseEnd("unusedTerm", name, first.start, first.end, first.clause)


def _are_forms(some: Sequence[Finding], others: Sequence[Finding]) -> bool:
    """Whether two names begin alike and are given one meaning by the same clause."""
    one, other = some[0], others[0]
    stems = [str(finding.fields["name"])[:_STEM].casefold() for finding in (one, other)]
    meanings = [finding.fields.get("definition") for finding in (one, other)]
    return stems[0] == stems[1] and meanings[0] == meanings[1] is not None and one.clause == other.clause


def _stands_elsewhere(name: str, definitions: Iterable[Finding], text: str) -> bool:
    """Whether the term stands more often than it is defined, in whatever letters, with or without its spaces."""
    words = name.removesuffix("s").removesuffix("y").split()
    pattern = re.compile(r"\W*".join(map(re.escape, words)), re.IGNORECASE)
    return len(pattern.findall(text)) > len({finding.start for finding in definitions})


def _undefined(extraction: Extraction) -> Iterator[LooseEnd]:
    for name, start, end in undefined(extraction):
        yield LooseEnd("undefinedTerm", " ".join(name.split()), start, end, _clause(extraction, start))


def _absent(extraction: Extraction) -> Iterator[LooseEnd]:
    for finding, key in absent(extraction):
        yield LooseEnd("absentDocument", str(finding.fields["name"]), finding.start, finding.end, finding.clause, key)


def _mismatches(extraction: Extraction) -> Iterator[LooseEnd]:
    text = extraction.document.text
    for start, end in mismatches(text):
        yield LooseEnd("mismatchedNumber", " ".join(text[start:end].split()), start, end, _clause(extraction, start))


def _repeated(extraction: Extraction) -> Iterator[LooseEnd]:
    """Yield the clauses that bear the number of the clause before them in the same part of the agreement."""
    last: dict[tuple[int | None, str], str] = {}
    found: list[LooseEnd] = []
    for index, clause in enumerate(extraction.outline.clauses):
        number = _number(clause)
        if clause.kind not in ("numbered", "article") or not _DECIMAL.fullmatch(number):
            continue
        counted = (clause.parent, number.rpartition(".")[0])
        if last.get(counted) == number and not number.endswith(".1") and number != "1":
            end = clause.heading_span.end if clause.heading_span else _line_end(extraction.document.text, clause)
            found.append(LooseEnd("repeatedNumber", number, clause.start, end, index))
        last[counted] = number
    yield from found if len(found) <= _MOST_REPEATED else ()


def _number(clause: Clause) -> str:
    return " ".join(clause.number.split()).rstrip(".): ")


def _line_end(text: str, clause: Clause) -> int:
    end = text.find("\n", clause.start, clause.end)
    return end if end > clause.start else clause.end


def _clause(extraction: Extraction, offset: int) -> int | None:
    clauses = extraction.outline.clauses
    return innermost(clauses, [clause.start for clause in clauses], offset)
