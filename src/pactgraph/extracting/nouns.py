"""Which words before a parenthesis the name in it stands for: 'will open an account (the "Account")'."""

from __future__ import annotations

import re

_DETERMINER = re.compile(
    r"(?<![\w'-])(?:an?|the|any|all|each|these|this|our|your|its|their|his|certain|such|one or more|every|other)(?= )",
    re.IGNORECASE,
)
_JOINED = frozenset(
    """of in to for with by on under through at from as or and into between upon within during than per via including
    about against over not both after before without until that nor""".split()  # noqa: SIM905
)
_NAME = re.compile(r"(?:[A-Z][\w&/-]*(?:'s)?|[A-Z]\.)(?:,? (?:[A-Z][\w&/-]*(?:'s)?|[A-Z]\.|of|and|for|the|on))*$")
_SEPARATOR = re.compile(r'[;:"]|\. (?=[A-Z])|\) (?=and |or )')


def noun_phrase_start(words: str, name: str) -> int:
    """Return where in `words` the phrase begins that `name`, which follows in parentheses, stands for.

    An acronym stands for the capitalised words before it. Otherwise the phrase begins at the last
    determiner that opens a phrase of its own, rather than one joined to the words before it by a
    preposition, 'and' or a comma; failing that at one after a comma, then at one after a preposition.

    >>> text = "Harbor will open an account"
    >>> text[noun_phrase_start(text, "Account"):]
    'an account'
    >>> text = "the rules of the Quay Users Association"
    >>> text[noun_phrase_start(text, "QUA"):]
    'Quay Users Association'
    """
    base = max((m.end() for m in _SEPARATOR.finditer(words)), default=0)
    base += len(words[base:]) - len(words[base:].lstrip())
    capital = _NAME.search(words)
    if capital and (_spells(capital[0], name) or capital.start() <= base):
        return max(base, capital.start())
    own: int | None = None
    after_comma: int | None = None
    joined: int | None = None
    for match in _DETERMINER.finditer(words, base):
        before = words[base : match.start()].split()
        if not before or (before[-1].casefold() not in _JOINED and not before[-1].endswith(",")):
            own = match.start()
        elif before[-1].endswith(","):
            after_comma = match.start()
        else:
            joined = match.start()
    found = own if own is not None else after_comma if after_comma is not None else joined
    if found is None and capital:
        return max(base, capital.start())
    return base if found is None else found


def _spells(words: str, name: str) -> bool:
    """Whether `name` is made of the first letters of `words`."""
    letters = "".join(w[0] for w in re.findall(r"[A-Za-z][\w-]*", words) if w not in ("of", "the", "and", "for", "on"))
    short = re.sub(r"[^A-Za-z]", "", name)
    return short.isupper() and 2 <= len(short) <= 8 and letters.upper().endswith(short.rstrip("S") or short)
