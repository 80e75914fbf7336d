"""A web page's source as tokens, each with its place: tags and texts, in one pass over the source.

The rules are those of the HTML standard's tokenizer (section 13.2.5) without its scripting states. The
standard library's parser takes quadratic time on unfinished markup; here every step moves on.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5

_TEXT = re.compile(r"[^<&]+")
_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s/>][^\s/>=]*)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<open>["'])|(?P<bare>[^\s>]*)))?"""
)
_BETWEEN = re.compile(r"[\s/]*")
_REFERENCE = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,8};?|#[0-9]{1,8};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")
}
"""Elements whose content is no markup, and what ends them."""

_CDATA = "<![CDATA["


@dataclass(frozen=True, slots=True)
class Words:
    """Characters in step with the source from `origin` on; a character reference is a token of its own."""

    words: str
    origin: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag, or an end tag if `closes`; `empty` is one that ends itself ('<br/>')."""

    name: str
    origin: int
    closes: bool = False
    empty: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


def tokens(source: str) -> Iterator[Words | Tag]:
    """Yield the tags and texts of `source` in order; comments and declarations are left out.

    Whatever the source, each token begins where the last ended, or later.

    >>> [token.words for token in tokens("a &amp; b<!-- c -->") if isinstance(token, Words)]
    ['a ', '&', ' b']
    """
    at = 0
    while at < len(source):
        if source[at] == "&":
            words, end = _reference(source, at)
            yield Words(words, at)
        elif source[at] != "<":
            end = _end(_TEXT.match(source, at), at + 1)
            yield Words(source[at:end], at)
        elif source.startswith(_CDATA, at):
            close = _found(source, "]]>", at)
            yield Words(source[at + len(_CDATA) : close], at + len(_CDATA))
            end = close + 3
        elif source[at + 1 : at + 2] in ("!", "?"):
            end = _comment(source, at)
        else:
            tag, end = _tag(source, at)
            if tag:
                yield tag
                if not tag.closes and tag.name in _RAW:
                    closing = _RAW[tag.name].search(source, end)
                    stop = closing.start() if closing else len(source)
                    yield Words(source[end:stop], end)
                    end = stop
            elif end == at + 1:
                yield Words("<", at)
        at = end


def _end(match: re.Match[str] | None, otherwise: int) -> int:
    return match.end() if match else otherwise


def _found(source: str, what: str, at: int) -> int:
    """Return where `what` stands at or after `at`, or the end of the source."""
    found = source.find(what, at)
    return len(source) if found < 0 else found


def _comment(source: str, at: int) -> int:
    if not source.startswith("<!--", at):
        return _found(source, ">", at) + 1
    if source.startswith((">", "->"), at + 4):
        return source.index(">", at + 4) + 1
    return _found(source, "-->", at + 4) + 3


def _tag(source: str, at: int) -> tuple[Tag | None, int]:
    """Return the tag at `at` and where it ends; no tag and the next place where '<' is a mere character."""
    closes = source.startswith("/", at + 1)
    name = _NAME.match(source, at + 1 + closes)
    if not name:
        return None, _found(source, ">", at) + 1 if closes else at + 1
    attributes: dict[str, str] = {}
    place = name.end()
    while True:
        between = _end(_BETWEEN.match(source, place), place)
        if between >= len(source):
            return None, len(source) + 1
        if source[between] == ">":
            empty = source[between - 1] == "/"
            return Tag(name[0].lower(), at, closes, empty, attributes), between + 1
        match = _ATTRIBUTE.match(source, between)
        if not match or match["open"]:
            # A quotation mark that is never closed swallows the rest, as in browsers.
            return None, len(source) + 1
        value = match["double"] or match["single"] or match["bare"] or ""
        attributes.setdefault(match["name"].lower(), html.unescape(value))
        place = match.end()


def _reference(source: str, at: int) -> tuple[str, int]:
    """Return what the character reference at `at` stands for, and where it ends."""
    match = _REFERENCE.match(source, at)
    if not match:
        return "&", at + 1
    if match[0][1] == "#" or match[0][1:] in html5:
        return html.unescape(match[0]), match.end()
    # Old names need no semicolon, and letters may follow at once ('&copy2031').
    for length in range(len(match[0]) - 1, 2, -1):
        if match[0][1:length] in html5:
            return html5[match[0][1:length]], at + length
    return match[0], match.end()
