"""The type of a slot, and the few ways in which slots write and read their patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pactgraph.errors import ValueParseError
from pactgraph.extracting import expressions
from pactgraph.model import FieldValue

Fields = Mapping[str, FieldValue]
"""What a slot reads: the value under "", its companions (dayKind, currency) under their names."""

START, END = r"(?<![^\W_])", r"(?![^\W_])"
"""No letter or digit stands before, or after; an underscore may, as Markdown's emphasis does."""

_NAMED_GROUP = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True, slots=True)
class Slot:
    """A typed gap in a rule's pattern: which words fill it, and what they mean.

    `pattern` is a `re` pattern without capturing groups, to be compiled with IGNORECASE and matched
    against text whose whitespace runs are one space and whose quotes and dashes are ASCII. It never
    begins or ends inside a word. `parse` takes exactly the matched words and returns the value under
    "" with its companions; it raises ValueParseError where the words state no value after all.
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


def whole(pattern: str, text: str, kind: str, sample: str) -> re.Match[str]:
    """Return the match of `pattern` with all of `text`, whose whitespace runs count as one space.

    Raises ValueParseError, saying that `text` states no `kind` and what `sample` would, without one.
    """
    match = _compiled(pattern).fullmatch(" ".join(text.split()))
    if match is None:
        raise no_value(kind, text, sample)
    return match


def no_value(kind: str, text: str, sample: str) -> ValueParseError:
    """Return the error for words that state no `kind`; `sample` shows words that would."""
    return ValueParseError(f"{text!r} states no {kind}; expected words like {sample!r}.")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile when first needed: the larger patterns take longer than a command's help does."""
    return expressions.compiled(pattern, re.IGNORECASE)


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
