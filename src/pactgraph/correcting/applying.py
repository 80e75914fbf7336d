"""The findings of one document, as people decided on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pactgraph.correcting.decisions import ADD, CONFIRM, CORRECT, OWN_RULES, REJECT, Correction
from pactgraph.correcting.values import ordered, same
from pactgraph.model import Document, FieldValue, Finding, Outline, Review, State
from pactgraph.vocabulary import schema

APPLIED, MOVED, IDLE, STALE = "applied", "moved", "idle", "stale"
_SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Corrected:
    """The findings after all decisions, in text order, the decisions with what became of each, and remarks."""

    findings: tuple[Finding, ...]
    reviews: tuple[Review, ...] = ()
    notes: tuple[str, ...] = ()


def correct(
    document: Document, outline: Outline, findings: Sequence[Finding], corrections: Sequence[Correction]
) -> Corrected:
    """Return the findings of a document as decided.

    Those decisions are applied that are about a source of the document's hash or name (see `addressed`), in order:
    of several on one finding the last counts. Where the source has changed since, a decision is applied if its words
    still stand at their place, or stand in the text once; else it is stale. Either is noted. What nothing was decided
    on stays as it is, and without decisions so does all.
    """
    own = [each for each in corrections if each.sha256 == document.sha256 or each.file == document.source]
    if not own:
        return Corrected(tuple(findings))
    desk = _Desk(document, outline, findings)
    for each in own:
        desk.decide(each)
    return desk.corrected()


def restated(states: Iterable[State], reviews: Sequence[Review]) -> tuple[State, ...]:
    """Return the states of all kinds; where one is silent because a finding was rejected, its reason says so."""
    rejected = {review.kind: review for review in reviews if review.verdict == REJECT and review.found is not None}
    return tuple(
        replace(state, reason=f"What was found of it was rejected by {by.who} on {by.when}.")
        if state.status == _SILENT and (by := rejected.get(state.kind)) is not None
        else state
        for state in states
    )


def fitting(findings: Sequence[Finding | None], correction: Correction, *, exact: bool) -> list[int]:
    """Return which of the findings at one place a decision may be about, by their number.

    They are those that have the fields it names; with `exact`, and no others. Who has the very fields goes first.
    """
    meant = correction.meant
    held = [(n, finding) for n, finding in enumerate(findings) if finding is not None]
    fit = [(n, f) for n, f in held if f.term == correction.kind and _includes(f.fields, meant)]
    return [n for n, f in fit if not exact or _names(f.fields) == _names(meant)]


def _names(fields: Mapping[str, object]) -> set[str]:
    """Return the names of fields, without what describes their periods: not all records have that."""
    return {name for name in fields if "." not in name}


def _includes(fields: Mapping[str, FieldValue], meant: Mapping[str, FieldValue | None]) -> bool:
    return all(value is not None and same(value, fields.get(name)) for name, value in meant.items())


@dataclass(slots=True, eq=False)
class _Item:
    """A finding on the desk: as the rules found it, as it stands now, and the last decision on it with remarks."""

    found: Finding | None
    now: Finding | None
    review: Review | None = None
    remarks: tuple[str, ...] = ()


class _Desk:
    """The findings of one document while decisions are applied to them."""

    def __init__(self, document: Document, outline: Outline, findings: Sequence[Finding]) -> None:
        self._document = document
        self._outline = outline
        self._items = [_Item(finding, finding) for finding in findings]
        self._idle: list[tuple[Review, tuple[str, ...]]] = []

    def corrected(self) -> Corrected:
        """Return the outcome; a finding that a decision made equal to another stands once."""
        stand: list[Finding] = []
        placed: dict[tuple[str, int, int], list[Finding]] = {}
        for item in sorted(self._items, key=lambda item: item.review is None):
            if (now := item.now) is not None:
                beside = placed.setdefault((now.term, now.start, now.end), [])
                if not any(_equal(now, other) for other in beside):
                    beside.append(now)
                    stand.append(now)
        settled = [(item.review, item.remarks) for item in self._items if item.review is not None]
        stand.sort(key=lambda f: (f.start, f.end, f.term, str(sorted(f.fields.items()))))
        told = (*settled, *self._idle)
        notes = dict.fromkeys(remark for _, remarks in told for remark in remarks)
        return Corrected(tuple(stand), tuple(review for review, _ in told), tuple(notes))

    def decide(self, correction: Correction) -> None:
        """Apply one decision to what is on the desk."""
        status, start, end, remark = self._placed(correction)
        said = (correction.who, correction.when, correction.why, correction.sha256, correction.quote)
        review = Review(correction.kind, correction.verdict, status, *said, start, end)
        remarks = [remark] if remark else []
        meant = list(self._meant(correction, start, end)) if status != STALE else []
        stands = bool(correction.stated) or not schema().kind(correction.kind).fields
        if correction.verdict == CORRECT and len(meant) > 1:
            remarks.append(f"{len(meant)} findings stand there; say with 'was' which is meant")
            meant, stands = [], False
        elif not meant and status != STALE and correction.verdict in (CONFIRM, CORRECT):
            decided = "confirmed" if correction.verdict == CONFIRM else "corrected"
            remarks.append(
                f"no rule finds it any more; it stands as {decided}"
                if stands
                else "no rule finds it any more; give its 'fields' to keep it"
            )
        place = f"{correction.place}: {correction.verdict} {correction.kind}"
        told = tuple(f"{place}: {each}." for each in remarks)
        for item in meant:
            self._settle(item, correction, review)
            item.remarks = told
        if not meant and stands and status != STALE and correction.verdict != REJECT:
            self._state(correction, review, told)
        elif not meant:
            self._idle.append((review if status == STALE else replace(review, status=IDLE), told))

    def _meant(self, correction: Correction, start: int, end: int) -> list[_Item]:
        """Return the findings that a decision is about: at its place, else those over it with the fields it names.

        They are known by what they are now, or else by what the rules found.
        """
        placed = [(item, span) for item in self._items if (span := item.now or item.found) is not None]
        at = [item for item, span in placed if (span.start, span.end) == (start, end)]
        over = [item for item, span in placed if correction.meant and span.start < end and start < span.end]
        for items in (at, over):
            for exact in (True, False):
                for findings in ([item.now for item in items], [item.found for item in items]):
                    if numbers := fitting(findings, correction, exact=exact):
                        return [items[number] for number in numbers]
        return []

    def _settle(self, item: _Item, correction: Correction, review: Review) -> None:
        """Make of a finding what was decided on it."""
        base = item.now or item.found
        assert base is not None
        if correction.verdict == REJECT:
            item.now = None
        elif correction.verdict == CORRECT:
            fields: dict[str, FieldValue | None] = {**base.fields, **correction.fields}
            rules = {*base.overrode, base.rule} - {f"{OWN_RULES}{CORRECT}"}
            item.now = replace(
                base,
                fields=_present(correction.kind, fields),
                rule=f"{OWN_RULES}{CORRECT}",
                certainty="certain",
                overrode=tuple(sorted(rules)),
            )
        else:
            item.now = replace(base, certainty="certain")
        item.review = replace(review, found=item.found or base, term=item.now)

    def _state(self, correction: Correction, review: Review, remarks: tuple[str, ...]) -> None:
        """Put on the desk what a decision states, and no rule finds."""
        fields = _present(correction.kind, correction.fields)
        keys = schema().kind(correction.kind).keys
        for item in self._items:  # what the rules now read in the same words gives way
            if (now := item.now) is not None and item.review is None and now.term == correction.kind:
                alike = all(same(fields[key], now.fields.get(key)) for key in keys if key in fields)
                if correction.verdict != ADD and alike and (now.start, now.end) == (review.start, review.end):
                    item.now = None
        words = self._document.text[review.start : review.end]
        reading = " ".join(words.split())
        made = Finding(
            correction.kind,
            fields,
            review.start,
            review.end,
            f"{OWN_RULES}{correction.verdict}",
            clause=self._clause(review.start, review.end),
            reading="" if reading == words else reading,
        )
        self._items.append(_Item(None, made, replace(review, term=made), remarks))

    def _clause(self, start: int, end: int) -> int | None:
        """Return the smallest clause that holds all the words; None where no clause does."""
        clauses = self._outline.clauses
        holding = [n for n, clause in enumerate(clauses) if clause.start <= start and end <= clause.whole_end]
        return min(holding, key=lambda n: (clauses[n].whole_end - clauses[n].start, -n), default=None)

    # --- where the words stand -------------------------------------------------------------------

    def _placed(self, correction: Correction) -> tuple[str, int, int, str]:
        """Return what holds of a decision by its words, where they stand (-1: not known), and a remark or ''."""
        text = self._document.text
        unchanged = correction.sha256 == self._document.sha256
        since = "" if unchanged else "the source has changed since, and "
        start, end = correction.start, correction.end
        if start is not None and end is not None and _plain(text[start:end]) == _plain(correction.quote):
            if unchanged:
                return APPLIED, start, end, ""
            return MOVED, start, end, f"{since}the words stand where they stood: check them"
        places = _places(text, correction.quote)
        if len(places) != 1:
            found = f"stand {len(places)} times" if places else "are not to be found"
            advice = "give start and end" if places and unchanged else "decide again, or take it out"
            return STALE, -1, -1, f"stale, not applied: {since}the words {found}; {advice}"
        if start is None and unchanged:
            return APPLIED, *places[0], ""
        found_start, found_end = places[0]
        return MOVED, found_start, found_end, f"{since}the words stand at {found_start}-{found_end} now: check them"


def _present(kind: str, fields: Mapping[str, FieldValue | None]) -> dict[str, FieldValue]:
    """Return the fields that have a value, in order; what describes a period goes with it."""
    gone = {name for name, value in fields.items() if value is None}
    kept = ordered(schema().kind(kind), fields)
    return {n: v for n, v in kept.items() if v is not None and n.partition(".")[0] not in gone}


def _equal(one: Finding, other: Finding) -> bool:
    return one.fields.keys() == other.fields.keys() and _includes(one.fields, other.fields)


def _plain(words: str) -> str:
    return " ".join(words.split())


def _places(text: str, quote: str) -> list[tuple[int, int]]:
    """Return where words stand in a text, however their lines are broken."""
    pattern = r"\s+".join(map(re.escape, quote.split()))
    return [hit.span() for hit in re.finditer(pattern, text)] if pattern else []
