"""Queries that leave the house or change it are refused, whatever they are dressed in."""

from __future__ import annotations

import pytest

from pactgraph.errors import QueryError
from pactgraph.storing import Store
from pactgraph.storing.guard import forbidden

CALLS = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * {SERVICE<http://127.0.0.1:9/>{?s ?p ?o}}",
    "select * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { FILTER(1<2)SERVICE<http://127.0.0.1:9/>{?s ?p ?o} }",
    "SELECT * { ?s ?p 1SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p <a:#> . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    r"PREFIX e: <e:> SELECT * { ?s ?p e:a\# . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    r"SELECT * { ?s ?p <http://e/\u0041#> . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "PREFIX e: <http://127.0.0.1:9/> SELECT * { SERVICE e:x\\#y { ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE :{ ?s ?p ?o } }",
    "BASE <http://127.0.0.1:9/> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "SELECT * { VALUES ?v { <http://127.0.0.1:9/> } SERVICE ?v { ?s ?p ?o } }",
    "SELECT * { VALUES ?v { <http://127.0.0.1:9/> } SERVICE SILENT$v{ ?s ?p ?o } }",
    "SELECT * { SERVICE # { a comment } \n SILENT # another\r <http://127.0.0.1:9/> # third\n { ?s ?p ?o } }",
    "SELECT * { ?s ?p '\\'' . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p '''#''' } # \n VALUES ?s { 1 }  SERVICE <http://127.0.0.1:9/> {}",
    "ASK { { SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { OPTIONAL { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
    "ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
]
HARMLESS = [
    "SELECT ?service ?x { ?service ?p ?x }",
    "SELECT ?x { VALUES ?service { 1 } ?x ?p ?service }",
    "SELECT * { ?x a pg:ServiceLevel . OPTIONAL { ?x pg:percent ?y } }",
    "SELECT * { GRAPH pg:ServiceCredit { ?x ?p ?y } }",
    'SELECT * { ?x ?p ?o FILTER(CONTAINS(?o, "service")) OPTIONAL { ?x pg:party ?y } }',
    "# which service level\nSELECT * { ?x ?p ?o }",
    "SELECT * { ?x ?p <https://brindle.example/service> }",
]
UPDATES = [
    "INSERT DATA { <a:a> <a:a> <a:a> }",
    "PREFIX a: <a:>\n# a comment\nDELETE WHERE { ?s ?p ?o }",
    "LOAD <file:///etc/passwd>",
    "DROP ALL",
    "BASE <a:> WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "clear all",
]


@pytest.mark.parametrize("text", CALLS)
def test_a_service_call_is_refused(text: str) -> None:
    assert "SERVICE asks another server" in (forbidden(text) or "")


@pytest.mark.parametrize("text", HARMLESS)
def test_the_word_service_alone_is_no_call(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    with Store.open(tmp_path_factory.mktemp("graph"), writing=True) as store:
        assert list(store.query(text)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("text", UPDATES)
def test_an_update_is_refused_by_name(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    with (
        Store.open(tmp_path_factory.mktemp("graph"), writing=True) as store,
        pytest.raises(QueryError, match=r"^query:\d: [A-Z]+ changes the graph"),
    ):
        store.query(text)


def test_an_update_after_a_query_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Store.open(tmp_path_factory.mktemp("graph"), writing=True) as store, pytest.raises(QueryError):
        store.query("SELECT * { ?s ?p ?o } ; DROP ALL")


def test_a_long_run_of_comments_is_read_in_one_pass() -> None:
    assert forbidden("SELECT * { SERVICE " + "# # a " * 5_000 + "}") is None


def test_the_line_of_a_call_is_named() -> None:
    assert (forbidden("SELECT *\nWHERE {\n SERVICE <a:b> { } }") or "").startswith("3: ")
