"""Answers and query results in every format."""

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import replace
from typing import Any

import lxml.html
import openpyxl
import pytest
from rich.console import Console

from pactgraph.errors import MissingExtraError, QueryError
from pactgraph.model import Answer
from pactgraph.querying import (
    ANSWER_FORMATS,
    RESULT_FORMATS,
    answer,
    answer_csv,
    answer_json,
    question,
    questions,
    show_answer,
    show_result,
)
from pactgraph.querying.formats import answer_lines


def asked(portfolio: Any, name: str) -> Answer:
    return answer(portfolio.select, question(name), portfolio.texts)


def table(found: Answer, width: int = 100, quotes: str = "short") -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    show_answer(found, "table", console, quotes)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def result(portfolio: Any, text: str, form: str) -> str:
    console = Console(file=io.StringIO(), width=80, color_system=None)
    show_result(portfolio.select(text), form, console)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_json_has_exactly_question_rows_and_who_has_none(portfolio: Any) -> None:
    whole = json.loads(answer_json(asked(portfolio, "late-interest")))
    assert list(whole) == ["question", "rows", "silent", "excluded", "unknown"]
    assert whole["silent"] == ["meadow"]
    row = whole["rows"][0]
    assert list(row) == ["agreement", "vendor", *question("late-interest").columns, "evidence"]
    assert (row["percent"], row["perYear"], row["cappedByLaw"], row["aboveBaseRate"]) == (1.5, 18, True, None)
    assert list(row["evidence"][0]) == ["agreement", "quote", "start", "end", "clause", "page"]


def test_a_reading_stands_beside_the_quote_that_stays_exact(portfolio: Any) -> None:
    quote = "at least 99.9% in each month"
    portfolio.read_as("harbour", quote, "at least 99.9 percent in each month")
    found = asked(portfolio, "uptime")
    (proof,) = json.loads(answer_json(found))["rows"][0]["evidence"]
    assert (proof["quote"], proof["reading"]) == (quote, "at least 99.9 percent in each month")
    assert f"“{quote}” (clause 1, " in table(found, 200)
    assert ") read as “at least 99.9 percent in each month”" in table(found, 200)


def test_a_table_does_not_repeat_words_that_marks_and_lines_alone_part(portfolio: Any) -> None:
    portfolio.read_as("harbour", "at least 99.9% in each month", "at least 99.9 % in each month")
    assert "read as" not in table(asked(portfolio, "uptime"), 200)


def test_csv_has_a_line_for_each_row_and_columns_for_each_proof(portfolio: Any) -> None:
    lines = list(csv.DictReader(io.StringIO(answer_csv(asked(portfolio, "auto-renewal")))))
    assert [line["agreement"] for line in lines] == ["harbour", "orchard", "orchard"]
    assert lines[0]["quote2"] == "either party gives 60 days' notice"
    assert lines[0]["automatic"] == "true"
    assert lines[1]["quote2"] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_csv_cells_are_safe_in_a_spreadsheet(portfolio: Any, start: str) -> None:
    words = f"{start}SUM(A1)"
    portfolio.add("evil", f"Say {words}", [("DefinedTerm", words, {"name": words, "definition": "x"})])
    lines = list(csv.DictReader(io.StringIO(answer_csv(asked(portfolio, "definitions")))))
    assert lines[0]["name"] == f"'{words}"
    assert lines[0]["quote"] == f"'{words}"


def test_an_unknown_format_lists_the_known_ones(portfolio: Any) -> None:
    assert set(ANSWER_FORMATS) == {"table", "json", "jsonl", "csv", "markdown", "html", "xlsx"}
    with pytest.raises(QueryError, match=r"unknown answer format 'jsno'. Known: csv, .*, xlsx. Did you mean 'json'"):
        show_answer(asked(portfolio, "uptime"), "jsno", Console())


@pytest.mark.parametrize("width", [40, 60, 80, 160])
def test_a_table_fits_the_terminal(portfolio: Any, width: int) -> None:
    lines = table(asked(portfolio, "late-interest"), width).splitlines()
    assert max(len(line.rstrip()) for line in lines) <= width
    assert "silent" in lines[-1].lower() or "meadow" in lines[-1]


def test_a_table_shows_the_words_under_each_row_and_ends_with_the_silent(portfolio: Any) -> None:
    shown = table(asked(portfolio, "uptime"))
    assert "99.9" in shown
    assert "“at least 99.9% in each month” (clause 1, " in shown
    assert shown.rstrip().endswith("Silent on this: meadow, orchard.")


def test_quotes_are_shortened_unless_asked_for_in_full(portfolio: Any) -> None:
    words = "very " * 80 + "long"
    portfolio.add("long", f"Say {words}.", [("DefinedTerm", words, {"name": "Long"})])
    found = asked(portfolio, "definitions")
    assert table(found, 1000).count("very") < 80
    assert table(found, 1000, "full").count("very") == 80
    assert "very" not in table(found, 1000, "none")


def test_what_an_agreement_says_cannot_steer_the_terminal(portfolio: Any) -> None:
    words = "[bold]red\x1b[2J\u202e"
    portfolio.add("evil", f"Say {words}", [("DefinedTerm", words, {"name": words})])
    shown = table(asked(portfolio, "definitions"))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[bold]red" in shown


def test_an_answer_without_rows_still_names_the_silent(portfolio: Any) -> None:
    bare = replace(asked(portfolio, "uptime"), rows=(), silent=("a", "b"))
    assert "0 rows from 0 agreements." in table(bare)
    assert "Silent on this: a, b." in table(bare)


