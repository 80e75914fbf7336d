"""A web page's elements as a tree whose texts know where they stand in the source.

End tags that HTML lets one leave out are supplied as its standard says (section 13.1.2.4, 'Optional tags').
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pactgraph.errors import SourceError
from pactgraph.reading.html_tokens import Tag, Words, tokens

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
_MOST = 1_000_000


@dataclass(slots=True)
class Element:
    """An element with its attributes and what it holds, in order; `origin` is where its tag stands."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | Words] = field(default_factory=list)
    origin: int = 0

    def find(self, *tags: str) -> list[Element]:
        """Return the descendants of these tags, in order."""
        found: list[Element] = []
        stack: list[Element | Words] = list(reversed(self.children))
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
    root = Element("#root")
    stack = [root]
    for count, token in enumerate(tokens(source)):
        if count >= _MOST:
            raise SourceError(f"{name}: holds more than {_MOST:,} elements and texts; split the page.")
        if isinstance(token, Words):
            stack[-1].children.append(token)
        elif token.closes:
            _close(stack, token.name)
        else:
            _open(stack, token)
    return root


def _open(stack: list[Element], tag: Tag) -> None:
    if tag.name not in _IN_HEAD:
        _end(stack, frozenset(("head",)), frozenset())
    if tag.name in _CLOSES_P:
        _end(stack, frozenset(("p",)), _WALLS | {"button"})
    if tag.name in _ENDS:
        _end(stack, *_ENDS[tag.name])
    element = Element(tag.name, tag.attributes, origin=tag.origin)
    stack[-1].children.append(element)
    if tag.name not in _VOID and not tag.empty and len(stack) < _DEEPEST:
        stack.append(element)


def _close(stack: list[Element], name: str) -> None:
    walls = frozenset(("table",)) if name in _WALLS | {"tr", "tbody", "thead", "tfoot"} else _WALLS
    _end(stack, frozenset((name,)), frozenset() if name in ("table", "html") else walls)


def _end(stack: list[Element], tags: frozenset[str], walls: frozenset[str]) -> None:
    """End the innermost open element of `tags`, unless one of `walls` is open inside it."""
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].tag in tags:
            del stack[depth:]
            return
        if stack[depth].tag in walls:
            return
