"""What follows when a duty or ban is not kept: from each norm to the terms that sanction it.

A term sanctions a norm where its own words say so: 'if the Guest fails to pay, the Harbor may …', 'failure to do
so entitles …', 'breach of Section 4'. The norm must bind the one who fails: not the one who has the right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pactgraph.model import Clause, Extraction, Finding
from pactgraph.vocabulary import schema

_BREAKABLE = ("Obligation", "Prohibition")
_FAILING = re.compile(
    r"\b(?:fail(?:s|ed|ing|ure)?(?: (?:of|by) (?:\S+ ){1,4}?)?(?:,? \w+ly)? to"
    r"|(?:do|does|did|has|have) not(?: \w+ly)?) "
    r"(?:(?:promptly|timely|duly|fully) )?(?P<act>(?P<verb>[a-z]+)\b[^,;.:]{0,80})",
    re.IGNORECASE,
)
_UNPAID = re.compile(
    r"\b(?:non-?payment|past due|overdue|late payments?|unpaid|delinquent|"
    r"not (?:been )?(?:received|paid)|in arrears|in default of (?:its )?payment"
    r"|default(?:s|ed)? (?:on|of|in|with|relating to) (?:the |any |its |their )?payments?)\b",
    re.IGNORECASE,
)
_BREAKING = re.compile(
    r"\b(?:breach|violat|fail|default|non-?compliance|not compl|contraven)\w*[^.;:]{0,80}$", re.IGNORECASE
)
_DEFINED = re.compile(
    r"\b(?:defined|meaning given|given to it|described|referred to|notice) (?:in|under|by|pursuant to) $", re.I
)
"""What leads to a clause that tells what a word means, or how, rather than to one that is broken."""

_THE_SAME = frozenset(("do", "comply", "perform", "so"))
"""Verbs of a failure that name no act: the duty is the one stated just before."""

_STATED_BEFORE = re.compile(r" so\b|\bcomply with (?:the foregoing|this) (?:sentence|obligation|duty|requirement)\b")
_MAKING_PAYMENT = re.compile(r"make (?:[\w-]+ ){0,4}?payments?\b", re.IGNORECASE)

_PAYING = frozenset(("pay", "remit", "reimburse", "settle", "bear"))
_MONEY = re.compile(r"\b(?:fees?|invoices?|amounts?|charges?|payments?|sums?|price|balance)\b", re.IGNORECASE)
_FOR_PAYEE = frozenset(("LatePaymentInterest", "CollectionCosts", "FeeAcceleration"))
"""Remedies of the one who is to be paid; where they name a party, it is the one who pays."""

_WORD = re.compile(r"[a-z]{3,}")
_COMMON = frozenset(
    (
        *("the", "and", "any", "all", "its", "their", "your", "our", "his", "her", "for", "with", "from", "into"),
        *("upon", "under", "this", "that", "these", "those", "such", "other", "not", "party", "parties", "agreement"),
        *("term", "section", "clause", "shall", "will", "may", "must", "has", "have"),
    )
)
_NEARBY = 2000
"""How many characters before a sanction the duty may stand that 'failure to do so' means."""


@dataclass(frozen=True, slots=True)
class _Norm:
    """A duty or ban: its bearer, its verb, the words of its act, and the top-level clause that it stands in."""

    finding: Finding
    party: str
    verb: str
    words: frozenset[str]
    top: int | None


def sanctions(extraction: Extraction) -> Iterator[tuple[Finding, Finding]]:
    """Yield each duty or ban with each term that says what follows when it is not kept, once, in text order.

    Deterministic; a term is linked to the norms of one failure alone, and to none where the text leaves open which.
    """
    clauses = extraction.outline.clauses
    norms = [_norm(finding, clauses) for finding in extraction.findings if finding.term in _BREAKABLE]
    found: set[tuple[int, int]] = set()
    place = {id(finding): order for order, finding in enumerate(extraction.findings)}
    for finding in extraction.findings:
        if not _is_sanction(finding):
            continue
        for norm in [*_failed(finding, norms, extraction), *_broken(finding, norms, extraction)]:
            if norm.finding is not finding and not _overlap(norm.finding, finding):
                found.add((place[id(norm.finding)], place[id(finding)]))
    yield from ((extraction.findings[norm], extraction.findings[term]) for norm, term in sorted(found))


def _is_sanction(finding: Finding) -> bool:
    """Whether the term is a remedy, or a right that a condition gives."""
    if finding.term == "Permission":
        return "condition" in finding.fields
    return "Remedy" in schema().kind(finding.term).faces


def _norm(finding: Finding, clauses: Sequence[Clause]) -> _Norm:
    action = str(finding.fields.get("action", "")).casefold()
    verb = action.partition(" ")[0].strip(",")
    return _Norm(finding, str(finding.fields.get("party", "")), verb, _content(action), _top(finding.clause, clauses))


def _failed(finding: Finding, norms: Sequence[_Norm], extraction: Extraction) -> list[_Norm]:
    """Return the norm whose act the term says was not done."""
    words = _condition(finding, extraction)
    able = [norm for norm in norms if _can_fail(norm, finding)]
    failing = _FAILING.search(words)
    top = _top(finding.clause, extraction.outline.clauses)
    unpaid = failing is not None and _MAKING_PAYMENT.match(failing["act"]) is not None
    if failing and not unpaid and failing["verb"].casefold() not in _THE_SAME | _PAYING:
        act, verb = _content(failing["act"].casefold()), failing["verb"].casefold()
        alike = [norm for norm in able if norm.verb == verb and len(norm.words & act) >= (1 if norm.top == top else 2)]
        return sorted(alike, key=lambda norm: (-len(norm.words & act), _distance(norm, finding)))[:1]
    if failing and failing["verb"].casefold() in _THE_SAME:
        before = [norm for norm in able if 0 <= finding.start - norm.finding.end < _NEARBY and norm.top == top]
        return sorted(before, key=lambda norm: _distance(norm, finding))[:1] if _STATED_BEFORE.search(words) else []
    if failing or _UNPAID.search(words) or finding.term == "LatePaymentInterest":
        owed = [norm for norm in able if norm.verb in _PAYING and _MONEY.search(str(norm.finding.fields["action"]))]
        return sorted(owed, key=lambda norm: (norm.top != top, _distance(norm, finding)))[:1]
    return []


def _broken(finding: Finding, norms: Sequence[_Norm], extraction: Extraction) -> list[_Norm]:
    """Return the norms of the clauses whose breach the term names: 'in breach of Section 4'."""
    text, clauses = extraction.document.text, extraction.outline.clauses
    named = {
        reference.target
        for reference in extraction.outline.references
        if finding.start <= reference.start < finding.end
        and _names_breach(" ".join(text[finding.start : reference.start].split()))
    }
    return [
        norm
        for norm in norms
        if norm.finding.clause is not None
        and named.intersection(_above(norm.finding.clause, clauses))
        and _can_fail(norm, finding)
    ]


def _names_breach(words: str) -> bool:
    """Whether the words before a reference speak of a breach of what it refers to."""
    return _BREAKING.search(words) is not None and not _DEFINED.search(f"{words} ")


def _condition(finding: Finding, extraction: Extraction) -> str:
    """Return the words that say when the term holds: those of its condition, else all of its quote."""
    if condition := finding.fields.get("condition"):
        return str(condition)
    return finding.reading or " ".join(extraction.document.text[finding.start : finding.end].split())


def _can_fail(norm: _Norm, finding: Finding) -> bool:
    """Whether the norm binds another than the one who alone holds the right."""
    holder = "Provider" if finding.term in _FOR_PAYEE else finding.fields.get("party")
    return holder not in ("Provider", "Customer") or norm.party != holder


def _content(words: str) -> frozenset[str]:
    return frozenset(word[:-1] if word.endswith("s") else word for word in _WORD.findall(words)) - _COMMON


def _distance(norm: _Norm, finding: Finding) -> tuple[bool, int, int]:
    """How far the norm stands from the term, those before it first."""
    after = norm.finding.start > finding.start
    return after, abs(finding.start - norm.finding.start), norm.finding.start


def _overlap(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


def _above(clause: int, clauses: Sequence[Clause]) -> Iterator[int]:
    """Yield the clause and those that hold it, innermost first."""
    index: int | None = clause
    while index is not None:
        yield index
        index = clauses[index].parent


def _top(clause: int | None, clauses: Sequence[Clause]) -> int | None:
    return None if clause is None else list(_above(clause, clauses))[-1]