def test_query_results_have_every_format(portfolio: Any) -> None:
    rows = "PREFIX pg: <https://w3id.org/pactgraph/ontology#> SELECT ?t ?law { ?t pg:law ?law } ORDER BY ?law"
    assert set(RESULT_FORMATS) == {"table", "json", "csv"}
    assert "US-CA" in result(portfolio, rows, "table")
    assert json.loads(result(portfolio, rows, "json"))["results"]["bindings"][0]["law"]["value"] == "US-CA"
    assert result(portfolio, rows, "csv").splitlines()[0] == "t,law"


def test_yes_or_no_and_triples_are_printed_too(portfolio: Any) -> None:
    assert result(portfolio, "ASK { ?a ?b ?c }", "table") == "true\n"
    assert json.loads(result(portfolio, "ASK { ?a ?b ?c }", "json"))["boolean"] is True
    made = "PREFIX pg: <https://w3id.org/pactgraph/ontology#> CONSTRUCT WHERE { ?t pg:law ?law }"
    assert 'pg:law "US-CA"' in result(portfolio, made, "table")
    assert "US-CA" in json.dumps(json.loads(result(portfolio, made, "json")))
    with pytest.raises(QueryError, match="rows of a SELECT query only"):
        result(portfolio, made, "csv")


def whole(found: Answer, form: str) -> bytes:
    out = io.BytesIO()
    stream = io.TextIOWrapper(out, encoding="utf-8", newline="")
    show_answer(found, form, Console(file=stream, width=80))
    stream.flush()
    return out.getvalue()


HOSTILE = '=HYPERLINK("http://x.example","<script>|`")'


@pytest.fixture
def hostile(portfolio: Any) -> Answer:
    terms = [("DefinedTerm", HOSTILE, {"name": HOSTILE, "definition": "\x07<b>[x](javascript:y)"})]
    portfolio.add("evil", f"Say {HOSTILE}", terms)
    return asked(portfolio, "definitions")


def test_json_lines_have_a_row_each_with_its_question(portfolio: Any) -> None:
    found = asked(portfolio, "exits")
    (line,) = answer_lines(found).splitlines()
    assert json.loads(line) == {"question": "exits", **json.loads(answer_json(found))["rows"][0]}


def test_markdown_has_a_line_for_each_row_and_numbered_words(portfolio: Any) -> None:
    text = whole(asked(portfolio, "auto-renewal"), "markdown").decode()
    assert "| harbour | Harbour Cloud | 12 months |  | yes | Either | 60 days |  | [1], [2] |" in text
    assert "2. harbour, clause 1, " in text
    assert text.endswith("Silent on this: meadow.\n")


def test_markdown_shows_what_an_agreement_says_and_nothing_else(hostile: Answer) -> None:
    text = whole(hostile, "markdown").decode()
    assert r"\<script\>\|\`" in text
    assert "<" not in text.replace(r"\<", "")
    assert "](" not in text.replace(r"\]\(", "")
    assert text.count("\n| evil") == 1


def test_html_is_one_escaped_page_whose_links_lead_to_words(portfolio: Any, hostile: Answer) -> None:
    page = whole(hostile, "html").decode()
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;" in page
    tree: Any = lxml.html.document_fromstring(page)
    places = set(tree.xpath("//li/@id"))
    links = [link.removeprefix("#") for link in tree.xpath("//td/a/@href")]
    assert links
    assert set(links) == places
    assert not tree.xpath("//script | //img | //link | //@src")


def test_a_workbook_has_rows_and_words_and_no_formula(hostile: Answer) -> None:
    book = openpyxl.load_workbook(io.BytesIO(whole(hostile, "xlsx")))
    rows, proofs = book.worksheets
    assert [cell.value for cell in rows[1]] == ["agreement", "vendor", "name", "definition", "evidence"]
    assert [cell.value for cell in rows[2]] == ["evil", None, f"'{HOSTILE}", "\ufffd<b>[x](javascript:y)", "[1]"]
    assert [cell.value for cell in proofs[2]][:5] == [1, "evil", "1", None, f"'{HOSTILE}"]
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert len(cells) > 20
    assert all(cell.data_type != "f" for cell in cells)


def test_a_workbook_holds_numbers_and_truth_values_as_such(portfolio: Any) -> None:
    book = openpyxl.load_workbook(io.BytesIO(whole(asked(portfolio, "late-interest"), "xlsx")))
    assert [cell.value for cell in book.worksheets[0][2]][2:7] == [1.5, "P1M", 18, None, True]


def test_without_openpyxl_the_extra_is_named(portfolio: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'pactgraph\[xlsx\]'"):
        whole(asked(portfolio, "uptime"), "xlsx")


def test_footnotes_give_each_quote_once_with_its_clause_and_number(lit: Any) -> None:
    shown = table(asked(lit, "exit-at-will"), 100, "footnotes")
    assert "[1] [2] [3]" in shown
    assert shown.count("Fees are never given back.") == 1
    assert "] lantern: “Fees are never given back.” (clause 1, " in shown


def test_a_row_that_does_not_fit_is_a_record(lit: Any) -> None:
    shown = table(asked(lit, "service-credits"), 60)
    assert max(map(len, shown.splitlines())) <= 60
    assert "  threshold percent: 99.5\n  credit percent: 10\n  cap: 50\n" in shown
    assert "thresholdDuration:" not in shown


def test_every_answer_can_be_shown_in_every_format(lit: Any) -> None:
    shown = 0
    for name in questions():
        found = asked(lit, name)
        for form in ANSWER_FORMATS:
            assert whole(found, form) or (form == "jsonl" and not found.rows)
            shown += 1
    assert shown >= 49 * 7
