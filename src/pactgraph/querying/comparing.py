"""Which side of an agreement alone has a right or a protection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pactgraph.querying.drafts import Draft, merged

_SIDES = {"Provider": "Customer", "Customer": "Provider"}
_BOTH = ("Both", "Either")
_DUTIES = ("AssignmentRestriction", "Confidentiality")
"""Kinds whose party bears a duty; the protection is the other side's."""


def one_sided(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield, for each agreement, kind and ground that only one side has, a draft that all of its terms prove.

    A term whose party is not known may be anyone's, so nothing is said of its agreement, kind and ground.
    """
    groups: dict[tuple[str, str, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        groups[draft.agreement, draft.text("kind"), draft.text("ground")].append(draft)
    for (agreement, kind, ground), terms in groups.items():
        parties = {term.text("party") for term in terms}
        stated = next(iter(parties))
        if len(parties) > 1 or stated not in _SIDES:
            continue
        party = _SIDES[stated] if kind in _DUTIES else stated
        yield Draft(agreement, merged(terms), {"kind": kind, "party": party, "ground": ground or None})
