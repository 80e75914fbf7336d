"""A web page's elements as a tree whose texts know where they stand in the source.

The standard library's parser says of every piece where it begins; end tags that HTML lets one leave
out are supplied as its specification says (section 13.1.2.4, 'Optional tags').
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import accumulate

from pactgraph.errors import SourceError

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
BLOCKS = frozenset(
    """address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table tbody td
    tfoot th thead tr ul caption optgroup option
    """.split()  # noqa: SIM905
)
"""Elements that begin a new line."""

_CLOSES_P = BLOCKS - {
    "caption",
    "td",
    "th",
    "tr",
    "tbody",
    "thead",
    "tfoot",
    "html",
    "body",
    "option",
    "optgroup",
    "legend",
}
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset(("li",)), frozenset(("ol", "ul", "menu", "dir"))),
    "dt": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "td": (frozenset(("td", "th")), frozenset(("tr", "table"))),
    "th": (frozenset(("td", "th")), frozenset(("tr", "table"))),
    "tr": (frozenset(("tr",)), frozenset(("table",))),
    "tbody": (frozenset(("tbody", "thead", "tfoot")), frozenset(("table",))),
    "thead": (frozenset(("tbody", "thead", "tfoot")), frozenset(("table",))),
    "tfoot": (frozenset(("tbody", "thead", "tfoot")), frozenset(("table",))),
    "option": (frozenset(("option",)), frozenset(("select",))),
}
"""What an opening tag ends if it is still open, and beyond which element it ends nothing."""

_WALLS = frozenset(("td", "th", "table", "caption", "html"))
"""An end tag inside one of these ends nothing outside it."""

_IN_HEAD = frozenset("base link meta noscript script style template title".split())  # noqa: SIM905
_DEEPEST = 200
_MOST = 1_500_000


@dataclass(slots=True)
class Text:
    """Characters in step with the source from `origin` on; a character reference is a text of its own."""

    words: str
    origin: int


@dataclass(slots=True)
class Element:
    """An element with its attributes and what it holds, in order; `origin` is where its tag stands."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | Text] = field(default_factory=list)
    origin: int = 0

    def find(self, *tags: str) -> list[Element]:
        """Return the descendants of these tags, in order."""
        found: list[Element] = []
        stack: list[Element | Text] = list(reversed(self.children))
        while stack:
            node = stack.pop()
            if isinstance(node, Element):
                if node.tag in tags:
                    found.append(node)
                stack += reversed(node.children)
        return found


def parse(source: str, name: str) -> Element:
    """Return the root of the page `source`; it never fails on bad HTML.

    Raises SourceError where the page has more elements than can be read in reasonable time.
    """
    builder = _Builder(source, name)
    builder.feed(source)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    def __init__(self, source: str, name: str) -> None:
        super().__init__(convert_charrefs=False)
        self.root = Element("#root")
        self._name = name
        self._stack = [self.root]
        self._count = 0
        self._lines = [0, *accumulate(len(line) + 1 for line in source.split("\n"))]

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._count += 1
        if self._count > _MOST:
            raise SourceError(f"{self._name}: holds more than {_MOST:,} elements; split the page.")
        if tag not in _IN_HEAD:
            self._end(frozenset(("head",)), frozenset())
        if tag in _CLOSES_P:
            self._end(frozenset(("p",)), _WALLS | {"button"})
        if tag in _ENDS:
            self._end(*_ENDS[tag])
        element = Element(tag, {key: value or "" for key, value in reversed(attrs)}, origin=self._here())
        self._stack[-1].children.append(element)
        if tag not in _VOID and len(self._stack) < _DEEPEST:
            self._stack.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID and self._stack[-1].tag == tag:
            self._stack.pop()

    def handle_endtag(self, tag: str) -> None:
        walls = frozenset(("table",)) if tag in _WALLS | {"tr", "tbody", "thead", "tfoot"} else _WALLS
        self._end(frozenset((tag,)), frozenset() if tag in ("table", "html") else walls)

    def _end(self, tags: frozenset[str], walls: frozenset[str]) -> None:
        for depth in range(len(self._stack) - 1, 0, -1):
            if self._stack[depth].tag in tags:
                del self._stack[depth:]
                return
            if self._stack[depth].tag in walls:
                return

    def handle_data(self, data: str) -> None:
        self._stack[-1].children.append(Text(data, self._here()))

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name};")

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name};")

    def unknown_decl(self, data: str) -> None:
        if data.startswith("CDATA["):
            self._stack[-1].children.append(Text(data[6:], self._here() + 9))

    def _reference(self, reference: str) -> None:
        self._stack[-1].children.append(Text(html.unescape(reference), self._here()))
