"""Computed answers against tables made by hand: rates, minutes, medians, sides, days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pactgraph.errors import QueryError
from pactgraph.model import Answer
from pactgraph.querying import answer, question
from pactgraph.querying.deadlines import Terms, deadline

Fields = dict[str, Any]


def told(portfolio: Any, slug: str, *terms: tuple[str, Fields]) -> None:
    """Add an agreement whose sentences are its terms: 'Uptime 1.', 'Uptime 2.'."""
    named = [(kind, f"{kind} {number}.", fields) for number, (kind, fields) in enumerate(terms, 1)]
    portfolio.add(slug, "\n".join(quote for _, quote, _ in named), named)


def asked(portfolio: Any, name: str, *agreements: str, **given: Any) -> Answer:
    return answer(portfolio.select, question(name), portfolio.texts, agreements=agreements, given=given)


def table(found: Answer, *columns: str) -> list[tuple[object, ...]]:
    return [(row.agreement, *(row.cells[name] for name in columns)) for row in found.rows]


@pytest.mark.parametrize(
    ("percent", "per", "yearly"),
    [
        ("1.5", "P1M", "18"),
        ("2", "P3M", "8"),
        ("0.05", "P1D", "18.25"),
        ("0.25", "P7D", "13"),
        ("9", "P1Y", "9"),
        ("9", "P12M", "9"),
        ("5", "P6M", "10"),
        ("5", "P5M", None),
        ("5", "", None),
    ],
)
def test_interest_per_year(portfolio: Any, percent: str, per: str, yearly: str | None) -> None:
    fields = {"percent": Decimal(percent), **({"per": per} if per else {})}
    told(portfolio, "rill", ("LatePaymentInterest", fields))
    wanted = None if yearly is None else Decimal(yearly)
    assert table(asked(portfolio, "late-interest", "rill"), "perYear") == [("rill", wanted)]


@pytest.mark.parametrize(("percent", "minutes"), [("99", "432"), ("99.5", "216"), ("99.99", "4.32"), ("100", "0")])
def test_downtime_per_month_in_minutes(portfolio: Any, percent: str, minutes: str) -> None:
    told(portfolio, "rill", ("Uptime", {"percent": Decimal(percent)}))
    assert table(asked(portfolio, "uptime", "rill"), "downtimePerMonth") == [("rill", Decimal(minutes))]


def test_refund_is_no_where_fees_are_kept_and_open_where_nothing_is_said(portfolio: Any) -> None:
    leave = ("TerminationRight", {"party": "Customer", "ground": "convenience", "notice": "P30D"})
    told(portfolio, "rill", leave, ("NoRefund", {"party": "Customer"}), ("FeeAcceleration", {"party": "Customer"}))
    told(portfolio, "brook", leave, ("NoRefund", {}))
    told(portfolio, "creek", leave)
    told(portfolio, "ditch", ("TerminationRight", {"party": "Customer", "ground": "insolvency"}), ("NoRefund", {}))
    found = asked(portfolio, "exit-at-will")
    assert table(found, "party", "notice", "refund") == [
        ("brook", "Customer", "P30D", False),
        ("creek", "Customer", "P30D", None),
        ("rill", "Customer", "P30D", False),
    ]
    assert [len(row.evidence) for row in found.rows] == [2, 1, 3]


def test_rights_of_one_side(portfolio: Any) -> None:
    told(
        portfolio,
        "rill",
        ("TerminationRight", {"party": "Provider", "ground": "convenience"}),
        ("TerminationRight", {"party": "Provider", "ground": "materialBreach"}),
        ("TerminationRight", {"party": "Customer", "ground": "materialBreach"}),
        ("TerminationRight", {"party": "Either", "ground": "insolvency"}),
        ("LiabilityCap", {"party": "Provider", "basis": "feesPaid"}),
        ("LiabilityCap", {"party": "Provider", "basis": "fixed"}),
        ("ExcludedDamages", {"party": "Both"}),
        ("Indemnity", {"indemnitor": "Customer", "indemnitee": "Provider", "ground": "misuse"}),
        ("Indemnity", {"indemnitor": "Provider", "indemnitee": "Customer", "ground": "ipInfringement"}),
        ("AmendmentRight", {}),
        ("AssignmentRestriction", {"party": "Customer"}),
        ("Confidentiality", {"party": "Customer"}),
    )
    found = asked(portfolio, "one-sided", "rill")
    assert set(table(found, "kind", "party", "ground")) == {
        ("rill", "TerminationRight", "Provider", "convenience"),
        ("rill", "LiabilityCap", "Provider", None),
        ("rill", "Indemnity", "Provider", "misuse"),
        ("rill", "Indemnity", "Customer", "ipInfringement"),
        ("rill", "AssignmentRestriction", "Provider", None),
        ("rill", "Confidentiality", "Provider", None),
    }
    assert len(found.rows) == 6
    assert {len(row.evidence) for row in found.rows if row.cells["kind"] == "LiabilityCap"} == {2}


def test_outliers_are_worse_than_the_median_and_say_by_what(portfolio: Any) -> None:
    told(
        portfolio,
        "a",
        ("Uptime", {"percent": Decimal("99")}),
        ("Uptime", {"percent": Decimal("99.95")}),
        ("LatePaymentInterest", {"percent": Decimal("2"), "per": "P1M"}),
        ("TerminationRight", {"party": "Either", "ground": "materialBreach", "cure": "P10D"}),
        ("NonRenewalNotice", {"party": "Customer", "duration": "P30D"}),
        ("LiabilityCap", {"party": "Customer", "lookback": "P1M"}),
        ("ClaimLimit", {"party": "Either", "duration": "P1Y"}),
    )
    told(
        portfolio,
        "b",
        ("Uptime", {"percent": Decimal("99.9")}),
        ("LatePaymentInterest", {"percent": Decimal("12"), "per": "P1Y"}),
        ("LatePaymentInterest", {"percent": Decimal("40"), "per": "P1Y", "aboveBaseRate": True}),
        ("TerminationRight", {"party": "Provider", "ground": "materialBreach", "cure": "P30D"}),
        ("TerminationRight", {"party": "Customer", "ground": "materialBreach", "cure": "P1D"}),
        ("TerminationRight", {"party": "Provider", "ground": "nonPayment", "cure": "P5D"}),
        ("NonRenewalNotice", {"party": "Either", "duration": "P90D", "dayKind": "business"}),
        ("ClaimLimit", {"party": "Customer", "duration": "P2Y"}),
    )
    told(
        portfolio,
        "c",
        ("Uptime", {"percent": Decimal("99.9")}),
        ("LatePaymentInterest", {"percent": Decimal("1.5"), "per": "P1M"}),
        ("TerminationRight", {"party": "Either", "ground": "materialBreach", "cure": "P1M"}),
        ("NonRenewalNotice", {"duration": "P90D", "dayKind": "calendar"}),
    )
    found = asked(portfolio, "outliers", "a", "b", "c")
    assert table(found, "kind", "field", "value", "median", "ground", "agreements") == [
        ("a", "Uptime", "percent", Decimal(99), Decimal("99.9"), None, Decimal(3)),
        ("a", "LatePaymentInterest", "perYear", Decimal(24), Decimal(18), None, Decimal(3)),
        ("a", "TerminationRight", "cure", "P10D", "P1M", "materialBreach", Decimal(3)),
        ("a", "ClaimLimit", "duration", "P1Y", "P547.5D", None, Decimal(2)),
        ("b", "NonRenewalNotice", "duration", "P90D", "P90D", None, Decimal(3)),
    ]


DEADLINES = [
    # begins, initial term, renewal, notice, kind of day, after -> ends, last day, calendar day, business day, renewal
    ("2031-03-01", "P12M", "", "P30D", "calendar", "", "2032-02-29", "2032-01-30", "2032-01-30", None, 0),
    ("2031-03-01", "P12M", "", "P30D", "business", "", "2032-02-29", "2032-01-18", None, "2032-01-18", 0),
    ("2031-03-01", "P12M", "", "P30D", "", "", "2032-02-29", "2032-01-18", "2032-01-30", "2032-01-18", 0),
    ("2031-01-01", "P1Y", "", "P3M", "", "", "2031-12-31", "2031-09-30", "2031-09-30", None, 0),
    ("2031-01-31", "P1M", "", "P1D", "business", "", "2031-02-27", "2031-02-26", None, "2031-02-26", 0),
    ("2031-06-15", "P24M", "P12M", "P60D", "calendar", "2034-01-01", "2034-06-14", "2034-04-15", "2034-04-15", None, 1),
    ("2031-01-31", "P1M", "P1M", "P10D", "calendar", "2031-03-10", "2031-03-27", "2031-03-17", "2031-03-17", None, 1),
    ("2031-01-01", "P2W", "", "PT48H", "", "", "2031-01-14", "2031-01-12", "2031-01-12", None, 0),
]


@pytest.mark.parametrize("row", DEADLINES)
def test_deadline(row: tuple[Any, ...]) -> None:
    begins, initial, renewal, notice, kind, after, *wanted = row
    found = deadline(
        date.fromisoformat(begins),
        Terms(initial, renewal, notice, kind),
        after=date.fromisoformat(after) if after else None,
    )
    assert found is not None
    days = (found.ends, found.last_day, found.calendar_day, found.business_day)
    assert [*(day and day.isoformat() for day in days), found.renewal] == wanted


def test_the_last_safe_day_leaves_the_whole_notice_and_the_next_does_not() -> None:
    terms = Terms("P12M", "", "P30D", "business")
    for offset in range(60):
        found = deadline(date(2031, 1, 1) + timedelta(days=offset), terms)
        assert found is not None
        after = [found.last_day + timedelta(days=n) for n in range(1, (found.ends - found.last_day).days + 1)]
        assert after[-1] == found.ends
        assert sum(day.weekday() < 5 for day in after) == 30
        assert sum(day.weekday() < 5 for day in after[1:]) == 29


def test_a_calendar_of_ones_own_says_which_days_are_business_days() -> None:
    found = deadline(date(2031, 1, 1), Terms("P1Y", "", "P2D", "business"), is_workday=lambda day: day.day % 2 == 1)
    assert found is not None
    assert found.last_day == date(2031, 12, 28)


def test_there_is_no_deadline_after_the_only_term() -> None:
    assert deadline(date(2031, 1, 1), Terms("P1Y", "", "P30D"), after=date(2032, 1, 1)) is None


def test_deadlines_of_agreements(portfolio: Any, tmp_path: Path) -> None:
    first, renews = ("InitialTerm", {"duration": "P12M"}), ("RenewalTerm", {"sameAsPrior": True})
    told(portfolio, "rill", first, renews, ("NonRenewalNotice", {"party": "Either", "duration": "P30D"}))
    told(portfolio, "brook", first, ("NonRenewalNotice", {"party": "Provider", "duration": "P30D"}))
    told(portfolio, "creek", first, ("NonRenewalNotice", {"duration": "P60D", "dayKind": "calendar"}))
    columns = ("begins", "ends", "lastDay", "calendarDay", "businessDay", "renewal")
    assert table(asked(portfolio, "renewal-deadlines"), "notice", "begins", "lastDay") == [
        ("creek", "P60D", None, None),
        ("rill", "P30D", None, None),
    ]
    rill = ("rill", "2031-01-01", "2031-12-31", "2031-11-19", "2031-12-01", "2031-11-19", None)
    creek = ("creek", "2031-01-01", "2031-12-31", "2031-11-01", None, None, None)
    assert table(asked(portfolio, "renewal-deadlines", start="2031-01-01"), *columns) == [creek, rill]
    days = tmp_path / "starts.csv"
    days.write_text("agreement,date\nrill,2029-01-01\n", encoding="utf-8")
    found = asked(portfolio, "renewal-deadlines", "rill", starts=days, after="2031-01-01")
    assert table(found, *columns) == [(*rill[:1], "2029-01-01", *rill[2:6], "2")]
    assert len(found.rows[0].evidence) == 3
    assert [row.agreement for row in asked(portfolio, "renewal-deadlines", party="Provider").rows] == [
        "brook",
        "creek",
        "rill",
    ]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"start": "soon"}, "parameter 'start': 'soon' is no day; write it like 2031-05-31"),
        ({"starts": "nowhere.csv"}, "nowhere.csv: no CSV file that can be read"),
        ({"strat": "2031-01-01"}, "unknown parameter 'strat'.*Did you mean 'start'"),
        ({"party": "Vendor"}, "unknown party 'Vendor'"),
    ],
)
def test_wrong_parameters_are_refused_with_the_fix(portfolio: Any, given: Fields, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        asked(portfolio, "renewal-deadlines", **given)


def test_duties_of_both_are_duties_of_each(portfolio: Any) -> None:
    parties = ("Customer", "Provider", "Both", "Either", "Other")
    told(portfolio, "rill", *(("Obligation", {"party": party, "action": f"act as {party}"}) for party in parties))
    for party, other in (("Customer", "Provider"), ("Provider", "Customer")):
        rows = table(asked(portfolio, "my-duties", "rill", party=party), "party")
        assert rows == [("rill", found) for found in parties if found not in (other, "Other")]
    assert asked(portfolio, "my-duties").rows == asked(portfolio, "my-duties", party="Customer").rows


def test_a_hostile_agreement_name_is_a_name_and_no_query(portfolio: Any) -> None:
    slug = 'x" . ?s ?p ?o . FILTER("a" = "a'
    told(portfolio, slug, ("Uptime", {"percent": Decimal("99")}))
    assert [row.agreement for row in asked(portfolio, "uptime", slug).rows] == [slug]
    with pytest.raises(QueryError, match="unknown agreement"):
        asked(portfolio, "uptime", '" } #')


def test_several_terms_in_a_row_have_their_deadlines(portfolio: Any) -> None:
    first, renews = ("InitialTerm", {"duration": "P12M"}), ("RenewalTerm", {"sameAsPrior": True})
    told(portfolio, "rill", first, renews, ("NonRenewalNotice", {"party": "Either", "duration": "P30D"}))
    found = asked(portfolio, "renewal-deadlines", "rill", start="2031-01-01", terms=3)
    assert [row.cells["renewal"] for row in found.rows] == [None, "1", "2"]
    assert all(str(row.cells["explanation"]).startswith("The ") for row in found.rows)


def test_claims_have_a_day_for_each_incident_and_none_without(portfolio: Any) -> None:
    told(portfolio, "rill", ("CreditClaim", {"duration": "P30D"}), ("ClaimLimit", {"duration": "P1Y"}))
    assert table(asked(portfolio, "claim-deadlines"), "kind", "incident", "lastDay") == [
        ("rill", "CreditClaim", None, None),
        ("rill", "ClaimLimit", None, None),
    ]
    found = asked(portfolio, "claim-deadlines", incidents={"rill": ["2031-05-03", "2031-06-01"]})
    assert sorted(table(found, "kind", "lastDay")) == [
        ("rill", "ClaimLimit", "2032-05-03"),
        ("rill", "ClaimLimit", "2032-06-01"),
        ("rill", "CreditClaim", "2031-06-02"),
        ("rill", "CreditClaim", "2031-07-01"),
    ]


def test_days_of_an_agreement_that_there_is_not_are_refused(portfolio: Any) -> None:
    with pytest.raises(QueryError, match=r"unknown agreement 'harbor'\. .*Did you mean 'harbour'"):
        asked(portfolio, "renewal-deadlines", starts={"harbor": "2031-01-01"})
