"""Which words before a parenthesis the name in it stands for: 'will open an account (the "Account")'."""

from __future__ import annotations

import re
from functools import lru_cache

_DETERMINER = re.compile(
    r"(?<![\w'-])(?:(?:an?|the|any|all|each|either|these|those|this|our|your|its|their|his|certain|such(?! as\b)|every"
    r"|one(?! \()|(?<!and )(?<!or )other)(?: [\w-]++'s)?|[\w-]++'s)(?= )",
    re.IGNORECASE,
)
_JOINED = frozenset(
    """of in to for with by on under through at from as or and into between upon within during than per via including
    about against over not both after before without until that nor""".split()  # noqa: SIM905
)
_NAME = re.compile(r"(?:[A-Z][\w&/-]*(?:'s)?|[A-Z]\.)(?:,? (?:[A-Z][\w&/-]*(?:'s)?|[A-Z]\.|of|and|for|the|on))*$")
_IN_NAMES = frozenset(("of", "and", "for", "the", "on"))
_ITEM = r"\((?:[a-z]|[ivx]{2,4})\) "
_FIRST_ITEM = re.compile(_ITEM)
# Each way begins with a plain character, which is what makes looking for them fast.
_SEPARATOR = re.compile(
    r';(?= )|:(?= )|\.(?<!\b[A-Z]\.)(?<!\bInc\.)(?<!\bNo\.) (?=[A-Z])|"\),? |\) (?=and |or |with )'
    rf"|, (?=(?:[A-Z]\w+ ){{1,3}}(?:will|shall|may|must|agrees) )| {_ITEM}|;{_ITEM}|:{_ITEM}|,{_ITEM}"
)
_RELATIVE = re.compile(r" (?:that|which|who|whom|whose) [^,]*$")
_CLAUSE = re.compile(r"[;:.]|\b(?:will|shall|may|must|is|are|was|were|that|which|who|to)\b", re.IGNORECASE)
_MODAL = re.compile(r"\b(?:will|shall|may|must)\b", re.IGNORECASE)
_FOR = re.compile(
    r"\bfor (?=(?:successive|consecutive|additional|further|subsequent|an?|one|two|such|the|\w+ \(\d+\)|\d+)\b)"
)
_RUN = re.compile(r"\b[A-Z][\w-]*(?: (?:[A-Z][\w-]*|of|and|for|the|on))* [A-Z][\w-]*")
_OWN = re.compile(r"(?!(?:and|for|the)\b)\b[A-Za-z]{3,}")
_WORD = re.compile(r"\b\w+")
_SEVERAL = 2
"""How many words a name has at least that is found again in the words before it."""

_BESIDE = 4
"""How many words at most stand between the beginning of a phrase and the first of the name's own."""

_NEAR = 30
"""Within how many characters a phrase says the name that it stands for, and a determiner belongs to a name."""

_SORT = re.compile(
    r"an? (?:[\w-]+ ){0,5}?(?:corporation|company|partnership|association|trust|bank|entity|organi[sz]ation)\b"
)
_LINKED = re.compile(r"\b(?:relating to|regarding|concerning|about|of|for|any|and|or) (?:such )?$")
_COMPANY = re.compile(r"(?:[A-Z][\w&.'-]*,? (?:(?:of|and|the|for) )?){1,8}$")
_PROMISING = frozenset(
    ("agrees", "agree", "undertakes", "entitled", "required", "wishes", "wants", "elects", "able", "obliged")
)


