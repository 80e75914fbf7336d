"""The type of a slot, and the few ways in which slots write their patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pactgraph.errors import ValueParseError
from pactgraph.model import FieldValue

Fields = Mapping[str, FieldValue]
"""What a slot reads: the value under "", its companions (dayKind, currency) under their names."""

_NAMED_GROUP = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True, slots=True)
class Slot:
    """A typed gap in a rule's pattern: which words fill it, and what they mean.

    `pattern` is a `re` pattern without capturing groups, to be compiled with IGNORECASE and matched
    against text whose whitespace runs are one space and whose quotes and dashes are ASCII. It never
    begins or ends inside a word. Dropping its lookarounds, which are never nested, only widens it.
    `parse` takes exactly the matched words; it raises ValueParseError where they state no value.
    """

    name: str
    pattern: str
    parse: Callable[[str], Fields]


def unnamed(pattern: str) -> str:
    """Return `pattern` with its named groups made non-capturing.

    >>> unnamed("(?P<count>[0-9]+) days")
    '(?:[0-9]+) days'
    """
    return _NAMED_GROUP.sub("(?:", pattern)


class _Trie(dict[str, "_Trie"]):
    """Letters to what may follow them; the empty letter marks the end of a word."""


def one_of(words: Iterable[str]) -> str:
    """Return a pattern that matches the longest of `words`, shared beginnings written once.

    >>> one_of(["day", "days", "date"])
    'da(?:te|y(?:s)?)'
    """
    trie = _Trie()
    for word in words:
        node = trie
        for letter in word:
            node = node.setdefault(letter, _Trie())
        node[""] = _Trie()
    return _pattern_of(trie)


def _pattern_of(node: _Trie) -> str:
    branches = [_literal(letter) + _pattern_of(child) for letter, child in sorted(node.items()) if letter]
    if not branches:
        return ""
    if len(branches) == 1 and "" not in node:
        return branches[0]
    return "(?:" + "|".join(branches) + ")" + ("?" if "" in node else "")


def _literal(letter: str) -> str:
    return letter if letter in " -'" else re.escape(letter)


def tidy(text: str) -> str:
    """Return `text` with whitespace runs as one space, trimmed."""
    return " ".join(text.split())


def no_value(kind: str, text: str, sample: str) -> ValueParseError:
    """Return the error for words that state no `kind`; `sample` shows words that would."""
    return ValueParseError(f"{text!r} states no {kind}; expected words like {sample!r}.")
