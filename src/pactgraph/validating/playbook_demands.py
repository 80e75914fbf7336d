"""What a position of a playbook demands of one field: 'at least 12 months', 'Provider or Both', 'stated'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pactgraph.durations import day_bounds
from pactgraph.errors import PlaybookError, ValueParseError, unknown
from pactgraph.vocabulary import FieldType
from pactgraph.wording import spaced

AT_LEAST, AT_MOST, MORE, LESS, EXACTLY = "at least", "at most", "more than", "less than", "exactly"
ONE_OF, NONE_OF, STATED, NOT_STATED = "one of", "none of", "stated", "not stated"

_WORDINGS = {
    AT_LEAST: (AT_LEAST, "no less than", "not less than"),
    AT_MOST: (AT_MOST, "within", "up to", "no more than", "not more than"),
    MORE: (MORE,),
    LESS: (LESS,),
    EXACTLY: (EXACTLY,),
}
_COMPARED = {words: relation for relation, wordings in _WORDINGS.items() for words in wordings}
_COMPARISON = re.compile(rf"(?:({'|'.join(_COMPARED)})\s+)?(.+)")
_LENGTH = re.compile(r"(\d+)\s+(?:(business|calendar)\s+)?(hour|day|week|month|year)s?")
_UNITS = {"hour": "PT{}H", "day": "P{}D", "week": "P{}W", "month": "P{}M", "year": "P{}Y"}
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(?:%|percent|([A-Z]{3}))?")
_TRUTH = {"yes": "yes", "true": "yes", "no": "no", "false": "no"}
_COVERS = {"Provider": ("Provider", "Either", "Both"), "Customer": ("Customer", "Either", "Both")}


@dataclass(frozen=True, slots=True)
class Demand:
    """What is asked of one field.

    `relation` is one of the constants of this module. `values` are ISO 8601 durations, decimal numbers, yes or no,
    or names of values; a text that ends in '*' stands for all that begin so. `words` is the demand as written,
    `business` that its days are business days, `currency` the one that an amount must be in, '' where any will do.
    """

    field: FieldType
    relation: str
    values: tuple[str, ...]
    words: str
    business: bool = False
    currency: str = ""

    def bounds(self) -> tuple[Decimal, Decimal]:
        """Return the least and the greatest number of days, or the number twice, that is compared with."""
        if self.field.kind == "duration":
            return day_bounds(self.values[0], business=self.business)
        number = Decimal(self.values[0])
        return number, number

    def said(self) -> str:
        """Return the demand with its field: 'lookback at least 12 months'."""
        return f"{spaced(self.field.name)} {self.words}"


@dataclass(frozen=True, slots=True)
class Value:
    """What a term states in one field: how it is written, in words, and its bounds where it can be compared."""

    written: str
    words: str
    least: Decimal | None = None
    greatest: Decimal | None = None


def demand(field: FieldType, written: str | tuple[str, ...], *, covers: bool = False) -> Demand:
    """Return what `written` demands of `field`; with `covers`, Provider also means what holds for both parties.

    Raises PlaybookError without a place where the words are no demand on such a field.
    """
    several = (written,) if isinstance(written, str) else written
    if several in (("stated",), ("not stated",)):
        return Demand(field, several[0], (), several[0])
    if field.kind in ("duration", "decimal"):
        if len(several) > 1:
            raise PlaybookError(f"'{field.name}' takes one demand, such as {_example(field)}; alternatives are a list.")
        return _compared(field, several[0])
    return _choice(field, several, covers=covers)


def _choice(field: FieldType, several: tuple[str, ...], *, covers: bool) -> Demand:
    """Return the demand for one of some values, or for none of them: 'not a or b' denies both."""
    denied = [text.startswith("not ") for text in several]
    if any(denied) and not all(denied):
        raise PlaybookError(
            f"'{field.name}' mixes values with 'not'; give the ones that pass, or the ones that do not."
        )
    split = r"\s+or\s+" if field.values else r"$^"  # free text may hold any word
    parts = [part for text in several for part in re.split(split, text.removeprefix("not "))]
    values = tuple(dict.fromkeys(value for part in parts for value in _named(field, part, covers=covers)))
    words = ("not " if any(denied) else "") + " or ".join(parts)
    return Demand(field, NONE_OF if any(denied) else ONE_OF, values, words)


def _compared(field: FieldType, text: str) -> Demand:
    found = _COMPARISON.fullmatch(text)
    if found is None:
        raise PlaybookError(f"'{field.name}' is empty; write for instance {_example(field)}.")
    relation = _COMPARED[found[1] or "exactly"]
    if field.kind == "duration":
        written, business = _length(field, found[2])
        return Demand(field, relation, (written,), text, business=business)
    number = _NUMBER.fullmatch(found[2])
    if number is None:
        raise PlaybookError(f"'{text}' is no number for '{field.name}'; write for instance {_example(field)}.")
    return Demand(field, relation, (number[1].replace(",", ""),), text, currency=number[2] or "")


def _length(field: FieldType, text: str) -> tuple[str, bool]:
    """Return a length of time as ISO 8601, and whether its days are business days."""
    if text == "immediately":
        return "PT0S", False
    found = _LENGTH.fullmatch(text)
    if found is not None:
        return _UNITS[found[3]].format(found[1]), found[2] == "business"
    try:
        day_bounds(text)
    except ValueParseError as error:
        hint = f"write for instance {_example(field)}"
        raise PlaybookError(f"'{text}' is no length of time for '{field.name}'; {hint}.") from error
    return text, False


def _named(field: FieldType, text: str, *, covers: bool) -> tuple[str, ...]:
    """Return the values that a word stands for: one, or for a party all that hold for it."""
    if field.kind == "bool":
        if text.lower() not in _TRUTH:
            raise PlaybookError(unknown(f"value of '{field.name}'", text, ("yes", "no")))
        return (_TRUTH[text.lower()],)
    if not field.values:
        return (text,)
    alone = text.startswith("only ")
    value = nearest(text.removeprefix("only "), field.values, f"value of '{field.name}'")
    return _COVERS.get(value, (value,)) if covers and not alone and field.kind == "party" else (value,)


def nearest(text: str, known: Iterable[str], what: str) -> str:
    """Return the name of `known` that `text` writes, blanks and capitals aside.

    >>> nearest("material breach", ["materialBreach", "convenience"], "ground")
    'materialBreach'

    Raises PlaybookError that lists the known ones where there is none.
    """
    names = {_plain(name): name for name in known}
    if _plain(text) not in names:
        raise PlaybookError(unknown(what, text, names.values()))
    return names[_plain(text)]


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name).casefold()


def _example(field: FieldType) -> str:
    return "'at least 12 months' or 'within 72 hours'" if field.kind == "duration" else "'at most 5 %'"


def holds(asked: Demand, stated: Mapping[str, tuple[Value, ...]]) -> bool | None:
    """Tell whether what a term states meets a demand; None where that cannot be told.

    It cannot be told where a length of time straddles the one asked for (one month and 30 days), where an amount is
    in another currency, or where the term leaves the field open. A list that is not stated is empty, and a 'yes'
    that is not stated is a no.
    """
    values = stated.get(asked.field.name, ())
    if asked.relation in (STATED, NOT_STATED):
        return bool(values) == (asked.relation == STATED)
    if asked.relation in (ONE_OF, NONE_OF):
        return _chosen(asked, values)
    if not values or any(value.least is None for value in values):
        return None
    if asked.currency and [value.written for value in stated.get("currency", ())] != [asked.currency]:
        return None
    return _reached(asked, values[0].least or Decimal(0), values[0].greatest or Decimal(0))


def _chosen(asked: Demand, values: tuple[Value, ...]) -> bool | None:
    if not values and not asked.field.many:
        return False if asked.field.kind == "bool" and asked.values == ("yes",) and asked.relation == ONE_OF else None
    among = any(_is(value.written, one) for value in values for one in asked.values)
    return among == (asked.relation == ONE_OF)


def _is(written: str, asked: str) -> bool:
    return written.startswith(asked[:-1]) if asked.endswith("*") else written == asked


def _reached(asked: Demand, least: Decimal, greatest: Decimal) -> bool | None:
    low, high = asked.bounds()
    equal = (least, greatest) == (low, high)
    if asked.relation == EXACTLY:
        return True if equal else None if greatest >= low and least <= high else False
    if asked.relation in (AT_LEAST, AT_MOST) and equal:
        return True
    if asked.relation in (MORE, LESS) and equal:
        return False
    if asked.relation == AT_LEAST:
        return True if least >= high else None if greatest >= low else False
    if asked.relation == AT_MOST:
        return True if greatest <= low else None if least <= high else False
    if asked.relation == MORE:
        return True if least > high else None if greatest > low else False
    return True if greatest < low else None if least < high else False
