"""Which terms of an agreement, or of the agreements with one vendor, contradict each other, and which prevails."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from pyoxigraph import NamedNode

from pactgraph.model import FieldValue
from pactgraph.querying.drafts import Draft


@dataclass(frozen=True, slots=True)
class _Stance:
    """One field of one term (see pg:stances); `days` is empty where its value is no duration."""

    agreement: str
    evidence: NamedNode
    kind: str
    field: str
    value: str | Decimal
    days: tuple[Decimal, ...]
    told: str | None
    single: bool
    """Whether an agreement is expected to state one value."""
    sort: str
    documents: frozenset[str]

    def differs(self, other: _Stance) -> bool:
        """Return whether no reading makes the two values the same: a month may be thirty days."""
        if self.days and other.days:
            return self.days[1] < other.days[0] or other.days[1] < self.days[0]
        return self.value != other.value

    def says(self, other: _Stance) -> bool:
        """Return whether the value is that of `other`."""
        return self.value == other.value or bool(self.days and other.days and self.days[0] == other.days[0])


@dataclass(frozen=True, slots=True)
class _Order:
    """An order of precedence between two documents, by their keys."""

    agreement: str
    evidence: NamedNode
    prevails: str
    yields: str


def contradictions(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield a draft for each two terms that contradict each other, which both of them prove.

    Within an agreement the graph says which do. Two agreements of one vendor and of different kinds do where both
    terms are certain, are told apart by nothing, and neither agreement states the other's value elsewhere. The
    effective value is that of the document which an order of precedence of either agreement puts first.
    """
    stances: dict[NamedNode, list[_Stance]] = defaultdict(list)
    deals: dict[tuple[str, str, str], list[tuple[_Stance, bool]]] = defaultdict(list)
    pairs: list[Draft] = []
    orders: dict[str, list[_Order]] = defaultdict(list)
    for draft in drafts:
        if text := draft.text("stances"):
            for said in json.loads(text):
                stance = _stance(draft.agreement, said)
                stances[stance.evidence].append(stance)
                if said["inDeal"] and said["vendor"]:
                    deals[said["vendor"], stance.kind, stance.field].append((stance, said["certain"]))
        elif prevails := draft.text("prevails"):
            order = _Order(draft.agreement, draft.evidence[0], prevails, draft.text("yields"))
            orders[order.agreement].append(order)
        else:
            pairs.append(draft)
    for one, other in (*_inside(pairs, stances), *_between(deals.values())):
        yield _contradiction(one, other, orders)
    # A graph that was shared without words tells that they do, and not of what.
    bare = (pair for pair in pairs if not any(node in stances for node in pair.evidence))
    yield from (Draft(pair.agreement, pair.evidence, {"otherAgreement": pair.agreement}) for pair in bare)


def _stance(agreement: str, said: Mapping[str, object]) -> _Stance:
    days, documents, told = said["days"], said["documents"], said["told"]
    assert isinstance(days, list)
    assert isinstance(documents, list)
    return _Stance(
        agreement=agreement,
        evidence=NamedNode(str(said["evidence"])),
        kind=str(said["kind"]),
        field=str(said["field"]),
        value=Decimal(str(said["value"])) if said["decimal"] else str(said["value"]),
        days=tuple(map(Decimal, days)),
        told=None if told is None else str(told),
        single=said["inAgreement"] is True,
        sort=str(said["sort"]),
        documents=frozenset(documents),
    )


def _inside(
    pairs: Iterable[Draft], stances: Mapping[NamedNode, Sequence[_Stance]]
) -> Iterator[tuple[_Stance, _Stance]]:
    """Yield the fields in which two terms that contradict each other differ."""
    for first, second in (pair.evidence for pair in pairs):
        others = {stance.field: stance for stance in stances.get(second, ())}
        for stance in stances.get(first, ()):
            other = others.get(stance.field)
            if other is not None and stance.single and stance.differs(other):
                yield stance, other


def _between(deals: Iterable[Sequence[tuple[_Stance, bool]]]) -> Iterator[tuple[_Stance, _Stance]]:
    """Yield what two agreements of one deal state differently of one field of one kind, by agreement."""
    for deal in deals:
        by_agreement: dict[str, list[_Stance]] = defaultdict(list)
        for stance, _ in deal:
            by_agreement[stance.agreement].append(stance)
        certain = sorted(
            (stance for stance, certain in deal if certain and stance.told is not None),
            key=lambda stance: (stance.agreement, stance.evidence.value),
        )
        for one, other in combinations(certain, 2) if len(by_agreement) > 1 else ():
            if one.agreement == other.agreement or one.sort == other.sort or one.told != other.told:
                continue
            elsewhere = any(same.says(other) for same in by_agreement[one.agreement])
            elsewhere = elsewhere or any(same.says(one) for same in by_agreement[other.agreement])
            if one.differs(other) and not elsewhere:
                yield one, other


def _contradiction(one: _Stance, other: _Stance, orders: Mapping[str, Sequence[_Order]]) -> Draft:
    evidence = [one.evidence, other.evidence]
    stated = [order for slug in dict.fromkeys((one.agreement, other.agreement)) for order in orders.get(slug, ())]
    for_one = [order for order in stated if order.prevails in one.documents and order.yields in other.documents]
    for_other = [order for order in stated if order.prevails in other.documents and order.yields in one.documents]
    effective: FieldValue | None = None
    if bool(for_one) != bool(for_other):
        effective = one.value if for_one else other.value
        evidence.append(min((for_one or for_other), key=lambda order: order.evidence.value).evidence)
    cells: dict[str, FieldValue | None] = {
        "kind": one.kind,
        "field": one.field,
        "value": one.value,
        "other": other.value,
        "otherAgreement": other.agreement,
        "effective": effective,
    }
    return Draft(one.agreement, tuple(dict.fromkeys(evidence)), cells)
