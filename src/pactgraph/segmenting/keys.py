"""Keys: what a clause is called, unique in its agreement."""

from __future__ import annotations

from collections import Counter

from pactgraph.segmenting.drafts import Draft

_LONGEST = 60


def keys(drafts: list[Draft]) -> list[str]:
    """Return the key of each clause: its path of labels below its attachment ('Schedule A/2.1/(b)').

    A decimal number is a path by itself ('3.1'), a bullet is counted ('3/•2'), a heading without a
    number is its own words. Keys that would repeat get '#2', '#3' and so on.
    """
    found: list[str] = []
    used: Counter[str] = Counter()
    bullets: Counter[int | None] = Counter()
    for draft in drafts:
        key = _key(draft, drafts, found, bullets)
        used[key] += 1
        while used[key] > 1:
            key = f"{key}#{used[key]}"
            used[key] += 1
        found.append(key)
    return found


def _key(draft: Draft, drafts: list[Draft], found: list[str], bullets: Counter[int | None]) -> str:
    if draft.kind == "preamble":
        return "preamble"
    if draft.path and draft.kind == "numbered":
        return _below(_scope(draft, drafts, found), ".".join(map(str, draft.path)))
    above = found[draft.parent] if draft.parent is not None else ""
    if draft.kind == "bullet":
        bullets[draft.parent] += 1
        return _below(above, f"•{bullets[draft.parent]}")
    label = " ".join(draft.number.split())[:_LONGEST].strip() or draft.kind
    return _below(above, label.replace("/", "-"))


def _below(above: str, label: str) -> str:
    return f"{above}/{label}" if above else label


def _scope(draft: Draft, drafts: list[Draft], found: list[str]) -> str:
    """Return the key of the nearest enclosing clause that is not part of the draft's own number."""
    index = draft.parent
    while index is not None:
        node = drafts[index]
        if not node.path and not (node.kind == "roman" and len(draft.path) > 1):
            return found[index]
        index = node.parent
    return ""
