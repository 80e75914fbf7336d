"""Split a paragraph into sentences, offsets kept."""

from __future__ import annotations

import re
from bisect import bisect_right

from pactgraph.segmenting.blanks import trimmed

_ABBREVIATIONS = frozenset(
    """inc corp ltd co llc l.l.c l.l.p llp no nos sec secs art arts st mr mrs ms dr jr sr vs v e.g i.e eg ie etc u.s
    u.k u.s.a p.o approx dept est ext fig cf al ave blvd rd fl vol pp p n.a s.a n.v b.v a.g l.p p.c d.b.a a.k.a
    f.k.a attn tel bros mfg intl jan feb mar apr jun jul aug sep sept oct nov dec viz para paras cl ch reg regs
    incl excl max min resp pty
    """.split()  # noqa: SIM905
)
_NEVER_LAST = frozenset(
    """e.g i.e eg ie no nos sec secs art arts mr mrs ms dr v vs cf fig st attn p pp para paras cl viz approx pvt pte rs
    """.split()  # noqa: SIM905
)
_BREAK = re.compile(r"[.?!](?:['\"”’)\]]{0,3}(?P<gap>\s+)(?=[\"“‘(\[]{0,2}[^\W_])|(?P<glued>)(?=[A-Z][a-z]{0,20}\s))")
_ONLY_NUMBER = re.compile(
    r"[(\"“\[]*(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5}|(?:Section|SECTION|Article|ARTICLE|Exhibit|Schedule|Annex)\s+\S{1,6})[.)]*"
)
_OPENER = re.compile(
    r"[\"“(]?(?:The|This|These|Those|If|In|Each|Any|No|All|Either|Neither|Such|For|Upon|Notwithstanding|Subject|Except|It|You|We"
    r"|Your|Our|Customer|Provider|To|On|At|By|Where|When|Unless|An?|However|Further|As|Nothing|Without|With)\b"
)
_INITIALS = re.compile(r"[a-z](?:\.[a-z])+")
_NAMED = re.compile(
    r"(?:Schedule|Exhibit|Annex|Appendix|Attachment|Section|Article|Part|Class|Party|Tier|Level|Plan)\s+$", re.I
)
_DATED = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)(?: \d{1,2})?$", re.I
)
_PAIRS = re.compile(r"[()\[\]“”]")
_GLUED = re.compile(r"[A-Za-z’'-]*[a-z]{3}")
_CLOSES = {")": "(", "]": "[", "”": "“"}
_LONGEST_WORD = 40
_FARTHEST = 1500
"""A bracket or quotation that closes farther away was probably never closed."""


def split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the sentences in `text[start:end]`, in order, blanks at the edges left out.

    Nothing is split inside brackets and quotations, nor after abbreviations and clause numbers; a
    lost space after a full stop is bridged.

    >>> text = "Acme Inc. shall pay.Then it ends (see No. 3. Or not)."
    >>> [text[a:b] for a, b in split(text, 0, len(text))]
    ['Acme Inc. shall pay.', 'Then it ends (see No. 3. Or not).']
    """
    spans: list[tuple[int, int]] = []
    begin = start
    breaks = list(_BREAK.finditer(text, start, end))
    starts, ends = _enclosed(text, start, end) if breaks else ([], [])
    for match in breaks:
        gap = match["gap"]
        stop = match.end() - len(gap or "")
        inside = bisect_right(starts, match.start()) - 1
        if inside >= 0 and stop <= ends[inside]:
            continue
        if gap is None:
            if not _glued(text, begin, match.start()):
                continue
        elif not _breaks(text, begin, match.start(), match.end()) or not _capital(text, match.end(), gap):
            continue
        _add(spans, text, begin, stop)
        begin = match.end()
    _add(spans, text, begin, end)
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    start, end = trimmed(text, start, end)
    if start < end:
        spans.append((start, end))


def _enclosed(text: str, start: int, end: int) -> tuple[list[int], list[int]]:
    """Return starts and ends of the outermost bracketed or quoted stretches that do close."""
    stack: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    if text.find(")", start, end) < 0 and text.find("”", start, end) < 0 and text.find("]", start, end) < 0:
        return [], []
    for match in _PAIRS.finditer(text, start, end):
        char, place = match[0], match.start()
        if char not in _CLOSES:
            stack.append((char, place))
            continue
        for depth in range(len(stack) - 1, max(-1, len(stack) - 5), -1):
            if stack[depth][0] == _CLOSES[char]:
                opened = stack[depth][1]
                del stack[depth:]
                if place - opened <= _FARTHEST:
                    while found and found[-1][0] > opened:
                        found.pop()
                    found.append((opened, place))
                break
    return [a for a, _ in found], [b for _, b in found]


def _capital(text: str, start: int, gap: str) -> bool:
    """Whether what follows a stop begins like a sentence; after a blank line small letters may, too."""
    first = text[start : start + 3].lstrip('"“‘([')[:1]
    return not first.islower() or gap.count("\n") > 1


def _glued(text: str, begin: int, dot: int) -> bool:
    """Whether the full stop at `dot`, with no space after it, ends a sentence: not in addresses or names."""
    return _GLUED.fullmatch(_last_word(text, begin, dot).strip('(“"')) is not None


def _last_word(text: str, begin: int, end: int) -> str:
    """Return the word that ends `text[begin:end]`, its last characters if it is long; '' after a blank."""
    words = text[max(begin, end - _LONGEST_WORD) : end].removesuffix("\n")
    return words.split()[-1] if words and not words[-1].isspace() else ""


def _breaks(text: str, begin: int, dot: int, after: int) -> bool:
    """Whether the stop at `dot` ends the sentence that began at `begin`."""
    if dot - begin < 16 and _ONLY_NUMBER.fullmatch(text[begin : dot + 1].strip()):
        return False
    if text[dot] != ".":
        return True
    word = _last_word(text, begin, dot).lstrip("(\"“[’'").lower().rpartition("-")[2]
    if word in _NEVER_LAST:
        return False
    if text[after].isdigit() and _DATED.search(text, max(begin, dot - 20), dot):
        return False  # 'March 18. 2021'
    if len(word) == 1 and word.isalpha():
        named = _NAMED.search(text, max(begin, dot - 20), dot - 1)
        return bool(named) or bool(_OPENER.match(text, after))
    if word in _ABBREVIATIONS or _INITIALS.fullmatch(word):
        return bool(_OPENER.match(text, after))
    return True
