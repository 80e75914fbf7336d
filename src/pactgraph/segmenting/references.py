"""Cross-references: which clause 'Section 7.2', 'this Section' or 'Exhibit A' points to, or that it points nowhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from pactgraph.model import Clause, Reference

_NOUN = r"sections?|clauses?|articles?|paragraphs?|sub-?sections?|sub-?clauses?|§{1,2}"
_ATTACHMENT = r"schedules?|exhibits?|annex(?:es)?|appendi(?:x|ces)|attachments?"
_LABEL = (
    r"\d{1,3}(?:\.\d{1,3})*(?:\s?\([A-Za-z0-9]{1,4}\))*(?![\w%])|[IVXL]{1,6}(?:\.\d+)*(?![\w])|\([A-Za-z0-9]{1,4}\)"
)
_MORE = rf"(?:\s*(?:,|;|and/or|and|or|&|to|through|-|–)\s*(?:and\s+|or\s+)?(?:{_LABEL}))*"
_TO_CLAUSE = re.compile(rf"(?<![\w.])(?P<noun>{_NOUN})\s*(?P<labels>(?:{_LABEL}){_MORE})", re.IGNORECASE)
_TO_ATTACHMENT = re.compile(
    rf"(?<![\w.])(?P<noun>(?i:{_ATTACHMENT}))\s+(?P<labels>(?:[A-Z]|\d{{1,2}}|[IVX]{{1,4}})(?:-\d+)?(?![\w']))"
)
_TO_THIS = re.compile(rf"(?<![\w.])this\s+(?P<noun>{_NOUN}|{_ATTACHMENT})(?!\s*[\d(])", re.IGNORECASE)
_ONE_LABEL = re.compile(_LABEL)
_ELSEWHERE = re.compile(
    r"\s*,?\s*(?:of|under|in|to|from)\s+(?:the|that|its|their|our|your|any|such)?\s*(?:[\w&’'.-]+\s+){0,4}?"
    r"(?:act|code|regulations?|directive|gdpr|law|rules?|statute|ordinance|treaty|gtc|master|msa|privacy policy|"
    r"agreement\s+(?:between|dated)|exchange act|securities act|constitution|order form|terms of service|eu|uk)\b"
    r"|\s*(?:gdpr|of regulation|u\.?s\.?c|c\.?f\.?r|hgb|bgb|tkg|ccpa)",
    re.IGNORECASE,
)
_LAW_BEFORE = re.compile(
    r"(?:u\.?s\.?c\.?|c\.?f\.?r\.?|gdpr|d?far|act|code|regulation(?: \S+)?|rule|law)[,\s]*$", re.IGNORECASE
)
_STEMS = (
    *("section", "clause", "article", "paragraph", "§"),
    *("schedule", "exhibit", "annex", "appendi", "attachment"),
)
_SUB = re.compile(r"(?<!\w)sub-?$", re.IGNORECASE)
_THIS = re.compile(r"(?<![\w.])this\s+(?:sub-?)?$", re.IGNORECASE)
_PARTING = re.compile(r"[/.]?\(|/")
_IGNORED = re.compile(r"[\s()]")
_ZERO = re.compile(r"(?<=\.)0+(?=\d)")
_NEAR = 40
_STEM = 5
"""So many first letters tell the nouns of attachments apart, in the singular and the plural."""
_TWO = 2


def references(text: str, clauses: Sequence[Clause]) -> tuple[Reference, ...]:
    """Return the cross-references in `text`, in text order, one for each label.

    `target` is the index of the clause that a reference points to: in the same attachment where that
    has one, else in the body. It is None where no clause has the label; references into laws and other
    documents are left out.
    """
    known = _Known(clauses)
    places = _places(text)
    found = [*_to_clauses(text, places, known), *_to_attachments(text, places, known), *_to_this(text, places, known)]
    return tuple(sorted(found, key=lambda r: (r.start, r.end)))


class _Known:
    """The clauses of an agreement, with what finding one by its label takes: each is worked out once."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self.clauses = clauses
        self.plain = [_plain(clause.key) for clause in clauses]
        self.index = {key: k for k, key in reversed(list(enumerate(self.plain)))}
        self._starts = [clause.start for clause in clauses]

    @cached_property
    def by_number(self) -> dict[str, list[int]]:
        """The clauses that have a label, by its plain form, in text order."""
        found: dict[str, list[int]] = {}
        for k, clause in enumerate(self.clauses):
            found.setdefault(_plain(clause.number), []).append(k)
        return found

    @cached_property
    def attachments(self) -> dict[tuple[str, str], int]:
        """The attachments by the first letters of what they are called, and their letter or number."""
        found: dict[tuple[str, str], int] = {}
        for k, clause in enumerate(self.clauses):
            words = clause.number.casefold().split()
            if clause.kind == "attachment" and len(words) >= _TWO:
                found.setdefault((words[0][:_STEM], words[1]), k)
        return found

    def attachment(self, node: int | None) -> int | None:
        """Return the attachment that a clause is part of."""
        while node is not None and self.clauses[node].kind != "attachment":
            node = self.clauses[node].parent
        return node

    def at(self, position: int) -> int:
        """Return the clause that has the word at `position`; -1 before the first."""
        return bisect_right(self._starts, position) - 1

    def opens(self, position: int, here: int) -> bool:
        """Whether the clause `here` begins with the word at `position`: then that is its label."""
        return self._starts[here] == position


