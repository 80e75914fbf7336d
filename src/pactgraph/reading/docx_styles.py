"""Styles of a Word file: what a paragraph or a run inherits along its chain of styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pactgraph.reading.docx_package import W

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"toc \d", re.IGNORECASE)
_OFF = frozenset(("0", "false", "off", "none"))
_BODY = 9
"""The outline level of body text; 0 to 8 are headings."""


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a paragraph stands in Word's numbering: which list, and its level, counted from 0.

    Where the paragraph itself states no level, `styles` are those up to the one that brings the list,
    nearest first, each with the level that it states.
    """

    number: str
    level: int | None = None
    styles: tuple[tuple[str, int | None], ...] = ()


class Styles:
    """The styles of a document by their id; an unknown id is a style without properties."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._defaults: dict[str, str] = {}
        self._known: dict[tuple[str, str], bool | None] = {}
        for style in root.iterfind(f"{W}style") if root is not None else ():
            identifier = style.get(f"{W}styleId", "")
            self._styles[identifier] = style
            if style.get(f"{W}default", "0") not in _OFF:
                self._defaults.setdefault(style.get(f"{W}type", ""), identifier)

    def of(self, properties: etree._Element | None) -> str:
        """Return the id of a paragraph's style: its own, else the document's default."""
        return value(properties, "pStyle") or self._defaults.get("paragraph", "")

    def chain(self, identifier: str) -> Iterator[tuple[str, etree._Element]]:
        """Yield a style and those it is based on, nearest first; circles end."""
        seen: set[str] = set()
        while identifier in self._styles and identifier not in seen:
            seen.add(identifier)
            yield identifier, self._styles[identifier]
            identifier = value(self._styles[identifier], "basedOn")

    def name(self, identifier: str) -> str:
        """Return the style's name, which for Word's own styles is English in all languages."""
        style = self._styles.get(identifier)
        return value(style, "name") if style is not None else ""

    def is_contents(self, identifier: str) -> bool:
        """Whether paragraphs of this style are lines of a table of contents."""
        return any(_CONTENTS.fullmatch(self.name(each)) for each, _ in self.chain(identifier))

    def heading(self, properties: etree._Element | None) -> int:
        """Return the heading level of a paragraph, from 1; 0 is body text."""
        own = value(properties, "outlineLvl")
        if own:
            return _outline(own)
        for identifier, style in self.chain(self.of(properties)):
            named = _HEADING.fullmatch(self.name(identifier))
            if named:
                return int(named[1])
            if self.name(identifier).lower() == "title":
                return 1
            level = value(style.find(f"{W}pPr"), "outlineLvl")
            if level:
                return _outline(level)
        return 0

    def place(self, properties: etree._Element | None) -> ListPlace | None:
        """Return where a paragraph stands in the numbering, by itself or through its styles."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        number, level = value(own, "numId"), _number(value(own, "ilvl"))
        if number:
            return ListPlace(number, level) if number != "0" else None
        passed: list[tuple[str, int | None]] = []
        for identifier, style in self.chain(self.of(properties)):
            inherited = style.find(f"{W}pPr/{W}numPr")
            passed.append((identifier, _number(value(inherited, "ilvl"))))
            number = value(inherited, "numId")
            if number:
                return ListPlace(number, level, tuple(passed)) if number != "0" else None
        return None

    def toggled(self, run: etree._Element | None, paragraph: etree._Element | None, *names: str) -> bool:
        """Whether a run has one of the on-off properties: by itself, its style, or its paragraph's style."""
        character, own = value(run, "rStyle"), self.of(paragraph)
        return any(self._toggled(run, character, own, name) for name in names)

    def _toggled(self, run: etree._Element | None, character: str, paragraph: str, name: str) -> bool:
        state = switch(run, name)
        if state is None and character:
            state = self._styled(character, name)
        if state is None and paragraph:
            state = self._styled(paragraph, name)
        return bool(state)

    def _styled(self, identifier: str, name: str) -> bool | None:
        key = (identifier, name)
        if key not in self._known:
            found = (switch(style.find(f"{W}rPr"), name) for _, style in self.chain(identifier))
            self._known[key] = next((state for state in found if state is not None), None)
        return self._known[key]


def value(parent: etree._Element | None, name: str) -> str:
    """Return w:val of the child `name`, empty where there is none."""
    child = parent.find(f"{W}{name}") if parent is not None and len(parent) else None
    return str(child.get(f"{W}val", "")) if child is not None else ""


def switch(parent: etree._Element | None, name: str) -> bool | None:
    """Return the state of an on-off property, None where it is not stated."""
    child = parent.find(f"{W}{name}") if parent is not None and len(parent) else None
    return None if child is None else child.get(f"{W}val", "1").lower() not in _OFF


def _outline(level: str) -> int:
    number = _number(level)
    return number + 1 if number is not None and 0 <= number < _BODY else 0


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else None
