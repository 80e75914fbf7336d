"""The days to note of a portfolio: last days to give notice, renewals, ends, and last days to claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from pactgraph.exporting import Event
from pactgraph.model import Answer, Row
from pactgraph.querying import Given

Ask = Callable[..., Answer]
"""Asks a named question, as `Graph.ask` does."""

Days = str | date | Path | Mapping[str, str | date] | Mapping[str, Sequence[str | date]]

TERMS = 12
"""So many terms in a row, of each agreement, are noted."""

_REMIND_OF_NOTICE, _REMIND_OF_CLAIM = 14, 7
_CLAIMS = {"CreditClaim": "claim a service credit", "ClaimLimit": "bring a claim"}


def events(
    ask: Ask,
    *,
    begins: Days | None = None,
    incidents: Days | None = None,
    after: str | date | None = None,
    calendar: str = "law",
) -> tuple[Event, ...]:
    """Return the events of all agreements.

    `begins` tells when agreements began: a day for all, a CSV file of agreement,date, or days by agreement; those
    that it leaves out began on the day of the manifest. `incidents` tells, in a file or by agreement, when something
    went wrong that is to be claimed. Days before `after` are left out; `calendar` says whose holidays count.

    Raises QueryError where an agreement, a day or a calendar is not known.
    """
    told: dict[str, Given] = {"calendar": calendar, "terms": TERMS}
    if begins is not None:
        one = isinstance(begins, date) or (isinstance(begins, str) and not _is_file(begins))
        told["start" if one else "starts"] = begins
    if after is not None:
        told["after"] = after
    found = [event for row in ask("renewal-deadlines", **told).rows for event in _of_term(row)]
    if incidents is not None:
        claims = ask("claim-deadlines", incidents=incidents, calendar=calendar)
        found += [event for row in claims.rows for event in _of_claim(row)]
    found += [event for row in ask("dates").rows for event in _of_end(row)]
    first = date.fromisoformat(str(after)) if after is not None else date.min
    return tuple(dict.fromkeys(event for event in found if event.day >= first))


def _is_file(text: str) -> bool:
    return text.endswith(".csv") or Path(text).is_file()


def _of_term(row: Row) -> Iterator[Event]:
    """Yield the last day to give notice, and the renewal that comes about without it."""
    if not (row.cells.get("begins") and row.cells.get("lastDay")):
        return
    began, ends, last = (date.fromisoformat(str(row.cells[name])) for name in ("begins", "ends", "lastDay"))
    # What tells this deadline from the others of the agreement, however its days may move.
    proof = row.evidence[min(1, len(row.evidence) - 1)]  # the words on notice, behind those on the initial term
    number = str(row.cells.get("renewal") or 0)
    identity = (row.agreement, number, str(row.cells.get("notice")), str(proof.start))
    explained = f"{row.cells.get('explanation')}\n\n{_proofs(row)}"
    yield Event(
        identity=("notice", *identity),
        day=last,
        summary=f"Last safe day to give notice that {_called(row)} shall not renew",
        description=explained,
        noted=began,
        kind="Notice",
        remind=_REMIND_OF_NOTICE,
    )
    yield Event(
        identity=("renewal", *identity),
        day=ends + timedelta(days=1),
        summary=f"{_called(row)} renews, unless notice was given by {last.isoformat()}",
        description=explained,
        noted=began,
        kind="Renewal",
    )


def _of_claim(row: Row) -> Iterator[Event]:
    if not row.cells.get("lastDay"):
        return
    kind, incident = str(row.cells["kind"]), str(row.cells["incident"])
    yield Event(
        identity=("claim", row.agreement, kind, incident, str(row.evidence[0].start)),
        day=date.fromisoformat(str(row.cells["lastDay"])),
        summary=f"Last safe day to {_CLAIMS.get(kind, 'claim')} under {_called(row)} for {incident}",
        description=f"{row.cells.get('explanation')}\n\n{_proofs(row)}",
        noted=date.fromisoformat(incident),
        kind="Claim",
        remind=_REMIND_OF_CLAIM,
    )


def _of_end(row: Row) -> Iterator[Event]:
    """Yield the day on which an agreement says that it ends."""
    day = str(row.cells.get("date") or "")
    if row.cells.get("kind") != "Expiration" or len(day) != len("2031-05-31"):
        return
    yield Event(
        identity=("end", row.agreement, str(row.evidence[0].start)),
        day=date.fromisoformat(day),
        summary=f"{_called(row)} ends",
        description=_proofs(row),
        noted=date.fromisoformat(day),
        kind="End",
        remind=_REMIND_OF_NOTICE,
    )


def _called(row: Row) -> str:
    return f"{row.vendor} ({row.agreement})" if row.vendor and row.vendor.lower() != row.agreement else row.agreement


def _proofs(row: Row) -> str:
    """Return the words that prove a row, and where they stand."""
    lines = []
    for proof in row.evidence:
        place = f"clause {proof.clause}, {proof.start}-{proof.end}" if proof.clause else f"{proof.start}-{proof.end}"
        words = proof.reading or " ".join(proof.quote.split())
        lines.append(f"“{words}” ({place})" if words else f"words not attached ({place})")
    return "\n".join(lines)
