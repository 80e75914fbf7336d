"""Agreements side by side: each cell says what is stated, or why nothing is, and what is better for the customer."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from lxml import html

from pactgraph import Graph
from pactgraph.cli import main
from pactgraph.errors import OntologyError, QueryError
from pactgraph.querying import Matrix
from pactgraph.querying.matrix_formats import matrix_csv, matrix_html, matrix_json, matrix_markdown, matrix_workbook
from pactgraph.querying.measures import comparable, measures, ranked
from pactgraph.querying.phrasing import Said, phrase
from pactgraph.vocabulary import schema

KINDS = ("Uptime", "NonRenewalNotice", "BreachNotice", "Escrow", "LiabilityCap")


@pytest.fixture(scope="module")
def folder(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("compared") / "graph"
    with Graph.open(place, writing=True) as graph:
        graph.build([examples], examples.parent / "manifest.csv", validate=False)
    return place


@pytest.fixture(scope="module")
def matrix(folder: Path) -> Matrix:
    with Graph.open(folder) as graph:
        return graph.compare(KINDS)


def lines(matrix: Matrix, kind: str, slug: str) -> list[tuple[str, str]]:
    return [(line.text, line.mark) for line in matrix.cells[kind, slug].lines]


def test_a_cell_reads_as_a_person_would_say_it(matrix: Matrix) -> None:
    assert lines(matrix, "Uptime", "brackenholt") == [("99.9%, window 1 month, guarantee", "best")]
    assert lines(matrix, "Uptime", "havelsteg") == [("99.5%, window 1 month, guarantee", "worst")]
    assert ("Provider: fixed, 250,000 EUR", "") in lines(matrix, "LiabilityCap", "havelsteg")
    assert lines(matrix, "NonRenewalNotice", "havelsteg") == [("Either: 3 months", "worst")]


def test_a_cell_without_a_term_says_why(matrix: Matrix) -> None:
    assert matrix.cells["BreachNotice", "quillmere"].status == "silent"
    assert not matrix.cells["BreachNotice", "quillmere"].lines
    assert {matrix.cells["Escrow", slug].status for slug, _ in matrix.agreements} == {"silent"}


def test_excluded_and_unknown_cells_are_told_apart_and_proven(folder: Path) -> None:
    with Graph.open(folder) as graph:
        whole = graph.compare()
        states = {(state.kind, slug): state for slug, found in graph.states().items() for state in found}
    seen = set()
    for (kind, slug), cell in whole.cells.items():
        assert cell.status == states[kind, slug].status
        assert bool(cell.lines) == (cell.status == "stated")
        if cell.status == "excluded":
            assert cell.evidence[0].quote
        seen.add(cell.status)
    assert {"stated", "silent", "excluded"} <= seen
    assert len(whole.kinds) >= 40
    assert not {"Obligation", "DefinedTerm", "Party"} & {kind.name for kind in whole.kinds}


def test_every_line_has_its_words(matrix: Matrix) -> None:
    found = [line for cell in matrix.cells.values() for line in cell.lines]
    assert len(found) >= 8
    assert all(proof.quote for line in found for proof in line.evidence)


def test_kinds_and_agreements_are_chosen_and_wrong_ones_refused(folder: Path) -> None:
    with Graph.open(folder) as graph:
        some = graph.compare(["ServiceLevel"], agreements=["quillmere", "brackenholt"])
        assert [slug for slug, _ in some.agreements] == ["quillmere", "brackenholt"]
        assert {"Uptime", "ResponseTime"} <= {kind.name for kind in some.kinds}
        with pytest.raises(OntologyError, match="Did you mean 'Uptime'"):
            graph.compare(["Uptim"])
        with pytest.raises(QueryError, match="unknown agreement 'brackenhold'"):
            graph.compare(agreements=["brackenhold"])


def test_what_may_be_equal_is_neither_better_nor_worse() -> None:
    month, days = (comparable("PaymentDue", text) for text in ("P1M", "P30D"))
    assert month is not None
    assert days is not None
    assert ranked([month, days], more_is_better=True) == ["", ""]
    assert ranked([days, (Decimal(60), Decimal(60)), days], more_is_better=False) == ["best", "worst", "best"]
    assert ranked([days], more_is_better=True) == [""]


def test_interest_compares_by_the_year_and_not_above_a_base_rate() -> None:
    assert comparable("LatePaymentInterest", Decimal("1.5"), per="P1M") == (Decimal(18), Decimal(18))
    assert comparable("LatePaymentInterest", Decimal(4), per="P1Y", above_base=True) is None


def test_every_measure_names_a_kind_a_field_and_parties_that_there_are() -> None:
    parties = schema().values("PartyValue") | {""}
    assert len(measures()) >= 20
    assert len({measure.name for measure in measures()}) == len(measures())
    for measure in measures():
        assert measure.parties <= parties, measure.name
        assert "party" in schema().kind(measure.kind).fields or measure.parties == {""}, measure.name


@pytest.mark.parametrize(
    ("kind", "facts", "words"),
    [
        (
            "NonRenewalNotice",
            {
                "party": [Said("Either")],
                "duration": [Said("P30D", "before", "end of term")],
                "dayKind": [Said("business")],
            },
            "Either: 30 business days before end of term",
        ),
        ("Indemnity", {"indemnitor": [Said("Provider")], "indemnitee": [Said("Customer")]}, "Provider to Customer"),
        (
            "Fee",
            {"amount": [Said(Decimal(39000))], "currency": [Said("USD")], "per": [Said("P1Y")]},
            "39,000 USD, per year",
        ),
        ("LicenseGrant", {"exclusive": [Said(False)], "sublicensable": [Said(True)]}, "not exclusive, sublicensable"),
        ("Severability", {}, "stated"),
    ],
)
def test_a_term_is_said_in_words(kind: str, facts: dict[str, list[Said]], words: str) -> None:
    assert phrase(schema().kind(kind), facts) == words


def test_all_formats_hold_all_cells_and_their_evidence(matrix: Matrix) -> None:
    rows = list(csv.DictReader(io.StringIO(matrix_csv(matrix))))
    assert [row["term"] for row in rows] == [kind.label for kind in matrix.kinds]
    assert rows[0]["brackenholt"] == "99.9%, window 1 month, guarantee (best)"
    data = json.loads(matrix_json(matrix))
    cells = data["kinds"][0]["cells"]
    assert cells["havelsteg"]["terms"][0]["mark"] == "worst"
    assert "99.5%" in cells["havelsteg"]["terms"][0]["evidence"][0]["quote"]
    assert cells["quillmere"]["status"] in ("silent", "unknown", "excluded")
    assert "99.9%, window 1 month, guarantee \\(best\\) \\[1\\]" in matrix_markdown(matrix)
    page: Any = html.fromstring(matrix_html(matrix))
    assert len(page.xpath("//table/tr")) == len(matrix.kinds)
    linked = {link.get("href").removeprefix("#") for link in page.xpath("//td//a")}
    assert linked == {item.get("id") for item in page.xpath("//ol/li")}
    out = io.BytesIO()
    matrix_workbook(matrix, out)
    terms, evidence = openpyxl.load_workbook(out).worksheets
    assert terms["B2"].value == "99.9%, window 1 month, guarantee (best) [1]"
    assert "99.9%" in str(evidence["E2"].value)


def test_what_agreements_say_is_text_in_every_format(matrix: Matrix) -> None:
    hostile: Any = '=HYPERLINK("http://x")<script>alert(1)</script>|\x1b[2J'
    kind = schema().kind("Venue")
    place = phrase(kind, {"place": [Said(hostile)]})
    cell = matrix.cells["Uptime", "brackenholt"]
    line = type(cell.lines[0])(place, cell.lines[0].evidence)
    bad = Matrix(matrix.agreements[:1], (kind,), {("Venue", "brackenholt"): type(cell)("stated", (line,))})
    assert next(csv.reader(io.StringIO(matrix_csv(bad).split("\r\n", 1)[1])))[1].startswith("'=HYPERLINK")
    assert "<script>" not in matrix_html(bad)
    assert "<script>" not in matrix_markdown(bad)
    out = io.BytesIO()
    matrix_workbook(bad, out)
    assert openpyxl.load_workbook(out).worksheets[0]["B2"].data_type == "s"


def test_the_command_prints_and_writes_files(folder: Path, tmp_path: Path) -> None:
    shown = CliRunner(env={"COLUMNS": "100"}).invoke(main, ["compare", *KINDS, "--graph", str(folder), "--evidence"])
    assert shown.exit_code == 0, shown.output
    assert "99.9%" in shown.stdout
    assert "(best)" in shown.stdout
    assert "[1] brackenholt, clause" in shown.stdout
    for form in ("csv", "json", "html", "xlsx", "md"):
        done = CliRunner().invoke(main, ["compare", "--graph", str(folder), "--out", str(tmp_path / f"m.{form}")])
        assert done.exit_code == 0, done.output
        assert (tmp_path / f"m.{form}").stat().st_size > 1_000
    narrow = CliRunner(env={"COLUMNS": "50"}).invoke(main, ["compare", "Uptime", "--graph", str(folder)])
    assert narrow.stdout.count("uptime") == 3
