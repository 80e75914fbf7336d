"""Answers: rows with evidence, in order, with lists gathered and silences told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from pyoxigraph import Literal, Quad

from pactgraph.errors import EvidenceError
from pactgraph.model import Answer
from pactgraph.querying import answer, question, questions
from pactgraph.querying.cells import plain
from pactgraph.vocabulary import OA, PG


def asked(portfolio: Any, name: str) -> Answer:
    return answer(portfolio.select, question(name), portfolio.texts)


def test_every_question_answers_with_its_own_example(lit: Any) -> None:
    assert len(questions()) >= 49
    for name, known in questions().items():
        found = [
            {"agreement": row.agreement, **{column: plain(value) for column, value in row.cells.items()}}
            for row in asked(lit, name).rows
        ]
        wanted = dict(known.example)
        assert any(wanted.items() <= row.items() for row in found), f"{name}: {wanted} is no row of {found}"


def test_every_row_quotes_its_source(portfolio: Any) -> None:
    texts = {row.agreement: row for name in questions() for row in asked(portfolio, name).rows}
    assert set(texts) == {"harbour", "orchard"}
    proof = asked(portfolio, "uptime").rows[0].evidence[0]
    assert (proof.agreement, proof.quote, proof.clause) == ("harbour", "at least 99.9% in each month", "1")
    assert next(iter(portfolio.sources.values()))[proof.start : proof.end] == proof.quote


def test_an_agreement_without_a_row_is_silent(portfolio: Any) -> None:
    assert asked(portfolio, "uptime").silent == ("meadow", "orchard")
    assert asked(portfolio, "late-interest").silent == ("meadow",)


def test_a_renewal_is_joined_with_the_notice_of_its_agreement(portfolio: Any) -> None:
    harbour, *orchard = asked(portfolio, "auto-renewal").rows
    assert harbour.cells == {
        "duration": "P12M",
        "sameAsPrior": None,
        "automatic": True,
        "noticeParty": "Either",
        "notice": "P60D",
        "noticeDayKind": None,
    }
    assert [proof.quote for proof in harbour.evidence] == [
        "renews automatically for twelve months",
        "either party gives 60 days' notice",
    ]
    assert [(row.cells["notice"], row.cells["noticeDayKind"], row.cells["automatic"]) for row in orchard] == [
        ("P90D", "business", None),
        ("P3M", None, None),
    ]


def test_a_renewal_without_notice_has_no_notice_of_others(portfolio: Any) -> None:
    text = "It renews for one year."
    portfolio.add("willow", text, [("RenewalTerm", "renews for one year", {"duration": "P1Y"})])
    (row,) = [row for row in asked(portfolio, "auto-renewal").rows if row.agreement == "willow"]
    assert row.cells["notice"] is None
    assert len(row.evidence) == 1


def test_yearly_interest_is_computed_from_a_monthly_rate_only_where_a_period_is_stated(portfolio: Any) -> None:
    rows = asked(portfolio, "late-interest").rows
    assert [(row.agreement, row.cells["perYear"]) for row in rows] == [("harbour", Decimal(18)), ("orchard", None)]


def test_downtime_is_minutes_of_a_thirty_day_month(portfolio: Any) -> None:
    assert asked(portfolio, "uptime").rows[0].cells["downtimePerMonth"] == Decimal("43.2")


def test_list_columns_gather_their_values_in_one_row(portfolio: Any) -> None:
    rows = asked(portfolio, "parties").rows
    assert [(row.cells["name"], row.cells["alias"]) for row in rows] == [
        ("Harbour Cloud Ltd", ("Harbour", "we")),
        ("Customer", None),
    ]


def test_rows_come_by_agreement_then_by_place_and_always_alike(portfolio: Any) -> None:
    portfolio.add("aspen", "First A. Then B.", [("Venue", "B", {"place": "B"}), ("Venue", "A", {"place": "A"})])
    first = asked(portfolio, "governing-law")
    assert [row.agreement for row in first.rows] == ["aspen", "aspen", "harbour", "harbour"]
    assert [row.cells["place"] for row in first.rows][:2] == ["A", "B"]
    assert asked(portfolio, "governing-law") == first


def test_the_vendor_comes_with_every_row(portfolio: Any) -> None:
    assert {row.vendor for row in asked(portfolio, "exits").rows} == {"Harbour Cloud"}


def test_a_quote_that_is_not_the_sources_words_is_an_error(portfolio: Any) -> None:
    digest = next(iter(portfolio.sources))
    portfolio.sources[digest] = portfolio.sources[digest].replace("99.9", "99.5")
    with pytest.raises(
        EvidenceError, match=r"harbour: the quote 'at least 99\.9% .*' is not the source's words at \d+-\d+"
    ):
        asked(portfolio, "uptime")


def test_evidence_without_a_quote_is_an_error(portfolio: Any) -> None:
    for quad in list(portfolio.store.quads_for_pattern(None, OA("exact"), Literal("at least 99.9% in each month"))):
        portfolio.store.remove(quad)
    with pytest.raises(EvidenceError, match="names no words of a source"):
        asked(portfolio, "uptime")


def test_a_row_without_evidence_is_an_error(portfolio: Any) -> None:
    known = question("uptime")
    bare = replace(known, sparql=known.sparql.replace("pg:evidence ?evidence ;", ""))
    with pytest.raises(EvidenceError, match=r"uptime\.rq: a row of harbour has no evidence; bind \?evidence"):
        answer(portfolio.select, bare, portfolio.texts)


def test_a_triple_that_is_also_inferred_gives_one_row(portfolio: Any) -> None:
    for quad in list(portfolio.store.quads_for_pattern(None, PG("percent"), None)):
        portfolio.store.add(Quad(quad.subject, quad.predicate, quad.object, OA("inferred")))
    assert len(asked(portfolio, "uptime").rows) == 1


def test_silence_exclusion_and_what_is_elsewhere_are_told_apart(portfolio: Any) -> None:
    portfolio.add("brook", "No uptime is promised.\n", [])
    portfolio.state("brook", "Uptime", "excluded", "No uptime is promised.")
    portfolio.state("meadow", "Uptime", "unknown")
    found = asked(portfolio, "uptime")
    assert (found.silent, found.excluded, found.unknown) == (("orchard",), ("brook",), ("meadow",))


def test_an_agreement_that_excludes_one_kind_of_two_is_silent_and_not_excluded(portfolio: Any) -> None:
    portfolio.state("meadow", "RenewalTerm", "excluded")
    portfolio.state("meadow", "NonRenewalNotice", "silent")
    found = asked(portfolio, "auto-renewal")
    assert (found.silent, found.excluded) == (("meadow",), ())


def test_silences_have_a_receipt_and_exclusions_their_words(portfolio: Any) -> None:
    portfolio.state("meadow", "Warranty", "excluded", "Meadow and the Customer")
    rows = {(row.agreement, row.cells["kind"]): row for row in asked(portfolio, "silences").rows}
    assert rows["harbour", "Escrow"].cells["searched"] == "41 clauses, 2 rules"
    assert rows["harbour", "Escrow"].evidence == ()
    assert [proof.quote for proof in rows["meadow", "Warranty"].evidence] == ["Meadow and the Customer"]
