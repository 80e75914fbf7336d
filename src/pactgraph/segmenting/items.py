"""Items enumerated inside one sentence: '(a) …; (b) …', '(i) … (ii) …', '(1) …', 'A) …'."""

from __future__ import annotations

import re

from pactgraph.model import Item
from pactgraph.segmenting.markers import Reading, readings

_MARK = re.compile(r"(?:\((?P<inside>[a-z]{1,4}|[A-Z]{1,2}|\d{1,2})|(?<![\w(])(?P<open>[a-zA-Z]|\d|[ivx]{2,4}))\)$")
_REFERENCE = re.compile(
    r"(?:\b(?:sections?|articles?|clauses?|paragraphs?|sub-?(?:section|paragraph|clause)s?|items?|points?|rules?|parts?|exhibits?)"
    r"|\d[\d.]*|§+|\([a-z0-9]{1,4}\)(?:\s*(?:,|and|or|to|through|&))?)\s*$",
    re.IGNORECASE,
)
_NUMBER_WORD = re.compile(
    r"(?:\b|-)(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)\s*$",
    re.IGNORECASE,
)
_REFERRED = re.compile(
    r"\s*(?:[,;.)]|above\b|below\b|hereof\b|thereof\b|(?:and|or|through|to|&)\s*\(|$)", re.IGNORECASE
)
_LEAST = 2
"""A list has at least two items; a lone '(a)' is a reference."""


class _Mark:
    __slots__ = ("end", "label", "readings", "start")

    def __init__(self, start: int, end: int, label: str, found: tuple[Reading, ...]) -> None:
        self.start, self.end, self.label, self.readings = start, end, label, found


def items(text: str, start: int, end: int) -> tuple[Item, ...]:
    """Return the items enumerated in the sentence `text[start:end]`, in order, inner ones after their outer.

    Labels count only in sequence from the first; 'Section 7(a)' and 'thirty (30)' are no labels.

    >>> text = "You may (a) pay within thirty (30) days; or (b) cancel under Section 7(a)."
    >>> [text[i.start:i.end] for i in items(text, 0, len(text))]
    ['(a) pay within thirty (30) days; or', '(b) cancel under Section 7(a).']
    """
    if text.count(")", start, end) < _LEAST:
        return ()
    marks: list[_Mark] = []
    close = text.find(")", start, end)
    while close >= 0:
        match = _MARK.search(text, max(start, close - 5), close + 1)
        if match and (found := _candidate(text, match, start, end)):
            marks.append(_Mark(match.start(), close + 1, match[0], found))
        close = text.find(")", close + 1, end)
    return tuple(_lists(marks, text, end)) if len(marks) >= _LEAST else ()


def _candidate(text: str, match: re.Match[str], start: int, end: int) -> tuple[Reading, ...]:
    before = text[max(start, match.start() - 24) : match.start()]
    after = text[match.end() : min(end, match.end() + 12)]
    if _REFERRED.match(after) or _REFERENCE.search(before):
        return ()
    label = match["inside"] or match["open"]
    if match["inside"] and (before[-1:].isalnum() or before[-1:] == ")"):
        return ()
    if label.isdigit() and _NUMBER_WORD.search(before):
        return ()
    if match["open"] and before and not before[-1].isspace():
        return ()
    return readings(label, "()" if match["inside"] else ")")


def _lists(marks: list[_Mark], text: str, end: int) -> list[Item]:
    """Return the items of the outermost lists among `marks`, each followed by those inside it."""
    found: list[Item] = []
    index = 0
    while index < len(marks):
        chain = _chain(marks, index)
        if len(chain) < _LEAST:
            index += 1
            continue
        last = _restart(marks, chain)
        bounds = [*(marks[i].start for i in chain), marks[last].start if last < len(marks) else end]
        for position, at in enumerate(chain):
            stop = bounds[position + 1]
            found.append(_item(marks[at], text, stop))
            following = chain[position + 1] if position + 1 < len(chain) else last
            found += _lists(marks[at + 1 : following], text, stop)
        index = last
    return found


def _chain(marks: list[_Mark], first: int) -> list[int]:
    """Return the longest run of marks in sequence that begins with the mark `first`."""
    best: list[int] = []
    for reading in marks[first].readings:
        if reading.value != 1:
            continue
        chain = [first]
        for index in range(first + 1, len(marks)):
            values = {r.style: r.value for r in marks[index].readings}
            if values.get(reading.style) == len(chain) + 1:
                chain.append(index)
            elif values.get(reading.style) == 1:
                break
        if len(chain) > len(best):
            best = chain
    return best


def _restart(marks: list[_Mark], chain: list[int]) -> int:
    """Return the index of the mark after `chain` that begins a list of the same kind, or the number of marks."""
    styles = {r.style for r in marks[chain[0]].readings if r.value == 1}
    for index in range(chain[-1] + 1, len(marks)):
        if any(r.style in styles and r.value == 1 for r in marks[index].readings):
            return index
    return len(marks)


def _item(mark: _Mark, text: str, stop: int) -> Item:
    return Item(mark.start, mark.start + len(text[mark.start : stop].rstrip()), mark.label)