def _places(text: str) -> list[int]:
    """Return where a noun stands that a reference may begin with, in order.

    To look for them as plain strings takes a twentieth of the time that the patterns take at every letter.
    """
    small = text.lower()
    if len(small) != len(text):
        small = text.replace("İ", "i").lower()
    found: list[int] = []
    for stem in _STEMS:
        at = small.find(stem)
        while at >= 0:
            found.append(at)
            at = small.find(stem, at + len(stem))
    return sorted(found)


def _matches(
    pattern: re.Pattern[str], text: str, places: Iterable[int], before: tuple[str, re.Pattern[str]] | None = None
) -> Iterator[re.Match[str]]:
    """Yield what `pattern.finditer(text)` would: matches at places, or where `before` begins, with its word."""
    last = 0
    for place in places:
        least = max(0, place - _NEAR)
        led = before and before[0] in text[least:place].lower()
        lead = before[1].search(text, least, place) if before and led else None
        for start in (lead.start(), place) if lead else (place,):
            if start >= last and (match := pattern.match(text, start)):
                yield match
                last = match.end()
                break


def _to_clauses(text: str, places: Iterable[int], known: _Known) -> Iterator[Reference]:
    for match in _matches(_TO_CLAUSE, text, places, ("sub", _SUB)):
        here = known.at(match.start())
        if here < 0 or known.opens(match.start(), here) or _leads_elsewhere(text, match):
            continue
        first = match.start("labels")
        for label in _ONE_LABEL.finditer(text, first, match.end("labels")):
            start = match.start() if label.start() == first else label.start()
            target = _target(match["noun"], label[0], here, known)
            yield Reference(start, label.end(), _shown(match["noun"], label[0]), here, target)


def _to_attachments(text: str, places: Iterable[int], known: _Known) -> Iterator[Reference]:
    for match in _matches(_TO_ATTACHMENT, text, places):
        here = known.at(match.start())
        if here < 0 or known.opens(match.start(), here) or _leads_elsewhere(text, match):
            continue
        named = _shown(match["noun"], match["labels"])
        target = known.attachments.get((match["noun"].casefold()[:_STEM], match["labels"].casefold()))
        yield Reference(match.start(), match.end(), named, here, target)


def _to_this(text: str, places: Iterable[int], known: _Known) -> Iterator[Reference]:
    for match in _matches(_TO_THIS, text, places, ("this", _THIS)):
        here = known.at(match.start())
        if here >= 0:
            target = _enclosing(match["noun"], here, known.clauses)
            yield Reference(match.start(), match.end(), " ".join(match[0].split()), here, target)


def _leads_elsewhere(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() : match.end() + 90]
    return bool(_LAW_BEFORE.search(before) or _ELSEWHERE.match(after))


def _shown(noun: str, label: str) -> str:
    return f"{noun} {' '.join(label.split())}"


@lru_cache(maxsize=4096)
def _plain(key: str) -> str:
    """Return a key in the form in which labels are compared: '3/(b)' and '3(b)' are '3.b', '3.01' is '3.1'."""
    plain = _IGNORED.sub("", _PARTING.sub(".", key)).strip(".").casefold()
    return _ZERO.sub("", plain) if ".0" in plain else plain


def _target(noun: str, label: str, here: int, known: _Known) -> int | None:
    wanted = _plain(label)
    named = f"{noun.casefold().rstrip('s')}{wanted}"
    for scope in _scopes(here, known, numbered=not label[0].isdigit()):
        for name in (named, wanted):
            found = known.index.get(f"{scope}.{name}" if scope else name)
            if found is not None:
                return found
    if label[0].isdigit():
        alike = [k for k in known.by_number.get(wanted, ()) if known.attachment(k) == known.attachment(here)]
        return alike[0] if len(alike) == 1 else None
    # The nearest clause before or around `here` whose own label is wanted; of two as near, the earlier.
    return min(known.by_number.get(wanted, ()), key=lambda k: abs(k - here), default=None)


def _scopes(here: int, known: _Known, *, numbered: bool) -> Iterable[str]:
    """Yield the plain keys of the clauses above, innermost first, then the body; `numbered` ones only if asked."""
    node: int | None = here
    while node is not None:
        key = known.plain[node]
        if numbered or not key.rsplit(".", 1)[-1].isdigit():
            yield key
        node = known.clauses[node].parent
    yield ""


def _enclosing(noun: str, here: int, clauses: Sequence[Clause]) -> int | None:
    """Return the clause that 'this Section' or 'this Exhibit' means: the nearest one above of that sort."""
    attached = re.fullmatch(_ATTACHMENT, noun, re.IGNORECASE) is not None
    node: int | None = here
    while node is not None:
        kind = clauses[node].kind
        if kind == "attachment" if attached else kind not in ("lettered", "roman", "bullet"):
            return node
        node = clauses[node].parent
    return None if attached else here
