"""Labels of list items, as browsers derive them from start, value, type and reversed."""

from __future__ import annotations

import re

from pactgraph.reading.html_tree import Element
from pactgraph.reading.ordinals import CSS_FORMATS

BULLET = "•"
LISTS = frozenset(("ol", "ul", "menu", "dir"))
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_BULLETS = frozenset(("disc", "circle", "square", "disclosure-open", "disclosure-closed"))
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]+)", re.IGNORECASE)
_INTEGER = re.compile(r"\s*([+-]?\d{1,9})")


def labels(parent: Element) -> list[tuple[Element, str]]:
    """Return the items of a list, each with its label: '3.', 'c.', 'iii.', '•', or '' where none is shown."""
    items = [child for child in parent.children if isinstance(child, Element) and child.tag == "li"]
    if parent.tag != "ol":
        return [(item, _unordered(parent, item)) for item in items]
    step = -1 if "reversed" in parent.attributes else 1
    start = _integer(parent.attributes.get("start", ""))
    count = start if start is not None else len(items) if step < 0 else 1
    found = []
    for item in items:
        own = _integer(item.attributes.get("value", ""))
        count = count if own is None else own
        found.append((item, _ordered(parent, item, count)))
        count += step
    return found


def _ordered(parent: Element, item: Element, count: int) -> str:
    style = _styled(item) or _typed(item) or _styled(parent) or _typed(parent) or "decimal"
    if style == "none":
        return ""
    if style in _BULLETS:
        return BULLET
    return f"{CSS_FORMATS.get(style, str)(count)}."


def _unordered(parent: Element, item: Element) -> str:
    return "" if (_styled(item) or _styled(parent)) == "none" else BULLET


def _typed(element: Element) -> str:
    kind = element.attributes.get("type", "").strip()
    return _TYPES.get(kind) or (kind.lower() if kind.lower() in _BULLETS else "")


def _styled(element: Element) -> str:
    """Return the style of list that an element's own style attribute names, empty where it names none."""
    match = _STYLE.search(element.attributes.get("style", ""))
    words = match[1].lower().split() if match else []
    return next((word for word in words if word == "none" or word in CSS_FORMATS or word in _BULLETS), "")


def _integer(text: str) -> int | None:
    match = _INTEGER.match(text)
    return int(match[1]) if match else None
