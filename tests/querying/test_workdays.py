"""Business days follow the public holidays of the law that governs, or of the calendar that was named."""

from __future__ import annotations

from datetime import date

import pytest

from pactgraph.errors import MissingExtraError, QueryError
from pactgraph.querying import workdays as module
from pactgraph.querying.deadlines import Terms, claim_day, deadline
from pactgraph.querying.telling import claim_told, told
from pactgraph.querying.workdays import BY_LAW, WEEKDAYS, workdays

CHRISTMAS = date(2031, 12, 25)


@pytest.mark.parametrize(
    ("law", "codes"),
    [("GB-EAW", "GB-ENG"), ("GB-SCT", "GB-SCT"), ("US-CA", "US-CA"), ("DE", "DE"), ("ES", "ES"), ("US-QQ", "US")],
)
def test_a_law_has_the_calendar_of_its_place_or_of_its_country(law: str, codes: str) -> None:
    found = workdays(BY_LAW, [law])
    assert found.codes == (codes,)
    assert not found(CHRISTMAS)


def test_a_day_counts_that_is_a_business_day_by_every_law() -> None:
    both = workdays(BY_LAW, ["US-DE", "GB-EAW"])
    assert both.codes == ("GB-ENG", "US-DE")
    assert not both(date(2031, 7, 4))  # Independence Day
    assert not both(date(2031, 12, 26))  # Boxing Day
    assert both(date(2031, 12, 24))


def test_without_a_known_place_days_are_monday_to_friday_and_it_is_said_why() -> None:
    assert workdays(BY_LAW, []).doubt.startswith("the agreement names no law")
    assert workdays(BY_LAW, ["XX"]).doubt == "no public holidays are known for XX"
    assert workdays(BY_LAW, ["DE", "XX"]).doubt == "no public holidays are known for DE and XX"
    assert workdays(WEEKDAYS, ["DE"]).doubt == ""
    assert workdays(WEEKDAYS, ["DE"])(CHRISTMAS)


def test_a_calendar_that_there_is_not_is_told_with_those_there_are() -> None:
    assert workdays("GB-EAW", []).codes == ("GB-ENG",)
    with pytest.raises(QueryError, match=r"unknown part of US with a calendar 'ZZ'\. Known: AK, AL"):
        workdays("US-ZZ", [])
    with pytest.raises(QueryError, match=r"unknown calendar 'lw'.*Did you mean 'law'"):
        workdays("lw", [])


def test_without_the_extra_the_law_means_weekdays_and_a_named_calendar_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_package", lambda: None)
    assert "pip install 'pactgraph[calendar]'" in workdays(BY_LAW, ["DE"]).doubt
    with pytest.raises(MissingExtraError, match=r"pactgraph\[calendar\]"):
        workdays("DE", [])


def test_holidays_move_the_day_and_are_named() -> None:
    terms, began = Terms("P12M", "", "P10D", "business"), date(2031, 1, 1)
    plain, kept = (deadline(began, terms, workdays(name, [])) for name in (WEEKDAYS, "GB-ENG"))
    assert plain is not None
    assert kept is not None
    assert (plain.last_day, kept.last_day) == (date(2031, 12, 17), date(2031, 12, 15))
    assert told(began, terms, kept, workdays("GB-ENG", [])) == (
        "The initial term of 12 months from 1 January 2031 ends on 31 December 2031. Notice of 10 business days must "
        "have run by then, so it is given by 15 December 2031. Business days are those of GB-ENG, without Christmas "
        "Day (25 December 2031) and Boxing Day (26 December 2031)."
    )


def test_a_renewal_and_a_notice_of_months_are_told_without_counting_days() -> None:
    terms, began = Terms("P1Y", "P12M", "P2M", ""), date(2031, 3, 1)
    found = deadline(began, terms, after=date(2032, 6, 1))
    assert found is not None
    assert told(began, terms, found, workdays(BY_LAW, [])) == (
        "The 1st renewal, of 12 months after the initial term of 1 year from 1 March 2031, ends on 28 February 2033. "
        "Notice of 2 months must have run by then, so it is given by 28 December 2032."
    )


@pytest.mark.parametrize(
    ("duration", "last"),
    [
        ("P30D", "2031-06-02"),
        ("P2W", "2031-05-17"),
        ("P1Y", "2032-05-03"),
        ("PT72H", "2031-05-05"),
        ("PT8H", "2031-05-03"),
    ],
)
def test_a_claim_is_safe_though_what_happened_did_so_at_midnight(duration: str, last: str) -> None:
    assert claim_day(date(2031, 5, 3), duration) == date.fromisoformat(last)


def test_a_claim_in_business_days_leaves_holidays_out() -> None:
    days = workdays("GB-ENG", [])
    assert claim_day(date(2031, 12, 23), "P3D", days) == date(2031, 12, 30)
    assert claim_told(date(2031, 12, 23), "P3D", date(2031, 12, 30), days) == (
        "A claim within 3 business days, counted from 23 December 2031 itself to be safe, is made by 30 December 2031. "
        "Business days are those of GB-ENG, without Christmas Day (25 December 2031) and Boxing Day (26 December 2031)."
    )
