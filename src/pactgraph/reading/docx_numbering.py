"""Word's automatic numbering: what stands before a numbered paragraph, derived as Word does it.

The rules are those of ECMA-376 part 1, section 17.9: levels of an abstract list, their formats, where
they start and restart, and what an instance of the list overrides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from pactgraph.reading.docx_package import W
from pactgraph.reading.docx_styles import ListPlace, Styles, switch, value
from pactgraph.reading.ordinals import WORD_FORMATS

_PLACE = re.compile(r"%([1-9])")
_WHOLE = re.compile(r"-?\d{1,9}")
BULLET = "•"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how its number is written, and in which words.

    `restart` is the level, from 1, whose use lets this one start anew; None: any above; 0: none.
    """

    start: int
    format: str
    words: str
    restart: int | None
    legal: bool
    style: str


class Numbering:
    """The lists of a document and their counters; `label` counts on with every call."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._abstract: dict[str, Mapping[int, Level]] = {}
        self._list: dict[str, str] = {}
        self._levels: dict[str, Mapping[int, Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        if root is not None:
            self._load(root, styles)

    def _load(self, root: etree._Element, styles: Styles) -> None:
        linked: dict[str, str] = {}
        for abstract in root.iterfind(f"{W}abstractNum"):
            identifier = abstract.get(f"{W}abstractNumId", "")
            self._abstract[identifier] = {_index(each): _level(each) for each in abstract.iterfind(f"{W}lvl")}
            if link := value(abstract, "numStyleLink"):
                linked[identifier] = link
        instances = {number.get(f"{W}numId", ""): number for number in root.iterfind(f"{W}num")}
        self._list = {identifier: value(number, "abstractNumId") for identifier, number in instances.items()}
        for identifier, style in linked.items():
            # A list may be named by a numbering style: its levels are those of the style's own list.
            for _, each in styles.chain(style):
                target = self._list.get(value(each.find(f"{W}pPr/{W}numPr"), "numId"), "")
                self._abstract[identifier] = self._abstract.get(target, self._abstract[identifier])
        for identifier, number in instances.items():
            self._override(identifier, number)

    def _override(self, identifier: str, number: etree._Element) -> None:
        levels = dict(self._abstract.get(self._list[identifier], {}))
        starts = self._starts.setdefault(identifier, {})
        for override in number.iterfind(f"{W}lvlOverride"):
            index = _index(override)
            own = override.find(f"{W}lvl")
            if own is not None:
                levels[index] = _level(own)
            start = _whole(value(override, "startOverride"))
            if start is not None:
                starts[index] = start
                if index in levels:
                    levels[index] = replace(levels[index], start=start)
        self._levels[identifier] = levels

    def level(self, place: ListPlace) -> int:
        """Return the level, from 0, of a paragraph: its own, or what the nearest style is linked to or states."""
        if place.level is not None:
            return place.level
        linked = {level.style: i for i, level in self._levels.get(place.number, {}).items() if level.style}
        for style, stated in place.styles:
            if style in linked:
                return linked[style]
            if stated is not None:
                return stated
        return 0

    def label(self, place: ListPlace) -> str | None:
        """Return what Word writes before the next paragraph at `place`: '2.1', '(a)', '•', or nothing.

        None means that there is no such list or level, hence no numbering.
        """
        index = self.level(place)
        levels = self._levels.get(place.number, {})
        if index not in levels:
            return None
        counts = self._counts.setdefault(self._list[place.number], {})
        if index in self._starts[place.number] and (place.number, index) not in self._started:
            counts.pop(index, None)
        self._started.add((place.number, index))
        counts[index] = counts.get(index, levels[index].start - 1) + 1
        for deeper in [each for each in counts if each > index]:
            if deeper in levels and _restarts(levels[deeper], index):
                del counts[deeper]
        return _written(levels, index, counts)


def _restarts(level: Level, used: int) -> bool:
    """Whether `level` starts anew after the level `used`, from 0, above it."""
    return level.restart is None or used + 1 <= level.restart


def _written(levels: Mapping[int, Level], index: int, counts: Mapping[int, int]) -> str:
    level = levels[index]
    if level.format == "bullet":
        return BULLET if level.words else ""

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        shown = levels.get(at)
        count = counts.get(at, shown.start if shown else 1)
        form = "decimal" if level.legal or not shown else shown.format
        return WORD_FORMATS.get(form, str)(count)

    return _PLACE.sub(number, level.words).strip()


def _level(element: etree._Element) -> Level:
    start = _whole(value(element, "start"))
    return Level(
        start=0 if start is None else start,
        format=value(element, "numFmt") or "decimal",
        words=value(element, "lvlText"),
        restart=_whole(value(element, "lvlRestart")),
        legal=bool(switch(element, "isLgl")),
        style=value(element, "pStyle"),
    )


def _index(element: etree._Element) -> int:
    return _whole(element.get(f"{W}ilvl", "")) or 0


def _whole(text: str) -> int | None:
    return int(text) if _WHOLE.fullmatch(text) else None
