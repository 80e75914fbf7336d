"""Cross-references: which clause 'Section 7.2', 'this Section' or 'Exhibit A' points to, or that it points nowhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

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


def references(text: str, clauses: Sequence[Clause]) -> tuple[Reference, ...]:
    """Return the cross-references in `text`, in text order, one for each label.

    `target` is the index of the clause that a reference points to: in the same attachment where that
    has one, else in the body. It is None where no clause has the label; references into laws and other
    documents are left out.
    """
    return tuple(sorted(_all(text, clauses), key=lambda r: (r.start, r.end)))


def _all(text: str, clauses: Sequence[Clause]) -> Iterator[Reference]:
    index = {_plain(clause.key): k for k, clause in reversed(list(enumerate(clauses)))}
    starts = [clause.start for clause in clauses]
    markers = {(clause.start, k) for k, clause in enumerate(clauses)}
    for match in _TO_CLAUSE.finditer(text):
        here = bisect_right(starts, match.start()) - 1
        if here < 0 or (match.start(), here) in markers or _leads_elsewhere(text, match):
            continue
        for label in _ONE_LABEL.finditer(text, match.start("labels"), match.end("labels")):
            start = match.start() if label.start() == match.start("labels") else label.start()
            target = _target(match["noun"], label[0], here, clauses, index)
            yield Reference(start, label.end(), _shown(match["noun"], label[0]), here, target)
    for match in _TO_ATTACHMENT.finditer(text):
        here = bisect_right(starts, match.start()) - 1
        if here < 0 or (match.start(), here) in markers or _leads_elsewhere(text, match):
            continue
        named = _shown(match["noun"], match["labels"])
        yield Reference(match.start(), match.end(), named, here, _attachment(match["labels"], match["noun"], clauses))
    for match in _TO_THIS.finditer(text):
        here = bisect_right(starts, match.start()) - 1
        if here >= 0:
            target = _enclosing(match["noun"], here, clauses)
            yield Reference(match.start(), match.end(), " ".join(match[0].split()), here, target)


def _leads_elsewhere(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() : match.end() + 90]
    return bool(_LAW_BEFORE.search(before) or _ELSEWHERE.match(after))


def _shown(noun: str, label: str) -> str:
    return f"{noun} {' '.join(label.split())}"


def _plain(key: str) -> str:
    """Return a key in the form in which labels are compared: '3/(b)' and '3(b)' are '3.b'."""
    return re.sub(r"[\s()]", "", re.sub(r"[/.]?\(|/", ".", key)).strip(".").casefold()


def _target(noun: str, label: str, here: int, clauses: Sequence[Clause], index: dict[str, int]) -> int | None:
    wanted = _plain(label)
    named = f"{noun.casefold().rstrip('s')}{wanted}"
    for scope in _scopes(here, clauses, numbered=not label[0].isdigit()):
        for name in (named, wanted):
            found = index.get(f"{scope}.{name}" if scope else name)
            if found is not None:
                return found
    return _by_ending(wanted, here, clauses) if not label[0].isdigit() else None


def _scopes(here: int, clauses: Sequence[Clause], *, numbered: bool) -> Iterable[str]:
    """Yield the plain keys of the clauses above, innermost first, then the body; `numbered` ones only if asked."""
    node: int | None = here
    while node is not None:
        key = _plain(clauses[node].key)
        if numbered or not key.rsplit(".", 1)[-1].isdigit():
            yield key
        node = clauses[node].parent
    yield ""


def _by_ending(wanted: str, here: int, clauses: Sequence[Clause]) -> int | None:
    """Return the nearest clause before or around `here` whose own label is `wanted`."""
    order = sorted(range(len(clauses)), key=lambda k: abs(k - here))
    return next((k for k in order if _plain(clauses[k].number) == wanted), None)


def _attachment(label: str, noun: str, clauses: Sequence[Clause]) -> int | None:
    stem = noun.casefold()[:5]
    for k, clause in enumerate(clauses):
        words = clause.number.casefold().split()
        if (
            clause.kind == "attachment"
            and len(words) >= 2
            and words[0].startswith(stem)
            and words[1] == label.casefold()
        ):
            return k
    return None


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
