"""Headings that run into one long paragraph, for documents whose lines were lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pactgraph.segmenting.headings import is_caps, is_heading, run_in
from pactgraph.segmenting.sentences import split

LONG = 3000
"""A paragraph of more characters was made of several."""

_ATTACHMENT = re.compile(
    r"(?P<label>(?:Exhibit|EXHIBIT|Schedule|SCHEDULE|Annex|ANNEX|Appendix|APPENDIX|Attachment|ATTACHMENT)"
    r"\s+(?:\d{1,2}|[A-Z]{1,2})(?:-[A-Z0-9]{1,2})?)\s*[–—:-]\s+"
)
_TOKEN = re.compile(r"\S+")
_SMALL = frozenset("of and the to for in or on from by with a an &".split())  # noqa: SIM905
_OPENERS = frozenset(
    """This The These Those Without Unless If In For Upon Each Any All Subject Except Where When As By To You We Either
    Neither No Notwithstanding During It Your Our An A At On Such Both After Before While Nothing Other Under Until
    """.split()  # noqa: SIM905
)
_KNOWN = frozenset(
    """Definitions Purpose Scope Term Termination Payment Fees Confidentiality Notices Assignment Indemnification
    Indemnity Warranties Warranty Miscellaneous General Security Duration Introduction Overview Background Support
    """.split()  # noqa: SIM905
)
_MODAL = re.compile(
    r"(?:will|shall|may|must|can|is|are|has|have|agrees?|grants?|does|warrants?|represents?|acknowledges?|reserves?)$"
)
_NO_HEAD = frozenset(("note", "example", "notes", "provided", "namely", "attention", "address", "email", "tel", "fax"))
_WIDEST = 120
_MOST_WORDS = 9


@dataclass(frozen=True, slots=True)
class Head:
    """A heading from `start` to `end`; `label` is set for attachments ('Exhibit 1'), whose title follows it."""

    start: int
    end: int
    title: int
    label: str = ""


def heads(text: str, start: int, end: int) -> list[Head]:
    """Return the headings that run into `text[start:end]`, in order.

    A short sentence of capitalised words without a verb is a heading; so are such words before a
    colon, and before a sentence that visibly begins ('Purpose This Exhibit adds …').

    >>> text = "Late Fees. You pay. Security: We guard it. Data Use Customer will know."
    >>> [text[h.start:h.end] for h in heads(text, 0, len(text))]
    ['Late Fees.', 'Security:']
    """
    sentences = split(text, start, end)
    subjects = _subjects(text, sentences)
    return [head for begin, stop in sentences for head in _in_sentence(text, begin, stop, subjects)]


def _subjects(text: str, sentences: list[tuple[int, int]]) -> frozenset[str]:
    """Return the names that by themselves are the subject of several sentences ('Provider will …')."""
    found: Counter[str] = Counter()
    for start, end in sentences:
        words = text[start : min(end, start + 60)].split(None, 2)
        if len(words) > 1 and _MODAL.match(words[1]) and words[0].isalpha():
            found[words[0]] += 1
    return frozenset(word for word, count in found.items() if count > 1)


def _in_sentence(text: str, start: int, end: int, subjects: frozenset[str]) -> Iterator[Head]:
    attachment = _ATTACHMENT.match(text, start, end)
    if attachment:
        cuts = list(_bare(text, attachment.end(), end, subjects))
        first = cuts[0] if cuts else min(end, attachment.end())
        yield Head(start, first, attachment.end(), attachment["label"])
        yield from _plain(text, first, cuts[1:])
        return
    if (
        len(text[start:end].split()) <= _MOST_WORDS
        and is_heading(text[start:end])
        and text[end - 1] in ".:"
        and not is_caps(text[start:end])
    ):
        yield Head(start, end, start)
        return
    stop = run_in(text, start, end)
    if stop is not None and text[stop - 1] == ":" and text[start : stop - 1].strip().lower() not in _NO_HEAD:
        yield Head(start, stop, start)
        return
    yield from _plain(text, start, list(_bare(text, start, end, subjects)))


def _plain(text: str, start: int, cuts: list[int]) -> Iterator[Head]:
    for cut in cuts:
        begin = start + len(text[start:cut]) - len(text[start:cut].lstrip())
        yield Head(begin, cut, begin)
        start = cut


def _bare(text: str, start: int, end: int, subjects: frozenset[str]) -> Iterator[int]:
    """Yield where headings without punctuation end, at the beginning of a sentence."""
    tokens = list(_TOKEN.finditer(text, start, min(end, start + 2 * _WIDEST)))
    run = 0
    while run < len(tokens) and (tokens[run][0][0].isupper() or tokens[run][0] in _SMALL):
        run += 1
    words = [m[0] for m in tokens[: run + 1]]
    body = next((i for i in range(1, len(words)) if _begins(words, i, subjects)), 0)
    if not body or words[body - 1] in _SMALL or words[0] in _OPENERS or any(w[-1] in ".,;:”)" for w in words[:body]):
        return
    if is_caps(" ".join(words[:body])) or tokens[body - 1].end() - start > _WIDEST:
        return
    for inner in _inner(words[:body]):
        yield tokens[inner - 1].end()
    yield tokens[body - 1].end()


def _begins(words: list[str], index: int, subjects: frozenset[str]) -> bool:
    """Whether a sentence begins at the word `index` of a run of capitalised words."""
    word = words[index]
    after = words[index + 1] if index + 1 < len(words) else ""
    if word in _OPENERS:
        return words[index - 1] not in _SMALL
    if word == words[index - 1] and word[0].isupper():
        return True
    if index == 1 and words[0] in _KNOWN:
        return word[0].isupper() and word not in _KNOWN and not (after[:1].isupper() and after not in _SMALL)
    return word in subjects and bool(_MODAL.match(after)) and words[index - 1] not in _SMALL


def _inner(words: list[str]) -> Iterator[int]:
    """Yield where one heading ends and the next begins: after a word that recurs, before a usual heading."""
    for index in range(1, len(words)):
        word, before = words[index], words[index - 1]
        usual = word in _KNOWN and index == len(words) - 1 and before not in _SMALL
        recurs = len(before) > 4 and before in words[index + 1 :] and word not in _SMALL
        if usual or recurs:
            yield index
