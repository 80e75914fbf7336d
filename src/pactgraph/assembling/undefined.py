"""Terms that are used as if they were defined: capitalised within sentences, time and again, and given no meaning.

Precision comes before volume: a name counts only after a word that a proper name does not take ('any Deliverable',
'such Deliverable'), used several times, and neither defined nor quoted, in bold or in a heading anywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from pactgraph.model import Extraction

_USE = re.compile(
    r"(?<![\w'’-])(?P<lead>(?i:the|an?|any|each|every|such|all|no|its|their|your|our|other))\s+"
    r"(?P<name>[A-Z][a-z]+(?:-[A-Z]?[a-z]+)?(?:[ \n][A-Z][a-z]+){0,2})"
    r"(?![\w'’&@/-]|[ \n](?:(?:of(?:[ \n]the)?[ \n])?[A-Z(\"“]"
    r"|(?:corporation|limited|company|partnership|laws?|courts?|resident|entity|bank|holiday)\b))"
)
_TELLING = frozenset(("a", "an", "any", "each", "every", "such", "all", "no", "other"))
"""Words that a proper name does not take: 'such Deliverable', but 'the Internet'."""

_ONCE_NO_TERM = frozenset(
    re.findall(
        r"[\w-]+",
        "agreement terms party parties section sections clause article exhibit schedule annex appendix "
        "attachment addendum paragraph internet website site web page policy policies act code law laws "
        "regulation regulations directive rule rules commission union states state kingdom court courts "
        "county republic government clauses convention association institute chamber order orders form sow "
        "euro euros dollar dollars gdpr privacy english cookie cookies board committee authority council city "
        "province notice date day month business",
    )
)
_MARKS = "\"“”'‘’*_`(|"
_LEAST = 4
_LEAST_TELLING = 2
_MOST = 8
"""An agreement with more of them capitalises as it pleases; then capitals tell nothing."""


def undefined(extraction: Extraction) -> Iterator[tuple[str, int, int]]:
    """Yield each term that is used but not defined, with the place of its first use, in the order of the text."""
    text = extraction.document.text
    uses: dict[str, list[tuple[int, int]]] = {}
    telling: Counter[str] = Counter()
    for match in _USE.finditer(text):
        name = _singular(" ".join(match["name"].split()))
        uses.setdefault(name, []).append((match.start("name"), match.end("name")))
        telling[name] += match["lead"].casefold() in _TELLING
    wanted = [name for name, at in uses.items() if len(at) >= _LEAST and telling[name] >= _LEAST_TELLING]
    known = _known(extraction)
    found = [name for name in wanted if not _explained(name, known) and not _marked(name, text)]
    if len(found) <= _MOST:
        yield from ((text[slice(*uses[name][0])], *uses[name][0]) for name in found)


def _known(extraction: Extraction) -> frozenset[str]:
    """Return what has a meaning of its own: definitions, parties, documents, headings, in small letters."""
    names: list[str] = [clause.heading for clause in extraction.outline.clauses]
    for finding in extraction.findings:
        if finding.term in ("DefinedTerm", "Party", "IncorporatedDocument", "AgreementTitle"):
            values = (finding.fields.get(field) for field in ("name", "alias", "title"))
            for value in values:
                names += [value] if isinstance(value, str) else value if isinstance(value, tuple) else []
    return frozenset(_singular(" ".join(name.split()).strip(" .:;")).casefold() for name in names)


def _explained(name: str, known: Iterable[str]) -> bool:
    """Whether the name, or the end of it, has a meaning, or one of its words is no matter of definition."""
    words = name.casefold().split()
    ends = {" ".join(words[k:]) for k in range(len(words))} | {" ".join(words[:k]) for k in range(1, len(words))}
    return not ends.isdisjoint(known) or not _ONCE_NO_TERM.isdisjoint(words)


def _marked(name: str, text: str) -> bool:
    """Whether the name stands somewhere behind a mark or at the start of a line, as what is defined or headed does."""
    pattern = r"\s+".join(map(re.escape, name.split()))
    return (
        re.search(rf"(?:[{re.escape(_MARKS)}]|^[ \t#\d.]*|\b[Tt]he term )(?:the )?{pattern}", text, re.MULTILINE)
        is not None
    )


def _singular(name: str) -> str:
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name
