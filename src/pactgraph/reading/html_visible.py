"""What of a web page is its content: not its navigation, its scripts, nor what is hidden or struck."""

from __future__ import annotations

import re

from pactgraph.reading.html_tokens import Words
from pactgraph.reading.html_tree import Element

_NEVER = frozenset(
    """script style noscript template svg iframe object embed canvas video audio map nav aside button input select
    textarea datalist progress meter head title meta link base del s strike rp rt frameset frame applet
    """.split()  # noqa: SIM905
)
_ROLES = frozenset(
    """navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar tablist button
    """.split()  # noqa: SIM905
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|line-through", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)|text-decoration[^;]*underline", re.IGNORECASE)
_COUNTER = re.compile(r"counter-(?:increment|reset|set)\s*:|content\s*:[^;}]*counters?\s*\(", re.IGNORECASE)
_OF_THE_PAGE = frozenset(("header", "footer"))
_SECTIONS = frozenset(("main", "article", "section"))
_MAIN_SHARE = 0.3
"""A page's main element holds its content if it has at least this share of its words."""


def is_shown(element: Element) -> bool:
    """Whether an element can be part of the agreement."""
    attributes = element.attributes
    if element.tag in _NEVER or "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true":
        return False
    if element.tag == "dialog" and "open" not in attributes:
        return False
    if attributes.get("role", "").lower() in _ROLES or (element.tag == "sup" and _is_reference(element)):
        return False
    return not _HIDDEN.search(attributes.get("style", ""))


def is_bold(element: Element) -> bool:
    """Whether an element sets its words in bold or underlined type."""
    return element.tag in ("b", "strong", "u") or bool(_BOLD.search(element.attributes.get("style", "")))


def content(root: Element) -> Element:
    """Return the element that holds the page's main content; headers and footers of the page are taken out."""
    body = (root.find("body") or [root])[0]
    mains = [each for each in _shown(body) if each.tag == "main" or each.attributes.get("role") == "main"]
    articles = [each for each in _shown(body) if each.tag == "article"]
    for found in (mains[:1], articles if len(articles) == 1 else []):
        if found and words(found[0]) >= _MAIN_SHARE * words(body):
            return found[0]
    _without_page_parts(body)
    return body


def words(element: Element) -> int:
    """Return how many characters of words are shown in `element`."""
    return sum(len(" ".join(node.words.split())) for each in [element, *_shown(element)] for node in _texts(each))


def uses_counters(root: Element) -> bool:
    """Whether the page numbers anything by CSS counters, which are in its style sheets, not in its text."""
    for element in root.find("style"):
        if any(_COUNTER.search(text.words) for text in _texts(element)):
            return True
    stack: list[Element | Words] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Element):
            if _COUNTER.search(node.attributes.get("style", "")):
                return True
            stack += node.children
    return False


def _texts(element: Element) -> list[Words]:
    return [child for child in element.children if isinstance(child, Words)]


def _shown(element: Element) -> list[Element]:
    found: list[Element] = []
    stack: list[Element | Words] = list(reversed(element.children))
    while stack:
        node = stack.pop()
        if isinstance(node, Element) and is_shown(node):
            found.append(node)
            stack += reversed(node.children)
    return found


def _without_page_parts(body: Element) -> None:
    """Take out headers and footers that are not inside a section of the content."""
    stack = [body]
    while stack:
        element = stack.pop()
        element.children = [
            child for child in element.children if not (isinstance(child, Element) and child.tag in _OF_THE_PAGE)
        ]
        stack += [each for each in element.children if isinstance(each, Element) and each.tag not in _SECTIONS]


def _is_reference(element: Element) -> bool:
    """Whether a superscript is no more than a link to a note on the page."""
    links = element.find("a")
    return bool(links) and links[0].attributes.get("href", "").rpartition("#")[1] == "#"
