"""Answers and query results in every format."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from pactgraph.errors import QueryError
from pactgraph.model import Answer
from pactgraph.querying import (
    ANSWER_FORMATS,
    RESULT_FORMATS,
    answer,
    answer_csv,
    answer_json,
    question,
    show_answer,
    show_result,
)


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
    assert set(ANSWER_FORMATS) == {"table", "json", "csv"}
    with pytest.raises(QueryError, match=r"unknown answer format 'jsno'. Known: csv, json, table. Did you mean 'json'"):
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
