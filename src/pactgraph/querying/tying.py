"""Which loose ends of an agreement another agreement of its vendor does not tie up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pactgraph.querying.drafts import Draft


def loose_ends(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield the loose ends, without the documents that are in the graph.

    A document is there where another agreement has its key and both are of one vendor; an agreement whose vendor is
    not known may be anyone's.
    """
    ends: list[Draft] = []
    names: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for draft in drafts:
        if draft.text("kind"):
            ends.append(draft)
        else:
            names[draft.text("key")].add((draft.agreement, draft.text("vendor").casefold()))
    for end in ends:
        vendor = end.text("vendor").casefold()
        others = {maker for slug, maker in names.get(end.text("key"), ()) if slug != end.agreement}
        if not others or (vendor and others.isdisjoint((vendor, ""))):
            yield end
