"""The marks that open a clause: 'ARTICLE II', 'Schedule A', '1.2', '(a)', 'iv)', '•'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN_FORM = re.compile(r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})|c{1,2}")
_MARK = re.compile(
    r"""(?:
      (?P<attachment>(?:SCHEDULE|EXHIBIT|ANNEX|APPENDIX|ATTACHMENT|ADDENDUM|Schedule|Exhibit|Annex|Appendix|Attachment
        |Addendum)\s+(?:[A-Z]{1,2}|\d{1,2}(?:\.\d{1,3})?|[IVX]{1,5})(?:-[A-Z0-9]{1,2})?)\b(?=\s*(?:$|[-–—:.(]|[A-Z“"\[]))
    | (?P<article>(?:(?:ARTICLE|Article|SECTION|Section|CLAUSE|Clause|PART|Part|CHAPTER|Chapter)\s+|§\s*)
        (?P<ordinal>\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Z](?=[-–—:.)]|\s*$)))\b(?=\s*(?:$|[-–—:.)]|[A-Z“"\[]))\s*[-–—:.)]?
    | (?P<decimal>\d{1,3}(?:\.\d{1,3})+)\\?(?:[.)](?!\d)|(?=\s|[A-Z“"(])|$)
    | (?P<whole>\d{1,2})\\?(?P<after>[.)])(?![\d])
    | (?P<big>[IVXLC]{1,6})\\?\.(?=\s*[A-Z“"]|\s*$)
    | \((?P<inside>[a-z]{1,4}|[A-Z]{1,4}|\d{1,2})\)(?=\s|[A-Z“"]|$)
    | (?P<letter>[a-zA-Z]|[ivx]{2,5})\\?(?P<closing>[.)])(?=\s*[A-Z“"]|\s|$)
    | (?P<bullet>[•●▪◦○■□‣⁃∙·*–—-]|o(?=\s{2,}))(?=\s+\S)
    )""",
    re.VERBOSE,
)
_FIRST = frozenset("SEAsea§CcPp0123456789IVXLC(abcdefghijklmnopqrstuvwxyzABDFGHJKMNOQRTUWYZ•●▪◦○■□‣⁃∙·*–—-")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a mark: its family ('a', 'A', 'i', 'I', '1') in its brackets, and its place."""

    style: str
    value: int


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark at the start of a line: its kind, label as written, length, and possible readings.

    `path` holds the numbers of '1.2.3'. The kind of an ambiguous letter is settled in the tree.
    """

    kind: str
    label: str
    length: int
    readings: tuple[Reading, ...] = ()
    path: tuple[int, ...] = ()


def roman(text: str) -> int | None:
    """Return the value of a Roman number up to 299, or None where `text` is none.

    >>> roman("xiv"), roman("IX"), roman("vv")
    (14, 9, None)
    """
    lower = text.lower()
    if not _ROMAN_FORM.fullmatch(lower):
        return None
    values = [_ROMAN[char] for char in lower]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def readings(label: str, brackets: str) -> tuple[Reading, ...]:
    """Return the ways to read `label`, a letter, a number or a Roman number, likeliest first.

    >>> [(r.style, r.value) for r in readings("i", "()")]
    [('()i', 1), ('()a', 9)]
    """
    if label.isdigit():
        return (Reading(brackets + "1", int(label)),)
    found: list[Reading] = []
    if len(label) == 1 and label.isascii():
        found.append(Reading(brackets + ("a" if label.islower() else "A"), ord(label.lower()) - 96))
    elif len(label) == 2 and label[0] == label[1]:
        found.append(Reading(brackets + ("a" if label.islower() else "A"), 26 + ord(label[0].lower()) - 96))
    number = roman(label)
    if number is not None and (label.islower() or label.isupper()):
        reading = Reading(brackets + ("i" if label.islower() else "I"), number)
        found.insert(0 if number in (1, 2, 3) or len(label) > 1 else len(found), reading)
    return tuple(found)


@lru_cache(maxsize=1024)
def marker(text: str) -> Marker | None:
    """Return the mark that `text`, a line without its indentation, begins with, or None.

    A missing space after it is allowed.

    >>> marker("2.Term").label, marker("(ii) then").kind, marker("A dog") is None
    ('2', 'lettered', True)
    """
    if not text or text[0] not in _FIRST:
        return None
    match = _MARK.match(text)
    if not match:
        return None
    length = match.end()
    if match["attachment"]:
        return Marker("attachment", " ".join(match["attachment"].split()), length)
    if match["article"]:
        return _article(match, length)
    if match["decimal"]:
        path = tuple(map(int, match["decimal"].split(".")))
        return Marker("numbered", match["decimal"], length, path=path)
    if match["bullet"]:
        return Marker("bullet", match["bullet"], length, (Reading("•", 0),))
    for group, brackets in (("whole", "after"), ("letter", "closing")):
        if match[group]:
            return _ordinal(match[group], match[brackets], length)
    if match["big"]:
        return _ordinal(match["big"], ".", length)
    return _ordinal(match["inside"], "()", length)


def _article(match: re.Match[str], length: int) -> Marker:
    ordinal = match["ordinal"]
    word = match["article"].split()[0].capitalize().rstrip("0123456789.")
    label = f"{word} {ordinal}"
    if "." in ordinal:
        return Marker("numbered", ordinal, length, path=tuple(map(int, ordinal.split("."))))
    value = int(ordinal) if ordinal.isdigit() else roman(ordinal) or ord(ordinal[0]) - 64
    return Marker("article", label, length, (Reading(word, value),), (int(ordinal),) if ordinal.isdigit() else ())


def _ordinal(label: str, brackets: str, length: int) -> Marker | None:
    found = readings(label, brackets)
    if not found:
        return None
    kind = "numbered" if label.isdigit() else "lettered"
    shown = f"({label})" if brackets == "()" else label
    path = (int(label),) if label.isdigit() and brackets == "." else ()
    return Marker(kind, shown, length, found, path)