@lru_cache(maxsize=8)
def noun_phrase_start(words: str, name: str) -> int:
    """Return where in `words` the phrase begins that `name`, which follows in parentheses, stands for.

    An acronym stands for the capitalised words before it. Otherwise the phrase begins at the last
    determiner that opens a phrase of its own, rather than one joined to the words before it by a
    preposition, 'and' or a comma; failing that at one after a comma, then at one after a preposition.
    A phrase that the name takes its own word from begins no later than that word.

    >>> text = "Harbor will open an account"
    >>> text[noun_phrase_start(text, "Account"):]
    'an account'
    >>> text = "the rules of the Quay Users Association"
    >>> text[noun_phrase_start(text, "QUA"):]
    'Quay Users Association'
    """
    first = _FIRST_ITEM.match(words)
    ends = [first.end()] if first else []
    ends += (m.end() for m in _SEPARATOR.finditer(words, *ends))
    base = max((end for end in ends if words[end:].strip()), default=0)
    base += len(words[base:]) - len(words[base:].lstrip())
    spelt = _spelt(words, name, base)
    if spelt is not None:
        return spelt
    if words.isupper() and len(words.lower()) == len(words):
        words = words.lower()  # of capitals alone no word is told by its own
    capital = _name_at_end(words)
    if capital and (_spells(capital[0], name) or capital.start() <= base):
        return max(base, capital.start())
    relative = _RELATIVE.search(words, base)
    found = _opening(words, base, relative.start() if relative else len(words))
    if found is None:
        found = _opening(words, base, len(words))
    if found is None and capital:
        return max(base, capital.start())
    start = _before_own_word(words, name, base, base if found is None else found)
    start = _behind_modal(words, name, _with_all_words(words, name, start))
    return _with_company(words, _as_said(words, name, start))


def _name_at_end(words: str) -> re.Match[str] | None:
    last = words[words.rfind(" ") + 1 :]
    return None if last.islower() and last not in _IN_NAMES else _NAME.search(words)


def _as_said(words: str, name: str, start: int) -> int:
    """Return where the words of a name of several stand together for the last time, with their determiner.

    >>> words = "Harbor may offer berth services of many sorts in connection with the Harbor Map"
    >>> words[_as_said(words, "Berth Services", words.index("the Harbor")):]
    'berth services of many sorts in connection with the Harbor Map'
    """
    own = [word.rstrip("s") for word in re.findall(r"[\w-]+", name.lower())]
    small = words.lower()
    pairs = (f"{own[0]}{ending}{sign}{own[1]}" for ending in ("", "s") for sign in " -") if len(own) >= _SEVERAL else ()
    if not any(pair in small for pair in pairs):
        return start
    said = list(re.finditer(rf"\b{r's?[ -]'.join(map(re.escape, own))}s?\b", words, re.IGNORECASE))
    said = [m for m in said if not _LINKED.search(words[: m.start()])]
    if not said or any(m.start() >= start and m.start() - start < _NEAR for m in said):
        return start
    if said[-1].end() == len(words) and not _MODAL.search(words, start):
        return start
    before = list(_DETERMINER.finditer(words, max(0, said[-1].start() - _NEAR), said[-1].start()))
    clean = before and not _CLAUSE.search(words, before[-1].start(), said[-1].start())
    return before[-1].start() if clean else said[-1].start()


def _with_company(words: str, start: int) -> int:
    """Return where a company's name begins, if the phrase from `start` on says what sort of company it is.

    >>> words = "by and between Harbor Cloud, Inc., a Norland corporation"
    >>> words[_with_company(words, words.index("a Norland")):]
    'Harbor Cloud, Inc., a Norland corporation'
    """
    named = _COMPANY.search(words[:start]) if _SORT.match(words, start) else None
    return named.start() if named else start


def _with_all_words(words: str, name: str, start: int) -> int:
    """Return where the last phrase from `start` on begins that has all the words of a name of several.

    >>> words = "members can reach the harbor through a joint berth account"
    >>> words[_with_all_words(words, "Berth Account", words.index("the harbor")):]
    'a joint berth account'
    """
    own = [word.lower().rstrip("s") for word in _OWN.findall(name)]
    small = words[start:].lower()
    if len(own) < _SEVERAL or not all(word in small for word in own):
        return start
    for opening in reversed([m.start() for m in _DETERMINER.finditer(words, start)]):
        said = [word.lower().rstrip("s") for word in _WORD.findall(words, opening)]
        if set(said).issuperset(own):
            return opening if min(said.index(word) for word in own) <= _BESIDE else start
    return start


