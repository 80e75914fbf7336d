"""Where an agreement is worse for the customer than the median of the portfolio."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from pactgraph.model import FieldValue
from pactgraph.querying.drafts import Draft, merged
from pactgraph.querying.measures import Measure, comparable, measures

_Key = tuple[Measure, str]


@dataclass(frozen=True, slots=True)
class _Value:
    """A comparable number of one term: the number that counts, and how it is written."""

    draft: Draft
    number: Decimal
    written: FieldValue


def outliers(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield a draft for each agreement and measure that is worse for the customer than the median.

    An agreement counts once in a median, with its worst value. Raises ValueParseError where a length
    of time has not the form of one.
    """
    measured: dict[_Key, dict[str, list[_Value]]] = defaultdict(lambda: defaultdict(list))
    for draft in drafts:
        for measure in measures():
            if (measure.kind, measure.field) == (draft.text("kind"), draft.text("field")):
                value = _comparable(draft) if draft.text("party") in measure.parties else None
                if value is not None:
                    measured[measure, draft.text("ground")][draft.agreement].append(value)
    for (measure, ground), by_agreement in measured.items():
        kind, worse = measure.kind, -1 if measure.more_is_better else 1
        choose: Callable[[Iterable[Decimal]], Decimal] = min if measure.more_is_better else max
        worst = {slug: choose([value.number for value in values]) for slug, values in by_agreement.items()}
        middle = median(worst.values())
        shown = _written(middle, (value for values in by_agreement.values() for value in values))
        for slug, number in worst.items():
            if (number - middle) * worse > 0:
                proofs = [value for value in by_agreement[slug] if value.number == number]
                cells: dict[str, FieldValue | None] = {
                    "kind": kind,
                    "field": "perYear" if kind == "LatePaymentInterest" else measure.field,
                    "value": proofs[0].written,
                    "median": shown,
                    "ground": ground or None,
                    "agreements": Decimal(len(worst)),
                }
                yield Draft(slug, merged(value.draft for value in proofs), cells)


def _comparable(draft: Draft) -> _Value | None:
    """Return the number of a term that compares with those of others; None where it does not."""
    number = draft.text("written") or draft.cells.get("number")
    found = comparable(
        draft.text("kind"),
        number,
        business=draft.text("dayKind") == "business",
        per=draft.text("per"),
        above_base=draft.cells.get("aboveBaseRate") is True,
    )
    if found is None:
        return None
    return _Value(draft, found[0], number if isinstance(number, str) else found[0])


def _written(middle: Decimal, values: Iterable[_Value]) -> FieldValue:
    """Return a median in the form of the values it is the median of; between two lengths of time, in days."""
    known = sorted((value for value in values), key=lambda value: str(value.written))
    same = next((value.written for value in known if value.number == middle), None)
    if same is not None:
        return same
    return middle if isinstance(known[0].written, Decimal) else f"P{middle.normalize():f}D"
