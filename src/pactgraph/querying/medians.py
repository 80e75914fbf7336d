"""Where an agreement is worse for the customer than the median of the portfolio."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from pactgraph.durations import day_bounds
from pactgraph.model import FieldValue
from pactgraph.querying.drafts import Draft, merged

_LESS, _MORE = -1, 1
_TIMES_A_YEAR = {"P1D": 365, "P7D": 52, "P1W": 52, "P1M": 12, "P3M": 4, "P6M": 2, "P12M": 1, "P1Y": 1}
_PROVIDER = ("Provider", "Either", "Both")
_CUSTOMER = ("Customer", "Either", "Both")


@dataclass(frozen=True, slots=True)
class _Measure:
    """A comparable number: which way is worse for the customer, and for terms of which parties; '' is unstated."""

    worse: int
    parties: tuple[str, ...]


_MEASURES: Mapping[tuple[str, str], tuple[_Measure, ...]] = {
    ("Uptime", "percent"): (_Measure(_LESS, ("",)),),
    ("LatePaymentInterest", "percent"): (_Measure(_MORE, ("",)),),
    ("LiabilityCap", "lookback"): (_Measure(_LESS, _PROVIDER),),
    ("TerminationRight", "cure"): (_Measure(_LESS, _PROVIDER),),
    ("TerminationRight", "notice"): (_Measure(_LESS, ("Provider",)), _Measure(_MORE, ("Customer",))),
    ("NonRenewalNotice", "duration"): (_Measure(_MORE, (*_CUSTOMER, "")),),
    ("FeeChange", "notice"): (_Measure(_LESS, ("Provider", "")),),
    ("AmendmentRight", "notice"): (_Measure(_LESS, ("Provider", "")),),
    ("SubprocessorChange", "notice"): (_Measure(_LESS, ("",)),),
    ("ClaimLimit", "duration"): (_Measure(_LESS, (*_CUSTOMER, "")),),
    ("CreditClaim", "duration"): (_Measure(_LESS, ("",)),),
}
_Key = tuple[str, str, str, int]


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
        for measure in _MEASURES.get((draft.text("kind"), draft.text("field")), ()):
            value = _comparable(draft) if draft.text("party") in measure.parties else None
            if value is not None:
                key = draft.text("kind"), draft.text("field"), draft.text("ground"), measure.worse
                measured[key][draft.agreement].append(value)
    for (kind, name, ground, worse), by_agreement in measured.items():
        choose: Callable[[Iterable[Decimal]], Decimal] = max if worse == _MORE else min
        worst = {slug: choose([value.number for value in values]) for slug, values in by_agreement.items()}
        middle = median(worst.values())
        shown = _written(middle, (value for values in by_agreement.values() for value in values))
        for slug, number in worst.items():
            if (number - middle) * worse > 0:
                proofs = [value for value in by_agreement[slug] if value.number == number]
                cells: dict[str, FieldValue | None] = {
                    "kind": kind,
                    "field": "perYear" if kind == "LatePaymentInterest" else name,
                    "value": proofs[0].written,
                    "median": shown,
                    "ground": ground or None,
                    "agreements": Decimal(len(worst)),
                }
                yield Draft(slug, merged(value.draft for value in proofs), cells)


def _comparable(draft: Draft) -> _Value | None:
    """Return the number of a term that compares with those of others; None where it does not."""
    if duration := draft.text("written"):
        least, _ = day_bounds(duration, business=draft.text("dayKind") == "business")
        return _Value(draft, least, duration)
    number = draft.cells.get("number")
    if not isinstance(number, Decimal):
        return None
    if draft.text("kind") != "LatePaymentInterest":
        return _Value(draft, number, number)
    times = _TIMES_A_YEAR.get(draft.text("per"))
    if times is None or draft.cells.get("aboveBaseRate") is True:
        return None
    return _Value(draft, number * times, number * times)


def _written(middle: Decimal, values: Iterable[_Value]) -> FieldValue:
    """Return a median in the form of the values it is the median of; between two lengths of time, in days."""
    known = sorted((value for value in values), key=lambda value: str(value.written))
    same = next((value.written for value in known if value.number == middle), None)
    if same is not None:
        return same
    return middle if isinstance(known[0].written, Decimal) else f"P{middle.normalize():f}D"