def _before_own_word(words: str, name: str, base: int, start: int) -> int:
    """Return where the phrase begins whose noun the name repeats, if `start` stands after that noun.

    >>> words = "Harbor may keep the fees paid by you under an order"
    >>> words[_before_own_word(words, "Fees", 0, words.index("an order")):]
    'the fees paid by you under an order'
    """
    noun = _own_word(words, name, base, start)
    if noun is None:
        return start
    openings = [m.start() for m in _DETERMINER.finditer(words, base, noun.start())]
    near = [at for at in openings if not _CLAUSE.search(words, at, noun.start())]
    if near:
        return near[-1]
    bare = _is_bare(noun, words) and not _own_word(words, name, start, len(words))
    return noun.start() if bare and not _CLAUSE.search(words, noun.end(), start) else start


def _own_word(words: str, name: str, start: int, end: int) -> re.Match[str] | None:
    own = {word.lower().rstrip("s") for word in _OWN.findall(name)}
    small = words[start:end].lower()
    if not any(word in small for word in own):
        return None
    own |= {f"{word}s" for word in own}
    return next((m for m in _WORD.finditer(words, start, end) if m[0].lower() in own), None)


def _behind_modal(words: str, name: str, start: int) -> int:
    """Return where the object of a preposition begins, if the phrase from `start` is a sentence without the noun.

    >>> words = "this contract will renew for successive terms of one year"
    >>> words[_behind_modal(words, "Renewal Term", 0):]
    'successive terms of one year'
    """
    modal = _MODAL.search(words, start)
    if modal is None or _own_word(words, name, start, modal.start()):
        return start
    told = [m.end() for m in _FOR.finditer(words, modal.end())]
    if told:
        return told[-1]
    noun = _own_word(words, name, modal.end(), len(words))
    return noun.start() if noun and _is_bare(noun, words) and len(words) - noun.end() > _NEAR else start


def _is_bare(noun: re.Match[str], words: str) -> bool:
    """Whether a word begins a phrase without a determiner: 'updates to the map', but not 'updates the map'."""
    return noun[0].islower() and not _DETERMINER.match(words, noun.end() + 1)


def _opening(words: str, base: int, end: int) -> int | None:
    """Return where between `base` and `end` the last phrase with a determiner of its own begins."""
    found: dict[str, int] = {}
    for match in _DETERMINER.finditer(words, base, end):
        found[_link(words[base : match.start()].rsplit(maxsplit=3))] = match.start()
    return next((found[link] for link in ("own", "comma", "infinitive", "joined", "inner") if link in found), None)


def _link(before: list[str]) -> str:
    """Say how a determiner is tied to the words before it."""
    if before and before[-1].endswith(","):
        return "comma"
    if before and before[-1].casefold() in _JOINED:
        return "joined"
    if len(before) > 2 and before[-2] == "to" and before[-3].casefold() not in _PROMISING:
        return "inner" if before[-3].endswith("ed") else "infinitive"
    return "own"


def _spelt(words: str, name: str, base: int) -> int | None:
    """Return where the last capitalised words begin that an acronym spells: the HUA is the Harbor Users Act."""
    if not re.fullmatch(r"[A-Z]{3,8}s?", name):
        return None
    runs = [m for m in _RUN.finditer(words, base) if _spells(m[0], name)]
    return runs[-1].start() if runs else None


def _spells(words: str, name: str) -> bool:
    """Whether `name` is made of the first letters of `words`."""
    letters = "".join(w[0] for w in re.findall(r"[A-Za-z][\w-]*", words) if w not in ("of", "the", "and", "for", "on"))
    short = re.sub(r"[^A-Za-z]", "", name)
    return short.isupper() and 2 <= len(short) <= 8 and letters.upper().endswith(short.rstrip("S") or short)
